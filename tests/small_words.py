"""Readable builders of small instances: days are numbered from the planning day, everything is in UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from models.programme.edition import Clock, Edition
from models.programme.instance import Instance
from models.programme.offering import Offering, Session, Status
from models.programme.people import Learner
from models.programme.time import instant

AS_OF = date(2025, 3, 25)
DAY = timedelta(days=1)
Gate = Literal["first-session", "registration"]


def day(number: int) -> date:
    """Return the day so many days after the planning day."""
    return AS_OF + number * DAY


def at(number: int, hour: int, minute: int = 0) -> int:
    """Return the instant of an hour of that day, in UTC."""
    return instant(datetime.combine(day(number), datetime.min.time().replace(hour=hour, minute=minute)), "UTC")


def run(
    name: str, code: str, first: int, last: int, *, sessions: Sequence[Session] = (), seats: int | None = None
) -> Offering:
    """Return an offering from one numbered day to another, in UTC."""
    return Offering(
        id=name, component=code, start=day(first), end=day(last), sessions=tuple(sessions), seats=seats, zone="UTC"
    )


def learner(name: str = "ada", *, enrolled: int = -10) -> Learner:
    """Return a learner of the edition `small`."""
    return Learner(id=name, edition="small", enrolled=day(enrolled), zone="UTC")


def in_order(offerings: Iterable[Offering]) -> tuple[Offering, ...]:
    """Return offerings in the order in which an instance that was read holds them."""
    return tuple(
        sorted(offerings, key=lambda offering: (offering.start, offering.end, offering.component, offering.id))
    )


def instance_of(
    edition: Edition, offerings: Sequence[Offering], learners: Sequence[Learner], **more: object
) -> Instance:
    """Return an instance in canonical order."""
    whole = Instance(
        id="made-up",
        title="Made up",
        edition=edition.id,
        as_of=AS_OF,
        zone="UTC",
        synthetic=True,
        editions={edition.id: edition},
        offerings=in_order(offerings),
        learners=tuple(sorted(learners, key=lambda one: one.id)),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much an instance holds; `edges` pushes dates, seats and absences onto boundaries."""

    learners: int = 1
    offerings: int = 7
    horizon: int = 40
    edges: bool = False
    clock: Clock | None = None
    strict: frozenset[str] = frozenset({"any"})


STATUSES: tuple[Status, ...] = (*(("published",) * 16), "tentative", "cancelled")

FAMILIES = ("hours", "load", "deadline", "closing", "status", "seats", "away", "records", "window", "window", "clash")
"""What may be strict in an instance: each in some of them, so that one rule is not always hidden by another."""

THEMES: tuple[Size, ...] = (
    Size(),
    Size(horizon=16, strict=frozenset({"clash"})),
    Size(strict=frozenset({"window"}), clock="enrolment"),
    Size(strict=frozenset({"seats"})),
    Size(strict=frozenset({"window"}), clock="orientation"),
    Size(strict=frozenset({"window"}), clock="first-component"),
    Size(horizon=28, strict=frozenset({"closing"})),
    Size(horizon=24, strict=frozenset({"load", "away"})),
)
"""Sizes that let single rules decide, beside those in which any may."""


def themed(seed: int, *, edges: bool, learners: int = 1, offerings: int = 8) -> Size:
    """Return the theme of a seed."""
    return replace(THEMES[seed % len(THEMES)], edges=edges, learners=learners, offerings=offerings)
