"""`scheduler explain`: why a learner's day is no earlier, why there is none, and why an offering is left out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT

if TYPE_CHECKING:
    from scheduler.answers.explain import Explanation


@click.command(
    name="explain",
    cls=options.Command,
    examples=(
        "scheduler explain instances/tiny --learner ada --why-not WORK25W",
        "scheduler explain instances/cscce-2023-2026 --learner L09",
    ),
)
@options.folder
@click.option("--learner", required=True, metavar="ID", help="Explain the plan of this learner.")
@click.option(
    "--why-not", "offerings", multiple=True, metavar="OFFERING", help="Why is this not in the plan; may be given again."
)
@click.option("--by", type=options.DAY, metavar="DAY", help="What would it take to graduate by this day.")
@options.costs
@click.option(
    "--limit", type=click.IntRange(1, 50), default=5, metavar="K", help="Show up to K reasons of a blocked learner."
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
    learner: str,
    offerings: tuple[str, ...],
    by: date | None,
    costs: Path | None,
    limit: int,
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
    """Explain why a learner cannot graduate earlier, or not at all.

    The answer is a short list of facts and rules, each with its source. It is proved: together they rule out every earlier
    day, and none of them can be spared. Of who else is planned only counts are told, and never names.
    """
    from scheduler.answers.explain import Asked, explained
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked, refuse_past
    from scheduler.commands.repair import costs_of
    from scheduler.engines.budget import Budget
    from scheduler.engines.cpsat import Settings

    if costs is not None and by is None:
        raise click.UsageError("--costs needs --by")
    stated = costs_of(costs)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative, free=free)
    instance = asked(folder, wanted, quiet=quiet)
    refuse_unknown("learner", [learner], instance.learner)
    refuse_unknown("offering", offerings, instance.offering)
    refuse_past(by, instance)
    budget, settings = Budget(time_limit), Settings(seed)
    with stopping(budget):
        found = explained(
            instance,
            learner,
            asked=Asked(offerings=tuple(dict.fromkeys(offerings)), by=by, costs=stated),
            limit=limit,
            settings=settings,
            budget=budget,
        )
        _deliver(found, out, as_json=as_json, quiet=quiet)
    return EXIT[found.meaning]


def _deliver(found: "Explanation", out: Path | None, *, as_json: bool, quiet: bool) -> None:
    from scheduler.commands.delivery import as_text, deliver, screen_for

    if as_json:
        from scheduler.show.explanation_answer import explanation_answer

        text = as_text(explanation_answer(found))
    else:
        from scheduler.show.explanation import show_explanation

        screen = screen_for(out)
        show_explanation(screen, found)
        text = screen.text
    deliver(text, out, quiet=quiet)
