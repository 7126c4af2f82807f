"""Random what-ifs, ranges and overbooking: exact where that is claimed, and the same luck for the same people."""

import itertools
import random
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, t

from models.changes.calendar import cancelled
from models.programme.instance import Instance
from scheduler.show.study_answer import records_of
from scheduler.solve.alone import solve_alone
from scheduler.studies.confidence import mean, share, student
from scheduler.studies.draws import Luck, chance, drawn
from scheduler.studies.lawful import unlawful
from scheduler.studies.overbooking import most_to_sell, tail
from scheduler.studies.running import run
from scheduler.studies.study import Sampling, Scenario, Study, step
from tests.command import run as command
from tests.small_words import themed
from tests.strategies import made
from tests.test_studies_running import tiny

seeds = st.integers(min_value=0, max_value=100_000)


@pytest.mark.drawn
@given(st.integers(1, 40), st.integers(0, 20), st.fractions(0, 1, max_denominator=50))
def test_the_tail_is_that_of_the_binomial_distribution(seats: int, more: int, show_up: Fraction) -> None:
    exact = tail(seats + more, seats, show_up)
    assert float(exact) == pytest.approx(binom.sf(seats, seats + more, float(show_up)), abs=1e-12)


@pytest.mark.parametrize(("show_up", "risk", "most"), [("0.9", "0.05", 25), ("0.8", "0.05", 27), ("1", "0.5", 25)])
def test_as_many_are_sold_as_the_risk_allows(show_up: str, risk: str, most: int) -> None:
    sales = most_to_sell(25, Fraction(show_up), Fraction(risk))
    assert max(each.sold for each in sales if each.risk <= Fraction(risk)) == most
    assert all(each.risk == tail(each.sold, 25, Fraction(show_up)) for each in sales)
    assert sales[-1].risk > Fraction(risk)
    done = command("overbook", "--seats", "25", "--show-up", show_up, "--risk", risk)
    assert done.code == 0
    assert done.out.startswith(f"Sell {most} of 25 seats.")


def test_simulated_shows_agree_with_the_tail() -> None:
    draw = random.Random(5)  # noqa: S311 - a simulation
    more = sum(sum(draw.random() < 0.9 for _ in range(28)) > 25 for _ in range(4_000))
    low, high = binomtest(more, 4_000).proportion_ci(0.999)
    assert low <= float(tail(28, 25, Fraction(9, 10))) <= high


@pytest.mark.parametrize("wrong", ["1.5", "-0.1", "x", "1/0", "nan"])
def test_probabilities_out_of_range_are_refused(wrong: str) -> None:
    done = command("overbook", "--seats", "25", "--show-up", wrong, "--risk", "0.05")
    assert done.code == 2
    assert "Traceback" not in done.err


def test_intervals_are_those_of_the_textbooks() -> None:
    assert [student(n) for n in (1, 2, 7, 30, 199)] == pytest.approx([t.ppf(0.975, n) for n in (1, 2, 7, 30, 199)])
    values = [3.0, 5.0, 4.0, 9.0]
    found = mean(values)
    assert found.value == 5.25
    assert found.low is not None
    assert found.high is not None
    assert (found.low + found.high) / 2 == pytest.approx(5.25)
    assert found.high - found.low == pytest.approx(
        2 * t.ppf(0.975, 3) * (sum((v - 5.25) ** 2 for v in values) / 3 / 4) ** 0.5
    )
    wilson = binomtest(3, 20).proportion_ci(method="wilson")
    assert (share(3, 20).low, share(3, 20).high) == pytest.approx((wilson.low, wilson.high))
    assert mean([4.0]).low is None
    assert share(0, 10).low == pytest.approx(0.0)


def test_luck_depends_on_what_it_is_about_alone() -> None:
    assert chance(1, 2, "drop-out", "ada") == chance(1, 2, "drop-out", "ada")
    assert len({chance(seed, sample, "x", who) for seed in (1, 2) for sample in (0, 1) for who in ("a", "b")}) == 8
    drawn_numbers = [chance(0, sample, "x") for sample in range(4_000)]
    assert 0.48 < sum(drawn_numbers) / 4_000 < 0.52
    instance = tiny()
    for sample in range(20):
        luck = Luck(Sampling(count=20, seed=1, drop_out=0.5), sample)
        gone = drawn(instance, luck)[1]
        # Whoever else is there changes nobody's luck.
        for each in instance.learners:
            alone = replace(instance, learners=(each,), records=(), unavailable=(), waitlist=())
            assert (drawn(alone, luck)[1] == (each.id,)) == (each.id in gone)


def test_drop_outs_are_as_many_as_stated_and_the_same_in_every_scenario() -> None:
    scenario = Scenario(id="same", steps=(step("window", None),))
    study = Study(
        id="s", title="S", question="alone", scenarios=(scenario,), samples=Sampling(count=120, seed=2, drop_out=0.25)
    )
    frame = run(study, tiny(), executor="serial")
    rows = {(row["scenario"], row["kind"], row["learner"]): row for row in records_of(frame)}
    for learner in ("ada", "ben"):
        one, other = rows["baseline", "learner", learner], rows["same", "learner", learner]
        assert one["chance"] == other["chance"]
        assert one["chance_low"] <= 0.75 <= one["chance_high"]
    assert rows["same", "scenario", None]["learner_days_later"] == 0
    assert rows["baseline", "scenario", None]["samples"] == 120
    assert len(frame[frame["kind"] == "sample"]) == 240


def test_who_misses_something_plans_again_later() -> None:
    sampling = Sampling(count=30, seed=4, missed=0.3)
    found = of_learner(Study(id="s", title="S", question="alone", samples=sampling), tiny(), "ada")
    day = solve_alone(tiny(), "ada").graduation
    assert day is not None
    assert found["hopeful"] == day.isoformat()
    assert 0 < found["chance"] < 1
    never = of_learner(Study(id="s", title="S", question="alone", samples=replace(sampling, missed=1.0)), tiny(), "ada")
    assert never["chance"] == 0
    sure = of_learner(Study(id="s", title="S", question="alone", samples=replace(sampling, missed=0.0)), tiny(), "ada")
    assert sure["certain"] == day.isoformat()


def of_learner(study: Study, instance: Instance, learner: str) -> dict[str, Any]:
    """Return a learner's row of the baseline."""
    rows = records_of(run(study, instance, executor="serial"))
    return next(row for row in rows if row["learner"] == learner)


def uncertain(seed: int) -> Instance:
    """Return a small instance of which some offerings are tentative."""
    instance = made(seed, replace(themed(seed, edges=False, offerings=9), learners=1))
    draw = random.Random(seed)  # noqa: S311 - made-up instances are no secret
    coming = [each for each in instance.offerings if each.start > instance.as_of and each.status == "published"]
    some = {each.id for each in draw.sample(coming, min(4, len(coming)))}
    runs = tuple(replace(each, status="tentative") if each.id in some else each for each in instance.offerings)
    return replace(instance, offerings=runs)


@settings(max_examples=12)
@given(seeds)
def test_ranges_are_what_all_cases_together_give(seed: int) -> None:
    instance = uncertain(seed)
    assume(unlawful(instance) is None)
    names = sorted(each.id for each in instance.offerings if each.status == "tentative")
    chances = {name: (1 + number) / 5 for number, name in enumerate(names)}
    (learner,) = (each.id for each in instance.learners)
    row = of_learner(Study(id="s", title="S", question="alone", tentative=True, chances=chances), instance, learner)
    if row["status"] not in {"graduates", "blocked", "varies"} or not names:
        return
    total = 0.0
    days = []
    for held in itertools.product((True, False), repeat=len(names)):
        weight, other = 1.0, replace(instance, tentative=True)
        for name, is_held in zip(names, held, strict=True):
            weight *= chances[name] if is_held else 1 - chances[name]
            other = other if is_held else cancelled(name)(other)
        day = solve_alone(other, learner).graduation if weight else None
        total += weight if day else 0.0
        if weight:
            days.append((day or instance.as_of + timedelta(days=99_999), weight))
    assert row["chance"] == pytest.approx(total)
    reached = sorted(days)
    for name, level in (("hopeful", 0.1), ("likely", 0.5), ("certain", 1.0)):
        weights = itertools.accumulate(weight for _, weight in reached)
        first = next(day for (day, _), sum_ in zip(reached, weights, strict=True) if sum_ >= level - 1e-9)
        expected = None if (first - instance.as_of).days == 99_999 else first.isoformat()
        assert (row[name] or None) == expected, name
