"""So many days lie between the last day of what a component requires and the component's first day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from models.changes.change import with_edition
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, ended_days_before, lies_ahead, open_choices
from models.judging.activities import Activity, activities_of, ahead, judged
from models.judging.reachability import is_told
from models.programme.edition import Edition
from models.programme.initial_state import Done
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Fact, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find what starts too few days after what it requires, where nothing else of the same entry is long enough ago."""
    for path in judged(plan):
        edition = instance.edition_of(path.learner)
        activities = activities_of(instance, path)
        for later in ahead(instance, path):
            component = edition.component.get(later.component)
            days = dict(component.days_after) if component else {}
            entries = component.requires if component and days else ()
            for entry in (each for each in entries if days.keys() & set(each)):
                if not any(one.component in entry and _is_long_ago(one, later, days) for one in activities):
                    asked = next(code for code in entry if code in days)
                    others = [one.label for one in activities if one.component in entry]
                    yield Violation(
                        rule="days_after",
                        learner=path.learner,
                        offerings=(later.label, *others),
                        sentence=f"{later.label} starts less than {plural(days[asked], 'day')} after {asked}",
                        source=edition.source_of(f"components.{later.component}.days_after"),
                    )


def _is_long_ago(one: Activity, later: Activity, days: Mapping[str, int]) -> bool:
    """Say whether something has ended before, and so many days ago as its component asks for; an exemption has no day."""
    if one.exempt:
        return True
    return (one.done or one.ended_before(later)) and (later.first - one.last).days >= days.get(one.component, 0)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Require something of each such entry that ended long enough before."""
    for choices in everyone:
        for component in choices.edition.components:
            days = dict(component.days_after)
            for entry in (each for each in component.requires if days.keys() & set(each)):
                for chosen in open_choices(choices, component.code):
                    if lies_ahead(choices, chosen):
                        _require(choices, poster, entry, chosen, days)


def _require(
    choices: LearnerVariables, poster: Poster, entry: Sequence[str], chosen: Chosen, days: Mapping[str, int]
) -> None:
    literals: list[int] = []
    for code in entry:
        for done in choices.done_of.get(code, ()):
            start = _first_start(done, days.get(code, 0))
            if isinstance(chosen.kept, bool):
                if chosen.first_day >= start:
                    return
            else:
                late = choices.model.literal("long-ago", choices.learner.id, chosen.component.code, code, str(start))
                Poster(choices.model).require([(1, chosen.start)], low=start, given=[late])
                literals.append(late)
        found = (ended_days_before(choices, one, chosen, days.get(code, 0)) for one in open_choices(choices, code))
        literals += [literal for literal in found if literal is not None]
    poster.require([(1, literal) for literal in literals] + [(-1, chosen_literal(chosen))], low=0)


def _first_start(done: Done, days: int) -> int:
    """Return the first day number on which something may start after a completion; any day after an exemption."""
    return 0 if done.day is None else done.day.toordinal() + days


def statements(edition: Edition) -> Iterable[Statement]:
    """State the days that have to lie between."""
    for component in edition.components:
        for code, days in component.days_after:
            source = edition.source_of(f"components.{component.code}.days_after")
            yield Statement(sentence=f"{_in_words(component.code, code, days)}.", source=source)


def _in_words(later: str, code: str, days: int) -> str:
    return f"{later} starts {plural(days, 'day')} or more after the last day of {code}"


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the days that have to lie between, one fact for each two components."""
    edition = instance.edition_of(learner)
    for component in edition.components:
        for code, days in component.days_after if is_told(instance, learner, component) else ():
            yield Fact(
                rule="days_after",
                sentence=_in_words(component.code, code, days),
                source=edition.source_of(f"components.{component.code}.days_after"),
                without=with_edition(
                    learner,
                    lambda edition, later=component.code, code=code: _freed(edition, later, code),  # type: ignore[misc]
                ),
                about=component.code,
            )


def _freed(edition: Edition, later: str, code: str) -> Edition:
    components = tuple(
        replace(each, days_after=tuple(pair for pair in each.days_after if pair[0] != code))
        if each.code == later
        else each
        for each in edition.components
    )
    return replace(edition, components=components)


RULE = Rule(
    name="days_after",
    sentence="Between the last day of what a component requires and its first day lie as many days as it asks for.",
    scope="learner",
    rows=r"as `prerequisites`, over the $p$ with $s_o - e_p \ge$ the days asked for",
    lifted_by="waive_rule",
    keep=3,
    place=3,
    applies=lambda instance, learner: any(each.days_after for each in instance.edition_of(learner).components),
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
