"""`scheduler generate`: a made-up instance of any size."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell

MOST_LEARNERS, MOST_YEARS = 30_000, 100
"""What still makes tables that can be read back: 200,000 rows each, and years up to 2199."""

OF_YEARS = frozenset({"years", "tightness", "offerings"})
OF_A_YEAR = frozenset({"workshops", "hard", "scarce"})
"""Options that go with many years of calendar, and with one year to be planned."""


@click.command(
    name="generate",
    cls=options.Command,
    examples=(
        "scheduler generate /tmp/trial --learners 300 --years 2 --seed 1 --tightness 0.8",
        "scheduler generate /tmp/next --learners 30 --year 2026 --workshops 30 --hard",
    ),
)
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--learners", type=click.IntRange(0, MOST_LEARNERS), required=True, metavar="N", help="How many learners."
)
@click.option(
    "--years", type=click.IntRange(1, MOST_YEARS), default=2, show_default=True, metavar="Y", help="Years of calendar."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="The same seed gives the same files.")
@click.option(
    "--tightness", type=click.FloatRange(0, 1), default=0.5, show_default=True, metavar="T", help="1: seats are scarce."
)
@click.option("--offerings", type=click.IntRange(1), metavar="N", help="About how many offerings; default 33 a year.")
@click.option(
    "--year", type=click.IntRange(1971, 2198), metavar="Y", help="A year that is still to be planned, by `calendar`."
)
@click.option(
    "--workshops", type=click.Choice(["11", "30"]), help="With --year: how many Mini-workshops there are; default 11."
)
@click.option("--hard", is_flag=True, help="With --year: people come all year, trainers are away, deadlines press.")
@click.option("--scarce", is_flag=True, help="With --year: a run seats one learner in four.")
@options.quiet
@click.pass_context
def command(context: click.Context, /, *, out: Path, learners: int, quiet: bool, **asked: Any) -> int:  # noqa: ANN401 - click's own
    """Write a made-up instance into a new folder OUT, for trials."""
    from scheduler.generate import write

    given = {name for name in asked if context.get_parameter_source(name) != ParameterSource.DEFAULT}
    of_other = OF_YEARS if asked["year"] is not None else OF_A_YEAR
    for name in sorted(given & of_other):
        word = "is of no use with --year" if asked["year"] is not None else "is about one year: add --year"
        raise click.UsageError(f"--{name} {word}")
    if math.isnan(asked["tightness"]):
        raise click.BadParameter("a number from 0 to 1 is needed", param_hint="'--tightness'")
    write(_files(learners, asked), out)
    if not quiet:
        tell(f"wrote {out}")
    return ANSWERED


def _files(learners: int, asked: Mapping[str, Any]) -> Mapping[str, str]:
    from scheduler.generate import YearAsked, generate, generate_year

    if asked["year"] is None:
        return generate(learners, asked["years"], asked["seed"], asked["tightness"], asked["offerings"])
    if learners < 1:
        raise click.BadParameter("a year needs at least one learner", param_hint="'--learners'")
    workshops = int(asked["workshops"] or 11)
    return generate_year(
        YearAsked(
            year=asked["year"],
            learners=learners,
            seed=asked["seed"],
            workshops=workshops,
            hard=asked["hard"],
            scarce=asked["scarce"],
        )
    )
