"""Days as other systems write them: a day order is read out of the whole column, never guessed from one cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scheduler.files.tolerant import FORMS, DayOrder, time_of_day
from scheduler.imports.proposed import ImportRefusedError

_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"^([0-9]{1,2}[/.-][0-9]{1,2}[/.-])([0-9]{2})(?![0-9])")
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-][0-9]{4}")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Days:
    """Reads the dates of one column."""

    order: DayOrder | None

    def read(self, text: str) -> tuple[date, str] | None:
        """Return the day of a cell and the time of day after it (HH:MM, or empty); None where it holds no day."""
        text = _plain(text)
        for pattern, shown in FORMS:
            found = pattern.match(text)
            parts = shown(found, self.order) if found else None
            if found is not None and parts is not None:
                clock = time_of_day(text[found.end() :].strip(" ,T"))[:5]
                return _day(parts, clock)
        return None


def days_of(path: Path, column: str, cells: Iterable[str], said: DayOrder | None) -> Days:
    """Return the reader of a column; raise ImportRefusedError where its dates could be read in two ways."""
    found = [match for cell in cells if (match := _SLASHED.match(_plain(cell)))]
    if said is not None or not found:
        return Days(said)
    day_first = any(int(match[1]) > MONTHS for match in found)
    month_first = any(int(match[2]) > MONTHS for match in found)
    if day_first != month_first:
        return Days("day-first" if day_first else "month-first")
    raise ImportRefusedError(
        f"{path}: the dates of {column!r} can be read in two ways, like {found[0][0]!r}; say `dates: day-first` or "
        "`dates: month-first` in imports.yaml, or in a file for --map"
    )


def _day(parts: str, clock: str) -> tuple[date, str] | None:
    try:
        return date.fromisoformat(parts), clock if re.fullmatch(r"[0-2][0-9]:[0-5][0-9]", clock) else ""
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return a date without the name of its day, its year in four digits."""
    text = _WEEKDAY.sub("", text.strip())
    return _SHORT_YEAR.sub(r"\g<1>20\2", text)
