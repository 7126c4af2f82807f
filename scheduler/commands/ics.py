"""`scheduler ics`: one calendar file for each learner and trainer, and one for the programme."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options, tables
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from scheduler.answers.path import PathAnswer
    from scheduler.report.calendar_files import Files


@click.command(
    name="ics",
    cls=options.Command,
    examples=("scheduler ics instances/cscce-2023-2026 --out calendars",),
    epilog="Write into the same folder again after a change: calendars that took the files in see what moved and what fell out.",
)
@options.folder
@options.into
@options.only_learners
@options.as_of
@options.tentative
@click.option(
    "--alarm", type=click.IntRange(0, 40_320), metavar="MIN", help="Ring so many minutes before each session."
)
@options.time_limit
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    target: Path,
    learners: tuple[str, ...],
    as_of: date | None,
    tentative: bool,
    alarm: int | None,
    time_limit: float | None,
    quiet: bool,
) -> int:
    """Write calendar files of everybody's plan into DIR.

    Learners are planned together, as by `scheduler path`. Each session is an entry in UTC, with the local times in its text;
    what has no session times, and last days to book, are whole days. Nothing about one learner stands in another's file.
    """
    from scheduler.answers.path import PathAsked, answer_path
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked
    from scheduler.questions import PathQuestion

    instance = asked(folder, Wanted(as_of=as_of, tentative=tentative), quiet=quiet)
    refuse_unknown("learner", learners, instance.learner)
    budget, stopping = tables.limited(time_limit)
    with stopping:
        question = PathQuestion(learners=tuple(sorted(instance.learner)))
        found = answer_path(instance, PathAsked(question=question), budget=budget)
        count = write_calendars(found, target, learners, alarm)
    tell_files(count, target, quiet=quiet)
    return EXIT[found.meaning]


def write_calendars(found: "PathAnswer", target: Path, learners: tuple[str, ...], alarm: int | None) -> int:
    """Write the files of a plan, of some learners or of everybody (none named), and return how many."""
    from scheduler.report.calendar_files import files_of

    answers = [each for each in found.result.learners if not learners or each.learner in learners]
    return write_files(files_of(found.instance, answers, everybody=not learners), found.instance.as_of, target, alarm)


def write_files(files: "Files", as_of: date, target: Path, alarm: int | None = None) -> int:
    """Write the files, the whole folder in one step, and return how many."""
    from scheduler.files.whole_folder import whole_folder
    from scheduler.files.writing import write_text
    from scheduler.report.ics import calendar_text

    with whole_folder(target) as part:
        for name, (title, entries) in files.items():
            place = part / f"{name}.ics"
            before = place.read_bytes().decode("utf-8", "replace") if place.exists() else None
            write_text(place, calendar_text(title, entries, as_of, before=before, alarm=alarm))
    return len(files)


def tell_files(count: int, target: Path, *, quiet: bool) -> None:
    """Say how many files were written."""
    if not quiet:
        tell(f"wrote {count} calendar files into {target}")
