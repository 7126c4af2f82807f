"""`scheduler page`: a page for each learner, an overview for staff, calendar files and mails, for a browser and no server."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options, tables
from scheduler.commands.codes import EXIT
from scheduler.commands.delivery import tell

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.answers.overview import Overview
    from scheduler.engines.budget import Budget
    from scheduler.pages.site import Site

MOST_WORKERS = 64


@click.command(
    name="page",
    cls=options.Command,
    examples=(
        "scheduler page instances/tiny --out pages",
        "scheduler page instances/cscce-2023-2026 --out pages --private --mail",
    ),
    epilog="Open DIR/overview.html in a browser. Only DIR/learners is for learners: nobody is named on another's page.",
)
@options.folder
@options.into
@options.only_learners
@options.as_of
@options.tentative
@click.option(
    "--private", is_flag=True, help="Names of pages that cannot be guessed; DIR/links.csv says whose is whose."
)
@click.option("--mail", is_flag=True, help="Write a draft mail for each learner too; nothing is sent.")
@click.option("--quick", is_flag=True, help="Leave out what one offering or place fewer or more would change.")
@click.option("--workers", type=click.IntRange(1, MOST_WORKERS), default=2, metavar="N", help="So many processes.")
@options.time_limit
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    target: Path,
    learners: tuple[str, ...],
    as_of: date | None,
    tentative: bool,
    private: bool,
    mail: bool,
    quick: bool,
    workers: int,
    time_limit: float | None,
    quiet: bool,
) -> int:
    """Write pages of everybody's plan into DIR.

    Everybody is planned together. A learner's page says when and why, what to book by when, and what if; the overview is for
    staff. Pages are whole in themselves: they need no server, no network and no script to be read, and print on paper.
    """
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked
    from scheduler.pages.site import Site

    instance = asked(folder, Wanted(as_of=as_of, tentative=tentative), quiet=quiet)
    refuse_unknown("learner", learners, instance.learner)
    wanted = Site(private=private, mail=mail, overview=not learners)
    budget, stopping = tables.limited(time_limit)
    with stopping:
        found = _found(instance, learners, budget, effects=not quick and not learners, workers=workers, quiet=quiet)
        count = _write(found, wanted, target)
    if not quiet:
        tell(f"wrote {count} pages into {target}")
    return EXIT[found.path.meaning]


def _found(
    instance: "Instance", learners: tuple[str, ...], budget: "Budget", *, effects: bool, workers: int, quiet: bool
) -> "Overview":
    from scheduler.answers.overview import answer_overview
    from scheduler.commands.progress import ProgressLine

    with ProgressLine(quiet=quiet) as progress:
        return answer_overview(instance, learners, effects=effects, workers=workers, budget=budget, tell=progress.tell)


def _write(found: "Overview", wanted: "Site", target: Path) -> int:
    """Write the folder in one step, and return how many pages there are."""
    from scheduler.files.whole_folder import whole_folder
    from scheduler.files.writing import write_text
    from scheduler.pages.site import site, stale

    with whole_folder(target) as part:
        there = [each.relative_to(part).as_posix() for each in part.rglob("*") if each.is_file()]
        files = site(found, wanted, _old(part, there))
        for name, text in files.items():
            place = part / name
            place.parent.mkdir(exist_ok=True)
            write_text(place, text)
        for name in stale(files, there) if wanted.overview else ():
            (part / name).unlink()
    return sum(name.endswith(".html") for name in files)


def _old(part: Path, there: list[str]) -> Mapping[str, str]:
    """Return the calendar files and links of the last time."""
    return {
        name: (part / name).read_bytes().decode("utf-8", "replace")
        for name in there
        if name.endswith((".ics", "links.csv"))
    }
