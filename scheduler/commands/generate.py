"""`scheduler generate`: a made-up instance of any size."""

import math
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED
from scheduler.commands.delivery import tell

MOST_LEARNERS, MOST_YEARS = 30_000, 100
"""What still makes tables that can be read back: 200,000 rows each, and years up to 2199."""


@click.command(
    name="generate",
    cls=options.Command,
    examples=("scheduler generate /tmp/trial --learners 300 --years 2 --seed 1 --tightness 0.8",),
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
@options.quiet
def command(
    *, out: Path, learners: int, years: int, seed: int, tightness: float, offerings: int | None, quiet: bool
) -> int:
    """Write a made-up instance into a new folder OUT, for trials."""
    from scheduler.generate import generate, write

    if math.isnan(tightness):
        raise click.BadParameter("a number from 0 to 1 is needed", param_hint="'--tightness'")
    write(generate(learners, years, seed, tightness, offerings), out)
    if not quiet:
        tell(f"wrote {out}")
    return ANSWERED
