"""Drop-downs in a workbook's tables: the words of a status, the codes of the editions, the ids of the other sheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.programme.instance import Instance
from scheduler.files.faults import letters
from scheduler.files.readers import words_of
from scheduler.files.rows import ROWS

ROOM = 1_000
"""Drop-downs reach so many rows below the last one."""

LONGEST_LIST = 255
"""A spreadsheet program takes no longer list of choices written out."""

IDS = {"offering": "offerings", "learner": "learners"}
"""Columns that name the first column of another sheet."""


def add_choices(sheet: Any, table: str, columns: Sequence[str], rows: Mapping[str, int], instance: Instance) -> None:  # noqa: ANN401 - openpyxl's write-only sheet
    """Add a drop-down to each column that takes one of some words; `rows` = how many rows each table has.

    A word that is none of a closed list is refused by the spreadsheet program; a code or id may be a new one, and is only
    asked about.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(columns, start=1):
        closed = words_of(ROWS[table].model_fields[column].annotation) if column in ROWS[table].model_fields else ()
        formula = _written(closed) if closed else _choices(table, column, rows, instance)
        if formula is None:
            continue
        choice = DataValidation(
            type="list",
            formula1=formula,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="stop" if closed else "warning",
            errorTitle=column,
            error=f"One of: {', '.join(closed)}." if closed else f"This {column} is not known yet. Keep it?",
        )
        letter = letters(place)
        choice.add(f"{letter}2:{letter}{rows.get(table, 0) + 1 + ROOM}")
        sheet.data_validations.append(choice)


def _choices(table: str, column: str, rows: Mapping[str, int], instance: Instance) -> str | None:
    """Return where the choices of a column stand; None where it has none, or is itself where they stand."""
    if column == "component":
        return f"codes!$A$2:$A${len(codes_of(instance)) + 1}"
    if column == "edition":
        return _written(sorted(instance.editions))
    if column == "role":
        parts = (each for one in instance.editions.values() for each in one.components)
        return _written(sorted({role for each in parts for role, _ in each.roles}))
    other = IDS.get(column)
    if other is None or other == table or other not in rows or table == "arrivals":
        return None
    return f"{other}!$A$2:$A${rows[other] + 1 + ROOM}"


def codes_of(instance: Instance) -> dict[str, tuple[str, str, list[str]]]:
    """Return each component's title, kind and editions by its code; the instance's own edition says its title."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    order = sorted(instance.editions.values(), key=lambda one: (one.id != instance.edition, one.id))
    for edition in order:
        for each in edition.components:
            found.setdefault(each.code, (each.title, each.kind, []))[2].append(edition.id)
    return found


def _written(words: Sequence[str]) -> str | None:
    text = ",".join(words)
    fits = text and len(text) <= LONGEST_LIST and not any("," in word or '"' in word for word in words)
    return f'"{text}"' if fits else None
