"""Everybody's paths on one calendar: what stands is carried over to a fuller one, who lost most in turns comes sooner."""

from datetime import date

from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.calendar.places import value_of
from scheduler.calendar.sharing import carried_over, with_responses
from scheduler.calendar.turns import best_turns
from scheduler.engines.budget import Budget
from scheduler.solve.answers import Answers, answers_alone
from tests import builders
from tests.builders import away, course, day, edition, learner, offering, requirement

FIRST, LAST = offering("A1", 5, 10, seats=1), offering("A2", 60, 65, seats=1)
BETWEEN = offering("A3", 30, 35, seats=1)


def crowd(*runs: Offering) -> Instance:
    """Return two learners who want a course of one seat; only ada can come to the last run."""
    rules = edition(course("A"), requirements=[requirement(1, "A")])
    return builders.instance(rules, runs, [learner("ada"), learner("ben")], unavailable=(away("ben", 60, 65),))


def alone(instance: Instance) -> Answers:
    return answers_alone(instance, instance.learner)


def days(answers: Answers) -> dict[str, date | None]:
    return {name: answer.graduation for name, answer in answers.of.items()}


def turns(instance: Instance) -> Answers:
    return best_turns(instance, alone(instance), Budget())


def test_whoever_would_lose_most_has_the_turn_before_the_others() -> None:
    assert days(turns(crowd(FIRST, LAST))) == {"ada": day(65), "ben": day(10)}


def test_paths_are_carried_over_to_a_fuller_calendar_as_they_stand() -> None:
    few = turns(crowd(FIRST, LAST))
    carried = carried_over(crowd(FIRST, BETWEEN, LAST), few)
    assert carried is not None
    assert days(carried) == days(few)
    assert not carried.proved


def test_paths_through_what_is_gone_or_full_are_not_carried_over() -> None:
    few = turns(crowd(FIRST, LAST))
    assert carried_over(crowd(FIRST), few) is None
    assert carried_over(crowd(FIRST, offering("A2", 60, 65, seats=0)), few) is None


def test_whoever_can_do_better_on_the_fuller_calendar_does_and_nobody_loses() -> None:
    fuller = crowd(FIRST, BETWEEN, LAST)
    carried = carried_over(fuller, turns(crowd(FIRST, LAST)))
    assert carried is not None
    found = with_responses(fuller, carried, alone(fuller), Budget())
    assert days(found) == {"ada": day(35), "ben": day(10)}
    assert value_of(found) < value_of(carried)
