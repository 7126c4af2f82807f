"""Reads what happened to a calendar that is held, as strictly as a study: somebody falls ill, a run is cancelled or moved."""

from functools import reduce
from pathlib import Path

from models.changes.calendar import TakenNameError, UnknownNameError
from models.programme.instance import Instance
from models.programme.time import ClockFoldError, ClockGapError
from scheduler.files.faults import Ledger
from scheduler.files.shaped import read_shape
from scheduler.studies.naming import check_names
from scheduler.studies.reading import Reader
from scheduler.studies.shapes import ChangesShape
from scheduler.studies.study import ChangeStep


def read_changes(path: Path, instance: Instance) -> tuple[ChangeStep, ...]:
    """Return the changes of a file about an instance, in order; raise BadInstanceError with all its faults."""
    ledger = Ledger()
    shape, document = read_shape(path, path.name, ChangesShape, ledger)
    if shape is None or document is None:
        ledger.refuse()
        raise AssertionError("a file that does not fit has faults")  # pragma: no cover
    reader = Reader(document, ledger)
    steps = reader.steps(("changes",))
    if not shape.changes:
        ledger.add(document.fault("changes", message="no change", allowed="at least one, like {cancel: NOC25F}"))
    check_names(document, reader.read, (), instance, ledger)
    ledger.refuse()
    try:
        reduce(lambda here, step: step.apply(here), steps, instance)
    except (ClockGapError, ClockFoldError, TakenNameError, UnknownNameError) as error:
        ledger.add(
            document.fault("changes", message=str(error), allowed="changes that can be made one after the other")
        )
        ledger.refuse()
    return steps
