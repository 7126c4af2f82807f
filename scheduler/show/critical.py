"""How much hangs on each offering, as a screen, as JSON and as rows."""

from typing import Any

from models.programme.words import listed, plural
from scheduler.explain.critical import Critical, Criticality
from scheduler.show.cut_short import NAMES, SUMS, asked, cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

COLUMNS = (
    "offering",
    "component",
    "start",
    "end",
    "users",
    "graduations_lost",
    "days_lost",
    "lost",
    "later",
    "gained",
    "earlier",
    "proved",
)
HEAD = ("If cancelled", "Start", "In use by", "Graduations", "Days", "No longer in time")


def critical_rows(found: Criticality) -> list[Row]:
    """Return one row for each offering, the most critical first."""
    return [
        {
            "offering": row.offering.id,
            "component": row.offering.component,
            "start": row.offering.start,
            "end": row.offering.end,
            "users": row.users,
            "graduations_lost": -row.effect.graduations,
            "days_lost": None if row.effect.saved is None else -row.effect.saved,
            "lost": row.effect.lost,
            "later": row.effect.later,
            "gained": row.effect.gained,
            "earlier": row.effect.earlier,
            "proved": row.effect.proved,
        }
        for row in found.rows
    ]


def critical_answer(found: Criticality) -> dict[str, Any]:
    """Return what `critical --json` prints."""
    return envelope("critical", found.instance) | {
        "status": status(complete=found.complete),
        "together": found.together,
        "rows": json_rows(critical_rows(found)),
    }


def show_critical(screen: Screen, found: Criticality) -> None:
    """Write the offerings on which a graduation day hangs, the most critical first; then count the others."""
    heading(screen, found.instance)
    if not found.answers.of:
        screen.line("There are no learners: nothing hangs on any offering.")
        return
    hanging = [row for row in found.rows if row.effect.worth != (0, 0)]
    screen.line(
        f"Graduations and learner-days lost if an offering is cancelled, {asked(together=found.together)}:",
        style="bold",
    )
    screen.line()
    screen.table(map(_row, hanging), HEAD, right=(2, 3, 4), whole=(0, 1, 2, 3, 4), indent=0)
    if not hanging:
        screen.line("Nobody's graduation hangs on any single offering.")
    screen.line()
    spare = len(found.rows) - len(hanging)
    if spare and hanging:
        screen.line(f"{plural(spare, 'other offering')} could be cancelled without a day lost. --csv lists all.")
    screen.line(
        "Graduations = how many learners would no longer graduate in time; Days = learner-days lost by those who still do."
    )
    if found.together:
        screen.line(f"{SUMS} {NAMES}")
    cut_short(screen, complete=found.complete)


def _row(row: Critical) -> tuple[str, ...]:
    days = row.effect.saved
    doubt = "" if row.effect.proved else " (not proved)"
    return (
        row.offering.id,
        str(row.offering.start),
        str(len(row.users)),
        str(-row.effect.graduations),
        "-" if days is None else str(-days),
        f"{listed(row.effect.lost) or '-'}{doubt}",
    )
