"""Reads who goes first: a table with the columns `learner,priority`, in which a lower number goes first."""

from collections.abc import Mapping
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.cells import Count, Id
from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.rows import TableRow
from scheduler.files.table import Line, read_rows


class PriorityRow(TableRow):
    """One learner's priority."""

    learner: Id
    priority: Count


def read_priorities(path: Path, instance: Instance) -> Mapping[str, int]:
    """Return the priorities in a file by learner; raise BadInstanceError with every fault of it."""
    ledger = Ledger()
    first: dict[str, Line[PriorityRow]] = {}
    for line in read_rows(path, path.name, PriorityRow, ledger):
        name = line.row.learner
        if name not in instance.learner:
            near = ledger.near(name, instance.learner)
            allowed = comma_list(sorted(instance.learner))
            ledger.add(line.fault("learner", f"no learner of this name: {name!r}", allowed=allowed, near=near))
        elif first.setdefault(name, line) is not line:
            ledger.add(line.fault("learner", f"this learner stands already in line {first[name].number}"))
    if not first and not ledger.faults:
        ledger.add(Fault(file=path.name, message="no learner is named: write a row for each learner who goes first"))
    ledger.refuse()
    return {name: line.row.priority for name, line in sorted(first.items())}
