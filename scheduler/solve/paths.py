"""The question `path`, from an instance to a verified result: who graduates when, who cannot, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from models.goal import Goal
from models.goals import all_goals
from models.judging.activities import LONG_AGO
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Resource
from models.rules.window import graduated_in_time, last_day
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.questions import PathQuestion
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.lexicographic import Tell
from scheduler.solve.proof import Proof, proof_alone
from scheduler.solve.result import GoalReport, LearnerAnswer, LearnerStatus, Result
from scheduler.solve.sharing import causes, left_after, usage
from scheduler.solve.together import Together, as_alone, solve_together
from scheduler.solve.verify import verify

if TYPE_CHECKING:
    from scheduler.solve.shortages import Shortage

REASONS: dict[Kind, str] = {
    "optimal": "proved optimal",
    "feasible": "stopped before proof: a better plan may exist",
    "infeasible": "proved impossible: nobody in question can graduate",
    "unknown": "stopped before any path was found or ruled out",
}


CROWD = 60
"""With more learners than this, nobody waits for the last one to be planned alone."""


def solve_paths(
    instance: Instance,
    question: PathQuestion,
    *,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Tell | None = None,
) -> Result:
    """Find the best joint plan of the learners in question; learners who are not enrolled or have graduated stand aside."""
    settings, budget = settings or Settings(), budget or Budget()
    settled = {learner: answer for learner in question.learners if (answer := aside(instance, learner))}
    planned = tuple(sorted(learner for learner in question.learners if learner not in settled))
    alone = _each_alone(instance, planned, question, settings, budget)
    able = {learner: found for learner, found in alone.items() if found.path or _may_try(found, question, planned)}
    asked = replace(question, learners=tuple(able))
    together = as_alone(instance, asked, able) or _together(instance, asked, able, settings, budget, tell)
    rest = [standing_path(instance, learner) for learner in planned if learner not in able]
    plan = union([*together.plan.paths, *rest])
    goals = question.goals({learner: day for learner, each in able.items() if (day := each.graduation)})
    kind = _kind(together, alone, plan)
    whole = _whole_bounds(question, together, alone)
    values = verify(instance, plan, goals, whole if kind == "optimal" else {})
    left = left_after(instance, plan)
    answers = {learner: _answer(instance, plan, alone[learner], together.kind, left) for learner in planned} | settled
    return Result(
        instance=instance,
        status=kind,
        reason="nothing to plan" if not planned else REASONS[kind],
        goals=tuple(report(goal, values, whole) for goal in goals),
        plan=plan,
        learners=tuple(answers[learner] for learner in sorted(answers)),
        settings=settings,
        seconds=budget.spent,
        reproducible=kind in {"optimal", "infeasible"} and settings.workers == 1,
        style=question.style,
        fair=question.fair,
        turns=() if question.is_plain else question.turns,
        fairness=together.fairness,
        uses=usage(instance, left),
        shortages=_shortages(instance, together, alone),
        joint=together.joint,
        proofs=_proofs(together, able, question),
    )


def _together(
    instance: Instance,
    question: PathQuestion,
    able: Mapping[str, Alone],
    settings: Settings,
    budget: Budget,
    tell: Tell | None,
) -> Together:
    if question.is_plain:
        return solve_together(instance, question, able, settings, budget, tell)
    from scheduler.solve.turns import solve_in_turns

    return solve_in_turns(instance, question, able, settings, budget, tell)


def _each_alone(
    instance: Instance, planned: Sequence[str], question: PathQuestion, settings: Settings, budget: Budget
) -> dict[str, Alone]:
    """Plan each learner alone; of a crowd only for half of the time, so that the joint plan has the other half."""
    half = Budget(budget.left / 2, within=budget) if len(planned) > CROWD else budget
    found: dict[str, Alone] = {}
    for learner in planned:
        if half.is_over and len(planned) > CROWD:
            found[learner] = Alone(learner=learner, kind="unknown")
        else:
            found[learner] = solve_alone(instance, learner, style=question.style, settings=settings, budget=half)
    return found


def _may_try(found: Alone, question: PathQuestion, planned: Sequence[str]) -> bool:
    """Say whether a learner of a crowd for whom no time was left takes part in the joint plan all the same."""
    return found.kind == "unknown" and len(planned) > CROWD and question.is_plain and question.style == "fastest"


def _proofs(together: Together, able: Mapping[str, Alone], question: PathQuestion) -> tuple[Proof, ...]:
    if together.joint is not None:
        return together.joint.proofs
    return (proof_alone(able),) if together.is_alone and question.style == "fastest" else ()


def _shortages(instance: Instance, together: Together, alone: Mapping[str, Alone]) -> "tuple[Shortage, ...]":
    if together.joint is None:
        return ()
    from scheduler.solve.shortages import shortages

    days = {learner: found.graduation for learner, found in alone.items() if found.graduation is not None}
    return shortages(instance, together.joint.cohort, days)


def planned_in(instance: Instance) -> tuple[str, ...]:
    """Return the learners of an instance who need a plan, in order."""
    return tuple(each.id for each in instance.learners if aside(instance, each.id) is None)


def aside(instance: Instance, learner: str) -> LearnerAnswer | None:
    """Return the answer of a learner who needs no plan, or None."""
    if instance.learner[learner].enrolled is None:
        return LearnerAnswer(learner=learner, status="not-enrolled")
    day = graduated_in_time(instance, learner)
    if day is None:
        return None
    last = last_day(instance, Path(learner=learner))
    known = None if day == LONG_AGO else day  # an exemption has no day
    path = standing_path(instance, learner)  # what is booked stays, though nothing asks for it any more
    return LearnerAnswer(learner=learner, status="graduated", graduation=known, deadline=last, path=path)


def _whole_bounds(question: PathQuestion, together: Together, alone: Mapping[str, Alone]) -> dict[str, int]:
    """Return the bounds over all learners: those who cannot graduate alone add to the first goal of their turn only."""
    bounds = dict(together.bounds)
    for turn in question.turns:
        stuck = sum(alone[learner].kind == "infeasible" for learner in turn.learners if learner in alone)
        total = all_goals()["not-graduating"]
        bounds[turn.called(total).name] = bounds.get(turn.called(total).name, 0) + stuck
        if turn.whose and total.name in bounds:
            bounds[total.name] += stuck
    return bounds


def _kind(together: Together, alone: Mapping[str, Alone], plan: Plan) -> Kind:
    if alone and all(found.kind == "infeasible" for found in alone.values()):
        return "infeasible"
    if any(found.kind == "unknown" for found in alone.values()):
        return "feasible" if any(path.graduates for path in plan.paths) else "unknown"
    return together.kind


def report(goal: Goal, values: Mapping[str, int], bounds: Mapping[str, int]) -> GoalReport:
    """Return a goal's value and its bound, if there is one, in the unit that is printed."""
    bound = bounds.get(goal.name)
    return GoalReport(
        name=goal.name,
        value=values[goal.name] // goal.scale,
        bound=None if bound is None else bound // goal.scale,
        unit=goal.unit,
    )


def _answer(instance: Instance, plan: Plan, alone: Alone, kind: Kind, left: Mapping[Resource, int]) -> LearnerAnswer:
    path = plan.path[alone.learner]
    proved = alone.kind == "infeasible" or (alone.path is not None and kind == "optimal")
    status: LearnerStatus = "graduates" if path.graduates else "blocked" if proved else "unknown"
    graduation = graduation_of(instance, path) if path.graduates else None
    waits = alone.path is not None and graduation != alone.graduation
    return LearnerAnswer(
        learner=alone.learner,
        status=status,
        graduation=graduation,
        alone=alone.graduation,
        deadline=_deadline(instance, path),
        path=path,
        cause=causes(instance, alone.path, left) if waits and alone.path else (),
    )


def _deadline(instance: Instance, path: Path) -> date | None:
    return last_day(instance, path)


def alternatives(
    instance: Instance,
    learner: str,
    count: int,
    *,
    question: PathQuestion,
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> tuple[LearnerAnswer, ...]:
    """Find up to `count` next-best paths of one learner, each with other offerings than all before it."""
    settings, budget = settings or Settings(), budget or Budget()
    kept = {booking.offering for booking in instance.initial_state[learner].bookings}
    first = solve_alone(instance, learner, style=question.style, settings=settings, budget=budget)
    found: list[LearnerAnswer] = []
    seen: list[frozenset[str]] = []
    path = first.path
    while path is not None and len(found) < count:
        seen.append(path.offerings - kept)
        following = solve_alone(
            instance, learner, style=question.style, settings=settings, budget=budget, unlike=tuple(seen)
        )
        path = following.path if following.kind == "optimal" else None
        if path is not None:
            found.append(_alternative(instance, path, first.graduation))
    return tuple(found)


def _alternative(instance: Instance, path: Path, alone: date | None) -> LearnerAnswer:
    return LearnerAnswer(
        learner=path.learner,
        status="graduates",
        graduation=graduation_of(instance, path),
        alone=alone,
        deadline=_deadline(instance, path),
        path=path,
    )
