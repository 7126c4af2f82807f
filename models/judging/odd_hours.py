"""Sessions at which hardly anybody would sit unasked: before 07:00 or after 22:00 local time."""

from collections.abc import Iterator

from models.programme.offering import Offering, Session
from models.programme.people import Learner
from models.programme.time import by_the_clock

MORNING, NIGHT = 7 * 60, 22 * 60
"""Minutes of the day between which nothing is odd."""


def odd_sessions(run: Offering, learner: Learner) -> Iterator[Session]:
    """Yield the sessions that touch odd hours; nothing is odd to whoever states hours, for no others are asked of them."""
    if learner.earliest is not None or learner.latest is not None:
        return
    for session in run.sessions:
        opens, closes = by_the_clock(session.span, learner.zone)
        if opens < MORNING or closes > NIGHT:
            yield session
