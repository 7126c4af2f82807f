"""The dates on which a component could be held again: rows of candidates.csv and the pattern of instance.yaml, laid out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from models.programme.days_off import closed_on
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Candidate
from models.programme.time import local, minute_of
from models.programme.words import listed
from scheduler.candidates.grid import Slot, grid_of
from scheduler.candidates.pattern import component_of, laid_out, pattern_of, teachers_of, with_length
from scheduler.candidates.policy import why_off


@dataclass(slots=True)
class Dates:
    """Candidates as offerings, whose `trainers` could teach them; `barren` says of a component why it has none at all."""

    candidates: tuple[Offering, ...] = ()
    notes: list[str] = field(default_factory=list)
    barren: dict[str, str] = field(default_factory=dict)


def candidates_of(instance: Instance, codes: Sequence[str]) -> Dates:
    """Return every candidate of some components, by start, and what had to be left out."""
    dates = Dates()
    grid = grid_of(instance, dates.notes)
    found: list[Offering] = []
    for code in codes:
        why = _refused(instance, code)
        rows = [row for row in instance.candidates if row.component == code]
        if why is None:
            mine = [*_from_rows(instance, rows, dates.notes), *_from_grid(instance, code, grid)]
            found += _named(instance, mine)
            why = None if mine else _nothing(instance, code, rows)
        if why is not None:
            dates.barren[code] = why
    dates.candidates = tuple(sorted(found, key=lambda run: (run.opens, run.component, run.id)))
    return dates


def _refused(instance: Instance, code: str) -> str | None:
    """Return why a component cannot be held again on any date, or None."""
    if component_of(instance, code).kind == "task":
        return f"{code} is self-paced: nobody needs a session of it"
    named = any(
        teachers_of(instance, code, row.trainers)
        for row in instance.candidates
        if row.component == code and row.trainers
    )
    if instance.trainers and not named and not teachers_of(instance, code):
        return f"nobody teaches {code}: no row of trainers.csv names it"
    return None


def _nothing(instance: Instance, code: str, rows: Sequence[Candidate]) -> str:
    if rows:
        return f"no row of candidates.csv for {code} can be used"
    if instance.slots is None:
        return f"there are no candidates for {code}: candidates.csv has no row of it, instance.yaml no `candidates`"
    if component_of(instance, code).kind == "course" and pattern_of(instance, code) is None:
        return f"{code} is a course, and no run of it states its sessions: a repeat cannot be laid out"
    return f"the pattern of instance.yaml holds no date for {code}"


def _from_rows(instance: Instance, rows: Iterable[Candidate], notes: list[str]) -> Iterator[Offering]:
    for row in rows:
        start = local(row.start, instance.zone)
        words = f"the candidate of {row.component} on {start:%Y-%m-%d at %H:%M}"
        if start.date() <= instance.as_of:
            notes.append(f"{words} is not after the planning day {instance.as_of}: left out.")
            continue
        shut = closed_on(instance.closures, start.date())
        if shut:
            notes.append(f"{words} falls on a closure ({shut}): left out.")
            continue
        teachers = teachers_of(instance, row.component, row.trainers)
        if row.trainers and not teachers:
            notes.append(f"{words} names {listed(row.trainers)}, who does not teach {row.component}: left out.")
            continue
        beats = pattern_of(instance, row.component) or ((0, 0, None),)
        if row.minutes is not None:
            beats = tuple((days, shift, row.minutes) for days, shift, _ in beats)
        sessions = laid_out(instance, Slot(start.date(), minute_of(start)), with_length(instance, beats), row.start)
        if isinstance(sessions, str):
            notes.append(f"{words}: {sessions}: left out.")
        else:
            yield _offering(instance, row.component, sessions, teachers, row.seats)


def _from_grid(instance: Instance, code: str, grid: Sequence[Slot]) -> Iterator[Offering]:
    slots = instance.slots
    beats = pattern_of(instance, code)
    if slots is None or (beats is None and component_of(instance, code).kind == "course"):
        return
    beats = with_length(instance, beats or ((0, 0, None),))
    teachers = teachers_of(instance, code)
    if instance.trainers and not teachers:
        return
    for slot in grid:
        days = [slot.day + timedelta(days=days) for days, _, _ in beats]
        if len(beats) > 1 and (days[-1] > slots.last or any(why_off(instance, day) for day in days)):
            continue
        sessions = laid_out(instance, slot, beats)
        if not isinstance(sessions, str):
            yield _offering(instance, code, sessions, teachers, None)


def _offering(
    instance: Instance, code: str, sessions: tuple[Session, ...], trainers: tuple[str, ...], seats: int | None
) -> Offering:
    days = [local(session.start, instance.zone).date() for session in sessions]
    return Offering(
        id=f"{code}-{local(sessions[0].start, instance.zone):%Y%m%d-%H%M}",
        component=code,
        start=min(days),
        end=max(days),
        seats=component_of(instance, code).seats if seats is None else seats,
        trainers=trainers,
        zone=instance.zone,
        sessions=sessions,
    )


def _named(instance: Instance, found: Sequence[Offering]) -> Iterator[Offering]:
    """Give each its own id; a row goes before the pattern's date at the same instant, and two equal rows are two sessions."""
    written = Counter((row.component, row.start) for row in instance.candidates)
    times: Counter[str] = Counter()
    for run in found:
        times[run.id] += 1
        if times[run.id] > max(written[run.component, run.sessions[0].start], 1):
            continue
        label = run.id if times[run.id] == 1 else f"{run.id}-{times[run.id]}"
        while label in instance.offering:
            label += "-repeat"
        yield run if label == run.id else replace(run, id=label)
