"""What people's spreadsheets make of a cell, put into the form of the format: the same meaning, never a guess.

A day order is taken from a whole column: one `4/13/2025` in it settles it, or `dates: day-first` in `instance.yaml`. A column
that stays ambiguous is one fault.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from scheduler.files import cells
from scheduler.files.csvtext import RawTable
from scheduler.files.faults import Fault, Ledger
from scheduler.files.readers import DAYS, LISTS, reader_of, words_of

DayOrder = Literal["day-first", "month-first"]
Put = Callable[[str, str], str]
"""Takes a column and a cell's text, and returns the text in the format's form."""
MONTHS = (
    *(("jan",), ("feb", "fév", "fev"), ("mar", "mär", "mrz", "mae"), ("apr", "avr"), ("may", "mai"), ("jun", "juin")),
    *(("jul", "juil"), ("aug", "aoû", "aou"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "déc")),
)
"""How the months begin in English, German and French."""
NOON = 12
CENTURY = 2000
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[/-]|\.\s?)([0-9]{1,2})(?:[/-]|\.\s?)([0-9]{1,2})(?![0-9])\.?")
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4}|[0-9]{2}(?![0-9:]))")
_NAMED = re.compile(r"([0-9]{1,2})\.?[ -]([^\W\d_]{3,9})\.?[ -]([0-9]{4}|[0-9]{2}(?![0-9:]))")
_MONTH_LAST = re.compile(r"([0-9]{1,2}|[^\W\d_]{3,9}\.?)[ /.-]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})(?:-01)?")
_MONTH_SHORT = re.compile(r"([^\W\d_]{3,9})\.?[ -]([0-9]{2})")
_NAMED_US = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?(?:\s?([AaPp])\.?[Mm]\.?)?")
_WHOLE = re.compile(r"(-?[0-9]+)[.,](?:0{1,2}|0{4,})")
"""A whole number with zeros behind: three of them may be thousands."""

_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_AROUND_EQUALS = re.compile(r"\s*=\s*")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the files of a folder are written: the day order that is declared, and the columns that are somebody's own."""

    dates: DayOrder | None = None
    own: frozenset[str] = frozenset()


def canonical_cells(raw: RawTable, kind: type[BaseModel], habits: Habits, ledger: Ledger) -> tuple[Put, frozenset[str]]:
    """Return what puts a cell into the format's form, and the columns whose day order is not known, each with its fault noted.

    What it does not know stays as it is written.
    """
    readers = {name: reader_of(field.annotation, field.metadata) for name, field in kind.model_fields.items()}
    dated = [name for name, reader in readers.items() if reader in DAYS and name in raw.columns]
    orders: dict[str, DayOrder | None] = {}
    unsettled: set[str] = set()
    for name in dated:
        orders[name], fault = _order_of(raw, name, habits)
        if fault is not None:
            unsettled.add(name)
            ledger.add(fault)
    words = {name: words_of(field.annotation) for name, field in kind.model_fields.items()}

    def put(column: str, text: str) -> str:
        reader = readers.get(column)
        if reader in DAYS:
            return _date(text, orders.get(column), with_time=reader is not cells.day)
        if words.get(column):
            return text.casefold() if text.casefold() in words[column] else text
        return _plain(reader, text, has_commas=raw.separator == ";")

    return put, frozenset(unsettled)


def _plain(reader: object, text: str, *, has_commas: bool) -> str:
    """Return a time, a list or a number in the format's form; `has_commas` = ; separates cells, so commas may be in numbers."""
    if reader is cells.clock:
        return time_of_day(text)
    if reader is cells.month:
        return _month(text)
    if reader in LISTS:
        return _list(reader, text.replace(",", ";") if has_commas or ";" not in text else text)
    if reader is cells.hours:
        return text.replace(",", ".") if has_commas and _DECIMAL.fullmatch(text) else text
    whole = _WHOLE.fullmatch(text) if reader is not None else None
    return whole[1] if whole and (has_commas or "," not in text) else text


def _list(reader: object, text: str) -> str:
    """Return a list cell without blanks around its parts, its times and days of the week as the format has them."""
    parts = (_AROUND_EQUALS.sub("=", part.strip()) for part in text.split(";"))
    put = {cells.clocks: time_of_day, cells.weekdays: str.lower}.get(reader, str)  # type: ignore[call-overload]  # any reader
    return ";".join(put(part) for part in parts)


def has_open_order(text: str) -> bool:
    """Say whether a cell is a day like 4/5/2025, whose order its column has to tell."""
    return _SLASHED.match(text) is not None


def _order_of(raw: RawTable, column: str, habits: Habits) -> tuple[DayOrder | None, Fault | None]:
    """Return the day order of a column of dates like 4/13/2025, or a fault where it cannot be known."""
    place = raw.columns[column]
    matched = [(row, match) for row in raw.rows if (match := _SLASHED.match(row.cells[place]))]
    found = [(row, match) for row, match in matched if int(match[1]) != int(match[2])]
    day_first = [row for row, match in found if int(match[1]) > NOON]
    month_first = [row for row, match in found if int(match[2]) > NOON]
    against = {"day-first": month_first, "month-first": day_first}.get(habits.dates or "", [])
    if habits.dates is not None and not against:
        return habits.dates, None
    if not against and (bool(day_first) != bool(month_first) or not found):
        return "day-first" if day_first else "month-first", None
    row, match = found[0]
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    readings = f"{_shown(year, other, one)} with the day first, {_shown(year, one, other)} with the month first"
    message = f"the dates of this column can be read in two ways ({len(found)} of them): {readings}"
    if against:
        row, message = against[0], f"instance.yaml says `dates: {habits.dates}`, and a date of this column is not so"
    elif day_first:
        row, message = month_first[0], "some dates of this column have the day first, and others the month"
    return None, Fault(
        file=raw.file,
        line=row.line_of(place),
        column=place + 1,
        message=f"{column}: {message}",
        read=row.cells[place],
        allowed="YYYY-MM-DD; or say `dates: day-first` or `dates: month-first` in instance.yaml",
    )


def _shown(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}"


def _date(text: str, order: DayOrder | None, *, with_time: bool) -> str:
    """Return a day, or a day and a time, in the format's form."""
    for pattern, read in FORMS:
        found = pattern.match(text)
        parts = read(found, order) if found else None
        if found is None or parts is None:
            continue
        rest = text[found.end() :].strip().removeprefix("T").strip()
        clock = time_of_day(rest) if rest else ""
        if not rest or (not with_time and clock == "00:00"):
            return parts
        if re.fullmatch(r"[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?", clock):
            return f"{parts} {clock}"
    return text


def _iso(found: re.Match[str], _order: DayOrder | None) -> str:
    return found[0]


def _slashed(found: re.Match[str], order: DayOrder | None) -> str | None:
    day, month = (found[1], found[2]) if order == "day-first" else (found[2], found[1])
    return None if order is None else _shown(int(found[3]), int(month), int(day))


def _year_first(found: re.Match[str], _order: DayOrder | None) -> str:
    return _shown(int(found[1]), int(found[2]), int(found[3]))


def _dotted(found: re.Match[str], _order: DayOrder | None) -> str:
    return _shown(_year(found[3]), int(found[2]), int(found[1]))


def _year(text: str) -> int:
    """Return a year; one of two digits is of this century."""
    return int(text) + (CENTURY if len(text) == len("25") else 0)


def _month(text: str) -> str:
    """Return a month in the format's form: of 03/2026, March 2026, and of what Excel makes of it, Mar-26 or its first day."""
    found = _MONTH_FIRST.fullmatch(text) or _MONTH_LAST.fullmatch(text) or _MONTH_SHORT.fullmatch(text)
    if found is None:
        return text
    year, month = (found[1], found[2]) if found.re is _MONTH_FIRST else (found[2], found[1])
    number = int(month) if month.isdigit() else _number_of(month)
    return text if number is None else f"{_year(year)}-{number:02d}"


def _number_of(name: str) -> int | None:
    """Return the number of a month by its name, or by how that begins."""
    begins = name.casefold()
    return next((number for number, known in enumerate(MONTHS, start=1) if begins.startswith(known)), None)


def _named(found: re.Match[str], _order: DayOrder | None) -> str | None:
    day, name = (found[1], found[2]) if found[1].isdigit() else (found[2], found[1])
    month = _number_of(name)
    return None if month is None else _shown(_year(found[3]), month, int(day))


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], DayOrder | None], str | None]], ...] = (
    (_ISO, _iso),
    (_YEAR_FIRST, _year_first),
    (_SLASHED, _slashed),
    (_DOTTED, _dotted),
    (_NAMED, _named),
    (_NAMED_US, _named),
)


def time_of_day(text: str) -> str:
    """Return a time of day as HH:MM, an offset after it kept."""
    found = _TIME.match(text)
    if found is None:
        return text
    hour, half, rest = int(found[1]), (found[3] or "").lower(), text[found.end() :]
    if half:
        if not 1 <= hour <= NOON:
            return text
        hour = hour % NOON + (NOON if half == "p" else 0)
    return f"{hour:02d}:{found[2]}{rest}"
