"""All learners together, in one scenario after the other: what is proved for the baseline is not proved again.

Where the best paths alone fit together, they are the best plan. And where a scenario only takes away (no new offering for
anybody, no new seat or place), nothing is better than the baseline's best plan; so where that plan is still lawful, it stays.
"""

from collections.abc import Sequence

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.solve.sharing import limits_of
from scheduler.studies.memory import Memory, RememberedAnswer
from scheduler.studies.outcome import Part, ScenarioOutcome, bill_of
from scheduler.studies.sights import Scene


class JointPlans:
    """Joint plans of many instances that are changes of one base."""

    def __init__(self, memory: Memory) -> None:
        """Begin with nothing solved."""
        self.memory = memory
        self.base: tuple[Scene, Result, dict[Resource, int]] | None = None
        self.intact = 0
        self.fitting = 0
        self.solved = 0

    def outcome(self, instance: Instance, budget: Budget) -> ScenarioOutcome:
        """Return the outcome of the question `together`."""
        memory = self.memory
        if not memory.reuse:
            return self._solved(memory.scene(instance), budget)
        scene = memory.scene(instance)
        answers = {each.id: memory.answer(scene, each.id, budget) for each in instance.learners}
        plan = Plan(paths=tuple(each.path for _, each in sorted(answers.items()) if each.path is not None))
        if all(each.status != "unknown" for each in answers.values()) and not violations(instance, plan):
            self.fitting += 1
            return outcome_alone(instance, answers)
        kept = self._intact(scene)
        if kept is not None:
            self.intact += 1
            return _of_result(instance, kept)
        return self._solved(scene, budget)

    def _solved(self, scene: Scene, budget: Budget) -> ScenarioOutcome:
        self.solved += 1
        instance = scene.instance
        question = PathQuestion(learners=tuple(each.id for each in instance.learners))
        result = solve_paths(instance, question, budget=budget)
        if instance is self.memory.base and result.status == "optimal":
            self.base = (scene, result, limits_of(instance))
        return _of_result(instance, result)

    def _intact(self, scene: Scene) -> Result | None:
        """Return the baseline's result where the scenario only takes away, and nothing that its plan needs."""
        if self.base is None:
            return None
        before, result, limits = self.base
        if not self._only_takes_away(before, scene, limits):
            return None
        return result if not violations(scene.instance, result.plan) else None

    def _only_takes_away(self, before: Scene, scene: Scene, limits: dict[Resource, int]) -> bool:
        if set(before.instance.learner) != set(scene.instance.learner):
            return False
        left = limits_of(scene.instance)
        # A limit that is gone lets everybody in; one that is new is taken as a change for the better, to be on the safe side.
        if not set(limits) <= set(left) or any(left[each] > limits.get(each, 0) for each in left):
            return False
        sights = self.memory.sights
        for learner in scene.instance.learner:
            old, new = sights.sight(before, learner), sights.sight(scene, learner)
            if old.own != new.own or sights.runs(new) - sights.runs(old):
                return False
        return True


def outcome_alone(instance: Instance, answers: dict[str, RememberedAnswer]) -> ScenarioOutcome:
    """Return the outcome of answers that hold together as they are."""
    parts = [
        Part(learner=learner, status=each.status, day=each.day.isoformat() if each.day else None)
        for learner, each in sorted(answers.items())
    ]
    planned = [each for each in answers.values() if each.status in {"graduates", "blocked", "unknown"}]
    days = sum(max((each.day - instance.as_of).days, 0) for each in planned if each.day)
    unknown = any(each.status == "unknown" for each in planned)
    stuck = bool(planned) and all(each.status == "blocked" for each in planned)
    status = "unknown" if unknown else "infeasible" if stuck else "optimal"
    paths = [each.path for _, each in sorted(answers.items()) if each.path]
    return _with_bill(instance, paths, status, parts, days, None if unknown else days)


def _of_result(instance: Instance, result: Result) -> ScenarioOutcome:
    goal = next((each for each in result.goals if each.name == "graduation"), None)
    paths = [path for path in result.plan.paths if path.graduates]
    parts = [_part(each) for each in result.learners]
    return _with_bill(instance, paths, result.status, parts, goal.value if goal else None, goal.bound if goal else None)


def _part(answer: LearnerAnswer) -> Part:
    day = answer.graduation.isoformat() if answer.graduation else None
    return Part(learner=answer.learner, status=answer.status, day=day)


def _with_bill(
    instance: Instance, paths: Sequence[Path], status: str, parts: Sequence[Part], days: int | None, bound: int | None
) -> ScenarioOutcome:
    bill = bill_of(instance, paths)
    return ScenarioOutcome(
        status=status,
        parts=tuple(parts),
        days=days,
        bound=bound,
        seats=bill.seats,
        cost=bill.cost,
        currency=bill.currency,
        unpriced=bill.unpriced,
    )
