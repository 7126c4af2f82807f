"""A small year to plan: the tiny instance with a spring in which more may be held."""

import shutil
from pathlib import Path

from tests.command import TINY

YEAR = """year:
  first: 2025-01-13
  last: 2025-04-30
  most: {course: 1, workshop: 2, event: 1}
  then: nothing
"""
PATTERNS = """component,weeks,weekdays,starts,minutes,trainers,gap_days,note
ALPHA,4,tue,12:00,90,,28,synthetic
WORK,1,wed,12:00;16:00,90,,,synthetic
TOOL,1,wed,12:00,90,2,,synthetic
QSS,1,thu,12:00,90,,28,synthetic
"""
TRAINERS = """trainer,timezone,teaches,max_sessions_per_week
lou,America/New_York,ALPHA;TOOL,2
max,Europe/London,WORK;TOOL;QSS,1
"""


def year_folder(place: Path, **files: str | None) -> Path:
    """Write a small year; a file of another text replaces one, None leaves it out."""
    folder = place / "small-year"
    shutil.copytree(TINY, folder)
    settings = (folder / "instance.yaml").read_text(encoding="utf-8") + files.pop("year", YEAR)  # type: ignore[operator]
    tables = {"patterns": PATTERNS, "trainers": TRAINERS} | files
    for name, text in tables.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "instance.yaml").write_text(settings, encoding="utf-8")
    return folder
