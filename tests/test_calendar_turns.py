"""Learners who differ in nothing but their names are asked once, and what is left of seats is counted as the rules count it."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.people import Waiting
from scheduler.calendar import turns
from scheduler.calendar.equals import equals_of
from scheduler.calendar.places import less, path_of
from scheduler.calendar.turns import Left, Turns
from scheduler.solve import answers
from scheduler.solve.alike import in_groups
from scheduler.solve.answers import Answers, answer_alone, answers_alone
from scheduler.solve.initial_state import union
from scheduler.solve.result import LearnerAnswer
from tests import builders
from tests.builders import away, course, edition, learner, offering, requirement

MANY = 12


def crowd(seats: int, runs: int = 3) -> Instance:
    """Return many equal learners, and one who cannot come to the first run of a course that has few seats."""
    held = [offering(f"A{number}", 5 + 30 * number, 10 + 30 * number, seats=seats) for number in range(runs)]
    people = [*(learner(f"l{number:02}") for number in range(MANY)), learner("zoe")]
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    return builders.instance(rules, held, people, unavailable=(away("zoe", 5, 10),))


class Asked:
    """Counts who is asked for a path."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, instance: Instance, name: str, **wishes: object) -> tuple[LearnerAnswer, bool]:
        """Ask, and note who was asked."""
        self.names.append(name)
        return answer_alone(instance, name, **wishes)  # type: ignore[arg-type]


def singly(instance: Instance, names: Iterable[str]) -> Answers:
    return Answers(of={name: answer_alone(instance, name)[0] for name in names})


def test_of_learners_who_are_alike_one_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, asked = crowd(seats=100), Asked()
    known = singly(instance, instance.learner)
    monkeypatch.setattr(answers, "answer_alone", asked)
    found = answers_alone(instance, instance.learner)
    assert asked.names == ["l00", "zoe"]
    assert found.of == known.of


def test_in_turns_somebody_alike_is_asked_only_when_what_was_given_last_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instance, asked = crowd(seats=5), Asked()
    alone = answers_alone(instance, instance.learner)
    monkeypatch.setattr(turns, "answer_alone", asked)
    found = Turns(instance, alone).taken_in({})
    days = sorted(each.graduation.toordinal() for each in found.of.values() if each.graduation)
    first = days[0]
    assert [day - first for day in days] == [0] * 5 + [30] * 5 + [60] * 3
    assert len(asked.names) <= 4


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_is_counted_as_the_rules_count_it(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any will do
    instance = crowd(seats=chance.randint(0, 4))
    left = Left(instance, tuple(instance.learner))
    assert left.is_counted
    for name in chance.sample(sorted(instance.learner), MANY):
        for other in sorted(instance.learner):
            path = path_of(instance, answer_alone(instance, other)[0])
            assert left.has(path) == (not violations(less(instance, left.taken), union([path])))
        mine = answer_alone(left.instance, name)[0]
        left.take(path_of(instance, mine))


def test_only_names_and_notes_may_differ_between_equals() -> None:
    instance = crowd(seats=5)
    assert equals_of(instance, tuple(instance.learner)) == [tuple(f"l{number:02}" for number in range(MANY)), ("zoe",)]


def test_who_waits_for_something_is_not_equal_to_who_does_not() -> None:
    instance = replace(crowd(seats=5), waitlist=(Waiting(learner="l03", component="A", group="friends"),))
    apart = [tuple(f"l{number:02}" for number in range(MANY) if number != 3), ("l03",), ("zoe",)]
    assert sorted(equals_of(instance, tuple(instance.learner))) == apart
    assert sorted(tuple(each) for each in in_groups(instance, sorted(instance.learner))) == apart
