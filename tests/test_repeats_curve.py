"""What is said beside a proposal: the curve of sessions and people, and what a limit keeps away, against the flat model."""

import re
from dataclasses import replace

import pytest

from models.programme.instance import Instance
from scheduler.repeats.question import Proposal, RepeatsQuestion
from tests.builders import learner, offering, record
from tests.repeats_builders import asked, left, on, question, reason, seats, waits, workshop
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


def test_a_free_seat_in_another_run_meets_who_waits_and_is_booked_in_one() -> None:
    repeatable = replace(workshop("A"), repeatable=True)
    booked = (record("ada", "booked", "A1"), record("ben", "booked", "A1"))
    people = [learner(name) for name in ("ada", "ben", "cyd")]
    rows = [waits(each.id, "A") for each in people]
    runs = [offering("A1", 3), offering("A2", 9, seats=2)]
    proposal = asked(question([repeatable], people, rows, [], runs, records=booked))
    # cyd has room in A1 itself; who sits there already waits for A2.
    assert seats(proposal) == {("ada", "A"): "A2", ("ben", "A"): "A2", ("cyd", "A"): "A1"}
    fewer = asked(question([repeatable], people, rows, [], [runs[0], replace(runs[1], taken=1)], records=booked))
    assert (len(fewer.cover.seats), left(fewer)) == (2, 1)


def test_each_point_of_a_curve_is_the_most_that_so_many_sessions_cover_whoever_goes_first() -> None:
    people = [learner(f"p{number}") for number in range(5)]
    rows = [waits("p0", "A", since=20), waits("p1", "B", priority=1), waits("p2", "A"), waits("p3", "A")]
    rows += [waits("p3", "B"), waits("p4", "B")]
    # The only date of B lies before that of A, which it needs: two come to B, three to A, and nobody to both.
    taught = [workshop("A"), workshop("B", "A")]
    guests = [replace(each, enrolled=None) if each.id in {"p1", "p4"} else each for each in people]
    instance = question(taught, guests, rows, [on("B", 4), on("A", 7, seats=3)])
    proposal = asked(instance)
    assert [(point.covered, point.bound) for point in proposal.curve] == [(0, 0), (3, 3), (5, 5)]
    assert_curve(instance, proposal)


def test_a_curve_counts_what_free_seats_cover_before_anything_is_added() -> None:
    people = [learner(f"p{number}") for number in range(4)]
    rows = [waits(each.id, "A", priority=number) for number, each in enumerate(people)]
    dates = [on("A", 4, seats=1), on("A", 9, seats=2)]
    instance = question([workshop("A")], people, rows, dates, [offering("A0", 3, seats=1)])
    proposal = asked(instance)
    assert [(point.covered, point.bound) for point in proposal.curve] == [(1, 1), (3, 3), (4, 4)]


def test_one_date_for_two_components_covers_who_waits_for_one_of_them() -> None:
    both = [waits("ada", "A"), waits("ada", "B"), waits("ben", "A")]
    dates = [on("A", 4, seats=1), on("B", 4, seats=5)]
    proposal = asked(question([workshop("A"), workshop("B")], [learner("ada"), learner("ben")], both, dates))
    assert [(point.covered, point.bound) for point in proposal.curve] == [(0, 0), (1, 1), (2, 2)]


def test_a_limit_is_told_with_as_many_as_a_second_solve_seats_without_it() -> None:
    people = [learner(f"p{number}") for number in range(4)]
    rows = [waits(each.id, "A") for each in people] + [waits("p2", "B")]
    dates = [on("A", 10), on("B", 6), on("B", 3, "09:00")]
    instance = question([workshop("A"), workshop("B", "A")], people, rows, dates, [offering("A0", 3, seats=3)])
    proposal = asked(instance, most_sessions=1)
    assert (len(proposal.cover.seats), left(proposal)) == (4, 1)
    assert "without that limit 1 more could be seated" in reason(proposal)
    assert_limits(instance, proposal, most_sessions=1)


def test_how_many_have_to_come_is_a_reason_only_where_it_keeps_somebody_away() -> None:
    people = [learner(name) for name in ("ada", "ben", "cyd")]
    rows = [waits("ada", "A"), waits("ben", "B"), waits("cyd", "B")]
    held = question([workshop("A"), workshop("B")], people, rows, [on("A", 4), on("B", 9)])
    kept_away = asked(held, least_attendance=2)
    assert "1 more could be seated" in reason(kept_away)
    assert_limits(held, kept_away, least_attendance=2)
    no_date = asked(question([workshop("A"), workshop("B")], people, rows, [on("B", 9)]), least_attendance=2)
    assert "could be seated" not in reason(no_date)
