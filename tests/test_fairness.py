"""Fair waiting and turns of priority: as brute force finds them, by columns and by one model alike."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.goals.delays import delayed, longest_delay
from models.goals.restricted import among
from models.programme.instance import Instance
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.questions import PathQuestion
from scheduler.solve import turns
from scheduler.solve.paths import planned_in, solve_paths
from scheduler.solve.result import Result
from tests import oracle
from tests.builders import away, course, day, edition, event, instance, learner, offering, requirement, talks
from tests.small_draws import drawn
from tests.small_reading import Reading, in_range, least
from tests.small_scope import checked, plans

RULES = plan_rules()


def contested(seeds: range) -> Iterator[tuple[int, Instance]]:
    """Make instances in which three learners, away on some days, compete for few seats in two courses and for talks."""
    programme = edition(
        course("A"),
        course("B"),
        event("E"),
        requirements=[requirement(1, "A"), requirement(1, "B"), requirement(1, "E", role="talk")],
    )
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - seeded instances
        runs = [
            offering(f"{code}{number}", on, on + 2, seats=chance.choice([1, 1, 2]))
            for code in "AB"
            for number, on in enumerate(sorted(chance.sample(range(3, 60), 3)))
        ]
        runs += [talks(f"E{number}", on, chance.choice([1, 2])) for number, on in enumerate((8, 30, 45))]
        names = [f"L{number}" for number in range(3)]
        spans = []
        for name in names:
            first = chance.randrange(2, 40)
            spans.append(away(name, first, first + chance.choice([3, 20])))
        yield seed, instance(programme, runs, [learner(name) for name in names], unavailable=tuple(spans))


def asked(given: Instance, **wanted: object) -> Result:
    names = tuple(each.id for each in given.learners)
    return solve_paths(given, PathQuestion(learners=names, **wanted))  # type: ignore[arg-type]


def delays(result: Result) -> list[int | None]:
    """Return the delays of those who have a path alone, the longest first; None for who does not graduate."""
    found = [(each.graduation - each.alone).days if each.graduation else None for each in result.learners if each.alone]
    return sorted(found, key=lambda wait: oracle.FOREVER if wait is None else wait, reverse=True)


def value(result: Result, name: str) -> tuple[int | None, int | None]:
    (goal,) = [goal for goal in result.goals if goal.name == name]
    return goal.value, goal.bound


@pytest.fixture(params=["columns", "one model"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Solve by columns, or by one model as where columns do not price what is shared."""
    if request.param == "one model":
        monkeypatch.setattr(turns, "is_supported", lambda _: False)


SEEDS = [(range(6), 2), pytest.param(range(14), 8, marks=pytest.mark.slow)]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("seeds", "least"), SEEDS)
def test_the_fairest_plan_is_that_of_brute_force(seeds: range, least: int) -> None:
    unlike = 0
    for seed, given in contested(seeds):
        result = asked(given, fair=True)
        if result.status == "infeasible" or not planned_in(given):
            continue
        assert (seed, result.status) == (seed, "optimal")
        assert (seed, delays(result)) == (seed, oracle.fairest(given))
        unlike += any(delays(result))
    assert unlike > least, "too few instances in which anybody waits"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("seeds", "least"), SEEDS)
def test_turns_are_those_of_brute_force(seeds: range, least: int) -> None:
    unlike = 0
    for seed, given in contested(seeds):
        names = oracle.to_plan(given)
        priorities = {name: 1 + (at + seed) % 2 for at, name in enumerate(names)}
        result = asked(given, priorities=priorities)
        if result.status == "infeasible" or not planned_in(given):
            continue
        assert (seed, result.status) == (seed, "optimal")
        found = [
            (value(result, f"not-graduating, priority {turn}")[0], value(result, f"graduation, priority {turn}")[0])
            for turn in sorted(set(priorities.values()))
        ]
        assert (seed, found) == (seed, oracle.in_turns(given, priorities))
        unlike += any(delays(result))
    assert unlike > least, "too few instances in which anybody waits"


def course_runs(*runs: tuple[int, int], learners: int) -> Instance:
    """Return learners who need one run of a course; runs are (day, seats)."""
    calendar = [offering(f"C{number}", start, start, seats=seats) for number, (start, seats) in enumerate(runs)]
    who = [learner(f"L{number}") for number in range(learners)]
    return instance(edition(course("C"), requirements=[requirement(1, "C")]), calendar, who)


def one_for_all() -> Instance:
    """Return three learners of whom, by the sum, one waits 60 days, and in a fair plan two wait 40."""
    given = course_runs((10, 1), (50, 1), (70, 1), (90, 1), learners=3)
    gone = {"L0": (70, 90), "L1": (50, 90), "L2": (10, 70)}
    spans = [away(who, on, on) for who, days in gone.items() for on in days]
    return replace(given, unavailable=tuple(spans))


@pytest.mark.usefixtures("way")
def test_fair_and_sum_differ_where_one_would_wait_for_all() -> None:
    given = one_for_all()
    by_sum, fair = asked(given), asked(given, fair=True)
    assert (delays(by_sum), delays(fair)) == ([60, 0, 0], [40, 40, 0])
    assert value(fair, "longest-delay") == (40, 40)
    assert [(level.days, level.learners) for level in fair.fairness[""].levels] == [(39, 2)]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("first", ["L0", "L1", "L2"])
def test_whoever_goes_first_has_the_day_alone(first: str) -> None:
    given = course_runs((10, 1), (20, 1), (30, 1), learners=3)
    result = asked(given, priorities={first: 1})
    (mine,) = [each for each in result.learners if each.learner == first]
    assert (mine.graduation, result.status) == (day(10), "optimal")
    assert value(result, "graduation, no priority") == (50, 50)


@pytest.mark.usefixtures("way")
def test_a_turn_takes_the_last_seat_from_more_learners_who_come_later() -> None:
    programme = edition(course("A"), course("B"), requirements=[requirement(1, "A"), requirement(1, "B")])
    runs = [offering("A1", 10, 10, seats=1), offering("B1", 12, 12, seats=1), offering("B2", 20, 20)]
    given = instance(programme, runs, [learner("L0"), learner("L1")])
    result = asked(given, priorities={"L1": 5, "L0": 9})
    assert [each.status for each in result.learners] == ["blocked", "graduates"]
    assert value(result, "not-graduating, priority 5") == (0, 0)
    assert value(result, "not-graduating, priority 9") == (1, 1)


@pytest.mark.usefixtures("way")
def test_fair_turns_are_fair_within_each() -> None:
    given = course_runs((10, 2), (20, 1), (50, 1), (90, 2), learners=6)
    result = asked(given, fair=True, priorities={f"L{number}": number % 2 for number in range(6)})
    waits = {
        each.learner: (each.graduation - each.alone).days for each in result.learners if each.graduation and each.alone
    }
    assert sorted(waits[f"L{number}"] for number in (0, 2, 4)) == [0, 0, 10]
    assert sorted(waits[f"L{number}"] for number in (1, 3, 5)) == [40, 80, 80]
    assert [value(result, f"longest-delay, priority {turn}") for turn in (0, 1)] == [(10, 10), (80, 80)]


def test_fair_never_has_a_longer_longest_delay_than_the_sum() -> None:
    for seed, given in contested(range(40, 48)):
        by_sum, fair = asked(given), asked(given, fair=True)
        if by_sum.status == "optimal":
            key = [oracle.FOREVER if each is None else each for each in delays(by_sum)]
            assert (seed, [oracle.FOREVER if each is None else each for each in delays(fair)]) <= (seed, key)


def test_a_limit_leaves_a_lawful_plan_and_claims_no_proof() -> None:
    given = course_runs(*((10 * number, 1) for number in range(1, 9)), learners=9)
    result = asked(given, fair=True)
    assert value(result, "longest-delay") == (70, 70)
    budget = Budget(1000)
    budget.stopped = True
    names = tuple(each.id for each in given.learners)
    cut = solve_paths(given, PathQuestion(learners=names, fair=True), budget=budget)
    assert cut.status in {"feasible", "unknown"}
    for (found, bound), best in zip(((goal.value, goal.bound) for goal in cut.goals[:2]), (1, 70), strict=True):
        assert bound is None or bound <= best
        assert found is not None


def test_goals_of_waiting_are_said_twice_alike() -> None:
    for seed in range(8):
        case = drawn(seed, together=True)
        alone = {name: day(3 + number) for number, name in enumerate(case.learners)}
        some = dict(list(alone.items())[:1])
        goals = [delayed(alone, 0), delayed(some, 2), longest_delay(alone), longest_delay(some)]
        goals.append(among(all_goals()["graduation"], some, "priority 1"))
        formulation = formulate(case.instance, case.learners)
        expressions = [goal.expression(formulation.everyone) for goal in goals]
        reading = Reading(formulation)
        for plan in plans(case):
            fixed = reading.choices_of(plan)
            if fixed is None or not in_range(reading, fixed, early=True) or not checked(case.instance, plan, RULES):
                continue
            for goal, expression in zip(goals, expressions, strict=True):
                assert (seed, goal.name, least(reading, fixed, expression)) == (
                    seed,
                    goal.name,
                    goal.value(case.instance, plan),
                )
