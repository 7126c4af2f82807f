"""How much hangs on each offering, as a screen, as JSON and as rows."""

from collections.abc import Sequence
from typing import Any

from models.programme.words import listed, plural
from scheduler.explain.critical import Critical, Criticality
from scheduler.show.cut_short import NAMES, SUMS, cut_short, sharing_in_words, status
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
MOST = 10
"""So many offerings are listed on a screen, unless all are asked for."""

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


def show_critical(screen: Screen, found: Criticality, *, whole: bool = False) -> None:
    """Write the offerings on which a graduation day hangs, the most critical first, ten of them unless `whole`."""
    heading(screen, found.instance)
    if not found.answers.of:
        screen.line("There are no learners: nothing hangs on any offering.")
        return
    hanging = [row for row in found.rows if row.effect.worth < (0, 0)]
    screen.line(_counted(found, hanging), style="bold")
    screen.line()
    shown = hanging if whole else hanging[:MOST]
    screen.table(map(_row, shown), HEAD, right=(2, 3, 4), whole=(0, 1, 2, 3, 4), indent=0)
    if hanging:
        screen.line()
    if len(shown) < len(hanging):
        screen.line(f"{plural(len(hanging) - len(shown), 'more')}: --all shows all.")
    spare = len(found.rows) - len(hanging)
    if spare and hanging:
        screen.line(f"{plural(spare, 'other offering')} could be cancelled without a day lost. --csv lists all.")
    if hanging:
        screen.line(
            "Graduations = how many learners would no longer graduate in time; Days = learner-days lost by those who still do."
        )
    helping = [row.offering.id for row in found.rows if row.effect.worth > (0, 0) and row.effect.proved]
    if helping:
        screen.line(
            f"Without {listed(helping, 'or')} more graduate, or earlier: the seats that it shares are free again."
        )
    if found.together:
        screen.line(f"{SUMS} {NAMES}")
    cut_short(screen, complete=found.complete)


def _counted(found: Criticality, hanging: Sequence[Critical]) -> str:
    """Say what the rows count: offerings that are cancelled one at a time, and what is lost then."""
    among = f"{sharing_in_words(together=found.together)}:"
    if not hanging:
        return f"Nobody's graduation hangs on any single one of {plural(len(found.rows), 'offering')}, {among[:-1]}."
    verb = "costs" if len(hanging) == 1 else "cost"
    return (
        f"{len(hanging)} of {plural(len(found.rows), 'coming offering')}, cancelled one at a time, {verb} somebody the "
        f"graduation or days, {among}"
    )


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
