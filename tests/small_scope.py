"""Every plan of a small instance, judged twice: by the rules' checks, and by the rows that the rules post.

`tests.small_reading` reads the rows without a solver; `tests.solved` asks CP-SAT for the same set of plans.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from models.formulation.formulate import formulate
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Path, Plan, TaskStart
from models.rule import Rule
from models.rules import plan_rules
from tests.builders import day
from tests.small_reading import Reading, in_range

Checks = Callable[[Plan], bool]
"""Says whether the checks of some rules find nothing in a plan."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A small instance, whose plans are judged by `rules`; tasks start on one of `days` or are not done.

    With `strangers`, the plans hold what the model has no word for, too: a role that an offering does not have, a start
    of what is no task.
    """

    name: str
    rules: tuple[str, ...]
    instance: Instance
    days: tuple[int, ...] = ()
    strangers: bool = False
    one: bool = True

    @property
    def learners(self) -> tuple[str, ...]:
        """The learners in question: the first alone, or all."""
        names = tuple(learner.id for learner in self.instance.learners)
        return names[:1] if self.one else names


def rules_named(*names: str) -> tuple[Rule, ...]:
    """Return rules by name, in the program's order."""
    return tuple(rule for rule in plan_rules() if rule.name in names)


def paths(case: Case, learner: str) -> list[Path]:
    """Return every path of a learner: graduating or not, every subset of all offerings, roles, task starts."""
    instance = case.instance
    places = [
        [None, *(Booking(offering=run.id, role=role) for role in _roles(case, run))] for run in instance.offerings
    ]
    components = instance.edition_of(learner).components
    codes = [each.code for each in components if each.kind == "task" or case.strangers]
    tasks = [
        [None, *(TaskStart(component=code, day=day(number)) for number in case.days)]
        for code in (*codes, *(["Q"] if case.strangers else []))
    ]
    return [
        Path(
            learner=learner,
            graduates=graduates,
            bookings=tuple(booking for booking in chosen[: len(places)] if isinstance(booking, Booking)),
            tasks=tuple(sorted(start for start in chosen[len(places) :] if isinstance(start, TaskStart))),
        )
        for graduates in (True, False)
        for chosen in product(*places, *tasks)
    ]


def _roles(case: Case, run: Offering) -> list[str | None]:
    """Return the roles of an offering, and those in which somebody is booked there."""
    booked = (row.role for row in case.instance.records if row.offering == run.id and row.role)
    return [None, *dict.fromkeys((*dict(run.roles), *booked, *(["ghost"] if case.strangers else [])))]


def plans(case: Case) -> Iterator[Plan]:
    """Yield every plan of the learners in question."""
    for chosen in product(*(paths(case, learner) for learner in case.learners)):
        yield Plan(paths=chosen)


def checked(instance: Instance, plan: Plan, rules: Iterable[Rule]) -> bool:
    """Say whether the rules' checks find nothing in a plan."""
    return not any(True for rule in rules for _ in rule.check(instance, plan))


def checks_of(case: Case, rules: Sequence[Rule]) -> Checks:
    """Return the checks of some rules, which look at each plan once, however often it is asked about."""
    return cache(lambda plan: checked(case.instance, plan, rules))


def verdicts(
    case: Case,
    rules: Sequence[Rule],
    *,
    certain: bool = False,
    by: date | None = None,
    accepts: Checks | None = None,
) -> Iterator[tuple[Plan, bool, bool]]:
    """Yield every plan with both verdicts: the checks' and the model's. With `certain`, those alone that graduate.

    A plan that the model has no word for counts as refused by the model where all rules are in force, or those that refuse
    strangers; otherwise it is left out.
    """
    formulation = formulate(case.instance, case.learners, rules=rules, certain=certain, by=by)
    reading = Reading(formulation)
    accepts = accepts or checks_of(case, rules)
    early = any(rule.name == "tasks" for rule in rules)
    for plan in plans(case):
        if certain and not all(path.graduates for path in plan.paths):
            continue
        fixed = reading.choices_of(plan)
        if fixed is None:
            if case.strangers or len(rules) == len(plan_rules()):
                yield plan, accepts(plan), False
        elif in_range(reading, fixed, early=early):
            yield plan, accepts(plan), reading.allows(fixed)


def assert_equal(
    case: Case, rules: Sequence[Rule] | None = None, *, certain: bool = False, accepts: Checks | None = None
) -> None:
    """Assert that both sides accept the same plans."""
    chosen = rules_named(*case.rules) if rules is None else rules
    for plan, check, model in verdicts(case, chosen, certain=certain, accepts=accepts):
        if check != model:
            found = [violation for rule in chosen for violation in rule.check(case.instance, plan)]
            raise AssertionError(f"{case.name}: the model {'allows' if model else 'forbids'} {in_short(plan)}: {found}")


def in_short(plan: Plan) -> str:
    """Return a plan in one line, with days as numbers."""
    parts = []
    for path in plan.paths:
        booked = [f"{each.offering}{':' + each.role if each.role else ''}" for each in path.bookings]
        tasks = [f"{each.component}@{(each.day - day(0)).days}" for each in path.tasks]
        parts.append(f"{path.learner}{'' if path.graduates else ' (does not graduate)'} {' '.join(booked + tasks)}")
    return "; ".join(parts)


def assert_both_verdicts(cases: Iterable[Case]) -> None:
    """Assert that some plan of the cases is accepted and some plan is refused, of one case at least."""
    seen = [{check for _, check, _ in verdicts(case, rules_named(*case.rules))} for case in cases]
    assert {True, False} in seen
