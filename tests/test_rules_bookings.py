"""What may be booked, what is kept, what can be attended, when tasks start: both sayings of each rule are equal."""

import pytest

from models.changes.people import released
from models.rules.bookable import closed_because, runs_for
from tests.builders import (
    course,
    day,
    edition,
    event,
    instance,
    learner,
    offering,
    record,
    talks,
    task,
)
from tests.small_scope import Case, assert_both_verdicts, assert_equal

PROGRAMME = edition(course("A"), course("B"), event("E"), task("T", 3))
ELSEWHERE = edition(course("X"), id="other")
NO_WORD = ("bookable", "role_places", "tasks")
"""What the model has no word for is refused by one of these three: they are judged together."""


def bookable(
    name: str, *runs: object, rules: tuple[str, ...] = ("bookable",), strangers: bool = False, **fields: object
) -> Case:
    """Return a case of the rule `bookable`."""
    small = instance(PROGRAMME, runs, **fields)  # type: ignore[arg-type]
    return Case(name=name, rules=rules, instance=small, strangers=strangers)


STATUSES = (
    offering("A1", 1),
    offering("A2", 1, status="tentative"),
    offering("A3", 1, status="cancelled"),
    offering("X1", 1),
)
BOOKABLE = [
    bookable(
        "starts and registration around the planning day",
        offering("A1", 0),
        offering("A2", 1),
        offering("A3", 5, registration_closes=day(0)),
        offering("B1", 5, registration_closes=day(-1)),
        offering("B2", -1, 5),
    ),
    bookable(
        "enrolment ahead",
        *(offering(f"A{n}", n) for n in (2, 3, 4)),
        learners=[learner(enrolled=day(3))],
    ),
    bookable("nobody's programme", offering("A1", 1), talks("E1", 1), learners=[learner(enrolled=None)]),
    bookable("tentative out of use", *STATUSES, rules=NO_WORD, strangers=True),
    bookable("tentative in use", *STATUSES, rules=NO_WORD, strangers=True, tentative=True),
    bookable(
        "kept ones, and roles in them",
        talks("E1", 0),
        talks("E2", 1),
        talks("E3", 0),
        offering("A1", -3, 5),
        records=[
            record("ada", "booked", "E1"),
            record("ada", "booked", "E2"),
            record("ada", "booked", "E3", role="talk"),
            record("ada", "booked", "A1"),
        ],
    ),
    bookable(
        "kept ones that nobody could book",
        offering("A1", 3, status="tentative"),
        offering("A2", 3, status="cancelled"),
        offering("A3", -5, -1),
        offering("B1", -5, 0),
        offering("X1", 3),
        rules=NO_WORD,
        strangers=True,
        records=[record("ada", "booked", run) for run in ("A1", "A2", "A3", "B1", "X1")],
    ),
]


def kept(name: str, *records: object, free: bool = False) -> Case:
    """Return a case of the rule `kept`."""
    runs = [offering("A1", 5), talks("E1", 5), talks("E2", 3), offering("X1", 2), component_role_only()]
    small = instance(PROGRAMME, runs, records=records, free=free)  # type: ignore[arg-type]
    return Case(name=f"{name}, {'free' if free else 'kept'}", rules=("kept",), instance=small, days=(-1, 0, 2))


def component_role_only() -> object:
    """Return an offering that has no role, though its component has one."""
    return offering("E3", 4)


KEPT = [
    kept(name, *rows, free=free)
    for free in (False, True)
    for name, rows in (
        ("nothing", ()),
        (
            "bookings with and without a role",
            (record("ada", "booked", "E1", role="talk"), record("ada", "booked", "E2")),
        ),
        ("a role that only the component has", (record("ada", "booked", "E3", role="talk"),)),
        ("of another edition", (record("ada", "booked", "X1"), record("ada", "booked", "A1"))),
        ("a task under way", (record("ada", "booked", "T", -1),)),
        (
            "settled since",
            (record("ada", "booked", "A1"), record("ada", "missed", "A1"), record("ada", "booked", "T", -3)),
        ),
    )
]


def given_up(name: str, what: str, *more: str, instead: bool) -> Case:
    """Return a case in which one thing that stands may be given up, or given up for another run of its component."""
    runs = (offering("A1", 1), offering("A2", 2), offering("B1", 3), offering("A3", 4), offering("B2", 5))
    rows = (*(record("ada", "booked", each) for each in ("A1", "B1", *more)), record("ada", "booked", "T", -1))
    small = released("ada", what, instead=instead)(instance(PROGRAMME, runs, records=rows))
    return Case(name=name, rules=("kept",), instance=small, days=(-1, 2))


KEPT += [
    given_up("given up", "A1", instead=False),
    given_up("given up for another run", "A1", instead=True),
    given_up("one of two given up for another run", "A1", "A3", instead=True),
    given_up("a task given up", "T", instead=False),
]
TASKS = [
    Case(name=name, rules=rules, instance=small, days=(-4, -1, 0, 1, 2, 3), strangers=strangers)
    for rules, strangers in ((("tasks",), False), (NO_WORD, True))
    for name, small in (
        ("after the planning day", instance(edition(course("A"), task("T", 3)))),
        ("nobody's programme", instance(edition(task("T", 3)), learners=[learner(enrolled=None)])),
        ("after the enrolment", instance(edition(task("T", 3)), learners=[learner(enrolled=day(2))])),
        ("under way", instance(edition(task("T", 3)), records=[record("ada", "booked", "T", -1)])),
        ("under way, free", instance(edition(task("T", 3)), records=[record("ada", "booked", "T", -1)], free=True)),
        ("over", instance(edition(task("T", 3)), records=[record("ada", "booked", "T", -4)])),
        ("begun today", instance(edition(task("T", 1)), records=[record("ada", "booked", "T", 0)])),
        ("ends today", instance(edition(task("T", 2)), records=[record("ada", "booked", "T", -1)])),
        (
            "begun before the enrolment",
            instance(
                edition(task("T", 9)), learners=[learner(enrolled=day(2))], records=[record("ada", "booked", "T", -1)]
            ),
        ),
    )
]

GROUPS = {"bookable": BOOKABLE, "kept": KEPT, "tasks": TASKS}
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("case", [*KEPT, *TASKS], ids=lambda case: case.name)
def test_both_sayings_are_equal_where_everybody_graduates(case: Case) -> None:
    assert_equal(case, certain=True)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


SHUT = {
    "A1": (offering("A1", 0), "A1 started on 2025-03-05, not after 2025-03-05"),
    "A2": (offering("A2", 2, status="cancelled"), "A2 is cancelled"),
    "A3": (offering("A3", 2, status="tentative"), "A3 is tentative, and tentative offerings are not in use"),
    "A4": (offering("A4", 3), "A4 starts on 2025-03-08, before the enrolment on 2025-03-09"),
    "A5": (offering("A5", 5, registration_closes=day(-1)), "registration of A5 closed on 2025-03-04"),
    "A6": (offering("A6", 5, registration_closes=day(0)), None),
    "A7": (offering("A7", 4), None),
    "X1": (offering("X1", 5), "X1 is not in the edition"),
}


def test_why_an_offering_is_closed_is_said_of_each() -> None:
    small = instance(
        [PROGRAMME, ELSEWHERE],
        [run for run, _ in SHUT.values()],
        [learner(enrolled=day(4)), learner("eve", enrolled=None)],
    )
    told = {run.id: closed_because(small, "ada", run) for run in small.offerings}
    assert told == {name: sentence for name, (_, sentence) in SHUT.items()} | {"X1": "X is no component of edition e"}
    assert closed_because(small, "eve", small.offering["A7"]) == "eve is not in the programme"


def test_runs_for_somebody_are_those_that_are_booked_or_open() -> None:
    small = instance(
        PROGRAMME,
        [run for run, _ in SHUT.values() if run.component == "A"],
        [learner(enrolled=day(4))],
        records=[record("ada", "booked", "A1"), record("ada", "booked", "A7")],
    )
    assert [run.id for run in runs_for(small, "ada", "A")] == ["A1", "A6", "A7"]
    assert runs_for(small, "ada", "B") == []
