"""What is asked of a year's calendar, and the answer: what to add, when, by whom, for whom, and how good that is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.changes.change import Change
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Held
from models.rule import Fact
from scheduler.calendar.alternatives import Alternative
from scheduler.calendar.changed import Shift
from scheduler.calendar.promises import Due
from scheduler.calendar.worth import CalendarWorth
from scheduler.meaning import Meaning
from scheduler.solve.result import Result

Tell = Callable[[str, float, float], None]
"""Hears of progress: the goal's name, the best value and the bound."""

GOALS = ("broken-promises", "not-graduating", "graduation", "offerings-added", "trainer-peak", "changes")
"""The goals of a year in their order."""

UNITS = {
    "broken-promises": "promises",
    "not-graduating": "learners",
    "graduation": "days",
    "offerings-added": "offerings",
    "trainer-peak": "meetings",
    "changes": "offerings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuestion:
    """`keep` = nobody's day may get later than the calendar as it stands tells; `most` = at most so many added, by kind or code.

    With `curve` the answer also says what fewer additions would reach. `changes` = what happened to the calendar that is held:
    then only what has lost its date is planned again. `barred` = components with days on which nothing of them may start.
    `alternatives` = so many other calendars are wanted; `regret` = what the calendar that stands costs against the best one with
    as many offerings is wanted too. `dates` = days to be explained: of a component, or of a run by its id (no day = its own).
    """

    keep: bool = False
    most: tuple[tuple[str, int], ...] = ()
    curve: bool = False
    changes: tuple[Change, ...] = ()
    barred: frozenset[tuple[str, date]] = frozenset()
    alternatives: int = 0
    regret: bool = False
    dates: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """One learner's day before and after; None = no graduation."""

    learner: str
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """Return how many days later it is; None where one of the days does not exist."""
        return None if self.before is None or self.after is None else (self.after - self.before).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Another calendar to compare with: promises it breaks, who does not graduate, the days of the others, what it adds."""

    name: str
    broken: int
    not_graduating: int
    graduation: int
    added: int

    @property
    def counts(self) -> dict[str, int]:
        """What is told of it wherever calendars are compared."""
        return {
            "broken_promises": self.broken,
            "not_graduating": self.not_graduating,
            "graduation": self.graduation,
            "added": self.added,
        }


def baseline(name: str, worth: CalendarWorth) -> Baseline:
    """Return a calendar as something to compare with."""
    return Baseline(
        name=name,
        broken=worth.broken,
        not_graduating=worth.not_graduating,
        graduation=worth.days,
        added=len(worth.held),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarStep:
    """One run instead of another (None = of nothing), and what the calendar is worth after it."""

    gone: Offering | None
    come: Offering
    after: Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """What stands of the year and could still be moved, the best calendar found with as many offerings, and the way to it.

    `least` = days that no such calendar is below, where that is proved; `steps` = up to three changes that win most;
    `runs` = what the best one holds of them.
    """

    movable: tuple[Offering, ...]
    standing: Baseline
    best: Baseline
    least: int | None
    steps: tuple[CalendarStep, ...]
    runs: tuple[Offering, ...] = ()


Verdict = Literal["held", "fixed", "ruled-out", "possible"]
"""A run starts on the day; one does that cannot be moved any more; none can; one could, at a cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDate:
    """A day that is asked about, of a component or of one run of it (`offering`)."""

    component: str
    day: date
    offering: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The best calendar found that is as asked: what goes for it and comes, its worth, and whose day differs.

    `proved` = no such calendar is better; `rest_stays` = only those were looked at in which everything else is as planned.
    """

    gone: tuple[Offering, ...]
    come: tuple[Offering, ...]
    worth: Baseline
    ledger: tuple[Gain, ...]
    proved: bool
    rest_stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a component has a run on a day, or has none: `here` = the calendar as planned, `other` = another one, as asked.

    Held: `other` = without the run, `weeks` = the same run in the weeks beside. Ruled out: `facts` say by what.
    Possible: `other` = the best calendar with such a run; `facts` = what stands in its way on the calendar as it is.
    """

    component: str
    day: date
    verdict: Verdict
    here: Baseline
    facts: tuple[Fact, ...] = ()
    other: Other | None = None
    weeks: tuple["Why", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One promise in one period: how many offerings there are, and how many it takes."""

    due: Due
    found: int

    @property
    def is_kept(self) -> bool:
        """Say whether there are enough."""
        return self.found >= self.due.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """A promise that is broken: `facts` forbid together that it is kept, and none can be spared; `remedy` = the cheapest way out.

    Without facts a calendar that keeps it exists (`possible`), or the time ran out.
    """

    kept: Kept
    possible: bool
    facts: tuple[Fact, ...] = ()
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one trainer teaches from the planning day on: meetings, the busiest week, and the most courses at once."""

    trainer: str
    meetings: int
    busiest: int
    courses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAnswer:
    """The best calendar found. `planned` = the year with everything added and supposed, `result` = everybody's paths in it.

    `values` and `bounds` by goal; a goal without a bound has none that is proved. `standing` = the calendar as it stands.
    """

    instance: Instance
    question: CalendarQuestion
    planned: Instance
    added: tuple[Offering, ...]
    held: tuple[Held, ...]
    result: Result
    values: Mapping[str, int]
    bounds: Mapping[str, int]
    status: Literal["optimal", "feasible"]
    reason: str
    expected: frozenset[str]
    supposed: frozenset[str]
    ledger: tuple[Gain, ...]
    promises: tuple[Kept, ...]
    loads: tuple[Load, ...]
    baselines: tuple[Baseline, ...]
    curve: tuple[Baseline, ...]
    notes: tuple[str, ...]
    seconds: float
    shifts: tuple[Shift, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    regret: Regret | None = None
    why: tuple[Why, ...] = ()
    unkept: tuple[Unkept, ...] = ()

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to: `blocked` = somebody does not graduate, or a promise is broken."""
        if self.status == "feasible":
            return "unproved"
        return "blocked" if self.values["not-graduating"] or self.values["broken-promises"] else "answered"

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals in their order: after a change, few changes come first."""
        return ("changes", *GOALS[:-1]) if self.question.changes else GOALS
