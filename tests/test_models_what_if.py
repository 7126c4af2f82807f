"""Changes of the calendar and of people: each alters what it names, and nothing else."""

from datetime import date
from functools import cache

import pytest

from models.changes.calendar import (
    TakenNameError,
    UnknownNameError,
    added,
    cancelled,
    more_seats,
    moved,
    moved_to,
    published,
    with_places,
    with_seats,
)
from models.changes.change import Change
from models.changes.people import available, in_edition, joined, left, trainer_lost, unavailable, with_deadline
from models.programme.instance import Instance
from models.programme.people import Learner, Unavailable
from models.programme.time import Span, local
from scheduler.files.folder import load
from tests.command import INSTANCES

CODE = "CODE25W"


@cache
def real() -> Instance:
    """Return the instance of the real programme."""
    return load(INSTANCES / "cscce-2023-2026").instance


def as_local(instance: Instance, offering: str) -> list[tuple[int, int]]:
    run = instance.offering[offering]
    return [(when.hour, when.minute) for s in run.sessions for when in [local(s.start, run.zone)]]


def test_a_moved_offering_keeps_its_hours_and_its_length() -> None:
    before = real()
    run = next(run for run in before.offerings if run.sessions and run.end > before.as_of)
    after = moved(run.id, 200)(before)
    found = after.offering[run.id]
    assert (found.start - run.start).days == (found.end - run.end).days == 200
    assert as_local(after, run.id) == as_local(before, run.id)
    assert moved_to(run.id, run.start)(after) == before


def test_an_added_offering_is_like_another_and_nobody_sits_in_it() -> None:
    before = real()
    after = added("CODE26X", CODE, date(2026, 1, 12))(before)
    run = after.offering["CODE26X"]
    assert (run.component, run.start, run.taken, run.seats) == (
        "CODE",
        date(2026, 1, 12),
        0,
        before.offering[CODE].seats,
    )
    assert [each.start for each in after.offerings] == sorted(each.start for each in after.offerings)
    with pytest.raises(TakenNameError):
        added(CODE, CODE, date(2026, 1, 12))(before)


@pytest.mark.parametrize("change", [cancelled("NOPE"), moved("NOPE", 1), with_seats("NOPE", 3), left("NOPE")])
def test_a_change_of_what_is_not_there_names_it(change: Change) -> None:
    with pytest.raises(UnknownNameError) as raised:
        change(real())
    assert raised.value.name == "NOPE"
    assert raised.value.known


def test_seats_places_and_status() -> None:
    before = real()
    event = next(run for run in before.offerings if run.roles)
    role, places = event.roles[0]
    assert with_places(event.id, role, places + 1)(before).offering[event.id].places(role) == places + 1
    assert with_seats(CODE, None)(before).offering[CODE].seats is None
    seats = before.offering[CODE].seats
    assert seats is not None
    assert more_seats(CODE, -100)(before).offering[CODE].seats == 0
    assert more_seats(CODE, 2)(before).offering[CODE].seats == seats + 2
    assert cancelled(CODE)(before).offering[CODE].status == "cancelled"
    assert published(CODE)(cancelled(CODE)(before)) == before


def test_people_join_leave_move_and_are_away() -> None:
    before = real()
    first = before.learners[0].id
    gone = left(first)(before)
    assert first not in gone.learner
    assert not any(row.learner == first for row in gone.records)
    new = Learner(id="NEW", edition=before.edition, enrolled=before.as_of)
    assert joined([new])(before).learner["NEW"] is new
    with pytest.raises(TakenNameError):
        joined([new])(joined([new])(before))
    assert with_deadline(first, date(2030, 1, 1))(before).learner[first].deadline == date(2030, 1, 1)
    other = next(each for each in before.editions if each != before.learner[first].edition)
    assert in_edition(first, other)(before).edition_of(first).id == other
    away = Unavailable(who=first, span=Span(0, 60), words="a test")
    assert available(away)(unavailable(away)(before)).unavailable == before.unavailable


def test_a_lost_trainer_takes_along_what_nobody_else_teaches() -> None:
    before = real()
    taught = [run for run in before.offerings if run.trainers and run.end >= before.as_of]
    assert taught
    trainer = taught[0].trainers[0]
    after = trainer_lost(trainer)(before)
    assert trainer not in after.trainer
    for run in taught:
        alone = run.trainers == (trainer,)
        assert (after.offering[run.id].status == "cancelled") == (alone or run.status == "cancelled")
        assert trainer not in after.offering[run.id].trainers or alone
