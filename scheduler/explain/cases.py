"""A learner's case: what is asked of a path, and what would be possible if some of the facts in it did not hold."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from models.changes.change import only_learner
from models.formulation.formulate import Formulation, formulate
from models.goals import all_goals
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Fact, Rule
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.explain.asked import graduating_before
from scheduler.explain.by_arrays import earliest_by_arrays, is_binding, kind_by_arrays
from scheduler.solve.lexicographic import minimise
from scheduler.solve.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class FeasibilityOracle:
    """One learner alone in `instance`, under `rules`: those of the programme, and what is asked beyond them.

    `whole` = the instance of which facts speak. `taken` = a component that is asked for: what the calendar holds of it is no
    fact to drop, because whoever has done it takes no run of it. `before` = the day before which a path must graduate, where
    that is asked. `by` = who says whether there is a path: both = the solver only where the array search cannot; arrays = the
    search alone, which cannot leave out a whole rule that binds.
    """

    whole: Instance
    instance: Instance
    learner: str
    rules: tuple[Rule, ...]
    settings: Settings
    budget: Budget
    taken: str | None = None
    before: date | None = None
    by: Literal["both", "arrays", "solver"] = "both"

    @property
    def facts(self) -> list[Fact]:
        """Everything that can stand in the learner's way, in the order in which it is tried to do without."""
        found: list[Fact] = []
        for rule in self.rules:
            facts = list(rule.facts(self.whole, self.learner))
            if not facts and not rule.background:
                facts = [Fact(rule=rule.name, sentence=rule.sentence)]
            found += map(rule.placed, facts)
        found = [fact for fact in found if fact.rule != "bookable" or fact.about != self.taken]
        return sorted(found, key=lambda fact: fact.keep)

    def again(self) -> "FeasibilityOracle":
        """Return the same case for the solver alone, solved in another way: a second witness."""
        return replace(self, settings=self.settings.witness, by="solver")

    def asking(self, *rules: Rule) -> "FeasibilityOracle":
        """Return the case in which more is asked."""
        return replace(self, rules=(*self.rules, *rules))

    def asking_before(self, day: date) -> "FeasibilityOracle":
        """Return the case in which a graduation before a day is asked."""
        return replace(self, rules=(*self.rules, graduating_before(day)), before=day)

    def kind(self, dropped: Iterable[Fact] = ()) -> Kind:
        """Say whether there is a path if some facts did not hold; nothing is posted once the budget is over."""
        if self.budget.is_over:
            return "unknown"
        listed = list(dropped)
        found = "unknown" if self.by == "solver" else self._by_arrays(listed)
        if self.by == "arrays" or found != "unknown":
            return found
        return minimise(self._formulation(listed), [], self.settings, self.budget).kind

    def _by_arrays(self, dropped: Sequence[Fact]) -> Kind:
        """Ask the array search; where a whole rule binds and is to be left out, a path that keeps it is one all the same."""
        if [rule for rule in self.rules if rule.name != "earlier" or self.before is None] != list(plan_rules()):
            return "unknown"
        whole = {fact.rule for fact in dropped if fact.without is None}
        found = kind_by_arrays(self._without(dropped), self.learner, None if "earlier" in whole else self.before)
        binds = any(is_binding(self.instance, self.learner, rule) for rule in whole - {"earlier"})
        return "unknown" if binds and found == "infeasible" and self.by == "both" else found

    def earliest(self, dropped: Iterable[Fact] = ()) -> tuple[Kind, date | None]:
        """Return the earliest day of graduation if some facts did not hold; a path that is found is judged anew."""
        if self.budget.is_over:
            return "unknown", None
        listed = list(dropped)
        known = self.by_search(listed)
        if known is not None:
            return "optimal", known
        formulation = self._formulation(listed)
        solved = minimise(formulation, [[all_goals()["graduation"]]], self.settings, self.budget)
        if not solved.values:
            return solved.kind, None
        plan = formulation.plan(solved.values)
        verify(formulation.instance, plan, [], {}, self._rules(listed))
        return solved.kind, graduation_of(formulation.instance, plan.paths[0])

    def by_search(self, dropped: Sequence[Fact]) -> date | None:
        """Return the earliest day where the array search finds and proves it, which loads no solver; else None."""
        if self.by == "solver" or self._rules(dropped) != list(plan_rules()):
            return None
        changed = self._without(dropped)
        path = earliest_by_arrays(changed, self.learner)
        if path is None:
            return None
        verify(changed, Plan(paths=(path,)), [], {})
        return graduation_of(changed, path)

    def _rules(self, dropped: Iterable[Fact]) -> list[Rule]:
        gone = {fact.rule for fact in dropped if fact.without is None}
        return [rule for rule in self.rules if rule.name not in gone]

    def _formulation(self, dropped: Sequence[Fact]) -> Formulation:
        return formulate(self._without(dropped), [self.learner], rules=self._rules(dropped), certain=True)

    def _without(self, dropped: Iterable[Fact]) -> Instance:
        """Return the instance in which some facts do not hold; whole rules are left to who asks."""
        return after_changes(self.instance, [fact.without for fact in dropped if fact.without is not None])


def after_changes(instance: Instance, changes: Iterable[Callable[[Instance], Instance]]) -> Instance:
    """Return the instance after some changes, one after the other."""
    for change in changes:
        instance = change(instance)
    return instance


def case_of(
    instance: Instance, learner: str, *asked: Rule, settings: Settings | None = None, budget: Budget | None = None
) -> FeasibilityOracle:
    """Return the case of a learner of an instance: the others keep what they have booked and take no more."""
    return FeasibilityOracle(
        whole=instance,
        instance=only_learner(instance, learner),
        learner=learner,
        rules=(*plan_rules(), *asked),
        settings=settings or Settings(),
        budget=budget or Budget(),
    )


def told(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return facts under the names of their rules: a pair of offerings that meet stands for the rule of clashes."""
    return tuple(replace(fact, rule=fact.rule.partition(":")[0]) for fact in facts)
