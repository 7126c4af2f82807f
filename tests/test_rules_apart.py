"""Requirements that are apart, of which no completion serves two: both sayings are equal."""

from dataclasses import replace

import pytest

from models.programme.edition import Edition, Requirement
from models.programme.offering import Offering
from models.programme.people import Record
from tests.builders import course, edition, event, instance, offering, record, requirement, task
from tests.small_scope import Case, assert_both_verdicts, assert_equal, rules_named, verdicts


def asks(name: str, count: int, *pool: str, apart_from: tuple[str, ...] = (), **fields: object) -> Requirement:
    """Return a requirement with a name, apart from others."""
    return replace(requirement(count, *pool), id=name, title=name, apart_from=apart_from, **fields)  # type: ignore[arg-type]


def case(
    name: str, programme: Edition, runs: tuple[Offering, ...], *records: Record, days: tuple[int, ...] = ()
) -> Case:
    """Return a case of the rule beside those without which it means little."""
    rules = ("apart_from", "once", "kept", "tasks", "requirements")
    return Case(name=f"apart_from: {name}", rules=rules, instance=instance(programme, runs, records=records), days=days)


COURSES = tuple(map(course, "ABC"))
RUNS = tuple(offering(f"{code}1", place) for place, code in enumerate("ABC", 3))
ONE, TWO = asks("one", 1, "A", "B"), asks("two", 1, "B", "C", apart_from=("one",))
PAIR = edition(*COURSES, requirements=[ONE, TWO])
B_DONE = record("ada", "completed", "B", -1)
THIRD = edition(*COURSES, requirements=[ONE, TWO, asks("three", 1, "B")])
CREDITED = edition(
    course("A", credits=(("", 2),)), course("B", credits=(("", 3),)), course("C"),
    requirements=[asks("one", 3, "A", "B", in_credits=True), asks("two", 1, "B", "C", apart_from=("one",))],
)  # fmt: skip
LAST = edition(*COURSES, course("L"), requirements=[ONE, TWO], last=(("L",),))
LAST_RUNS = (*RUNS, offering("L1", 5), offering("L2", 6))
EVENTS = edition(
    event("E"), course("A"), requirements=[asks("one", 2, "A", "E"), asks("two", 1, "E", apart_from=("one",))]
)
APART = [
    case("one of each", PAIR, RUNS),
    case("not apart", edition(*COURSES, requirements=[ONE, asks("two", 1, "B", "C")]), RUNS),
    case("all of one", edition(*COURSES, requirements=[asks("one", 2, *"ABC"), TWO]), RUNS),
    case("one is done", PAIR, RUNS, B_DONE),
    case("both are done", PAIR, RUNS, B_DONE, record("ada", "completed", "A", -2)),
    case("one is ticked off", PAIR, RUNS, record("ada", "exempt", "B")),
    case("two are ticked off", PAIR, RUNS, record("ada", "exempt", "B"), record("ada", "exempt", "A")),
    case("ticked off and done", PAIR, RUNS, record("ada", "exempt", "B"), B_DONE),
    case("an event is ticked off", EVENTS, RUNS[:1], record("ada", "exempt", "E")),
    case("booked", PAIR, RUNS, record("ada", "booked", "B1")),
    case("a third one is not apart", THIRD, RUNS),
    case("in credits", CREDITED, RUNS),
    case("an event again and again", edition(event("E"), course("A"), requirements=[
        asks("one", 1, "A", "E"), asks("two", 1, "E", apart_from=("one",)),
    ]), (offering("E1", 3), offering("E2", 4), RUNS[0])),
    case("a task", edition(course("A"), task("T", 2), requirements=[
        asks("one", 1, "A", "T"), asks("two", 1, "T", apart_from=("one",)),
    ]), RUNS[:1], days=(1, 4)),
    case("before what comes last", LAST, LAST_RUNS),
    case("done before what comes last", LAST, LAST_RUNS[1:], B_DONE),
    case("what comes last is booked", LAST, LAST_RUNS, record("ada", "booked", "L1")),
    case("what comes last is under way", LAST, (*RUNS, offering("L1", -1, 4)), record("ada", "booked", "L1")),
]  # fmt: skip
GROUPS = {"apart_from": APART}
CASES = APART


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sayings_are_equal(case: Case) -> None:
    assert_equal(case)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def lawful(programme: Edition, *records: Record) -> set[tuple[str, ...]]:
    """Return the sets of bookings by which everything is met, each thing counted as it may."""
    small = case("lawful", programme, RUNS, *records)
    return {
        tuple(each.offering for each in plan.paths[0].bookings)
        for plan, holds, _ in verdicts(small, rules_named(*small.rules))
        if holds and plan.paths[0].graduates
    }


def test_an_exemption_counts_for_one_of_two_requirements_that_are_apart() -> None:
    assert ("A1",) in lawful(PAIR, record("ada", "exempt", "B"))
    assert () not in lawful(PAIR, record("ada", "exempt", "B"))
    assert () in lawful(PAIR, record("ada", "exempt", "B"), record("ada", "exempt", "A"))


def test_an_exemption_from_what_is_repeatable_meets_both_of_two_requirements_that_are_apart() -> None:
    """It meets the whole count of whatever asks for the component: nobody takes what they are exempt from."""
    assert () in lawful(EVENTS, record("ada", "exempt", "E"))


def test_only_requirements_that_are_apart_are_counted_together() -> None:
    """What a third one lacks is told of that one alone."""
    small = case("a third one is not met", edition(*COURSES, requirements=[ONE, TWO, asks("three", 2, "B", "C")]), RUNS)
    plan = next(each for each, *_ in verdicts(small, rules_named("once")) if each.paths[0].offerings == {"A1", "B1"})
    assert list(rules_named("apart_from")[0].check(small.instance, plan)) == []
    assert [each.rule for each in rules_named("requirements")[0].check(small.instance, plan)] == ["requirements"]
