"""`overbook`: how many seats to sell when not everybody shows up."""

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.face.studies import Overbooked


def overbook(seats: int, show_up: float | str | Fraction, risk: float | str | Fraction) -> "Overbooked":
    """Say how many of some seats to sell; `show_up` and `risk` = probabilities from 0 to 1, taken as they are written.

    Raise ValueError for fewer seats than one, or what is no probability.
    """
    from scheduler.answers.overbook import answer_overbooking
    from scheduler.face.studies import Overbooked

    comes, accepted = (Fraction(str(each)) for each in (show_up, risk))
    if seats < 1 or not (0 <= comes <= 1 and 0 <= accepted <= 1):
        raise ValueError("seats run from 1 on, and probabilities from 0 to 1")
    return Overbooked(answer_overbooking(seats, comes, accepted))
