"""`scheduler calendar`: plan the year, so that learners graduate soonest and the trainers can live with it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from scheduler.commands import books, options
from scheduler.commands.calendar_words import Dated, Most
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from models.changes.change import Change
    from models.programme.instance import Instance
    from scheduler.calendar.question import CalendarAnswer, CalendarQuestion
    from scheduler.engines.budget import Budget

SECONDS = 60.0
MOST_OTHERS = 9
Form = Literal["json", "csv", "screen"]


@click.command(
    name="calendar",
    cls=options.Command,
    examples=(
        "scheduler calendar instances/year-2026 --time-limit 30",
        "scheduler calendar instances/year-2026 --write my-2026",
        "scheduler calendar my-2026 --changed ill.yaml",
        "scheduler calendar instances/year-2026 --explain CODE=2026-03-10",
    ),
    epilog="Exit code 1: somebody does not graduate, or a promise is broken. 3: stopped before proof; bounds tell how far.",
)
@options.folder
@click.option("--keep", is_flag=True, help="Nobody's day may get later than the calendar as it stands tells.")
@click.option(
    "--most", type=Most(), multiple=True, metavar="KIND=N", help="Add at most N of a kind, or of a component."
)
@click.option("--curve", is_flag=True, help="Say what fewer additions would reach.")
@click.option(
    "--alternatives",
    type=click.IntRange(1, MOST_OTHERS),
    metavar="K",
    help="Name up to K other calendars, nearly as good and clearly different.",
)
@click.option(
    "--regret",
    is_flag=True,
    help="Say what the calendar that stands costs against the best one with as many offerings.",
)
@click.option(
    "--changed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What happened to the calendar that is held: keep the rest, change as little as possible.",
)
@click.option(
    "--explain",
    "dates",
    type=Dated(),
    multiple=True,
    metavar="NAME[=DAY]",
    help="Why does a component start on this day, or not; NAME: a component, or an offering and another day for it.",
)
@options.as_of
@click.option(
    "--time-limit",
    type=click.FloatRange(0, 1e9, min_open=True),
    default=SECONDS,
    show_default=True,
    metavar="S",
    help="Stop after about S seconds with the best calendar.",
)
@click.option(
    "--write", "target", type=click.Path(path_type=Path), metavar="FOLDER", help="Write the year into a new folder."
)
@click.option("--publish", is_flag=True, help="Write what is added as published; else it is tentative.")
@click.option(
    "--page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page for a browser: before and after."
)
@click.option(
    "--ics", type=click.Path(path_type=Path), metavar="DIR", help="Write calendar files of the planned year into DIR."
)
@click.option("--all", "everything", is_flag=True, help="Show all rows of long tables.")
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print one row for each session of the year.")
@options.excel
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    keep: bool,
    most: tuple[tuple[str, int], ...],
    curve: bool,
    alternatives: int | None,
    regret: bool,
    changed: Path | None,
    dates: tuple[tuple[str, date | None], ...],
    as_of: date | None,
    time_limit: float,
    target: Path | None,
    publish: bool,
    page: Path | None,
    ics: Path | None,
    everything: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Plan the year: which offerings to add, when, and by whom.

    The folder's instance.yaml has a `year`, patterns.csv says how components may be held, arrivals.csv who is expected.
    What is published stays. Promises come first, then that few do not graduate, then early days of graduation, few
    additions, and light weeks of the trainers.
    """
    from scheduler.calendar.question import CalendarQuestion
    from scheduler.calendar.writing import refuse_new_place
    from scheduler.commands.calendar_outputs import write_year_book, write_year_calendars, write_year_page
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.opening import Wanted, asked
    from scheduler.engines.budget import Budget

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    if publish and target is None:
        raise click.UsageError("--publish says how --write writes: name a folder with --write")
    _refuse_together(changed, regret=regret, dates=bool(dates))
    budget = Budget(time_limit)  # reading counts
    instance = asked(folder, Wanted(as_of=as_of), quiet=quiet)
    _refuse(instance, folder, most, dates)
    if target is not None:
        refuse_new_place(folder, target)
    question = CalendarQuestion(
        keep=keep,
        most=most,
        curve=curve,
        changes=_changes(changed, instance),
        alternatives=alternatives or 0,
        regret=regret,
        dates=dates,
    )
    form: Form = "json" if as_json else "csv" if as_csv else "screen"
    with stopping(budget):  # until the answer is out
        found = _found(instance, question, budget, quiet=quiet)
        _deliver(found, form, out, everything=everything, quiet=quiet)
        write_year_book(found, quiet=quiet)
        if page is not None:
            write_year_page(found, page, quiet=quiet)
        if ics is not None:
            write_year_calendars(found, ics, quiet=quiet)
        if target is not None:
            _write(found, folder, target, publish=publish, quiet=quiet)
    return EXIT[found.meaning]


def _refuse(
    instance: "Instance", folder: Path, most: tuple[tuple[str, int], ...], dates: tuple[tuple[str, date | None], ...]
) -> None:
    """Refuse an instance without a year, and limits and days of what no edition has."""
    from scheduler.calendar.asking import KINDS, asked_date, year_missing
    from scheduler.commands.names import refuse_unknown

    components = [each for edition in instance.editions.values() for each in edition.components]
    refuse_unknown(
        "kind or component", [kind for kind, _ in most], sorted({*KINDS, *(each.code for each in components)})
    )
    missing = year_missing(instance, folder)
    if missing is not None:
        raise missing
    for name, day in dates:
        if not any(name.startswith(f"{each.code}-") for each in components):  # what is only added has such a name
            asked_date(instance, (), name, day)


def _refuse_together(changed: Path | None, *, regret: bool, dates: bool) -> None:
    """Refuse questions about the plan of a year where a calendar that is held is repaired."""
    if changed is not None and regret:
        raise click.UsageError("--regret is about the calendar as it stands; ask without --changed")
    if changed is not None and dates:
        raise click.UsageError("--explain is about a planned year; ask about what --changed writes")


def _changes(path: Path | None, instance: "Instance") -> "tuple[Change, ...]":
    """Return what a file says has happened, nothing without one."""
    if path is None:
        return ()
    from scheduler.studies.happened import read_changes

    return tuple(step.apply for step in read_changes(path, instance))


def _found(instance: "Instance", question: "CalendarQuestion", budget: "Budget", *, quiet: bool) -> "CalendarAnswer":
    from scheduler.calendar.answering import plan_year
    from scheduler.commands.progress import ProgressLine

    with ProgressLine(quiet=quiet) as progress:
        return plan_year(instance, question, budget=budget, tell=progress.tell)


def _deliver(found: "CalendarAnswer", form: Form, out: Path | None, *, everything: bool, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for

    if form == "json":
        from scheduler.show.calendar_answer import answer

        text = as_text(answer(found))
    elif form == "csv":
        from scheduler.calendar.writing import event_rows

        text = event_rows(found)
    else:
        from scheduler.show.calendar import show_calendar

        screen = screen_for(out)
        show_calendar(screen, found, everything=everything)
        text = screen.text
    deliver(text, out, quiet=quiet)


def _write(found: "CalendarAnswer", folder: Path, target: Path, *, publish: bool, quiet: bool) -> None:
    from scheduler.calendar.writing import write_calendar

    for path in write_calendar(found, folder, target, publish=publish):
        if not quiet:
            tell(f"wrote {path}")
