"""Checks that an edition makes sense in itself: its names, its order, its requirements."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from models.programme.edition import Component, Edition, Need, Requirement
from scheduler.files.faults import Fault, Ledger, comma_list, nearest
from scheduler.files.order import cycle
from scheduler.files.yamltext import Document, Path_

Check = Callable[[Edition, Document], Iterator[Fault]]


def check_edition(edition: Edition, document: Document, ledger: Ledger) -> None:
    """Note everything about an edition that cannot be meant."""
    for check in CHECKS:
        for fault in check(edition, document):
            ledger.add(fault)


def _unique(edition: Edition, document: Document) -> Iterator[Fault]:
    lists = (
        ("components", "code", [component.code for component in edition.components]),
        ("requirements", "id", [requirement.id for requirement in edition.requirements]),
        ("fees", "id", [fee.id for fee in edition.fees]),
    )
    for part, key, names in lists:
        for place, name in enumerate(names):
            if name in names[:place]:
                line = document.at(part, names.index(name), key)[0]
                yield document.fault(part, place, key, message=f"{key} stands twice, first in line {line}", read=name)


def _names(edition: Edition, document: Document) -> Iterator[Fault]:
    codes = sorted(edition.component)
    for path, name in _named(edition):
        if name not in edition.component:
            message = "no component of this code in the edition"
            place = _exact(document, path, name)
            near = nearest(name, codes)
            yield document.fault(*place, message=message, read=name, allowed=comma_list(codes, 20), near=near)


def _named(edition: Edition) -> Iterator[tuple[Path_, str]]:
    yield from _in_need(("first",), edition.first)
    yield from _in_need(("last",), edition.last)
    for place, component in enumerate(edition.components):
        where = ("components", place)
        yield from _in_need((*where, "requires"), component.requires)
        yield from _in_need((*where, "corequisites"), component.corequisites)
        yield from _in_need((*where, "strict_corequisites"), component.strict_corequisites)
        yield from (((*where, "excludes"), name) for name in component.excludes)
    pools: list[tuple[str, str, Sequence[Sequence[str]]]] = [
        ("requirements", "from", [requirement.pool for requirement in edition.requirements]),
        ("supply", "of", [promise.of for promise in edition.supply]),
        ("fees", "of", [fee.of for fee in edition.fees]),
    ]
    for part, key, lists in pools:
        for place, names in enumerate(lists):
            yield from (((part, place, key), name) for name in names)


def _in_need(path: Path_, need: Need) -> Iterator[tuple[Path_, str]]:
    return ((path, name) for entry in need for name in entry)


def _exact(document: Document, path: Path_, name: str) -> Path_:
    """Return the place of a name somewhere below a path."""
    below = (place for place in document.values if place[: len(path)] == path)
    return next((place for place in below if document.value(place) == name), path)


def _order(edition: Edition, document: Document) -> Iterator[Fault]:
    both = sorted(edition.first_codes & edition.last_codes)
    for code in both:
        yield document.fault("last", message="this stands in `first` and in `last`", read=code)
    known = edition.component
    needs = {
        code: component.requires + (() if code in edition.first_codes else edition.first)
        for code, component in known.items()
    }
    found = cycle(needs)
    if found:
        own = {code: {name for entry in component.requires for name in entry} for code, component in known.items()}
        words = _starting_with_own(found, own)
        place = edition.position[words[0]]
        read = " -> ".join(words)
        message = "components need each other in a circle"
        yield document.fault("components", place, "requires", message=message, read=read)


def _starting_with_own(found: list[str], own: Mapping[str, set[str]]) -> list[str]:
    """Turn a circle so that its first step is one that a component itself states, not one that `first` implies."""
    turns = [found[place:-1] + found[: place + 1] for place in range(len(found) - 1)]
    return next((turn for turn in turns if turn[1] in own[turn[0]]), found)


def _kinds(edition: Edition, document: Document) -> Iterator[Fault]:
    for place, component in enumerate(edition.components):
        where = ("components", place)
        if component.kind == "task" and component.repeatable:
            message = "a task cannot be repeatable"
            yield document.fault(*where, "repeatable", message=message, read="true", allowed="false for a task")
        if component.kind != "task" and component.days is not None:
            message = f"only a task has days; the offerings of a {component.kind} say theirs"
            yield document.fault(*where, "days", message=message, read=str(component.days))
        if component.kind == "task" and component.roles:
            yield document.fault(
                *where, "roles", message="a task has no roles: nobody meets there", read=component.code
            )


def _requirements(edition: Edition, document: Document) -> Iterator[Fault]:
    for place, requirement in enumerate(edition.requirements):
        where = ("requirements", place)
        pool = [edition.component[code] for code in requirement.pool if code in edition.component]
        size = len(set(requirement.pool))
        if size < len(requirement.pool):
            yield document.fault(*where, "from", message="a component stands twice", read=comma_list(requirement.pool))
        yield from _amount(edition, requirement, document, where)
        if requirement.role is not None and requirement.role not in _roles(pool):
            roles = sorted(_roles(edition.components))
            message = "no component of `from` has this role"
            near = nearest(requirement.role, roles)
            yield document.fault(
                *where, "role", message=message, read=requirement.role, allowed=comma_list(roles), near=near
            )


def _amount(edition: Edition, requirement: Requirement, document: Document, where: Path_) -> Iterator[Fault]:
    """Check that a requirement says how much, in one way, and no more than there is."""
    row = document.value(where)
    stated = [key for key in ("count", "credits") if isinstance(row, dict) and row.get(key) is not None]
    if len(stated) != 1:
        message = "a requirement says either `count` or `credits`"
        yield document.fault(*where, *stated[1:], message=message, allowed="one of count, credits")
        return
    pool = [edition.component[code] for code in dict.fromkeys(requirement.pool) if code in edition.component]
    most = sum(component.worth_for(requirement) for component in pool)
    known = len(pool) == len(set(requirement.pool))
    if known and most < requirement.count and not any(component.repeatable for component in pool):
        message = f"more are asked for than the {requirement.amount(most)} in `from`"
        allowed = f"at most {most}, unless one of them is repeatable"
        yield document.fault(*where, stated[0], message=message, read=str(requirement.count), allowed=allowed)
    ids = [each.id for each in edition.requirements if each.id != requirement.id]
    for name in requirement.apart_from:
        if name not in ids:
            message, near = "no other requirement of this id", nearest(name, ids)
            yield document.fault(*where, "apart_from", message=message, read=name, allowed=comma_list(ids), near=near)


def _roles(components: Iterable[Component]) -> set[str]:
    return {role for component in components for role, _ in component.roles}


def _clock(edition: Edition, document: Document) -> Iterator[Fault]:
    if edition.window is not None and edition.window.starts == "orientation" and not edition.first:
        message = "the clock starts with `first`, but `first` is empty"
        yield document.fault(
            "window", "starts", message=message, read="orientation", allowed="enrolment, first-component"
        )


def _window(edition: Edition, document: Document) -> Iterator[Fault]:
    window = edition.window
    if window is not None and sum(each > 0 for each in (window.years, window.months, window.days)) != 1:
        message = "a window is stated in one of `years`, `months` or `days`"
        yield document.fault("window", message=message, allowed="one of years, months, days")


def _company(edition: Edition, document: Document) -> Iterator[Fault]:
    """Check what components say of each other beyond what they require."""
    for place, component in enumerate(edition.components):
        where = ("components", place)
        for key, need in (
            ("corequisites", component.corequisites),
            ("strict_corequisites", component.strict_corequisites),
            ("excludes", (component.excludes,)),
        ):
            if any(component.code in entry for entry in need):
                yield document.fault(*where, key, message="a component cannot name itself here", read=component.code)
        required = sorted({code for entry in component.requires for code in entry})
        for code, _ in component.days_after:
            if code not in required:
                message = "days can be asked for only after what the component requires"
                allowed = comma_list(required) if required else "nothing is required here"
                yield document.fault(*where, "days_after", code, message=message, read=code, allowed=allowed)
        for name, _ in component.credits:
            ids = [each.id for each in edition.requirements]
            if name and name not in ids:
                message, near = "no requirement of this id", nearest(name, ids)
                yield document.fault(*where, "credits", message=message, read=name, allowed=comma_list(ids), near=near)


def _between(edition: Edition, document: Document) -> Iterator[Fault]:
    names = [*("course", "workshop", "event", "task"), *sorted(edition.component)]
    for name, _ in edition.days_between:
        if name not in names:
            message, near = "neither a kind nor a component of the edition", nearest(name, names)
            yield document.fault("days_between", message=message, read=name, allowed=comma_list(names, 20), near=near)


def _supply(edition: Edition, document: Document) -> Iterator[Fault]:
    for place, promise in enumerate(edition.supply):
        counted = promise.count is not None and promise.per is not None
        partly = (promise.count is None) != (promise.per is None)
        if partly or counted == (promise.every_months is not None):
            message = "a promise says either `count` and `per`, or `every_months`"
            yield document.fault("supply", place, message=message)


CHECKS: tuple[Check, ...] = (
    _unique,
    _names,
    _order,
    _kinds,
    _requirements,
    _clock,
    _window,
    _company,
    _between,
    _supply,
)
