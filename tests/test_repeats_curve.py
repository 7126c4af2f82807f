"""What is said beside a proposal: the curve of sessions and people, and what a limit keeps away, against the flat model."""

import re
from dataclasses import replace

import pytest

from models.programme.instance import Instance
from scheduler.repeats.question import Proposal, RepeatsQuestion
from tests.builders import learner, offering, record
from tests.repeats_builders import asked, on, question, reason, waits, workshop
from tests.repeats_oracle import flat
from tests.test_repeats_proof import drawn


def alike(instance: Instance) -> Instance:
    """Return the question in which nobody goes first."""
    return replace(instance, waitlist=tuple(replace(row, priority=None, since=None) for row in instance.waitlist))


def most(instance: Instance, **limits: int | None) -> int:
    """Return how many waits can be met at most, by the flat model of all rules."""
    kind, values, _ = flat(alike(instance), RepeatsQuestion(**limits))  # type: ignore[arg-type]
    assert kind == "optimal"
    return len(instance.waitlist) - values.get("uncovered-rest", 0)


def assert_curve(instance: Instance, proposal: Proposal) -> None:
    """Assert that every point is what the flat model says; the last one tells the proposal itself."""
    waits_asked = len(proposal.problem.waits)
    dropped = len(instance.waitlist) - waits_asked
    for point in proposal.curve:
        best = most(instance, most_sessions=point.sessions) - dropped
        assert point.bound == best, point
        if point is not proposal.curve[-1]:
            assert point.covered == best, point
    assert proposal.curve[-1].covered == len(proposal.cover.seats)


def assert_limits(instance: Instance, proposal: Proposal, **limits: int | None) -> None:
    """Assert that "without that limit n more" is the right n."""
    dropped = len(instance.waitlist) - len(proposal.problem.waits)
    for each in proposal.reasons:
        said = re.search(r"without (?:that limit|it) (\d+) more could be seated", each.sentence)
        if said is None:
            continue
        free = instance
        asking = dict(limits)
        if each.kind == "max-sessions":
            asking["most_sessions"] = None
        elif each.kind == "min-attendance":
            asking["least_attendance"] = None
        else:
            free = replace(
                instance,
                trainers=(),
                candidates=tuple(replace(one, trainers=()) for one in instance.candidates),
                offerings=tuple(replace(run, trainers=()) for run in instance.offerings),
            )
        more = most(free, **asking) - dropped - len(proposal.cover.seats)
        assert int(said[1]) == more > 0, each


@pytest.mark.parametrize("seed", range(8))
def test_the_curve_and_the_limits_are_those_of_the_flat_model(seed: int) -> None:
    instance = drawn(seed)
    for limits in ({}, {"most_sessions": 1}):
        proposal = asked(instance, **limits)
        assert_curve(instance, proposal)
        assert_limits(instance, proposal, **limits)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(4))
def test_many_curves_and_limits_are_those_of_the_flat_model(batch: int) -> None:
    for seed in range(100 + 60 * batch, 160 + 60 * batch):
        instance = drawn(seed)
        for limits in ({}, {"most_sessions": seed % 3}):
            proposal = asked(instance, **limits)
            assert_curve(instance, proposal)
            assert_limits(instance, proposal, **limits)


def test_who_waits_for_one_more_run_of_what_is_booked_is_not_met_by_the_booking() -> None:
    repeatable = replace(workshop("A"), repeatable=True)
    instance = question(
        [repeatable],
        [learner("ada")],
        [waits("ada", "A")],
        [],
        [offering("A1", 3)],
        records=(record("ada", "booked", "A1"),),
    )
    proposal = asked(instance)
    assert (len(proposal.cover.seats), dict(proposal.values)["uncovered-rest"]) == (0, 1)
    more = replace(instance, candidates=(on("A", 9),))
    assert len(asked(more).cover.seats) == 1


def test_one_date_with_one_seat_covers_one_and_no_more() -> None:
    people = [learner(name) for name in ("ada", "ben", "cyd")]
    rows = [waits("ada", "A"), waits("ben", "A", priority=1), waits("cyd", "A")]
    proposal = asked(question([workshop("A")], people, rows, [on("A", 4, seats=1)]))
    assert [(point.covered, point.bound) for point in proposal.curve] == [(0, 0), (1, 1)]


def test_a_limit_that_keeps_nobody_away_is_no_reason() -> None:
    people = [learner(name) for name in ("ada", "ben")]
    rows = [waits("ada", "A"), waits("ben", "A"), waits("ben", "B")]
    instance = question([workshop("A"), workshop("B")], people, rows, [on("B", 9)], [offering("A1", 3, seats=1)])
    proposal = asked(instance, most_sessions=1)
    assert "could be seated" not in reason(proposal)
