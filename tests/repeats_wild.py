"""Wild questions about repeats: dates near midnight and clock changes, in several zones, with clashes, series and limits."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from models.programme.instance import Instance
from models.programme.people import Candidate, Unavailable
from models.programme.time import Span, day_start, minutes_of, zone
from tests.builders import learner, meets, session
from tests.repeats_builders import guest, question, teaches, waits, workshop

PLACES = ("America/New_York", "Europe/London", "Asia/Tokyo", "UTC", "Pacific/Auckland")
DAYS = (date(2025, 3, 6), date(2025, 3, 27), date(2025, 10, 23), date(2025, 10, 30))
"""Planning days some days before clocks change."""


def calendar(seed: int) -> Instance:
    """Return the question of a seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    today = chance.choice(DAYS)
    codes = ["A", "B", "C"][: chance.choice([1, 2, 3])]
    names = [f"p{number}" for number in range(chance.randint(2, 6))]
    people = [
        replace(
            chance.choice((guest, learner))(name),
            earliest=chance.choice((None, 0, 540)),
            latest=chance.choice((None, 840, 1439)),
            zone=chance.choice(PLACES),
        )
        for name in names
    ]
    rows = [
        waits(name, code, since=chance.choice((None, 5, 9)), priority=chance.choice((None, 1, 2)))
        for name in names
        for code in chance.sample(codes, k=chance.randint(1, min(2, len(codes))))
    ]
    dates = [_date(chance, today, code) for code in codes for _ in range(chance.randint(1, 3))]
    spans = [_span(chance, each, chance.choice(names)) for each in chance.sample(dates, k=min(2, len(dates)))]
    needs = ("A",) if len(codes) > 1 and chance.random() < 0.5 else ()
    offered = (
        [meets("A1", session(chance.randint(1, 6)), seats=chance.choice([0, 1, 2]))] if chance.random() < 0.5 else []
    )
    return question(
        [workshop(code, *(needs if code == "B" else ())) for code in codes],
        people,
        rows,
        {(each.component, each.start): each for each in dates}.values(),
        offered,
        as_of=today,
        trainers=(
            teaches("T", "A", "B", week=chance.choice((None, 1, 2)), zone=chance.choice(PLACES)),
            teaches("U", "A", "C", a_day=chance.choice((None, 1)), zone=chance.choice(PLACES)),
        ),
        unavailable=tuple(spans),
    )


def _date(chance: random.Random, today: date, code: str) -> Candidate:
    clock = time(chance.choice([0, 1, 8, 12, 12, 13, 23]), chance.choice([0, 30]))
    day = today + timedelta(days=chance.randint(1, 6))
    start = minutes_of(datetime.combine(day, clock, tzinfo=zone(chance.choice(PLACES))))
    return Candidate(component=code, start=start, minutes=chance.choice([30, 60, 90]), seats=chance.choice([1, 2, 3]))


def _span(chance: random.Random, each: Candidate, who: str) -> Unavailable:
    """Return a span that touches a date, or a day that ends in it."""
    end = each.start + (each.minutes or 1)
    day = day_start(date(1970, 1, 1) + timedelta(minutes=each.start), "UTC")
    bounds = [(end, end + 60), (end - 1, end + 60), (each.start - 60, each.start), (each.start - 60, each.start + 1)]
    return Unavailable(who=who, span=Span(*chance.choice([*bounds, (day, day + 1440)])), words="away")
