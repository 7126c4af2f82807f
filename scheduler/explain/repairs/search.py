"""The cheapest sets of remedies, proved: guess a cheapest set, and where it fails learn what every set must have more of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from models.formulation.formulate import Formulation
from models.formulation.linear import Model, Poster
from models.goal import Expression, Goal
from scheduler.explain.repairs.grow import grown
from scheduler.explain.repairs.remedy import Levels, Remedy
from scheduler.explain.repairs.trial import Trial
from scheduler.solve.lexicographic import minimise


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestSets:
    """Sets by cost, none of which holds another; `bound` = no set that is not here costs less (None = there is none)."""

    sets: tuple[dict[int, int], ...]
    bound: int | None
    is_proved: bool


def cheapest_sets(trial: Trial, count: int) -> CheapestSets:
    """Return the `count` cheapest sets that let all graduate; no set that holds more than one of these is among them."""
    guesses = _Guesses(trial.remedies)
    found: list[dict[int, int]] = []
    bound: int | None = 0
    while not trial.budget.is_over:
        guess = guesses.next(trial)
        if guess is None:
            return CheapestSets(sets=tuple(found), bound=None, is_proved=not trial.budget.is_over)
        bound = cost_of(trial.remedies, guess)
        if len(found) == count:
            return CheapestSets(sets=tuple(found), bound=bound, is_proved=True)
        kind = trial.kind(guess)
        if kind in {"optimal", "feasible"}:
            found.append(guess)
            guesses.not_again(guess)
        elif kind == "infeasible":
            most = grown(trial, guess)
            if most is None:
                break
            guesses.more_than(most)
    return CheapestSets(sets=tuple(found), bound=bound, is_proved=False)


def cost_of(remedies: Sequence[Remedy], levels: Levels) -> int:
    """Return what a set costs."""
    return sum(remedies[place].cost * level for place, level in levels.items())


class _Guesses:
    """A small model of all sets that are not ruled out yet: one literal for each step of each remedy."""

    def __init__(self, remedies: Sequence[Remedy]) -> None:
        self.remedies = remedies
        self.model = Model()
        self.steps = [
            [self.model.literal("step", str(place), str(step)) for step in range(remedy.most)]
            for place, remedy in enumerate(remedies)
        ]
        poster = Poster(self.model)
        for steps in self.steps:
            for one, following in pairwise(steps):
                poster.require([(1, one), (-1, following)], low=0)

    def next(self, trial: Trial) -> dict[int, int] | None:
        """Return a cheapest set that is left, of those one with the fewest kinds of change; None if none is left."""
        formulation = Formulation(trial.ground.instance, self.model, ())
        stages = [[_goal("cost", self._costs())], [_goal("kinds", self._kinds())]]
        solved = minimise(formulation, stages, trial.settings, trial.budget)
        if solved.kind != "optimal":
            return None
        taken = ((place, sum(solved.values[each] for each in steps)) for place, steps in enumerate(self.steps))
        return {place: level for place, level in taken if level}

    def _costs(self) -> Iterator[tuple[int, int]]:
        for steps, remedy in zip(self.steps, self.remedies, strict=True):
            yield from ((remedy.cost, literal) for literal in steps)

    def _kinds(self) -> Iterator[tuple[int, int]]:
        yield from ((1, steps[0]) for steps in self.steps)

    def not_again(self, found: Levels) -> None:
        """Leave out a set that was found, and all that hold it or allow more in its place."""
        for levels in self._wider(found):
            Poster(self.model).not_all([self.steps[place][level - 1] for place, level in sorted(levels.items())])

    def _wider(self, found: Levels) -> Iterator[dict[int, int]]:
        """Yield a set, and those that release a booking for nothing where it is released for another."""
        release = {
            (each.learner, each.about): place for place, each in enumerate(self.remedies) if each.kind == "release"
        }
        ways = []
        for place, level in sorted(found.items()):
            remedy = self.remedies[place]
            wider = release.get((remedy.learner, remedy.about)) if remedy.kind == "rebook" else None
            ways.append([(place, level), *([] if wider is None else [(wider, 1)])])
        yield from (dict(way) for way in product(*ways))

    def more_than(self, most: Levels) -> None:
        """Ask for more of something than a set that lets nobody through, however much else it has."""
        Poster(self.model).any_of(
            steps[most.get(place, 0)] for place, steps in enumerate(self.steps) if most.get(place, 0) < len(steps)
        )


def _goal(name: str, terms: Iterator[tuple[int, int]]) -> Goal:
    expression = Expression(list(terms))
    return Goal(name=name, sentence=name, value=lambda *_: 0, expression=lambda _: expression)
