"""Changes of the rules of editions, each a function Instance -> Instance; without an edition named, all that it fits."""

from collections.abc import Callable
from dataclasses import replace

from models.changes.calendar import UnknownNameError
from models.changes.change import Change
from models.programme.edition import Component, Edition, Gate, Requirement, Window
from models.programme.instance import Instance

Fits = Callable[[Edition], bool]


def under(edition: str) -> Change:
    """Put every learner under one edition."""

    def change(instance: Instance) -> Instance:
        _refuse_unknown(instance, edition)
        learners = tuple(replace(each, edition=edition) for each in instance.learners)
        return replace(instance, edition=edition, learners=learners)

    return change


def altered_editions(edition: str | None, alter: Callable[[Edition], Edition]) -> Change:
    """Alter one edition, or all."""

    def change(instance: Instance) -> Instance:
        if edition is not None:
            _refuse_unknown(instance, edition)
        names = instance.editions if edition is None else (edition,)
        new = {name: alter(instance.editions[name]) for name in names}
        return replace(instance, editions={**instance.editions, **new})

    return change


def with_window(years: int | None, edition: str | None = None) -> Change:
    """Give a time limit of so many years (its clock starts as before, or with enrolment); None = no limit."""

    def alter(each: Edition) -> Edition:
        if years is None:
            return replace(each, window=None)
        old = each.window
        return replace(each, window=replace(old, years=years) if old else Window(years=years, starts="enrolment"))

    return altered_editions(edition, alter)


def with_gate(gate: Gate, edition: str | None = None) -> Change:
    """Ask that prerequisites end before the first session, or before registration closes."""
    return altered_editions(edition, lambda each: replace(each, gate=gate))


def waived(requirement: str, edition: str | None = None) -> Change:
    """Ask no longer for one requirement."""
    return _in_those_with(
        requirement,
        edition,
        lambda each: replace(each, requirements=tuple(one for one in each.requirements if one.id != requirement)),
    )


def with_count(requirement: str, count: int, edition: str | None = None) -> Change:
    """Ask for so many of one requirement."""

    def alter(each: Edition) -> Edition:
        rows = tuple(replace(one, count=count) if one.id == requirement else one for one in each.requirements)
        return replace(each, requirements=rows)

    return _in_those_with(requirement, edition, alter)


def with_requirement(requirement: Requirement, edition: str) -> Change:
    """Ask for one thing more."""
    return altered_editions(edition, lambda each: replace(each, requirements=(*each.requirements, requirement)))


def with_absences(code: str, absences: int, edition: str | None = None) -> Change:
    """Let so many sessions of a component be missed."""
    return _of_component(code, edition, lambda each: replace(each, absences=absences))


def without_prerequisites(code: str, edition: str | None = None) -> Change:
    """Ask for nothing before a component."""
    return _of_component(code, edition, lambda each: replace(each, requires=()))


def _of_component(code: str, edition: str | None, alter: Callable[[Component], Component]) -> Change:
    def altered(each: Edition) -> Edition:
        return replace(each, components=tuple(alter(one) if one.code == code else one for one in each.components))

    def change(instance: Instance) -> Instance:
        known = sorted({name for each in instance.editions.values() for name in each.component})
        if code not in known:
            raise UnknownNameError("component", code, tuple(known))
        return altered_editions(edition, altered)(instance)

    return change


def _in_those_with(requirement: str, edition: str | None, alter: Callable[[Edition], Edition]) -> Change:
    """Alter the editions that have a requirement; raise UnknownNameError where none of those meant has it."""

    def change(instance: Instance) -> Instance:
        meant = [each for name, each in sorted(instance.editions.items()) if edition in {None, name}]
        known = {one.id for each in meant for one in each.requirements}
        if requirement not in known:
            raise UnknownNameError("requirement", requirement, tuple(sorted(known)))
        return altered_editions(edition, alter)(instance)

    return change


def _refuse_unknown(instance: Instance, edition: str) -> None:
    if edition not in instance.editions:
        raise UnknownNameError("edition", edition, tuple(sorted(instance.editions)))
