"""Made-up programmes of many shapes: a crowd of one shape is hard in another way than a crowd of the next.

The shapes are drawn from what programmes are like, not from what the search is good at: levels one after the other, days between,
classes of one seat, long chains, components that are rarely held, few places to talk, people who join later or are often away.
"""

import csv
import io
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scheduler.generate import generate

AS_OF = date(2025, 1, 3)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Levels of classes, of which `wanted` are needed of each level; the next level after all of them if it is `ordered`.

    `seats` of a class; `apart` = days between two classes; `rare` = how many classes of each level are held once a year only;
    `talks` = places to talk at each monthly event (0 = no events); `late` = people join during the first half; `away` = often.
    """

    levels: int
    classes: int
    wanted: int
    seats: int
    apart: int = 0
    rare: int = 0
    talks: int = 0
    ordered: bool = False
    late: bool = False
    away: bool = False


SHAPES = {
    "school": Shape(levels=4, classes=4, wanted=4, seats=12, ordered=True),
    "school-spaced": Shape(levels=4, classes=4, wanted=4, seats=12, ordered=True, apart=84),
    "one-seat": Shape(levels=2, classes=4, wanted=3, seats=1),
    "chain": Shape(levels=10, classes=1, wanted=1, seats=4, ordered=True),
    "rare": Shape(levels=2, classes=5, wanted=3, seats=3, rare=2),
    "talks": Shape(levels=2, classes=3, wanted=2, seats=6, talks=1),
    "late": Shape(levels=2, classes=4, wanted=3, seats=4, late=True),
    "away": Shape(levels=2, classes=5, wanted=3, seats=4, away=True),
}


def files(family: str, learners: int, years: int, seed: int, tightness: float) -> dict[str, str]:
    """Return the files of an instance of a family, name -> text; `made` = the product's own generator."""
    if family == "made":
        return generate(learners, years, seed, tightness)
    return shaped(SHAPES[family], learners, years, seed, tightness)


def shaped(shape: Shape, learners: int, years: int, seed: int, tightness: float) -> dict[str, str]:
    """Return the files of an instance of a shape, name -> text."""
    return _Crowd(shape, learners, years, seed, tightness).files()


class _Crowd:
    """One instance of a shape."""

    def __init__(self, shape: Shape, learners: int, years: int, seed: int, tightness: float) -> None:
        self.shape, self.days = shape, 365 * years
        self.slack = 1.7 - 0.7 * tightness
        self.chance = random.Random(seed)  # noqa: S311 - made-up people are no secret
        self.codes = [[f"L{level}C{each}" for each in range(shape.classes)] for level in range(shape.levels)]
        self.need = {code: 0.0 for level in self.codes for code in level}
        self.records: list[Sequence[object]] = []
        self.unavailable: list[Sequence[object]] = []
        self.learners = [self._person(f"A{number:05}") for number in range(learners)]

    def _person(self, who: str) -> Sequence[object]:
        """Draw somebody who is through some levels and in the middle of the next."""
        chance, shape = self.chance, self.shape
        level = chance.randrange(shape.levels)
        done = [code for each in self.codes[:level] for code in chance.sample(each, shape.wanted)]
        under_way = chance.sample(self.codes[level], chance.randrange(shape.wanted))
        self.records += [(who, code, "completed", AS_OF - timedelta(days=chance.randint(100, 700))) for code in done]
        self.records += [(who, code, "completed", AS_OF - timedelta(days=chance.randint(5, 90))) for code in under_way]
        for at, codes in enumerate(self.codes[level:]):
            missing = shape.wanted - (len(under_way) if not at else 0)
            left = [code for code in codes if at or code not in under_way]
            for code in left:
                self.need[code] += missing / len(left)
        if shape.away:
            for _ in range(chance.randint(2, 6)):
                first = AS_OF + timedelta(days=chance.randrange(self.days))
                self.unavailable.append((who, first, first + timedelta(days=chance.randint(3, 60))))
        joins = chance.randint(-700, self.days // 2) if shape.late else -chance.randint(710, 900)
        if joins > 0:
            self.records = [row for row in self.records if row[0] != who]
        return who, AS_OF + timedelta(days=joins)

    def files(self) -> dict[str, str]:
        """Return the texts."""
        edition = {
            "format": 1,
            "id": "shape",
            "title": "A shape",
            "synthetic": True,
            "window": None,
            "components": [*self._components()],
            "requirements": [*self._requirements()],
        }
        if self.shape.apart:
            edition["days_between"] = {"course": self.shape.apart}
        instance = {
            "format": 1,
            "id": "shape",
            "title": "A shape",
            "edition": "shape",
            "as_of": str(AS_OF),
            "timezone": "UTC",
            "synthetic": True,
        }
        return {
            "instance.yaml": json.dumps(instance),
            "editions/shape.yaml": json.dumps(edition),
            "offerings.csv": _table(("offering", "component", "start", "end"), self._runs()),
            "learners.csv": _table(("learner", "enrolled"), self.learners),
            "records.csv": _table(("learner", "component", "status", "date"), self.records),
            "unavailable.csv": _table(("who", "start", "end"), self.unavailable),
        }

    def _components(self) -> Iterable[dict[str, Any]]:
        for at, level in enumerate(self.codes):
            for code in level:
                before = {"requires": self.codes[at - 1]} if at and self.shape.ordered else {}
                yield {"code": code, "title": code, "kind": "course", "seats": self.shape.seats, **before}
        if self.shape.talks:
            yield {
                "code": "E",
                "title": "Event",
                "kind": "event",
                "repeatable": True,
                "roles": {"talk": self.shape.talks},
            }

    def _requirements(self) -> Iterable[dict[str, Any]]:
        for at, level in enumerate(self.codes):
            yield {"id": f"level{at}", "title": f"Level {at}", "count": self.shape.wanted, "from": level}
        if self.shape.talks:
            yield {"id": "talk", "title": "A talk", "count": 1, "from": ["E"], "role": "talk"}

    def _runs(self) -> Iterable[Sequence[object]]:
        """Draw the calendar: as many runs as people need, and some more where it is not tight."""
        for level in self.codes:
            for at, code in enumerate(level):
                wanted = int(self.need[code] / self.shape.seats * self.slack) + 1
                runs = max(1, self.days // 365) if at < self.shape.rare else max(2 * self.days // 365, wanted)
                for run in range(runs):
                    week = int((run + self.chance.random()) * self.days / 7 / runs)
                    start = AS_OF + timedelta(days=3) + week * WEEK
                    yield f"{code}-{run:03}", code, start, start + timedelta(days=4)
        if self.shape.talks:
            for month in range(self.days // 30):
                day = AS_OF + timedelta(days=15 + 30 * month)
                yield f"E-{month:03}", "E", day, day


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *rows])
    return text.getvalue()


FAMILIES = ("made", *SHAPES)
"""The families by name."""
