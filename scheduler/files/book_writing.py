"""Writes an instance as one workbook: a sheet for each table, the codes to choose from, and its YAML files line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.programme.instance import Instance
from models.programme.words import listed
from scheduler.files.book import SETTINGS, SETTINGS_HEAD, holds_table
from scheduler.files.book_cells import FORMATS, Kind, format_of, kinds_of, value_of
from scheduler.files.book_choices import add_choices, codes_of
from scheduler.files.book_folder import kept_texts, refuse_outside
from scheduler.files.column_words import note_of
from scheduler.files.csvtext import RawTable, read_raw
from scheduler.files.faults import Ledger
from scheduler.files.folder import load
from scheduler.files.rows import ROWS
from scheduler.files.settings import read_settings
from scheduler.files.sheets import Filled, SheetColumn, Writer, for_print, width_of, workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

LOOKED_AT = 500
"""So many rows decide how wide a column is."""

NARROWEST, WIDEST = 9, 48
TEXT = FORMATS["text"]
CODES = ("component", "title", "kind", "editions")
README_WIDTH = 76
README = (
    """This workbook is one whole instance: each table is a sheet, and the sheet settings holds the lines of instance.yaml and of
the editions of its own. Every command of the program takes it where it takes a folder; `scheduler export BOOK.xlsx FOLDER` makes
a folder of it.""".replace("\n", " "),
    """The note on each header says what its column means and what may stand in it. Formulas are not worked out. Sheets
and columns whose names begin with x_ are your own.""".replace("\n", " "),
)
OWN_COLUMN = "A column of your own: it is kept, and read by nobody."


@dataclass(frozen=True, slots=True, kw_only=True)
class BookParts:
    """What a workbook is made of: the instance, its tables as they are written, and the texts of its files."""

    instance: Instance
    tables: Mapping[str, RawTable]
    texts: Mapping[str, str]


def write_book(folder: Path, target: Path, instance: Instance | None = None) -> None:
    """Write the workbook of a folder or of another workbook; raise BadInstanceError or CannotWriteError.

    `instance` = what the folder says, where it has been read already.
    """
    parts = _parts(folder, instance or load(folder).instance)
    with workbook(target, parts.instance.title) as book:
        _readme(book, parts)
        for name, raw in parts.tables.items():
            _table(book, name, raw, parts)
        _codes(book, parts.instance)
        _settings(book, parts.texts)


def _parts(folder: Path, instance: Instance) -> BookParts:
    refuse_outside(folder)
    ledger = Ledger()
    settings = read_settings(folder, ledger)
    own = settings.habits.own if settings else frozenset()
    found = {
        name: read_raw(folder / f"{name}.csv", f"{name}.csv", list(row.model_fields), (), ledger, own)
        for name, row in ROWS.items()
        if holds_table(folder, name)
    }
    ledger.refuse()
    tables = {name: raw for name, raw in found.items() if raw is not None}
    return BookParts(instance=instance, tables=tables, texts=kept_texts(folder))


def _table(book: "Workbook", name: str, raw: RawTable, parts: BookParts) -> None:
    kinds = kinds_of(ROWS[name])
    placed = sorted([*raw.columns.items(), *raw.own.items()], key=lambda pair: pair[1])
    columns = [
        SheetColumn(
            name=column,
            note=note_of(name, column) if column in raw.columns else OWN_COLUMN,
            width=width_of((column, *(row.cells[place] for row in raw.rows[:LOOKED_AT])), NARROWEST, WIDEST),
        )
        for column, place in placed
    ]
    of_places = [kinds[column] if column in raw.columns else "text" for column, _ in placed]
    sheet = book.create_sheet(name)
    for_print(sheet, "landscape")
    rows = {each: len(table.rows) for each, table in parts.tables.items()}
    add_choices(sheet, name, [column for column, _ in placed], rows, parts.instance)
    writer = Writer(sheet, columns)
    writer.begin(len(raw.rows))
    for row in raw.rows:
        writer.row([_filled(text, kind) for text, kind in zip(row.cells, of_places, strict=True)])


def _filled(text: str, kind: Kind) -> Filled | None:
    if not text:
        return None
    value = value_of(text, kind)
    return value, format_of(value, kind)


def _codes(book: "Workbook", instance: Instance) -> None:
    rows = [(code, title, kind, listed(editions)) for code, (title, kind, editions) in codes_of(instance).items()]
    notes = "What this sheet says stands in the editions. It is written anew each time, and never read."
    columns = [
        SheetColumn(name=name, width=width_of([name, *column], NARROWEST, WIDEST), note=notes)
        for name, column in zip(CODES, zip(*rows, strict=True) if rows else [[]] * len(CODES), strict=True)
    ]
    _texts(book, "codes", columns, rows)


def _settings(book: "Workbook", texts: Mapping[str, str]) -> None:
    columns = [
        SheetColumn(
            name=SETTINGS_HEAD[0], width=28, note="Which file of the folder this line belongs to; blank = as above."
        ),
        SheetColumn(
            name=SETTINGS_HEAD[1],
            width=110,
            note="One line of the file. Blanks at its beginning count: what belongs together is indented alike.",
            monospaced=True,
        ),
    ]
    _texts(book, SETTINGS, columns, [(name, line) for name, text in texts.items() for line in _lines(text)])


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _texts(book: "Workbook", title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(title)
    for_print(sheet, "landscape")
    writer = Writer(sheet, columns)
    writer.begin(len(rows))
    for row in rows:
        writer.row([(text, TEXT) if text else None for text in row])


def _readme(book: "Workbook", parts: BookParts) -> None:
    """Say in a few sentences what the workbook is, and how it is worked with."""
    absent = [name for name in ROWS if name not in parts.tables]
    sentences = [
        *README,
        *([f"Further tables may be added, each a sheet of its name: {listed(absent)}."] if absent else []),
    ]
    writer = Writer(
        book.create_sheet("readme"), [SheetColumn(name=parts.instance.title, width=README_WIDTH, wrapped=True)]
    )
    writer.begin(0)
    for sentence in sentences:
        writer.row([(sentence, TEXT)])
