"""One learner's best path by branching on what the relaxed path breaks.

Parts are looked at in the order of their bounds, so the first path that breaks no rule and is worth its own bound is the best.
"""

import heapq
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from models.formulation.learner_variables import OfferingVariables
from models.goals import all_goals
from models.judging.completion import graduation_of
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Booking, Path, Plan, TaskStart
from models.rule import Rule
from models.rules import plan_rules
from scheduler.solve.branching import ORDERED, Branch, branches
from scheduler.solve.grounds import ground_of
from scheduler.solve.offers import Ground, Offer, Starts
from scheduler.solve.relaxed import RelaxedOptimum, relax

MOST_PARTS = 100
"""Parts looked at before the solver takes over."""

GOALS = ("graduation", "wishes", "debuts", "earliest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`bound` = a day before which the learner cannot graduate (None = not known); `path` only if it is proved the best.

    `impossible` = it is proved that there is no path at all.
    """

    bound: date | None = None
    path: Path | None = None
    impossible: bool = False
    values: dict[str, int] = field(default_factory=dict)


def search(instance: Instance, learner: str) -> Found:
    """Find one learner's best path, or only a bound where the search does not apply or does not come to an end soon."""
    ground = ground_of(instance, learner)
    return _search(instance, ground) if ground else Found()


def search_on(instance: Instance, ground: Ground, most_parts: int) -> Found:
    """Find the best path on a ground, from which what is not to be had may have been taken away."""
    return _search(instance, ground, most_parts)


def search_before(ground: Ground, day: date, without: frozenset[str] = frozenset()) -> Found:
    """Find any lawful path to graduation before a day, without some offerings; a bound from that day on proves that none is."""
    return _search(ground.choices.instance, ground, before=day, without=without)


def _search(
    instance: Instance,
    ground: Ground,
    most_parts: int = MOST_PARTS,
    *,
    before: date | None = None,
    without: frozenset[str] = frozenset(),
) -> Found:
    heap: list[tuple[tuple[int, ...], int, RelaxedOptimum, Branch, Starts]] = []
    serial = count()
    parts = [Branch(without)]
    starts = Starts(ground, frozenset())
    likely, others = _likely(ground)
    reached: date | None = None
    for _ in range(most_parts):
        for part in parts:
            reach = starts.less(part.without)
            node = relax(ground, reach, part.forced)
            if node is not None:
                heapq.heappush(heap, (node.order, next(serial), node, part, reach))
        if not heap:
            return Found(impossible=True)
        order, _, node, branch, starts = heapq.heappop(heap)
        reached = date.fromordinal(order[0])  # no part is left that bounds a path from below by an earlier day
        path = path_taking(ground, node.offers, node.role)
        plan = Plan(paths=(path,))
        broken = violations(instance, plan, likely) or violations(instance, plan, others)
        if before is not None and (reached >= before or (not broken and _is_before(instance, path, before))):
            return Found(bound=reached, path=None if reached >= before else path)
        values = _values(instance, path) if node.complete and not broken else {}
        if tuple(values.values()) == (order[0] - ground.today, *order[1:]):
            return Found(bound=graduation_of(instance, path), path=path, values=values)
        found = branches(ground, branch, broken)
        if found is None:
            return Found(bound=reached)
        parts = found
    return Found(bound=reached)  # not the heap's least: the parts of the last one looked at are not on it


def _is_before(instance: Instance, path: Path, day: date) -> bool:
    graduation = graduation_of(instance, path)
    return graduation is not None and graduation < day


def _likely(ground: Ground) -> tuple[list[Rule], list[Rule]]:
    """Return the rules that a relaxed path may break and that are worth a look before all others, and the others."""
    instance, learner = ground.choices.instance, ground.choices.learner.id
    first: list[Rule] = []
    others: list[Rule] = []
    for rule in plan_rules():
        known = (rule.monotone and not rule.background) or rule.name == ORDERED
        likely = known and rule.scope == "learner" and rule.applies(instance, learner)
        (first if likely else others).append(rule)
    return first, others


def path_taking(ground: Ground, offers: tuple[Offer, ...], role: tuple[str, str] | None) -> Path:
    """Return the path that takes some offers and a role, kept bookings included."""
    bookings = {booking.offering: booking.role for booking in ground.choices.initial_state.bookings}
    tasks: list[TaskStart] = []
    for offer in offers:
        if isinstance(offer.chosen, OfferingVariables):
            bookings.setdefault(offer.id, None)
        else:
            tasks.append(TaskStart(component=offer.code, day=date.fromordinal(offer.first)))
    if role is not None and role[0] in bookings:
        bookings[role[0]] = bookings[role[0]] or role[1]
    return Path(
        learner=ground.choices.learner.id,
        bookings=tuple(Booking(offering=offering, role=held) for offering, held in sorted(bookings.items())),
        tasks=tuple(sorted(tasks)),
    )


def _values(instance: Instance, path: Path) -> dict[str, int]:
    plan = Plan(paths=(path,))
    return {name: all_goals()[name].value(instance, plan) for name in GOALS}
