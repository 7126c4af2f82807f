"""Waits and dates that are of no use to `scheduler repeats` are told, each in its sentence."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.programme.instance import Instance
from models.programme.people import Candidate, Closure, Slots
from tests.builders import day, event, learner, meets, record, session
from tests.repeats_builders import (
    asked,
    guest,
    held,
    on,
    question,
    seats,
    shown,
    teaches,
    waits,
    workshop,
)

DROPPED = {
    "completed": (record("ada", "completed", "A", -4), "ada waits for A, but completed it on 2025-03-01: left out."),
    "exempt": (record("ada", "exempt", "A", note="why"), "ada waits for A, but is exempt from it: left out."),
    "booked": (record("ada", "booked", "A1"), "ada waits for A, but is booked in A1: left out."),
}


@pytest.mark.parametrize("name", DROPPED)
def test_who_needs_no_repeat_is_left_out_with_a_warning(name: str) -> None:
    row, sentence = DROPPED[name]
    proposal = asked(
        question(
            [workshop("A")],
            [learner("ada")],
            [waits("ada", "A")],
            [on("A", 3)],
            [meets("A1", session(9))],
            records=[row],
        )
    )
    assert proposal.warnings == (sentence,)
    assert len(proposal.problem.waits) == 0
    assert "Nobody waits" in shown(proposal)


@pytest.mark.parametrize("name", DROPPED)
def test_who_needs_no_repeat_holds_up_nobody_of_a_group(name: str) -> None:
    """A group is of those who still wait: they are seated together, whatever the one who needs none is booked in."""
    row, sentence = DROPPED[name]
    people = ("ada", "ben", "cay")
    instance = question(
        [workshop("A", seats=2)],
        map(learner, people),
        [replace(waits(each, "A"), group="g") for each in people],
        [on("A", 3)],
        [meets("A1", session(9))],
        records=[row],
    )
    proposal = asked(instance)
    assert proposal.warnings == (
        sentence.replace("left out.", "left out, and the others of the group g are seated together without ada."),
    )
    assert len(set(seats(proposal).values())) == 1
    assert sorted(seats(proposal)) == [("ben", "A"), ("cay", "A")]


@pytest.mark.parametrize(("places", "seated"), [(2, ["ada", "ben"]), (1, [])])
def test_a_booking_of_before_seats_nobody_who_waits_for_one_more(places: int, seated: list[str]) -> None:
    """What is repeatable is waited for again: the whole group takes one new session, or nobody does."""
    instance = question(
        [event("E")],
        map(learner, ("ada", "ben")),
        [replace(waits(each, "E"), group="g") for each in ("ada", "ben")],
        [on("E", 3, seats=places)],
        [meets("E1", session(9), seats=1)],
        records=[record("ada", "booked", "E1")],
    )
    proposal = asked(instance)
    assert proposal.warnings == ()
    assert sorted(who for who, _ in seats(proposal)) == seated
    assert len(set(seats(proposal).values())) == bool(seated)


RENEWED = replace(workshop("A"), valid_years=1)


@pytest.mark.parametrize(("days", "seat"), [(400, "2025-03-08"), (364, "2025-03-08"), (360, "2025-03-25"), (300, None)])
def test_who_waits_for_what_runs_out_takes_it_again_when_it_has(days: int, seat: str | None) -> None:
    """Done 364 days ago and good for a year, it counts until tomorrow; a date after that is one to take it again."""
    instance = question(
        [RENEWED],
        [learner("ada")],
        [waits("ada", "A")],
        [on("A", 3), on("A", 20)],
        records=[record("ada", "completed", "A", -days)],
    )
    proposal = asked(instance)
    assert proposal.warnings == ()
    assert len(proposal.problem.waits) == 1
    dates = {option.offering.id: str(option.offering.start) for option in proposal.problem.options}
    assert [dates[each] for each in held(proposal)] == ([seat] if seat else [])


def test_the_same_person_twice_is_counted_once() -> None:
    instance = question(
        [workshop("A")], [guest("p")], [waits("p", "A", priority=2), waits("p", "A", priority=1)], [on("A", 3)]
    )
    proposal = asked(instance)
    assert proposal.warnings == ("p stands on the waitlist for A twice: counted once.",)
    assert [wait.row.priority for wait in proposal.problem.waits] == [1]


def refused(*candidates: Candidate, **fields: Any) -> Instance:  # noqa: ANN401 - any field of the instance
    """Return a question that one person asks about A."""
    return question([workshop("A"), workshop("B")], [guest("p")], [waits("p", "A")], candidates, **fields)


NOTHING = {
    "nobody teaches it": (
        refused(on("A", 3), trainers=(teaches("T", "B"),)),
        "Nobody teaches A: no row of trainers.csv names it.",
    ),
    "no candidates": (
        refused(),
        "There are no candidates for A: candidates.csv has no row of it, instance.yaml no `candidates`.",
    ),
    "in the past": (
        refused(on("A", 0)),
        "The candidate of A on 2025-03-05 at 12:00 is not after the planning day 2025-03-05: left out.",
    ),
    "on a closure": (
        refused(on("A", 3), closures=(Closure(start=day(3), end=day(4), note="spring break"),)),
        "The candidate of A on 2025-03-08 at 12:00 falls on a closure (spring break): left out.",
    ),
    "a stranger to it": (
        refused(on("A", 3, trainers=("T",)), trainers=(teaches("T", "B"), teaches("U", "A"))),
        "The candidate of A on 2025-03-08 at 12:00 names T, who does not teach A: left out.",
    ),
    "a clock change": (
        refused(slots=Slots(first=day(4), last=day(4), weekdays=(6,), starts=(150,), minutes=60)),
        "The pattern's start at 02:30 on 2025-03-09 is left out: 2025-03-09 02:30 does not exist in America/New_York",
    ),
    "too soon": (
        refused(slots=Slots(first=day(1), last=day(2), weekdays=(3, 4), starts=(720,), minutes=60, notice_days=21)),
        "2 days of the pattern before 2025-03-26 left out: notice is 21 days from 2025-03-05.",
    ),
    "seats not stated": (
        question([workshop("A", seats=None)], [guest("p")], [waits("p", "A")], [on("A", 3)]),
        "No number of seats is stated for A: sessions of it take everybody.",
    ),
    "a holiday": (
        refused(
            slots=Slots(
                first=date(2025, 7, 4), last=date(2025, 7, 4), weekdays=(4,), starts=(720,), holidays="US", minutes=60
            )
        ),
        "1 day of the pattern left out: 2025-07-04 (Independence Day).",
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_each_odd_thing_has_its_sentence(name: str) -> None:
    instance, sentence = NOTHING[name]
    assert sentence in " ".join(shown(asked(instance)).split())
