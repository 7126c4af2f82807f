"""Tables with some rows changed or taken out, as text: everything else stays as it stands."""

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from scheduler.files.extended import Row
from scheduler.files.formulas import guarded


def revised(path: Path, key: str, cells: Mapping[str, Row], gone: Collection[str] = ()) -> str:
    """Return a table in which rows get other cells, and some are left out, by what stands in one column.

    A column that the table does not have is added where a cell of it is not blank.
    """
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [name.strip() for name in rows[0]]
    names += sorted({name for row in cells.values() for name, cell in row.items() if cell and name not in names})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(names)
    place = names.index(key)
    for row in rows[1:]:
        who = row[place].strip() if place < len(row) else ""
        if who not in gone:
            filled = dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))
            filled |= {name: guarded(cell) for name, cell in cells.get(who, {}).items() if name in filled}
            writer.writerow(filled.values())
    return out.getvalue()
