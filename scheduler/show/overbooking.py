"""How many seats to sell, on the screen."""

from collections.abc import Sequence
from fractions import Fraction

from scheduler.show.screen import Screen
from scheduler.studies.overbooking import Sale

MOST = 12


def show_sales(screen: Screen, sales: Sequence[Sale], seats: int, show_up: Fraction, risk: Fraction) -> None:
    """Write the most seats to sell, and the risk of each number up to the first that is too many."""
    most = max(each.sold for each in sales if each.risk <= risk)
    if not show_up:
        screen.line("If nobody ever shows up, there is no number of seats that is too many.")
        return
    screen.line(f"Sell {most} of {seats} seats.", style="bold")
    screen.line(f"Each person shows up with probability {_share(show_up)}; the accepted risk is {_share(risk)}.")
    if risk >= 1:
        screen.line("Every number of seats is within that risk.")
    screen.line()
    rows = [[str(each.sold), _share(each.risk), "yes" if each.risk <= risk else "no"] for each in sales[-MOST:]]
    screen.table(rows, ("Sold", f"Risk that more than {seats} come", "Accepted"), right=(0, 1))


def _share(value: Fraction) -> str:
    percent = float(value) * 100
    return f"{percent:.3g} %" if percent < 10 else f"{percent:.1f} %"  # noqa: PLR2004 - three figures either way
