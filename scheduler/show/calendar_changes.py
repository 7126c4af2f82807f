"""What became of a calendar that is held, on a screen: what changes, from what to what, and whom it touches."""

from models.programme.offering import Offering
from models.programme.words import listed
from scheduler.calendar.changed import Shift
from scheduler.calendar.question import CalendarAnswer
from scheduler.show.screen import Screen

WORDS = {"trainers": "other trainers", "moved": "moved", "cancelled": "cancelled", "added": "added"}


def show_shifts(screen: Screen, found: CalendarAnswer) -> None:
    """Write one row for each offering that is not as it was; nothing where nothing has happened."""
    if not found.question.changes:
        return
    screen.line()
    if not found.shifts:
        screen.line("Nothing has to change: whoever teaches what is held still can.", style="bold")
        return
    screen.line("What changes; everything else stays as it is", style="bold")
    rows = [
        (_name(e), WORDS[e.what], _place(e, e.was), _place(e, e.now), listed(e.touched) or "-") for e in found.shifts
    ]
    screen.table(rows, ("Offering", "", "Was", "Now", "Booked by"), whole=(1,))


def _name(shift: Shift) -> str:
    run = shift.was or shift.now
    return "" if run is None else run.id


def _place(shift: Shift, run: Offering | None) -> str:
    if run is None:
        return "-"
    who = listed(run.trainers)
    return who or "nobody" if shift.what == "trainers" else f"{run.start}" + (f" {who}" if who else "")
