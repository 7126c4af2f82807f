"""A small year at once: one model of all rules, of what is held, by whom and for whom, proved goal by goal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from models.formulation.completion_day import ends_by
from models.formulation.formulate import formulate
from models.formulation.held_variables import Holding
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.goal import Expression, Goal
from models.goals import all_goals
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.time import local, week_of
from models.rule import Rule, Violation
from models.rules import calendar_rules, plan_rules
from scheduler.calendar.choices import Choice
from scheduler.calendar.promises import Due
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.staffing import Crews, Staff
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.lexicographic import Tell, minimise

SMALL = 1_500
"""Choices times learners up to which a year is solved at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """What the model found: the choices held, who teaches them, and a proved bound of each goal that was reached."""

    held: tuple[Choice, ...]
    crews: Crews
    bounds: dict[str, int]
    proved: bool


def is_small(season: Season) -> bool:
    """Say whether a year can be solved at once: few choices, and nobody whose first day depends on what is held."""
    codes = {each.code for each in season.choices}
    first = {code for each in season.instance.arrivals for code in season.instance.editions[each.edition].first_codes}
    few = len(season.choices) * max(1, len(season.learners)) <= SMALL
    return few and bool(season.learners) and codes.isdisjoint(first)


def solve_exactly(
    season: Season,
    room: Room,
    dues: Sequence[Due],
    staff: Staff,
    budget: Budget,
    tell: Tell | None = None,
    *,
    latest: Mapping[str, date] | None = None,
) -> Exact | None:
    """Solve a small year in which some learners graduate at the `latest` on a day; None where nothing was found in time."""
    choices = [each for each in season.choices if staff.can(each)]
    instance = _as_candidates(season.with_added(choices), choices)
    parts = _Parts(season, choices, room, dues, staff, latest or {})
    formulation = formulate(instance, season.learners, rules=[*plan_rules(), *parts.rules()])
    goals = [parts.broken(), all_goals()["not-graduating"], all_goals()["graduation"], parts.added(), parts.peak()]
    solved = minimise(formulation, [[goal] for goal in goals], Settings(), budget, tell=tell)
    if not solved.values:
        return None
    plan = formulation.plan(solved.values)
    held = tuple(season.choice[each.offering] for each in plan.held)
    crews = {each.offering: each.trainers for each in plan.held}
    return Exact(held=held, crews=crews, bounds=dict(solved.bounds), proved=solved.kind == "optimal")


def _as_candidates(instance: Instance, choices: Sequence[Choice]) -> Instance:
    """Return the instance in which the choices are held only if a plan says so."""
    crews = {each.id: each.crew or 1 for each in choices}
    return replace(
        instance,
        offerings=tuple(
            replace(run, status="candidate", crew=crews[run.id]) if run.id in crews else run
            for run in instance.offerings
        ),
    )


def _nothing_wrong(_instance: Instance, _plan: Plan) -> Iterator[Violation]:
    return iter(())


def _no_value(_instance: Instance, _plan: Plan) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a year asks beyond the rules of the programme."""

    season: Season
    choices: Sequence[Choice]
    room: Room
    dues: Sequence[Due]
    staff: Staff
    latest: Mapping[str, date]

    def rules(self) -> list[Rule]:
        """Return the rules of the calendar, blind to what is supposed, and the year's own limits."""
        own = [("supposed", self._post_supposed), ("most", self._post_most), ("latest", self._post_latest)]
        limits = [
            Rule(name=name, sentence=name, scope="calendar", check=_nothing_wrong, post=post) for name, post in own
        ]
        return [replace(rule, post=self._blind(rule)) for rule in calendar_rules()] + limits

    def _blind(self, rule: Rule) -> Any:  # noqa: ANN401 - a rule's own `post`
        """Return a rule's rows over what is held, without what is only supposed to follow the year."""
        hidden = {each.next.id for each in self.choices if each.next is not None}
        known = self.season.instance.offering

        def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
            holding = everyone[0].holding
            if holding is None:
                return
            runs = [run for run in holding.instance.offerings if run.id in known or run.id in holding.held]
            seen = replace(holding.instance, offerings=tuple(run for run in runs if run.id not in hidden))
            narrow = SimpleNamespace(instance=seen, held=holding.held, teaches=holding.teaches)
            rule.post(cast("Sequence[LearnerVariables]", [SimpleNamespace(holding=narrow, instance=seen)]), poster)

        return post

    def _post_supposed(self, everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        bases = {each.next.id: each.id for each in self.choices if each.next is not None}
        for choices in everyone:
            held = choices.holding.held if choices.holding else {}
            for run in choices.all_open_runs():
                base = bases.get(run.offering.id)
                if base is not None:
                    poster.require([(1, held[base]), (-1, run.book)], low=0)

    def _post_most(self, everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        holding = _holding(everyone)
        counted: dict[str, list[int]] = {}
        for choice in self.choices:
            for name in self.room.limits(choice):
                counted.setdefault(name, []).append(holding.held[choice.id])
        for name, literals in counted.items():
            poster.require([(1, each) for each in literals], high=self.room.most[name])

    def _post_latest(self, everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            day = self.latest.get(choices.learner.id)
            if day is not None:
                ends_by(choices, poster, day.toordinal(), given=())
                if choices.graduates is not None:
                    poster.any_of([choices.graduates])

    def broken(self) -> Goal:
        """Return the goal to break few promises."""

        def expression(everyone: Sequence[LearnerVariables]) -> Expression:
            holding, model = _holding(everyone), everyone[0].model
            total = Expression()
            for number, due in enumerate(self.dues):
                missing = due.needed - due.standing
                if missing > 0:
                    literal = model.literal("broken", str(number))
                    mine = [each for each in self.choices if due.found((each.offering,)) > due.standing]
                    terms = [(1, holding.held[each.id]) for each in mine]
                    Poster(model).require([*terms, (missing, literal)], low=missing)
                    total.terms.append((1, literal))
            return total

        return _goal("broken-promises", expression)

    def added(self) -> Goal:
        """Return the goal to add few offerings."""
        return _goal(
            "offerings-added", lambda everyone: Expression([(1, each) for each in _holding(everyone).held.values()])
        )

    def peak(self) -> Goal:
        """Return the goal to keep everybody's busiest week light."""

        def expression(everyone: Sequence[LearnerVariables]) -> Expression:
            holding, model = _holding(everyone), everyone[0].model
            if not self.staff.is_asked:
                return Expression()
            top = model.integer(0, 1000, "peak")
            for name, standing in self.staff.weeks((), {}).items():
                zone = self.staff.calendars[name].trainer.zone
                full: dict[int, Counter[int]] = {week: Counter() for week in standing}
                for choice in self.choices:
                    literal = holding.teaches.get((choice.id, name))
                    for session in choice.offering.sessions if literal is not None else ():
                        week = week_of(local(session.start, zone))
                        full.setdefault(week, Counter())[cast("int", literal)] += 1
                for week, counts in full.items():
                    terms = [(-count, literal) for literal, count in counts.items()]
                    Poster(model).require([(1, top), *terms], low=standing[week])
            return Expression([(1, top)])

        return _goal("trainer-peak", expression)


def _holding(everyone: Sequence[LearnerVariables]) -> Holding:
    holding = everyone[0].holding
    assert holding is not None  # noqa: S101 - the instance has candidates
    return holding


def _goal(name: str, expression: Any) -> Goal:  # noqa: ANN401 - a goal's own expression
    return Goal(name=name, sentence=name, value=_no_value, expression=expression)
