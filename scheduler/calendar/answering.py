"""From an instance with a year to the best calendar found in time, verified, with bounds and what to compare it with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Held, Plan
from models.programme.words import listed
from models.rules import calendar_rules
from models.rules.trainer_load import is_course
from scheduler.calendar.bounds import Bounding
from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.demand import demands_of
from scheduler.calendar.exact import Exact, is_small, solve_exactly
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import (
    GOALS,
    Baseline,
    CalendarAnswer,
    CalendarQuestion,
    Change,
    Kept,
    Load,
    Tell,
)
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season, is_supposed, season_of
from scheduler.calendar.staffing import Crews, Staff
from scheduler.calendar.starts import Starts
from scheduler.calendar.worth import Valuer, Worth
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result
from scheduler.solve.verify import DefectError

LEAVE = 0.15
"""The share of the time that is kept for the last steps: the lightest crews, and everybody's path."""


@dataclass(slots=True)
class _Found:
    best: Worth
    bounds: dict[str, int] = field(default_factory=dict)
    crews: Crews | None = None
    baselines: list[Baseline] = field(default_factory=list)
    curve: list[Baseline] = field(default_factory=list)


class Planner:
    """Plans one year."""

    def __init__(
        self, instance: Instance, question: CalendarQuestion, budget: Budget, tell: Tell | None = None
    ) -> None:
        """Take the question; raise ValueError where the instance has no year to plan."""
        self.question, self.budget, self.tell = question, budget, tell
        self.season = season_of(instance)
        self.dues = dues_of(self.season.instance)
        self.room = Room(self.season, question.most)
        self.staff = Staff(self.season.instance, self.season.choices)
        self.starts = Starts(self.season, self.room, self.staff, self.dues)
        self.valuer = Valuer(self.season, self.dues, budget)
        self.bounds: dict[str, int] = {}

    def plan(self) -> _Found:
        """Return the best calendar found, and bounds."""
        share = None if self.budget.seconds is None else self.budget.seconds * (1 - LEAVE)
        search = Budget(share, within=self.budget)
        standing = self.valuer.standing
        climb = Climb(self.valuer, self.starts, standing, {}, keep=self.question.keep)
        found = _Found(best=standing, baselines=[_baseline("as it stands", standing)])
        for name, held in (
            ("as last year", self.starts.as_last_year),
            ("largest gaps", self.starts.largest_gaps),
        ):
            if not search.is_over:
                worth = self.valuer.of(held())
                found.baselines.append(_baseline(name, worth))
                climb.offer(worth.held)
                self._tell(climb.best)
        exact = self._exactly(search)
        if exact is not None:
            climb.offer(exact.held)
            self.bounds = exact.bounds
        if exact is None or not exact.proved:
            self._climb(climb, search)
        found.best = climb.best
        if exact is not None and {each.id for each in climb.best.held} == {each.id for each in exact.held}:
            found.crews = exact.crews
        found.bounds = dict(self.bounds)
        if self.question.curve:
            found.curve = self._curve(climb.best)
        return found

    def _exactly(self, search: Budget) -> Exact | None:
        if self.question.keep or not is_small(self.season) or search.is_over:
            return None
        return solve_exactly(self.season, self.room, self.dues, self.staff, search, self.tell)

    def _climb(self, climb: Climb, search: Budget) -> None:
        """Bound the year, round what the bound holds, and go on from there."""
        bounding = Bounding(self.season, self.dues, self.room)
        bounding.bounds.of |= self.bounds
        bounding.promises(search)
        self.bounds = bounding.bounds.of
        demands = demands_of(self.season, search)
        bounding.learners(demands, max(climb.best.broken, self.bounds.get("broken-promises", 0)), search)
        total = len(self.season.learners)
        if not search.is_over and "not-graduating" in self.bounds:
            climb.offer(self.starts.rounded(bounding.bounds.shares))
            self._tell(climb.best)
            bounding.days(total - max(climb.best.not_graduating, self.bounds["not-graduating"]), search)
            climb.offer(self.starts.rounded(bounding.bounds.shares))
            self._tell(climb.best)
        climb.shares = bounding.bounds.shares
        climb.likely = [each for each in self.starts.choices if climb.shares.get(each.id, 0.0) > LIKELY]
        climb.run(search, self._is_enough, self._tell)
        self.bounds = self._trusted(climb.best)
        if not self.budget.is_over and self._meets(climb.best, GOALS[:3]):
            bounding.additions(climb.best.days, Budget(LAST_LOOK, within=self.budget))

    def _trusted(self, best: Worth) -> dict[str, int]:
        """Keep the bounds up to the first goal that does not meet its own: later ones rest on it."""
        kept: dict[str, int] = {}
        values = {"broken-promises": best.broken, "not-graduating": best.not_graduating, "graduation": best.days}
        for name, value in values.items():
            if name not in self.bounds:
                break
            kept[name] = min(self.bounds[name], value)
            if self.bounds[name] < value:
                break
        return kept

    def _meets(self, best: Worth, names: Iterable[str]) -> bool:
        values = {"broken-promises": best.broken, "not-graduating": best.not_graduating, "graduation": best.days}
        return all(name in self.bounds and self.bounds[name] >= values[name] for name in names)

    def _is_enough(self, best: Worth) -> bool:
        return self._meets(best, GOALS[:3])

    def _tell(self, best: Worth) -> None:
        if self.tell:
            self.tell("graduation", best.days, self.bounds.get("graduation", 0))

    def _curve(self, best: Worth) -> list[Baseline]:
        """Return what is left of the best calendar as one run after the other is taken away, the one that is missed least."""
        points = [_baseline(str(len(best.held)), best)]
        here = best
        while here.held and not self.budget.is_over:
            fewer = [self.valuer.of([each for each in here.held if each is not gone]) for gone in here.held]
            here = min(fewer, key=lambda each: each.key)
            points.append(_baseline(str(len(here.held)), here))
        return points[::-1]


LIKELY = 0.01
"""The share in which a program holds what is tried first."""

LAST_LOOK = 20.0
"""Seconds for a bound of how many offerings it takes."""


def plan_year(
    instance: Instance, question: CalendarQuestion, *, budget: Budget | None = None, tell: Tell | None = None
) -> CalendarAnswer:
    """Plan the calendar of an instance's year; what was found is judged by every rule before it is returned."""
    budget = budget or Budget()
    planner = Planner(instance, question, budget, tell)
    found = planner.plan()
    best, season, staff = found.best, planner.season, planner.staff
    crews, light = (found.crews, None) if found.crews is not None else staff.lightest(best.held, Budget(10.0))
    if crews is None:
        raise DefectError("the calendar cannot be staffed, though it was found to be")
    planned = season.with_added(best.held)
    result = solve_paths(planned, PathQuestion(learners=season.learners), budget=Budget(LAST, within=_gentle(budget)))
    values = _values(best, staff.peak(best.held, crews))
    _verify(season, best, crews, result, values)
    bounds = dict(found.bounds)
    if bounds.get("offerings-added") == len(best.held) and light is not None and best.held == ():
        bounds["trainer-peak"] = light
    if not staff.is_asked:
        bounds["trainer-peak"] = 0
    bounds["changes"] = 0
    proved = all(bounds.get(name) == values[name] for name in GOALS)
    return CalendarAnswer(
        instance=season.instance,
        question=question,
        planned=planned,
        added=tuple(each.offering for each in best.held),
        held=tuple(_held(each, crews) for each in best.held),
        result=result,
        values=values,
        bounds=bounds,
        status="optimal" if proved else "feasible",
        reason=_reason(values, bounds, proved=proved),
        expected=season.expected,
        supposed=_supposed(result, season.instance, planned),
        ledger=_ledger(planner.valuer.standing, best),
        promises=tuple(Kept(due=due, found=due.found(e.offering for e in best.held)) for due in planner.dues),
        loads=_loads(planner, best.held, crews),
        baselines=tuple(found.baselines),
        curve=tuple(found.curve),
        notes=tuple(_notes(season, best)),
        seconds=budget.spent,
    )


LAST = 60.0
"""Seconds at most for everybody's path on the calendar that was found."""


def _gentle(budget: Budget) -> Budget | None:
    """Return nothing to stop at where only the time is up: the paths of the best calendar are still wanted."""
    return budget if budget.stopped else None


def _values(best: Worth, peak: int) -> dict[str, int]:
    numbers = (best.broken, best.not_graduating, best.days, len(best.held), peak, 0)
    return dict(zip(GOALS, numbers, strict=True))


def _verify(season: Season, best: Worth, crews: Crews, result: Result, values: dict[str, int]) -> None:
    """Raise DefectError where what is added breaks a rule of the calendar, or the paths are not what was claimed."""
    old = {(each.rule, each.sentence) for each in violations(season.instance, Plan(), calendar_rules())}
    staffed = [_staffed(each, crews) for each in best.held]
    whole = season.with_added(())
    runs = tuple(sorted([*season.instance.offerings, *(each.offering for each in staffed)], key=lambda run: run.id))
    judged = violations(_with(whole, runs), Plan(), calendar_rules())
    broken = [each for each in judged if (each.rule, each.sentence) not in old]
    if broken:
        raise DefectError(f"the calendar breaks the rule {broken[0].rule}: {broken[0].sentence}")
    if result.status == "optimal":
        found = {goal.name: goal.value for goal in result.goals}
        for name in ("not-graduating", "graduation"):
            if name in found and found[name] != values[name] and best.proved:
                raise DefectError(
                    f"the goal {name} is {found[name]} on the calendar, and the search said {values[name]}"
                )


def _with(instance: Instance, runs: tuple) -> Instance:  # type: ignore[type-arg]
    from dataclasses import replace

    return replace(instance, offerings=runs)


def _staffed(choice: Choice, crews: Crews) -> Choice:
    from dataclasses import replace

    return replace(choice, offering=replace(choice.offering, trainers=crews.get(choice.id, ())))


def _held(choice: Choice, crews: Crews) -> Held:
    first, *others = crews.get(choice.id, ()) or (None,)
    return Held(offering=choice.id, trainer=first, beside=tuple(each for each in others if each))


def _baseline(name: str, worth: Worth) -> Baseline:
    return Baseline(name=name, not_graduating=worth.not_graduating, graduation=worth.days, added=len(worth.held))


def _reason(values: dict[str, int], bounds: dict[str, int], *, proved: bool) -> str:
    if proved:
        return "proved optimal"
    sure = []
    for name in GOALS[:3]:
        if bounds.get(name) != values[name]:
            break
        sure.append(name)
    if len(sure) == len(GOALS[:3]):
        return "proved: nobody can graduate earlier, all together; how few offerings that takes is not proved"
    return "stopped before proof: a better calendar may exist"


def _supposed(result: Result, instance: Instance, planned: Instance) -> frozenset[str]:
    """Return who graduates only if something is held once more that is only supposed."""
    return frozenset(
        each.learner
        for each in result.learners
        if each.path is not None
        and any(is_supposed(run, planned) and run not in instance.offering for run in each.path.offerings)
    )


def _ledger(before: Worth, after: Worth) -> tuple[Change, ...]:
    found = []
    for name, answer in sorted(after.answers.of.items()):
        told = before.answers.of[name].graduation
        if told != answer.graduation:
            found.append(Change(learner=name, before=told, after=answer.graduation))
    return tuple(found)


def _loads(planner: Planner, held: Sequence[Choice], crews: Crews) -> tuple[Load, ...]:
    staff, instance = planner.staff, planner.season.instance
    found = []
    for name, weeks in staff.weeks(held, crews).items():
        mine = [each.offering for each in held if name in crews.get(each.id, ()) and is_course(instance, each.offering)]
        courses = [*staff.courses[name], *mine]
        at_once = max((sum(o.start <= each.start <= o.end for o in courses) for each in courses), default=0)
        found.append(
            Load(trainer=name, meetings=weeks.total(), busiest=max(weeks.values(), default=0), courses=at_once)
        )
    return tuple(found)


def _notes(season: Season, best: Worth) -> list[str]:
    notes = []
    year = season.instance.year
    codes = {pattern.component for pattern in season.instance.patterns}
    edition = season.instance.editions.get(season.instance.edition or "")
    if edition is not None:
        without = [each.code for each in edition.components if each.kind != "task" and each.code not in codes]
        if without:
            notes.append(f"No pattern says how {listed(without)} may be held: no run of it is added.")
    barren = sorted(codes - {each.code for each in season.choices})
    if barren:
        notes.append(
            f"No start of {listed(barren)} is possible in the year: closed days, notice, gaps or trainers rule out all."
        )
    if not season.instance.trainers:
        notes.append("No trainers are stated: offerings are planned without.")
    if year is not None and year.repeats:
        notes.append("What is held in the 364 days up to the year's end is supposed once more a year later.")
    if not best.proved:
        notes.append("The paths on this calendar are not proved best: the days may be fewer than told.")
    return notes
