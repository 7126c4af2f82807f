"""What comes before what: both sayings of prerequisites, the gate and `first` are equal."""

from dataclasses import replace

import pytest

from models.formulation.formulate import formulate
from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from tests.builders import (
    course,
    day,
    edition,
    event,
    instance,
    meets,
    offering,
    record,
    session,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named

TOUCHING = (
    meets("A1", session(3)),
    meets("B1", session(3, "13:00")),
    meets("B2", session(3, "12:59")),
    offering("B3", 4, 9),
)
"""B1 starts when A1 ends, B2 a minute earlier, B3 has no session times and starts the day after."""

BY_DAYS = (offering("A1", 2, 4), offering("B1", 4), offering("B2", 5), meets("B3", session(5)))


def case(
    rule: str,
    name: str,
    programme: Edition,
    runs: tuple[Offering, ...],
    *records: Record,
    days: tuple[int, ...] = (),
    context: tuple[str, ...] = (),
    free: bool = False,
) -> Case:
    """Return a case of a rule; `context` names the rules without which it means little."""
    small = instance(programme, runs, records=records, free=free)
    return Case(name=f"{rule}: {name}", rules=(rule, *context), instance=small, days=days)


NEEDS = edition(course("A"), course("B", "A"), id="e")
TASK_NEEDS = edition(task("T", 2), task("U", 3, "T"), course("B", "T"), task("V", 1, "B"))
EITHER = edition(course("A"), course("C"), task("T", 2), course("B", ("A", "T"), "C"))
SOME_DONE = (record("ada", "completed", "A", -9), record("ada", "exempt", "C"))
PREREQUISITES = [
    case("prerequisites", "instants that touch", NEEDS, TOUCHING),
    case("prerequisites", "days, where times are unknown", NEEDS, BY_DAYS),
    case("prerequisites", "done", NEEDS, (offering("B1", 4),), record("ada", "completed", "A", -1)),
    case("prerequisites", "missed", NEEDS, (offering("B1", 4), offering("A1", -4)), record("ada", "missed", "A1", -1)),
    case(
        "prerequisites",
        "exempt in a role",
        edition(event("E"), course("B", "E")),
        (offering("B1", 4), talks("E1", 2)),
        record("ada", "exempt", "E", role="talk"),
    ),
    case(
        "prerequisites",
        "under way already",
        NEEDS,
        (offering("B1", 0, 9), offering("B2", 1, 9), offering("A1", -2, 0)),
        record("ada", "booked", "B1"),
        record("ada", "booked", "A1"),
    ),
    case(
        "prerequisites",
        "tasks among tasks and runs",
        TASK_NEEDS,
        (offering("B1", 3), offering("B2", 4)),
        days=(1, 2, 3, 4, 5),
    ),
    case(
        "prerequisites",
        "a task under way",
        TASK_NEEDS,
        (offering("B1", 1), offering("B2", 0)),
        record("ada", "booked", "T", -1),
        days=(-1, 1, 2),
        context=("kept", "tasks"),
    ),
    case(
        "prerequisites",
        "a task under way, free",
        TASK_NEEDS,
        (offering("B1", 1),),
        record("ada", "booked", "T", -1),
        days=(-1, 1, 2),
        context=("kept", "tasks"),
        free=True,
    ),
    case(
        "prerequisites",
        "one of two",
        EITHER,
        (offering("A1", 2), offering("B1", 3), offering("B2", 4), offering("C1", 1, 2)),
        days=(1, 2),
    ),
    case("prerequisites", "some done", EITHER, (offering("C1", 2), offering("B1", 3)), *SOME_DONE),
    case("prerequisites", "one entry done", EITHER, (offering("C1", 3), offering("B1", 3)), SOME_DONE[0], days=(1,)),
    case(
        "prerequisites",
        "of a repeatable one",
        edition(event("E"), course("A"), course("B", "E"), event("D", "A")),
        (talks("E1", 2), talks("E2", 5), offering("B1", 4), talks("D1", 4), offering("A1", 3)),
    ),
]

GATED = edition(course("A"), task("T", 2), course("B", ("A", "T")), gate="registration")
OPEN = edition(course("A"), task("T", 2), course("B", ("A", "T")), gate="first-session")
CLOSING = (
    offering("A1", 1, 3),
    offering("A2", 2, 4),
    offering("B1", 9, registration_closes=day(3)),
    offering("B2", 9),
)
GATE = [
    case("gate", "by the day registration closes", GATED, CLOSING, days=(1, 2, 3)),
    case("gate", "not stated", OPEN, CLOSING, days=(1, 3)),
    case("gate", "done", GATED, CLOSING, record("ada", "completed", "A", -2)),
    case("gate", "exempt", GATED, CLOSING, record("ada", "exempt", "T")),
    case("gate", "kept", GATED, CLOSING, record("ada", "booked", "B1")),
    case(
        "gate",
        "under way",
        GATED,
        (offering("B1", 0, registration_closes=day(0)), offering("B2", 1, registration_closes=day(0))),
    ),
    case(
        "gate",
        "a task under way",
        GATED,
        CLOSING,
        record("ada", "booked", "T", -1),
        days=(-1, 2),
        context=("kept", "tasks"),
    ),
    case(
        "gate",
        "two entries",
        edition(course("A"), course("C"), course("B", "A", "C"), gate="registration"),
        (
            offering("A1", 1, 3),
            offering("C1", 1, 4),
            offering("C2", 1, 3),
            offering("B1", 9, registration_closes=day(3)),
        ),
    ),
]

FIRST_RUN = edition(course("A"), course("B"), course("X"), first=(("A",),))
FIRST_TASK = edition(task("T", 2), course("B"), task("U", 2), first=(("T",),))
FIRST_EITHER = edition(task("T", 2), course("A"), course("C"), course("B"), first=(("T", "A"), ("C",)))
FOREIGN = Case(
    name="first: of another edition",
    rules=("first",),
    instance=instance(
        [FIRST_RUN, edition(course("Z"), id="other")],
        [offering("Z1", 1), offering("A1", 3), offering("B1", 5)],
        records=[record("ada", "booked", "Z1")],
    ),
)
A_DONE = record("ada", "completed", "A", -1)
FIRST = [
    case("first", "instants that touch", FIRST_RUN, TOUCHING),
    case("first", "days", FIRST_RUN, BY_DAYS),
    case("first", "a task", FIRST_TASK, (offering("B1", 2), offering("B2", 3)), days=(1, 2, 3)),
    case(
        "first",
        "a task under way",
        FIRST_TASK,
        (offering("B1", 1),),
        record("ada", "booked", "T", -1),
        days=(-1, 1, 2),
        context=("kept", "tasks"),
    ),
    case(
        "first",
        "something else under way",
        FIRST_TASK,
        (offering("B1", 0),),
        record("ada", "booked", "U", -1),
        record("ada", "booked", "B1"),
        days=(-1, 1, 2),
        context=("kept", "tasks"),
    ),
    case(
        "first",
        "something else under way, free",
        FIRST_TASK,
        (offering("B1", 1),),
        record("ada", "booked", "U", -1),
        days=(-1, 1, 2),
        context=("kept", "tasks"),
        free=True,
    ),
    case(
        "first",
        "one of two, and another",
        FIRST_EITHER,
        (offering("A1", 1), offering("C1", 2), offering("B1", 3), offering("B2", 2)),
        days=(1, 2),
    ),
    case(
        "first",
        "one of two done",
        FIRST_EITHER,
        (offering("C1", 2), offering("B1", 3), offering("B2", 2)),
        record("ada", "exempt", "A"),
        days=(1,),
    ),
    case("first", "all done", FIRST_RUN, (offering("B1", 1),), record("ada", "completed", "A", -1)),
    FOREIGN,
]
PREREQUISITES.append(replace(FOREIGN, name="prerequisites: of another edition", rules=("prerequisites",)))
GATE.append(
    case(
        "gate",
        "closed before it was done",
        GATED,
        (offering("B1", 9, registration_closes=day(-3)),),
        record("ada", "completed", "A", -1),
    )
)

GROUPS = {"prerequisites": PREREQUISITES, "gate": GATE, "first": FIRST}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def test_what_no_edition_has_waits_for_nothing_at_the_gate() -> None:
    runs = (*CLOSING, offering("Z1", 9, registration_closes=day(3)))
    small = case("gate", "a stranger", GATED, runs).instance
    plan = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="Z1"),)),))
    assert list(rules_named("gate")[0].check(small, plan)) == []


def test_the_gate_leaves_open_when_a_task_that_nothing_waits_for_starts() -> None:
    small = case("gate", "open", GATED, CLOSING).instance
    models = [formulate(small, ["ada"], rules=rules).model for rules in (rules_named("gate"), ())]
    assert models[0].highs[: len(models[1].highs)] == models[1].highs
