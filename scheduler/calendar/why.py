"""Why a run of a planned year is on its day, and why none is on another: what rules the day out, or what it would cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from models.programme.edition import Promise
from models.programme.offering import Offering
from models.rule import Fact
from scheduler.calendar.alternatives import FAR
from scheduler.calendar.asking import asked_date
from scheduler.calendar.beside import in_the_way
from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.exact import is_small, solve_exactly
from scheduler.calendar.planner import Planner
from scheduler.calendar.promises import Due
from scheduler.calendar.question import AskedDate, CalendarAnswer, CalendarQuestion, Other, Verdict, Why, baseline
from scheduler.calendar.refused import refusals
from scheduler.calendar.regret import loosened, movable, why_fixed
from scheduler.calendar.season import season_of
from scheduler.calendar.told import ledger
from scheduler.calendar.worth import CalendarWorth, Key
from scheduler.engines.budget import Budget
from scheduler.solve.answers import Answers

WEEKS = (-2, -1, 1, 2)
"""The weeks beside a run's own that are looked at."""


def explained(answer: CalendarAnswer, budget: Budget) -> CalendarAnswer:
    """Return a planned year with an answer to each of its questions about days, found within a budget.

    Raise UnknownDateError for a name that is neither a component nor an offering, or a component without a day.
    """
    asked = [asked_date(answer.instance, answer.added, *each) for each in answer.question.dates]
    asking = Asking(answer, budget)
    found = []
    for number, each in enumerate(asked):
        share = Budget(None if budget.seconds is None else budget.left / (len(asked) - number), within=budget)
        found.append(_explained(asking, answer, each, share))
    return replace(answer, why=tuple(found))


def _explained(asking: "Asking", answer: CalendarAnswer, asked: AskedDate, budget: Budget) -> Why:
    standing = next((run for run in answer.instance.offerings if _is_asked_for(run, asked)), None)
    if standing is None:
        return asking.why(asked, budget)
    loose = Asking(answer, budget, standing)
    return loose.fixed(standing) if loose.loose is None else loose.why(asked, budget)


def _is_asked_for(run: Offering, asked: AskedDate) -> bool:
    named = run.id == asked.offering or (asked.offering is None and run.start == asked.day)
    return named and run.component == asked.component and run.status != "cancelled"


class Asking:
    """Answers such questions about one planned year; `loose` = what stands and is looked at as if it were added."""

    def __init__(self, answer: CalendarAnswer, budget: Budget, standing: Offering | None = None) -> None:
        """Take a planned year, whose worth is known; a standing run that could still be moved is looked at as added."""
        self.budget = budget
        self.instance = replace(answer.instance, tentative=True)
        season = season_of(self.instance)
        self.loose: Choice | None = None
        most = dict(answer.question.most)
        if standing is not None and standing in movable(self.instance):
            season, (self.loose,) = loosened(self.instance, (standing,))
            limits = dict(self.instance.year.most if self.instance.year else ()) | most
            most |= {name: limits[name] + 1 for name in (self.loose.kind, self.loose.code) if name in limits}
        question = CalendarQuestion(keep=answer.question.keep, most=tuple(most.items()), barred=answer.question.barred)
        self.planner = Planner(season, question, budget)
        self.here = _known(self.planner, answer, self.loose)
        self.climb = Climb(self.planner.valuer, self.planner.starts, self.here, keep=question.keep)

    def fixed(self, run: Offering) -> Why:
        """Say why a run that stands is not looked at: it cannot be moved any more."""
        facts = tuple(why_fixed(self.instance, run))
        return self._why(run.component, run.start, "fixed", facts=facts)

    def why(self, asked: AskedDate, budget: Budget) -> Why:
        """Say why a component has a run on a day, or why it has none, within a budget."""
        self.budget = self.planner.valuer.budget = budget
        code, day = asked.component, asked.day
        mine = [each for each in self.here.held if each.code == code]
        named = [each for each in mine if each.id == asked.offering]
        if named and named[0].offering.start != day:
            return self._moved(named[0], day)
        there = [each for each in mine if each.offering.start == day]
        if there:
            return self._held((named or there)[0])
        facts = refusals(self.planner.season.instance, code, day)
        return self._why(code, day, "ruled-out", facts=facts) if facts else self._possible(code, day)

    def _why(self, code: str, day: date, verdict: Verdict, **parts: object) -> Why:
        return Why(component=code, day=day, verdict=verdict, here=baseline("here", self.here), **parts)  # type: ignore[arg-type]

    def _held(self, choice: Choice) -> Why:
        rest = [each for each in self.here.held if each is not choice]
        without = self._other(self.planner.valuer.of(rest), proved=False, rest_stays=True)
        days = [choice.offering.start + timedelta(weeks=week) for week in WEEKS]
        weeks = [self._moved(choice, day) for day in days]
        return self._why(choice.code, choice.offering.start, "held", other=without, weeks=tuple(weeks))

    def _moved(self, choice: Choice, day: date) -> Why:
        """Say what rules out the same run on another day, or what that costs with everything else as it is."""
        code = choice.code
        rest = [each for each in self.here.held if each is not choice]
        facts = refusals(self.planner.season.instance, code, day)
        starts = self._starts(code, day)
        able = [[*rest, each] for each in starts if self._is_lawful([*rest, each])]
        if facts or not able:
            near = in_the_way(self.planner, rest, starts[0]) if starts and not facts else ()
            return self._why(code, day, "ruled-out", facts=facts or near)
        best = min((self.planner.valuer.of(each) for each in able), key=self.climb.key)
        return self._why(code, day, "possible", other=self._other(best, proved=False, rest_stays=True))

    def _possible(self, code: str, day: date) -> Why:
        starts = self._starts(code, day)
        if not starts:
            barred = Fact(rule="barred", sentence=f"{code} is not to start on {day}: that was asked for")
            return self._why(code, day, "ruled-out", facts=(barred,))
        facts = in_the_way(self.planner, self.here.held, starts[0])
        found = [worth for held in self._with(starts) if (worth := self._valued(held)) is not None]
        exact = self._exactly(code, day)
        if exact is not None:
            best = min([*found, exact], key=self._nearly)
            return self._why(code, day, "possible", facts=facts, other=self._other(best, proved=True))
        if not found:
            return self._why(code, day, "possible", facts=facts)
        best = self._searched(min(found, key=self._nearly), starts)
        return self._why(code, day, "possible", facts=facts, other=self._other(best, proved=False))

    def _nearly(self, worth: CalendarWorth) -> tuple[Key, int]:
        """Return what is compared: the worth of a calendar, then in how few runs it differs."""
        ours = {each.id for each in self.here.held}
        return self.climb.key(worth), sum(each.id not in ours for each in worth.held)

    def _searched(self, best: CalendarWorth, starts: Sequence[Choice]) -> CalendarWorth:
        """Return the best calendar found with one of some runs, from a good one on."""
        planner = self.planner
        holding = HoldingClimb(planner.valuer, planner.starts, best, keep=planner.question.keep)
        holding.wanted = frozenset(each.id for each in starts)
        enough = self.climb.key(self.here)[:4]
        holding.run(self.budget, lambda worth: holding.key(worth)[:4] <= enough, lambda _: None)
        return holding.best

    def _starts(self, code: str, day: date) -> list[Choice]:
        return [e for e in self.planner.starts.choices if e.code == code and e.offering.start == day]

    def _is_lawful(self, held: Sequence[Choice]) -> bool:
        return self.planner.room.is_within(held) and self.planner.staff.crews(held) is not None

    def _valued(self, held: Sequence[Choice]) -> CalendarWorth | None:
        """Return the worth of a calendar with the run, nothing where it is unlawful or the time is over."""
        return None if self.budget.is_over or not self._is_lawful(held) else self.planner.valuer.of(held)

    def _with(self, starts: Sequence[Choice]) -> Iterator[list[Choice]]:
        """Yield calendars with one of some runs: added, in the place of one of its component, then in that of one of its kind."""
        held = list(self.here.held)
        code, kind = starts[0].code, starts[0].kind
        gap = self.planner.room.gaps.get(code, 0)
        for start in starts:
            far = [e for e in held if e.code != code or abs((e.offering.start - start.offering.start).days) >= gap]
            yield [*far, start]
            for gone in sorted(far, key=lambda each: each.code != code):
                if gone.code == code or gone.kind == kind:
                    yield [*(each for each in far if each is not gone), start]

    def _exactly(self, code: str, day: date) -> CalendarWorth | None:
        """Return the proved best calendar with a run on a day, where the year is small: the day is a promise above all others."""
        planner = self.planner
        if planner.question.keep or not is_small(planner.season) or self.budget.is_over:
            return None
        dues = [*planner.dues, *[_due(planner, code, day)] * (len(planner.dues) + 1)]
        exact = solve_exactly(planner.season, planner.room, dues, planner.staff, self.budget)
        if exact is None or not exact.proved:
            return None
        worth = planner.valuer.of(exact.held)
        return worth if any(e.code == code and e.offering.start == day for e in worth.held) else None

    def _other(self, worth: CalendarWorth, *, proved: bool, rest_stays: bool = False) -> Other:
        ours, theirs = {each.id for each in self.here.held}, {each.id for each in worth.held}
        return Other(
            gone=tuple(each.offering for each in self.here.held if each.id not in theirs),
            come=tuple(each.offering for each in worth.held if each.id not in ours),
            worth=baseline("other", worth),
            ledger=ledger(self.here, worth),
            proved=proved,
            rest_stays=rest_stays,
        )


class HoldingClimb(Climb):
    """A search among the calendars that hold one of some runs."""

    wanted: frozenset[str] = frozenset()

    def key(self, worth: CalendarWorth) -> Key:
        """Return what is compared; what holds none of them comes after everything else."""
        found = super().key(worth)
        return found if self.wanted.intersection(e.id for e in worth.held) else (found[0] + FAR, *found[1:])

    def _slimmed(self, budget: Budget) -> None:
        """Leave the calendar as it is: only what the day costs is asked."""


def _due(planner: Planner, code: str, day: date) -> Due:
    standing = sum(
        run.start == day and run.status != "cancelled" for run in planner.season.instance.offerings_of.get(code, ())
    )
    return Due(
        promise=Promise(of=(code,), count=1, per="calendar-year"),
        component=code,
        label=str(day),
        first=day,
        last=day,
        needed=standing + 1,
        standing=standing,
    )


def _known(planner: Planner, answer: CalendarAnswer, loose: Choice | None) -> CalendarWorth:
    """Return the worth of a planned year as the answer tells it, and let the valuer know it."""
    added = [planner.season.choice[each.offering] for each in answer.held]
    held = tuple(sorted([*added, *([loose] if loose else [])], key=lambda each: (each.offering.start, each.id)))
    answers = Answers(
        of={each.learner: each for each in answer.result.learners}, proved=answer.result.status == "optimal"
    )
    before = {each.learner: each.before for each in answer.ledger}
    planner.valuer.told = {name: before.get(name, found.graduation) for name, found in answers.of.items()}
    return planner.valuer.know(held, answers)
