"""Repairs that move or give up a booking: what is booked is kept, unless giving it up is what lets a learner graduate."""

import json
from dataclasses import replace
from functools import reduce

import pytest

from models.changes.people import freed, released
from models.formulation.formulate import formulate
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.costs import Costs
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.repairs.repair import repairs_of
from scheduler.solve.lexicographic import minimise
from tests.builders import booked_path, component, edition, instance, meets, offering, record, requirement, session
from tests.command import run
from tests.small_draws import drawn
from tests.small_scope import assert_equal, rules_named
from tests.test_second_step_files import components, folder

PROGRAMME = edition(
    component("V", "workshop"), component("W", "workshop"), requirements=[requirement(2, "V", "W")], id="e"
)
CLASHING = (meets("V1", session(9)), meets("W1", session(9)), meets("V2", session(30)))
CHEAP = Costs(**{**dict.fromkeys(Costs().by_kind), "rebook": 8, "release": 60, "waive_requirement": 200})


def found(small: Instance, costs: Costs = CHEAP) -> list[tuple[int, list[str]]]:
    """Return cost and kinds of each repair."""
    answer = repairs_of(small, Plan(), ["ada"], costs=costs)
    assert answer.is_proved
    for repair in answer.found:
        assert violations(repair.instance, repair.plan) == []
    return [(repair.cost, [step.kind for step in repair.steps]) for repair in answer.found]


def test_a_booking_that_clashes_is_moved_to_the_next_run() -> None:
    small = instance(PROGRAMME, CLASHING, records=[record("ada", "booked", "V1")])
    assert found(small) == [(8, ["rebook"]), (200, ["waive_requirement"])]


def test_a_booking_of_nothing_that_is_needed_is_given_up() -> None:
    programme = edition(component("V", "workshop"), component("W", "workshop"), requirements=[requirement(1, "W")])
    small = instance(programme, CLASHING[:2], records=[record("ada", "booked", "V1")])
    assert found(small) == [(60, ["release"]), (200, ["waive_requirement"])]


def test_where_bookings_are_free_already_none_is_given_up() -> None:
    small = instance(PROGRAMME, CLASHING[:2], records=[record("ada", "booked", "V1")], free=True)
    assert found(small) == [(200, ["waive_requirement"])]


def test_the_command_names_the_offering_that_is_taken_instead(tmp_path: object) -> None:
    edition_text = (
        components("code: V, title: V, kind: workshop", "code: T, title: T, kind: workshop")
        + "requirements:\n  - {id: all, title: All, count: 2, from: [V, T]}\n"
    )
    runs = "V25,V,2025-03-12,2025-03-12\nV26,V,2025-06-12,2025-06-12\nT25,T,2025-03-12,2025-03-12\n"
    where = folder(
        tmp_path,  # type: ignore[arg-type] # pytest gives a path
        edition_text,
        runs,
        sessions="offering,start,minutes\nV25,2025-03-12 12:00,90\nT25,2025-03-12 12:00,90\nV26,2025-06-12 12:00,90\n",
        records="learner,component,offering,status\nann,V,V25,booked\n",
    )
    done = run("repair", where)
    assert done.code == 1
    assert "have ann give up V25 (2025-03-12) for another V offering: V26" in done.out
    first = json.loads(run("repair", where, "--json").out)["repairs"][0]
    assert [step["kind"] for step in first["changes"]] == ["rebook"]


@pytest.mark.parametrize("seed", range(40))
def test_a_release_is_said_twice_alike(seed: int) -> None:
    case = drawn(seed)
    small = case.instance
    booked = [row for row in small.records if row.status == "booked" and row.offering and row.learner == "ada"]
    small = freed(small, free=False)
    for at, row in enumerate(booked):
        small = released("ada", row.offering or "", instead=bool((seed + at) % 2))(small)
    assert_equal(replace(case, instance=small), rules_named("kept"))


def test_the_cheapest_way_out_of_bookings_is_that_of_brute_force() -> None:
    seen = 0
    for seed in range(60):
        small = freed(drawn(seed).instance, free=False)
        booked = [each.offering for each in small.initial_state["ada"].bookings]
        if not booked or _graduates(small):
            continue
        loose = reduce(lambda now, each: released("ada", each, instead=False)(now), booked, small)
        costs = Costs(**{**dict.fromkeys(Costs().by_kind), "release": 60})
        answer = repairs_of(small, Plan(), ["ada"], costs=costs)
        assert answer.is_proved
        assert bool(answer.found) == _graduates(loose), seed
        seen += bool(answer.found)
    assert seen


def _graduates(small: Instance) -> bool:
    return minimise(formulate(small, ["ada"], certain=True), [], Settings(), Budget()).kind != "infeasible"


def test_a_path_that_gives_up_nothing_breaks_no_rule() -> None:
    small = instance(PROGRAMME, (offering("V1", 3), offering("W1", 5)), records=[record("ada", "booked", "V1")])
    loose = released("ada", "V1", instead=True)(small)
    assert violations(loose, Plan(paths=(booked_path("ada", "V1", "W1"),))) == []
    assert {each.rule for each in violations(loose, Plan(paths=(booked_path("ada", "W1"),)))} >= {"kept"}
