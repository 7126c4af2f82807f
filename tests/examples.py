"""Instance folders for the acceptance examples: a shipped edition, a calendar that is made up, and a few people."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.files.editions import edition_paths
from tests.command import Ran, run

WEEK = timedelta(days=7)
COURSES = ("CODE", "PBK", "NOC", "COP")
CHOSEN = ("FOURFRAME", "PACT", "DECIDE", "TOOLS", "VOLUNTEERS", "LSC1", "LSC2", "FACILITATOR")
REQUIRED = ("VALUES", "FEEDBACK")
Row = dict[str, str]


@dataclass
class Programme:
    """An instance that grows row by row, and is written as a folder."""

    edition: str = "rolling-2025"
    as_of: str = "2025-03-25"
    tables: dict[str, list[Row]] = field(default_factory=lambda: {"offerings": []})

    def add(self, table: str, **row: str) -> None:
        """Add a row to a table."""
        self.tables.setdefault(table, []).append(row)

    def runs(self, *names: str, clock: str | None = "12:00", minutes: int = 90, **columns: str) -> "Programme":
        """Add runs like `NOC25F 2025-10-06 2025-11-28`, which meet weekly from their first day on; `clock` None = unknown."""
        for name in names:
            offering, start, end = (name.split() + name.split()[-1:])[:3]
            component = columns.get("component") or offering.rstrip("0123456789FSWABCDEGHI").rstrip("-") or offering
            self.add("offerings", **({"offering": offering, "component": component, "start": start, "end": end} | columns))
            day = date.fromisoformat(start)
            while clock and day <= date.fromisoformat(end):
                self.add("sessions", offering=offering, start=f"{day} {clock}", minutes=str(minutes))
                day += WEEK
        return self

    def learner(self, name: str, enrolled: str, **columns: str) -> "Programme":
        """Add a learner."""
        self.add("learners", learner=name, enrolled=enrolled, **columns)
        return self

    def done(self, learner: str, *codes: str, on: str = "2025-01-10", **columns: str) -> "Programme":
        """Record components, or runs like `QSS:QSS25A`, as completed on a day."""
        for code in codes:
            component, _, offering = code.partition(":")
            row = {"learner": learner, "component": component, "offering": offering, "status": "completed", "date": on}
            self.add("records", **(row | columns))
        return self

    def write(self, folder: Path, **files: str) -> Path:
        """Write the folder, with further files (`editions/own.yaml`) beside the tables."""
        folder.mkdir(parents=True, exist_ok=True)
        settings = f"format: 1\nid: example\ntitle: An example\nedition: {self.edition}\nas_of: {self.as_of}\n"
        (folder / "instance.yaml").write_text(settings + "timezone: America/New_York\nsynthetic: true\n")
        for table, rows in self.tables.items():
            write_table(folder / f"{table}.csv", rows)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return folder


def write_table(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as a table of all columns that any of them has."""
    listed = list(rows)
    columns = list(dict.fromkeys(column for row in listed for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns or ["offering", "component", "start", "end"])
        writer.writeheader()
        writer.writerows(listed)
    return path


def own_edition(of: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return an edition file that replaces a shipped one of the same id, with some texts replaced."""
    text = edition_paths()[of].read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {f"editions/{of}.yaml": text}


def answer(folder: Path, *words: str) -> dict[str, Any]:
    """Return the JSON of `scheduler path`."""
    ran = run("path", folder, "--json", *words)
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def only(folder: Path, *words: str) -> dict[str, Any]:
    """Return the part of the only learner of the JSON of `scheduler path`."""
    (found,) = answer(folder, *words)["learners"]
    part: dict[str, Any] = found
    return part


def judged(folder: Path, *booked: str, learner: str = "ada", words: Iterable[str] = ()) -> Ran:
    """Run `scheduler check` on a plan made by hand; `QSS25A:talk` books in a role."""
    rows = [dict(zip(("learner", "offering", "role"), (learner, *name.partition(":")[::2]), strict=True)) for name in booked]
    plan = write_table(folder / "plan-by-hand" / "plan.csv" if False else folder.parent / "by-hand.csv", rows or [{"learner": learner}])
    return run("check", folder, plan, *words)


def every_week(codes: Iterable[str], first: str, season: str, weeks: int = 1) -> list[str]:
    """Return a run of one day for each component, so many weeks apart."""
    start = date.fromisoformat(first)
    return [f"{code}{season} {start + place * weeks * WEEK}" for place, code in enumerate(codes)]
