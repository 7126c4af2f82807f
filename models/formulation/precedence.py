"""One thing ends before another starts, as literals: the posted side of prerequisites, `first` and `last`."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Model, Poster, Term

Chosen = OfferingVariables | TaskVariables


def chosen_literal(chosen: Chosen) -> int:
    """Return the literal that says that a run is booked, or a task done."""
    return chosen.book if isinstance(chosen, OfferingVariables) else chosen.does


def open_choices(choices: LearnerVariables, code: str) -> list[Chosen]:
    """Return everything that can still be chosen of a component."""
    task = choices.open_task(code)
    return [*choices.open_runs(code), *([task] if task else [])]


def ended_before(choices: LearnerVariables, one: Chosen, other: Chosen) -> int | None:
    """Return a literal that can be true only if `one` is chosen and ends before `other` starts; None if it never does."""
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        return one.book if _run_before_run(one, other) else None
    if one is other:
        return None
    model = choices.model
    literal = model.literal("before", choices.learner.id, _label(one), _label(other))
    poster = Poster(model)
    poster.require([(1, chosen_literal(one)), (-1, literal)], low=0)
    if isinstance(one, OfferingVariables) and isinstance(other, TaskVariables):
        poster.require([(1, other.start)], low=one.last_day + 1, given=[literal])
    elif isinstance(one, TaskVariables) and isinstance(other, OfferingVariables):
        poster.require([(1, one.start)], high=other.first_day - one.component.length, given=[literal])
    elif isinstance(one, TaskVariables) and isinstance(other, TaskVariables):
        poster.require([(1, other.start), (-1, one.start)], low=one.component.length, given=[literal])
    return literal


def counted_before(choices: LearnerVariables, counted: int, one: Chosen, other: Chosen) -> int | None:
    """Return a literal that implies that `one` counts, as a literal says, and has ended before the other; None = never."""
    before = ended_before(choices, one, other)
    if before is None or counted == chosen_literal(one):
        return before
    both = choices.model.literal("counted-before", *choices.model.names[counted], *choices.model.names[before])
    definition = Poster(choices.model)
    definition.require([(1, before), (-1, both)], low=0)
    definition.require([(1, counted), (-1, both)], low=0)
    return both


def ended_days_before(choices: LearnerVariables, one: Chosen, other: Chosen, days: int) -> int | None:
    """Return a literal like `ended_before` that also asks for so many days from the last day of `one` to the first of `other`."""
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        return one.book if _run_before_run(one, other) and other.first_day - one.last_day >= days else None
    literal = ended_before(choices, one, other)
    if literal is not None and days > 1:
        _apart(choices.model, one, other, days, literal)
    return literal


def days_apart(choices: LearnerVariables, one: Chosen, other: Chosen, days: int) -> int | None:
    """Return a literal that can be true only if `other` starts so many days after the last day of `one`; None if it never does.

    Where both are runs that lie so far apart, it is the literal of `one`.
    """
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        return one.book if other.first_day - one.last_day >= days else None
    literal = choices.model.literal("apart", choices.learner.id, _label(one), _label(other))
    _apart(choices.model, one, other, days, literal)
    return literal


def started_by(choices: LearnerVariables, one: Chosen, other: Chosen) -> int | None:
    """Return a literal that can be true only if `one` is chosen and starts no later than `other`; None if it never does."""
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        opens, others = one.offering.opens, other.offering.opens
        known = opens is not None and others is not None
        starts = opens <= others if known else one.first_day <= other.first_day  # type: ignore[operator]
        return one.book if starts else None
    literal = _chosen_if(choices, "started", one, other)
    poster = Poster(choices.model)
    poster.require([_start(other), _minus(_start(one))], low=_constant(one) - _constant(other), given=[literal])
    return literal


def ran_beside(choices: LearnerVariables, one: Chosen, other: Chosen) -> int | None:
    """Return a literal that can be true only if `one` is chosen and shares a day with `other`; None if it never does."""
    if isinstance(one, OfferingVariables) and isinstance(other, OfferingVariables):
        return one.book if one.first_day <= other.last_day and other.first_day <= one.last_day else None
    literal = _chosen_if(choices, "beside", one, other)
    poster = Poster(choices.model)
    for first, second in ((one, other), (other, one)):
        low = _constant(first) - _constant(second) - _length(second) + 1
        poster.require([_start(second), _minus(_start(first))], low=low, given=[literal])
    return literal


def _chosen_if(choices: LearnerVariables, name: str, one: Chosen, other: Chosen) -> int:
    literal = choices.model.literal(name, choices.learner.id, _label(one), _label(other))
    Poster(choices.model).require([(1, chosen_literal(one)), (-1, literal)], low=0)
    return literal


def _apart(model: Model, one: Chosen, other: Chosen, days: int, literal: int) -> None:
    """Tie a literal to so many days from the last day of one to the first day of the other."""
    low = _constant(one) + _length(one) - 1 + days - _constant(other)
    Poster(model).require([_start(other), _minus(_start(one))], low=low, given=[literal])


def _start(chosen: Chosen) -> Term:
    """Return the term of the start day that is itself chosen; one of no weight for a run, whose day is `_constant`."""
    return (0, chosen.book) if isinstance(chosen, OfferingVariables) else (1, chosen.start)


def _minus(term: Term) -> Term:
    return -term[0], term[1]


def _constant(chosen: Chosen) -> int:
    return chosen.first_day if isinstance(chosen, OfferingVariables) else 0


def _length(chosen: Chosen) -> int:
    if isinstance(chosen, OfferingVariables):
        return chosen.last_day - chosen.first_day + 1
    return chosen.component.length


def require_before(choices: LearnerVariables, poster: Poster, entry: Sequence[str], other: Chosen) -> None:
    """Require that, if `other` is chosen, something of `entry` is done or ends before it."""
    if any(choices.done(code) for code in entry):
        return
    earlier = [one for code in entry for one in open_choices(choices, code)]
    literals = [literal for one in earlier if (literal := ended_before(choices, one, other)) is not None]
    poster.require([(1, literal) for literal in literals] + [(-1, chosen_literal(other))], low=0)


def lies_ahead(choices: LearnerVariables, chosen: Chosen) -> bool:
    """Say whether a choice starts after the planning day."""
    today = choices.instance.as_of.toordinal()
    return chosen.first_day > today if isinstance(chosen, OfferingVariables) else chosen.kept is None


def _run_before_run(one: OfferingVariables, other: OfferingVariables) -> bool:
    closes, opens = one.offering.closes, other.offering.opens
    if closes is None or opens is None:
        return one.last_day < other.first_day
    return closes <= opens


def _label(chosen: Chosen) -> str:
    return chosen.offering.id if isinstance(chosen, OfferingVariables) else chosen.component.code
