"""All minimal conflicts of a learner up to a limit, by asking again and again where one could still hide."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.formulation.formulate import Formulation
from models.formulation.linear import Model, Poster
from models.goal import Expression, Goal
from models.rule import Fact
from scheduler.explain.cases import FeasibilityOracle
from scheduler.explain.conflicts import is_minimal, shrunk
from scheduler.explain.naming import named
from scheduler.solve.lexicographic import minimise

MOST_LOOKS = 400
"""So many sets of facts are looked at before the list is left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Minimal conflicts, each proved; `complete` = it is proved that there is no other; `more` = there is another."""

    found: tuple[tuple[Fact, ...], ...]
    complete: bool = False
    more: bool = False


def conflicts_in(case: FeasibilityOracle, limit: int) -> Conflicts:
    """Return up to `limit` minimal conflicts of a case that has no path, the same ones in the same order on every run."""
    facts = case.facts
    chart = _Map(len(facts))
    found: list[tuple[Fact, ...]] = []
    for _ in range(MOST_LOOKS):
        kept = None if case.budget.is_over else chart.largest(case)
        if kept is None:
            return Conflicts(found=tuple(found), complete=not case.budget.is_over)
        others = [fact for place, fact in enumerate(facts) if place not in kept]
        kind = case.kind(others)
        if kind == "unknown":
            break
        if kind != "infeasible":
            chart.leave_out_less(kept)
            continue
        if len(found) == limit:
            return Conflicts(found=tuple(found), more=True)
        needed = shrunk(case, [facts[place] for place in sorted(kept)], others)
        if case.budget.is_over or not is_minimal(case.again(), facts, needed):
            break
        chart.break_up([facts.index(fact) for fact in needed])
        found.append(named(case, needed))
    return Conflicts(found=tuple(found))


class _Map:
    """Which sets of facts may still hold a new conflict: those in no set with a path, and around no known conflict."""

    def __init__(self, count: int) -> None:
        self.model = Model()
        self.kept = [self.model.literal("keeps", str(place)) for place in range(count)]

    def largest(self, case: FeasibilityOracle) -> frozenset[int] | None:
        """Return a largest such set, or None if there is none."""
        solved = minimise(Formulation(case.whole, self.model, ()), [[self._goal()]], case.settings, case.budget)
        if solved.kind != "optimal":
            return None
        return frozenset(place for place, literal in enumerate(self.kept) if solved.values[literal])

    def _goal(self) -> Goal:
        expression = Expression([(-1, literal) for literal in self.kept])
        sentence = "As many facts as can be are kept."
        return Goal(name="kept", sentence=sentence, value=lambda *_: 0, expression=lambda _: expression)

    def leave_out_less(self, kept: frozenset[int]) -> None:
        """Look from now on only at sets with something beyond these facts."""
        Poster(self.model).any_of(literal for place, literal in enumerate(self.kept) if place not in kept)

    def break_up(self, conflict: Sequence[int]) -> None:
        """Look from now on only at sets without one of these facts."""
        Poster(self.model).not_all([self.kept[place] for place in conflict])
