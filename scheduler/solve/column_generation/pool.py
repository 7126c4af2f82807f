"""All columns so far: one path of one class each, with its days and what it uses."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from models.programme.plan import Path
from scheduler.solve.column_generation.blocks import WIDTH, Draft, Uses
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.measures import Toll
from scheduler.solve.column_generation.sweep import NEVER


@dataclass(slots=True)
class ColumnPool:
    """Columns as arrays, by the order in which they came; `things` = how many limited things there are."""

    things: int
    owner: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    days: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    uses: Uses = field(default_factory=lambda: np.empty((0, WIDTH), np.int32))
    drafts: list[Draft | Path] = field(default_factory=list)
    known: dict[tuple[int, int, bytes], int] = field(default_factory=dict)

    def add(self, owner: Numbers, days: Numbers, uses: Uses, drafts: Sequence[Draft | Path | None]) -> list[int]:
        """Add columns; return the numbers of those that are new."""
        uses = np.sort(uses, axis=1)
        fresh: list[int] = []
        for at, draft in enumerate(drafts):
            key = _key(owner[at], days[at], uses[at])
            if draft is not None and key not in self.known:
                self.known[key] = len(self.drafts)
                fresh.append(at)
                self.drafts.append(draft)
        first = len(self.owner)
        self.owner = np.concatenate([self.owner, owner[fresh]])
        self.days = np.concatenate([self.days, days[fresh]])
        self.uses = np.concatenate([self.uses, uses[fresh]])
        return list(range(first, first + len(fresh)))

    def numbers(self, owner: Numbers, days: Numbers, uses: Uses, drafts: Sequence[Draft | Path | None]) -> list[int]:
        """Add columns where they are new; return the number of each."""
        self.add(owner, days, uses, drafts)
        return [self.known[_key(owner[at], days[at], row)] for at, row in enumerate(np.sort(uses, axis=1))]

    def used(self, column: int) -> Numbers:
        """Return the numbers of the limited things that a column uses."""
        uses = self.uses[column]
        used: Numbers = uses[uses < self.things].astype(np.int64)
        return used

    def costs(self, prices: Numbers, toll: Toll) -> Numbers:
        """Return each column's days and prices, in parts of a day."""
        found: Numbers = np.append(prices, 0)[self.uses].sum(axis=1) + toll.at(self.owner).of(self.days)
        return found

    def cheapest(self, costs: Numbers, classes: int) -> Numbers:
        """Return the least cost of each class's columns; NEVER where it has none."""
        least = np.full(classes, NEVER)
        np.minimum.at(least, self.owner, costs)
        return least


def _key(owner: np.int64, days: np.int64, uses: Uses) -> tuple[int, int, bytes]:
    return int(owner), int(days), uses.tobytes()
