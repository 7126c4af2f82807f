"""How far a made-up learner has come: records of what the past calendar let them do."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.generate.calendar import OfferingDraft
from scheduler.generate.catalogue import (
    CHOSEN,
    CHOSEN_COUNT,
    ELECTIVES,
    ORIENTATION_DAYS,
    REQUIRED_COURSES,
    REQUIRED_WORKSHOPS,
    REQUIRES,
    SHARES,
)
from scheduler.generate.chances import happens
from scheduler.generate.people import Cell, PersonDraft

# Shares: of learners, of the runs they pass by, of the skills shares a diligent one visits, of those with a talk.
EXEMPT, MISSED, SHARE_VISITS, TALKS = 0.02, 0.05, 0.6, 0.4


@dataclass(slots=True, kw_only=True)
class RecordsDraft:
    """One learner's records while they are made: what is done and when, the bookings, the talk."""

    person: PersonDraft
    ready: date
    done: dict[str, date] = field(default_factory=dict)
    shares: int = 0
    talk: bool = False
    booked: list[OfferingDraft] = field(default_factory=list)
    rows: list[dict[str, Cell]] = field(default_factory=list)

    def add(self, status: str, run: OfferingDraft, role: str = "") -> None:
        """Record one fact about an offering."""
        row: dict[str, Cell] = {"learner": self.person.id, "component": run.entry.code, "offering": run.id}
        day = run.end if status == "completed" else None
        self.rows.append(row | {"status": status, "date": day, "role": role, "note": "synthetic"})

    def book(self, run: OfferingDraft, role: str = "") -> None:
        """Book an offering that is not over."""
        self.add("booked", run, role)
        self.booked.append(run)
        self.talk |= bool(role)

    def needs(self) -> Iterator[tuple[str, float]]:
        """Yield each component still of use, with the number of times that it is likely to be taken."""
        taken = {**self.done, **{run.entry.code: run.end for run in self.booked}}
        yield from ((code, 1.0) for code in REQUIRED_COURSES + REQUIRED_WORKSHOPS if code not in taken)
        for pool, count in ((ELECTIVES, 1), (CHOSEN, CHOSEN_COUNT)):
            open_codes = [code for code in pool if code not in taken]
            missing = count - len(pool) + len(open_codes)
            yield from ((code, missing / len(open_codes)) for code in open_codes if missing > 0)
        yield "QSS", float(max(SHARES - self.shares, 0 if self.talk else 1))

    def can_attend(self, run: OfferingDraft) -> bool:
        """Say whether a new booking fits with the person's absences, hours and other bookings."""
        days = {moment.date() for other in self.booked for moment in other.times}
        if any(moment.date() in days for moment in run.times) or (run.entry.is_course and self._has_course()):
            return False
        return all(self.person.is_free(span) for span in run.spans)

    def _has_course(self) -> bool:
        return any(run.entry.is_course for run in self.booked)


def progress(
    chance: random.Random, made: PersonDraft, past: Mapping[str, Sequence[OfferingDraft]], as_of: date
) -> RecordsDraft:
    """Return what a learner has done by `as_of`, given the runs that have started by then."""
    ready = made.enrolled + timedelta(ORIENTATION_DAYS)
    found = RecordsDraft(person=made, ready=ready)
    if made.enrolled > as_of:
        return found
    _orient(found, as_of)
    if ready > as_of:
        return found
    diligence = 0.35 + 0.6 * min(1.0, (as_of - made.enrolled).days / 540) + chance.uniform(-0.15, 0.1)
    for code in _wanted(chance):
        _take(chance, found, [run for run in past[code] if run.start >= ready], diligence, as_of)
    _share(chance, found, [run for run in past["QSS"] if run.start >= ready], diligence)
    if happens(chance, EXEMPT) and "PBK" not in found.done:
        _exempt(found)
    return found


def _orient(found: RecordsDraft, as_of: date) -> None:
    """Record the orientation: done, or under way since the day of enrolment."""
    over = found.ready <= as_of
    day = found.ready - timedelta(1) if over else found.person.enrolled
    status = "completed" if over else "booked"
    row: dict[str, Cell] = {"learner": found.person.id, "component": "ORIENT", "status": status, "date": day}
    found.rows.append(row | {"note": "synthetic"})


def _wanted(chance: random.Random) -> tuple[str, ...]:
    """Return what a learner sets out to take, prerequisites before what needs them."""
    chosen = chance.sample(CHOSEN, CHOSEN_COUNT)
    if "LSC2" in chosen and "LSC1" not in chosen:
        chosen[chosen.index("LSC2")] = "LSC1"
    chosen.sort(key=CHOSEN.index)
    return (*REQUIRED_COURSES, *REQUIRED_WORKSHOPS, *chosen, chance.choice(ELECTIVES))


def _take(
    chance: random.Random, found: RecordsDraft, held: Sequence[OfferingDraft], diligence: float, as_of: date
) -> None:
    """Let a learner take the first run that suits, if what it needs is done before."""
    for run in held:
        code = run.entry.code
        if any(found.done.get(need, run.start) >= run.start for need in REQUIRES.get(code, ())):
            continue
        if not happens(chance, diligence):
            if run.end <= as_of and happens(chance, MISSED):
                found.add("missed", run)
        elif run.end <= as_of:
            found.add("completed", run)
            found.done[code] = run.end
            return
        elif found.can_attend(run):
            found.book(run)
            return


def _share(chance: random.Random, found: RecordsDraft, held: Sequence[OfferingDraft], diligence: float) -> None:
    """Let a learner attend skills shares, and speak at one."""
    for run in held:
        if found.shares < SHARES and happens(chance, diligence * SHARE_VISITS):
            talk = not found.talk and happens(chance, TALKS)
            found.add("completed", run, "talk" if talk else "")
            found.talk |= talk
            found.shares += 1


def _exempt(found: RecordsDraft) -> None:
    """Excuse a learner from PBK, unless it is booked."""
    if all(run.entry.code != "PBK" for run in found.booked):
        row: dict[str, Cell] = {"learner": found.person.id, "component": "PBK", "status": "exempt"}
        found.rows = [row for row in found.rows if row["component"] != "PBK"]
        found.rows.append(row | {"note": "synthetic: took an earlier course"})
        found.done["PBK"] = found.ready
