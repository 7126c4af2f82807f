"""The shapes of `instance.yaml` and of an edition, where a value may be written `{value: …, source: S003}`."""

from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from scheduler.files.cells import Clock, Day, Id, Zone

T = TypeVar("T")
Text = Annotated[str, Field(min_length=1)]
Positive = Annotated[int, Field(ge=1, le=1_000_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


def _written_as(value: object) -> str:
    return (
        "sourced" if isinstance(value, dict | Sourced) and (isinstance(value, Sourced) or "value" in value) else "plain"
    )


def _alternatives_as(value: object) -> str:
    return "any" if isinstance(value, list) else "one"


class Shape(BaseModel):
    """A mapping in a file: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Sourced(Shape, Generic[T]):
    """A value with the short name of the document that states it."""

    value: T
    source: Text


if TYPE_CHECKING:
    Stated: TypeAlias = T | Sourced[T]
else:

    class Stated:
        """A value, or the value with its source; an alias cannot do this: typing puts no type into a pydantic model."""

        def __class_getitem__(cls, kind: object) -> object:
            """Return the union of the two ways to write a value of this kind."""
            return Annotated[
                Annotated[kind, Tag("plain")] | Annotated[Sourced[kind], Tag("sourced")], Discriminator(_written_as)
            ]


Need = list[
    Annotated[
        Annotated[Id, Tag("one")] | Annotated[Annotated[list[Id], Field(min_length=1)], Tag("any")],
        Discriminator(_alternatives_as),
    ]
]
"""An AND of entries; an entry that is itself a list is an OR."""

Pool = Annotated[list[Id], Field(min_length=1)]


class WindowShape(Shape):
    """The time limit: `years`, `months` or `days` from the day that `starts` names; `reading` = the clock in words."""

    years: Annotated[int, Field(ge=1, le=50)] | None = None
    months: Annotated[int, Field(ge=1, le=600)] | None = None
    days: Annotated[int, Field(ge=1, le=18_300)] | None = None
    starts: Literal["enrolment", "orientation", "first-component"]
    source: Text | None = None
    reading: Text | None = None


class ComponentShape(Shape):
    """One thing a learner can do; `source` stands for every value that names none of its own."""

    code: Id
    title: Text
    kind: Literal["course", "workshop", "event", "task"]
    seats: Stated[Positive] | None = None
    requires: Stated[Need] | None = None
    repeatable: Stated[bool] | None = None
    roles: Stated[dict[Id, Positive]] | None = None
    days: Stated[Positive] | None = None
    absences: Stated[Count] | None = None
    corequisites: Stated[Need] | None = None
    strict_corequisites: Stated[Need] | None = None
    excludes: Stated[Pool] | None = None
    days_after: Stated[dict[Id, Count]] | None = None
    after_credits: Stated[Positive] | None = None
    credits: Stated[Count | dict[Id, Count]] | None = None
    trainers: Stated[Positive] | None = None
    valid_years: Stated[Annotated[int, Field(ge=1, le=50)]] | None = None
    source: Text | None = None


class RequirementShape(Shape):
    """`count` distinct components, or `credits`, out of `from`, perhaps in a `role`, perhaps only if attended for `min_minutes`.

    `within_months` = only what ended in so many months up to graduation counts; `apart_from` = requirements for which nothing
    counts that counts here.
    """

    id: Id
    title: Text
    count: Stated[Positive] | None = None
    credits: Stated[Positive] | None = None
    pool: Annotated[Stated[Pool], Field(alias="from")]
    role: Stated[Id] | None = None
    min_minutes: Stated[Positive] | None = None
    within_months: Stated[Annotated[int, Field(ge=1, le=600)]] | None = None
    apart_from: Stated[Pool] | None = None
    source: Text | None = None


class PromiseShape(Shape):
    """A promise about the calendar: `count` offerings of each of `of` per `per`, or one every so many months."""

    of: Stated[Pool]
    count: Stated[Positive] | None = None
    per: Literal["calendar-year", "window"] | None = None
    every_months: Stated[Positive] | None = None
    source: Text | None = None


class FeeShape(Shape):
    """A fee; without `amount` it is not stated; `beyond` = only for components of `of` after so many are taken."""

    id: Id
    title: Text
    amount: Stated[Count] | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    of: Stated[Pool] | None = None
    beyond: Stated[Count] | None = None
    source: Text | None = None


class EditionShape(Shape):
    """An edition file. What is absent or null is unspecified; `sources` holds the documents' titles by short name."""

    format: Literal[1]
    id: Id
    title: Text
    window: WindowShape | None = None
    gate: Stated[Literal["first-session", "registration"]] | None = None
    first: Stated[Need] | None = None
    last: Stated[Need] | None = None
    components: Annotated[list[ComponentShape], Field(min_length=1)]
    requirements: list[RequirementShape] | None = None
    supply: list[PromiseShape] | None = None
    fees: list[FeeShape] | None = None
    sources: dict[str, str] | None = None
    synthetic: bool | None = None
    max_workshops_per_month: Stated[Positive] | None = None
    days_between: Stated[dict[Id, Positive]] | None = None


class SlotsShape(Shape):
    """Where a repeat, or an offering of the year, may be held; `starts` are local times of day."""

    first: Day
    last: Day
    weekdays: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1)]
    starts: Annotated[list[Clock], Field(min_length=1)]
    notice_days: Count | None = None
    holidays: Text | list[Text] | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None


class YearShape(Shape):
    """The year that `scheduler calendar` plans: what may be added starts from `first` to `last`."""

    first: Day
    last: Day
    most: dict[Id, Count] | None = None
    notice_days: Count | None = None
    holidays: Text | list[Text] | None = None
    timezone: Zone | None = None
    then: Literal["repeats", "nothing"] | None = None


class InstanceShape(Shape):
    """`instance.yaml`: which edition, which planning day, which zone."""

    format: Literal[1]
    id: Id
    title: Text
    edition: Text
    as_of: Day
    timezone: Zone
    synthetic: bool | None = None
    dates: Literal["day-first", "month-first"] | None = None
    own_columns: list[Text] | None = None
    candidates: SlotsShape | None = None
    year: YearShape | None = None


def without_source(value: T | Sourced[T] | None) -> T | None:
    """Return the value without its source."""
    return value.value if isinstance(value, Sourced) else value


def source(value: object) -> str | None:
    """Return the source that a value itself names, or None."""
    return value.source if isinstance(value, Sourced) else None
