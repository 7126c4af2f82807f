"""Changes of every edition of an instance, each a function Instance -> Instance: how else the rules can be read."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from models.changes.calendar import with_calendar
from models.changes.change import Change
from models.programme.edition import Clock, Component, Edition, Gate, Requirement, Window
from models.programme.instance import Instance
from models.programme.offering import Offering

READING = "reading"
"""The source of what an edition's documents leave open and we had to decide."""


def in_every_edition(alter: Callable[[Edition], Edition]) -> Change:
    """Alter each edition."""
    return lambda instance: replace(instance, editions={name: alter(each) for name, each in instance.editions.items()})


def all_under(edition: Edition) -> Change:
    """Put every learner under one edition, which need not be among those of the instance."""

    def change(instance: Instance) -> Instance:
        editions = dict(sorted({**instance.editions, edition.id: edition}.items()))
        learners = tuple(replace(learner, edition=edition.id) for learner in instance.learners)
        return replace(instance, editions=editions, edition=edition.id, learners=learners)

    return change


def with_requirement(requirement: str, alter: Callable[[Requirement], Requirement]) -> Change:
    """Alter the requirement of an id wherever an edition has it."""
    return in_every_edition(
        lambda edition: replace(
            edition,
            requirements=tuple(alter(each) if each.id == requirement else each for each in edition.requirements),
        )
    )


def with_count(requirement: str, count: int) -> Change:
    """Ask for so many."""
    return with_requirement(requirement, lambda each: replace(each, count=count))


def with_least_minutes(requirement: str, minutes: int | None) -> Change:
    """Count only what was attended for so long; None = whatever its length."""
    return with_requirement(requirement, lambda each: replace(each, min_minutes=minutes))


def with_clock(starts: Clock) -> Change:
    """Start the clock of each window on the day that `starts` names; where no window is stated, there is none."""

    def alter(edition: Edition) -> Edition:
        window = edition.window
        return edition if window is None else replace(edition, window=replace(window, starts=starts, reading=None))

    return in_every_edition(alter)


def with_unstated_window(years: int | None) -> Change:
    """Let so many years from enrolment be the window where no document states one; None = no limit there."""

    def alter(edition: Edition) -> Edition:
        if edition.window is not None and edition.window.source not in {None, READING}:
            return edition
        window = None if years is None else Window(years=years, starts="enrolment", source=READING)
        return replace(edition, window=window)

    return in_every_edition(alter)


def with_gate(gate: Gate) -> Change:
    """Ask for prerequisites by the first session, or already when registration closes."""
    return in_every_edition(lambda edition: replace(edition, gate=gate))


def needing(codes: Iterable[str], before: str) -> Change:
    """Ask for a component before some others, in each edition that has both."""
    named = frozenset(codes)

    def alter(edition: Edition) -> Edition:
        if before not in edition.component:
            return edition
        return replace(
            edition,
            components=tuple(_needing(each, before) if each.code in named else each for each in edition.components),
        )

    return in_every_edition(alter)


def _needing(component: Component, before: str) -> Component:
    others = tuple(entry for entry in component.requires if entry != (before,))
    return replace(component, requires=(*others, (before,)))


def not_needing(codes: Iterable[str]) -> Change:
    """Ask for nothing before some components, in each edition where no document says what comes before them."""
    named = frozenset(codes)

    def alter(edition: Edition) -> Edition:
        return replace(edition, components=tuple(_free(edition, each, named) for each in edition.components))

    return in_every_edition(alter)


def _free(edition: Edition, component: Component, named: frozenset[str]) -> Component:
    unstated = edition.source_of(f"components.{component.code}.requires") == READING
    return replace(component, requires=()) if unstated and component.code in named else component


def with_role_places(component: str, role: str, places: int) -> Change:
    """Give each coming offering of a component so many places in a role, never fewer than are held."""

    def change(instance: Instance) -> Instance:
        return with_calendar(instance, [_placed(instance, run, component, role, places) for run in instance.offerings])

    return change


def _placed(instance: Instance, run: Offering, component: str, role: str, places: int) -> Offering:
    if run.component != component or run.start <= instance.as_of:
        return run
    held = instance.roles_standing.get((run.id, role), 0)
    return replace(run, roles=tuple((name, max(places, held) if name == role else many) for name, many in run.roles))
