"""What is the same for all classes in the program of a year: who can be through what, where only what is held decides.

Where no seats and no places are short, everybody takes what comes first, so that a class of twenty goes the way of one learner
twenty times; classes to which the same runs are open share the variables of that way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.engines.highs import LinearProgram

Places = tuple[int, ...]


@dataclass(slots=True)
class CommonFlow:
    """Makes the variables of one learner's way, each once; `always` = a variable that is 1."""

    program: LinearProgram
    held: Mapping[str, int]
    known: dict[tuple[object, ...], Places] = field(default_factory=dict)
    always: int = field(init=False)

    def __post_init__(self) -> None:
        """Enter what is always there."""
        self.always = self.program.variable(1, whole=False, low=1)

    def through(self, before: int | None, choices: Sequence[str] | None, orders: Sequence[Places]) -> int:
        """Return whether somebody is through who was before, or goes to one of some choices (None = to what stands).

        `orders` = what comes first, entry by entry: the variables of which one has to be there.
        """
        if choices is None and not orders:
            return self.always
        key = ("through", before, choices and tuple(choices), tuple(orders))
        if key not in self.known:
            self.known[key] = (place,) = (self._one(),)
            if choices is not None:
                self._at_most(place, [*_there(before), *(self.held[each] for each in choices)])
            for order in orders:
                self._at_most(place, order)
        return self.known[key][0]

    def attended(self, before: Places, times: int, choices: Sequence[str], standing: int, *, apart: bool) -> Places:
        """Return whether somebody has attended once, twice and so on, who had so `before` (() = never) and may once more.

        `standing` = so many runs that stand, `apart` = nobody attends two of the runs at once.
        """
        key = ("attended", before, times, tuple(choices), standing, apart)
        if key not in self.known:
            now = tuple(self._one() for _ in range(times))
            for number, place in enumerate(now):
                self.program.require([(1.0, each) for each in before[number : number + 1]] + [(-1.0, place)], high=0)
                if number:
                    self._at_most(place, _there((before if apart else now)[number - 1 : number]))
            news = [*((1.0, each) for each in now), *((-1.0, each) for each in before)]
            self.program.require([*news, *((-1.0, self.held[each]) for each in choices)], high=standing)
            self.known[key] = now
        return self.known[key]

    def enough(self, missing: int, parts: Sequence[int]) -> int:
        """Return which part of everybody is through so many of some components, each counting once."""
        key = ("enough", missing, tuple(sorted(parts)))
        if key not in self.known:
            self.known[key] = (place,) = (self._one(),)
            counts = [self._one() for _ in parts]
            for count, part in zip(counts, parts, strict=True):
                self._at_most(count, [part])
                self._at_most(count, [place])
            self.program.require([(float(missing), place), *((-1.0, each) for each in counts)], high=0)
        return self.known[key][0]

    def _one(self) -> int:
        return self.program.variable(1, whole=False)

    def _at_most(self, place: int, others: Sequence[int]) -> None:
        self.program.require([(1.0, place), *((-1.0, each) for each in others)], high=0)


def _there(places: int | Places | None) -> list[int]:
    return [] if places is None else [places] if isinstance(places, int) else list(places)
