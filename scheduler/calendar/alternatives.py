"""Other calendars that are nearly as good and clearly different, and in what they differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.worth import CalendarWorth, Key
from scheduler.engines.budget import Budget

NEAR = 14
"""Days within which two runs of a component are about the same."""

PART = 4
"""One in so many runs has to be another one, two at least, for two calendars to be clearly different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One run that a calendar holds on another day (None = does not hold) than the best one, and that one's day."""

    component: str
    best: date | None
    other: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A calendar that is clearly different from the best one and from those before it."""

    worth: CalendarWorth
    differences: tuple[Difference, ...]


def differences(best: Sequence[Choice], other: Sequence[Choice]) -> tuple[Difference, ...]:
    """Return in what a calendar differs: runs of a component within two weeks of each other count as the same."""
    left = sorted(other, key=lambda each: (each.offering.start, each.id))
    alone: list[Choice] = []
    for choice in sorted(best, key=lambda each: (each.offering.start, each.id)):
        near = [each for each in left if each.code == choice.code and _apart(choice, each) < NEAR]
        if near:
            left.remove(min(near, key=lambda each: _apart(choice, each)))
        else:
            alone.append(choice)
    found = []
    for choice in alone:
        same = [each for each in left if each.code == choice.code]
        twin = min(same, key=lambda each: _apart(choice, each), default=None)
        if twin is not None:
            left.remove(twin)
        found.append(_difference(choice, twin))
    return (*found, *(_difference(None, each) for each in left))


def _apart(one: Choice, other: Choice) -> int:
    return abs((one.offering.start - other.offering.start).days)


def _difference(best: Choice | None, other: Choice | None) -> Difference:
    one = best or other
    assert one is not None  # noqa: S101 - one of both is there
    return Difference(
        component=one.code,
        best=best.offering.start if best else None,
        other=other.offering.start if other else None,
    )


def is_clearly_different(one: CalendarWorth, other: CalendarWorth) -> bool:
    """Say whether a quarter of the runs of `other`, and two at least, are elsewhere or not held: more runs are no difference."""
    gone = [each for each in differences(other.held, one.held) if each.best is not None]
    return len(gone) >= max(2, -(-len(other.held) // PART))


class Away(Climb):
    """A search among the calendars that are clearly different from some."""

    others: Sequence[CalendarWorth] = ()

    def key(self, worth: CalendarWorth) -> Key:
        """Return what is compared; what is too much like another comes after everything else."""
        near = not all(is_clearly_different(worth, each) for each in self.others)
        found = super().key(worth)
        return (found[0] + FAR, *found[1:]) if near else found

    def _slimmed(self, budget: Budget) -> None:  # noqa: ARG002 - as in every climb
        """Drop what makes no difference, as long as the calendar stays clearly different."""
        slim = self.valuer.without_idle(self.best, self._used(self.best))
        if self.key(slim) < self.key(self.best):
            self.best = self.here = slim


FAR = 1_000_000
"""More than anybody's loss can be: what is added for a calendar that is too much like another."""


def alternatives(climb: Climb, count: int, budget: Budget, tell: Callable[[CalendarWorth], None]) -> list[Alternative]:
    """Return up to so many calendars, each the best found that is clearly different from those before it."""
    best = climb.best
    found = [best]
    for number in range(count):
        away = Away(climb.valuer, climb.starts, best, keep=climb.keep)
        away.others = tuple(found)
        away.moves.learn(climb.moves.shares)
        away.best = away.here = min(climb.valuer.found.values(), key=away.key)
        share = budget.left / (count - number) if budget.seconds is not None else None
        away.run(Budget(share, within=budget), lambda _: False, tell)
        if away.key(away.best)[0] >= FAR:
            break
        found.append(away.best)
    return [Alternative(worth=each, differences=differences(best.held, each.held)) for each in found[1:]]
