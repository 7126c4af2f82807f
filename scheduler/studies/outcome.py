"""What one scenario, or one random draw of it, came to: plain values that travel between machines and last in a file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from models.programme.instance import Instance
from models.programme.plan import Path

PRICE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?([A-Z]{3})|([A-Z]{3}) ?([0-9][0-9,]*(?:\.[0-9]+)?)")
"""Prices that can be added up: `500 USD` or `USD 500`. Other words are a price that is not a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One learner: a status and a day of graduation (ISO); `spread` = (chance, day) pairs where the day is uncertain."""

    learner: str
    status: str
    day: str | None = None
    spread: tuple[tuple[float, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOutcome:
    """`bound` = no plan has a smaller sum of days (for repeats: leaves fewer uncovered); `cost` None = nothing stated.

    `unpriced` = newly booked seats of which no price is stated. `error` says why there is no answer.
    """

    status: str
    parts: tuple[Part, ...] = ()
    days: int | None = None
    bound: int | None = None
    seats: int | None = None
    cost: str | None = None
    currency: str | None = None
    unpriced: int | None = None
    waiting: int | None = None
    covered: int | None = None
    sessions: int | None = None
    error: str | None = None
    seconds: float = 0.0

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "ScenarioOutcome":
        """Return what was stored."""
        parts = tuple(
            Part(**{**each, "spread": tuple((chance, day) for chance, day in each["spread"])})
            for each in stored["parts"]
        )
        return cls(**{**stored, "parts": parts})


def failed(error: str) -> ScenarioOutcome:
    """Return the outcome of a scenario that cannot be answered."""
    return ScenarioOutcome(status="error", error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What newly booked seats cost, as far as it is stated in one currency."""

    seats: int
    cost: str | None
    currency: str | None
    unpriced: int


def bill_of(instance: Instance, paths: Iterable[Path]) -> Bill:
    """Add up what is newly booked. Prices in several currencies have no sum."""
    total, seats, unpriced = Decimal(0), 0, 0
    currencies: set[str] = set()
    for path in paths:
        kept = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        for booking in path.bookings:
            if booking.offering in kept:
                continue
            seats += 1
            found = PRICE.fullmatch((instance.offering[booking.offering].price or "").strip())
            if found is None:
                unpriced += 1
                continue
            currencies.add(found[2] or found[3])
            total += Decimal((found[1] or found[4]).replace(",", ""))
    stated = len(currencies) == 1
    return Bill(
        seats=seats,
        cost=str(total) if stated else None,
        currency=min(currencies) if stated else None,
        unpriced=unpriced,
    )
