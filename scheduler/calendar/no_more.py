"""Who has graduated takes part in nothing more: what a class needs first it needs for those who are still on their way.

Of components of which one will do, some take one and some another. A program that only asks that as many are through what
comes first as are through each would count the same seats for both.
"""

from collections.abc import Callable, Iterator, Sequence

from scheduler.calendar.reach import Cumulative, Reach, by
from scheduler.calendar.wanted import Demand
from scheduler.engines.highs import Terms

Waits = tuple[str, int, int]
"""A component, who is through it by some run, and the day by which what comes first has to be over for that."""


def going_no_more(
    demand: Demand,
    graduated: Cumulative,
    waiting: Sequence[Waits],
    through: Callable[[str], Reach],
    before: Callable[[str], Sequence[tuple[str, ...]]],
) -> Iterator[Terms]:
    """Yield sums that are not above zero, for a class of which so many have graduated by which day.

    Who is newly through a component after some day, and who had graduated by that day, are different people, and all of
    them are through what the component waits for and everybody needs. Where everybody needs the component itself that is
    said already.
    """
    needs = [need for need in demand.needs if not need.again]
    every = {code for need in needs if need.count >= len(need.pool) for code in need.pool} - set(demand.tasks)
    some = {code for need in needs if need.count < len(need.pool) for code in need.pool} - every
    steps = [(day, 1.0, variable) for day, variable in graduated]
    for code, variable, latest in waiting:
        day = max((day for day, _, _ in steps if day <= latest), default=None)
        if code not in some or day is None:
            continue
        gone = [_less(by(through(code), day)), _less(by(steps, day), -1.0)]
        for entry in before(code):
            first = by(through(entry[0]), latest) if len(entry) == 1 and entry[0] in every else None
            if first is not None:
                yield [(1.0, variable), *(term for each in (*gone, _less(first)) for term in each)]


def _less(reached: tuple[float, int] | None, sign: float = 1.0) -> list[tuple[float, int]]:
    return [] if reached is None else [(-sign * reached[0], reached[1])]
