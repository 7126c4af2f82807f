"""How many seats to sell, on the screen."""

from fractions import Fraction
from typing import Any

from scheduler.answers.overbook import Overbooking
from scheduler.show.screen import Screen

MOST = 12


def sales_answer(found: Overbooking) -> dict[str, Any]:
    """Return what `overbook --json` prints; probabilities run from 0 to 1."""
    head = {"command": "overbook", "seats": found.seats, "show_up": float(found.show_up), "risk": float(found.risk)}
    rows = [{"sold": each.sold, "risk": float(each.risk)} for each in found.sales]
    return {**head, "sell": found.most, "sales": rows}


def show_sales(screen: Screen, found: Overbooking) -> None:
    """Write the most seats to sell, and the risk of each number up to the first that is too many."""
    seats, show_up, risk = found.seats, found.show_up, found.risk
    if not show_up:
        screen.line("If nobody ever shows up, there is no number of seats that is too many.")
        return
    screen.line(f"Sell {found.most} of {seats} seats.", style="bold")
    screen.line(f"Each person shows up with probability {_share(show_up)}; the accepted risk is {_share(risk)}.")
    if risk >= 1:
        screen.line("Every number of seats is within that risk.")
    screen.line()
    rows = [[str(each.sold), _share(each.risk), "yes" if each.risk <= risk else "no"] for each in found.sales[-MOST:]]
    screen.table(rows, ("Sold", f"Risk that more than {seats} come", "Accepted"), right=(0, 1))


def _share(value: Fraction) -> str:
    percent = float(value) * 100
    return f"{percent:.3g} %" if percent < 10 else f"{percent:.1f} %"  # noqa: PLR2004 - three figures either way
