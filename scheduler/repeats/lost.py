"""How many days of graduation a seat costs: the learner's own earliest path, planned anew with that seat booked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.changes.bookings import booked
from models.changes.calendar import with_calendar
from models.changes.change import exempted
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Waiting
from scheduler.engines.budget import Budget
from scheduler.solve.alone import solve_alone

EXACT = 3_000
"""So many seats are planned one by one; where there are more, a seat costs the days by which it ends too late."""


@dataclass
class Losses:
    """The days lost by wait and offering; `left` = seats that may still be planned one by one; `plain` = some were not."""

    instance: Instance
    budget: Budget
    left: int = EXACT
    plain: bool = False

    def of(self, row: Waiting, offerings: Sequence[Offering]) -> Iterator[int]:
        """Yield the days lost in each offering, in order; nothing is lost by who cannot graduate anyway."""
        first = ready_day(self.instance, row)
        exact = first is not None and len(offerings) <= self.left and not self.budget.is_over
        self.left -= len(offerings) if exact else 0
        self.plain |= first is not None and not exact
        for run in offerings:
            if first is None:
                yield 0
            elif exact:
                yield days_lost(self.instance, row, run, first)
            else:
                yield max((run.end - first).days, 0)


def ready_day(instance: Instance, row: Waiting) -> date | None:
    """Return the earliest graduation if what is waited for were done today; None where it counts for nothing."""
    edition = instance.edition_of(row.learner)
    if not any(row.component in requirement.pool for requirement in edition.requirements):
        return None
    supposed = exempted(row.learner, row.component)(replace(instance, waitlist=()))
    found = solve_alone(supposed, row.learner)
    if found.path is None:
        return None
    # Who meets everything by exemptions graduates on no day that anybody states.
    return max(found.graduation or instance.as_of, instance.as_of)


def days_lost(instance: Instance, row: Waiting, run: Offering, ready: date) -> int:
    """Return by how many days the earliest graduation is later than `ready` with a seat in an offering.

    Who has no path with that seat loses the days to the end of the calendar, and one more.
    """
    seat = booked(row.learner, run)
    supposed = replace(instance, waitlist=(), records=(*instance.records, seat))
    if run.id not in instance.offering:
        supposed = with_calendar(supposed, [*instance.offerings, run])
    graduation = solve_alone(supposed, row.learner).graduation
    if graduation is None:
        return (max(instance.last_day, run.end) - ready).days + 1
    return max((graduation - ready).days, 0)


def relost(instance: Instance, seats: Mapping[tuple[str, str], Offering]) -> int:
    """Return the days lost by all seats, learner and component -> offering, planned anew."""
    total = 0
    for (learner, component), run in sorted(seats.items(), key=lambda each: each[0]):
        row = Waiting(learner=learner, component=component)
        ready = ready_day(instance, row)
        total += 0 if ready is None else days_lost(instance, row, run, ready)
    return total
