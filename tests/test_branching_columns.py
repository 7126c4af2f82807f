"""Branch and price: the same optimum as one model of all where branches alone have to prove it, with every kind of pricing."""

import random
from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.column_generation import joint
from scheduler.solve.column_generation import tree as trees
from scheduler.solve.column_generation.answer import solve_jointly
from scheduler.solve.column_generation.blocks import FREE, Restriction
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.fixing import dive_by_fixing
from scheduler.solve.column_generation.freeing import free_some
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, Toll
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.seating import ROUNDS
from scheduler.solve.column_generation.solver_block import SolverBlock
from scheduler.solve.column_generation.subclasses import Subclass, split_cohort
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import amount, is_within
from tests import oracle
from tests.benchmarks.families import Shape
from tests.test_columns import optimum
from tests.test_near import MOST_WAYS, OUT, crowd_of, small_crowds, ways

DEAR = 1_000_000 * PART


@pytest.fixture
def branches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count no days and look for no whole numbers and near columns before branching; return how many branches each tree had."""
    found: list[int] = []
    run = trees.Tree.run

    def counted(tree: trees.Tree) -> None:
        run(tree)
        found.append(tree.serial)

    monkeypatch.setattr(trees.Tree, "run", counted)
    monkeypatch.setattr(trees, "PARTS", 0)
    monkeypatch.setattr(joint, "prove_by_windows", lambda *_: None)
    monkeypatch.setattr(joint, "with_whole_days", lambda _, weights: (None, weights))
    monkeypatch.setattr(joint, "round_near", lambda *_: None)
    return found


def contested(seeds: Iterable[int], learners: int) -> Iterator[tuple[int, Instance, tuple[str, ...]]]:
    """Make crowds who contest classes of one seat, with those who have a path alone."""
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - made-up crowds are no secret
        classes = chance.randint(3, 4)
        shape = Shape(
            levels=chance.randint(1, 2),
            classes=classes,
            wanted=chance.randint(2, classes - 1),
            seats=1,
            ordered=seed % 2 == 0,
            rare=chance.randint(0, 2),
            away=chance.random() < 0.5,
            late=chance.random() < 0.3,
        )
        yield seed, *crowd_of(shape, learners, seed)


def compare(seeds: Iterable[int], learners: int) -> int:
    """Compare with one model of all; return how many crowds there were."""
    crowds = 0
    for seed, instance, able in contested(seeds, learners):
        joint = solve_jointly(instance, able, Settings(), Budget())
        found = joint.optimum
        cohort = found.days.cohort
        missing = amount(cohort.pool, cohort.count, whole_turn(cohort).left_out, found.days.best)
        assert (seed, found.is_proved, missing, found.total) == (seed, True, *optimum(instance, able))
        crowds += 1
    return crowds


def test_branches_alone_prove_the_optimum(branches: list[int]) -> None:
    assert compare((6, 7, 104), 6) >= 3
    assert sum(each > 3 for each in branches) >= 1, "nothing fell apart"


@pytest.mark.slow
def test_branches_alone_prove_many_optima(branches: list[int]) -> None:
    assert compare((*range(6, 10), *range(100, 112)), 6) >= 11
    assert sum(each > 3 for each in branches) >= 1, "nothing fell apart"


def compare_restricted(seeds: range) -> int:
    """Price parts of classes at random prices beside brute force; return how many costs were told exactly.

    Arrays price no path that books more than it needs: their price lies between those of all paths and of those of use.
    """
    compared = 0
    for seed, instance, able in small_crowds(seeds, 3):
        cohort = Cohort(instance, able, Settings(), Budget())
        if any(oracle.plans(instance, each) > MOST_WAYS for each in able) or not cohort.things:
            continue
        chance = random.Random(seed)  # noqa: S311 - seeded prices
        prices = np.array([chance.choice([0, 0, chance.randrange(60 * PART)]) for _ in cohort.things], np.int64)
        things = sorted(cohort.things.values())
        parts: list[Subclass] = []
        for number in range(len(cohort.count)):
            drawn = [frozenset(chance.sample(things, min(len(things), chance.choice([0, 1, 1, 2])))) for _ in "ab"]
            days = sorted({0, *(each for each, _ in ways(cohort, instance, cohort.learners(number)[0]))})
            restriction = Restriction(
                closed=drawn[0] - drawn[1],
                forced=drawn[1],
                earliest=chance.choice([0, 0, chance.choice(days) + 1]),
                latest=chance.choice([NEVER, NEVER, chance.choice(days)]),
            )
            parts.append(Subclass(whole=number, count=1, restriction=restriction))
        split = split_cohort(cohort, tuple(parts))
        everyone = np.arange(len(parts))
        dear = np.full(len(parts), DEAR)
        bound = split.price(everyone, prices, Toll(rate=np.full(len(parts), PART), out=dear), dear, ROUNDS).bound
        for number, part in enumerate(parts):
            kept = part.restriction
            every = ways(cohort, instance, cohort.learners(number)[0])
            of_use = {
                (days, uses)
                for days, uses in every
                if not any(other <= days and used <= uses and (other, used) != (days, uses) for other, used in every)
            }
            least, most = (
                min(
                    [DEAR]
                    + [
                        max(days, kept.earliest) * PART + int(prices[list(uses)].sum())
                        for days, uses in among
                        if kept.forced <= uses and not kept.closed & uses and days <= kept.latest
                    ]
                )
                for among in (every, of_use)
            )
            price = min(int(bound[number]), DEAR)
            assert (seed, number, least) <= (seed, number, price) <= (seed, number, most)
            compared += least == most < DEAR and kept != FREE
    return compared


def test_a_class_falls_apart_into_those_who_graduate_by_a_day_and_the_others() -> None:
    three = Subclass(whole=7, count=3)
    assert [(each.count, each.restriction) for each in three.by(90, 2)] == [
        (2, Restriction(latest=90)),
        (1, Restriction()),
    ]
    assert [(each.count, each.restriction) for each in three.after(90, 1)] == [
        (2, Restriction(earliest=91)),
        (1, Restriction()),
    ]
    ((early,), (late,)) = three.by(90, 3)[0].by(60, 3), three.after(30, 0)[0].after(10, 0)
    assert (early.restriction.latest, late.restriction.earliest) == (60, 31)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_plan_is_lost_where_a_class_falls_apart_by_day(count: int) -> None:
    whole = Subclass(whole=0, count=count)
    for most in range(count):
        for early in range(count + 1):
            found = [
                sum(each.count for each in parts if each.restriction.latest == 90)
                <= early
                <= count - sum(each.count for each in parts if each.restriction.earliest == 91)
                for parts in (whole.after(90, most), whole.by(90, most + 1))
            ]
            assert found == [early <= most, early > most]


def exchanged(instance: Instance, able: tuple[str, ...]) -> tuple[Exchange, dict[int, float]]:
    """Return the market of a crowd after prices and columns were exchanged, and the last linear plan."""
    cohort = Cohort(instance, able, Settings(), Budget())
    exchange = Exchange(cohort, Market(count=cohort.count, limits=cohort.limits, goal=whole_turn(cohort).weighed(OUT)))
    exchange.offer({})
    exchange.look(np.zeros(len(cohort.limits), np.int64), ())
    return exchange, exchange.exchange()


def test_diving_makes_a_broken_linear_plan_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint, "prove_by_windows", lambda *_: None)
    monkeypatch.setattr(joint, "round_near", lambda *_: None)
    better = 0
    for _, instance, able in contested(range(12), 6):
        exchange, weights = exchanged(instance, able)
        before = exchange.value
        dive_by_fixing(exchange, weights)
        assert exchange.bound <= exchange.value <= before
        better += exchange.value < before
    assert better >= 8


def test_learners_who_leave_their_paths_are_seated_anew_for_a_better_plan() -> None:
    better = 0
    for _, instance, able in contested(range(12), 6):
        exchange, _ = exchanged(instance, able)
        pool = exchange.cohort.pool
        first = min(range(len(pool.owner)), key=lambda column: int(pool.days[column]))
        exchange.offer({first: 1})
        before = exchange.value
        free_some(exchange)
        assert exchange.bound <= exchange.value <= before
        assert is_within(pool, exchange.market, exchange.best)
        better += exchange.value < before
    assert better >= 8


def test_parts_of_classes_are_priced_as_brute_force_does() -> None:
    assert compare_restricted(range(16)) >= 8


def test_the_solver_prices_parts_of_classes_too() -> None:
    kinds = [
        isinstance(block, SolverBlock)
        for _, instance, able in small_crowds(range(12), 3)
        for block in Cohort(instance, able, Settings(), Budget()).blocks
    ]
    assert any(kinds)
    assert not all(kinds)


def test_a_class_falls_apart_into_those_who_use_a_thing_and_the_others() -> None:
    three = Subclass(whole=7, count=3)
    assert [(each.count, each.restriction) for each in three.forced(5, 2)] == [
        (2, Restriction(forced=frozenset({5}))),
        (1, Restriction()),
    ]
    assert [(each.count, each.restriction) for each in three.closed(5, 1)] == [
        (2, Restriction(closed=frozenset({5}))),
        (1, Restriction()),
    ]
    assert [each.count for each in three.closed(5, 0)] == [3]


def admits(parts: tuple[Subclass, ...], thing: int, users: int) -> bool:
    """Say whether so many members of all parts together may use a thing."""
    least = sum(each.count for each in parts if thing in each.restriction.forced)
    most = sum(each.count for each in parts if thing not in each.restriction.closed)
    return least <= users <= most


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_plan_is_lost_where_a_class_falls_apart(count: int) -> None:
    whole = Subclass(whole=0, count=count)
    for most in range(count):
        few, many = whole.closed(5, most), whole.forced(5, most + 1)
        assert sum(each.count for each in few) == sum(each.count for each in many) == count
        for users in range(count + 1):
            assert (admits(few, 5, users), admits(many, 5, users)) == (users <= most, users > most)
