"""Changes that only ever allow more: what an explanation supposes away, and what a bound takes for granted."""

from dataclasses import replace

from models.changes.change import Change, exempted, with_edition
from models.programme.edition import Component, Edition, Need
from models.programme.instance import Instance
from models.programme.people import Record


def as_if_had(learner: str, code: str) -> Change:
    """Take a component as done in all its roles, and lift whatever an exemption from it would itself forbid.

    An exemption excludes other components, ends a time that starts with orientation, and is no help to what runs beside it.
    """

    def change(instance: Instance) -> Instance:
        component = instance.edition_of(learner).component[code]
        eased = with_edition(learner, lambda edition: _without_limits_of(edition, component))(instance)
        if _may_start_clock(instance, learner, code):
            eased = with_edition(learner, _without_window)(eased)
        return exempted(learner, code)(eased)

    return change


def _without_limits_of(edition: Edition, component: Component) -> Edition:
    """Return an edition in which a component excludes nothing, and nothing has to run beside it or wait for its credits."""

    def alter(each: Component) -> Component:
        beside = _without(each.strict_corequisites, component.code)
        excludes = () if each.code == component.code else tuple(one for one in each.excludes if one != component.code)
        waits = None if component.repeatable else each.after_credits
        if (beside, excludes, waits) == (each.strict_corequisites, each.excludes, each.after_credits):
            return each
        return replace(each, strict_corequisites=beside, excludes=excludes, after_credits=waits)

    altered = tuple(map(alter, edition.components))
    return edition if altered == edition.components else replace(edition, components=altered)


def _without(need: Need, code: str) -> Need:
    return tuple(entry for entry in need if code not in entry)


def _may_start_clock(instance: Instance, learner: str, code: str) -> bool:
    edition = instance.edition_of(learner)
    own = instance.learner[learner].deadline is not None
    waits = edition.window is not None and edition.window.starts == "orientation"
    return waits and not own and code in edition.first_codes


def _without_window(edition: Edition) -> Edition:
    return replace(edition, window=None)


def as_if_first_done(learner: str, entry: tuple[str, ...]) -> Change:
    """Take an entry of `first` as met and nothing else: its components stay among those that come first.

    A time that starts with orientation has not started then, and never ends.
    """
    code = f"instead of {' or '.join(entry)}"

    def alter(edition: Edition) -> Edition:
        stand_in = Component(code=code, title=code, kind="event")
        first = tuple((*each, code) if each == entry else each for each in edition.first)
        return replace(edition, components=(*edition.components, stand_in), first=first)

    def change(instance: Instance) -> Instance:
        eased = with_edition(learner, alter)(instance)
        if any(_may_start_clock(instance, learner, each) for each in entry):
            eased = with_edition(learner, _without_window)(eased)
        row = Record(learner=learner, component=code, status="exempt", note="waived")
        return replace(eased, records=(*eased.records, row))

    return change
