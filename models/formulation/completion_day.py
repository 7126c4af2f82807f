"""The day of graduation as a variable: by its end everything that counts has ended."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from models.formulation.lasting import Until, day_within, done_until, until_of
from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.formulation.precedence import chosen_literal, open_choices
from models.formulation.requirement_terms import Countable, counting_terms, distinct, still_needed
from models.formulation.together import Counts, always, require_together
from models.judging.completion import graduated_on
from models.programme.edition import Requirement
from models.programme.initial_state import Done


def finish_day(choices: LearnerVariables) -> int:
    """Return the variable of a day by whose end enough has ended to graduate (its least value is the day of graduation)."""
    if choices.graduation is None:
        model = choices.model
        first = choices.instance.as_of.toordinal()
        last = choices.horizon.toordinal() + sum(task.component.length for task in choices.tasks.values())
        choices.graduation = model.integer(first, last, "graduation", choices.learner.id)
        _define(choices, choices.graduation)
    return choices.graduation


def _define(choices: LearnerVariables, finish: int) -> None:
    given = () if choices.graduates is None else (choices.graduates,)
    poster = Poster(choices.model, given)
    if not choices.edition.counts_plainly:
        _define_lasting(choices, finish, poster)
        _tighten(choices, finish)
        return
    needs: list[tuple[int, list[Countable]]] = []
    for requirement in choices.edition.requirements:
        missing = still_needed(choices, requirement)
        if missing > 0:
            needs.append((missing, list(counting_terms(choices, requirement))))
            counted = [(each.code, _counted(choices, each, finish)) for each in needs[-1][1]]
            poster.require(distinct(choices, requirement, counted), low=missing)
    finals = [_finals(choices, entry) for entry in choices.edition.last]
    for final in finals:
        if final is not None:
            poster.any_of(_counted(choices, each, finish) for each in final)
    _tighten(choices, finish)
    _tighten_means(choices, finish, needs, frozenset(each.literal for final in finals for each in final or ()))


def _define_lasting(choices: LearnerVariables, finish: int, poster: Poster) -> None:
    """Require that on the day of the finish everything that is asked for has ended and still counts."""
    if graduated_on(choices.instance, choices.learner.id) is not None:
        return

    counts = lasting_counts(choices, finish)
    require_together(choices, poster, counts)
    for entry in choices.edition.last:
        open_ones = [Countable(code, chosen_literal(one), one) for code in entry for one in open_choices(choices, code)]
        literals = [counts.chosen(each, None) for each in open_ones]
        literals += [counts.done(each, None) for code in entry for each in choices.done_of.get(code, ())]
        poster.any_of(literal for literal in literals if literal is not None)


def lasting_counts(choices: LearnerVariables, finish: int) -> Counts:
    """Return how to say that something has ended by the finish and still counts on it."""

    def chosen(each: Countable, requirement: Requirement | None) -> int:
        return _lasting(choices, each, finish, until_of(choices, each.code, requirement))

    def done(each: Done, requirement: Requirement | None) -> int:
        literal = always(choices) if each.exempt else choices.model.literal("counts-still", each.component)
        last = done_until(choices, each, requirement)
        Poster(choices.model).require([(1, finish)], high=last.toordinal(), given=[literal])
        return literal

    return Counts(chosen, done)


def _lasting(choices: LearnerVariables, each: Countable, finish: int, until: Until) -> int:
    """Return a literal that implies that a choice has ended by the finish and still counts on it."""
    counted = _counted(choices, each, finish)
    literal = choices.model.literal("counts-still", *choices.model.names[each.literal])
    Poster(choices.model).require([(1, counted), (-1, literal)], low=0)
    day_within(choices.model, finish, each.chosen, until, literal)
    return literal


def _finals(choices: LearnerVariables, entry: Sequence[str]) -> list[Countable] | None:
    """Return everything with which an entry of `last` can still be done; None if it is done."""
    if any(choices.done(code) for code in entry):
        return None
    return [Countable(code, chosen_literal(one), one) for code in entry for one in open_choices(choices, code)]


def _counted(choices: LearnerVariables, each: Countable, finish: int) -> int:
    """Return a literal that implies that a choice is made and has ended by the finish."""
    if each.literal not in choices.counted:
        model = choices.model
        literal = model.literal("counts", *model.names[each.literal])
        choices.counted[each.literal] = literal
        poster = Poster(model)
        poster.require([(1, each.literal), (-1, literal)], low=0)
        if isinstance(each.chosen, OfferingVariables):
            poster.require([(1, finish)], low=each.chosen.last_day, given=[literal])
        else:
            length = each.chosen.component.length
            poster.require([(1, finish), (-1, each.chosen.start)], low=length - 1, given=[literal])
    return choices.counted[each.literal]


def _tighten(choices: LearnerVariables, finish: int) -> None:
    """Say the same in one sum a component, which a linear bound sees: of a component that counts once, one run counts."""
    first = choices.instance.as_of.toordinal()
    poster = Poster(choices.model)
    for component in choices.edition.components:
        runs = [run for run in choices.open_runs(component.code) if run.book in choices.counted]
        if component.repeatable or choices.edition.runs_out or len(runs) < 2:  # noqa: PLR2004 - one run is said already
            continue
        counted = [(choices.counted[run.book], run) for run in runs]
        poster.require([(1, literal) for literal, _ in counted], high=1)
        poster.require([(1, finish), *((first - run.last_day, literal) for literal, run in counted)], low=first)


def _tighten_means(
    choices: LearnerVariables, finish: int, needs: Sequence[tuple[int, Sequence[Countable]]], finals: frozenset[int]
) -> None:
    """Say that the finish is no earlier than the mean end of what counts, where just as many count as are missing."""
    first = choices.instance.as_of.toordinal()
    times = Counter(each.literal for _, terms in needs for each in terms)
    poster = Poster(choices.model)
    for missing, terms in needs:
        runs = [
            (choices.counted[each.literal], each.chosen) for each in terms if isinstance(each.chosen, OfferingVariables)
        ]
        if len(runs) < len(terms) or any(times[each.literal] > 1 or each.literal in finals for each in terms):
            continue
        poster.require([(1, literal) for literal, _ in runs], high=missing)
        ends = [(first - run.last_day, literal) for literal, run in runs]
        poster.require([(missing, finish), *ends], low=missing * first)


def ends_by(choices: LearnerVariables, poster: Poster, last: int, given: Sequence[int]) -> None:
    """Require that everything that counts has ended on or before a day number; where it is all done, that it was by then."""
    if _all_done(choices, date.max):
        if not _all_done(choices, date.fromordinal(last)):
            poster.require([], low=1, given=given)
        return
    if choices.by is not None:
        if choices.by.toordinal() > last:
            poster.require([], low=1, given=given)
        return
    poster.require([(1, finish_day(choices))], high=last, given=given)


def _all_done(choices: LearnerVariables, by: date) -> bool:
    """Say whether the records up to a day alone meet everything."""
    edition = choices.edition
    if not edition.counts_plainly:
        met = graduated_on(choices.instance, choices.learner.id)
        return met is not None and met <= by
    known = {done.component for done in choices.initial_state.done if done.day is None or done.day <= by}
    return all(still_needed(choices, requirement, by) <= 0 for requirement in edition.requirements) and all(
        not known.isdisjoint(entry) for entry in edition.last
    )
