"""A calendar that is held, after something happened to it: the least change, what it consists of, and whom it touches."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.words import listed
from scheduler.calendar.choices import Choice
from scheduler.calendar.struck import Struck
from scheduler.calendar.worth import CalendarWorth

if TYPE_CHECKING:
    from scheduler.calendar.planner import Planner

What = Literal["trainers", "moved", "cancelled", "added"]
"""What can become of an offering: others teach it, it has another date, it falls away, it is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One offering before and after (None = not there); `touched` = who has booked it."""

    what: What
    was: Offering | None
    now: Offering | None
    touched: tuple[str, ...]


def left_to_plan(struck: Struck) -> Instance:
    """Return what is left of the calendar, with a run to add for each that has lost its date and for nothing else."""
    codes = {run.component for run in struck.lost}
    return replace(struck.after, patterns=tuple(row for row in struck.after.patterns if row.component in codes))


def replacements(struck: Struck) -> tuple[tuple[str, int], ...]:
    """Return how many runs may be added of each component: as many as have lost their date."""
    return tuple(sorted(Counter(run.component for run in struck.lost).items()))


def nearest(planner: "Planner", best: CalendarWorth, struck: Struck, *, keep: bool) -> CalendarWorth:
    """Return a calendar as good whose runs are nearer to the dates that were told, where there is one."""
    for choice in best.held:
        day = _told(struck, choice.code, choice.offering.start)
        rest = [each for each in best.held if each.id != choice.id]
        far = abs((choice.offering.start - day).days)
        for other in _nearer(planner, choice, day, far):
            if planner.valuer.budget.is_over:
                return best
            held = [*rest, other]
            if not planner.room.is_within(held) or planner.staff.crews(held) is None:
                continue
            found = planner.valuer.of(held)
            if found.kept_key <= best.kept_key if keep else found.key <= best.key:
                best = found
                break
    return best


def _told(struck: Struck, code: str, start: date) -> date:
    days = [run.start for run in struck.lost if run.component == code]
    return min(days, key=lambda day: abs((day - start).days))


def _nearer(planner: "Planner", choice: Choice, day: date, far: int) -> list[Choice]:
    mine = [each for each in planner.starts.choices if each.code == choice.code]
    near = [each for each in mine if abs((each.offering.start - day).days) < far]
    return sorted(near, key=lambda each: abs((each.offering.start - day).days))


def shifts(struck: Struck, added: Sequence[Offering], crews: Mapping[str, tuple[str, ...]]) -> tuple[Shift, ...]:
    """Return what becomes of every offering that is not as it was, by the day it was told for."""
    found = [*_shifts(struck, [replace(run, trainers=crews.get(run.id, ())) for run in added])]
    return tuple(sorted(found, key=_order))


def _order(shift: Shift) -> tuple[date, str]:
    run = shift.was or shift.now
    assert run is not None  # noqa: S101 - one of both is there
    return run.start, run.id


def _shifts(struck: Struck, added: list[Offering]) -> Iterator[Shift]:
    for run in struck.staffed:
        yield _shift(struck, "trainers", run, struck.after.offering[run.id])
    for run in struck.moved:
        yield _shift(struck, "moved", run, struck.after.offering[run.id])
    for run in struck.lost:
        mine = [each for each in added if each.component == run.component]
        now = min(mine, key=lambda each: (abs((each.start - run.start).days), each.start), default=None)
        if now is not None:
            added.remove(now)
        yield _shift(struck, "moved" if now else "cancelled", run, now)
    for run in [*struck.new, *added]:
        yield _shift(struck, "added", None, run)


def _shift(struck: Struck, what: What, was: Offering | None, now: Offering | None) -> Shift:
    rows = struck.before.records if was is not None else ()
    touched = {row.learner for row in rows if was and row.offering == was.id and row.status == "booked"}
    return Shift(what=what, was=was, now=now, touched=tuple(sorted(touched)))


def notes_of(struck: Struck) -> list[str]:
    """Say what the change leaves open."""
    found = [f"{run.id} has begun and nobody is there to teach the rest: look for somebody." for run in struck.short]
    codes = {row.component for row in struck.after.patterns}
    without = sorted({run.component for run in struck.lost} - codes)
    if without:
        found.append(f"No pattern says how {listed(without)} may be held: no other date is looked for.")
    return found
