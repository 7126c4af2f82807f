"""What learners share in a plan: how much of each thing is used, and what made somebody wait."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Resource
from models.rules import plan_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much there is of a shared thing, and how much of it is used when the plan is carried out; people outside included."""

    thing: Resource
    places: int
    used: int

    @property
    def free(self) -> int:
        """How much is left."""
        return max(0, self.places - self.used)


def uses_of(instance: Instance, path: Path) -> frozenset[Resource]:
    """Return everything shared that a path newly takes, by all rules."""
    return frozenset(each for rule in plan_rules() for each in rule.uses(instance, path))


def limits_of(instance: Instance) -> dict[Resource, int]:
    """Return how much is left of everything that a rule limits, before anything new is booked."""
    return {each: limit for rule in plan_rules() for each, limit in rule.limits(instance).items()}


def left_after(instance: Instance, plan: Plan) -> dict[Resource, int]:
    """Return how much is left of everything that a rule limits when a plan is carried out."""
    left = limits_of(instance)
    for each, count in taken_newly(instance, plan).items():
        left[each] = left.get(each, 0) - count
    return left


def taken_newly(instance: Instance, plan: Plan) -> Counter[Resource]:
    """Return how much of everything that a rule limits a plan takes beside what stands."""
    return Counter(each for path in plan.paths for each in uses_of(instance, path))


def booked_newly(instance: Instance, plan: Plan) -> Counter[str]:
    """Return how many learners a plan books in each offering beside those who stand in it, whether seats are limited or not."""
    standing = {
        path.learner: {booking.offering for booking in instance.initial_state[path.learner].bookings}
        for path in plan.paths
    }
    return Counter(each for path in plan.paths for each in path.offerings - standing[path.learner])


def usage(instance: Instance, left: Mapping[Resource, int]) -> tuple[Use, ...]:
    """Return the use of every limited thing that lies ahead, in the order of the calendar."""
    ahead = [run for run in instance.offerings if run.end >= instance.as_of and run.status != "cancelled"]
    found = []
    for run in sorted(ahead, key=lambda run: (run.start, run.id)):
        if run.seats is not None:
            found.append(_use(("seats", run.id), run.seats, left))
        found += [_use(("role_places", run.id, role), places, left) for role, places in run.roles]
    return tuple(found)


def _use(thing: Resource, places: int, left: Mapping[Resource, int]) -> Use:
    return Use(thing=thing, places=places, used=places - left[thing])


def causes(instance: Instance, path: Path, left: Mapping[Resource, int]) -> tuple[Resource, ...]:
    """Return what of a learner's own best path has run out in the plan."""
    return tuple(sorted(each for each in uses_of(instance, path) if left.get(each, 0) <= 0))
