"""What learners share: both sayings of seats and role places are equal."""

from collections import Counter

import pytest

from models.programme.offering import Offering
from models.programme.people import Learner, Record
from models.programme.plan import Path
from tests.builders import course, edition, event, instance, learner, offering, record, talks
from tests.small_scope import Case, assert_both_verdicts, assert_equal, plans, rules_named

PROGRAMME = edition(course("A", seats=9), event("E"))
OTHER = edition(course("A"), id="other")
ADA, BEN = learner("ada"), learner("ben")
GUEST = learner("guest", enrolled=None, edition="other")


def case(
    rule: str,
    name: str,
    runs: tuple[Offering, ...],
    *records: Record,
    others: tuple[Learner, ...] = (BEN,),
    one: bool = False,
    strangers: bool = False,
) -> Case:
    """Return a case of a rule, with all learners in question, or the first alone."""
    small = instance([PROGRAMME, OTHER], runs, (ADA, *others), records, free=True)
    rules = ("bookable", rule, "tasks") if strangers else (rule,)
    return Case(
        name=f"{rule}: {name}{', one' if one else ''}", rules=rules, instance=small, one=one, strangers=strangers
    )


def both(
    rule: str, name: str, runs: tuple[Offering, ...], *records: Record, others: tuple[Learner, ...] = (BEN,)
) -> list[Case]:
    """Return two cases: one with all learners in question, and one in which the others keep what they have."""
    return [case(rule, name, runs, *records, others=others, one=one) for one in (False, True)]


def booked(who: str, what: str, role: str | None = None) -> Record:
    """Return a booking."""
    return record(who, "booked", what, role=role)


SEATS = [
    each
    for group in (
        both("seats", "two, one and none", tuple(offering(f"A{n}", 3, seats=n) for n in (2, 1, 0))),
        both(
            "seats",
            "some taken",
            (offering("A1", 3, seats=9, taken=8), offering("A2", 3, seats=9, taken=7), offering("A3", 3, taken=99)),
        ),
        both("seats", "too many taken", (offering("A1", 3, seats=3, taken=4), offering("A2", 3, seats=3, taken=3))),
        both(
            "seats",
            "one kept",
            (offering("A1", 3, seats=1), offering("A2", 3, seats=2, taken=1)),
            booked("ben", "A1"),
            booked("ada", "A2"),
        ),
        both(
            "seats",
            "full with those who stay or go",
            (offering("A1", 3, seats=2), offering("A2", 3, seats=3, taken=1)),
            booked("ben", "A1"),
            booked("ada", "A1"),
            booked("ada", "A2"),
        ),
        both(
            "seats",
            "over-booked",
            (offering("A1", 3, seats=1), offering("A2", 3, seats=2, taken=1)),
            booked("ben", "A1"),
            booked("ada", "A1"),
            booked("ben", "A2"),
            booked("ada", "A2"),
        ),
        both(
            "seats",
            "over-booked by one who may go",
            (offering("A1", 3, seats=1, taken=1), offering("A2", 3, seats=2, taken=1)),
            booked("ben", "A1"),
            booked("ben", "A2"),
        ),
        both(
            "seats",
            "a guest sits there",
            (offering("A1", 3, seats=1), offering("A2", 3, seats=2)),
            booked("guest", "A1"),
            booked("guest", "A2"),
            others=(GUEST,),
        ),
    )
    for each in group
]
CAL = learner("cal")
OVERBOOKED_BY_BOTH = (booked("ada", "A1"), booked("ben", "A1"))
SEATS += [
    case(
        "seats", "three for two", (offering("A1", 3, seats=2), offering("A2", 4, seats=2, taken=1)), others=(BEN, CAL)
    ),
    case("seats", "a third while too many", (offering("A1", 3, seats=1),), *OVERBOOKED_BY_BOTH, others=(BEN, CAL)),
]

ROLE_PLACES = [
    each
    for group in (
        both("role_places", "two, one and none", tuple(talks(f"E{n}", 3, n) for n in (2, 1, 0))),
        both(
            "role_places",
            "one kept",
            (talks("E1", 3), talks("E2", 3, 2)),
            booked("ben", "E1", "talk"),
            booked("ada", "E2", "talk"),
        ),
        both(
            "role_places",
            "booked without a role",
            (talks("E1", 3), talks("E2", 3, 2)),
            booked("ben", "E1"),
            booked("ada", "E2"),
        ),
        both(
            "role_places",
            "too many already",
            (talks("E1", 3), talks("E2", 3, 0)),
            booked("ben", "E1", "talk"),
            booked("ada", "E1", "talk"),
            booked("ada", "E2", "talk"),
        ),
        both("role_places", "full", (talks("E1", 3, 2),), booked("ben", "E1", "talk"), booked("ada", "E1", "talk")),
        both(
            "role_places",
            "two roles",
            (offering("E1", 3, roles=(("host", 1), ("talk", 2))), talks("E2", 3)),
            booked("ben", "E1", "talk"),
            booked("ada", "E1", "host"),
        ),
        both(
            "role_places",
            "a role that only the component has",
            (offering("E1", 3), talks("E2", 3)),
            booked("ada", "E1", "talk"),
        ),
        both(
            "role_places",
            "too many by one who may go",
            (talks("E1", 3), talks("E2", 3, -1)),
            booked("ben", "E1", "talk"),
        ),
    )
    for each in group
]
ROLE_PLACES.append(case("role_places", "no such role", (talks("E1", 3, 2), offering("A1", 3)), strangers=True))
ROLE_PLACES.append(case("role_places", "three for two", (talks("E1", 3, 2),), others=(BEN, CAL)))

GROUPS = {"seats": SEATS, "role_places": ROLE_PLACES}
CASES = [each for group in GROUPS.values() for each in group]


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.name)
def test_both_sayings_are_equal(each: Case) -> None:
    assert_equal(each)


@pytest.mark.parametrize("rule", GROUPS)
def test_plans_of_both_verdicts_occur(rule: str) -> None:
    assert_both_verdicts(GROUPS[rule])


def assert_limits_equal(case: Case) -> None:
    """Assert that a plan that keeps what is booked passes `check` exactly if its paths use no more than the limits."""
    (rule,) = rules_named(next(name for name in case.rules if name in GROUPS))
    limits = rule.limits(case.instance)
    for plan in plans(case):
        if all(_keeps(case, path) for path in plan.paths):
            used = Counter(each for path in plan.paths for each in rule.uses(case.instance, path))
            within = all(times <= limits.get(each, 0) for each, times in used.items())
            assert within == (not list(rule.check(case.instance, plan))), plan


def _keeps(case: Case, path: Path) -> bool:
    """Say whether a path keeps every booking that stands, with its role."""
    return set(case.instance.initial_state[path.learner].bookings) <= set(path.bookings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_limits_say_what_the_check_says(case: Case) -> None:
    """What a path uses, and how much of it there is, decides like the check."""
    assert_limits_equal(case)
