"""Who graduates when, alone or jointly, without the later goals: what tables are made of, in a fraction of the time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from models.goals import all_goals
from models.judging.completion import graduation_of
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rules.window import last_day
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Kind, Settings
from scheduler.questions import PathQuestion
from scheduler.solve.alike import in_groups
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.column_generation.answer import solve_jointly
from scheduler.solve.column_generation.cohort import is_supported
from scheduler.solve.column_generation.handled import are_limits_priced
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.paths import aside, solve_paths
from scheduler.solve.proof import Proof
from scheduler.solve.result import LearnerAnswer, LearnerStatus
from scheduler.solve.together import FEW
from scheduler.solve.verify import verify

STATUS: dict[Kind, LearnerStatus] = {"infeasible": "blocked", "unknown": "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answer of each learner by id, in order; `proved` = nobody can do better, all together.

    `proofs` = the prices that prove a joint plan, where it was found by prices.
    """

    of: Mapping[str, LearnerAnswer]
    proved: bool = True
    proofs: tuple[Proof, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Say whether nobody waits for anybody, so that no other plan as good gives anybody another day."""
        planned = (each for each in self.of.values() if each.status not in {"graduated", "not-enrolled"})
        return all(each.graduation == each.alone for each in planned)

    def graduation(self, learner: str) -> date | None:
        """Return the day on which a learner graduates or has graduated, or None."""
        return self.of[learner].graduation


def answer_alone(
    instance: Instance, learner: str, *, settings: Settings | None = None, budget: Budget | None = None
) -> tuple[LearnerAnswer, bool]:
    """Return when a learner graduates if nobody else takes another seat, and whether that is proved."""
    settled = aside(instance, learner)
    if settled is not None:
        return settled, True
    found = solve_alone(instance, learner, settings=settings, budget=budget)
    return _told(instance, found), found.kind in {"optimal", "infeasible"}


def answers_alone(
    instance: Instance, learners: Iterable[str], *, settings: Settings | None = None, budget: Budget | None = None
) -> Answers:
    """Return when each learner graduates if nobody else takes another seat; of learners who are alike one is asked."""
    names = sorted(set(learners))
    asked = partial(answer_alone, instance, settings=settings, budget=budget)
    return answers_of_groups(in_groups(instance, names), asked, names)


def answers_of_groups(
    groups: Iterable[Sequence[str]], asked: Callable[[str], tuple[LearnerAnswer, bool]], names: Iterable[str]
) -> Answers:
    """Ask for one learner of each group of equals, and return the same answer for all, in the order of `names`."""
    found: dict[str, LearnerAnswer] = {}
    proved = True
    for group in groups:
        answer, sure = asked(group[0])
        found |= {learner: answer_for(learner, answer) for learner in group}
        proved = proved and sure
    return Answers(of={learner: found[learner] for learner in names}, proved=proved)


def answer_for(learner: str, answer: LearnerAnswer) -> LearnerAnswer:
    """Return the same answer for a learner who differs in the name alone."""
    if learner == answer.learner:
        return answer
    path = answer.path and replace(answer.path, learner=learner)
    return replace(answer, learner=learner, path=path)


def _told(instance: Instance, found: Alone) -> LearnerAnswer:
    path = found.path or standing_path(instance, found.learner)
    return LearnerAnswer(
        learner=found.learner,
        status="graduates" if found.path else STATUS.get(found.kind, "unknown"),
        graduation=found.graduation,
        alone=found.graduation,
        deadline=last_day(instance, path),
        path=path,
    )


def answers_jointly(
    instance: Instance, alone: Answers, *, settings: Settings | None = None, budget: Budget | None = None
) -> Answers:
    """Return when each learner graduates in a best plan for all of them together, from what each can do alone."""
    settings, budget = settings or Settings(), budget or Budget()
    paths = [each.path for each in alone.of.values() if each.status == "graduates" and each.path]
    if alone.proved and not violations(instance, union(paths)):
        return alone
    if not is_supported(instance) or not alone.proved:
        return _whole(instance, tuple(alone.of), settings, budget)
    able = [path.learner for path in paths]
    joint = solve_jointly(instance, able, settings, budget, branches=len(able) > FEW)
    if not joint.is_proved:
        return _whole(instance, tuple(alone.of), settings, budget)
    found = {path.learner: path for path in joint.paths}
    plan = union([found.get(learner) or standing_path(instance, learner) for learner in able])
    if not are_limits_priced(instance, able) and violations(instance, plan):
        return _whole(instance, tuple(alone.of), settings, budget)
    verify(instance, plan, [all_goals()[name] for name in joint.bounds], joint.bounds)
    placed = {learner: _placed(instance, answer, plan) for learner, answer in alone.of.items()}
    return Answers(of=placed, proofs=joint.proofs)


def _placed(instance: Instance, alone: LearnerAnswer, plan: Plan) -> LearnerAnswer:
    path = plan.path.get(alone.learner)
    if path is None:
        return alone
    graduation = graduation_of(instance, path) if path.graduates else None
    status: LearnerStatus = "graduates" if path.graduates else "blocked"
    return replace(alone, path=path, graduation=graduation, status=status, deadline=last_day(instance, path))


def _whole(instance: Instance, learners: Sequence[str], settings: Settings, budget: Budget) -> Answers:
    result = solve_paths(instance, PathQuestion(learners=tuple(learners)), settings=settings, budget=budget)
    proved = result.status in {"optimal", "infeasible"}
    return Answers(of={answer.learner: answer for answer in result.learners}, proved=proved)
