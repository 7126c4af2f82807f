"""Turns the shape of an edition file into an Edition, with the source of every value."""

from collections.abc import Iterator
from typing import TypeVar

from models.programme.edition import Component, Edition, Fee, Need, Promise, Requirement, Window
from scheduler.files.shapes import (
    ComponentShape,
    EditionShape,
    FeeShape,
    PromiseShape,
    RequirementShape,
    Sourced,
    Stated,
    WindowShape,
    source,
    without_source,
)

T = TypeVar("T")
TOP = ("window", "gate", "first", "last", "max_workshops_per_month", "days_between")
NOT_VALUES = {"code", "id", "source"}


def edition_from(shape: EditionShape) -> Edition:
    """Return the edition that a file states."""
    return Edition(
        id=shape.id,
        title=shape.title,
        window=None if shape.window is None else _window(shape.window),
        gate=without_source(shape.gate),
        first=_need(shape.first),
        last=_need(shape.last),
        components=tuple(_component(entry) for entry in shape.components),
        requirements=tuple(_requirement(entry) for entry in shape.requirements or ()),
        supply=tuple(_promise(entry) for entry in shape.supply or ()),
        fees=tuple(_fee(entry) for entry in shape.fees or ()),
        sources=dict(_sources(shape)),
        documents=dict(sorted((shape.sources or {}).items())),
        synthetic=shape.synthetic or False,
        max_workshops_per_month=without_source(shape.max_workshops_per_month),
        days_between=tuple(sorted((without_source(shape.days_between) or {}).items())),
    )


def _window(shape: WindowShape) -> Window:
    return Window(
        years=shape.years or 0,
        months=shape.months or 0,
        days=shape.days or 0,
        starts=shape.starts,
        source=shape.source,
        reading=shape.reading,
    )


def _need(stated: Stated[list[str | list[str]]] | None) -> Need:
    entries = without_source(stated) or []
    return tuple((entry,) if isinstance(entry, str) else tuple(entry) for entry in entries)


def _component(shape: ComponentShape) -> Component:
    return Component(
        code=shape.code,
        title=shape.title,
        kind=shape.kind,
        seats=without_source(shape.seats),
        requires=_need(shape.requires),
        repeatable=without_source(shape.repeatable) or False,
        roles=tuple(sorted((without_source(shape.roles) or {}).items())),
        days=without_source(shape.days),
        absences=without_source(shape.absences) or 0,
        corequisites=_need(shape.corequisites),
        strict_corequisites=_need(shape.strict_corequisites),
        excludes=() if shape.excludes is None else tuple(_names(shape.excludes)),
        days_after=tuple(sorted((without_source(shape.days_after) or {}).items())),
        after_credits=without_source(shape.after_credits),
        credits=_credits(without_source(shape.credits)),
        trainers=without_source(shape.trainers),
        valid_years=without_source(shape.valid_years),
    )


def _credits(stated: object) -> tuple[tuple[str, int], ...]:
    if isinstance(stated, int):
        return (("", stated),)
    return tuple(sorted(stated.items())) if isinstance(stated, dict) else ()


def _requirement(shape: RequirementShape) -> Requirement:
    asked = shape.count if shape.credits is None else shape.credits
    return Requirement(
        id=shape.id,
        title=shape.title,
        count=without_source(asked) or 0,
        pool=tuple(_names(shape.pool)),
        role=without_source(shape.role),
        min_minutes=without_source(shape.min_minutes),
        in_credits=shape.count is None,
        within_months=without_source(shape.within_months),
        apart_from=() if shape.apart_from is None else tuple(_names(shape.apart_from)),
        source=shape.source or source(asked) or source(shape.pool),
    )


def _promise(shape: PromiseShape) -> Promise:
    return Promise(
        of=tuple(_names(shape.of)),
        count=without_source(shape.count),
        per=shape.per,
        every_months=without_source(shape.every_months),
        source=shape.source or source(shape.of) or source(shape.count) or source(shape.every_months),
    )


def _fee(shape: FeeShape) -> Fee:
    return Fee(
        id=shape.id,
        title=shape.title,
        amount=without_source(shape.amount),
        currency=shape.currency,
        of=() if shape.of is None else tuple(_names(shape.of)),
        beyond=without_source(shape.beyond),
        source=shape.source or source(shape.amount) or source(shape.of) or source(shape.beyond),
    )


def _sure(stated: Stated[T]) -> T:
    return stated.value if isinstance(stated, Sourced) else stated


def _names(stated: Stated[list[str]]) -> list[str]:
    return _sure(stated)


def _sources(shape: EditionShape) -> Iterator[tuple[str, str]]:
    """Give every dotted path with its document; an entry's own source stands for those of its values that name none."""
    for name in TOP:
        value = getattr(shape, name)
        stated = value.source if isinstance(value, WindowShape) else source(value)
        if stated:
            yield name, stated
    for component in shape.components:
        yield from _entry_sources(f"components.{component.code}", component)
    for requirement in shape.requirements or ():
        yield from _entry_sources(f"requirements.{requirement.id}", requirement)
    for fee in shape.fees or ():
        yield from _entry_sources(f"fees.{fee.id}", fee)


def _entry_sources(path: str, shape: ComponentShape | RequirementShape | FeeShape) -> Iterator[tuple[str, str]]:
    if shape.source:
        yield path, shape.source
    for name in sorted(shape.model_fields_set - NOT_VALUES):
        value = getattr(shape, name)
        stated = source(value) or shape.source
        if stated and value is not None:
            yield f"{path}.{'from' if name == 'pool' else name}", stated
