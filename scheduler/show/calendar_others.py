"""Other calendars on a screen: those that are nearly as good and clearly different, and what the one that stands costs."""

from datetime import date

from models.programme.offering import Offering
from models.programme.words import plural
from scheduler.calendar.alternatives import Alternative
from scheduler.calendar.question import CalendarAnswer
from scheduler.show.screen import Screen


def show_alternatives(screen: Screen, found: CalendarAnswer) -> None:
    """Write the alternatives that were asked for, each with its worth and in what it differs."""
    if not found.question.alternatives:
        return
    screen.line()
    screen.line("Other calendars: a quarter of the runs, two at least, on other days", style="bold")
    if not found.alternatives:
        screen.line("None was found in time.", indent=2)
    rows = [
        (str(number), str(len(e.worth.held)), str(e.worth.not_graduating), f"{e.worth.days:,}", _more(found, e))
        for number, e in enumerate(found.alternatives, start=1)
    ]
    if rows:
        screen.table(rows, ("", "Added", "Not graduating", "Days", ""), right=(1, 2, 3))
    for number, each in enumerate(found.alternatives, start=1):
        screen.line()
        screen.line(f"In calendar {number}", indent=2)
        lines = [(e.component, _day(e.best), _day(e.other)) for e in each.differences]
        screen.table(lines, ("Component", "Best", f"Calendar {number}"), whole=(0, 1, 2))


def _more(found: CalendarAnswer, each: Alternative) -> str:
    days = each.worth.days - found.values["graduation"]
    if each.worth.not_graduating != found.values["not-graduating"]:
        return ""
    return "as good" if not days else f"{plural(abs(days), 'day')} {'more' if days > 0 else 'fewer'}"


def _day(day: date | None) -> str:
    return "-" if day is None else str(day)


def show_regret(screen: Screen, found: CalendarAnswer) -> None:
    """Write what the calendar that stands costs, and the changes that win most of it."""
    if not found.question.regret:
        return
    screen.line()
    regret = found.regret
    if regret is None:
        screen.line("Regret: nothing stands in the year that nobody has booked and that could be moved.", style="bold")
        return
    screen.line(f"Regret: {plural(len(regret.movable), 'offering')} of the year could still be moved", style="bold")
    rows = [
        ("the calendar as it stands", str(regret.standing.not_graduating), f"{regret.standing.graduation:,}"),
        *(
            (f"{_name(step.gone)} -> {_name(step.come)}", str(step.after.not_graduating), f"{step.after.graduation:,}")
            for step in regret.steps
        ),
        ("the best one with as many", str(regret.best.not_graduating), f"{regret.best.graduation:,}"),
    ]
    screen.table(rows, ("Change", "Not graduating", "Days"), right=(1, 2))
    if regret.least is not None:
        screen.line(f"No calendar with as many offerings does better than {regret.least:,} days.", indent=2)


def _name(run: Offering | None) -> str:
    return "nothing" if run is None else f"{run.component} {run.start}"
