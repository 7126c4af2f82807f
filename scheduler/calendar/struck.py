"""What a change strikes of a calendar that is held: what keeps its date with other trainers, and what has lost it.

Whatever the change does not strike stays as it is. Of what has lost a trainer as much as possible keeps its date.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from models.changes.calendar import with_calendar
from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.time import local
from models.rules.trainer_there import absence
from scheduler.calendar.choices import Choice
from scheduler.calendar.staffing import Crews, Staff
from scheduler.candidates.pattern import component_of, teachers_of
from scheduler.repeats.staff import calendars_of

FEW = 12
"""Up to so many offerings without a trainer every set of them is tried; of more, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """`before` and `after` = the calendar that is held, and what is left of it; `least` = so many lose their date at least.

    `staffed` = what keeps its date with other trainers, `lost` = what has lost it, both as they were; `moved` and `new` =
    what the change itself moves and adds, `short` = what has begun and is taught by too few.
    """

    before: Instance
    after: Instance
    staffed: tuple[Offering, ...]
    lost: tuple[Offering, ...]
    moved: tuple[Offering, ...]
    new: tuple[Offering, ...]
    short: tuple[Offering, ...]
    least: int

    @property
    def changes(self) -> int:
        """How many offerings have another date than was told, or none."""
        return len(self.lost) + len(self.moved)


@dataclass(frozen=True, slots=True)
class _Gap:
    """An offering that misses so many trainers, and who of its own is still there."""

    was: Offering
    now: Offering
    staying: tuple[str, ...]
    missing: int


def struck_by(instance: Instance, changes: Iterable[Change]) -> Struck:
    """Return what is left of a calendar after some changes, with as many dates kept as trainers allow."""
    after = instance
    for change in changes:
        after = _one(after, change)
    ahead = [run for run in instance.offerings if run.status != "cancelled" and run.end >= instance.as_of]
    standing = [run for run in ahead if after.offering[run.id].status != "cancelled"]
    gaps = [gap for run in standing if (gap := _gap(instance, after, run)) is not None]
    stripped = _put(after, (replace(gap.now, trainers=gap.staying) for gap in gaps))
    crews, sure = _most_kept(stripped, gaps)
    kept = {gap.was.id: replace(gap.now, trainers=_crew(gap, crews)) for gap in gaps if gap.was.id in crews}
    short = [gap for gap in gaps if gap.was.id not in crews and gap.was.start <= instance.as_of]
    lost = [gap.now for gap in gaps if gap.was.id not in crews and gap not in short]
    left = _put(stripped, [*kept.values(), *(replace(run, status="cancelled") for run in lost)])
    gone = {run.id for run in lost} | {run.id for run in ahead if run not in standing}
    moved = tuple(run for run in ahead if run.id not in gone and run.start != after.offering[run.id].start)
    known = set(instance.offering)
    return Struck(
        before=instance,
        after=left,
        staffed=tuple(gap.was for gap in gaps if gap.was.id in kept),
        lost=tuple(run for run in ahead if run.id in gone),
        moved=moved,
        new=tuple(run for run in left.offerings if run.id not in known and run.status != "cancelled"),
        short=tuple(gap.was for gap in short),
        least=len(gone) + len(moved) if sure else len(gone) - len(lost) + len(moved),
    )


def _one(instance: Instance, change: Change) -> Instance:
    """Return an instance after a change; what falls away only because its trainer is lost stays, without a trainer."""
    after = change(instance)
    names = set(instance.trainer) - set(after.trainer)
    orphans = [
        replace(run, status=old.status, trainers=())
        for run in after.offerings
        if (old := instance.offering.get(run.id)) and run.status == "cancelled" and run.status != old.status
        if names.intersection(old.trainers)
    ]
    return _put(after, orphans)


def _put(instance: Instance, runs: Iterable[Offering]) -> Instance:
    """Return an instance with other offerings in the place of those of the same id."""
    found = {run.id: run for run in runs}
    return with_calendar(instance, [found.get(each.id, each) for each in instance.offerings])


def _gap(before: Instance, after: Instance, run: Offering) -> _Gap | None:
    """Return what an offering misses after the change; None where whoever teaches it still can."""
    now = after.offering[run.id]
    sessions = _to_come(after, now)
    there = [name for name in run.trainers if name in after.trainer or name not in before.trainer]
    if now.start != run.start or now.sessions != run.sessions:
        free = calendars_of(_put(after, [replace(now, trainers=())]), there)
        staying = [name for name in there if free[name].why_not(sessions) is None]
    else:
        staying = [name for name in there if not _newly_away(before, after, name, sessions)]
    missing = len(run.trainers) - len(staying)
    return _Gap(run, now, tuple(sorted(staying)), missing) if missing else None


def _newly_away(before: Instance, after: Instance, name: str, sessions: Sequence[Session]) -> bool:
    return any(absence(after, name, each) and not absence(before, name, each) for each in sessions)


def _to_come(instance: Instance, run: Offering) -> tuple[Session, ...]:
    return tuple(each for each in run.sessions if local(each.start, run.zone).date() > instance.as_of)


def _most_kept(stripped: Instance, gaps: Sequence[_Gap]) -> tuple[Crews, bool]:
    """Return who teaches as many of the gaps as can be taught on their dates, and whether more is proved impossible."""
    choices = {gap.was.id: _choice(stripped, gap) for gap in gaps}
    staff = Staff(stripped, choices.values())
    able = [each for each in choices.values() if staff.is_asked and staff.can(each)]
    for held in _sets(able):
        crews = staff.crews(held)
        if crews is not None:
            return crews, len(able) <= FEW or len(held) == len(able)
    return {}, True


def _sets(able: Sequence[Choice]) -> Iterator[Sequence[Choice]]:
    """Yield sets to try, the larger first."""
    if len(able) <= FEW:
        for size in range(len(able), 0, -1):
            yield from combinations(able, size)
        return
    for size in range(len(able), 0, -1):
        yield able[:size]


def _choice(instance: Instance, gap: _Gap) -> Choice:
    code = gap.was.component
    able = tuple(name for name in teachers_of(instance, code) if name not in gap.staying)
    run = replace(gap.now, sessions=_to_come(instance, gap.now), trainers=able)
    return Choice(run, gap.missing, component_of(instance, code).kind)


def _crew(gap: _Gap, crews: Crews) -> tuple[str, ...]:
    return tuple(sorted({*gap.staying, *crews[gap.was.id]}))
