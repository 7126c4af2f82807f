"""Checks that every id that a table mentions exists, and that no id stands twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.holiday_places import misnamed
from scheduler.files.rows import TableRow
from scheduler.files.table import Line, Table
from scheduler.files.tables import Tables

Known = frozenset[str] | None
"""The ids that exist; None where that could not be read, and then nothing is claimed."""


@dataclass(frozen=True, slots=True)
class TableReference:
    """A column of a table that names things which must exist."""

    table: Table[TableRow]
    column: str
    known: Known
    what: str


def check_references(tables: Tables, codes: Known, ledger: Ledger) -> None:
    """Note every dangling and every repeated id; `codes` = the components of all editions."""
    for link in _links(tables, codes):
        if link.known is not None:
            _check_link(link, link.known, ledger)
    for fault in _repeated_ids(tables):
        ledger.add(fault)
    for line in tables.trainers:
        for place in line.row.holidays or ():
            wrong = misnamed(place)
            if wrong is not None:
                ledger.add(line.fault("holidays", wrong[0], allowed=wrong[1], near=wrong[2]))


def _links(tables: Tables, codes: Known) -> Iterator[TableReference]:
    learners, offerings, trainers = tables.learners.known, tables.offerings.known, tables.trainers.known
    trainers = trainers if tables.trainers.present else None
    people = None if learners is None or tables.trainers.known is None else learners | tables.trainers.known
    component = "component of the loaded editions"
    for table, columns in (
        (tables.offerings, ("component",)),
        (tables.learners, ("prefers", "avoids")),
        (tables.records, ("component",)),
        (tables.waitlist, ("component",)),
        (tables.trainers, ("teaches",)),
        (tables.candidates, ("component",)),
        (tables.patterns, ("component",)),
    ):
        yield from (TableReference(_rows(table), column, codes, component) for column in columns)
    yield from (
        TableReference(_rows(table), "learner", learners, "learner") for table in (tables.records, tables.waitlist)
    )
    yield from (
        TableReference(_rows(table), "offering", offerings, "offering") for table in (tables.sessions, tables.records)
    )
    yield from (
        TableReference(_rows(table), "trainers", trainers, "trainer") for table in (tables.offerings, tables.candidates)
    )
    yield TableReference(_rows(tables.unavailable), "who", people, "learner or trainer")


def _rows(table: object) -> Table[TableRow]:
    return table  # type: ignore[return-value] # a table of some rows is read here as one of rows


def _check_link(link: TableReference, known: frozenset[str], ledger: Ledger) -> None:
    for line in link.table:
        for name in _names(getattr(line.row, link.column)):
            if name not in known:
                near = ledger.near(name, known)
                allowed = comma_list(sorted(known)) if len(known) <= 20 else f"one of the {len(known)} that exist"  # noqa: PLR2004
                ledger.add(
                    line.fault(link.column, f"no {link.what} of this name: {name!r}", allowed=allowed, near=near)
                )


def _names(value: str | Iterable[str] | None) -> Iterable[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _repeated_ids(tables: Tables) -> Iterator[Fault]:
    people: dict[str, Line[TableRow]] = {}
    yield from _repeated(_rows(tables.offerings), "offering", {})
    yield from _repeated(_rows(tables.learners), "learner", people)
    yield from _repeated(_rows(tables.trainers), "trainer", people)


def _repeated(table: Table[TableRow], column: str, seen: dict[str, Line[TableRow]]) -> Iterator[Fault]:
    for line in table:
        name = getattr(line.row, column)
        first = seen.setdefault(name, line)
        if first is not line:
            yield line.fault(column, f"this id stands already in {first.file} line {first.number}")
