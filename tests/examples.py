"""Instance folders for the acceptance examples: a shipped edition, a calendar that is made up, and a few people."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.files.editions import edition_paths, load_edition
from tests.command import Ran, run

WEEK = timedelta(days=7)
CHOSEN = ("FOURFRAME", "PACT", "DECIDE", "TOOLS", "VOLUNTEERS", "LSC1", "LSC2", "FACILITATOR")
QUARTERLY = ("QSS-26A 2026-02-12", "QSS-26B 2026-05-14", "QSS-26C 2026-08-13", "QSS-26D 2026-11-12")
QUARTERLY_27 = ("QSS-27A 2027-02-11", "QSS-27B 2027-05-13", "QSS-27C 2027-08-12", "QSS-27D 2027-11-11")
Row = dict[str, str]


@dataclass
class Programme:
    """An instance that grows row by row, and is then written as a folder."""

    edition: str = "rolling-2025"
    as_of: str = "2025-12-31"
    tables: dict[str, list[Row]] = field(default_factory=lambda: {"offerings": []})

    def add(self, table: str, **row: str) -> "Programme":
        """Add a row to a table."""
        self.tables.setdefault(table, []).append(row)
        return self

    def runs(self, *runs: str, clock: str | None = "12:00", minutes: int = 90, **columns: str) -> "Programme":
        """Add runs such as `NOC-25F 2025-10-06 2025-11-28`, which meet once a week; `clock` None = times not stated."""
        for words in runs:
            offering, start, end = (words.split() + words.split()[-1:])[:3]
            component = offering.rpartition("-")[0]
            self.add("offerings", offering=offering, component=component, start=start, end=end, **columns)
            day = date.fromisoformat(start)
            while clock and day <= date.fromisoformat(end):
                self.add("sessions", offering=offering, start=f"{day} {clock}", minutes=str(minutes))
                day += WEEK
        return self

    def learner(self, name: str = "ada", enrolled: str = "2026-01-01", **columns: str) -> "Programme":
        """Add a learner."""
        return self.add("learners", learner=name, enrolled=enrolled, **columns)

    def done(self, learner: str, *codes: str, on: str = "2025-11-28", **columns: str) -> "Programme":
        """Record components as completed on a day; `QSS:talk` was completed in a role."""
        for code, _, role in (each.partition(":") for each in codes):
            row = {"learner": learner, "component": code, "status": "completed", "date": on, "role": role}
            self.add("records", **(row | columns))
        return self

    def write(self, folder: Path, files: dict[str, str] | None = None) -> Path:
        """Write the folder, with further files (like `editions/own.yaml`) beside the tables."""
        folder.mkdir(parents=True, exist_ok=True)
        head = f"format: 1\nid: example\ntitle: An example\nedition: {self.edition}\nas_of: {self.as_of}\n"
        (folder / "instance.yaml").write_text(head + "timezone: America/New_York\nsynthetic: true\n", encoding="utf-8")
        for table, rows in self.tables.items():
            write_table(folder / f"{table}.csv", rows, ("offering", "component", "start", "end"))
        for name, text in (files or {}).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder


def write_table(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> Path:
    """Write rows as a table with every column that any of them has; `columns` where there are no rows."""
    names = list(dict.fromkeys(column for row in rows for column in row)) or columns
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed_edition(name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return, as a file for a folder, a shipped edition in which some texts are replaced."""
    text = edition_paths()[name].read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {f"editions/{name}.yaml": text}


def spread(codes: Iterable[str], first: str, season: str, days: int = 7) -> list[str]:
    """Return one run of a single day for each component, so many days apart."""
    start = date.fromisoformat(first)
    return [f"{code}-{season} {start + timedelta(days=place * days)}" for place, code in enumerate(codes)]


def answered(folder: Path, *words: str) -> dict[str, Any]:
    """Return the JSON of `scheduler path`."""
    ran = run("path", folder, "--json", *words)
    assert ran.code in {0, 1}, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def alone(folder: Path, *words: str) -> dict[str, Any]:
    """Return the part of the only learner in the JSON of `scheduler path`."""
    (part,) = answered(folder, *words)["learners"]
    found: dict[str, Any] = part
    return found


def facts(part: dict[str, Any]) -> list[str]:
    """Return the facts of a learner's conflict."""
    return [fact["fact"] for fact in part["conflict"] or ()]


def booked(part: dict[str, Any]) -> list[str]:
    """Return the components of a learner's steps that are not done yet, in order of time."""
    return [step["component"] for step in part["steps"] if step["state"] != "done"]


def checked(folder: Path, *bookings: str, learner: str = "ada", words: Sequence[str] = ()) -> Ran:
    """Run `scheduler check --json` on a plan made by hand; `QSS-26A:talk` books in a role."""
    plan = folder.parent / "by-hand.csv"
    rows = [dict(zip(("offering", "role"), name.partition(":")[::2], strict=True)) for name in bookings or ("",)]
    write_table(plan, [{"learner": learner} | row for row in rows], ())
    return run("check", folder, plan, "--json", *words)


def broken(ran: Ran) -> list[tuple[str, str, str | None]]:
    """Return the rule, the sentence and the source of each violation that `scheduler check` found."""
    found = json.loads(ran.out)["violations"]
    return [(each["rule"], each["sentence"], each["source"]) for each in found]


def plentiful(edition: str, learners: Sequence[str] = ("ada",)) -> Programme:
    """Return two years in which everything of an edition is offered, and learners who are about to begin."""
    programme = Programme(edition)
    known = load_edition(edition).component
    for year in ("26", "27"):
        calendar = [
            *spread(("ORIENT", "VALUES", "FEEDBACK"), f"20{year}-01-05", f"{year}A", 2),
            *spread(CHOSEN, f"20{year}-02-04", f"{year}A", 14),
            *spread(("VALUES", "FEEDBACK", *CHOSEN), f"20{year}-07-01", f"{year}B", 14),
            f"CODE-{year}A 20{year}-01-19 20{year}-02-26",
            f"PBK-{year}A 20{year}-03-02 20{year}-04-09",
            f"NOC-{year}E 20{year}-01-15 20{year}-02-05",  # too early for whoever must have both core courses first
            f"NOC-{year}A 20{year}-04-20 20{year}-06-11",
            f"COP-{year}B 20{year}-09-21 20{year}-11-12",
            *(QUARTERLY if year == "26" else QUARTERLY_27),
        ]
        here = {code for code, component in known.items() if component.kind != "task"}
        programme.runs(*(run for run in calendar if run.split()[0].rpartition("-")[0] in here))
    for name in learners:
        programme.learner(name)
        if "CEF" in known:
            programme.done(name, "CEF", on="2025-10-10")
    return programme


def nearly_done(programme: Programme, name: str, *missing: str, **columns: str) -> Programme:
    """Add a learner who has done everything of the rolling edition but some components."""
    everything = ("ORIENT", "CODE", "PBK", "NOC", "VALUES", "FEEDBACK", *CHOSEN[:4])
    programme.learner(name, **columns).done(name, *(code for code in everything if code not in missing))
    programme.done(name, "QSS", on="2025-05-15").done(name, "QSS", on="2025-08-14")
    return programme.done(name, "QSS:talk", on="2025-11-13")


def only_a_workshop_missing(**columns: str) -> Programme:
    """Return a learner of the rolling edition who misses one chosen workshop alone."""
    programme = Programme().learner(enrolled="2025-02-01", **columns)
    programme.done("ada", "ORIENT", "CODE", "PBK", "NOC", "VALUES", "FEEDBACK", "FOURFRAME", "DECIDE", "TOOLS")
    programme.done("ada", "QSS", on="2025-05-15").done("ada", "QSS", on="2025-08-14")
    return programme.done("ada", "QSS:talk", on="2025-11-13")
