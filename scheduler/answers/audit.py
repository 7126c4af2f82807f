"""The question `audit`: supply promises, kept or broken, and what is wrong with the calendar that lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.rule import Violation
from scheduler.calendar.supply import Judgement, audit, odd_calendar
from scheduler.meaning import Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """Each promise in each of its periods; `odd` = what is wrong with the calendar ahead."""

    instance: Instance
    judged: tuple[Judgement, ...]
    odd: tuple[Violation, ...]

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to: a broken promise is told like somebody who has no way."""
        return "blocked" if any(each.verdict == "broken" for each in self.judged) else "answered"


def used_editions(instance: Instance) -> list[Edition]:
    """Return the editions that learners belong to, and the instance's own."""
    names = {learner.edition for learner in instance.learners} | {instance.edition}
    return [instance.editions[name] for name in sorted(names)]


def answer_audit(
    instance: Instance, editions: Sequence[Edition] = (), span: tuple[date, date] | None = None
) -> Audited:
    """Judge the promises of some editions (none named = those in use), in their own windows or in a span of days."""
    chosen = editions or used_editions(instance)
    return Audited(
        instance=instance,
        judged=tuple(each for one in chosen for each in audit(instance, one, span)),
        odd=tuple(odd_calendar(instance)),
    )
