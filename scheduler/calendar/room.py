"""What a set of additions leaves room for: so many of each kind, and the least days between two runs of a component."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.rules.spacing import gaps_of
from scheduler.calendar.choices import Choice
from scheduler.calendar.season import Season
from scheduler.engines.highs import LinearProgram


class Room:
    """The limits of a year: `most` by kind of component or by code; `gaps` = the least days between two first days, by code."""

    def __init__(self, season: Season, most: Iterable[tuple[str, int]] = ()) -> None:
        """Take the limits of the year, those of the question instead where it names them."""
        year = season.instance.year
        self.most: Mapping[str, int] = dict(year.most if year else ()) | dict(most)
        self.gaps = gaps_of(season.instance)
        self.of_code: dict[str, list[Choice]] = {}
        for choice in season.choices:
            self.of_code.setdefault(choice.code, []).append(choice)

    def limits(self, choice: Choice) -> Iterator[str]:
        """Yield the limits that a choice counts for."""
        yield from (name for name in (choice.kind, choice.code) if name in self.most)

    def is_within(self, held: Iterable[Choice]) -> bool:
        """Say whether a set keeps to the limits and the gaps."""
        placed: list[Choice] = []
        for choice in held:
            if not self.fits(placed, choice):
                return False
            placed.append(choice)
        return True

    def fits(self, held: Sequence[Choice], choice: Choice) -> bool:
        """Say whether a choice can be added to a set."""
        counts = Counter(name for each in held for name in self.limits(each))
        if any(counts[name] >= self.most[name] for name in self.limits(choice)):
            return False
        gap = self.gaps.get(choice.code, 0)
        return not any(
            each is choice
            or (each.code == choice.code and abs((each.offering.start - choice.offering.start).days) < gap)
            for each in held
        )

    def post(self, program: LinearProgram, held: Mapping[str, int]) -> None:
        """Bound how many are added, and keep runs of a component apart: of all that start within the gap one is held.

        `held` = the variable of each choice of the season.
        """
        counted: dict[str, list[int]] = {}
        for choice in (each for mine in self.of_code.values() for each in mine):
            for name in self.limits(choice):
                counted.setdefault(name, []).append(held[choice.id])
        for name, variables in counted.items():
            if len(variables) > self.most[name]:
                program.require([(1.0, each) for each in variables], high=self.most[name])
        for code, mine in self.of_code.items():
            gap = self.gaps.get(code, 0)
            days = sorted({each.offering.start for each in mine}) if gap else []
            for day in days:
                near = [each for each in mine if 0 <= (each.offering.start - day).days < gap]
                if len(near) > 1:
                    program.require([(1.0, held[each.id]) for each in near], high=1)
