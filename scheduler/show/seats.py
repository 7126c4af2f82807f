"""What seats are worth, as a screen, as JSON and as rows."""

from typing import Any

from models.programme.words import plural
from scheduler.show.cut_short import SUMS, cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.studies.seats import SeatsCurve, SeatsWorth

COLUMNS = ("seats", "not_graduating", "days", "days_saved", "graduations_gained", "missing", "gained", "lost", "proved")
HEAD = ("Seats", "Not in time", "Days to graduation", "Graduations gained", "Days saved", "Proved")


def seats_rows(found: SeatsCurve) -> list[Row]:
    """Return one row for each number of seats."""
    return [
        {
            "seats": row.seats,
            "not_graduating": len(row.missing),
            "days": row.days,
            "days_saved": row.effect.saved,
            "graduations_gained": row.effect.graduations,
            "missing": row.missing,
            "gained": row.effect.gained,
            "lost": row.effect.lost,
            "proved": row.effect.proved,
        }
        for row in found.rows
    ]


def seats_answer(found: SeatsCurve) -> dict[str, Any]:
    """Return what `value --seats --json` prints."""
    return envelope("value", found.instance) | {
        "status": status(complete=found.complete),
        "together": True,
        "offerings": list(found.offerings),
        "rows": json_rows(seats_rows(found)),
    }


def show_seats(screen: Screen, found: SeatsCurve) -> None:
    """Write a line for each number of seats."""
    heading(screen, found.instance)
    if not found.offerings:
        screen.line("No coming offering of these components states its seats, so there is nothing to change.")
        return
    screen.line("What seats are worth, all learners planned together:", style="bold")
    screen.line()
    screen.table(map(_row, found.rows), HEAD, right=(0, 1, 2, 3, 4), whole=(0,), indent=0)
    screen.line()
    screen.line(
        f"So many seats in each of {plural(len(found.offerings), 'coming offering')}, those taken by others included, and "
        "never fewer than are held; where the calendar limits no seats, none are. Days to graduation = over all who "
        f"graduate; gained and saved = against the calendar as it is. {SUMS}"
    )
    cut_short(screen, complete=found.complete)


def _row(row: SeatsWorth) -> tuple[str, ...]:
    days = "-" if row.effect.saved is None else str(row.effect.saved)
    proved = "yes" if row.effect.proved else "no"
    return str(row.seats), str(len(row.missing)), str(row.days), str(row.effect.graduations), days, proved
