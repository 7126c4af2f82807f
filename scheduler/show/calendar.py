"""The answer to `calendar` on a screen: what to add and when, the year at a glance, what it wins, and how far it is proved."""

from collections import Counter
from collections.abc import Sequence

from models.programme.offering import Offering
from models.programme.time import local
from models.programme.words import listed, plural
from scheduler.calendar.question import GOALS, CalendarAnswer, Gain
from scheduler.calendar.writing import runs_of
from scheduler.show.calendar_changes import show_shifts
from scheduler.show.calendar_dates import show_dates
from scheduler.show.calendar_others import show_alternatives, show_regret
from scheduler.show.calendar_promises import show_kept
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.show.times import city

FEW = 10
"""So many rows of a long table are shown unless all are asked for."""

NAMES = {
    "before the change": "before the change",
    "nothing done": "with nothing done about it",
    "as it stands": "the calendar as it stands",
    "as last year": "last year's pattern again",
    "largest gaps": "the largest gaps filled",
}
"""What the calendars are called that it is compared with."""

MARKS = {"added": "+", "moved": ">", "cancelled": "x"}
"""What stands before the day of a run that is not kept as it is."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_calendar(screen: Screen, found: CalendarAnswer, *, everything: bool = False) -> None:
    """Write an answer; with `everything` all rows of the long tables."""
    heading(screen, found.instance)
    for words in sum_of_calendar(found):
        screen.line(words, style="bold")
    show_shifts(screen, found)
    show_dates(screen, found)
    _glance(screen, found)
    _added(screen, found)
    _compared(screen, found)
    _ledger(screen, found, everything=everything)
    show_kept(screen, found, everything=everything)
    _loads(screen, found)
    _curve(screen, found)
    show_alternatives(screen, found)
    show_regret(screen, found)
    if found.notes:
        screen.line()
        screen.line("Notes", style="bold")
        screen.bullets(found.notes)


def sum_of_calendar(found: CalendarAnswer) -> list[str]:
    """Say what is added, what that comes to, and how far it is proved."""
    learners = len(found.result.learners)
    graduate = learners - found.values["not-graduating"]
    expected = sum(each.learner in found.expected for each in found.result.learners)
    of_them = f" ({expected} of them expected)" if expected else ""
    verb = "graduates" if learners == 1 else "graduate"
    first = f"{_done(found)}: {graduate} of {plural(learners, 'learner')}{of_them} {verb},"
    days = found.values["graduation"]
    lines = [f"{first} in {days:,} {'day' if days == 1 else 'days'} altogether."]
    if found.values["broken-promises"]:
        lines.append(f"{plural(found.values['broken-promises'], 'promise')} cannot be kept by it.")
    return [*lines, f"{_proof(found)}."]


def _done(found: CalendarAnswer) -> str:
    if not found.question.changes:
        return f"{plural(len(found.added), 'offering')} added"
    return f"{plural(len(found.shifts), 'change')}, {plural(found.values['changes'], 'date')} lost or moved"


def _proof(found: CalendarAnswer) -> str:
    reason = f"{found.reason[0].upper()}{found.reason[1:]}"
    for name in GOALS[:3]:
        bound, value = found.bounds.get(name), found.values[name]
        if bound is None:
            return f"{reason} ({name}: {value:,} here, nothing is proved)"
        if bound < value:
            return f"{reason} ({name}: {value:,} here, no calendar does better than {bound:,})"
    return reason


def _glance(screen: Screen, found: CalendarAnswer) -> None:
    """Show the year: months across, components down, the days on which runs start."""
    year = found.instance.year
    runs = [(run, state) for run, state in runs_of(found) if year and year.first <= run.start <= year.last]
    if year is None or not runs:
        return
    first = year.first.year * 12 + year.first.month - 1
    last = year.last.year * 12 + year.last.month - 1
    if last - first >= len(MONTHS):
        return
    cells: dict[str, dict[int, list[str]]] = {}
    for run, state in runs:
        month = run.start.year * 12 + run.start.month - 1
        mark = f"{MARKS.get(state, '')}{run.start.day}"
        cells.setdefault(run.component, {}).setdefault(month, []).append(mark)
    screen.line()
    screen.line(f"{_title(found)}: the days on which runs start, {_legend(runs)}", style="bold")
    months = range(first, last + 1)
    rows = [(code, *(" ".join(cells[code].get(month, ["."])) for month in months)) for code in _order(found, cells)]
    screen.table(rows, ("", *(MONTHS[month % 12] for month in months)), whole=(0,))


def _legend(runs: Sequence[tuple[Offering, str]]) -> str:
    seen = {state for _, state in runs}
    return ", ".join(f"{mark} what is {state}" for state, mark in MARKS.items() if state in seen or state == "added")


def _title(found: CalendarAnswer) -> str:
    year = found.instance.year
    if year is None:
        return ""
    return f"{year.first.year}" if year.first.year == year.last.year else f"{year.first} to {year.last}"


def _order(found: CalendarAnswer, codes: dict[str, dict[int, list[str]]]) -> list[str]:
    edition = found.instance.editions.get(found.instance.edition or "")
    known = [each.code for each in edition.components] if edition else []
    return [*(code for code in known if code in codes), *sorted(set(codes) - set(known))]


def _added(screen: Screen, found: CalendarAnswer) -> None:
    if not found.added:
        return
    screen.line()
    screen.line("Offerings to add", style="bold")
    trainers = {each.offering: each.trainers for each in found.held}
    seated = Counter(run for each in found.result.learners if each.path for run in each.path.offerings)
    rows = [
        (
            run.component,
            _when(run, found.instance.zone),
            _when(run, "UTC")[-5:] if run.opens is not None else "",
            _length(run),
            listed(trainers.get(run.id, ())) or "-",
            f"{seated[run.id]} of {run.seats}" if run.seats is not None else f"{seated[run.id]}",
        )
        for run in found.added
    ]
    head = ("Component", city(found.instance.zone), "UTC", "", "Trainer", "Seats used")
    screen.table(rows, head, whole=(0, 1, 2, 3))


def _when(run: Offering, zone: str) -> str:
    return str(run.start) if run.opens is None else f"{local(run.opens, zone):%a %Y-%m-%d %H:%M}"


def _length(run: Offering) -> str:
    return f"{len(run.sessions)}x, to {run.end:%m-%d}" if len(run.sessions) > 1 else ""


def _compared(screen: Screen, found: CalendarAnswer) -> None:
    screen.line()
    screen.line("Compared with", style="bold")
    rows = [_row(*each) for each in comparisons(found)]
    screen.table(rows, ("", "Added", "Broken promises", "Not graduating", "Days"), right=(1, 2, 3, 4))


def comparisons(found: CalendarAnswer) -> list[tuple[str, int, int, int, int]]:
    """Return the calendars compared, this one last: name, offerings added, promises broken, not graduating, days."""
    rows = [
        (NAMES.get(each.name, each.name), each.added, each.broken, each.not_graduating, each.graduation)
        for each in found.baselines
    ]
    broken, blocked, days = (found.values[name] for name in GOALS[:3])
    return [*rows, ("this calendar", len(found.added), broken, blocked, days)]


def _row(name: str, *numbers: int) -> tuple[str, ...]:
    return (name, *(f"{each:,}" for each in numbers))


def _ledger(screen: Screen, found: CalendarAnswer, *, everything: bool) -> None:
    if not found.ledger:
        return
    screen.line()
    screen.line(f"Who gains and who loses, against {compared_with(found)}", style="bold")
    rows = sorted(found.ledger, key=_loss, reverse=True)
    shown = rows if everything else rows[:FEW]
    screen.table(
        [(each.learner, str(each.before or "-"), str(each.after or "-"), difference_of(each)) for each in shown],
        ("Learner", "Before", "After", ""),
        whole=(0, 1, 2),
    )
    _rest(screen, len(rows) - len(shown))


def compared_with(found: CalendarAnswer) -> str:
    """Say with what the days of before are meant."""
    return "what was told before" if found.question.changes else "the calendar as it stands"


def _loss(change: Gain) -> tuple[int, int, str]:
    """Put first who loses the day altogether, then who loses most, last who graduates only now."""
    if change.after is None:
        return (2, 0, change.learner)
    return (0, 0, change.learner) if change.before is None else (1, change.days or 0, change.learner)


def difference_of(change: Gain) -> str:
    """Say how a learner's day differs from before."""
    if change.after is None:
        return "does not graduate any more"
    if change.before is None or change.days is None:
        return "graduates now"
    return f"{plural(abs(change.days), 'day')} {'later' if change.days > 0 else 'earlier'}"


def _rest(screen: Screen, more: int) -> None:
    if more > 0:
        screen.line(f"and {more} more; --all shows them", indent=2)


def _loads(screen: Screen, found: CalendarAnswer) -> None:
    if not found.loads:
        return
    screen.line()
    screen.line("Trainers, from the planning day on", style="bold")
    rows = [(e.trainer, str(e.meetings), str(e.busiest), str(e.courses)) for e in found.loads]
    screen.table(rows, ("", "Meetings", "Busiest week", "Courses at once"), right=(1, 2, 3))
    counts = [each.meetings for each in found.loads]
    busiest, spread = max(each.busiest for each in found.loads), max(counts) - min(counts)
    screen.line(f"Busiest week of anybody {busiest}; spread {spread} (the most meetings less the fewest).", indent=2)


def _curve(screen: Screen, found: CalendarAnswer) -> None:
    if not found.curve:
        return
    screen.line()
    screen.line("What fewer additions would reach (found, not proved)", style="bold")
    rows = [(str(e.added), str(e.not_graduating), f"{e.graduation:,}") for e in found.curve]
    screen.table(rows, ("Added", "Not graduating", "Days"), right=(0, 1, 2))
