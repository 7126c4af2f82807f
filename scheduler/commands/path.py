"""`scheduler path`: each learner's earliest path to graduation, proved; or why there is none."""

import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from scheduler.commands import books, options
from scheduler.commands.codes import EXIT
from scheduler.commands.searching import PathOptions, asked_of, refuse_other_goals

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.answers.path import PathAnswer
    from scheduler.books.tables import BookTable
    from scheduler.engines.budget import Budget
    from scheduler.solve.result import Result

Form = Literal["json", "csv", "screen"]
"""How an answer is delivered."""


@click.command(
    name="path",
    cls=options.Command,
    examples=(
        "scheduler path instances/tiny",
        "scheduler path instances/cscce-2023-2026 --learner L26 --tentative",
    ),
    epilog="Times on the screen are the learner's own; the programme's stand beside them.",
)
@options.folder
@click.option("--learner", "learners", multiple=True, metavar="ID", help="Show this learner; may be given again.")
@click.option(
    "--alone",
    is_flag=True,
    help="With --learner: as if nobody else took another seat. Without it, all others are planned too.",
)
@options.as_of
@options.edition
@options.tentative
@options.free
@click.option(
    "--goal",
    type=click.Choice(["fastest", "gentlest"]),
    default="fastest",
    help="fastest: graduate early. gentlest: the lightest busiest week first.",
)
@click.option(
    "--fair", is_flag=True, help="Shorten the longest delay against the day alone first, not the sum of days."
)
@click.option(
    "--priority",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table learner,priority: a lower number goes first; who is not in it comes last.",
)
@click.option(
    "--alternatives", type=click.IntRange(0, 50), default=0, metavar="K", help="K next-best paths of one learner too."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    metavar="S",
    help="Stop after S seconds with the best plan.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1 - 10_000), default=0, metavar="N", help="The solver's seed.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="More than 1 is not reproducible.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the prices that prove the plan; `scheduler check --certificate` derives the proof anew.",
)
@click.option(
    "--ics", type=click.Path(path_type=Path), metavar="DIR", help="Write a calendar file of each path into DIR."
)
@options.whole
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print the plan as CSV, as `scheduler check` reads it.")
@options.excel
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    learners: tuple[str, ...],
    alone: bool,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    free: bool,
    goal: Literal["fastest", "gentlest"],
    fair: bool,
    priority: Path | None,
    alternatives: int,
    time_limit: float | None,
    seed: int,
    workers: int,
    certificate: Path | None,
    ics: Path | None,
    whole: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Plan each learner's earliest path to graduation.

    All learners of FOLDER are planned together under shared seats; --learner shows only those it names. On Ctrl-C or at
    the time limit the best plan so far is shown, and how far it is proved.
    """
    from scheduler.commands.ics import tell_files, write_calendars
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.opening import Wanted, asked
    from scheduler.engines.budget import Budget

    _refuse_contradictions(as_json, as_csv, alternatives, learners)
    search = PathOptions(
        learners=learners,
        alone=alone,
        goal=goal,
        fair=fair,
        priority=priority,
        alternatives=alternatives,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
    )
    refuse_other_goals(search, free=free, certificate=certificate is not None)
    if time_limit is not None and not math.isfinite(time_limit):
        raise click.BadParameter(
            "a number of seconds is needed; leave it out for no limit", param_hint="'--time-limit'"
        )
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative, free=free)
    instance = asked(folder, wanted, quiet=quiet)
    budget = Budget(search.time_limit)
    form: Form = "json" if as_json else "csv" if as_csv else "screen"
    with stopping(budget):  # until the answer is out: a Ctrl-C that comes late must not lose it
        found = _answered(instance, search, budget, quiet=quiet)
        _deliver(found, form, out, whole=whole, quiet=quiet)
        _as_book(found, quiet=quiet)
        if ics is not None:
            count = write_calendars(found, ics, tuple(each.learner for each in found.result.learners), None)
            tell_files(count, ics, quiet=quiet)
        if certificate is not None:
            _certify(found.result, certificate, quiet=quiet)
    return EXIT[found.meaning]


def _as_book(found: "PathAnswer", *, quiet: bool) -> None:
    from scheduler.show.plan import show_plan

    def tables() -> "list[BookTable]":
        from scheduler.books.tables import of_frame
        from scheduler.frames.paths import graduations_frame, plan_frame
        from scheduler.frames.sharing import seats_frame

        result = found.result
        shown = [
            ("Graduations", graduations_frame(result)),
            ("Plan", plan_frame(result)),
            ("Seats", seats_frame(result)),
        ]
        return [of_frame(title, frame) for title, frame in shown]

    books.deliver_book(found.instance, lambda screen: show_plan(screen, found, whole=True), tables, quiet=quiet)


def _certify(result: "Result", file: Path, *, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver
    from scheduler.solve.certificate import certificate_of

    found = certificate_of(result)
    if found is None:
        raise click.UsageError("--certificate: the search was stopped before there was anything to prove")
    deliver(as_text(found), file, quiet=quiet)


def _refuse_contradictions(as_json: bool, as_csv: bool, alternatives: int, learners: tuple[str, ...]) -> None:
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    if alternatives and as_csv:
        raise click.UsageError("--csv holds one plan; --alternatives are told on the screen and by --json")
    if alternatives and len(set(learners)) != 1:
        raise click.UsageError("--alternatives needs exactly one --learner")


def _answered(instance: "Instance", search: PathOptions, budget: "Budget", *, quiet: bool) -> "PathAnswer":
    from scheduler.answers.path import answer_path
    from scheduler.commands.progress import ProgressLine

    asked = asked_of(instance, search)
    with ProgressLine(quiet=quiet) as progress:
        return answer_path(instance, asked, budget=budget, tell=progress.tell)


def _deliver(found: "PathAnswer", form: Form, out: Path | None, *, whole: bool, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for

    if form == "json":
        from scheduler.show.answer import answer

        text = as_text(answer(found.result, found.sheets))
    elif form == "csv":
        from scheduler.files.plans import plan_rows

        text = plan_rows(found.result.shown, found.instance)
    else:
        from scheduler.show.plan import show_plan

        screen = screen_for(out)
        show_plan(screen, found, whole=whole)
        text = screen.text
    deliver(text, out, quiet=quiet)
