"""Reads a table of another system: columns by any of their names, and a refusal that says what the file looks like."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.files.faults import listed, nearest
from scheduler.files.foreign import recognised
from scheduler.files.import_maps import FILE
from scheduler.imports.proposed import ImportRefusedError, content_of

LOOKED_AT = 30
"""So many lines are looked at for the header: some reports begin with a block about the meeting."""

MOST_ROWS = 200_000
UTF16 = (b"\xff\xfe", b"\xfe\xff")
STARTS = (
    (b"PK\x03\x04", "a workbook or zip file; save its sheet as CSV UTF-8"),
    (b"%PDF", "a PDF; ask the system for CSV"),
    (b"<", "a web page; perhaps the download asked for a login"),
    (b"{", "JSON; ask the system for CSV"),
    (b"BEGIN:VCALENDAR", "a calendar file: scheduler import calendar {file} FOLDER"),
)
Names = Mapping[str, Sequence[str]]
"""The names of columns, in small letters, by what they mean to us."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of another system: its header as it stands, the place of each column that we read, and its rows."""

    path: Path
    header: tuple[str, ...]
    places: Mapping[str, int]
    rows: list[list[str]] = field(default_factory=list)

    def cell(self, row: Sequence[str], name: str) -> str:
        """Return what stands in a column that we read, in one line, or an empty text."""
        place = self.places.get(name)
        return "" if place is None or place >= len(row) else " ".join(row[place].split())

    def unread(self, but: Sequence[str] = ()) -> list[str]:
        """Return the names of the columns that are not read."""
        read = set(self.places.values())
        return [name for place, name in enumerate(self.header) if place not in read and name and name not in but]


def read_sheet(
    path: Path, names: Names, needs: Sequence[str], what: str, own: Mapping[str, str] | None = None
) -> Sheet:
    """Return the table of a file that has the columns `needs`; raise ImportRefusedError, which says what it looks like."""
    lines = list(_lines(path))
    wanted = {
        key: [known[key].casefold()] if key in (known := own or {}) else list(each) for key, each in names.items()
    }
    for at, line in enumerate(lines[:LOOKED_AT]):
        places = _places(line, wanted)
        if set(needs) <= places.keys():
            rows = [each for each in lines[at + 1 :] if any(map(str.strip, each))]
            return Sheet(path, tuple(" ".join(cell.split()) for cell in line), places, rows)
    raise ImportRefusedError(_no_such_table(path, lines, wanted, needs, what, own or {}))


def has_column(path: Path, names: Sequence[str]) -> bool:
    """Say whether the first line of a file has a column of one of these names; raise ImportRefusedError."""
    return bool(_places(next(iter(_lines(path)), []), {"": [each.casefold() for each in names if each]}))


def _lines(path: Path) -> Iterator[list[str]]:
    """Yield the lines of a CSV file that hold anything."""
    text = _text(path)
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    separator = max(",;\t", key=first.count)
    count = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(map(str.strip, cells)):
                yield cells
                count += 1
            if count > MOST_ROWS:
                raise ImportRefusedError(f"{path}: more than {MOST_ROWS:,} rows; export a shorter stretch of time")
    except csv.Error as error:
        raise ImportRefusedError(f"{path}: this is no CSV file in UTF-8 ({error})") from error


def _text(path: Path) -> str:
    content = content_of(path)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].upper()
    for mark, words in STARTS:
        if start.startswith(mark):
            raise ImportRefusedError(f"{path}: this looks like {words.format(file=path.name)}")
    try:
        text = content.decode("utf-16" if content.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{path}: this is no CSV file in UTF-8; save it as CSV UTF-8") from error
    if "\0" in text:
        raise ImportRefusedError(f"{path}: this is no CSV file in UTF-8: it holds a NUL byte")
    return text


def _places(line: Sequence[str], wanted: Names) -> dict[str, int]:
    names = [" ".join(cell.casefold().split()) for cell in line]
    return {key: names.index(each) for key, known in wanted.items() for each in known[::-1] if each in names}


def _no_such_table(
    path: Path, lines: list[list[str]], wanted: Names, needs: Sequence[str], what: str, own: Mapping[str, str]
) -> str:  # fmt: skip
    for line in lines[:LOOKED_AT]:
        known = recognised(line)
        missing = [key for key in needs if key in own and own[key].casefold() not in map(str.casefold, line)]
        if known is not None and not missing:
            return f"{path}: this is no {what}; {known.told(path.name)}"
        if known is not None:
            near = nearest(own[missing[0]], line)
            hint = f"; did you mean {near!r}?" if near else ""
            return f"{path}: no column is called {own[missing[0]]!r}, as {FILE} has it for {missing[0]}{hint}"
    head = listed([" ".join(cell.split())[:60] for cell in (lines[0] if lines else []) if cell.strip()][:6])
    needed = " and ".join(wanted[key][0].title() for key in needs)
    return f"{path}: this is no {what}: it needs {needed}, and has {head}; own names of columns stand in {FILE}"
