"""How much room an offering has, told so that nobody can count who else is in it."""

from models.programme.instance import Instance
from models.programme.offering import Offering

FEW = 0.2
"""Up to this share of the seats free is `few`."""


def room_in(instance: Instance, run: Offering) -> str | None:
    """Return `full`, `few seats` or `seats free`, of the seats that bookings leave; None where no limit is stated."""
    if run.seats is None:
        return None
    free = run.seats - run.taken - instance.seats_standing.get(run.id, 0)
    if free <= 0:
        return "full"
    return "few seats" if free <= max(1, run.seats * FEW) else "seats free"
