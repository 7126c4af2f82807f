"""What must stay true when an instance changes: for one learner alone, and for the objective of all together.

Nothing is claimed of one learner's part of a joint plan: there every such law has a counter-example.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.programme.instance import Instance
from models.programme.offering import Offering
from scheduler.files.folder import load
from scheduler.generate import generate, write
from scheduler.solve.alone import solve_alone
from tests import oracle
from tests.asked import alone, everyone, jointly
from tests.changed_instances import (
    in_utc,
    names_of,
    renamed,
    room_in,
    shifted,
    split,
    with_bookings,
    with_edition,
    with_offering,
    without_offering,
)
from tests.small_words import DAY, Size, themed
from tests.strategies import made

pytestmark = pytest.mark.drawn

seeds = st.integers(min_value=0, max_value=100_000)
edges = st.booleans()
one_learner = st.builds(lambda seed, edge: made(seed, themed(seed, edges=edge, offerings=10)), seeds, edges)
three_learners = st.builds(
    lambda seed, edge: made(seed, Size(learners=3, offerings=11, edges=edge, strict=frozenset({"seats", "records"}))),
    seeds,
    edges,
)
within_a_year = st.builds(
    lambda seed, edge: made(
        seed, Size(learners=1 + seed % 2, offerings=10, edges=edge, clock="enrolment", strict=frozenset({"window"}))
    ),
    seeds,
    edges,
)
anybody = st.one_of(one_learner, three_learners)
picks = st.integers(min_value=0, max_value=1_000)

NEVER = date.max


def worth(instance: Instance) -> tuple[int, ...]:
    """Return the objective of all, and each learner's day alone: smaller is better in every place."""
    days = tuple((alone(instance, learner) or NEVER).toordinal() for learner in oracle.to_plan(instance))
    return days if len(days) < 2 else jointly(instance)


def pick(instance: Instance, number: int) -> Offering:
    """Return one of the offerings."""
    return instance.offerings[number % len(instance.offerings)]


@pytest.mark.slow
@given(anybody, picks, st.integers(min_value=1, max_value=30))
def test_an_added_offering_is_never_worse(instance: Instance, number: int, later: int) -> None:
    like = pick(instance, number)
    added = replace(like, id="another", start=like.start + later * DAY, end=like.end + later * DAY, sessions=())
    assert worth(with_offering(instance, added)) <= worth(instance)


@given(anybody, st.sampled_from(["B", "C", "D"]))
def test_a_removed_prerequisite_is_never_worse(instance: Instance, code: str) -> None:
    (edition,) = instance.editions.values()
    components = tuple(replace(one, requires=()) if one.code == code else one for one in edition.components)
    assert worth(with_edition(instance, replace(edition, components=components))) <= worth(instance)


@given(within_a_year)
def test_a_wider_window_never_blocks(instance: Instance) -> None:
    (edition,) = instance.editions.values()
    assert edition.window is not None
    wider = replace(edition, window=replace(edition.window, years=2))
    assert worth(with_edition(instance, wider)) <= worth(instance)


@given(anybody, picks)
def test_a_later_deadline_never_blocks(instance: Instance, days: int) -> None:
    learners = tuple(
        replace(one, deadline=one.deadline + days * DAY) if one.deadline else one for one in instance.learners
    )
    assert worth(replace(instance, learners=learners)) <= worth(instance)


@given(anybody, picks)
def test_another_seat_and_another_place_are_never_worse(instance: Instance, number: int) -> None:
    chosen = pick(instance, number)
    seats = None if chosen.seats is None else chosen.seats + 1
    roles = tuple((role, places + 1) for role, places in chosen.roles)
    assert worth(with_offering(instance, replace(chosen, seats=seats, roles=roles))) <= worth(instance)


@given(anybody, picks)
def test_a_run_split_into_two_changes_nothing(instance: Instance, number: int) -> None:
    chosen = pick(instance, number)
    (edition,) = instance.editions.values()
    assume(not edition.component[chosen.component].repeatable and room_in(instance, chosen) != 0)
    assert worth(split(instance, chosen)) == worth(instance)


@given(one_learner, st.integers(min_value=1, max_value=52))
def test_moving_every_date_moves_the_answer(instance: Instance, weeks: int) -> None:
    here = in_utc(instance)
    (learner,) = [one.id for one in instance.learners]
    assume(oracle.to_plan(here))
    before, after = alone(here, learner), alone(shifted(here, weeks), learner)
    assert after == (None if before is None else before + weeks * 7 * DAY)


@pytest.mark.slow
@given(three_learners, st.integers(min_value=1, max_value=52))
def test_moving_every_date_leaves_the_sum_of_days(instance: Instance, weeks: int) -> None:
    here = in_utc(instance)
    assert jointly(shifted(here, weeks)) == jointly(here)


@pytest.mark.slow
@given(anybody, st.one_of(st.none(), seeds))
def test_renaming_changes_no_value(instance: Instance, seed: int | None) -> None:
    names = names_of(instance)
    new = [f"x{place:03}" for place in range(len(names))]
    if seed is not None:
        random.Random(seed).shuffle(new)  # noqa: S311 - an order, not a secret
    other = renamed(instance, dict(zip(names, new, strict=True)))
    assert sorted(worth(other)) == sorted(worth(instance))
    if len(instance.learners) > 1:
        assert jointly(other) == jointly(instance)


@given(one_learner)
def test_replanning_with_everything_booked_gives_the_same_day(instance: Instance) -> None:
    for learner in oracle.to_plan(instance):
        found = solve_alone(instance, learner)
        assume(found.path is not None)
        assert found.path is not None
        assert alone(with_bookings(instance, found.path), learner) == found.graduation


@given(three_learners)
def test_replanning_all_with_everything_booked_gives_the_same_objective(instance: Instance) -> None:
    booked = instance
    for path in everyone(instance).plan.paths:
        if path.graduates:
            booked = with_bookings(booked, path)
    assert jointly(booked) == jointly(instance)


@given(one_learner, picks)
def test_dropping_an_unused_offering_moves_nobody(instance: Instance, number: int) -> None:
    named = {record.offering for record in instance.records}
    for learner in oracle.to_plan(instance):
        found = solve_alone(instance, learner)
        used = named | (found.path.offerings if found.path else set())
        unused = [offering.id for offering in instance.offerings if offering.id not in used]
        assume(unused and found.path)
        fewer = without_offering(instance, unused[number % len(unused)])
        again = solve_alone(fewer, learner)
        assert (again.path, again.graduation) == (found.path, found.graduation)


@given(seeds)
@settings(max_examples=8)
def test_reordering_rows_changes_no_byte(seed: int) -> None:
    files = generate(3, 1, seed, 0.6, offerings=20)
    shuffled = {name: _shuffled(text, seed) if name.endswith(".csv") else text for name, text in files.items()}
    first, second = _loaded(files), _loaded(shuffled)
    assert first == second
    one, other = everyone(first), everyone(second)
    told = [repr((result.status, result.goals, result.plan, result.learners)) for result in (one, other)]
    assert told[0] == told[1]


def _shuffled(text: str, seed: int) -> str:
    header, *rows = text.splitlines(keepends=True)
    random.Random(seed).shuffle(rows)  # noqa: S311 - an order, not a secret
    return "".join([header, *rows])


def _loaded(files: Mapping[str, str]) -> Instance:
    with TemporaryDirectory() as place:
        write(files, Path(place))
        return load(Path(place)).instance


@pytest.mark.slow
@given(three_learners)
def test_the_sum_of_days_alone_is_a_bound(instance: Instance) -> None:
    missing, days = jointly(instance)
    alone_days = [alone(instance, learner) for learner in oracle.to_plan(instance)]
    able = [day for day in alone_days if day is not None]
    assert missing >= len(alone_days) - len(able)
    if missing == len(alone_days) - len(able):
        assert days >= sum(max(0, (day - instance.as_of).days) for day in able)
