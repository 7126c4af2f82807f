"""Tiny years of many shapes: events that share limits and days, chains, few seats, deadlines, bookings, arrivals."""

import random
from datetime import date

from models.programme.edition import Component, Edition, Promise, Requirement
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Closure, Learner, Record, Trainer
from models.programme.year import Arrival, Pattern, Year
from tests import builders
from tests.builders import NEW_YORK, away, component, course, day, edition, learner, meets, record, requirement, session
from tests.repeats_builders import workshop

LIMITS = (
    (("course", 2), ("workshop", 1), ("event", 2)),
    (("course", 1), ("workshop", 1), ("event", 3)),
    (("course", 2), ("workshop", 1), ("event", 1)),
)
NAMES = ("ada", "ben", "cyd")


def wide(seed: int) -> Instance:
    """Return a tiny year of a seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    codes = chance.choice(("AQ", "AQR", "QR", "AQE", "QE", "ABC", "ABQ", "AWQ", "QW", "ABW"))
    rules = _edition(chance, codes, "e")
    people = [_learner(chance, name) for name in NAMES[: chance.choice((1, 2, 2, 3)) if "Q" not in codes else 2]]
    standing = _standing(chance, codes)
    has_trainers = chance.random() < 0.25
    return builders.instance(
        rules,
        standing,
        people,
        _records(chance, people, standing, codes),
        patterns=tuple(_pattern(chance, code, few=len(codes) < 3) for code in codes),
        trainers=(Trainer(id="T", zone=NEW_YORK, teaches=tuple(codes)),) if has_trainers else (),
        unavailable=tuple(away(name, first, first + 6) for name, first in _away(chance, people, has_trainers)),
        closures=(Closure(start=day(13), end=day(17)),) if chance.random() < 0.2 else (),
        arrivals=(Arrival(month=date(2025, 4, 1), learners=1, edition="e", zone=NEW_YORK),)
        if chance.random() < 0.15 and len(people) < 2
        else (),
        year=Year(
            first=day(6),
            last=day(5 + 7 * (4 if len(codes) < 3 else 3)),
            most=chance.choice(LIMITS),
            notice_days=0,
            repeats="Q" not in codes and chance.random() < 0.4,
        ),
    )


def _edition(chance: random.Random, codes: str, name: str) -> Edition:
    seats = {code: chance.choice((1, 2, None, None)) for code in codes}
    talks = chance.choice((1, 1, 2))
    kinds: dict[str, Component] = {
        "A": course("A", seats=seats.get("A")),
        "B": course("B", *(("A",) * (chance.random() < 0.7)), seats=seats.get("B")),
        "C": course("C", chance.choice(("B", ("A", "B"))), seats=seats.get("C")),
        "W": workshop("W", *(("A",) * ("A" in codes and chance.random() < 0.4)), seats=seats.get("W")),
        "Q": component("Q", "event", repeatable=True, roles=(("talk", talks),), seats=seats.get("Q")),
        "R": component("R", "event", repeatable=True, seats=seats.get("R")),
        "E": component("E", "event", seats=seats.get("E")),
    }
    wanted: list[Requirement] = []
    if codes == "ABC":
        wanted.append(chance.choice((requirement(1, "C"), requirement(2, "A", "B", "C"), requirement(1, "B", "C"))))
    else:
        plain = [code for code in codes if code not in "QR"]
        wanted += (
            [requirement(1, *plain)] if len(plain) > 1 and chance.random() < 0.4 else [requirement(1, c) for c in plain]
        )
    wanted += [requirement(chance.choice((1, 1, 2)), code) for code in codes if code in "QR"]
    if "Q" in codes and chance.random() < 0.5:
        wanted.append(requirement(1, "Q", role="talk"))
    code = chance.choice(codes)
    promises = (Promise(of=(code,), count=1, per="calendar-year"),) * (chance.random() < 0.3)
    return edition(*(kinds[each] for each in codes), requirements=wanted, supply=promises, id=name)


def _learner(chance: random.Random, name: str) -> Learner:
    deadline = day(chance.choice((25, 32, 40))) if chance.random() < 0.2 else None
    return learner(name, deadline=deadline)


def _standing(chance: random.Random, codes: str) -> list[Offering]:
    found = []
    for code in codes:
        if chance.random() < 0.2:
            number = chance.choice((9, 16, 23))
            clock = chance.choice(("09:00", "12:00", "15:00"))
            roles = (("talk", 1),) if code == "Q" else ()
            found.append(meets(f"{code}9", session(number, clock), seats=chance.choice((1, 2, None)), roles=roles))
    return found


def _records(chance: random.Random, people: list[Learner], standing: list[Offering], codes: str) -> list[Record]:
    found = []
    who = people[0].id
    if standing and chance.random() < 0.4:
        found.append(record(who, "booked", standing[0].id))
    if chance.random() < 0.2:
        code = chance.choice(codes)
        if not any(row.component == code for row in found):
            found.append(record(who, "completed", code, -10))
    return found


def _away(chance: random.Random, people: list[Learner], has_trainers: bool) -> list[tuple[str, int]]:
    names = [*(each.id for each in people), *(["T"] if has_trainers else [])]
    return [(name, chance.choice((6, 13, 20))) for name in names if chance.random() < 0.3]


def _pattern(chance: random.Random, code: str, *, few: bool) -> Pattern:
    return Pattern(
        component=code,
        weeks=chance.choice((1, 2)) if code in "ABC" else 1,
        weekdays=(chance.choice((1, 2, 3)),),
        starts=chance.choice(((720,), (720,), (600, 900))) if code == "Q" and few else (720,),
        minutes=90,
        gap_days=chance.choice((None, None, 7, 14)),
        trainers=None,
    )
