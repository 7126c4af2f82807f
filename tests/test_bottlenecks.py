"""What is short, who waits for it, and what one more place would save."""

from dataclasses import replace

import pytest

from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Resource
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.show.bottlenecks import won_in_words
from scheduler.show.sharing_words import shortage_in_words
from scheduler.solve.bottlenecks import Bottleneck, bottlenecks
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result
from tests.builders import component, course, edition, instance, learner, offering, requirement
from tests.command import INSTANCES, run
from tests.joint_instances import crowded


def asked(small: Instance) -> Result:
    return solve_paths(small, PathQuestion(learners=tuple(each.id for each in small.learners)))


def missing(result: Result) -> tuple[int | None, int | None]:
    goal = next(goal for goal in result.goals if goal.name == "not-graduating")
    return goal.value, goal.bound


def shares(learners: int, sessions: int, cap: int) -> Instance:
    """Return a cohort who each attend three skills shares and speak at one of them."""
    share = component("E", "event", repeatable=True, roles=(("talk", cap),))
    programme = edition(share, requirements=[requirement(3, "E"), requirement(1, "E", role="talk")])
    calendar = [offering(f"E{number}", 30 * number, roles=(("talk", cap),)) for number in range(1, sessions + 1)]
    return instance(programme, calendar, [learner(f"L{number:02}") for number in range(learners)])


@pytest.mark.parametrize(
    ("learners", "sessions", "cap", "left_out"),
    [(25, 8, 3, 1), (24, 8, 3, 0), (29, 9, 3, 2), (29, 10, 3, 0), (29, 14, 2, 1), (29, 15, 2, 0)],
)
def test_st3_as_many_graduate_as_there_are_places_for_a_talk(
    learners: int, sessions: int, cap: int, left_out: int
) -> None:
    assert missing(asked(shares(learners, sessions, cap))) == (left_out, left_out)


def test_st3_it_says_by_itself_that_talk_places_are_short_and_what_cures_it() -> None:
    short = shares(25, 8, 3)
    (found,) = asked(short).shortages
    assert shortage_in_words(short, found) == "24 talk places, 25 needed, 1 short: one more session, or a cap of 4"
    (found,) = asked(shares(29, 8, 3)).shortages
    assert (found.sessions, found.cap) == (2, 4)
    assert missing(asked(shares(29, 10, 3)))[0] == missing(asked(shares(29, 8, 4)))[0] == 0


def test_where_all_graduate_it_says_how_many_places_would_let_nobody_wait() -> None:
    (found,) = asked(shares(24, 8, 3)).shortages
    assert (found.in_time, found.places, found.needed, found.sessions, found.cap) == (True, 9, 24, 5, 8)


def seats(*runs: tuple[str, int, int], learners: int, late: str = "") -> Instance:
    """Return learners who need one run of a course; `late` has a deadline that only the first run meets."""
    calendar = [offering(name, start, start + 5, seats=count) for name, start, count in runs]
    who = [learner(f"L{number:02}") for number in range(learners)]
    who = [replace(each, deadline=calendar[0].end) if each.id == late else each for each in who]
    return instance(edition(course("PBK"), requirements=[requirement(1, "PBK")]), calendar, who)


def test_st9_26_requests_for_25_seats_leave_one_waiting_for_the_next_run() -> None:
    result = asked(seats(("PBK1", 10, 25), ("PBK2", 100, 25), learners=26))
    assert missing(result) == (0, 0)
    booked = [answer.path.bookings[0].offering for answer in result.learners if answer.path]
    assert (booked.count("PBK1"), booked.count("PBK2")) == (25, 1)
    (waits,) = [answer for answer in result.learners if answer.cause]
    assert waits.cause == (("seats", "PBK1"),)
    assert waits.graduation is not None
    assert waits.alone is not None
    assert (waits.graduation - waits.alone).days == 90


def test_st9_without_a_next_run_one_is_left_out() -> None:
    result = asked(seats(("PBK1", 10, 25), learners=26))
    assert missing(result) == (1, 1)
    (found,) = result.shortages
    assert (
        shortage_in_words(result.instance, found)
        == "25 PBK seats, 26 needed, 1 short: one more run, or 26 seats in each"
    )


@pytest.mark.parametrize("late", ["L00", "L13", "L25"])
def test_st9_a_learner_with_no_later_chance_is_seated_first(late: str) -> None:
    result = asked(seats(("PBK1", 10, 25), ("PBK2", 100, 25), learners=26, late=late))
    (answer,) = [answer for answer in result.learners if answer.learner == late]
    assert missing(result) == (0, 0)
    assert answer.path is not None
    assert answer.path.offerings == {"PBK1"}


def test_le10_the_talk_stands_in_a_session_with_a_free_place_after_one_attended() -> None:
    small = shares(4, 5, 1)
    full = replace(small.offerings[1], roles=(("talk", 0),))
    small = replace(small, offerings=(small.offerings[0], full, *small.offerings[2:]))
    paths = [answer.path for answer in asked(small).learners if answer.path and answer.path.graduates]
    talks = sorted(speaks(path) for path in paths)
    assert talks == ["E1", "E3", "E4", "E5"]
    for path in paths:
        assert speaks(path) == "E1" or min(path.offerings) < speaks(path)


def speaks(path: Path) -> str:
    (talk,) = [booking.offering for booking in path.bookings if booking.role == "talk"]
    return talk


def test_what_one_more_place_saves_is_what_a_new_answer_takes_less() -> None:
    small = seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5)
    result = asked(small)
    assert result.joint is not None
    (found,) = bottlenecks(result.joint, Budget()).tried
    more = replace(small.offerings[0], seats=3)
    after = asked(replace(small, offerings=(more, small.offerings[1])))
    days = [next(goal.value or 0 for goal in each.goals if goal.name == "graduation") for each in (result, after)]
    assert (found.thing, found.more, found.days) == (("seats", "PBK1"), 0, days[0] - days[1])


def test_one_more_place_that_lets_somebody_graduate_is_counted_in_people() -> None:
    result = asked(shares(25, 8, 3))
    assert result.joint is not None
    found = bottlenecks(result.joint, Budget()).tried
    assert found
    assert {(each.more, each.days) for each in found} == {(1, None)}


def test_nobody_waits_where_the_own_best_paths_fit_together() -> None:
    result = asked(seats(("PBK1", 10, 5), learners=5))
    assert (result.joint, result.shortages, [answer.cause for answer in result.learners]) == (None, (), [()] * 5)
    assert [(use.thing, use.places, use.used, use.free) for use in result.uses] == [(("seats", "PBK1"), 5, 5, 0)]


def test_the_real_programme_is_told_that_talk_places_are_short() -> None:
    screen = " ".join(run("path", INSTANCES / "cscce-2023-2026").out.split())
    assert (
        "For all to graduate as early as alone, 13 talk places are needed and 9 there, 4 short: two more sessions, or a cap of 4."
        in screen
    )
    assert "talk places at QSS25B - 224" in screen
    assert "Each line is a new solution of the whole question." in screen


def test_what_is_not_proved_is_told_as_won_at_least() -> None:
    sure = Bottleneck(thing=("seats", "PBK1"), more=0, days=12, is_proved=True)
    assert [won_in_words(each) for each in (sure, replace(sure, is_proved=False))] == [
        ("-", "12"),
        ("-", "at least 12"),
    ]
    more = Bottleneck(thing=("seats", "PBK1"), more=2, days=None, is_proved=False)
    assert won_in_words(more) == ("at least 2", "-")


def values(result: Result) -> tuple[int, int]:
    """Return how many do not graduate and the days of those who do, both proved."""
    told = {goal.name: goal for goal in result.goals if goal.value == goal.bound}
    return told["not-graduating"].value or 0, told["graduation"].value or 0


def fuller(crowd: Instance, thing: Resource) -> Instance:
    """Return the instance with one more seat, or one more place of a role, in an offering."""
    kind, offered, *role = thing
    run = crowd.offering[offered]
    if kind == "seats":
        more = replace(run, seats=(run.seats or 0) + 1)
    else:
        more = replace(run, roles=tuple((name, places + (name == role[0])) for name, places in run.roles))
    return replace(crowd, offerings=tuple(more if each.id == offered else each for each in crowd.offerings))


@pytest.mark.parametrize(("seeds", "least"), [(range(3, 7), 5), pytest.param(range(12), 10, marks=pytest.mark.slow)])
def test_each_more_place_saves_what_planning_the_fuller_offering_from_scratch_saves(seeds: range, least: int) -> None:
    proved = 0
    for seed, crowd, alone in crowded(seeds, 8, 14):
        able = tuple(alone)
        result = solve_paths(crowd, PathQuestion(learners=able))
        for found in bottlenecks(result.joint, Budget()).tried if result.joint else ():
            again = solve_paths(fuller(crowd, found.thing), PathQuestion(learners=able))
            more, days = (old - new for old, new in zip(values(result), values(again), strict=True))
            told, won = (found.more, found.days or 0), (more, 0 if more else days)
            assert told == won if found.is_proved else told <= won, (seed, found, won)
            proved += found.is_proved
    assert proved > least
