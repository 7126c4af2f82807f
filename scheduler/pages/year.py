"""What stands on the page of a planned year: before and after side by side, what to add, who gains and who loses."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.programme.offering import Offering
from models.programme.time import local
from models.programme.words import listed
from scheduler.calendar.question import CalendarAnswer
from scheduler.calendar.writing import runs_of
from scheduler.pages.tables import MONTHS, Glance, PageTable, glance_of
from scheduler.pages.words import day, sentence
from scheduler.show.calendar import compared_with, comparisons, difference_of, sum_of_calendar
from scheduler.show.times import city


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """All of the page; `before` and `after` show the same months."""

    headline: str
    below: tuple[str, ...]
    before: Glance
    after: Glance
    tables: tuple[PageTable, ...]
    notes: tuple[str, ...]


def year_page(found: CalendarAnswer) -> YearPage:
    """Return the page of a calendar's answer."""
    headline, *below = sum_of_calendar(found)
    year = found.instance.year
    first = year.first if year else found.instance.as_of
    last = year.last if year else found.instance.last_day
    months = min(2 * MONTHS, (last.year - first.year) * MONTHS + last.month - first.month + 1)
    codes = [code for edition in found.instance.editions.values() for code in edition.component]
    held = [(run, state) for run, state in runs_of(found) if state != "cancelled"]
    stood = {each.was.id: each.was for each in found.shifts if each.was is not None}
    before = [*((stood.get(run.id, run), "kept") for run, state in held if state != "added" or run.id in stood)]
    before += [(run, "kept") for run, state in runs_of(found) if state == "cancelled"]
    return YearPage(
        headline=headline,
        below=tuple(below),
        before=glance_of(codes, before, first, months),
        after=glance_of(codes, held, first, months),
        tables=tuple(_tables(found)),
        notes=tuple(map(sentence, found.notes)),
    )


def _tables(found: CalendarAnswer) -> Iterator[PageTable]:
    yield _added(found)
    yield _compared(found)
    yield _ledger(found)
    yield _promises(found)
    if found.loads:
        yield PageTable(
            title="Trainers",
            anchor="trainers",
            words="From the planning day on.",
            head=("", "Meetings", "In the busiest week", "Courses at once"),
            rows=tuple(
                (each.trainer, str(each.meetings), str(each.busiest), str(each.courses)) for each in found.loads
            ),
            numbers=(1, 2, 3),
        )


def _ledger(found: CalendarAnswer) -> PageTable:
    return PageTable(
        title="Who gains and who loses",
        anchor="ledger",
        words=f"Against {compared_with(found)}.",
        head=("Learner", "Before", "After", ""),
        rows=tuple(
            (
                each.learner,
                day(each.before) if each.before else "-",
                day(each.after) if each.after else "-",
                difference_of(each),
            )
            for each in found.ledger
        ),
        empty="Nobody's day changes.",
    )


def _promises(found: CalendarAnswer) -> PageTable:
    kept = sum(each.is_kept for each in found.promises)
    return PageTable(
        title="Promises",
        anchor="promises",
        words=f"{kept} of {len(found.promises)} kept." if found.promises else "",
        head=("Component", "Period", "Held", "Promised", ""),
        rows=tuple(
            (each.due.component, each.due.label, str(each.found), str(each.due.needed), "broken")
            for each in found.promises
            if not each.is_kept
        ),
        numbers=(2, 3),
        empty="None is broken." if found.promises else "No promise is stated.",
    )


def _added(found: CalendarAnswer) -> PageTable:
    zone = found.instance.zone
    trainers = {each.offering: each.trainers for each in found.held}
    seated = Counter(run for each in found.result.learners if each.path for run in each.path.offerings)
    return PageTable(
        title="Offerings to add",
        anchor="added",
        head=("Component", f"First meeting ({city(zone)})", "UTC", "Meetings", "Until", "Trainers", "Seats used"),
        rows=tuple(
            (
                run.component,
                _when(run, zone),
                _when(run, "UTC") if run.opens is not None else "-",
                str(len(run.sessions) or "-"),
                day(run.end),
                listed(trainers.get(run.id, ())) or "-",
                f"{seated[run.id]}{'' if run.seats is None else f' of {run.seats}'}",
            )
            for run in found.added
        ),
        numbers=(3, 6),
        empty="Nothing is added.",
    )


def _when(run: Offering, zone: str) -> str:
    if run.opens is None:
        return day(run.start)
    moment = local(run.opens, zone)
    return f"{day(moment.date())}, {moment:%H:%M}"


def _compared(found: CalendarAnswer) -> PageTable:
    return PageTable(
        title="Compared with",
        anchor="compared",
        head=("", "Added", "Promises broken", "Not graduating", "Days to graduation"),
        rows=tuple((name, *(f"{number:,}" for number in numbers)) for name, *numbers in comparisons(found)),
        numbers=(1, 2, 3, 4),
    )
