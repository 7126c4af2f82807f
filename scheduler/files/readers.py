"""What a column of a table takes: the function that reads its cells, or the words of which it takes one."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator

from scheduler.files import cells

DAYS = (cells.day, cells.day_or_moment, cells.moment)
LISTS = (cells.clocks, cells.codes, cells.weekdays, cells.places)


def reader_of(annotation: Any, metadata: Sequence[Any] = ()) -> object:  # noqa: ANN401 - a type as pydantic keeps it
    """Return the function that reads a cell of this type, where there is one of ours."""
    for each in metadata:
        if isinstance(each, BeforeValidator):
            return each.func
    if get_origin(annotation) is Annotated:
        inner, *rest = get_args(annotation)
        return reader_of(inner, rest)
    found = (reader_of(part) for part in get_args(annotation))
    return next((reader for reader in found if reader is not None), None)


def words_of(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type as pydantic keeps it
    """Return the words of which a column takes one, in the order of its type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(word for part in get_args(annotation) for word in words_of(part))
