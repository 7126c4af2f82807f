"""Components that are no option for a learner: self-paced ones that only a record opens, which the learner does not have."""

from collections.abc import Collection, Iterator

from models.programme.edition import Component, Edition, Requirement
from models.programme.instance import Instance


def is_closed_to(instance: Instance, learner: str, component: Component) -> bool:
    """Say whether a task requires something that nobody offers and that the learner has not done."""
    if component.kind != "task":
        return False
    done = {each.component for each in instance.initial_state[learner].done}
    return any(not any(_reachable(instance, learner, code, done) for code in entry) for entry in component.requires)


def _reachable(instance: Instance, learner: str, code: str, done: set[str]) -> bool:
    component = instance.component_for(learner, code)
    return code in done or code in instance.offerings_of or (component is not None and component.kind == "task")


def is_told(instance: Instance, learner: str, component: Component) -> bool:
    """Say whether an explanation looks at a component: it can be had, or something that is asked for hangs on it alone."""
    return component.code in instance.once(f"components told to {learner}", lambda: _told(instance, learner))


def left_out(instance: Instance, learner: str) -> tuple[str, ...]:
    """Return the components that would count for a requirement, and that explanations and repairs do not look at."""
    edition = instance.edition_of(learner)
    pools = {code for each in edition.requirements for code in each.pool}
    return tuple(sorted(code for code in pools if not is_told(instance, learner, edition.component[code])))


def _told(instance: Instance, learner: str) -> frozenset[str]:
    edition, open_codes = instance.edition_of(learner), _open_codes(instance, learner)
    told = {each.code for each in edition.components if not is_closed_to(instance, learner, each)}
    told |= {code for each in edition.requirements for code in each.pool if not _is_met_by(edition, each, open_codes)}
    while more := {code for entry in _asked(edition, told) if open_codes.isdisjoint(entry) for code in entry} - told:
        told |= more
    return frozenset(told)


def _asked(edition: Edition, told: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield what comes first and last, and what the components that are told ask for before them or beside them."""
    yield from (*edition.first, *edition.last)
    yield from (entry for each in edition.components if each.code in told for entry in each.needs)


def _open_codes(instance: Instance, learner: str) -> set[str]:
    """Return the components that are done, or that the calendar holds, or tasks that can be started."""
    done = {each.component for each in instance.initial_state[learner].done}
    return {
        each.code
        for each in instance.edition_of(learner).components
        if _reachable(instance, learner, each.code, done) and not is_closed_to(instance, learner, each)
    }


def _is_met_by(edition: Edition, requirement: Requirement, codes: Collection[str]) -> bool:
    """Say whether some components are enough for a requirement, each of them once; of a repeatable one, however often."""
    mine = [edition.component[code] for code in requirement.pool if code in codes]
    worth = sum(each.worth_for(requirement) for each in mine)
    return worth >= requirement.count or any(each.repeatable and each.worth_for(requirement) for each in mine)


def is_missed(instance: Instance, learner: str, code: str) -> bool:
    """Say whether a component has no run at all, and a requirement, or another component that is told, needs one.

    Components of `first` are left out: the sentence that something comes first names them.
    """
    edition, open_codes = instance.edition_of(learner), _open_codes(instance, learner)
    if code in open_codes:
        return False
    if any(code in each.pool and not _is_met_by(edition, each, open_codes) for each in edition.requirements):
        return True
    told = [each for each in edition.components if is_told(instance, learner, each)]
    entries = [*edition.last, *(entry for each in told for entry in each.needs)]
    return any(code in entry and open_codes.isdisjoint(entry) for entry in entries)
