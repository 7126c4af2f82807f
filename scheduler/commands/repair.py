"""`scheduler repair`: the cheapest changes that would let blocked learners graduate, or all of them by a day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT

if TYPE_CHECKING:
    from scheduler.answers.repair import RepairAnswer
    from scheduler.costs import Costs


def _print_costs(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Print the default costs as a costs file, and end."""
    if asked and not ctx.resilient_parsing:
        from scheduler.costs import Costs, as_yaml

        click.echo(as_yaml(Costs()), nl=False)
        ctx.exit()


@click.command(
    name="repair",
    cls=options.Command,
    examples=(
        "scheduler repair instances/impossible-2025",
        "scheduler repair instances/cscce-2023-2026 --learner L24 --count 1",
    ),
)
@options.folder
@click.option("--learner", "learners", multiple=True, metavar="ID", help="Repair for this learner; may be given again.")
@click.option("--all", "everyone", is_flag=True, help="Repair for all together: so it is without --learner too.")
@click.option("--by", type=options.DAY, metavar="DAY", help="Everybody in question is to graduate by this day.")
@click.option("--count", type=click.IntRange(1, 50), default=3, metavar="K", help="Show the K cheapest repairs.")
@options.costs
@click.option(
    "--print-costs",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_costs,
    help="Print the default costs as such a file, and end.",
)
@options.as_of
@options.edition
@options.tentative
@options.free
@options.time_limit
@options.seed
@options.as_json
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    learners: tuple[str, ...],
    everyone: bool,
    by: date | None,
    count: int,
    costs: Path | None,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    free: bool,
    time_limit: float | None,
    seed: int,
    as_json: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Find the cheapest changes that would let blocked learners graduate.

    A change is an offering, a seat or a place more, a longer window, a rule waived for one learner, or a stretch in which
    the learner comes after all. All in question graduate with each repair, and everybody else keeps their path.
    """
    from scheduler.answers.repair import answered
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked, refuse_past
    from scheduler.engines.budget import Budget
    from scheduler.engines.cpsat import Settings

    if everyone and learners:
        raise click.UsageError("--all and --learner exclude each other")
    stated = costs_of(costs)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative, free=free)
    instance = asked(folder, wanted, quiet=quiet)
    refuse_unknown("learner", learners, instance.learner)
    refuse_past(by, instance)
    budget = Budget(time_limit)
    with stopping(budget):
        answer = answered(
            instance,
            learners=tuple(sorted(set(learners))),
            by=by,
            costs=stated,
            count=count,
            settings=Settings(seed),
            budget=budget,
        )
        _deliver(answer, out, as_json=as_json, quiet=quiet)
    return EXIT[answer.meaning]


def costs_of(file: Path | None) -> "Costs | None":
    """Return the costs that a file states, or None where none is given."""
    if file is None:
        return None
    from scheduler.files.costs import read_costs

    return read_costs(file)


def _deliver(answer: "RepairAnswer", out: Path | None, *, as_json: bool, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for

    if as_json:
        from scheduler.show.repairs_answer import repair_answer

        text = as_text(repair_answer(answer))
    else:
        from scheduler.show.repairs import show_repair

        screen = screen_for(out)
        show_repair(screen, answer)
        text = screen.text
    deliver(text, out, quiet=quiet)
