"""Makes a frame of rows: columns in their stated order and type, also where there is no row."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "day", "number", "measure", "flag"]
"""What a column holds: words, days, whole numbers that may be absent, other numbers, or yes and no."""

Columns = dict[str, Kind]
"""The columns of a frame, in order."""

TYPES: Mapping[Kind, str] = {
    "text": "object",
    "day": "datetime64[s]",
    "number": "Int64",
    "measure": "float",
    "flag": "bool",
}


def frame_with(rows: Iterable[Mapping[str, Any]], columns: Columns) -> pd.DataFrame:
    """Return the rows as a frame; a value that is None is absent."""
    listed = list(rows)
    return pd.DataFrame({name: _column([row[name] for row in listed], kind) for name, kind in columns.items()})


def _column(values: list[Any], kind: Kind) -> "pd.Series[Any]":
    if kind == "day":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype=TYPES[kind])
    return pd.Series(values, dtype=TYPES[kind])
