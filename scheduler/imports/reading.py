"""Reads a table of another system: columns by any of their names, and a refusal that says what the file looks like."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.files.book import IMPORTS
from scheduler.files.faults import comma_list, nearest
from scheduler.files.foreign import ImportKind, recognised
from scheduler.files.text import UTF8_MARK, UTF16_MARKS, unreadable_line
from scheduler.imports.proposed import ImportRefusedError, content_of

LOOKED_AT = 30
"""So many lines are looked at for the header: some reports begin with a block about the meeting."""

MOST_ROWS = 200_000
LONGEST_SHOWN = 80
"""So many characters of a line that cannot be read are shown."""

YES = {"true", "yes", "1"}
STARTS = (
    (b"PK\x03\x04", "a workbook or zip file; save its sheet as CSV UTF-8"),
    (b"%PDF", "a PDF; ask the system for CSV"),
    (b"<", "a web page; perhaps the download asked for a login"),
    (b"{", "JSON; ask the system for CSV"),
    (b"BEGIN:VCALENDAR", "a calendar file: scheduler import calendar {file} FOLDER"),
)
Names = dict[str, Sequence[str]]
"""The names of columns, in small letters, by what they mean to us."""


@dataclass(frozen=True, slots=True)
class ForeignTable:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A table that an import reads: what it is called, its columns, and those that it cannot do without."""

    what: str
    read_by: ImportKind
    names: Names
    needs: tuple[str, ...]


def read_sheet(path: Path, form: Form, own: Mapping[str, str] | None = None) -> ForeignTable:
    """Return the table of a file in a form, its columns perhaps by one's `own` names; raise ImportRefusedError."""
    lines = list(_lines(path))
    wanted = form.names | {key: [name.casefold()] for key, name in (own or {}).items()}
    for at, line in enumerate(lines[:LOOKED_AT]):
        places = _places(line, wanted)
        if set(form.needs) <= places.keys():
            rows = [each for each in lines[at + 1 :] if any(map(str.strip, each))]
            return ForeignTable(path, tuple(" ".join(cell.split()) for cell in line), places, rows)
    raise ImportRefusedError(f"{path}: this is no {form.what}{_instead(path, lines, form, own or {})}")


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
    start = content.removeprefix(UTF8_MARK).lstrip()[:20].upper()
    for mark, words in STARTS:
        if start.startswith(mark):
            raise ImportRefusedError(f"{path}: this looks like {words.format(file=path.name)}")
    try:
        text = content.decode("utf-16" if content.startswith(UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(_not_utf8(path, error)) from error
    if "\0" in text:
        raise ImportRefusedError(f"{path}: this is no CSV file in UTF-8: it holds a NUL byte")
    return text


def _not_utf8(path: Path, error: UnicodeDecodeError) -> str:
    content, place = error.object, error.start
    if error.encoding.startswith("utf-16"):
        return f"{path}: this is no CSV file in UTF-8; save it as CSV UTF-8"
    line, words = unreadable_line(content, place)
    read = repr(words[:LONGEST_SHOWN])
    return (
        f"{path}:{line}: this is no CSV file in UTF-8 (byte {content[place]:#04x}); save it as CSV UTF-8; read {read}"
    )


def _places(line: Sequence[str], wanted: Names) -> dict[str, int]:
    names = [" ".join(cell.casefold().split()) for cell in line]
    return {key: names.index(each) for key, known in wanted.items() for each in known[::-1] if each in names}


def _instead(path: Path, lines: list[list[str]], form: Form, own: Mapping[str, str]) -> str:
    """Return what a file that is not in a form looks like, or which of its columns is not found."""
    for line in lines[:LOOKED_AT]:
        known = recognised(line)
        if known is not None and known.read_by != form.read_by:
            return f"; {known.told(path.name)}"
        if known is not None:
            return "".join(_missing(line, key, form, own) for key in form.needs)
    head = comma_list([" ".join(cell.split())[:60] for cell in (lines[0] if lines else []) if cell.strip()][:6])
    needed = " and ".join(own.get(key) or form.names[key][0].title() for key in form.needs)
    return f": it needs {needed}, and has {head}; {_said(form)}"


def _missing(line: Sequence[str], key: str, form: Form, own: Mapping[str, str]) -> str:
    """Return that a column is missing, with the nearest of those that are there; nothing where it is there."""
    if _places(line, {key: [own[key].casefold()] if key in own else form.names[key]}):
        return ""
    near = nearest(own.get(key, form.names[key][0]), [cell for cell in line if cell])
    hint = f", perhaps {near!r}" if near else ""
    return f": no column for {key} ({own.get(key) or comma_list(form.names[key], 4)}){hint}; {_said(form, key)}"


def _said(form: Form, key: str = "email") -> str:
    return f"own names of columns stand in {IMPORTS}, `{form.read_by}: {{columns: {{{key}: THE NAME}}}}`"
