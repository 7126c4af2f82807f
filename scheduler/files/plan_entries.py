"""What a plan file says, row by row or step by step, with the place of each statement; JSON and CSV alike."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from scheduler.files.faults import Fault, Ledger
from scheduler.files.plan_shapes import Envelope, LearnerEntry, PlanRow
from scheduler.files.table import Line, Table, read_rows
from scheduler.files.text import MEGABYTE, YAML_BYTES, read_text
from scheduler.files.wording import fault_words
from scheduler.files.yamltext import Document, Path_, read_yaml

PLAN_BYTES = 64 * MEGABYTE


class Place(Protocol):
    """Makes a fault at a part of a statement: a cell of its row, or a key of its mapping."""

    def __call__(self, part: str, message: str, *, allowed: str | None = None, near: str | None = None) -> Fault:
        """Return the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One statement: a learner, and what is booked (None: nothing), in which role, or which task starts when."""

    learner: str
    booked: str | None
    role: str | None
    start: date | None
    graduates: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything a plan file says; `envelope` None = it is a table typed by hand."""

    entries: tuple[PlanEntry, ...]
    envelope: Envelope | None = None


def read_statements(path: Path, ledger: Ledger) -> Statements | None:
    """Return what a plan file says; None after noting the faults that make it unreadable."""
    if path.suffix.lower() == ".csv":
        return _from_table(read_rows(path, path.name, PlanRow, ledger))
    text = read_text(path, path.name, ledger, PLAN_BYTES)
    if text is None:
        return None
    if not text.lstrip().startswith(("{", "[")):
        return _from_table(read_rows(path, path.name, PlanRow, ledger))
    return _from_json(path, text, ledger)


def _from_table(table: Table[PlanRow]) -> Statements:
    return Statements(tuple(_row_entry(line) for line in table))


def _row_entry(line: Line[PlanRow]) -> PlanEntry:
    row = line.row

    def place(part: str, message: str, *, allowed: str | None = None, near: str | None = None) -> Fault:
        return line.fault(part, message, allowed=allowed, near=near)

    return PlanEntry(
        learner=row.learner, booked=row.offering, role=row.role, start=row.start, graduates=True, place=place
    )


def _from_json(path: Path, text: str, ledger: Ledger) -> Statements | None:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg}"
        ledger.add(Fault(file=path.name, line=error.lineno, column=error.colno, message=message))
        return None
    except RecursionError:
        ledger.add(Fault(file=path.name, line=1, column=1, message="nested too deeply"))
        return None
    except ValueError as error:
        ledger.add(Fault(file=path.name, line=1, column=1, message=f"not JSON: {error}"))
        return None
    places = _Places(path)
    try:
        envelope = Envelope.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            message, allowed, near = fault_words(detail, ledger)
            read = None if detail["type"] == "missing" else str(detail["input"])
            ledger.add(places.fault(detail["loc"], message, read=read, allowed=allowed, near=near))
        return None
    return Statements(tuple(_json_entries(envelope, places)), envelope)


def _json_entries(envelope: Envelope, places: "_Places") -> Iterator[PlanEntry]:
    for number, learner in enumerate(envelope.learners):
        if learner.status != "not-enrolled":
            yield from _learner_entries(learner, ("learners", number), places)


def _learner_entries(learner: LearnerEntry, path: Path_, places: "_Places") -> Iterator[PlanEntry]:
    graduates = learner.status not in {"graduated", "blocked", "unknown"}  # the others take nothing new
    yield PlanEntry(
        learner=learner.learner,
        booked=None,
        role=None,
        start=None,
        graduates=graduates,
        place=places.at(path, {"learner": learner.learner}),
    )
    for number, step in enumerate(learner.steps):
        if step.state == "done":
            continue
        read = {"offering": step.offering or step.component or "", "role": step.role, "start": str(step.start)}
        yield PlanEntry(
            learner=learner.learner,
            booked=step.offering or step.component or "",
            role=step.role,
            start=step.start,
            graduates=graduates,
            place=places.at((*path, "steps", number), read),
        )


class _Places:
    """The places of a JSON file, looked for only when there is a fault to place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document: Document | None = None
        self.looked = False

    def fault(
        self,
        loc: Path_,
        message: str,
        *,
        read: str | None = None,
        allowed: str | None = None,
        near: str | None = None,
    ) -> Fault:
        """Return a fault at a path of the file."""
        if not self.looked:
            self.looked = True
            small = self.path.stat().st_size <= YAML_BYTES
            # JSON is YAML 1.2 too, and its reader knows lines; in a long file the path in the message must do.
            self.document = read_yaml(self.path, self.path.name, Ledger()) if small else None
        document = self.document or Document(self.path.name, {})
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")
        words = f"{where}: {message}" if where else message
        return document.fault(*loc, message=words, read=read, allowed=allowed, near=near)

    def at(self, loc: Path_, texts: dict[str, str | None]) -> Place:
        """Return what makes faults at the keys of a mapping."""

        def place(part: str, message: str, *, allowed: str | None = None, near: str | None = None) -> Fault:
            return self.fault((*loc, part), message, read=texts.get(part), allowed=allowed, near=near)

        return place
