"""One thing ends before another starts, as literals: the posted side of prerequisites, `first` and `last`."""

from collections.abc import Sequence

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.linear import Poster

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
