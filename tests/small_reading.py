"""A formulation read without a solver: with all choices of a plan fixed, it looks for values of the variables in between."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.formulation.formulate import Formulation
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Row
from models.goal import Expression
from models.programme.plan import Path, Plan


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


def _choices_of(choices: LearnerVariables, path: Path) -> dict[int, int] | None:
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
        if factor == 0 or lows[variable] == highs[variable]:
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
