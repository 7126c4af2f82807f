"""What each class of equal learners still needs, and which runs could give it to them: what the bound of a year is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

Role = str | None


@dataclass(frozen=True, slots=True)
class AttendableRun:
    """A run that a class could attend: its days as numbers, and the choice it hangs on (None = it stands).

    `kept` = the class is booked there already, in the role `plays` if any; `after` = the last day on which what
    comes first may end, where that is known.
    """

    offering: str
    first: int
    last: int
    choice: str | None
    kept: bool = False
    plays: Role = None
    after: int | None = None

    @property
    def ready(self) -> int:
        """The last day on which what comes first may end."""
        return self.first if self.after is None else self.after


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """So many more of a pool, perhaps in a role, perhaps of one component that counts again and again."""

    pool: tuple[str, ...]
    count: int
    role: Role = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """A class of equal learners.

    `earliest` = a day before which nobody of it graduates, even if everything is held; `ends` = the last day, if known;
    `before` = by component what has to be over first, one of each entry, what is done left out; `tasks` = by task the
    earliest day number on which it can be over.
    """

    learners: tuple[str, ...]
    earliest: int
    ends: int | None
    runs: Mapping[str, tuple[AttendableRun, ...]]
    needs: tuple[OpenNeed, ...]
    before: Mapping[str, tuple[tuple[str, ...], ...]]
    tasks: Mapping[str, int]

    @property
    def is_settled(self) -> bool:
        """Say whether nothing more than what is booked is needed to graduate on the first possible day."""
        return all(need.count <= self._met(need) for need in self.needs)

    def _met(self, need: OpenNeed) -> int:
        """Return how much of a need is met by that day."""
        runs = [run for code in need.pool for run in self.runs.get(code, ()) if run.kept and run.last <= self.earliest]
        if need.role is not None:
            return need.count if any(run.plays == need.role for run in runs) else 0
        return len(runs) + sum(task <= self.earliest for code, task in self.tasks.items() if code in need.pool)


@dataclass(frozen=True, slots=True)
class Demands:
    """All classes that could graduate; `stuck` = who surely could not even if everything were held."""

    classes: tuple[Demand, ...]
    stuck: tuple[str, ...]


def narrowed(demands: Demands, days: int, as_of: date, scarce: Collection[str] | None = None) -> Demands:
    """Return what matters to calendars on which all who can graduate do, with a sum of days that is no larger.

    Nobody graduates later than the first possible day by more than all others together leave. Where nothing is `scarce` that
    matters, who are equal go the same way: what all of them leave is shared by them.
    """
    today = as_of.toordinal()
    least = sum(len(each.learners) * max(0, each.earliest - today) for each in demands.classes)
    slack = max(0, days - least)
    classes = []
    for each in demands.classes:
        first = max(each.earliest, today)
        apart = set(each.runs) if scarce is None else _apart(each, scarce)
        last = {code: first + (slack if code in apart else slack // len(each.learners)) for code in each.runs}
        runs = {code: tuple(run for run in mine if run.last <= last[code]) for code, mine in each.runs.items()}
        classes.append(replace(each, runs={code: mine for code, mine in runs.items() if mine}))
    return replace(demands, classes=tuple(classes))


def _apart(demand: Demand, scarce: Collection[str]) -> set[str]:
    """Return what equal learners may do on different days: what is scarce, may stand in for that, or waits for it."""
    found = {*scarce, *(code for need in demand.needs if need.role is not None for code in need.pool)}
    groups = [set(need.pool) for need in demand.needs]
    groups += [{code, *entry} for code, entries in demand.before.items() for entry in entries]
    while more := {code for group in groups if group & found for code in group} - found:
        found |= more
    return found
