"""All columns near the cheapest: none of use is missing beside brute force, and what they prove is the optimum."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.generate import write
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation.blocks import Reach
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.grid import Flags
from scheduler.solve.column_generation.joint import PARTS, Exchange
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.measures import PART, EpsilonConstraint, Toll
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.proving import prove
from scheduler.solve.column_generation.seating import ROUNDS
from scheduler.solve.column_generation.solver_block import SolverBlock
from scheduler.solve.column_generation.whole import EFFORT
from scheduler.solve.paths import planned_in
from scheduler.solve.sharing import limits_of
from tests import oracle
from tests.benchmarks.families import Shape, shaped
from tests.joint_instances import crowded
from tests.test_columns import optimum

MOST_WAYS = 3_000
PLENTY = 1_000_000
OUT = 400


def of_arrays(instance: Instance, learners: tuple[str, ...]) -> Cohort | None:
    """Return the cohort if arrays price everybody, and brute force can."""
    cohort = Cohort(instance, learners, Settings(), Budget())
    is_small = all(oracle.plans(instance, each) <= MOST_WAYS for each in learners)
    return None if any(isinstance(each, SolverBlock) for each in cohort.blocks) or not is_small else cohort


def crowd_of(shape: Shape, learners: int, seed: int) -> tuple[Instance, tuple[str, ...]]:
    """Make a crowd of a shape; return it with those who have a path alone."""
    with TemporaryDirectory() as place:
        write(shaped(shape, learners, 1, seed, 1.0), Path(place) / "crowd")
        instance = load(Path(place) / "crowd").instance
    return instance, tuple(each for each in planned_in(instance) if solve_alone(instance, each).path)


def small_crowds(seeds: range, learners: int) -> Iterator[tuple[int, Instance, tuple[str, ...]]]:
    """Make crowds of many small shapes, and of the shared rules' kinds, with those who have a path alone."""
    for seed, instance, able in crowded(seeds, learners, 8):
        yield seed, instance, tuple(able)
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - made-up crowds are no secret
        classes = chance.randint(2, 3)
        shape = Shape(
            levels=chance.randint(1, 2),
            classes=classes,
            wanted=chance.randint(1, classes - 1),
            seats=chance.randint(1, 2),
            ordered=seed % 2 == 0,
            rare=chance.randint(0, 1),
            away=chance.random() < 0.5,
            late=chance.random() < 0.3,
        )
        yield seed, *crowd_of(shape, learners, seed)


def compare_near(seeds: range, learners: int) -> tuple[int, int]:
    """Look for every path of brute force among the columns; return how many crowds and how many paths were compared."""
    crowds = paths = 0
    for seed, instance, able in small_crowds(seeds, learners):
        cohort = of_arrays(instance, able)
        if cohort is None:
            continue
        crowds += 1
        chance = random.Random(seed)  # noqa: S311 - seeded prices
        prices = np.array([chance.choice([0, 0, chance.randrange(60 * PART)]) for _ in cohort.things], np.int64)
        everyone = np.arange(len(cohort.count))
        toll = Toll(rate=np.full(len(everyone), PART), out=np.full(len(everyone), OUT * PART))
        dear = np.full(len(everyone), OUT * PART)
        least = np.minimum(cohort.price(everyone, prices, toll, dear, ROUNDS).bound, dear)
        minded = np.array([chance.random() < 0.7 for _ in cohort.things], np.bool_)
        dated = np.ones(len(everyone), np.bool_)
        reach = Reach(gap=chance.choice([1, 20, 90]) * PART, most=PLENTY, budget=Budget(), minded=minded, dated=dated)
        complete = cohort.near(everyone, prices, toll, least, reach)
        assert complete >= 1
        pool = cohort.pool
        columns: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for column, (owner, days) in enumerate(zip(pool.owner.tolist(), pool.days.tolist(), strict=True)):
            columns.setdefault(owner, []).append((days, of_those(minded, pool.used(column).tolist())))
        for number in everyone.tolist():
            for days, uses in ways(cohort, instance, cohort.learners(number)[0]):
                if days * PART + int(prices[list(uses)].sum()) < least[number] + complete:
                    paths += 1
                    mine = of_those(minded, uses)
                    found = any(other <= days and used <= mine for other, used in columns.get(number, ()))
                    assert found, (seed, number, days, uses)
    return crowds, paths


def of_those(minded: Flags, things: Iterable[int]) -> frozenset[int]:
    """Return the things that are minded."""
    return frozenset(each for each in things if minded[each])


def ways(cohort: Cohort, instance: Instance, learner: str) -> set[tuple[int, frozenset[int]]]:
    """Return days and scarce things of every lawful path that needs nothing which has run out already, by brute force."""
    found, limits = set(), limits_of(instance)
    for way in oracle.ways(instance, learner):
        things = [("role_places", at, role) if role else ("seats", at) for at, role in way.needs]
        uses = frozenset(cohort.things[each] for each in things if each in cohort.things)
        if all(limits.get(each, 1) > 0 for each in things):
            found.add((max(0, (way.day - instance.as_of).days), uses))
    return found


def compare_proofs(seeds: range, learners: int) -> int:
    """Prove optima from no prices at all, by near columns alone; return how many."""
    proved = 0
    for seed, instance, able in small_crowds(seeds, learners):
        cohort = Cohort(instance, able, Settings(), Budget())
        if any(isinstance(each, SolverBlock) for each in cohort.blocks):
            continue
        market = Market(count=cohort.count, limits=cohort.limits, goal=whole_turn(cohort).weighed(OUT))
        exchange = Exchange(cohort, market)
        exchange.offer({})
        exchange.look(np.zeros(len(cohort.limits), np.int64), ())
        for _ in range(3):
            if not exchange.is_done:
                prove(exchange, PARTS, EFFORT)
        missing, days = optimum(instance, able)
        assert (seed, exchange.is_proved) == (seed, True)
        assert (seed, exchange.value) == (seed, (missing * OUT + days) * PART)
        proved += 1
    return proved


def compare_promises(seeds: range, learners: int) -> int:
    """Prove by near columns how many are left out where their days are promised and cost nothing; return how many crowds."""
    proved = 0
    for seed, instance, able in small_crowds(seeds, learners):
        cohort = Cohort(instance, able, Settings(), Budget())
        if any(isinstance(each, SolverBlock) for each in cohort.blocks):
            continue
        missing, days = optimum(instance, able)
        turn = whole_turn(cohort)
        promise = EpsilonConstraint(measure=turn.days, most=days)
        market = Market(count=cohort.count, limits=cohort.limits, goal=turn.left_out, promises=(promise,))
        exchange = Exchange(cohort, market)
        exchange.offer({})
        chance = random.Random(seed)  # noqa: S311 - seeded prices
        prices = np.array([chance.choice([0, chance.randrange(PART // 8)]) for _ in cohort.things], np.int64)
        exchange.look(prices, (0,))
        for _ in range(3):
            if not exchange.is_done:
                prove(exchange, PARTS, EFFORT)
        assert (seed, exchange.is_proved, exchange.value) == (seed, True, missing * PART)
        proved += 1
    return proved


def test_no_path_of_use_is_missing_near_the_cheapest() -> None:
    crowds, paths = compare_near(range(30), 3)
    assert crowds >= 20
    assert paths >= 100


def test_near_columns_alone_prove_the_optimum() -> None:
    assert compare_proofs(range(12), 4) >= 6


def test_near_columns_end_as_early_as_promised_where_days_cost_nothing() -> None:
    assert compare_promises(range(40, 55), 4) >= 8


@pytest.mark.slow
def test_many_crowds_near_and_proved() -> None:
    assert compare_near(range(1_000, 1_080), 3)[0] >= 50
    assert compare_proofs(range(25), 4) >= 15
    assert compare_proofs(range(2_000, 2_050), 5) >= 25
    assert compare_promises(range(3_000, 3_040), 5) >= 20
