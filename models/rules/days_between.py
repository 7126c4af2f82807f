"""So many days lie between any two bookings of the kinds or components that an edition names."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product

from models.changes.change import with_edition
from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, days_apart, lies_ahead, open_choices
from models.judging.activities import Activity, activities_of, judged
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Compare every two activities that a key names, at least one of them new and still to come."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        for key, days in edition.days_between:
            mine = [each for each in activities_of(instance, path) if _is_named(edition, each.component, key)]
            for one, other in combinations([each for each in mine if not each.exempt], 2):
                near = _gap(one, other) < days
                if near and (_is_new(instance, path, one) or _is_new(instance, path, other)):
                    yield Violation(
                        rule="days_between",
                        learner=path.learner,
                        offerings=tuple(each.label for each in (one, other) if not each.done),
                        sentence=f"less than {plural(days, 'day')} lie between {one.label} and {other.label}",
                        source=edition.source_of("days_between"),
                    )


def _is_named(edition: Edition, code: str, key: str) -> bool:
    component = edition.component.get(code)
    return component is not None and key in {component.code, component.kind}


def _is_new(instance: Instance, path: Path, one: Activity) -> bool:
    state = instance.initial_state[path.learner]
    stood = {booking.offering for booking in state.bookings} | {task.component for task in state.tasks}
    return not one.done and one.first > instance.as_of and one.label not in stood


def _gap(one: Activity, other: Activity) -> int:
    """Return the days from the last day of the earlier one to the first day of the later one; below one where they meet."""
    return max((other.first - one.last).days, (one.first - other.last).days)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Keep every two choices apart, and every choice from what is done."""
    for choices in everyone:
        for key, days in choices.edition.days_between:
            _post_between(choices, poster, key, days)


def _post_between(choices: LearnerVariables, poster: Poster, key: str, days: int) -> None:
    codes = [each.code for each in choices.edition.components if key in {each.code, each.kind}]
    chosen = [one for code in codes for one in open_choices(choices, code)]
    news = [one for one in chosen if lies_ahead(choices, one) and not one.kept]
    for done in (each for code in codes for each in choices.done_of.get(code, ())):
        if done.day is not None:
            _keep_from(poster, news, _span(choices, done.day, done.offering), days)
    runs = [one for one in chosen if isinstance(one, OfferingVariables)]
    for crowd in _crowds(runs, {id(one) for one in news}, days):
        poster.require([(1, one.book) for one in crowd], high=1)
    tasks = [one for one in chosen if isinstance(one, TaskVariables)]
    pairs: list[tuple[Chosen, Chosen]] = [*product(tasks, runs), *combinations(tasks, 2)]
    for one, other in pairs:
        if one in news or other in news:
            _keep_apart(choices, poster, one, other, days)


def _crowds(runs: Sequence[OfferingVariables], news: Collection[int], days: int) -> Iterator[list[OfferingVariables]]:
    """Yield sets of runs of which no two lie so far apart, every such two in one of them, two that stand already in none."""
    seen: list[set[str]] = []
    for at in sorted(runs, key=lambda run: run.first_day, reverse=True):
        crowd = [run for run in runs if run.first_day <= at.first_day < run.last_day + days]
        new, old = [run for run in crowd if id(run) in news], [run for run in crowd if id(run) not in news]
        names = {run.offering.id for run in crowd}
        if not new or any(names <= other for other in seen):
            continue
        seen.append(names)
        crowds = [[*new, one] for one in old] if old else [new]
        yield from (each for each in crowds if len(each) > 1)


def _span(choices: LearnerVariables, day: date, offering: str | None) -> tuple[int, int]:
    """Return the first and the last day number of something completed: its run's first day, where that is known and earlier."""
    run = choices.instance.offering.get(offering or "")
    first = min(run.start, day) if run else day
    return first.toordinal(), day.toordinal()


def _keep_from(poster: Poster, news: Sequence[Chosen], span: tuple[int, int], days: int) -> None:
    """Let nothing new start too soon after what is done. What is new starts after today, so it never lies before."""
    for one in news:
        if isinstance(one.kept, bool):
            gap = max(one.first_day - span[1], span[0] - one.last_day)
            if gap < days:
                poster.forbid(chosen_literal(one))
        else:
            poster.require([(1, one.start)], low=span[1] + days, given=[one.does])


def _keep_apart(choices: LearnerVariables, poster: Poster, one: Chosen, other: Chosen, days: int) -> None:
    both = [chosen_literal(one), chosen_literal(other)]
    ways = [days_apart(choices, one, other, days), days_apart(choices, other, one, days)]
    poster.any_of([way for way in ways if way is not None], given=both)


def statements(edition: Edition) -> Iterable[Statement]:
    """State the days between."""
    for key, days in edition.days_between:
        yield Statement(sentence=f"{_in_words(key, days)}.", source=edition.source_of("days_between"))


def _in_words(key: str, days: int) -> str:
    what = f"{key}s" if key in {"course", "workshop", "event", "task"} else f"runs of {key}"
    return f"between two {what} lie {plural(days, 'day')} or more"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the days between, one fact for each kind or component."""
    edition = instance.edition_of(learner)
    for key, days in edition.days_between:
        yield Fact(
            rule="days_between",
            sentence=_in_words(key, days),
            source=edition.source_of("days_between"),
            without=with_edition(learner, lambda edition, key=key: _freed(edition, key)),  # type: ignore[misc]
        )


def _freed(edition: Edition, key: str) -> Edition:
    return replace(edition, days_between=tuple(pair for pair in edition.days_between if pair[0] != key))


RULE = Rule(
    name="days_between",
    sentence="Between any two bookings of the kinds or components that the edition names lie as many days as it says.",
    scope="learner",
    rows=r"$x_{lo} + x_{lp} \le 1$ where $\max(s_p - e_o, s_o - e_p) <$ the days",
    lifted_by="waive_rule",
    applies=lambda instance, learner: bool(instance.edition_of(learner).days_between),
    monotone=True,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
