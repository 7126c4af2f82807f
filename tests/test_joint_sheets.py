"""Progress and missed steps in the plan of all: days are those of `path`, and what others have in that plan is taken."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from models.changes.change import only_learner
from models.changes.passing import missed
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.answers.progress import progress_of
from scheduler.explain.blocked import around
from scheduler.explain.missed import misses
from scheduler.explain.places import places_of
from scheduler.explain.sheets import missing_of
from scheduler.questions import PathQuestion
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result
from tests.builders import course, day, edition, learner, offering, requirement
from tests.builders import instance as small
from tests.joint_instances import crowded

few_or_many = pytest.mark.parametrize("count", [2, pytest.param(20, marks=pytest.mark.slow)])


@cache
def scarce(count: int) -> tuple[tuple[Instance, Result], ...]:
    """Return instances in which learners are in each other's way, with the plan of all."""
    found: Iterator[Instance] = (instance for _, instance, _ in crowded(range(100, 200), 4, 10))
    question = [(each, PathQuestion(learners=tuple(sorted(each.learner)))) for each in islice(found, count)]
    return tuple((each, solve_paths(each, asked)) for each, asked in question)


@few_or_many
def test_the_sheet_counts_the_others_places_as_taken(count: int) -> None:
    for instance, result in scarce(count):
        rows = {row.answer.learner: row for row in progress_of(instance).rows}
        for answer in result.learners:
            if answer.status in {"graduated", "not-enrolled"}:
                continue
            row = rows[answer.learner]
            assert (row.answer.graduation, row.answer.alone) == (answer.graduation, answer.alone)
            met = around(instance, result.plan, answer.learner) if answer.alone else instance
            expected = {each.requirement.id: each for each in missing_of(met, answer)}
            assert {line.requirement.id for line in row.lines if line.state != "done"} == set(expected)
            for line in row.lines:
                if line.state != "done":
                    assert line.start_by == expected[line.requirement.id].start_by


@few_or_many
def test_whoever_misses_a_step_leaves_the_others_their_places(count: int) -> None:
    for instance, result in scarce(count):
        for answer in result.learners:
            found = misses(instance, answer.learner)
            assert found.complete
            assert (found.answer.graduation, found.answer.path) == (answer.graduation, answer.path)
            if answer.path is None or answer.status != "graduates":
                continue
            met = only_learner(around(instance, result.plan, answer.learner), answer.learner)
            for row in found.rows[:3]:
                again = solve_alone(missed(answer.path, row.booking.offering)(met), answer.learner)
                assert again.path is None or again.graduation == row.graduation


def test_a_learner_meets_the_instance_with_all_other_places_taken() -> None:
    for instance, result in scarce(2):
        places = places_of(instance)
        for answer in result.learners:
            met = places.met_by(answer.learner)
            if answer.alone is None:
                assert met == only_learner(instance, answer.learner)
                continue
            other = only_learner(around(instance, Plan(paths=result.plan.paths), answer.learner), answer.learner)
            assert met.offerings == other.offerings
            assert sorted(map(str, met.records)) == sorted(map(str, other.records))


def test_a_last_chance_comes_earlier_where_the_later_seat_is_given_to_somebody_else() -> None:
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 5, 10, seats=1), offering("A2", 60, 65, seats=1)]
    crowd = small(rules, runs, [learner("ada"), learner("ben")])
    together = {row.answer.learner: row.lines[0].start_by for row in progress_of(crowd).rows}
    alone = {row.answer.learner: row.lines[0].start_by for row in progress_of(crowd, together=False).rows}
    assert sorted(each for each in together.values() if each) == [day(5), day(60)]
    assert set(alone.values()) == {day(60)}
    first = min(together, key=lambda name: str(together[name]))
    assert [(row.booking.offering, row.graduation) for row in misses(crowd, first).rows] == [("A1", None)]
    assert [row.graduation for row in misses(crowd, "ada", together=False).rows] == [day(65)]
