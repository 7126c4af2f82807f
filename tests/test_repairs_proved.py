"""Repairs: no cheaper set exists, by brute force over all sets; each is lawful on the changed instance."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.changes.calendar import with_calendar
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.costs import Costs
from scheduler.engines.budget import Budget
from scheduler.explain.repairs.calendar import calendar_remedies
from scheduler.explain.repairs.ground import RepairGround, ground_for
from scheduler.explain.repairs.people import people_remedies
from scheduler.explain.repairs.remedy import Remedy
from scheduler.explain.repairs.repair import Repairs, repairs_of
from tests import builders as small
from tests import oracle
from tests.small_words import themed
from tests.strategies import made
from tests.test_against_oracles import small_enough

FEW = Costs(extend_window=7, add_offering=25, add_seat=3, free_span=4, waive_rule=11, waive_requirement=31)
MOST_SETS = 260


def blocked(seeds: range) -> Iterator[tuple[int, Instance, str]]:
    """Make instances of one learner who by brute force cannot graduate."""
    for seed in seeds:
        instance = small_enough(made(seed, themed(seed, edges=bool(seed % 2), offerings=6)))
        for learner in oracle.to_plan(instance):
            if oracle.earliest(instance, learner) is None:
                yield seed, instance, learner


def sets_of(remedies: tuple[Remedy, ...]) -> list[tuple[int, dict[int, int]]]:
    """Return all sets of remedies with their costs, cheapest first, up to a few changes."""
    found = []
    for size in range(3):
        for places in itertools.combinations(range(len(remedies)), size):
            for levels in itertools.product(*(range(1, remedies[place].most + 1) for place in places)):
                chosen = dict(zip(places, levels, strict=True))
                found.append((sum(remedies[p].cost * level for p, level in chosen.items()), chosen))
    return sorted(found, key=lambda pair: pair[0])


def is_enough(ground: RepairGround, remedies: tuple[Remedy, ...], levels: dict[int, int]) -> bool:
    """Say by brute force whether a set lets the learner graduate, each date of an added offering tried by itself."""
    instance = ground.instance
    for place, level in levels.items():
        change = remedies[place].change
        instance = change(level)(instance) if change else instance
    dates = [itertools.combinations(remedies[p].dates, level) for p, level in levels.items() if remedies[p].dates]
    for chosen in itertools.product(*dates):
        runs = [run for group in chosen for run in group]
        then = with_calendar(instance, [*instance.offerings, *runs])
        if oracle.earliest(then, ground.learners[0]) is not None:
            return True
    return False


def least_cost(ground: RepairGround, remedies: tuple[Remedy, ...], most: int) -> int | None:
    """Return by brute force what the cheapest set of two changes at most costs, or None if none costs `most` or less."""
    for cost, levels in sets_of(remedies):
        if cost > most:
            return None
        if is_enough(ground, remedies, levels):
            return cost
    return None


@pytest.mark.slow
def test_no_repair_is_cheaper_than_the_first_by_brute_force() -> None:
    looked = 0
    kinds: set[str] = set()
    for seed, instance, learner in blocked(range(24)):
        ground = ground_for(instance, Plan(), [learner], None)
        remedies = (*calendar_remedies(ground, FEW), *people_remedies(ground, FEW))
        found = repairs_of(instance, Plan(), [learner], costs=FEW, count=1)
        assert found.is_proved, seed
        if not found.found or len(sets_of(remedies)) > MOST_SETS:
            continue
        (first,) = found.found
        expected = least_cost(ground, remedies, first.cost)
        if len(first.steps) < 3:
            assert (seed, first.cost) == (seed, expected)
        else:
            assert (seed, expected) == (seed, None)
        kinds |= {step.kind for step in first.steps}
        looked += 1
    assert looked > 2
    assert len(kinds) > 1


def test_a_repair_is_lawful_where_it_is_carried_out() -> None:
    looked = 0
    for seed, instance, learner in blocked(range(60, 69)):
        for repair in repairs_of(instance, Plan(), [learner], costs=FEW, count=2).found:
            assert violations(repair.instance, repair.plan) == [], seed
            if repair.days[learner] > instance.as_of:
                assert oracle.earliest(repair.instance, learner) == repair.days[learner], seed
            assert repair.cost == sum(step.cost for step in repair.steps)
            looked += 1
    assert looked > 5


@pytest.mark.slow
def test_every_start_day_told_of_an_added_offering_does_and_no_other() -> None:
    looked = 0
    for seed, instance, learner in blocked(range(110, 130)):
        only = Costs(**dict.fromkeys(Costs().by_kind) | {"add_offering": 1, "add_first_offering": 1})
        ground = ground_for(instance, Plan(), [learner], None)
        for repair in repairs_of(instance, Plan(), [learner], costs=only, count=1).found:
            if len(repair.added) != 1:
                continue
            (added,) = repair.added
            remedy = next(each for each in calendar_remedies(ground, only) if each.about == added.run.component)
            others = [run for run in repair.instance.offerings if run.id != added.run.id]
            assert added.windows is not None
            for run in remedy.dates:
                told = any(first <= run.start <= last for first, last in added.windows)
                moved = with_calendar(repair.instance, [*others, run])
                assert (seed, run.id, told) == (seed, run.id, oracle.earliest(moved, learner) is not None)
            looked += 1
    assert looked >= 1


@pytest.mark.parametrize(("seeds", "least"), [(range(5), 2), pytest.param(range(12), 5, marks=pytest.mark.slow)])
def test_by_a_day_everybody_in_question_graduates_by_it(seeds: range, least: int) -> None:
    looked = 0
    for seed in seeds:
        instance = small_enough(made(seed, themed(seed, edges=False, offerings=6)))
        for learner in oracle.to_plan(instance):
            day = oracle.earliest(instance, learner)
            if day is None or day <= instance.as_of + timedelta(days=4):
                continue
            by = day - timedelta(days=2)
            for repair in repairs_of(instance, Plan(), [learner], by=by, costs=FEW, count=2).found:
                assert repair.days[learner] <= by, seed
                if repair.days[learner] > instance.as_of:
                    assert oracle.earliest(repair.instance, learner) == repair.days[learner], seed
                looked += 1
    assert looked > least


@pytest.mark.parametrize("count", [1, 3])
def test_two_learners_are_let_through_together(count: int) -> None:
    instance, plan, names = rivals()
    found: Repairs = repairs_of(instance, plan, names, count=count)
    assert found.is_proved
    assert [(step.kind, step.amount) for step in found.found[0].steps] == [("add_seat", 2)]
    assert set(found.found[0].days) == set(names)
    assert len(found.found) == count


def rivals() -> tuple[Instance, Plan, list[str]]:
    """Return two learners who both need a seat in one full run."""
    programme = small.edition(small.course("A"), requirements=[small.requirement(1, "A")])
    runs = [small.offering("A1", 5, 9, seats=1, taken=1)]
    return small.instance(programme, runs, [small.learner("ada"), small.learner("ben")]), Plan(), ["ada", "ben"]


def test_the_search_that_is_stopped_gives_an_honest_bound() -> None:
    instance, plan, names = rivals()
    budget = Budget()
    budget.stopped = True
    found = repairs_of(instance, plan, names, budget=budget)
    assert (found.found, found.is_proved, found.bound) == ((), False, 0)
