"""What a folder holds, counted: people, what is held when, who waits for what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.programme.instance import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an instance holds. Counts by name are sorted, the most first; `first` and `last` = days of the calendar, if any.

    `ahead` = offerings that start after the planning day; `open_now` = those of them that can still be booked; `promises` =
    the supply promises of the editions in use.
    """

    learners: int
    outside: int
    by_edition: tuple[tuple[str, int], ...]
    trainers: int
    offerings: int
    tentative: int
    cancelled: int
    without_times: int
    first: date | None
    last: date | None
    ahead: int
    open_now: int
    records: int
    booked: int
    waits: tuple[tuple[str, int], ...]
    patterns: int
    promises: int

    @property
    def waiting(self) -> int:
        """How many waits there are, one for each learner and component."""
        return sum(count for _, count in self.waits)


def contents_of(instance: Instance) -> Contents:
    """Return what an instance holds."""
    held = [run for run in instance.offerings if run.status != "cancelled"]
    ahead = [run for run in held if run.start > instance.as_of]
    people = [learner for learner in instance.learners if learner.enrolled is not None]
    used = {instance.edition, *(learner.edition for learner in people)}
    return Contents(
        learners=len(people),
        outside=len(instance.learners) - len(people),
        by_edition=_counted(learner.edition for learner in people),
        trainers=len({*instance.trainer, *(name for run in held for name in run.trainers)}),
        offerings=len(held),
        tentative=sum(run.status == "tentative" for run in held),
        cancelled=len(instance.offerings) - len(held),
        without_times=sum(not run.sessions for run in ahead),
        first=min((run.start for run in held), default=None),
        last=max((run.end for run in held), default=None),
        ahead=len(ahead),
        open_now=sum((run.registration_closes or run.start) > instance.as_of for run in ahead),
        records=len(instance.records),
        booked=sum(record.status == "booked" for record in instance.records),
        waits=_counted(wait.component for wait in instance.waitlist),
        patterns=len(instance.patterns),
        promises=sum(len(instance.editions[name].supply) for name in sorted(used) if name in instance.editions),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
