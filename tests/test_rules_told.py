"""What modules of rules say to others, beside the two sayings of a rule."""

import pytest

from models.rules.window import graduated_in_time
from tests.builders import course, day, edition, instance, learner, record, requirement

A = edition(course("A"), requirements=[requirement(1, "A")])


@pytest.mark.parametrize(
    ("deadline", "done", "graduated"),
    [(None, -3, -3), (-2, -3, -3), (-2, -2, -2), (-2, -1, None), (-2, None, None), (None, None, None)],
)
def test_records_alone_lead_to_graduation_in_time_or_not(
    deadline: int | None, done: int | None, graduated: int | None
) -> None:
    who = learner("ada", deadline=None if deadline is None else day(deadline))
    rows = [] if done is None else [record("ada", "completed", "A", done)]
    found = graduated_in_time(instance(A, learners=[who], records=rows), "ada")
    assert found == (None if graduated is None else day(graduated))
