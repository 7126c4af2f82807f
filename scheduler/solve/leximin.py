"""Fair waiting: the longest delay as short as it can be, for as few as can be, then the next longest, and so on down."""

from dataclasses import dataclass
from typing import Protocol

from scheduler.engines.budget import Budget

NEVER = 1 << 40
"""The delay of somebody who does not graduate: longer than any other."""


class Judge(Protocol):
    """Finds plans by how many wait more than so many days, and remembers the best and what is promised."""

    def waits(self) -> list[int]:
        """Return the delays in the best plan, the longest first; NEVER for who does not graduate."""
        ...

    def fewest(self, days: int, enough: int | None = None) -> tuple[int, int]:
        """Let as few as possible wait more than `days`: how many do, and a bound; it may stop where `enough` is decided."""
        ...

    def keep(self, days: int, most: int) -> None:
        """Promise that no more than `most` wait more than `days`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """So many learners wait more than `days`; fewer is impossible if `bound` says the same."""

    days: int
    learners: int
    bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """The levels from the longest delay down, a bound on the longest, and whether every level is proved."""

    levels: tuple[Level, ...]
    longest_bound: int
    is_proved: bool


def leximin(judge: Judge, left_out: int, budget: Budget) -> Fairness:
    """Shorten the delays of a plan from the longest down; `left_out` do not graduate, and that is promised already."""
    count, proved = left_out, True
    longest: int | None = None
    levels: list[Level] = []
    while proved and not budget.is_over:
        wait = _longest(judge, count)
        if not wait:
            break
        judge.keep(wait, count)
        value, bound = judge.fewest(wait - 1)
        if value <= count:
            low = _shortened(judge, count, budget)
            longest = low if longest is None else longest
            continue
        longest = (wait if bound > count else longest or 0) if not levels else longest
        proved = bound >= value
        levels.append(Level(days=wait - 1, learners=value, bound=max(bound, count)))
        judge.keep(wait - 1, value)
        count = value
    left = _longest(judge, count)
    judge.keep(left, count)
    proved = proved and not left
    return Fairness(levels=tuple(levels), longest_bound=longest or 0, is_proved=proved)


def _longest(judge: Judge, count: int) -> int:
    """Return the longest delay but for the `count` longest ones."""
    return next(iter(judge.waits()[count:]), 0)


def _shortened(judge: Judge, count: int, budget: Budget) -> int:
    """Halve the range in which the longest delay lies, all but `count`; return the least that is not ruled out."""
    low, high = 0, _longest(judge, count)
    judge.keep(high, count)
    while low < high and not budget.is_over:
        middle = (low + high) // 2
        value, bound = judge.fewest(middle, enough=count)
        if value <= count:
            high = _longest(judge, count)
            judge.keep(high, count)
        elif bound > count:
            low = middle + 1
        else:
            break
    return low
