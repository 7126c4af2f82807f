"""Changes of an instance: each takes one thing away and leaves the rest."""

from dataclasses import replace

import pytest

from models.changes.change import exempted, only_learner, with_edition, with_learner
from models.programme.edition import Edition
from models.programme.plan import Plan
from tests.builders import (
    booked_path,
    course,
    edition,
    event,
    instance,
    learner,
    offering,
    record,
    requirement,
    talks,
    task,
)
from tests.small_scope import checked, rules_named

PROGRAMME = edition(
    course("A"),
    event("E"),
    task("T", 3),
    task("U", 3),
    requirements=[requirement(3, "E"), requirement(1, "E", role="talk")],
)
OTHER = edition(course("A"), id="other")
SMALL = instance(
    [PROGRAMME, OTHER],
    [offering("A1", 3, seats=4, taken=1), talks("E1", 3, 3), talks("E2", 4)],
    [learner("ada"), learner("ben"), learner("cal"), learner("dee", edition="other")],
    [
        record("ada", "booked", "A1"),
        record("ben", "booked", "A1"),
        record("ben", "booked", "E1", role="talk"),
        record("ada", "booked", "E1", role="talk"),
        record("cal", "booked", "E1"),
        record("cal", "completed", "A1", 0),
        record("ada", "booked", "T", -1),
        record("ada", "booked", "U", -1),
    ],
)


def test_an_exemption_meets_every_role() -> None:
    plan = Plan(paths=(booked_path("cal", "E1"),))
    assert not checked(SMALL, plan, rules_named("requirements"))
    supposed = exempted("cal", "E")(SMALL)
    assert checked(supposed, plan, rules_named("requirements"))
    assert supposed.records[: len(SMALL.records)] == SMALL.records
    assert supposed.initial_state["ben"] == SMALL.initial_state["ben"]


def test_an_exemption_takes_the_place_of_what_is_recorded_of_the_component() -> None:
    supposed = exempted("ada", "A")(SMALL)
    left = [row for row in SMALL.records if (row.learner, row.component) != ("ada", "A")]
    assert [row for row in supposed.records if row.status != "exempt"] == left
    assert [(row.learner, row.component) for row in supposed.records if row.status == "exempt"] == [("ada", "A")]


def test_an_reading_changes_for_all_who_share_it() -> None:
    def shorten(each: Edition) -> Edition:
        return replace(each, requirements=())

    changed = with_edition("ada", shorten)(SMALL)
    assert changed.edition_of("ben").requirements == ()
    assert changed.edition_of("dee") == OTHER
    assert SMALL.edition_of("ben").requirements != ()


def test_one_learner_changes() -> None:
    changed = with_learner("ben", lambda who: replace(who, max_courses=1))(SMALL)
    assert [who.max_courses for who in changed.learners] == [None, 1, None, None]


def test_one_learner_alone_sees_the_others_as_taken_places() -> None:
    alone = only_learner(SMALL, "ada")
    assert [who.id for who in alone.learners] == ["ada"]
    assert {row.learner for row in alone.records} == {"ada"}
    taken = {run.id: (run.taken, dict(run.roles)) for run in alone.offerings}
    assert taken == {"A1": (2, {}), "E1": (2, {"talk": 2}), "E2": (0, {"talk": 1})}
    nobody = only_learner(SMALL, "dee")
    assert {run.id: (run.taken, dict(run.roles)) for run in nobody.offerings} == {
        "A1": (3, {}), "E1": (3, {"talk": 1}), "E2": (0, {"talk": 1})}  # fmt: skip


@pytest.mark.parametrize("who", ["ada", "cal", "dee"])
def test_one_learner_alone_has_the_paths_that_others_leave(who: str) -> None:
    alone = only_learner(SMALL, who)
    shared = rules_named("seats", "role_places")
    for booked in (("A1",), ("E1",), ("E1:talk",), ("E2:talk",), ("A1", "E1:talk", "E2:talk")):
        plan = Plan(paths=(booked_path(who, *booked),))
        assert checked(SMALL, plan, shared) == checked(alone, plan, shared), (who, booked)
