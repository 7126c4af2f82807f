"""The ground of a repair: the learners in question, everybody else's path booked, and an edition of their own for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.changes.bookings import with_paths
from models.changes.change import only_learners, with_learner
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Rule
from models.rules.window import last_day
from scheduler.explain.asked import graduating_before

ONE_DAY = timedelta(days=1)
YEAR = timedelta(days=365)
FAR = timedelta(days=3 * 365)
"""Without any last day offerings are added no later than this after the planning day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairGround:
    """`learners` are to graduate, by the day `by` if it is set; `deadline` holds their last days where records fix them.

    Offerings may be added up to `horizon`.
    """

    instance: Instance
    learners: tuple[str, ...]
    by: date | None
    deadline: dict[str, date]
    horizon: date

    @property
    def asked(self) -> tuple[Rule, ...]:
        """What is asked beyond the rules of the programme."""
        return () if self.by is None else (graduating_before(self.by + ONE_DAY),)

    def has_open_clock(self, learner: str) -> bool:
        """Say whether the end of a learner's window depends on what the path holds."""
        return learner not in self.deadline and self.instance.edition_of(learner).window is not None


def ground_for(instance: Instance, plan: Plan, learners: Sequence[str], by: date | None) -> RepairGround:
    """Return the ground for some learners: all others keep their path in the plan, or what they have booked."""
    others = (path for path in plan.paths if path.graduates and path.learner not in learners)
    instance = only_learners(with_paths(instance, others), learners)
    deadline: dict[str, date] = {}
    for learner in learners:
        last = last_day(instance, Path(learner=learner))
        if last is not None:
            deadline[learner] = last
            instance = with_learner(learner, lambda who, last=last: replace(who, deadline=last))(instance)  # type: ignore[misc]
        instance = with_own_edition(instance, learner)
    return RepairGround(
        instance=instance,
        learners=tuple(learners),
        by=by,
        deadline=deadline,
        horizon=_horizon(instance, by, deadline.values()),
    )


def with_own_edition(instance: Instance, learner: str) -> Instance:
    """Give a learner a copy of the edition, so that a rule can be waived for one alone."""
    edition = instance.edition_of(learner)
    own = replace(edition, id=f"{edition.id} for {learner}")
    changed = with_learner(learner, lambda who: replace(who, edition=own.id))(instance)
    return replace(changed, editions={**instance.editions, own.id: own})


def _horizon(instance: Instance, by: date | None, deadlines: Iterable[date]) -> date:
    if by is not None:
        return by
    last_days = list(deadlines)
    if not last_days:  # nobody's time ends: the calendar may be over, and a year of it is looked at
        last_days = [instance.as_of + YEAR]
    return min(max([instance.last_day, *last_days]), instance.as_of + FAR)
