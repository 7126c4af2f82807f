"""The made-up learners: where they live, when they can come, how much they can carry, what they wish."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from models.programme.time import Span, instant, local, whole_days
from scheduler.generate.catalogue import CHOSEN, ELECTIVES
from scheduler.generate.chances import happens

# zone, share, local hours in which most people there sit; nobody in Sydney can keep office hours and attend.
ZONES = (
    ("America/New_York", 30, "08:00", "18:00"),
    ("America/Los_Angeles", 20, "08:00", "17:30"),
    ("America/Chicago", 15, "08:00", "18:00"),
    ("Europe/London", 15, "09:00", "20:00"),
    ("Europe/Stockholm", 10, "08:00", "20:30"),
    ("Europe/Berlin", 6, "08:00", "21:00"),
    ("Australia/Sydney", 4, "", ""),
)
# Shares of the learners.
STATES_HOURS, HAS_ABSENCE, HAS_BUSY_MORNING = 0.6, 0.3, 0.1
TAKES_ONE_COURSE, COUNTS_HOURS, WISHES, AVOIDS = 0.15, 0.1, 0.2, 0.1

Cell = str | int | date | None


@dataclass(slots=True, kw_only=True)
class PersonDraft:
    """One learner's row and unavailable rows while they are made; `busy` are the latter as instants."""

    row: dict[str, Cell]
    zone: str
    enrolled: date
    unavailable: list[dict[str, Cell]] = field(default_factory=list)
    busy: list[Span] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The learner's id."""
        return str(self.row["learner"])

    def is_free(self, span: Span) -> bool:
        """Say whether a session lies in the person's hours and outside their absences."""
        if any(busy.overlaps(span) for busy in self.busy):
            return False
        if not self.row.get("earliest"):
            return True
        start, end = local(span.start, self.zone), local(span.end, self.zone)
        within = f"{start:%H:%M}" >= str(self.row["earliest"]) and f"{end:%H:%M}" <= str(self.row["latest"])
        return within and start.date() == end.date()


def person(chance: random.Random, number: int, as_of: date) -> PersonDraft:
    """Return a made-up learner who enrolled within the last 18 months, or will within a month."""
    zone, _, earliest, latest = chance.choices(ZONES, [share for _, share, _, _ in ZONES])[0]
    elapsed = int(chance.triangular(-30, 540, 60))
    enrolled = as_of - timedelta(elapsed)
    row: dict[str, Cell] = {"learner": f"L{number:05d}", "enrolled": enrolled, "timezone": zone, "note": "synthetic"}
    if happens(chance, STATES_HOURS):
        row |= {"earliest": earliest, "latest": latest}
    _limit(chance, row)
    made = PersonDraft(row=row, zone=zone, enrolled=enrolled)
    if happens(chance, HAS_ABSENCE):
        first = as_of + timedelta(chance.randrange(5, 330))
        be_away(made, first, first + timedelta(chance.randrange(2, 20)))
    if happens(chance, HAS_BUSY_MORNING):
        day = as_of + timedelta(chance.randrange(5, 330))
        be_busy(made, datetime.combine(day, time(9)), datetime.combine(day, time(chance.randrange(11, 15))))
    return made


def be_away(made: PersonDraft, first: date, last: date) -> None:
    """Make a person unavailable on whole days, both included."""
    made.unavailable.append({"who": made.id, "start": first, "end": last, "note": "synthetic"})
    made.busy.append(whole_days(first, last, made.zone))


def be_busy(made: PersonDraft, start: datetime, end: datetime) -> None:
    """Make a person unavailable between two local times."""
    cells = {"start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}"}
    made.unavailable.append({"who": made.id, **cells, "note": "synthetic"})
    made.busy.append(Span(instant(start, made.zone), instant(end, made.zone)))


def _limit(chance: random.Random, row: dict[str, Cell]) -> None:
    """Give some people a limit on their load, and some of them wishes."""
    if happens(chance, TAKES_ONE_COURSE):
        row["max_courses"] = 1
    if happens(chance, COUNTS_HOURS):
        row["max_weekly_hours"] = chance.choice((6, 8, 10))
    if happens(chance, WISHES):
        row["prefers"] = chance.choice(ELECTIVES + CHOSEN)
    if happens(chance, AVOIDS):
        row["avoids"] = ";".join(sorted(code for code in chance.sample(CHOSEN, 2) if code != row.get("prefers")))
