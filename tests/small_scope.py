"""Every plan of a small instance, judged twice: by the rules' checks, and by the rows that the rules post.

The rows are read here without a solver: with all choices of a plan fixed, `Reading.allows` looks for values of the
variables in between. `tests.solved` asks CP-SAT for the same set of plans.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from models.choices import Choices
from models.formulation import Formulation, all_rules, formulate
from models.goal import Expression
from models.instance import Instance
from models.model import Row
from models.offering import Offering
from models.plan import Booking, Path, Plan, TaskStart
from models.rule import Rule
from tests.builders import day


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
    return tuple(rule for rule in all_rules() if rule.name in names)


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


@dataclass(slots=True)
class Reading:
    """A formulation, read as plain numbers."""

    formulation: Formulation

    def choices_of(self, plan: Plan) -> dict[int, int] | None:
        """Return the values of all choices that a plan makes; None where the model has no word for one of them."""
        fixed: dict[int, int] = {}
        for choices in self.formulation.everyone:
            mine = _choices_of(choices, plan.path[choices.learner.id])
            if mine is None:
                return None
            fixed |= mine
        return fixed

    def allows(self, fixed: dict[int, int]) -> bool:
        """Say whether the model has a solution with these choices."""
        model = self.formulation.model
        lows, highs = list(model.lows), list(model.highs)
        for variable, value in fixed.items():
            if not lows[variable] <= value <= highs[variable]:
                return False
            lows[variable] = highs[variable] = value
        return not model.impossible and _has_solution(model.rows, lows, highs)


def _choices_of(choices: Choices, path: Path) -> dict[int, int] | None:
    runs = {run.offering.id: run for listed in choices.runs.values() for run in listed}
    fixed = {run.book: 0 for run in runs.values()} | {each: 0 for run in runs.values() for each in run.plays.values()}
    fixed |= {task.does: 0 for task in choices.tasks.values()}
    if choices.graduates is None and not path.graduates:
        return None
    if choices.graduates is not None:
        fixed[choices.graduates] = int(path.graduates)
    for booking in path.bookings:
        run = runs.get(booking.offering)
        if run is None or (booking.role is not None and booking.role not in run.plays):
            return None
        fixed[run.book] = 1
        fixed |= {run.plays[booking.role]: 1} if booking.role is not None else {}
    for start in path.tasks:
        task = choices.tasks.get(start.component)
        if task is None:
            return None
        fixed |= {task.does: 1, task.start: start.day.toordinal()}
    return fixed


def _has_solution(rows: Sequence[Row], lows: list[int], highs: list[int]) -> bool:
    """Say whether the rows hold for some values between the bounds."""
    left = _narrowed(rows, lows, highs)
    if left is None:
        return False
    if not left:
        return True
    waiting = [abs_place(each) for row in left for each in row.given]
    waiting += [variable for row in left for _, variable in row.terms]
    variable = next(each for each in waiting if lows[each] < highs[each])
    top = highs[variable]
    for low, high in ((top, top), (lows[variable], top - 1)):
        some_lows, some_highs = list(lows), list(highs)
        some_lows[variable], some_highs[variable] = low, high
        if _has_solution(left, some_lows, some_highs):
            return True
    return False


def abs_place(literal: int) -> int:
    """Return the variable of a literal or of its negation."""
    return literal if literal >= 0 else ~literal


def _narrowed(rows: Sequence[Row], lows: list[int], highs: list[int]) -> list[Row] | None:
    """Narrow the bounds as far as single rows tell; return the rows still open, or None if one cannot hold."""
    changed = True
    while changed:
        changed = False
        left: list[Row] = []
        for row in rows:
            state = _look_at(row, lows, highs)
            if state is None:
                return None
            narrowed, closed = state
            changed |= narrowed
            if not closed:
                left.append(row)
        rows = left
    return list(rows)


def _look_at(row: Row, lows: list[int], highs: list[int]) -> tuple[bool, bool] | None:
    """Return whether a row has narrowed a bound, and whether it holds for good; None if it cannot hold."""
    unsure = []
    for each in row.given:
        bound = (lows[each], highs[each]) if each >= 0 else (1 - highs[~each], 1 - lows[~each])
        if bound == (0, 0):
            return False, True
        if bound == (0, 1):
            unsure.append(each)
    ends = [(c * lows[v], c * highs[v]) if c > 0 else (c * highs[v], c * lows[v]) for c, v in row.terms]
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    if row.low <= least and most <= row.high:
        return False, True
    if most < row.low or least > row.high:
        return _refuse(unsure, lows, highs)
    return (False, False) if unsure else (_tighten(row, (least, most), lows, highs), False)


def _refuse(unsure: Sequence[int], lows: list[int], highs: list[int]) -> tuple[bool, bool] | None:
    if not unsure:
        return None
    if len(unsure) > 1:
        return False, False
    (only,) = unsure
    if only >= 0:
        highs[only] = 0
    else:
        lows[~only] = 1
    return True, True


def _tighten(row: Row, total: tuple[int, int], lows: list[int], highs: list[int]) -> bool:
    """Narrow the variables of a row that has to hold."""
    least, most = total
    narrowed = False
    for factor, variable in row.terms:
        if lows[variable] == highs[variable]:
            continue
        low, high = lows[variable], highs[variable]
        room, need = row.high - least, most - row.low
        if factor > 0:
            top, bottom = low + room // factor, high - need // factor
        else:
            top, bottom = low + need // -factor, high - room // -factor
        lows[variable], highs[variable] = max(low, bottom), min(high, top)
        if (lows[variable], highs[variable]) != (low, high):
            return True
    return narrowed


def in_range(reading: Reading, fixed: dict[int, int], *, early: bool) -> bool:
    """Say whether every task starts within the model's range; with `early`, starts before it are in the scope, too."""
    model = reading.formulation.model
    for choices in reading.formulation.everyone:
        for task in choices.tasks.values():
            start = fixed.get(task.start, model.lows[task.start])
            if start > model.highs[task.start] or (start < model.lows[task.start] and not early):
                return False
    return True


def verdicts(
    case: Case, rules: Sequence[Rule], *, certain: bool = False, by: date | None = None
) -> Iterator[tuple[Plan, bool, bool]]:
    """Yield every plan with both verdicts: the checks' and the model's. With `certain`, those alone that graduate.

    A plan that the model has no word for counts as refused by the model where all rules are in force, or those that refuse
    strangers; otherwise it is left out.
    """
    formulation = formulate(case.instance, case.learners, rules=rules, certain=certain, by=by)
    reading = Reading(formulation)
    early = any(rule.name == "tasks" for rule in rules)
    for plan in plans(case):
        if certain and not all(path.graduates for path in plan.paths):
            continue
        fixed = reading.choices_of(plan)
        if fixed is None:
            if case.strangers or len(rules) == len(all_rules()):
                yield plan, checked(case.instance, plan, rules), False
        elif in_range(reading, fixed, early=early):
            yield plan, checked(case.instance, plan, rules), reading.allows(fixed)


def least(reading: Reading, fixed: dict[int, int], goal: Expression) -> int:
    """Return the least value of an expression in a model that allows these choices."""
    model = reading.formulation.model
    lows, highs = list(model.lows), list(model.highs)
    for variable, value in fixed.items():
        lows[variable] = highs[variable] = value
    ends = [sorted((factor * lows[variable], factor * highs[variable])) for factor, variable in goal.terms]
    low, high = sum(each[0] for each in ends), sum(each[1] for each in ends)
    while low < high:
        middle = (low + high) // 2
        row = Row(goal.terms, low, middle, ())
        if _has_solution([*model.rows, row], list(lows), list(highs)):
            high = middle
        else:
            low = middle + 1
    return low + goal.constant


def assert_equal(case: Case, rules: Sequence[Rule] | None = None, *, certain: bool = False) -> None:
    """Assert that both sides accept the same plans."""
    chosen = rules_named(*case.rules) if rules is None else rules
    for plan, check, model in verdicts(case, chosen, certain=certain):
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
