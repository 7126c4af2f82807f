"""Tries a set of remedies: is there a joint path for all learners in question on the changed instance."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.changes.calendar import with_calendar
from models.formulation.formulate import Formulation, formulate
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.goals import all_goals
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule, Violation
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.explain.by_arrays import kind_by_arrays
from scheduler.explain.repairs.ground import ONE_DAY, RepairGround
from scheduler.explain.repairs.remedy import Levels, Remedy
from scheduler.solve.lexicographic import minimise
from scheduler.solve.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The ground, everything that could be changed, and how to solve."""

    ground: RepairGround
    remedies: tuple[Remedy, ...]
    settings: Settings
    budget: Budget

    def kind(self, levels: Levels, eased: Collection[int] = (), *, again: bool = False) -> Kind:
        """Say whether all graduate with so much of each remedy; of `eased` ones the simpler change is made.

        `again` = it is solved in another way than before, as a second witness.
        """
        if self.budget.is_over:
            return "unknown"
        settings = self.settings.witness if again else self.settings
        found = "unknown" if again else self._by_arrays(levels, eased)
        return (
            minimise(self._formulation(levels, eased), [], settings, self.budget).kind if found == "unknown" else found
        )

    def having(self, levels: Levels, eased: Collection[int]) -> "Trial":
        """Return the trial in which so much of some remedies is made already, but for offerings to be added."""
        return replace(self, ground=replace(self.ground, instance=self._changed(levels, eased)))

    def best(self, levels: Levels) -> Plan | None:
        """Return the joint plan of the earliest days with so much of each remedy; None if time runs out."""
        return solved(self._formulation(levels, ()), self._rules(levels), self.settings, self.budget)

    def _by_arrays(self, levels: Levels, eased: Collection[int]) -> Kind:
        """Ask the array search about a single learner where nothing is added."""
        ground = self.ground
        if len(ground.learners) > 1 or any(self.remedies[place].dates for place in levels if place not in eased):
            return "unknown"
        before = None if ground.by is None else ground.by + ONE_DAY
        return kind_by_arrays(self._changed(levels, eased), ground.learners[0], before)

    def _changed(self, levels: Levels, eased: Collection[int]) -> Instance:
        instance = self.ground.instance
        for place, level in sorted(levels.items()):
            change = self.remedies[place].change
            if place in eased and (simpler := self.remedies[place].eased) is not None:
                instance = simpler(instance)
            elif change is not None:
                instance = change(level)(instance)
        return instance

    def _formulation(self, levels: Levels, eased: Collection[int]) -> Formulation:
        instance = self._changed(levels, eased)
        added = [run for place in levels if place not in eased for run in self.remedies[place].dates]
        if added:
            instance = with_calendar(instance, [*instance.offerings, *added])
        real = {place: level for place, level in levels.items() if place not in eased}
        return formulate(instance, self.ground.learners, rules=self._rules(real), certain=True)

    def _rules(self, levels: Levels) -> tuple[Rule, ...]:
        groups = {
            tuple(run.id for run in self.remedies[place].dates): level
            for place, level in sorted(levels.items())
            if self.remedies[place].dates
        }
        return (*plan_rules(), *self.ground.asked, at_most(groups))


def solved(formulation: Formulation, rules: Sequence[Rule], settings: Settings, budget: Budget) -> Plan | None:
    """Return the plan of the earliest days, judged anew by all rules; None if there is none or time runs out."""
    outcome = minimise(formulation, [[all_goals()["graduation"]]], settings, budget)
    if not outcome.values:
        return None
    plan = formulation.plan(outcome.values)
    verify(formulation.instance, plan, [], {}, rules)
    return plan


def at_most(groups: Mapping[tuple[str, ...], int]) -> Rule:
    """Hold so many of each group of possible offerings at most; said twice, like every rule."""

    def check(_instance: Instance, plan: Plan) -> Iterator[Violation]:
        used = {offering for path in plan.paths for offering in path.offerings}
        for group, most in groups.items():
            held = tuple(each for each in group if each in used)
            if len(held) > most:
                yield Violation(
                    rule="added", learner=None, offerings=held, sentence=f"{len(held)} are held, not {most}"
                )

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for group, most in groups.items():
            held = [_held(poster, name, books) for name, books in _bookings(everyone, frozenset(group)).items()]
            if len(held) > most:
                poster.require([(1, literal) for literal in held], high=most)

    sentence = "No more offerings are added than a repair says."
    return Rule(name="added", sentence=sentence, scope="shared", check=check, post=post)


def _bookings(everyone: Sequence[LearnerVariables], group: Collection[str]) -> dict[str, list[int]]:
    """Return the literals of all who may book each offering of a group."""
    found: dict[str, list[int]] = {}
    for choices in everyone:
        for run in choices.all_open_runs():
            if run.offering.id in group:
                found.setdefault(run.offering.id, []).append(run.book)
    return found


def _held(poster: Poster, name: str, books: Sequence[int]) -> int:
    """Return a literal that is true if any of some bookings of an offering is."""
    if len(books) == 1:
        return books[0]
    literal = poster.model.literal("held", name)
    for book in books:
        poster.require([(1, literal), (-1, book)], low=0)
    return literal
