"""The same learners under each reading of the rules: whose answer depends on which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.programme.edition import Edition
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.meaning import Meaning, of_rows
from scheduler.solve.answers import Answers, answers_alone, answers_jointly
from scheduler.solve.result import LearnerAnswer
from scheduler.studies.readings import DISPUTED, Reading, under_each

Count = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The answers under each alternative of a reading, by its name, in the reading's order.

    `together` = they are parts of a plan of all learners; `alone` = the answers if nobody else took another seat.
    """

    reading: Reading
    answers: Mapping[str, Answers]
    alone: Mapping[str, Answers]
    together: bool

    @property
    def dependents(self) -> tuple[str, ...]:
        """The learners whose own best answer is not the same under all alternatives, in order.

        Of a plan of all only the totals are sure: another one may be as good, and give the days to others.
        """
        learners = next(iter(self.alone.values())).of
        return tuple(learner for learner in learners if len(set(self.outcomes(learner))) > 1)

    @property
    def differs(self) -> bool:
        """Say whether the totals differ: of those who do not graduate, or of the days of the others."""
        return len({self.total(name, date.min) for name in self.answers}) > 1

    def total(self, alternative: str, since: date) -> tuple[int, int]:
        """Return how many do not graduate under an alternative, and the days of the others from a day on."""
        days = [answer.graduation for answer in self.answers[alternative].of.values()]
        return days.count(None), sum(max((day - since).days, 0) for day in days if day)

    def outcomes(self, learner: str) -> tuple[tuple[str, date | None], ...]:
        """Return a learner's status and day under each alternative, if nobody else took another seat."""
        return tuple(outcome(answers.of[learner]) for answers in self.alone.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Every reading that can matter here; `left_out` = editions for which the calendar holds nothing, with the reason.

    `complete` = no reading is left out for want of time.
    """

    instance: Instance
    answers: Answers
    rows: tuple[Read, ...]
    left_out: tuple[tuple[str, str], ...]
    complete: bool

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(complete=self.complete, rows=len(self.rows))


def outcome(answer: LearnerAnswer) -> tuple[str, date | None]:
    """Return what a learner is told: the status and the day of graduation; who has graduated, graduates."""
    return ("graduates" if answer.status == "graduated" else answer.status), answer.graduation


def readings_of(
    instance: Instance,
    editions: Sequence[Edition],
    learners: Iterable[str] = (),
    *,
    together: bool = True,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> Readings:
    """Answer for some learners (none named = all) under each of some editions and each disputed reading.

    All are planned `together`, or only where a reading is felt only so; who depends on what is asked of each alone.
    """
    settings, budget = settings or Settings(), budget or Budget()
    chosen = sorted(name for name in set(learners) or instance.learner if instance.learner[name].enrolled)
    unfit = {each.id: why for each in editions if (why := _lacking(instance, each))}
    fit = [each for each in editions if each.id not in unfit]
    wanted = [each for each in (under_each(fit), *DISPUTED) if _matters(instance, each)]
    rows: list[Read] = []
    base = answers_alone(instance, chosen, settings=settings, budget=budget)
    for reading in wanted:
        row = _read(instance, reading, chosen, settings, budget, together=together or reading.shared)
        if budget.is_over and not all(answers.proved for answers in row.answers.values()):
            break
        rows.append(row)
        if tell:
            tell(len(rows), len(wanted))
    return Readings(
        instance=instance,
        answers=base,
        rows=tuple(rows),
        left_out=tuple(sorted(unfit.items())),
        complete=len(rows) == len(wanted) and base.proved,
    )


def _read(
    instance: Instance,
    reading: Reading,
    learners: Sequence[str],
    settings: Settings,
    budget: Budget,
    *,
    together: bool,
) -> Read:
    found: dict[str, Answers] = {}
    alone: dict[str, Answers] = {}
    for alternative in reading.alternatives:
        changed = alternative.change(instance)
        asked = [each.id for each in instance.learners if each.enrolled] if together else learners
        answers = answers_alone(changed, asked, settings=settings, budget=budget)
        alone[alternative.name] = replace(answers, of={learner: answers.of[learner] for learner in learners})
        if together:
            answers = answers_jointly(changed, answers, settings=settings, budget=budget)
        found[alternative.name] = answers
    return Read(reading=reading, answers=found, alone=alone, together=together)


def _matters(instance: Instance, reading: Reading) -> bool:
    """Say whether any two alternatives of a reading differ here, where an edition in use rests on a disputed document."""
    used = {learner.edition for learner in instance.learners if learner.enrolled}
    rests_on = {document for name in used for document in instance.editions[name].documents}
    if reading.documents and not rests_on & set(reading.documents):
        return False
    changed = [alternative.change(instance) for alternative in reading.alternatives]
    return any(each != changed[0] for each in changed[1:])


def _lacking(instance: Instance, edition: Edition) -> str | None:
    """Return why an edition is not of this calendar: the first requirement for which it holds no run; None if it is."""
    for requirement in edition.requirements:
        dated = [code for code in requirement.pool if edition.component[code].kind != "task"]
        if dated and not any(code in instance.offerings_of for code in dated):
            return f"the calendar holds no run of {', '.join(dated)}"
    return None
