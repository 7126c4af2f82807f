"""Faults: what is wrong in a file, where, what was read, what is allowed, and the nearest right name."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

SHOWN = 200
KEPT = 5_000
LONGEST_READ = 60
MANY_NAMES = 2_000
MANY = 4
"""So many faults of one kind in one column are told in one line."""
PLACES = 3


class SchedulerError(Exception):
    """The root of every error that a person can mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong; `line` and `column` count from 1, and 0 stands for the whole file; a CSV column counts cells.

    In a workbook `sheet` is told too: `line` is then a row of it, and `column` is told by its letter.
    """

    file: str
    line: int = 0
    column: int = 0
    message: str
    read: str | None = None
    allowed: str | None = None
    near: str | None = None
    sheet: str | None = None

    @property
    def key(self) -> tuple[str, str, int, int, str, str]:
        """The place of this fault among others."""
        return self.file, self.sheet or "", self.line, self.column, self.message, self.read or ""

    @property
    def place(self) -> str:
        """Where it is, as editors can jump to it; in a workbook by sheet, row and column letter."""
        if self.sheet is None:
            return f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        cell = f", row {self.line}, column {letters(self.column)}" if self.line else ""
        return f"{self.file}, sheet {self.sheet}{cell}"

    def __str__(self) -> str:
        """Write the fault as one line."""
        words = f"{self.place}: {self.message}"
        if self.read is not None:
            words += f"; read {shortened(self.read)}"
        if self.allowed is not None:
            words += f"; allowed: {self.allowed}"
        return words if self.near is None else f"{words}; did you mean {self.near!r}?"


class BadInstanceError(SchedulerError):
    """Files that cannot be used: `faults` in order of place; `more` counts those that were not kept."""

    def __init__(self, faults: Iterable[Fault], more: int = 0) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: fault.key))
        self.more = more
        super().__init__(str(self))

    def __str__(self) -> str:
        """Write the first faults, one a line, and how many more there are."""
        groups = list(_of_one_kind(self.faults))
        lines = [_told(group) for group in groups[:SHOWN]]
        hidden = sum(map(len, groups[SHOWN:])) + self.more
        return "\n".join([*lines, f"… and {hidden} more faults"] if hidden else lines)


def _of_one_kind(faults: Sequence[Fault]) -> Iterator[list[Fault]]:
    """Yield faults in the order of their places, those of one kind in one column together where they are many."""
    kinds: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(_kind(fault), []).append(fault)
    for fault in faults:
        group = kinds[_kind(fault)]
        if len(group) < MANY or not fault.line:
            yield [fault]
        elif group[0] is fault:
            yield group


def _kind(fault: Fault) -> tuple[object, ...]:
    return fault.file, fault.sheet, fault.column, fault.message, fault.allowed


def _told(group: Sequence[Fault]) -> str:
    """Write one fault, or the first of many of its kind and where the next ones are."""
    first, *others = group
    if not others:
        return str(first)
    rows = "row" if first.sheet else "line"
    lines = ", ".join(str(fault.line) for fault in others[:PLACES])
    more = ", …" if len(others) > PLACES else ""
    return f"{first} ({len(group)} of this kind in this column; the next in {rows} {lines}{more})"


class Ledger:
    """Collects the faults and warnings of one reading, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.more = 0

    def add(self, fault: Fault) -> None:
        """Note a fault; beyond a few thousand only their number is kept."""
        if len(self.faults) < KEPT:
            self.faults.append(fault)
        else:
            self.more += 1

    def warn(self, warning: Fault) -> None:
        """Note something odd that stops nothing."""
        self.warnings.append(warning)

    def near(self, name: str, names: Iterable[str]) -> str | None:
        """Return the nearest right name, or None; not looked for any more once the screen is full."""
        return nearest(name, names) if len(self.faults) < SHOWN else None

    def refuse(self) -> None:
        """Raise BadInstanceError if there is any fault."""
        if self.faults:
            raise BadInstanceError(self.faults, self.more)


def letters(column: int) -> str:
    """Return the letters by which a spreadsheet program names a column counted from 1: 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def shortened(text: str) -> str:
    """Return a text quoted, escaped and cut to a readable length."""
    return repr(text if len(text) <= LONGEST_READ else text[: LONGEST_READ - 1] + "…")


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that looks most like `name`, or None if none does."""
    return _nearest(name, tuple(sorted(set(names))))


@cache
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    folded = name.casefold()
    likely = names if len(names) <= MANY_NAMES else [n for n in names if n[:2].casefold() == folded[:2]][:MANY_NAMES]
    by_folded = {candidate.casefold(): candidate for candidate in reversed(likely)}
    found = difflib.get_close_matches(folded[:LONGEST_READ], list(by_folded), n=1)
    return by_folded[found[0]] if found else None


def comma_list(names: Iterable[str], most: int = 12) -> str:
    """Return names joined by commas, the first dozen of them."""
    ordered = list(names)
    words = ", ".join(ordered[:most]) or "none"
    return words if len(ordered) <= most else f"{words}, … ({len(ordered)} in all)"
