"""`scheduler repeats`: which dates to add so that a waitlist is covered, proved; and why somebody is left over."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from scheduler.commands import books, options
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.books.tables import BookTable
    from scheduler.engines.budget import Budget
    from scheduler.repeats.question import Proposal, RepeatsQuestion

SECONDS = 60.0
Form = Literal["json", "csv", "screen"]


@click.command(
    name="repeats",
    cls=options.Command,
    examples=(
        "scheduler repeats instances/cscce-2023-2026",
        "scheduler repeats instances/cscce-2023-2026 --component CODE --max-sessions 2",
    ),
    epilog="Exit code 1: somebody stays on the waitlist. 3: stopped before proof; bounds tell how far.",
)
@options.folder
@click.option("--component", "components", multiple=True, metavar="CODE", help="Only this one; may be given again.")
@click.option("--max-sessions", type=click.IntRange(0), metavar="R", help="Add no more than R sessions.")
@click.option("--min-attendance", type=click.IntRange(1), metavar="M", help="Add only sessions for M people or more.")
@click.option("--for-graduation", is_flag=True, help="Lose as few days of graduation as possible, before early dates.")
@click.option(
    "--plan",
    "planned",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A plan of `scheduler path`: what it books counts as booked, so that no repeat clashes with it.",
)
@options.as_of
@options.tentative
@click.option("--local", "local_times", is_flag=True, help="Show everybody's own local time too.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=SECONDS,
    show_default=True,
    metavar="S",
    help="Stop after about S seconds with the best proposal.",
)
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="Write the proposal as tentative offerings: a new folder, or a new file that ends in .csv.",
)
@click.option("--book", is_flag=True, help="With --write: book whoever is seated, and take them off the waitlist.")
@click.option("--force", is_flag=True, help="Let --write replace what is there, FOLDER itself included.")
@click.option(
    "--ics", type=click.Path(path_type=Path), metavar="DIR", help="Write calendar files of who is seated into DIR."
)
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print one row for each seat.")
@options.excel
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    components: tuple[str, ...],
    max_sessions: int | None,
    min_attendance: int | None,
    for_graduation: bool,
    planned: Path | None,
    as_of: date | None,
    tentative: bool,
    local_times: bool,
    time_limit: float,
    target: Path | None,
    book: bool,
    force: bool,
    ics: Path | None,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Propose dates that cover the waitlist.

    Free seats of published offerings are used first; then as few sessions as possible are added, at dates and with
    trainers that fit, and everybody who is left over is told why.
    """
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.opening import Wanted, asked
    from scheduler.engines.budget import Budget
    from scheduler.files.plans import read_plan
    from scheduler.repeats.question import RepeatsQuestion
    from scheduler.repeats.writing import refuse_place

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    if book and (target is None or target.suffix.lower() == ".csv"):
        raise click.UsageError("--book goes with --write FOLDER: bookings stand in a folder's records.csv")
    instance = asked(folder, Wanted(as_of=as_of, tentative=tentative), quiet=quiet)
    if target is not None:
        refuse_place(folder, target, force=force)
    question = RepeatsQuestion(
        components=components,
        most_sessions=max_sessions,
        least_attendance=min_attendance,
        for_graduation=for_graduation,
        plan=read_plan(planned, instance).plan if planned else None,
    )
    form: Form = "json" if as_json else "csv" if as_csv else "screen"
    budget = Budget(time_limit)
    with stopping(budget):  # until the answer is out
        proposal = _found(instance, question, budget, quiet=quiet)
        _deliver(proposal, form, out, local_times=local_times, quiet=quiet)
        _as_book(proposal, quiet=quiet)
        if ics is not None:
            _write_calendars(proposal, ics, quiet=quiet)
        if target is not None:
            _write(proposal, folder, target, force=force, book=book, quiet=quiet)
    return EXIT[proposal.meaning]


def _found(instance: "Instance", question: "RepeatsQuestion", budget: "Budget", *, quiet: bool) -> "Proposal":
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.progress import ProgressLine
    from scheduler.repeats.answering import solve_repeats

    known = sorted({code for edition in instance.editions.values() for code in edition.component})
    refuse_unknown("component", question.components, known)
    with ProgressLine(quiet=quiet) as progress:
        return solve_repeats(instance, question, budget=budget, tell=progress.tell)


def _deliver(proposal: "Proposal", form: Form, out: Path | None, *, local_times: bool, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for

    if form == "json":
        from scheduler.show.repeats_answer import answer

        text = as_text(answer(proposal))
    elif form == "csv":
        from scheduler.repeats.writing import seat_rows

        text = seat_rows(proposal)
    else:
        from scheduler.show.repeats import show_repeats

        screen = screen_for(out)
        show_repeats(screen, proposal, local_times=local_times)
        text = screen.text
    deliver(text, out, quiet=quiet)


def _write_calendars(proposal: "Proposal", target: Path, *, quiet: bool) -> None:
    from scheduler.commands.ics import tell_files, write_files
    from scheduler.report.calendar_files import files_of_repeats

    tell_files(write_files(files_of_repeats(proposal), proposal.instance.as_of, target), target, quiet=quiet)


def _as_book(proposal: "Proposal", *, quiet: bool) -> None:
    from scheduler.show.repeats import show_repeats

    def tables() -> "list[BookTable]":
        from scheduler.books.tables import of_frame
        from scheduler.frames.repeats import curve_frame, left_frame, seatings_frame

        shown = [
            ("Who sits where", seatings_frame(proposal)),
            ("Who still waits", left_frame(proposal)),
            ("What more sessions cover", curve_frame(proposal)),
        ]
        return [of_frame(title, frame) for title, frame in shown]

    books.deliver_book(proposal.instance, lambda screen: show_repeats(screen, proposal), tables, quiet=quiet)


def _write(proposal: "Proposal", folder: Path, target: Path, *, force: bool, book: bool, quiet: bool) -> None:
    from scheduler.repeats.writing import write_proposal

    written = write_proposal(proposal, folder, target, force=force, book=book)
    if quiet:
        return
    for path in written:
        tell(f"wrote {path}")
    if not book and proposal.cover.seats:
        tell("nobody is booked: all still wait, so asking again may seat others. --book keeps these seats.")
