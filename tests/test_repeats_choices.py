"""Which dates `scheduler repeats` offers, which it takes first, and which one more would win."""

from dataclasses import replace

import pytest

from models.programme.people import Slots
from scheduler.candidates.dates import candidates_of
from scheduler.repeats.judged import verified
from scheduler.solve.verify import DefectError
from tests.builders import at, course, day, learner, meets, session
from tests.repeats_builders import (
    asked,
    crowd,
    guest,
    on,
    question,
    seats,
    shown,
    waits,
    workshop,
)


def test_for_graduation_loses_fewer_days_first() -> None:
    from tests.builders import edition, requirement

    made = question(
        [workshop("A")],
        [learner("ada"), guest("gus")],
        [waits("ada", "A"), waits("gus", "A")],
        [on("A", 4, seats=1), on("A", 9, seats=1)],
    )
    made = replace(made, editions={"e": edition(workshop("A"), requirements=[requirement(1, "A")])})
    proposal = asked(made, for_graduation=True)
    assert seats(proposal)["ada", "A"] == "A-20250309-1200"
    assert proposal.values["graduation-days-lost"] == 4


def test_one_more_candidate_time_is_named() -> None:
    people, rows = crowd(3, earliest=9 * 60, latest=11 * 60)
    slots = Slots(first=day(6), last=day(12), weekdays=(1,), starts=(12 * 60,), minutes=60)
    proposal = asked(question([workshop("A")], people, rows, [], slots=slots))
    assert [(extra.seats, extra.start) for extra in proposal.extras] == [(3, at(6, "09:00"))]
    assert "A on Tue 2025-03-11 09:00 New York: at least 3 more" in shown(proposal)


def test_without_a_pattern_one_more_time_is_not_looked_for_before_the_first_date() -> None:
    people, rows = crowd(3, earliest=9 * 60, latest=11 * 60)
    proposal = asked(question([workshop("A")], people, rows, [on("A", 6)]))
    assert [(extra.seats, extra.start) for extra in proposal.extras] == [(3, at(6, "09:00"))]


def test_who_stays_without_is_counted_beside_plain_division() -> None:
    people, rows = crowd(3)
    told = shown(asked(question([workshop("A", seats=1)], people, rows, [on("A", 6), on("A", 7)]))).split()
    assert "suggests 3 sessions; with hours, trainers and free seats it takes 2, and 1 of those" in " ".join(told)


def test_a_course_repeats_the_pattern_of_its_latest_run() -> None:
    run = meets("CODE1", session(-20), session(-13, "13:00"))
    instance = question(
        [course("CODE")],
        [guest("p")],
        [waits("p", "CODE")],
        [],
        [run],
        slots=Slots(first=day(5), last=day(13), weekdays=(0, 1), starts=(720,)),
    )
    (only, later) = candidates_of(instance, ["CODE"]).candidates
    assert [each.start for each in only.sessions] == [at(5), at(12, "13:00")]
    assert later.start == day(6)


def test_two_equal_rows_are_two_sessions_and_a_row_goes_before_the_pattern() -> None:
    slots = Slots(first=day(5), last=day(5), weekdays=(0,), starts=(720,), minutes=60)
    instance = question(
        [workshop("A")], [guest("p")], [waits("p", "A")], [on("A", 5, seats=7), on("A", 5, seats=7)], slots=slots
    )
    found = candidates_of(instance, ["A"]).candidates
    assert [(run.id, run.seats) for run in found] == [("A-20250310-1200", 7), ("A-20250310-1200-2", 7)]


def test_the_pattern_is_that_of_the_latest_run_whatever_its_name() -> None:
    runs = [meets("CODE9", session(-40)), meets("CODE1", session(-20), session(-13))]
    instance = question([course("CODE")], [guest("p")], [waits("p", "CODE")], [on("CODE", 5)], runs)
    (only,) = candidates_of(instance, ["CODE"]).candidates
    assert len(only.sessions) == 2


def test_free_seats_are_filled_first_though_they_are_later() -> None:
    people, rows = crowd(3)
    proposal = asked(question([workshop("A")], people, rows, [on("A", 3)], [meets("A1", session(9), seats=2)]))
    assert sorted(seats(proposal).values()) == ["A-20250308-1200", "A1", "A1"]


def test_the_time_that_wins_most_comes_first() -> None:
    people = [guest(each, earliest=9 * 60, latest=11 * 60) for each in ("p", "q", "r")]
    rows = [waits("p", "A"), waits("q", "B"), waits("r", "B")]
    slots = Slots(first=day(6), last=day(6), weekdays=(1,), starts=(12 * 60,), minutes=60)
    proposal = asked(question([workshop("A"), workshop("B")], people, rows, [], slots=slots))
    assert [(extra.component, extra.seats) for extra in proposal.extras] == [("B", 2), ("A", 1)]


def test_a_proposal_that_breaks_a_rule_is_never_shown() -> None:
    people, rows = crowd(3)
    proposal = asked(question([workshop("A")], people, rows, [on("A", 3, seats=2), on("A", 4, seats=1)]))
    (first, second) = proposal.cover.held
    crowded = replace(proposal.cover, seats=dict.fromkeys(proposal.cover.seats, second))
    assert first != second
    with pytest.raises(DefectError, match="breaks the rule seats"):
        verified(proposal.problem, crowded)
    better = replace(proposal.cover, values={**proposal.cover.values, "sessions-added": 1})
    with pytest.raises(DefectError, match="sessions-added is 2"):
        verified(proposal.problem, better)
