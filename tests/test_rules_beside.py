"""What goes with what, and what keeps its distance: both sayings of the rules between two components are equal."""

from dataclasses import replace

import pytest

from models.formulation.formulate import formulate
from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Record
from models.programme.plan import Booking, Path, Plan
from models.rules.max_workshops_per_month import most_of
from tests.builders import (
    component,
    course,
    edition,
    event,
    instance,
    learner,
    meets,
    offering,
    record,
    requirement,
    session,
    task,
)
from tests.repeats_builders import workshop
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named, verdicts

CONTEXT = {"after_credits": ("once", "kept", "tasks")}


def case(
    rule: str,
    name: str,
    programme: Edition,
    runs: tuple[Offering, ...],
    *records: Record,
    days: tuple[int, ...] = (),
    **fields: object,
) -> Case:
    """Return a case of a rule; `fields` are the learner's."""
    small = instance(programme, runs, [learner("ada", **fields)], records=records)
    return Case(name=f"{rule}: {name}", rules=(rule, *CONTEXT.get(rule, ("kept", "tasks"))), instance=small, days=days)


A_DONE, A_EXEMPT = record("ada", "completed", "A", -1), record("ada", "exempt", "A")
A1_BOOKED, B1_BOOKED = record("ada", "booked", "A1"), record("ada", "booked", "B1")
AROUND = (offering("A1", 3, 5), offering("B1", 3, 4), offering("B2", 2, 9), offering("B3", 6), offering("C1", 1))
"""B1 starts with A1, B2 before it, B3 after it has ended; C1 lies before all of them."""
WITH = edition(course("A"), course("B", corequisites=(("A",),)), course("C"))
WITH_EITHER = edition(course("A"), course("B", corequisites=(("A", "C"),)), course("C"))
WITH_BOTH = edition(course("A"), course("B", corequisites=(("A",), ("C",))), course("C"))
WITH_TASK = edition(task("T", 2), course("B", corequisites=(("T",),)), task("U", 1, "B"))
COREQUISITES = [
    case("corequisites", "one", WITH, AROUND),
    case("corequisites", "one of two", WITH_EITHER, AROUND),
    case("corequisites", "two", WITH_BOTH, AROUND),
    case("corequisites", "done", WITH, AROUND[1:], A_DONE),
    case("corequisites", "another is done", WITH, AROUND, record("ada", "completed", "C", -1)),
    case("corequisites", "one of two is done", WITH_EITHER, AROUND[1:4], record("ada", "completed", "C", -1)),
    case("corequisites", "one of both is done", WITH_BOTH, AROUND[1:], A_DONE),
    case("corequisites", "exempt", WITH, AROUND[1:], A_EXEMPT),
    case("corequisites", "booked", WITH, AROUND, A1_BOOKED),
    case("corequisites", "a task", WITH_TASK, AROUND[1:4], days=(1, 3, 6)),
    case("corequisites", "under way", WITH, (offering("A1", 3), offering("B1", -1, 4)), B1_BOOKED),
    case(
        "corequisites",
        "sessions",
        WITH,
        (meets("A1", session(3)), meets("B1", session(3, "11:59")), meets("B2", session(3))),
    ),
]
TOUCHING = (
    offering("A1", 3, 5),
    offering("B1", 5, 6),
    offering("B2", 6, 7),
    offering("B3", 1, 3),
    offering("B4", 1, 2),
)
"""B1 and B3 share one day with A1; B2 begins on the day after it, B4 ends on the day before."""
BESIDE = edition(course("A"), course("B", strict_corequisites=(("A",),)), course("C"))
BESIDE_EITHER = edition(course("A"), course("B", strict_corequisites=(("A", "C"),)), course("C"))
BESIDE_TASK = edition(task("T", 2), course("B", strict_corequisites=(("T",),)))
STRICT = [
    case("strict_corequisites", "one", BESIDE, TOUCHING),
    case("strict_corequisites", "one of two", BESIDE_EITHER, (*TOUCHING[:3], offering("C1", 7), offering("C2", 9))),
    case("strict_corequisites", "done", BESIDE, TOUCHING[1:3], A_DONE),
    case("strict_corequisites", "another one beside it", BESIDE, (TOUCHING[0], TOUCHING[1], offering("C1", 5, 6))),
    case("strict_corequisites", "booked", BESIDE, TOUCHING, A1_BOOKED),
    case("strict_corequisites", "a task", BESIDE_TASK, TOUCHING[1:], days=(0, 1, 4, 5, 7)),
    case("strict_corequisites", "under way", BESIDE, (offering("A1", 3), offering("B1", -1, 2)), B1_BOOKED),
]
NOT_BOTH = edition(course("A"), course("B", excludes=("A",)), course("C"))
APART = (offering("A1", 3), offering("A2", 6), offering("B1", 4), offering("C1", 5))
EXCLUDES = [
    case("excludes", "one of two", NOT_BOTH, APART),
    case("excludes", "what it excludes is done", NOT_BOTH, APART[1:], A_DONE),
    case("excludes", "what it excludes is ticked off", NOT_BOTH, APART[1:], A_EXEMPT),
    case("excludes", "what excludes it is done", NOT_BOTH, APART[:2], record("ada", "completed", "B", -1)),
    case("excludes", "one is booked", NOT_BOTH, APART, A1_BOOKED),
    case("excludes", "what excludes it is booked", NOT_BOTH, APART, B1_BOOKED),
    case("excludes", "both are booked", NOT_BOTH, APART, A1_BOOKED, B1_BOOKED),
    case("excludes", "booked beside what is done", NOT_BOTH, APART[1:], A_DONE, B1_BOOKED),
    case("excludes", "under way", NOT_BOTH, (offering("A1", 3), offering("B1", -1, 4)), B1_BOOKED),
    case("excludes", "a task", edition(course("A"), task("T", 2), course("B", excludes=("T",))), APART, days=(1, 4)),
    case(
        "excludes", "a task under way", edition(task("T", 9), course("B", excludes=("T",))), APART[2:3],
        record("ada", "started", "T", -1), days=(-1, 4),
    ),
]  # fmt: skip
AFTER = edition(course("A"), course("B", "A", days_after=(("A", 3),)), course("C"))
AFTER_EITHER = edition(course("A"), course("B", ("A", "C"), days_after=(("A", 3),)), course("C"))
AFTER_TASK = edition(task("T", 2), course("B", "T", days_after=(("T", 3),)))
AFTER_TWO = edition(course("A"), course("B", "A", "C", days_after=(("A", 3),)), course("C"))
AFTER_OTHER = edition(course("A"), course("B", ("C", "A"), days_after=(("A", 3),)), course("C"))
TASK_AFTER = edition(course("A"), component("T", "task", "A", days=2, days_after=(("A", 3),)))
TASK_EITHER = edition(course("A"), component("T", "task", ("A", "C"), days=2, days_after=(("A", 3),)), course("C"))
SAME_DAY = (meets("C1", session(3, "10:00")), meets("B1", session(3)), meets("A1", session(3, "10:00")))
DAYS = (offering("A1", 1, 2), offering("B1", 4), offering("B2", 5), offering("B3", 6), offering("C1", 3))
"""B1 starts two days after A1 has ended, B2 three; C1 ends the day before B1."""
SOON = (offering("B1", 1), offering("B2", 2), offering("B3", 3))
DAYS_AFTER = [
    case("days_after", "one", AFTER, DAYS),
    case("days_after", "one of two", AFTER_EITHER, DAYS),
    case("days_after", "done", AFTER, SOON, A_DONE),
    case("days_after", "done long ago", AFTER, SOON, record("ada", "completed", "A", -2)),
    case("days_after", "exempt", AFTER, SOON, A_EXEMPT),
    case("days_after", "the other one is done", AFTER_EITHER, SOON, record("ada", "completed", "C", -1)),
    case("days_after", "booked", AFTER, DAYS, A1_BOOKED),
    case("days_after", "two are needed", AFTER_TWO, DAYS),
    case("days_after", "the other one of two is named first", AFTER_OTHER, DAYS),
    case("days_after", "the other one on the same day", AFTER_EITHER, SAME_DAY),
    case("days_after", "under way", AFTER, (DAYS[0], offering("B1", -1, 4)), B1_BOOKED),
    case("days_after", "a task later", TASK_AFTER, DAYS[:1], days=(3, 4, 5, 6)),
    case("days_after", "a task later than what is done", TASK_AFTER, (), A_DONE, days=(1, 2, 3)),
    case("days_after", "a task later than what is ticked off", TASK_AFTER, (), A_EXEMPT, days=(1, 2)),
    case(
        "days_after",
        "a task later than one of two that are done",
        TASK_EITHER,
        (),
        A_DONE,
        record("ada", "completed", "C", -9),
        days=(1, 2),
    ),
    case("days_after", "a task under way", TASK_AFTER, (), record("ada", "booked", "T", -1), days=(-1, 4)),
    case("days_after", "a task first", AFTER_TASK, (*SOON, offering("B4", 6)), days=(1, 2, 3)),
]
T_BEGUN, U_BEGUN = record("ada", "booked", "T", -1), record("ada", "booked", "U", 0)
BETWEEN = edition(course("A"), course("B"), task("T", 2), days_between=(("course", 3),))
BETWEEN_TASKS = edition(course("A"), task("T", 2), task("U", 1), days_between=(("task", 3),))
BETWEEN_ONE = edition(course("A"), event("E"), days_between=(("E", 3),))
DAYS_BETWEEN = [
    case("days_between", "courses", BETWEEN, DAYS),
    case("days_between", "done", BETWEEN, SOON, A_DONE),
    case("days_between", "exempt", BETWEEN, SOON, A_EXEMPT),
    case("days_between", "booked", BETWEEN, DAYS, A1_BOOKED),
    case("days_between", "both booked", BETWEEN, DAYS[:2], A1_BOOKED, B1_BOOKED),
    case(
        "days_between",
        "a task after one that is done",
        BETWEEN_TASKS,
        (),
        record("ada", "completed", "T", -1),
        days=(1, 2, 3),
    ),
    case("days_between", "the later one is booked", BETWEEN, DAYS, B1_BOOKED),
    case("days_between", "two tasks under way", BETWEEN_TASKS, (), T_BEGUN, U_BEGUN, days=(-1, 0, 4)),
    case("days_between", "a task under way", BETWEEN_TASKS, (), T_BEGUN, days=(-1, 2, 3)),
    case("days_between", "the other task under way", BETWEEN_TASKS, (), U_BEGUN, days=(0, 2, 3)),
    case("days_between", "tasks", BETWEEN_TASKS, DAYS[:1], days=(1, 3, 5, 6)),
    case(
        "days_between",
        "one code",
        BETWEEN_ONE,
        (offering("A1", 3), offering("E1", 1), offering("E2", 3), offering("E3", 4)),
    ),
    case("days_between", "under way", BETWEEN, (offering("A1", -1, 2), *DAYS[1:3]), A1_BOOKED),
]
FEW = edition(workshop("A"), workshop("B"), course("C"), max_workshops_per_month=1)
MONTHS = (offering("A1", 26), offering("B1", 20), offering("B2", 27), offering("C1", 21))
"""Day 26 is the last of March."""
PER_MONTH: list[Case] = [
    case("max_workshops_per_month", "of everybody", FEW, MONTHS),
    case("max_workshops_per_month", "one's own", FEW, MONTHS, max_workshops_per_month=2),
    case("max_workshops_per_month", "none", FEW, MONTHS, max_workshops_per_month=0),
    case("max_workshops_per_month", "done", FEW, MONTHS[1:], A_DONE),
    case("max_workshops_per_month", "done last month", FEW, MONTHS[1:], record("ada", "completed", "A", -5)),
    case(
        "max_workshops_per_month", "two done this month", FEW, MONTHS[:1], A_DONE, record("ada", "completed", "B", -2)
    ),
    case(
        "max_workshops_per_month",
        "begun last month and done",
        FEW,
        (offering("A1", -10, -1), *MONTHS[1:3]),
        record("ada", "completed", "A1", -1),
    ),
    case("max_workshops_per_month", "exempt", FEW, MONTHS[1:], A_EXEMPT),
    case("max_workshops_per_month", "booked", FEW, MONTHS, A1_BOOKED),
    case("max_workshops_per_month", "both booked", FEW, MONTHS, A1_BOOKED, B1_BOOKED),
    case("max_workshops_per_month", "no limit", edition(workshop("A"), workshop("B")), MONTHS[:3]),
]
PLAIN = edition(course("A"), course("B"))
NOON = (
    meets("A1", session(3)), meets("B1", session(3, "13:29")), meets("B2", session(3, "13:30")),
    meets("B3", session(3, "13:00")), meets("B4", session(3, "12:30")),
)  # fmt: skip
"""Beside A1, from noon to one: a minute too soon after it, just late enough, at once, and at the same time."""
MIN_BREAK = [
    case("min_break", "half an hour", PLAIN, NOON, min_break=30),
    case("min_break", "none", PLAIN, NOON),
    case("min_break", "booked", PLAIN, NOON[:3], A1_BOOKED, min_break=30),
    case("min_break", "the later one is booked", PLAIN, NOON[:3], B1_BOOKED, min_break=30),
    case("min_break", "both booked", PLAIN, NOON[:3], A1_BOOKED, B1_BOOKED, min_break=30),
    case("min_break", "no length", PLAIN, (meets("A1", session(3, minutes=None)), *NOON[4:]), min_break=29),
    case("min_break", "no length, longer", PLAIN, (meets("A1", session(3, minutes=None)), *NOON[4:]), min_break=30),
    case("min_break", "done last night", PLAIN, (meets("A1", session(0, "22:59")), meets("B1", session(1, "00:30"))),
         record("ada", "completed", "A1", 0), min_break=60),
    case("min_break", "done", PLAIN, (meets("A1", session(-1)), meets("B1", session(1))), record("ada", "completed", "A1", -1),
         min_break=30),
]  # fmt: skip
WORTH = (("", 2),)
CREDITS = edition(course("A", credits=WORTH), event("E"), course("B", after_credits=2), course("C"))
MANY = edition(course("A", credits=(("x", 1), ("y", 2))), course("C"), course("B", after_credits=3))
ENDS = (offering("A1", 3, 5), offering("B1", 5), offering("B2", 6), offering("C1", 1), offering("E1", 2))
FADING = edition(course("A", valid_years=1), course("C"), course("B", after_credits=1))
FADED = (offering("B1", 2), offering("B2", 3), offering("B3", 4))
FADING_TASK = edition(component("T", "task", days=2, valid_years=1), course("B", after_credits=1))
FADING_EVENTS = edition(component("E", "event", repeatable=True, valid_years=1), course("B", after_credits=2))
TWICE = edition(course("A"), course("B", after_credits=2), requirements=[replace(requirement(1, "A"), within_months=1)])
OF_EVENTS = edition(component("E", "event", repeatable=True, after_credits=1), course("A"))
PLAIN_TWO = edition(course("C"), course("B", after_credits=2))
AGAIN = edition(course("A", valid_years=1), course("B", after_credits=1),
                requirements=[replace(requirement(1, "B"), within_months=1)])  # fmt: skip
TASK_LAST = edition(course("A"), course("C", valid_years=1), component("B", "task", days=1, after_credits=1))
AFTER_CREDITS = [
    case("after_credits", "courses and events", CREDITS, (*ENDS[:3], *ENDS[4:], offering("E2", 4))),
    case("after_credits", "of two kinds", MANY, ENDS[:4]),
    case("after_credits", "done", CREDITS, ENDS[1:4], A_DONE),
    case("after_credits", "done once", CREDITS, ENDS[1:], record("ada", "completed", "C", -1)),
    case(
        "after_credits", "events done", CREDITS, ENDS[1:4], *(record("ada", "completed", "E", -day) for day in (1, 2))
    ),
    case("after_credits", "booked", CREDITS, ENDS[:4], A1_BOOKED),
    case("after_credits", "booked elsewhere", CREDITS, (*ENDS[:3], offering("Z1", 1)), record("ada", "booked", "Z1")),
    case("after_credits", "booked elsewhere, later", CREDITS, (*ENDS[:3], offering("Z1", 9)), record("ada", "booked", "Z1")),
    case("after_credits", "done elsewhere", CREDITS, ENDS[:3], record("ada", "completed", "Z", -1)),
    case("after_credits", "under way", CREDITS, (ENDS[0], offering("B1", -1, 4), ENDS[2]), B1_BOOKED),
    case("after_credits", "an event done, and one more", CREDITS, (*ENDS[2:], ENDS[1]), record("ada", "completed", "E", -1)),
    case("after_credits", "events before an event", OF_EVENTS, (offering("E1", 2), offering("E2", 4), offering("A1", 1))),
    case("after_credits", "an event done before an event", OF_EVENTS, (offering("E1", 2), offering("E2", 4)),
         record("ada", "completed", "E", -1)),
    case("after_credits", "done twice, counted once", PLAIN_TWO, ENDS[1:4],
         *(record("ada", "completed", "C", -days) for days in (1, 2))),
    case("after_credits", "done and booked, counted once", PLAIN_TWO, ENDS[1:4], record("ada", "completed", "C", -1),
         record("ada", "booked", "C1")),
    case("after_credits", "not of itself, though taken again", AGAIN, (offering("B1", 3), offering("B2", 40)),
         record("ada", "completed", "A", -340)),
    *(
        case("after_credits", f"done {days} days ago, good for a year", FADING, FADED, record("ada", "completed", "A", -days))
        for days in (363, 362, 361)
    ),
    case("after_credits", "good for a year, done again", FADING, (offering("A1", 10), *FADED),
         record("ada", "completed", "A", -360)),
    case("after_credits", "exempt for good", FADING, FADED, A_EXEMPT),
    case("after_credits", "taken, and over a year old", FADING, (offering("A1", 1), offering("B1", 366), offering("B2", 367))),
    case("after_credits", "a task that fades", FADING_TASK, (offering("B1", 367), offering("B2", 368)), days=(1, 2, 3)),
    case("after_credits", "events that fade", FADING_EVENTS, (offering("B1", 4), offering("E2", 2)),
         *(record("ada", "completed", "E", -days) for days in (360, 362))),
    case("after_credits", "taken twice, counted once", TWICE, (offering("A1", 1), offering("A2", 40), offering("B1", 50))),
    case("after_credits", "a task before which it fades", TASK_LAST, (offering("A1", 1),), record("ada", "completed", "C", -360),
         days=(4, 5, 6)),
]  # fmt: skip
GROUPS = {
    "corequisites": COREQUISITES,
    "strict_corequisites": STRICT,
    "excludes": EXCLUDES,
    "days_after": DAYS_AFTER,
    "days_between": DAYS_BETWEEN,
    "max_workshops_per_month": PER_MONTH,
    "min_break": MIN_BREAK,
    "after_credits": AFTER_CREDITS,
}
ABROAD = {
    "corequisites": (WITH, AROUND),
    "strict_corequisites": (BESIDE, TOUCHING),
    "excludes": (NOT_BOTH, APART),
    "days_after": (AFTER, DAYS),
    "days_between": (BETWEEN, DAYS),
    "max_workshops_per_month": (FEW, MONTHS),
}
for rule, (programme, runs) in ABROAD.items():
    elsewhere = (record("ada", "booked", "Z1"), record("ada", "completed", "Y", -1))
    GROUPS[rule].append(
        case(rule, "booked and done elsewhere", programme, (*runs[:3], offering("Z1", 3, 5)), *elsewhere)
    )
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


@pytest.mark.parametrize(("days", "open_runs"), [(363, {"B1"}), (362, {"B1", "B2"}), (361, {"B1", "B2", "B3"})])
def test_credits_of_what_has_run_out_on_the_first_day_do_not_count(days: int, open_runs: set[str]) -> None:
    programme = edition(course("A", valid_years=1), course("B", after_credits=1))
    small = case("after_credits", "alone", programme, FADED, record("ada", "completed", "A", -days))
    lawful = {
        each.bookings[0].offering
        for plan, holds, _ in verdicts(small, rules_named("after_credits"))
        for each in plan.paths
        if holds and each.graduates and len(each.bookings) == 1
    }
    assert lawful == open_runs


def test_sessions_of_one_offering_may_follow_at_once() -> None:
    """Its timetable is given: a least break lies between sessions of different offerings."""
    runs = (meets("A1", session(3), session(3, "13:00")), meets("B1", session(3, "14:00")))
    small = case("min_break", "its own sessions", PLAIN, runs, min_break=30)
    lawful = {
        tuple(each.offering for each in plan.paths[0].bookings)
        for plan, holds, model in verdicts(small, rules_named("min_break"))
        if holds and model and plan.paths[0].graduates
    }
    assert lawful == {(), ("A1",), ("B1",)}


def test_what_stands_in_the_way_is_named_with_what_asks_for_it() -> None:
    """Offerings of other components are not named, though they are booked, too."""
    booked = ("A1", "B1", "C1")
    told = {}
    for rule, programme, runs in (
        ("corequisites", WITH, (offering("A1", 5), *AROUND[1:])),
        ("days_after", AFTER, DAYS),
        ("strict_corequisites", BESIDE, (*AROUND[1:], offering("A1", 30))),
    ):
        small = case(rule, "named", programme, runs)
        path = Path(learner="ada", bookings=tuple(Booking(offering=each) for each in booked))
        (found,) = rules_named(rule)[0].check(small.instance, Plan(paths=(path,)))
        told[rule] = found.offerings
    assert told == {"corequisites": ("B1", "A1"), "days_after": ("B1", "A1"), "strict_corequisites": ("B1", "A1")}


@pytest.mark.parametrize(
    ("own", "all_of_them", "most"), [(None, None, None), (2, None, 2), (None, 3, 3), (2, 3, 2), (0, 3, 0)]
)
def test_a_learner_s_own_limit_of_a_month_goes_before_that_of_the_edition(
    own: int | None, all_of_them: int | None, most: int | None
) -> None:
    small = instance(edition(max_workshops_per_month=all_of_them), (), [learner(max_workshops_per_month=own)])
    assert most_of(small, "ada") == most


@pytest.mark.parametrize(
    ("rule", "programme", "done"), [("days_after", TASK_EITHER, "A"), ("days_between", BETWEEN_TASKS, "T")]
)
def test_when_a_task_that_is_not_done_would_start_is_left_open(rule: str, programme: Edition, done: str) -> None:
    small = case(rule, "open", programme, (), record("ada", "completed", done, -1)).instance
    models = [formulate(small, ["ada"], rules=rules).model for rules in (rules_named(rule), ())]
    assert models[0].lows[: len(models[1].lows)] == models[1].lows
