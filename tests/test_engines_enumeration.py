"""Small models decided without a solver: what is found meets every row, and no refutation is believed unchecked."""

import random
from dataclasses import replace

import pytest

from models.formulation.linear import Model, Poster
from models.goal import Expression
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings, run
from scheduler.engines.cpsat_model import CpSatModel
from scheduler.engines.enumeration import _Search, decide, least
from scheduler.engines.refutation import Closed, Split, is_valid


def drawn(seed: int) -> Model:
    """Return a model of a few literals and whole numbers, with rows of which some hold only under conditions."""
    luck = random.Random(seed)  # noqa: S311 - a draw, no secret
    model = Model()
    literals = [model.literal("x", str(number)) for number in range(luck.randint(2, 7))]
    numbers = [model.integer(luck.randint(-5, 0), luck.randint(1, 30), "n", str(n)) for n in range(luck.randint(0, 3))]
    poster = Poster(model)
    for _ in range(luck.randint(2, 12)):
        terms = [
            (luck.choice((-7, -2, -1, 1, 1, 3)), luck.choice(literals + numbers)) for _ in range(luck.randint(1, 4))
        ]
        low = luck.randint(-6, 6)
        given = [luck.choice((each, ~each)) for each in luck.sample(literals, luck.randint(0, 2))]
        poster.require(terms, low=low, high=low + luck.choice((0, 1, 3, 1 << 30)), given=given)
    return model


def meets(model: Model, values: tuple[int, ...]) -> bool:
    """Say whether values lie within the model's bounds and meet every row whose conditions hold."""
    within = all(low <= value <= high for low, value, high in zip(model.lows, values, model.highs, strict=True))
    return within and all(
        row.low <= sum(factor * values[each] for factor, each in row.terms) <= row.high
        for row in model.rows
        if all(values[each] == 1 if each >= 0 else values[~each] == 0 for each in row.given)
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_says_the_same_as_the_solver(backwards: bool) -> None:
    counts = {"infeasible": 0, "optimal": 0}
    for seed in range(400):
        model = drawn(seed)
        decided = decide(model, backwards=backwards)
        assert decided is not None
        kind = run(CpSatModel(model), Settings(), Budget()).kind
        assert kind == ("infeasible" if decided.values is None else "optimal"), seed
        assert decided.values is None or meets(model, decided.values), seed
        counts[kind] += 1
    assert min(counts.values()) > 50


def test_a_refutation_without_one_of_its_rows_or_parts_is_refused() -> None:
    refused = 0
    for seed in range(200):
        model = drawn(seed)
        proof = (
            None if model.impossible else _Search(model, backwards=False).refute(list(model.lows), list(model.highs))
        )
        if proof is None or not model.rows:
            continue
        assert is_valid(model, proof)
        assert not is_valid(model, Closed(()))
        if isinstance(proof, Split):
            assert not is_valid(model, replace(proof, low=Closed(())))
        for row in model.rows:
            row.low, row.high = -(1 << 30), 1 << 30  # nothing is asked any more, so nothing can be refuted
        assert not is_valid(model, proof)
        refused += 1
    assert refused > 50


def test_the_least_value_is_that_of_the_solver() -> None:
    for seed in range(200):
        model = drawn(seed)
        terms = [(factor, variable) for variable, factor in enumerate((2, -3, 1, 1)) if variable < len(model.lows)]
        rows = len(model.rows)
        found = least(model, terms)
        assert found is not None
        assert len(model.rows) == rows
        posted = CpSatModel(model)
        posted.minimise(Expression(terms))
        outcome = run(posted, Settings(), Budget())
        assert (outcome.kind == "infeasible") == (found.values is None)
        if found.values is not None:
            assert meets(model, found.values)
            assert sum(factor * found.values[each] for factor, each in terms) == outcome.objective


def test_what_is_large_is_left_to_the_solver() -> None:
    model = Model()
    literals = [model.literal("x", str(number)) for number in range(200)]
    Poster(model).require([(1, each) for each in literals], low=201)
    assert decide(model) is None
