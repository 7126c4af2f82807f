"""Why a learner waits for a seat: counts of the others, and what it would cost them, which is never less than the wait."""

from itertools import islice

import pytest

from scheduler.answers.explain import explained
from tests.builders import course, day, edition, learner, offering, requirement
from tests.builders import instance as small
from tests.joint_instances import crowded


def test_the_others_are_counted_and_what_they_would_lose() -> None:
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 5, 10, seats=1), offering("A2", 60, 65, seats=1)]
    crowd = small(rules, runs, [learner("ada"), learner("ben")])
    found = {name: explained(crowd, name) for name in ("ada", "ben")}
    (last,) = (each for each in found.values() if each.answer.graduation == day(65))
    assert last.waiting is not None
    assert (last.waiting.takers, last.waiting.fewer, last.waiting.days) == (1, 0, 55)
    (first,) = (each for each in found.values() if each.answer.graduation == day(10))
    assert first.waiting is None


@pytest.mark.parametrize("count", [2, pytest.param(15, marks=pytest.mark.slow)])
def test_the_others_would_lose_at_least_as_much_as_the_learner_would_gain(count: int) -> None:
    for instance in islice((instance for _, instance, _ in crowded(range(300, 400), 4, 10)), count):
        for name in sorted(instance.learner):
            found = explained(instance, name, limit=1)
            waiting, answer = found.waiting, found.answer
            assert (waiting is None) == (answer.alone is None or answer.alone == answer.graduation)
            if waiting is None or answer.alone is None:
                continue
            assert waiting.takers > 0
            if answer.graduation is None:
                assert waiting.fewer >= 1
            elif waiting.days is not None:
                assert waiting.fewer == 0
                assert waiting.days >= (answer.graduation - answer.alone).days
            else:
                assert waiting.fewer > 0
