"""Completions that another system knows of, as rows of records.csv: whose, of which run, on which day."""

from datetime import date

from models.programme.offering import Offering
from scheduler.imports.asked import ImportAsked
from scheduler.imports.proposed import ImportFound
from scheduler.imports.seats import RECORDS

NO_DAY = "no day is known of it: say one with --on, or map it to an offering"
NOT_BEGUN = "{} has not begun on the planning day"


class Completions:
    """Adds completions to a proposal, each once."""

    def __init__(self, asked: ImportAsked, found: ImportFound, system: str) -> None:
        self.asked, self.found, self.note = asked, found, f"from {system}"
        self.table = found.table("records", RECORDS)
        instance = asked.instance
        self.done: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self.runs: dict[tuple[str, str], set[str]] = {}
        for row in instance.records:
            key = (row.learner, row.component)
            if row.status in {"completed", "exempt"}:
                self.done.setdefault(key, set()).add((row.offering or "", str(row.date or "")))
            if row.offering and row.status == "booked":
                self.runs.setdefault(key, set()).add(row.offering)
        self.component = {
            each.code: each for edition in instance.editions.values() for each in edition.component.values()
        }

    def add(self, learner: str, thing: str, day: date | None) -> None:
        """Propose that a learner completed an offering or a component; `day` None = the source does not date it."""
        run = self._run(learner, thing)
        component = run.component if run else thing
        reason = None if run is None or day or run.start <= self.asked.instance.as_of else NOT_BEGUN.format(run.id)
        when = day or self.asked.on or (min(run.end, self.asked.instance.as_of) if run else None)
        if reason or when is None:
            self.found.leave_out(reason or NO_DAY, learner)
            return
        self._put(learner, component, run, {"status": "completed", "date": str(when), "note": self.note})

    def excuse(self, learner: str, thing: str, reason: str) -> None:
        """Propose that a learner is exempt from a component."""
        run = self.asked.instance.offering.get(thing)
        component = run.component if run else thing
        self._put(learner, component, None, {"status": "exempt", "date": "", "note": reason})

    def _run(self, learner: str, thing: str) -> Offering | None:
        """Return the run that is meant: the one named, or the only one of the component that the learner is booked in."""
        offering = self.asked.instance.offering
        booked = self.runs.get((learner, thing), set())
        return offering.get(thing) or (offering[next(iter(booked))] if len(booked) == 1 else None)

    def _put(self, learner: str, component: str, run: Offering | None, cells: dict[str, str]) -> None:
        done = self.done.setdefault((learner, component), set())
        mine = (run.id if run else "", "" if run else cells["date"])
        known = self.component.get(component)
        many = known is not None and (known.repeatable or known.valid_years is not None)
        same = {(name, "" if name else day) for name, day in done}
        if mine in same or (done and not many):
            self.table.known += 1
            return
        done.add((mine[0], cells["date"]))
        row = dict.fromkeys(RECORDS, "") | {
            "learner": learner,
            "component": component,
            "offering": run.id if run else "",
        }
        self.table.rows.append(row | cells)
