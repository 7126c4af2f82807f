"""Made-up waitlists of any size: guests with zones, hours and absences, a slot pattern, and trainers with limits."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.people import Learner, Slots, Trainer, Unavailable, Waiting
from models.programme.time import Span, instant

AS_OF = date(2025, 3, 5)
NEW_YORK = "America/New_York"
ZONES = (NEW_YORK, "America/Los_Angeles", "Europe/London", "Europe/Berlin", "America/Chicago", "Asia/Tokyo")
WEEKDAYS, STARTS = (1, 2, 3), (10 * 60, 12 * 60, 16 * 60)


def waiting_instance(  # noqa: PLR0913 - one parameter a dimension
    seed: int,
    *,
    components: int,
    people: int,
    slots: int,
    trainers: int,
    seats: int = 25,
    waits: int = 1,
    busy: float = 0.3,
    per_week: int = 4,
    weekdays: tuple[int, ...] = WEEKDAYS,
) -> Instance:
    """Return an instance with about `slots` dates a component; `busy` = the share of days on which people cannot come."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    codes = [f"C{number:02d}" for number in range(components)]
    weeks = -(-slots // (len(weekdays) * len(STARTS)))
    first = AS_OF + timedelta(days=26)
    teams = {
        code: sorted(chance.sample(range(trainers), k=min(trainers, chance.choice((1, 2, 2, 3))))) for code in codes
    }
    learners = [_person(chance, number) for number in range(people)]
    return Instance(
        id=f"waiting-{seed}",
        title="Made-up waitlist",
        edition="e",
        as_of=AS_OF,
        zone=NEW_YORK,
        editions={"e": Edition(id="e", title="e", components=tuple(_workshop(code, seats) for code in codes))},
        learners=tuple(learners),
        unavailable=tuple(row for each in learners for row in _absences(chance, each, first, weeks * 7, busy)),
        waitlist=tuple(row for each in learners for row in _rows(chance, each, codes, waits)),
        trainers=tuple(_trainer(number, codes, teams, per_week) for number in range(trainers)),
        slots=Slots(
            first=first, last=first + timedelta(days=weeks * 7 - 1), weekdays=weekdays, starts=STARTS, minutes=90
        ),
    )


def _workshop(code: str, seats: int) -> Component:
    return Component(code=code, title=code, kind="workshop", seats=seats)


def _person(chance: random.Random, number: int) -> Learner:
    earliest, latest = chance.choice(((None, None), (8 * 60, 18 * 60), (9 * 60, 17 * 60 + 30), (12 * 60, 22 * 60)))
    return Learner(id=f"P{number:05d}", edition="e", zone=chance.choice(ZONES), earliest=earliest, latest=latest)


def _rows(chance: random.Random, who: Learner, codes: list[str], waits: int) -> Iterator[Waiting]:
    for code in sorted(chance.sample(codes, k=min(len(codes), chance.randint(1, waits)))):
        yield Waiting(learner=who.id, component=code, since=AS_OF - timedelta(days=chance.randrange(90)))


def _absences(chance: random.Random, who: Learner, first: date, days: int, busy: float) -> Iterator[Unavailable]:
    """Yield a weekly standing commitment, or a few weeks away."""
    blocked = [weekday for weekday in range(5) if chance.random() < busy]
    for number in range(days):
        day = first + timedelta(days=number)
        if day.weekday() in blocked and chance.random() < 0.9:
            start = instant(datetime.combine(day, time(9)), NEW_YORK)
            yield Unavailable(who=who.id, span=Span(start, start + 600), words=str(day))


def _trainer(number: int, codes: list[str], teams: dict[str, list[int]], per_week: int) -> Trainer:
    teaches = tuple(code for code in codes if number in teams[code])
    return Trainer(
        id=f"T{number}", zone=NEW_YORK, teaches=teaches, max_sessions_per_week=per_week, max_sessions_per_day=2
    )
