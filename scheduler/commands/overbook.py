"""`scheduler overbook`: how many seats to sell for a stated risk that more people show up than there are seats."""

from fractions import Fraction
from typing import Any

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED


class Probability(click.ParamType[Fraction]):
    """A number from 0 to 1, kept exactly."""

    name = "probability"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:  # noqa: ANN401 - click's
        """Return the number, or fail with what is allowed."""
        try:
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            return self.fail(f"{value!r} is not a number; write it like 0.05", param, ctx)
        if not 0 <= number <= 1 or len(str(value)) > options.LONGEST_NUMBER:
            return self.fail(f"{value!r} is out of range: probabilities run from 0 to 1", param, ctx)
        return number


@click.command(
    name="overbook", cls=options.Command, examples=("scheduler overbook --seats 25 --show-up 0.9 --risk 0.05",)
)
@click.option("--seats", type=click.IntRange(1, 500), required=True, metavar="N", help="How many seats there are.")
@click.option("--show-up", type=Probability(), required=True, metavar="P", help="How probably each person shows up.")
@click.option("--risk", type=Probability(), required=True, metavar="R", help="The risk of too many that you accept.")
@options.as_json
def command(*, seats: int, show_up: Fraction, risk: Fraction, as_json: bool) -> int:
    """Say how many seats to sell when not everybody shows up.

    The risk is the probability that more people show up than there are seats, each of them independently of the others.
    It is computed exactly, not by simulation.
    """
    from scheduler.answers.overbook import answer_overbooking
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.show.overbooking import sales_answer, show_sales

    found = answer_overbooking(seats, show_up, risk)
    if as_json:
        deliver(as_text(sales_answer(found)))
    else:
        screen = screen_for()
        show_sales(screen, found)
        deliver(screen.text)
    return ANSWERED
