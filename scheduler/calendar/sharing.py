"""Everybody's paths on one calendar, seats and places shared: one learner after the other at first, then all together."""

from collections import Counter
from dataclasses import replace

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rules.window import last_day
from scheduler.calendar.places import Place, less, news_of, path_of, value_of
from scheduler.calendar.turns import best_turns
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.answers import Answers, answer_alone, answers_jointly
from scheduler.solve.initial_state import union
from scheduler.solve.paths import planned_in
from scheduler.solve.result import GoalReport, LearnerAnswer, Result
from scheduler.solve.verify import verify

GOALS = ("not-graduating", "graduation")


def shared(instance: Instance, alone: Answers, budget: Budget, *, together: bool = False) -> Answers:
    """Return the best joint plan that is found within a budget, from what each could do alone; never worse than taking turns.

    Where it is rarely found by taking turns it is sought `together` at once, for half of the budget.
    """
    if together and alone.proved:
        found = answers_jointly(instance, alone, budget=Budget(budget.left / 2, within=budget))
        if found.proved:
            return found
    if not violations(instance, _plan(instance, alone)):
        return alone
    turns = with_responses(instance, best_turns(instance, alone, budget), alone, budget)
    if turns.proved or budget.is_over:
        return turns
    found = answers_jointly(instance, alone, budget=budget)
    return found if found.proved or value_of(found) < value_of(turns) else turns


def with_responses(instance: Instance, answers: Answers, alone: Answers, budget: Budget) -> Answers:
    """Return paths that are no worse for anybody: who could do better alone is asked again, with the others' places taken."""
    news = {name: Counter(news_of(instance, path_of(instance, each))) for name, each in answers.of.items()}
    taken = sum(news.values(), Counter[Place]())
    found = dict(answers.of)
    changed = not answers.proved
    while changed and not budget.is_over:
        changed = False
        for name, answer in sorted(found.items()):
            if budget.is_over or not _is_better(alone.of[name], answer):
                continue
            other, _ = answer_alone(less(instance, taken - news[name]), name, budget=Budget(within=budget))
            if _is_better(other, answer) and other.path is not None:
                found[name], changed = other, True
                taken -= news[name]
                news[name] = Counter(news_of(instance, other.path))
                taken += news[name]
    whole = replace(answers, of=found)
    return (
        whole if value_of(whole) < value_of(answers) and not violations(instance, _plan(instance, whole)) else answers
    )


def _is_better(new: LearnerAnswer, old: LearnerAnswer) -> bool:
    return new.graduation is not None and (old.graduation is None or new.graduation < old.graduation)


def _plan(instance: Instance, answers: Answers) -> Plan:
    return union([path_of(instance, each) for each in answers.of.values()])


def carried_over(instance: Instance, known: Answers) -> Answers | None:
    """Return the same paths as they stand on another calendar; None where one of them uses what is not on it or breaks a rule."""
    if set(known.of) != set(planned_in(instance)):
        return None
    paths = [path_of(instance, each) for each in known.of.values()]
    if not all(run in instance.offering for path in paths for run in path.offerings):
        return None
    if violations(instance, union(paths)):
        return None
    of = {name: replace(each, deadline=last_day(instance, path_of(instance, each))) for name, each in known.of.items()}
    return Answers(of=of, proved=False)


def as_result(instance: Instance, answers: Answers, seconds: float) -> Result:
    """Return everybody's paths as the answer to `path` is made of them, verified; raise DefectError where a rule is broken."""
    plan = _plan(instance, answers)
    values = verify(instance, plan, [all_goals()[name] for name in GOALS], {})
    return Result(
        instance=instance,
        status="optimal" if answers.proved else "feasible",
        reason="proved optimal" if answers.proved else "stopped before proof: a better plan may exist",
        goals=tuple(
            GoalReport(name=name, value=values[name], bound=values[name] if answers.proved else None) for name in GOALS
        ),
        plan=plan,
        learners=tuple(answers.of[name] for name in sorted(answers.of)),
        settings=Settings(),
        seconds=seconds,
    )
