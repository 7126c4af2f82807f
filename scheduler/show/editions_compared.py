"""The differences of two editions, value by value, each with its source; what one of them leaves out is unspecified."""

from collections.abc import Iterator, Sequence

from models.programme.edition import Component, Edition, Fee, Need, Promise, Requirement
from models.programme.words import listed, plural
from scheduler.show.screen import Screen

UNSPECIFIED = "unspecified"
Key = tuple[str, str]
"""What is stated, and of what."""

Stated = tuple[str, str | None]
"""A value, and the document that states it."""

NOTHING: Stated = (UNSPECIFIED, None)


def differences(one: Edition, other: Edition) -> list[tuple[str, str, str]]:
    """Return (what, value in the one, value in the other) wherever the two differ; equal differences are told together."""
    first, second = stated_in(one), stated_in(other)
    grouped: dict[tuple[str, Stated, Stated], list[str]] = {}
    for what, subject in dict.fromkeys([*first, *second]):
        left, right = first.get((what, subject), NOTHING), second.get((what, subject), NOTHING)
        if left[0] != right[0]:
            grouped.setdefault((what, left, right), []).append(subject)
    return [(_subject(what, names), _shown(left), _shown(right)) for (what, left, right), names in grouped.items()]


def _subject(what: str, subjects: Sequence[str]) -> str:
    names = ", ".join(subject for subject in subjects if subject)
    return f"{what}: {names}" if names else what


def _shown(stated: Stated) -> str:
    value, source = stated
    return f"{value} [{source}]" if source else value


def stated_in(edition: Edition) -> dict[Key, Stated]:
    """Return everything that an edition states."""
    return {(what, subject): (value, source) for what, subject, value, source in _stated(edition) if value}


def _stated(edition: Edition) -> Iterator[tuple[str, str, str | None, str | None]]:
    window = edition.window
    if window:
        words = f"{window.span} from {window.reading or window.starts}"
        yield "time limit", "", words, window.source
    yield "elective gate", "", edition.gate, edition.source_of("gate")
    for what, need, name in (("before", edition.first, "first"), ("after", edition.last, "last")):
        source = edition.source_of(name)
        yield f"{what} everything else", "", _need(need) or (source and "nothing"), source
    for requirement in edition.requirements:
        yield from _of_requirement(edition, requirement)
    for component in edition.components:
        yield from _of_component(edition, component)
    for promise in edition.supply:
        yield from _of_promise(promise)
    for fee in edition.fees:
        yield "fee", fee.id, _fee(fee), fee.source


def _of_requirement(edition: Edition, stated: Requirement) -> Iterator[tuple[str, str, str | None, str | None]]:
    def source(name: str) -> str | None:
        return edition.source_of(f"requirements.{stated.id}.{name}") or stated.source

    yield "required", stated.id, f"{stated.title}: {stated.amount(stated.count)}", source("count")
    yield "out of", stated.id, ", ".join(stated.pool), source("from")
    yield "in the role", stated.id, stated.role, source("role")
    yield "minutes at least", stated.id, str(stated.min_minutes or ""), source("min_minutes")
    yield "within months", stated.id, str(stated.within_months or ""), source("within_months")
    yield "apart from", stated.id, ", ".join(stated.apart_from), source("apart_from")


def _of_component(edition: Edition, stated: Component) -> Iterator[tuple[str, str, str | None, str | None]]:
    def source(name: str) -> str | None:
        path = f"components.{stated.code}"
        return edition.source_of(f"{path}.{name}") or edition.source_of(path)

    yield "component", stated.code, f"{stated.title} ({stated.kind})", source("title")
    yield "seats", stated.code, str(stated.seats or ""), source("seats")
    yield "needs first", stated.code, _need(stated.requires), source("requires")
    yield "roles", stated.code, ", ".join(f"{role}: {places}" for role, places in stated.roles), source("roles")
    yield "days", stated.code, str(stated.days or ""), source("days")
    yield "absences allowed", stated.code, str(stated.absences or ""), source("absences")
    yield "may be repeated", stated.code, "yes" if stated.repeatable else None, source("repeatable")


def _of_promise(promise: Promise) -> Iterator[tuple[str, str, str | None, str | None]]:
    for code in promise.of:
        if promise.every_months:
            yield "promised cadence", code, f"one every {plural(promise.every_months, 'month')}", promise.source
        if promise.count:
            per = (promise.per or "window").replace("-", " ")
            yield "promised supply", code, f"at least {promise.count} in each {per}", promise.source


def _fee(fee: Fee) -> str:
    amount = "amount not stated" if fee.amount is None else f"{fee.amount} {fee.currency or ''}".strip()
    return f"{fee.title}: {amount}"


def _need(need: Need) -> str | None:
    return listed([listed(entry, "or") for entry in need]) or None


def show_differences(screen: Screen, one: Edition, other: Edition) -> None:
    """Write the differences of two editions as a table, with the documents that state them."""
    found = differences(one, other)
    if not found:
        screen.line(f"{one.id} and {other.id} state the same.")
        return
    screen.table(found, ("What", one.id, other.id), indent=0)
    screen.line()
    screen.table(sorted({**one.documents, **other.documents}.items()), whole=(0,), indent=0)


def show_list(screen: Screen, editions: Sequence[Edition]) -> None:
    """Write all editions with their documents."""
    for number, edition in enumerate(editions):
        if number:
            screen.line()
        screen.line(f"{edition.id}: {edition.title}", style="bold")
        screen.table(list(edition.documents.items()), whole=(0,))
