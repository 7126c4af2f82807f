"""Tables with some rows changed or taken out, as text: everything else stays as it stands."""

from collections.abc import Collection, Mapping
from pathlib import Path

from scheduler.files.extended import Row, extended, standing


def revised(path: Path, key: str, cells: Mapping[str, Row], gone: Collection[str] = ()) -> str:
    """Return a table in which rows get other cells, and some are left out, by what stands in one column.

    A column that the table does not have is added where a cell of it is not blank.
    """
    who = [row.get(key, "") for row in standing(path).rows]
    names = sorted({name for row in cells.values() for name in row})
    changed = {place: cells[name] for place, name in enumerate(who) if name in cells}
    return extended(path, names, (), changed=changed, removed=[place for place, name in enumerate(who) if name in gone])
