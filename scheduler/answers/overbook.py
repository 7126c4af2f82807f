"""The question `overbook`: how many seats to sell for a stated risk that more people show up than there are seats."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.studies.overbooking import Sale, most_to_sell


@dataclass(frozen=True, slots=True, kw_only=True)
class Overbooking:
    """The sales from as many as there are seats up to the first that is too many, each with its exact risk (0 to 1)."""

    seats: int
    show_up: Fraction
    risk: Fraction
    sales: tuple[Sale, ...]

    @property
    def most(self) -> int:
        """The most seats to sell within the risk."""
        return max(each.sold for each in self.sales if each.risk <= self.risk)


def answer_overbooking(seats: int, show_up: Fraction, risk: Fraction) -> Overbooking:
    """Return how many of some seats to sell if each person shows up with a probability, each on their own."""
    return Overbooking(seats=seats, show_up=show_up, risk=risk, sales=tuple(most_to_sell(seats, show_up, risk)))
