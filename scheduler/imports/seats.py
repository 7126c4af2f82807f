"""Seats that another system gives: bookings of learners here, and seats taken by everybody else; whoever gives back frees one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.files.extended import Row, standing, table_of
from scheduler.files.formulas import guarded, unguarded
from scheduler.imports.asked import ImportAsked
from scheduler.imports.proposed import BEFORE, ImportFound

RECORDS = ("learner", "component", "offering", "status", "date", "role", "minutes", "note")
LEDGER = "seats"
LEDGER_COLUMNS = ("system", "key", "offering", "seats")
BY_HAND = "given back, but the booking was not made by an import: kept"
DROPPED = "an earlier file gave them a seat and this one does not name them: kept (--whole-list frees their seats)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One line of a list of bookings: its key in the other system, the learners named with it; `holds` False = given back."""

    key: str
    offering: str
    learners: tuple[str, ...] = ()
    seats: int = 1
    holds: bool = True


class BookingComparison:
    """Compares a list of bookings with what stands, and puts the difference into a proposal."""

    def __init__(self, asked: ImportAsked, found: ImportFound, system: str) -> None:
        self.asked, self.found, self.system = asked, found, system
        self.records = found.table("records", RECORDS)
        self.booked = {(row.get("learner", ""), row.get("offering", "")): place
                       for place, row in enumerate(self.records.now.rows)
                       if row.get("status", "").casefold() in {"booked", "completed", "missed"}}  # fmt: skip
        self.path = asked.folder / BEFORE / f"{LEDGER}.csv"
        self.ledger = {
            (row["system"], str(unguarded(row["key"])), row["offering"]): int(row["seats"])
            for row in standing(self.path).rows
        }
        self.before = dict(self.ledger)

    def settle(self, lines: Iterable[Hold]) -> None:
        """Take a list over: bookings and seats of those who hold one, none of those who gave it back."""
        by_offering: dict[str, dict[str, Hold]] = defaultdict(dict)
        for line in lines:
            same = by_offering[line.offering]
            same[line.key] = _together(same[line.key], line) if line.key in same else line
        for offering, holds in sorted(by_offering.items()):
            self._offering(offering, holds)
        if self.ledger != self.before:
            rows = [
                dict(zip(LEDGER_COLUMNS, (system, guarded(key), run, str(seats)), strict=True))
                for (system, key, run), seats in sorted(self.ledger.items())
            ]
            self.found.files[f"{BEFORE}/{LEDGER}.csv"] = table_of(LEDGER_COLUMNS, rows)

    def _offering(self, offering: str, holds: dict[str, Hold]) -> None:
        wanted: dict[str, str] = {}
        for key, hold in holds.items():
            named = sum(wanted.setdefault(each, key) == key for each in hold.learners if hold.holds)
            self._strangers((self.system, key, offering), max(0, hold.seats - named) if hold.holds else 0)
        for learner, key in wanted.items():
            self._book(learner, offering, key)
        for hold in holds.values():
            for learner in hold.learners if not hold.holds else ():
                if learner not in wanted:
                    self._free(learner, offering, hold.key)
        self._absent(offering, holds)
        self._taken(offering)

    def _strangers(self, key: tuple[str, str, str], seats: int) -> None:
        if seats:
            self.ledger[key] = seats
        else:
            self.ledger.pop(key, None)

    def _book(self, learner: str, offering: str, key: str) -> None:
        note = f"{self.system} {key}"
        place = self.booked.get((learner, offering))
        if place is None:
            row = dict.fromkeys(RECORDS, "")
            component = self.asked.instance.offering[offering].component
            row |= {"learner": learner, "component": component, "offering": offering, "status": "booked", "note": note}
            self.records.rows.append(row)
            return
        if self._is_ours(self.records.now.rows[place]):
            self.records.change(place, {"note": note})
        self.records.known += place not in self.records.changed

    def _free(self, learner: str, offering: str, key: str) -> None:
        place = self.booked.get((learner, offering))
        row: Row = {} if place is None else self.records.now.rows[place]
        if place is None or row.get("status", "").casefold() != "booked":
            self.found.leave_out("given back, and not booked here", learner)
        elif row.get("note", "") == f"{self.system} {key}":
            self.records.removed.add(place)
        else:
            self.found.leave_out(BY_HAND, learner)

    def _is_ours(self, row: Row) -> bool:
        return row.get("note", "").startswith(f"{self.system} ") and row.get("status", "").casefold() == "booked"

    def _absent(self, offering: str, holds: dict[str, Hold]) -> None:
        """Free the seats of those whom an earlier file named and this one does not, if the list is said to be whole."""
        for (learner, run), place in self.booked.items():
            row = self.records.now.rows[place]
            if run == offering and self._is_ours(row) and row["note"].removeprefix(f"{self.system} ") not in holds:
                if self.asked.whole:
                    self.records.removed.add(place)
                else:
                    self.found.leave_out(DROPPED, learner)
        for key in [
            each for each in self.ledger if each[0] == self.system and each[2] == offering and each[1] not in holds
        ]:
            if self.asked.whole:
                del self.ledger[key]
            else:
                self.found.leave_out(DROPPED, key[1])

    def _taken(self, offering: str) -> None:
        """Change the seats taken by others by as many as the list has more or fewer than the last time."""
        now, before = (_held(each, offering) for each in (self.ledger, self.before))
        if now == before:
            return
        table = self.found.table("offerings", ("offering", "taken"))
        place = next(at for at, row in enumerate(table.now.rows) if row.get("offering") == offering)
        old = self.asked.instance.offering[offering].taken
        new = max(0, old + now - before)
        table.change(place, {"taken": str(new) if new else ""})
        words = f"{offering}: {now} of the seats taken {'is' if now == 1 else 'are'} held by people who are no learners here"
        by_hand = old - before
        if by_hand > 0:
            words += f", and {by_hand} stood there before (if they are the same people, taken should be {now})"
        self.found.remarks.append(words)


def _held(ledger: dict[tuple[str, str, str], int], offering: str) -> int:
    return sum(seats for (_, _, run), seats in ledger.items() if run == offering)


def _together(first: Hold, second: Hold) -> Hold:
    """Return two lines of one key as one: whatever gives the seat back counts, and seats of lines that hold add up."""
    learners = tuple(dict.fromkeys((*first.learners, *second.learners)))
    if not (first.holds and second.holds):
        return replace(first, learners=learners, holds=False)
    return replace(first, learners=learners, seats=first.seats + second.seats)
