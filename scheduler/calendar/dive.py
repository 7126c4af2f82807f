"""From a program that holds runs in parts to a calendar: one run after the other is held wholly, and all else is asked anew."""

from collections.abc import Mapping

from scheduler.calendar.bounds import graduation_costs
from scheduler.calendar.choices import Choice
from scheduler.calendar.season import Season
from scheduler.calendar.year_program import YearProgram
from scheduler.engines.budget import Budget
from scheduler.engines.highs import minimise

SURE, NONE = 0.9, 0.02
"""What is held in so large a part is held wholly, what is held in so small a part is not asked for any more."""

Day = tuple[str, int]
"""A component and the day on which a run of it starts: at which hour it is held matters to no program."""


def dived(season: Season, year: YearProgram, shares: Mapping[str, float], budget: Budget) -> list[Choice]:
    """Return what is held in the end, from the shares in which a program holds each choice; nothing where it comes to no end.

    The program is changed on the way.
    """
    of_day: dict[Day, list[Choice]] = {}
    for choice in season.choices:
        of_day.setdefault((choice.code, choice.offering.start.toordinal()), []).append(choice)
    held: list[Choice] = []
    costs = graduation_costs(year, season)
    while True:
        parts = {day: sum(shares.get(each.id, 0.0) for each in mine) for day, mine in of_day.items()}
        most = max(parts.values(), default=0.0)
        if most <= NONE:
            return held
        for day in sorted(day for day, part in parts.items() if part >= min(SURE, most)):
            first = max(of_day.pop(day), key=lambda each: (shares.get(each.id, 0.0), each.id))
            held.append(first)
            year.program.lows[year.held[first.id]] = 1.0
        found = minimise(year.program, costs, budget, relaxed=True, interior=True)
        if found.kind != "optimal":
            return []
        shares = {name: found.values[place] for name, place in year.held.items()}
