"""What the tests of tables share: the two instances, and what a command tells as JSON."""

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from models.programme.instance import Instance
from scheduler.files.folder import load
from tests.command import INSTANCES, TINY, run

CSCCE = INSTANCES / "cscce-2023-2026"
EDITIONS = ("cohort-2024", "fall-2023", "journey-2024", "rolling-2025")


@cache
def real() -> Instance:
    """Return the instance of the real programme."""
    return load(CSCCE).instance


@cache
def tiny() -> Instance:
    """Return the instance that can be checked by hand."""
    return load(TINY).instance


def told(*words: str | Path) -> dict[str, Any]:
    """Return the JSON that a command prints."""
    ran = run(*words, "--json")
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def as_table(text: str) -> list[dict[str, str]]:
    """Return CSV text as rows."""
    return list(csv.DictReader(io.StringIO(text)))
