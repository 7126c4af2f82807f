"""Where the cases of one study are answered: holds the baseline and what is known from the cases before."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.changes.calendar import cancelled
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import RepeatsQuestion
from scheduler.studies.cases import ScenarioCase
from scheduler.studies.draws import Luck, drawn
from scheduler.studies.lawful import unlawful
from scheduler.studies.memory import Memory, RememberedAnswer
from scheduler.studies.outcome import Part, ScenarioOutcome, failed
from scheduler.studies.ranges import spread_of
from scheduler.studies.replanning import lived
from scheduler.studies.study import Study, after_steps
from scheduler.studies.together import JointPlans, outcome_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    """How many answers were solved and how many taken over; of joint plans, too."""

    solved: int = 0
    reused: int = 0

    def __add__(self, other: "DeskCounts") -> "DeskCounts":
        """Return both together."""
        return DeskCounts(solved=self.solved + other.solved, reused=self.reused + other.reused)


class Desk:
    """Answers cases one after the other. `reuse` = take over answers that a change cannot touch."""

    def __init__(self, study: Study, base: Instance, *, reuse: bool = True, budget: Budget | None = None) -> None:
        """Begin with the baseline of a study, as `baseline` makes it."""
        self.study = study
        self.base = base
        self.memory = Memory(self.base, reuse)
        self.joint = JointPlans(self.memory)
        self.known = frozenset(map(id, self.base.offerings))
        self.budget = budget or Budget()
        self._prime()

    @property
    def counts(self) -> DeskCounts:
        """How much was solved and how much taken over so far."""
        counts, joint = self.memory.counts, self.joint
        return DeskCounts(
            solved=counts.solved + joint.solved, reused=counts.same + counts.unmoved + joint.intact + joint.fitting
        )

    def outcome(self, case: ScenarioCase) -> ScenarioOutcome:
        """Answer one case; whatever goes wrong becomes its outcome."""
        start = time.perf_counter()
        try:
            found = self._outcome(case)
        except Exception as error:  # noqa: BLE001 - one scenario that fails must not take the others along
            found = failed(_reason(error))
        return replace(found, seconds=round(time.perf_counter() - start, 6))

    def _prime(self) -> None:
        """Solve the baseline first, so that what is taken over is the same whatever comes next."""
        if self.study.question == "together" and self.memory.reuse:
            self.joint.outcome(self.base, self.budget)

    def _outcome(self, case: ScenarioCase) -> ScenarioOutcome:
        instance = after_steps(self.base, case.scenario.steps)
        wrong = unlawful(instance, self.known)
        if wrong is not None:
            return failed(wrong)
        if self.study.samples is not None and case.sample is not None:
            return self._sampled(instance, Luck(self.study.samples, case.sample))
        if self.study.chances:
            return self._uncertain(instance)
        return self._answered(instance)

    def _answered(self, instance: Instance) -> ScenarioOutcome:
        if self.study.question == "together":
            return self.joint.outcome(instance, self.budget)
        if self.study.question == "repeats":
            return _repeats(instance, self.budget)
        return outcome_alone(instance, self._alone(instance))

    def _alone(self, instance: Instance) -> dict[str, RememberedAnswer]:
        scene = self.memory.scene(instance)
        return {each.id: self.memory.answer(scene, each.id, self.budget) for each in instance.learners}

    def _sampled(self, instance: Instance, luck: Luck) -> ScenarioOutcome:
        left, gone = drawn(instance, luck)
        if luck.sampling.no_show or luck.sampling.missed:
            lives = {each.id: lived(self.memory, left, each.id, luck, self.budget) for each in left.learners}
            # What is paid for is what is booked at first.
            first = {
                learner: replace(answer, path=path) if path else answer for learner, (answer, path) in lives.items()
            }
            found = outcome_alone(left, first)
        else:
            found = self._answered(left)
        dropped = tuple(Part(learner=learner, status="dropped-out") for learner in gone)
        return replace(found, parts=tuple(sorted((*found.parts, *dropped), key=lambda part: part.learner)))

    def _uncertain(self, instance: Instance) -> ScenarioOutcome:
        """Answer with days that depend on which tentative offerings are held."""
        chances = {name: chance for name, chance in self.study.chances.items() if name in instance.offering}
        answers = _Without(self.memory, instance, self.budget)
        first = self._alone(instance)
        parts = []
        for learner, answer in sorted(first.items()):
            spread = (
                spread_of(
                    lambda gone, learner=learner: answers(learner, gone),  # type: ignore[misc]
                    chances,
                    frozenset(each.offering for each in instance.initial_state[learner].bookings),
                )
                if answer.status in {"graduates", "blocked"}
                else ()
            )
            day = answer.day.isoformat() if answer.day and not spread else None
            parts.append(Part(learner=learner, status=answer.status, day=day, spread=spread))
        return replace(outcome_alone(instance, first), parts=tuple(parts), days=None, bound=None)


class _Without:
    """Answers of learners when some offerings are not held; each calendar is made once."""

    def __init__(self, memory: Memory, instance: Instance, budget: Budget) -> None:
        self.memory = memory
        self.budget = budget
        self.instances: dict[frozenset[str], Instance] = {frozenset(): instance}

    def __call__(self, learner: str, gone: frozenset[str]) -> RememberedAnswer:
        if gone not in self.instances:
            instance = self.instances[frozenset()]
            for name in sorted(gone):
                instance = cancelled(name)(instance)
            self.instances[gone] = instance
        return self.memory.answer(self.memory.scene(self.instances[gone]), learner, self.budget)


def baseline(study: Study, instance: Instance) -> Instance:
    """Return the instance that a study's scenarios are changes of; raise ValueError where it is none that could be."""
    editions = dict(sorted({**instance.editions, **study.editions}.items()))
    tentative = study.tentative or instance.tentative
    base = replace(instance, editions=editions, tentative=tentative or bool(study.chances))
    if study.chances and not tentative:
        for run in instance.offerings:
            if run.status == "tentative" and run.id not in study.chances:
                base = cancelled(run.id)(base)
    base = after_steps(base, study.baseline)
    wrong = unlawful(base)
    if wrong is not None:
        raise ValueError(f"the baseline is no instance: {wrong}")
    return base


def _repeats(instance: Instance, budget: Budget) -> ScenarioOutcome:
    proposal = solve_repeats(instance, RepeatsQuestion(), budget=budget)
    left = {reason.wait.learner for reason in proposal.reasons}
    waiting = sorted({wait.learner for wait in instance.waitlist})
    uncovered = len(proposal.reasons)
    return ScenarioOutcome(
        status=proposal.status,
        parts=tuple(Part(learner=each, status="uncovered" if each in left else "covered") for each in waiting),
        bound=uncovered if proposal.status == "optimal" else None,
        waiting=len(instance.waitlist),
        covered=len(instance.waitlist) - uncovered,
        sessions=len(proposal.plan.held),
    )


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    known: Mapping[str, str] = {"LookupError": "", "ValueError": ""}
    plain = any(kind.__name__ in known for kind in type(error).__mro__) and not isinstance(error, KeyError | IndexError)
    return words if plain and words else f"{type(error).__name__}: {words}".rstrip(": ")
