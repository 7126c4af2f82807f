"""What staff see of a programme at a glance: the plan of all, what hangs on each offering, the waitlist and the promises."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.programme.instance import Instance
from models.rule import Violation
from scheduler.answers.path import PathAnswer, PathAsked, answer_path
from scheduler.answers.personal import Personal, personals
from scheduler.calendar.supply import Judgement, audit, odd_calendar
from scheduler.engines.budget import Budget
from scheduler.explain.critical import Criticality, criticality
from scheduler.questions import PathQuestion
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import Proposal, RepeatsQuestion
from scheduler.solve.lexicographic import Tell
from scheduler.studies.value import SupposedRuns, Values, values_of

EFFECT_SECONDS = 60.0
"""So long, at most, is looked for what each offering is worth, and as long for what one more would be."""

WAITLIST_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The joint plan of everybody, what is said to each learner, and what is said to staff.

    `critical`, `values`, `proposal` None = not asked for, or nothing to look at.
    """

    path: PathAnswer
    personal: tuple[Personal, ...]
    judged: tuple[Judgement, ...]
    odd: tuple[Violation, ...]
    critical: Criticality | None = None
    values: Values | None = None
    proposal: Proposal | None = None

    @property
    def instance(self) -> Instance:
        """The instance that was planned."""
        return self.path.instance


def answer_overview(
    instance: Instance,
    learners: Sequence[str] = (),
    *,
    effects: bool = True,
    workers: int = 1,
    budget: Budget | None = None,
    tell: Tell | None = None,
) -> Overview:
    """Plan everybody together, and look at what concerns some learners (none named = all) and at the whole.

    `effects` = look for what one offering or one place fewer or more would change, everybody planned together; it takes longest.
    """
    budget = budget or Budget()
    asked = PathAsked(question=PathQuestion(learners=tuple(sorted(instance.learner))), more_places=effects)
    path = answer_path(instance, asked, budget=budget, tell=tell)
    chosen = [each for each in path.result.learners if not learners or each.learner in learners]
    mine = tuple(personals(path.result, chosen, workers=workers, budget=budget))
    used = sorted({learner.edition for learner in instance.learners if learner.enrolled})
    return Overview(
        path=path,
        personal=mine,
        judged=tuple(each for name in used for each in audit(instance, instance.editions[name])),
        odd=tuple(odd_calendar(instance)),
        critical=criticality(instance, together=True, budget=_part(budget, EFFECT_SECONDS)) if effects else None,
        values=values_of(instance, SupposedRuns(), together=True, budget=_part(budget, EFFECT_SECONDS))
        if effects
        else None,
        proposal=_proposal(instance, budget) if instance.waitlist else None,
    )


def _proposal(instance: Instance, budget: Budget) -> Proposal:
    return solve_repeats(instance, RepeatsQuestion(), budget=_part(budget, WAITLIST_SECONDS))


def _part(budget: Budget, seconds: float) -> Budget:
    return Budget(seconds, within=budget)
