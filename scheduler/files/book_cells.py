"""Cells of a workbook and the texts of the format, each as the other: real days, times and numbers, nothing lost."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import BaseModel

from scheduler.files import cells
from scheduler.files.readers import LISTS, reader_of

Kind = Literal["text", "day", "moment", "either", "clock", "month", "whole", "decimal"]
"""What a column holds, as far as a spreadsheet program has a kind of cell for it; `either` = a day or a date-time."""

Value = str | int | float | date | datetime | time
FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "either": "yyyy-mm-dd",
    "clock": "hh:mm",
    "month": "yyyy-mm",
    "whole": "0",
    "decimal": "General",
}
_KINDS: Mapping[object, Kind] = {
    cells.day: "day",
    cells.moment: "moment",
    cells.day_or_moment: "either",
    cells.clock: "clock",
    cells.month: "month",
    cells.hours: "decimal",
}
LARGEST = 10**15
"""Whole numbers from here on are no longer exact in a spreadsheet program."""
FIRST_YEAR = 1901
"""Before, spreadsheet programs do not agree on the day."""
_MIDNIGHT = time()
_HALF_A_SECOND = timedelta(microseconds=500_000)


def kinds_of(row: type[BaseModel]) -> dict[str, Kind]:
    """Return what each column of a table holds."""
    return {name: _kind(reader_of(field.annotation, field.metadata)) for name, field in row.model_fields.items()}


def _kind(reader: object) -> Kind:
    if reader is None or reader in LISTS:
        return "text"
    return _KINDS.get(reader, "whole")


def value_of(text: str, kind: Kind) -> Value:
    """Return what is put into a cell; the text itself wherever the cell would not be read as the same text again."""
    if kind == "text":
        return text
    try:
        value = _valued(text, kind)
    except ValueError:
        return text
    kept = not isinstance(value, date) or value.year >= FIRST_YEAR
    return value if kept and text_of(value, format_of(value, kind), kind) == text else text


def format_of(value: Value, kind: Kind) -> str:
    """Return the number format of a cell; a text is kept as text when somebody edits it."""
    if isinstance(value, str):
        return FORMATS["text"]
    return FORMATS["moment" if kind == "either" and isinstance(value, datetime) else kind]


def _valued(text: str, kind: Kind) -> Value:
    if kind == "whole":
        return int(text) if abs(int(text)) < LARGEST else text
    if kind == "decimal":
        return float(text) if math.isfinite(float(text)) else text
    if kind == "clock":
        return time.fromisoformat(text)
    if kind == "month":
        return date.fromisoformat(f"{text}-01")
    return datetime.fromisoformat(text) if kind in {"moment", "either"} and ":" in text else date.fromisoformat(text)


def text_of(value: object, number_format: str = "", kind: Kind = "text") -> str:
    """Return a cell's value as the text of the format; `number_format` tells a day from midnight of that day."""
    if isinstance(value, datetime):
        return _date_text(value, number_format, kind)
    if isinstance(value, date):
        return f"{value:%Y-%m}" if kind == "month" and value.day == 1 else value.isoformat()
    if isinstance(value, timedelta | time):
        return _time_text(value)
    return "" if value is None else _plain_text(value)


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST else f"{value:.15g}"
    return str(value)


def _time_text(value: timedelta | time) -> str:
    if isinstance(value, timedelta):
        return _clock_text(round(value.total_seconds()))
    return _clock_text(round(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000))


def _date_text(value: datetime, number_format: str, kind: Kind) -> str:
    value = (value + _HALF_A_SECOND).replace(microsecond=0, tzinfo=None)  # a part of a day is seldom exact
    if value.time() == _MIDNIGHT and "h" not in number_format.lower():
        return text_of(value.date(), kind=kind)
    return f"{value.date()} {_clock_text(value.hour * 3600 + value.minute * 60 + value.second)}"


def _clock_text(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")
