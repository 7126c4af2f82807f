"""Finds merged cells among the rows of a sheet: only the first of them holds the value, so the others would be lost."""

import re
from collections.abc import Iterator
from typing import IO, Any

from scheduler.files.faults import Fault

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 1 << 20
_OVERLAP = 100
MERGED = "merged cells, of which only the first one holds the value; take the merging away and fill each cell"


def merged_cells(source: Any, file: str, header: int, last: int, width: int) -> Fault | None:  # noqa: ANN401 - openpyxl's sheet
    """Return a fault where cells between the `header` row and the `last` one are merged, in so many columns."""
    with source.parent._archive.open(source._worksheet_path) as stream:  # noqa: SLF001 - the library does not tell it
        found = [
            (max(top, header + 1), left, words)
            for left, top, right, bottom, words in _spans(stream)
            if _cells(max(top, header + 1), min(bottom, last)) * _cells(left, min(right, width)) > 1
        ]
    if not found:
        return None
    line, column, words = min(found)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Fault(file=file, line=line, column=column, message=f"{MERGED}{more}", read=words)


def _cells(first: int, last: int) -> int:
    return max(0, last - first + 1)


def _spans(stream: IO[bytes]) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield the first column and row, the last ones, and the words of each span, read piece by piece."""
    from openpyxl.utils import column_index_from_string as number

    rest = b""
    while piece := stream.read(_CHUNK):
        text, end = rest + piece, 0
        for one in _MERGED.finditer(text):
            end = one.end()
            left, top, right, bottom = (part.decode("ascii") for part in one.groups())
            yield number(left), int(top), number(right), int(bottom), f"{left}{top}:{right}{bottom}"
        rest = text[max(end, len(text) - _OVERLAP) :]
