"""How many seats to sell when not everybody shows up: the exact binomial tail, in whole numbers."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """So many seats sold, and the probability that more people show up than there are seats."""

    sold: int
    risk: Fraction


def tail(sold: int, seats: int, show_up: Fraction) -> Fraction:
    """Return the probability that more than `seats` of `sold` people show up, each on their own."""
    miss = 1 - show_up
    return sum(
        (comb(sold, come) * show_up**come * miss ** (sold - come) for come in range(seats + 1, sold + 1)), Fraction(0)
    )


def most_to_sell(seats: int, show_up: Fraction, risk: Fraction) -> list[Sale]:
    """Return the sales from `seats` up to the most that keeps within the risk, and the first that does not.

    With `show_up` 0 nobody ever comes, and any number would do: then only `seats` is returned.
    """
    sales = [Sale(sold=seats, risk=Fraction(0))]
    if not show_up:
        return sales
    while sales[-1].risk <= risk and len(sales) <= seats * 20 + 20:
        sold = sales[-1].sold + 1
        # One more is too many only if just `seats` of those before have come, and the new one comes too.
        exactly = comb(sold - 1, seats) * show_up**seats * (1 - show_up) ** (sold - 1 - seats)
        sales.append(Sale(sold=sold, risk=sales[-1].risk + exactly * show_up))
    return sales
