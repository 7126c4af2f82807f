"""Tables of a page, and a stretch of months with what is held in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.programme.offering import Offering
from models.programme.time import months_later
from models.programme.words import listed
from scheduler.pages.words import days

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table: its title, what is said above it, its columns and rows; `numbers` = columns set to the right."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str = ""
    numbers: tuple[int, ...] = ()
    anchor: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceEntry:
    """One offering in a month: the day on which it starts, what it is, and its state."""

    name: str
    told: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Months across, components down; a cell holds the offerings that start in that month."""

    months: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[GlanceEntry, ...], ...]], ...]


def glance_of(codes: Iterable[str], runs: Sequence[tuple[Offering, str]], first: date, months: int = MONTHS) -> Glance:
    """Return so many months from that of a day on, with offerings and the state of each; empty rows are left out."""
    begins = [months_later(first.replace(day=1), number) for number in range(months)]
    rows = []
    for code in dict.fromkeys(codes):
        mine = [(run, state) for run, state in runs if run.component == code]
        cells = tuple(
            tuple(_held(run, state) for run, state in mine if run.start.replace(day=1) == month) for month in begins
        )
        if any(cells):
            rows.append((code, cells))
    return Glance(months=tuple(f"{month:%b %Y}" for month in begins), rows=tuple(rows))


def _held(run: Offering, state: str) -> GlanceEntry:
    taught = f", taught by {listed(run.trainers)}" if run.trainers else ""
    return GlanceEntry(
        name=f"{run.start.day}", told=f"{run.id}, {days(run.start, run.end)}{taught}, {state}", state=state
    )
