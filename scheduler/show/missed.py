"""What missing each step would mean, as a screen, as JSON and as rows."""

from typing import Any

from models.programme.words import listed, plural
from scheduler.explain.missed import Missed, Misses
from scheduler.show.cut_short import cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

COLUMNS = (
    "learner",
    "offering",
    "component",
    "role",
    "start",
    "end",
    "graduation_now",
    "graduation_then",
    "days_lost",
    "instead",
    "dropped",
    "given_up",
)
HEAD = ("If missed", "On", "Graduates", "Later by", "Instead")


def missed_rows(found: Misses) -> list[Row]:
    """Return one row for each step."""
    return [
        {
            "learner": found.answer.learner,
            "offering": row.booking.offering,
            "component": row.component,
            "role": row.booking.role,
            "start": row.start,
            "end": row.end,
            "graduation_now": found.answer.graduation,
            "graduation_then": row.graduation,
            "days_lost": row.lost,
            "instead": row.instead,
            "dropped": row.dropped,
            "given_up": row.given_up,
        }
        for row in found.rows
    ]


def missed_answer(found: Misses) -> dict[str, Any]:
    """Return what `missed --json` prints."""
    alone = found.answer.alone
    return envelope("missed", found.instance) | {
        "status": status(complete=found.complete),
        "learner": found.answer.learner,
        "learner_status": found.answer.status,
        "graduation": found.answer.graduation and found.answer.graduation.isoformat(),
        "rows": json_rows(missed_rows(found)),
        "together": found.together,
        "alone": alone and alone.isoformat(),
    }


def show_missed(screen: Screen, found: Misses) -> None:
    """Write a line for each step of the learner's path."""
    heading(screen, found.instance)
    answer = found.answer
    if answer.status != "graduates":
        words = {
            "graduated": "has graduated: there is nothing left to miss",
            "blocked": "cannot graduate: there is no path to fall out of. scheduler path says why",
            "not-enrolled": "is not in the programme",
        }
        screen.line(f"{answer.learner} {words.get(answer.status, 'was not settled in time')}.")
        if answer.alone:
            screen.line(f"If nobody else took another seat, {answer.learner} could graduate on {answer.alone}.")
        return
    screen.line(f"{answer.learner} graduates on {answer.graduation}, if nothing is missed.", style="bold")
    if found.together:
        screen.line(f"All learners are planned together, and the others keep their places{_earlier(found)}.")
    if not found.rows and found.complete and found.planned:
        screen.line("No step that is still to come has a date, so none can be missed.")
        return
    screen.line()
    screen.table(map(_row, found.rows), HEAD, whole=(0, 1, 2, 3), indent=0)
    screen.line()
    screen.line(
        "Each step is missed alone, on its first day, and the rest is planned anew from that day: what is done or booked "
        "stays, what is only planned may change. Self-paced tasks cannot be missed."
    )
    cut_short(screen, complete=found.complete, planned=found.planned)


def _earlier(found: Misses) -> str:
    answer = found.answer
    return f"; alone it would be {answer.alone}" if answer.alone and answer.alone != answer.graduation else ""


def _row(row: Missed) -> tuple[str, ...]:
    what = f"{row.booking.offering} ({row.booking.role})" if row.booking.role else row.booking.offering
    if row.graduation is None or row.lost is None:
        return what, str(row.start), "no path then", "-", "-"
    by = "the same day" if row.lost == 0 else plural(row.lost, "day")
    return what, str(row.start), str(row.graduation), by, instead_of(row)


def instead_of(row: Missed) -> str:
    """Say what takes the place of a missed step, what is no longer taken, and what must be given up."""
    words = [listed(row.instead)] if row.instead else ["nothing new is needed"]
    planned = [name for name in row.dropped if name not in row.given_up]
    if planned:
        words.append(f"without {listed(planned)}")
    if row.given_up:
        words.append(f"the booking of {listed(row.given_up)} must be given up")
    return "; ".join(words)
