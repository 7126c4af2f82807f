"""The tables of an answer as a workbook takes them: titles that a sheet can have, headers in words, real days and numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from models.programme.words import listed
from scheduler.files.sheets import Value

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.show.flat import Row

LONGEST_TITLE = 31
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+|-?[0-9]{1,12}")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTable:
    """A table: its title, its headers, and rows of that width; None = nothing is known."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value | None]]


def of_frame(title: str, frame: "pd.DataFrame") -> BookTable:
    """Return a data frame as a table; where all times are midnight, its days are days."""
    columns = [_of_series(frame[name].tolist()) for name in frame.columns]
    return BookTable(
        title=title, head=[in_words(str(name)) for name in frame.columns], rows=list(zip(*columns, strict=True))
    )


def _of_series(values: Sequence[object]) -> list[Value | None]:
    import pandas as pd

    found = [None if pd.isna(value) else _plain(value) for value in values]  # type: ignore[call-overload]
    moments = [value for value in found if isinstance(value, datetime)]
    if all(value.time() == time() for value in moments):
        return [value.date() if isinstance(value, datetime) else value for value in found]
    return list(found)


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return datetime.fromisoformat(value.isoformat())
    return value if isinstance(value, int | float | date) else str(value)


def of_rows(title: str, rows: "Sequence[Row]", columns: Sequence[str]) -> BookTable:
    """Return flat rows as a table."""
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    return BookTable(title=title, head=[in_words(name) for name in columns], rows=cells)


def _cell(value: object) -> Value | None:
    if isinstance(value, tuple):
        return listed(value) or None
    return None if value is None else _plain(value)


def of_texts(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> BookTable:
    """Return a table of a screen; what is written as a day or a whole number is one."""
    width = max(map(len, rows), default=0)
    names = list(head) or [""] * width
    return BookTable(title=title, head=names, rows=[[_read(text) for text in row] for row in rows])


def _read(text: str) -> Value | None:
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _NUMBER.fullmatch(text):
        return int(text.replace(",", ""))
    return None if text in {"", "-"} else text


def in_words(name: str) -> str:
    """Return a column's name as a header for readers: `days_lost` is `Days lost`."""
    words = name.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def titles_of(tables: Sequence[BookTable], taken: Sequence[str]) -> list[str]:
    """Return a title for each table's sheet: short, without what no title may hold, each only once."""
    found: Mapping[str, None] = dict.fromkeys(title.casefold() for title in taken)
    titles = []
    used = dict(found)
    for table in tables:
        words = _FORBIDDEN.sub(" ", re.split(r"[:,(]", table.title)[0]).strip() or "BookTable"
        short = (
            words
            if len(words) <= LONGEST_TITLE - 3
            else words[: LONGEST_TITLE - 2].rsplit(" ", 1)[0][: LONGEST_TITLE - 3]
        )
        title, number = short, 1
        while title.casefold() in used:
            number += 1
            title = f"{short} {number}"
        used[title.casefold()] = None
        titles.append(title)
    return titles
