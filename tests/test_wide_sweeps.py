"""Plans, days, explanations and repairs of instances that use many rules at once, compared with a brute force of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

import pytest

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Booking, Path, Plan, TaskStart
from scheduler.explain.why_not import why_not
from scheduler.solve.alone import solve_alone
from tests.builders import day
from tests.oracle_wide_laws import broken
from tests.oracle_wide_paths import crowded, earliest, state
from tests.wide_checks import chain_faults, conflict_faults, repair_faults, why_not_faults
from tests.wide_draws import odd, wide

SHARED = ("seats", "role_places", "seat_group", "reserved")


def some_plan(seed: int, number: int) -> Plan:
    """Return a plan for the instance of a seed: anything may be booked, what stands is mostly kept."""
    instance = wide(seed, together=True)
    chance = Random(f"plan {seed} {number}")  # noqa: S311 - a made-up plan is no secret
    found = []
    for who in instance.learners:
        standing = instance.initial_state[who.id]
        held = standing.bookings if chance.random() < 0.8 else ()
        others = [run.id for run in instance.offerings if run.id not in {each.offering for each in held}]
        news = [
            Booking(offering=name, role=chance.choice((None, None, "talk")) if name[0] == "E" else None)
            for name in others
            if chance.random() < 0.45
        ]
        tasks = standing.tasks if chance.random() < 0.8 else ()
        if not tasks and chance.random() < 0.5:
            tasks = (TaskStart(component="T", day=day(chance.choice((-1, 0, 1, 1, 2, 3, 5, 8)))),)
        bookings = tuple(sorted((*held, *news), key=lambda each: each.offering))
        found.append(Path(learner=who.id, graduates=chance.random() < 0.85, bookings=bookings, tasks=tasks))
    return Plan(paths=tuple(found))


def judged_alike(seeds: range, plans: int) -> Counter[str]:
    """Assert that for each plan the rules named are those that brute force names; return how often each was broken."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        instance = wide(seed, together=True)
        for number in range(plans):
            plan = some_plan(seed, number)
            expected = {(name, path.learner) for path in plan.paths for name in broken(instance, path)}
            told = violations(instance, plan)
            assert {(each.rule, each.learner) for each in told if each.rule not in SHARED} == expected, (seed, number)
            assert {each.rule for each in told if each.rule in SHARED} == crowded(instance, plan), (seed, number)
            seen.update(each.rule for each in told)
            seen["legal"] += not told
    return seen


def test_every_rule_that_a_plan_breaks_is_named_and_no_other() -> None:
    assert len(judged_alike(range(6), 20)) > 15


@pytest.mark.slow
def test_thousands_of_plans_are_judged_alike() -> None:
    seen = judged_alike(range(100, 400), 12)
    assert seen["legal"] > 10
    assert len(seen) > 27


def to_plan(seeds: Iterable[int]) -> Iterator[tuple[int, Instance, str]]:
    """Yield seeds whose instance has something to plan, with the instance and the learner."""
    for seed in seeds:
        instance = wide(seed)
        who = instance.learners[0].id
        if state(instance, who) == "planned":
            yield seed, instance, who


def days_alike(seeds: range) -> Counter[str]:
    """Assert that each path alone ends on the earliest day that brute force finds; return how learners fared."""
    seen: Counter[str] = Counter()
    for seed, instance, who in to_plan(seeds):
        expected, found = earliest(instance, who), solve_alone(instance, who)
        assert found.kind == ("infeasible" if expected is None else "optimal"), seed
        assert (expected and max(expected, instance.as_of)) == (
            found.graduation and max(found.graduation, instance.as_of)
        ), seed
        seen["blocked" if expected is None else "graduates"] += 1
        for run in instance.offerings if expected else ():
            told = why_not(instance, who, run.id, found.path, expected)
            if told.verdict in {"possible", "impossible"}:
                assert told.day == earliest(instance, who, holding=run.id), (seed, run.id)
                seen[told.verdict] += 1
    return seen


def test_a_path_under_many_rules_ends_on_the_earliest_day() -> None:
    assert days_alike(range(25))["graduates"] > 3


@pytest.mark.slow
def test_hundreds_of_paths_under_many_rules_end_on_the_earliest_day() -> None:
    seen = days_alike(range(1000, 1150))
    assert seen["graduates"] > 30
    assert seen["possible"] > 30
    assert seen["impossible"] > 10


def plain_explained_rightly(seeds: Iterable[int], kind: str) -> int:
    """Assert the same of instances under the first step's rules alone; return on how many something was explained."""
    made = [(seed, odd(seed, kind)) for seed in seeds]
    planned = [
        (seed, each, each.learners[0].id) for seed, each in made if state(each, each.learners[0].id) == "planned"
    ]
    return sum(explanations_counted(planned).values())


def explained_rightly(seeds: Iterable[int]) -> Counter[str]:
    """Assert that chains and conflicts forbid what they say, and that none of their facts can be spared."""
    return explanations_counted(to_plan(seeds))


def explanations_counted(cases: Iterable[tuple[int, Instance, str]]) -> Counter[str]:
    """Assert of each case what its explanation says; return how many there are of each kind."""
    seen: Counter[str] = Counter()
    for seed, instance, who in cases:
        found = earliest(instance, who)
        if found is None:
            assert list(conflict_faults(instance, who)) == [], seed
            seen["conflicts"] += 1
        elif found > instance.as_of:
            assert list(chain_faults(instance, who, found)) == [], seed
            seen["chains"] += 1
    return seen


@pytest.mark.parametrize("kind", ["bare", "twice"])
def test_explanations_without_requirements_or_with_two_equal_rows_spare_nothing(kind: str) -> None:
    assert plain_explained_rightly(range(10), kind) > 3


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bare", "twice"])
def test_hundreds_of_explanations_without_requirements_or_with_two_equal_rows_spare_nothing(kind: str) -> None:
    assert plain_explained_rightly(range(10, 210), kind) > 80


ODD = (33, 91, 118, 153, 228, 248, 318, 338, 356)
"""Seeds that showed something wrong: what excludes, an orientation that starts a clock, a task under way, shared seats."""


@pytest.mark.parametrize("seed", ODD)
def test_an_explanation_that_was_missing_or_wrong_holds(seed: int) -> None:
    assert explained_rightly(range(seed, seed + 1))


@pytest.mark.slow
def test_explanations_under_many_rules_hold_and_spare_nothing() -> None:
    seen = explained_rightly(range(2000, 2120))
    assert seen["conflicts"] > 30
    assert seen["chains"] > 15


def left_out_rightly(seeds: Iterable[int]) -> int:
    """Assert that what forbids an offering does, and that none of it can be spared; return on how many there was a verdict."""
    seen = 0
    for seed, instance, who in to_plan(seeds):
        best = solve_alone(instance, who)
        for run in instance.offerings:
            told = why_not(instance, who, run.id, best.path, best.graduation)
            if told.verdict in {"possible", "impossible"}:
                assert list(why_not_faults(instance, who, run, told)) == [], (seed, run.id)
                seen += 1
    return seen


def test_what_forbids_an_offering_spares_nothing() -> None:
    assert left_out_rightly(range(9500, 9508)) > 5


@pytest.mark.slow
def test_what_forbids_hundreds_of_offerings_spares_nothing() -> None:
    assert left_out_rightly(range(9508, 9600)) > 100


@pytest.mark.slow
def test_no_repair_under_many_rules_is_cheaper_than_the_first() -> None:
    looked = 0
    for seed, instance, who in to_plan(range(3000, 3015)):
        if earliest(instance, who) is None:
            assert list(repair_faults(instance, who, Random(seed))) == [], seed  # noqa: S311 - a sample is no secret
            looked += 1
    assert looked > 3
