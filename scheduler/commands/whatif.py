"""`scheduler whatif`: the same question asked of many changed instances, beside a baseline."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.answers.whatif import Compared
    from scheduler.studies.running import Means
    from scheduler.studies.study import Study


def _columns(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Print what each column of the table means, and end."""
    if asked and not ctx.resilient_parsing:
        from scheduler.commands.delivery import screen_for
        from scheduler.show.study import show_columns

        screen = screen_for()
        show_columns(screen)
        click.echo(screen.text, nl=False)
        ctx.exit()


@click.command(
    name="whatif",
    cls=options.Command,
    examples=(
        "scheduler whatif instances/cscce-2023-2026 instances/studies/autumn.yaml",
        "scheduler whatif instances/cscce-2023-2026 instances/studies/autumn.yaml --csv --out autumn.csv",
    ),
    epilog="scheduler/studies/README.md describes the study file and every change it can name.",
)
@options.folder
@click.argument("study", type=click.Path(path_type=Path), metavar="STUDY.yaml")
@click.option(
    "--executor",
    type=click.Choice(["serial", "processes", "dask"]),
    help="Where to solve; default: processes of this machine, or dask with --scheduler.",
)
@click.option("--scheduler", "address", metavar="ADDRESS", help="A Dask scheduler, like tcp://127.0.0.1:8786.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="How many processes; default: one a core.")
@click.option(
    "--alone", is_flag=True, help="Ask each learner as if nobody else took another seat, whatever the study says."
)
@click.option("--no-store", is_flag=True, help="Do not keep results in STUDY.results.sqlite beside the study.")
@click.option("--no-reuse", is_flag=True, help="Solve every learner of every scenario, to compare.")
@click.option(
    "--columns", is_flag=True, is_eager=True, expose_value=False, callback=_columns, help="Say what each column means."
)
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV.")
@options.excel
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    study: Path,
    executor: str | None,
    address: str | None,
    workers: int | None,
    alone: bool,
    no_store: bool,
    no_reuse: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Answer the scenarios of STUDY.yaml about FOLDER.

    Each scenario is a list of changes: an offering cancelled, moved or added, seats, rules, people. It is compared with
    the study's baseline. All learners are planned together unless the study says otherwise. What was solved before is not
    solved again; on Ctrl-C what is done is kept and shown.
    """
    from scheduler.commands.opening import opened
    from scheduler.studies.reading import read_study
    from scheduler.studies.running import Means
    from scheduler.studies.store import store_beside

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    executor = executor or ("dask" if address else "processes")
    if (executor == "dask") != (address is not None):
        raise click.UsageError("--executor dask and --scheduler ADDRESS go together")
    instance = opened(folder, quiet=quiet)
    asked = read_study(study, instance, folder)
    if alone:
        if asked.question == "repeats":
            raise click.UsageError("--alone asks when learners graduate: this study asks for repeats")
        asked = replace(asked, question="alone")
    store = None if no_store else store_beside(study)
    means = Means(executor=executor, address=address, workers=workers, store=store, reuse=not no_reuse)
    found = _run(asked, instance, means, quiet=quiet)
    _deliver(found, "json" if as_json else "csv" if as_csv else "screen", out, quiet=quiet)
    return EXIT[found.meaning]


def _run(study: "Study", instance: "Instance", means: "Means", *, quiet: bool) -> "Compared":
    from scheduler.answers.whatif import answer_study
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.progress import ProgressLine
    from scheduler.engines.budget import Budget

    budget = Budget()
    with stopping(budget), ProgressLine(quiet=quiet) as progress:
        return answer_study(study, instance, means, budget=budget, tell=progress.count)


def _deliver(found: "Compared", form: str, out: Path | None, *, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.show.study_answer import as_answer, as_csv

    if form == "json":
        text = as_text(as_answer(found))
    elif form == "csv":
        text = as_csv(found.table)
    else:
        from scheduler.show.study import show_study

        screen = screen_for(out)
        show_study(screen, found)
        text = screen.text
    deliver(text, out, quiet=quiet)
