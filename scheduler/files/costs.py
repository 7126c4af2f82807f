"""Reads a costs file: what each kind of change costs, strictly, every fault with its place."""

from pathlib import Path
from typing import Literal

from scheduler.costs import Costs
from scheduler.files.faults import Ledger
from scheduler.files.shaped import read_shape
from scheduler.files.shapes import Positive, Shape


class CostsShape(Shape):
    """Whole numbers from 1, or null for a kind that is never proposed; a kind left out keeps its default."""

    format: Literal[1]
    announce: Positive | None = None
    rebook: Positive | None = None
    add_seat: Positive | None = None
    add_place: Positive | None = None
    free_span: Positive | None = None
    lift_limit: Positive | None = None
    extend_window: Positive | None = None
    release: Positive | None = None
    waive_rule: Positive | None = None
    add_offering: Positive | None = None
    add_first_offering: Positive | None = None
    waive_requirement: Positive | None = None


def read_costs(path: Path) -> Costs:
    """Return the costs that a file states, the defaults for the rest; raise BadInstanceError with all faults."""
    ledger = Ledger()
    shape, _ = read_shape(path, path.as_posix(), CostsShape, ledger)
    ledger.refuse()
    stated = {} if shape is None else shape.model_dump(include=shape.model_fields_set - {"format"})
    return Costs(**stated)
