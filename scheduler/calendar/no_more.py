"""Who has graduated takes part in nothing more: what a class needs first it needs for those who are still on their way.

Of components of which one will do, some take one and some another. A program that only asks that as many are through what
comes first as are through each would count the same seats for both.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from scheduler.calendar.reach import Cumulative, Reach, by, less
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
    for code, variable, latest in waiting:
        place = bisect_right(graduated, latest, key=itemgetter(0)) if code in some else 0
        if not place:
            continue
        day, gone = graduated[place - 1]
        earlier = by(through(code), day)
        for entry in before(code):
            first = by(through(entry[0]), latest) if len(entry) == 1 and entry[0] in every else None
            if first is not None:
                yield [(1.0, variable), (1.0, gone), *(less(*each) for each in (earlier, first) if each is not None)]
