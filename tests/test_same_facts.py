"""Facts of learners who are equal in all their data are read once for all of them; and what is seated where nothing is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.rule import Rule
from models.rules import beside
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.alike import same_facts
from scheduler.solve.column_generation.cohort import Cohort
from scheduler.solve.column_generation.linear import Market
from scheduler.solve.column_generation.optimum import whole_turn
from scheduler.solve.column_generation.seating import seat_in_turn
from scheduler.solve.column_generation.under_way import row_for
from scheduler.solve.paths import planned_in
from tests.builders import course, edition, instance, learner, offering, requirement
from tests.calendar_wide_years import wide as year
from tests.wide_draws import wide


def twins_of(drawn: Instance) -> Instance:
    """Return an instance with everybody in it twice."""
    again = {each.id: f"{each.id}-again" for each in drawn.learners}
    people = tuple(replace(each, id=again[each.id], note="the other") for each in drawn.learners)
    rows = tuple(replace(row, learner=again[row.learner]) for row in drawn.records)
    spans = tuple(replace(row, who=again[row.who]) for row in drawn.unavailable if row.who in again)
    waits = tuple(replace(row, learner=again[row.learner]) for row in drawn.waitlist)
    return replace(
        drawn,
        learners=tuple(sorted((*drawn.learners, *people), key=lambda each: each.id)),
        records=(*drawn.records, *rows),
        unavailable=(*drawn.unavailable, *spans),
        waitlist=(*drawn.waitlist, *waits),
    )


def assert_same(drawn: Instance) -> int:
    """Assert that equal learners have equal facts; return how many were not read by themselves."""
    both = twins_of(drawn)
    learners = planned_in(both)
    first = same_facts(both, learners)
    for name in learners:
        row, known = row_for(both, name), row_for(both, first[name])
        assert row == (known and replace(known, learner=name))
    return sum(first[name] != name for name in learners)


@pytest.mark.parametrize("block", range(4))
def test_equals_have_equal_facts(block: int) -> None:
    seeds = range(75 * block, 75 * block + 75)
    assert sum(assert_same(wide(seed)) + assert_same(year(seed)) for seed in seeds) > 75


def test_a_rule_that_reads_a_name_is_asked_of_everybody() -> None:
    runs = [offering("A1", 5, seats=1), offering("A2", 12, seats=1)]
    two = instance(edition(course("A"), requirements=[requirement(1, "A")]), runs, [learner("ada"), learner("ben")])

    def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
        for choices in everyone:
            for run in choices.runs.get("A", ()):
                if choices.learner.id == "ben" and run.offering.id == "A1":
                    Poster(poster.model).forbid(run.book)

    named = Rule(
        name="not_for_ben", sentence="Ben is not in A1.", scope="booking", check=lambda *_: iter(()), post=post
    )
    with beside(named):
        cohort = Cohort(two, ["ada", "ben"], Settings(), Budget())
    assert Counter(cohort.count.tolist()) == {1: 2}
    assert Cohort(two, ["ada", "ben"], Settings(), Budget()).count.tolist() == [2]


def test_nobody_is_seated_where_no_path_is_known_and_time_is_over() -> None:
    runs = [offering("A1", 5, seats=1)]
    two = instance(edition(course("A"), requirements=[requirement(1, "A")]), runs, [learner("ada"), learner("ben")])
    cohort = Cohort(two, ["ada", "ben"], Settings(), Budget())
    market = Market(count=cohort.count, limits=cohort.limits, goal=whole_turn(cohort).weighed(100))
    assert seat_in_turn(cohort, market, np.zeros(len(cohort.limits), np.int64), Budget(0)) == {}
