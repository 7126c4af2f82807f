"""Years of many learners: roles are shared out by groups as well as one by one, and a long draft is looked at on its way."""

import random
from collections.abc import Generator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from scheduler.calendar.drafting import LOOK, Drafts
from scheduler.engines.budget import Budget
from scheduler.engines.transport import shared_out

NEVER = 10_000


@pytest.mark.parametrize("seed", range(40))
def test_groups_share_places_as_well_as_people_who_are_assigned_one_by_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any will do
    people = [chance.randint(1, 6) for _ in range(chance.randint(1, 6))]
    places = [chance.randint(0, 6) for _ in range(chance.randint(1, 5))]
    costs = [[chance.choice([None, chance.randint(0, 90)]) for _ in places] for _ in people]
    flows = shared_out(costs, people, places)
    worth = 0
    for row, flow, count in zip(costs, flows, people, strict=True):
        assert sum(flow) <= count
        for cost, given in zip(row, flow, strict=True):
            assert given >= 0
            assert cost is not None or not given
            worth += given * ((cost or 0) - NEVER)
    assert all(sum(flow[place] for flow in flows) <= most for place, most in enumerate(places))
    gains = np.array([[0 if cost is None else cost - NEVER for cost in row] for row in costs])
    whole = gains.repeat(people, axis=0).repeat(places, axis=1)
    assert worth == whole[linear_sum_assignment(whole)].sum()


class Draft:
    """A draft that finds at its first step a calendar on which more graduate, and then goes on for long."""

    def __init__(self) -> None:
        self.best: list[Any] = []
        self.tries = 0
        self.sketching = SimpleNamespace(placing=lambda _held: None)

    def score(self, held: Sequence[object]) -> tuple[int, int, float]:
        """Say that nobody is left out where anything is held."""
        return (0, 0, 900.0) if held else (0, 5, 100.0)

    def steps(self, _held: object, _budget: Budget, steps: int) -> Generator[bool, None, list[Any]]:
        """Take so many steps."""
        for _ in range(steps):
            self.tries += 1
            self.best = ["run"]
            yield True
        return self.best


def test_a_draft_on_which_more_graduate_is_valued_before_it_is_over() -> None:
    draft, valued = Draft(), []
    best = SimpleNamespace(held=(), broken=0, not_graduating=5, days=100)

    def offer(held: list[Any], **_wishes: object) -> bool:
        valued.append((draft.tries, held))
        best.not_graduating = 0
        return True

    climb: Any = SimpleNamespace(best=best, offer=offer)
    whole: Any = draft
    drafts = Drafts(whole, climb, Budget(60), lambda _best: draft.tries > 2 * LOOK, lambda _best: None)
    drafts.go(Budget(60))
    assert valued == [(LOOK, ["run"])]
