"""Which sessions are odd: before 07:00 or after 22:00 by the learner's clock, unless the learner states hours."""

from typing import Any

import pytest

from models.judging.odd_hours import odd_sessions
from tests.builders import NEW_YORK, learner, meets, session


@pytest.mark.parametrize(
    ("clock", "minutes", "is_odd"),
    [("07:00", 60, False), ("06:59", 60, True), ("21:00", 60, False), ("21:00", 61, True), ("23:30", 60, True)],
)
def test_sessions_at_the_edges_of_the_day(clock: str, minutes: int, *, is_odd: bool) -> None:
    noon = session(4)
    run = meets("A1", session(3, clock, minutes), noon)
    assert list(odd_sessions(run, learner(zone=NEW_YORK))) == ([run.sessions[0]] if is_odd else [])


@pytest.mark.parametrize("hours", [{"earliest": 0}, {"latest": 1440}, {"earliest": 360, "latest": 1380}])
def test_nothing_is_odd_to_whoever_states_hours(hours: dict[str, Any]) -> None:
    assert list(odd_sessions(meets("A1", session(3, "06:00")), learner(zone=NEW_YORK, **hours))) == []
