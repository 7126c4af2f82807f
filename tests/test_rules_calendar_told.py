"""The rules of the calendar at their edges: exactly what is said of what stands, and what is left to be added beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from models.formulation.formulate import formulate
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Closure, Trainer
from models.programme.plan import Held, Plan
from models.programme.year import Pattern, Year
from models.rules import calendar_rules
from models.rules.taught import crew_of
from tests import builders
from tests.builders import NEW_YORK, at, away, away_between, course, day, edition, learner, meets, offering, session
from tests.repeats_builders import workshop
from tests.test_rules_calendar import assert_same

T = ("T",)
RULES = {rule.name: rule for rule in calendar_rules()}


def standing(*runs: Offering, trainer: dict[str, Any] | None = None, **fields: Any) -> Instance:  # noqa: ANN401 - any field
    """Return a calendar that T teaches, on the days of `tests.builders` (0 = Wednesday 2025-03-05)."""
    who = Trainer(id="T", zone=NEW_YORK, **(trainer or {}))
    components = edition(workshop("A"), workshop("B"), course("C"), course("D"))
    return builders.instance(components, runs, [learner("ada")], **({"trainers": (who,)} | fields))


def gap(*days: int | None, code: str = "A") -> tuple[Pattern, ...]:
    """Return patterns of a component with so many days between two runs."""
    return tuple(Pattern(component=code, weeks=1, weekdays=(1,), starts=(720,), gap_days=each) for each in days)


def pair(clock: str, **trainer: Any) -> Instance:  # noqa: ANN401 - any field of the noun
    """Return A1 from noon to one o'clock, and B1 of the same trainer at another time."""
    runs = (meets("A1", session(3), trainers=T), meets("B1", session(3, clock), trainers=T))
    return standing(*runs, trainer=trainer)


TWICE = (
    meets("A1", session(3), session(5), trainers=T),
    meets("B1", session(3, "12:30"), session(5, "12:30"), trainers=T),
)
LONG = offering("C1", 2, 20, trainers=T)
CASES: dict[str, tuple[str, Instance, list[str]]] = {
    "one after the other": ("one_place", pair("13:00"), []),
    "a minute at once": (
        "one_place",
        pair("12:59"),
        ["T teaches A1 until 13:00 and B1 from 12:59 on 2025-03-08 (America/New_York time)"],
    ),
    "one minute short of a break": (
        "one_place",
        pair("13:29", min_break=30),
        ["T has 29 minutes between A1 and B1 on 2025-03-08, and needs 30"],
    ),
    "no times": ("one_place", standing(meets("A1", session(3), trainers=T), offering("B1", 3, trainers=T), LONG), []),
    "cancelled": (
        "one_place",
        standing(
            TWICE[0],
            meets("A2", session(5, "14:00"), trainers=T, status="cancelled"),
            meets("B1", session(5, "14:00"), trainers=T),
        ),
        [],
    ),
    "just the break": ("one_place", pair("13:30", min_break=30), []),
    "two sessions of one run": (
        "one_place",
        standing(meets("A1", session(3), session(3, "13:10"), trainers=T), trainer={"min_break": 30}),
        [],
    ),
    "a pair is told once": (
        "one_place",
        standing(*TWICE),
        ["T teaches A1 until 13:00 and B1 from 12:30 on 2025-03-08 (America/New_York time)"],
    ),
    "on the first and the last closed day": (
        "open_days",
        standing(
            meets("A1", session(3)), meets("A2", session(5)), meets("A3", session(2)), meets("A4", session(6)),
            closures=(Closure(start=day(3), end=day(5), note="moving"),),
        ),
        [
            "A1 meets on 2025-03-08, and nothing is held 2025-03-08 to 2025-03-10 (moving)",
            "A2 meets on 2025-03-10, and nothing is held 2025-03-08 to 2025-03-10 (moving)",
        ],
    ),
    "one closed day": (
        "open_days",
        standing(offering("A1", 3), offering("C1", 2, 4), offering("D1", 3, 4), closures=(Closure(start=day(3), end=day(3)),)),
        ["A1 meets on 2025-03-08, and nothing is held 2025-03-08"],
    ),
    "a holiday": (
        "open_days",
        standing(meets("A1", session(82)), year=Year(first=day(1), last=day(99), holidays=("US",))),
        ["A1 meets on 2025-05-26, which is a public holiday (Memorial Day)"],
    ),
    "runs too close": (
        "spacing",
        standing(offering("A1", 3), offering("A2", 7), offering("A3", 12), offering("B1", 4), patterns=gap(2, 5, None)),
        ["A1 and A2 start 4 days apart, and 5 are asked for"],
    ),
    "runs too close to one that is over": ("spacing", standing(offering("A1", -1), offering("A2", 0), patterns=gap(5)), []),
    "a component that the trainer does not teach": (
        "taught",
        standing(meets("A1", session(3), trainers=T), meets("B1", session(4), trainers=T), trainer={"teaches": ("B",)}),
        ["T teaches A1, and trainers.csv does not list A among what T teaches"],
    ),
    "trainers that are missing": (
        "taught",
        replace(
            standing(
                meets("A1", session(3), trainers=T), meets("A2", session(4)), meets("A3", session(5), trainers=("T", "U")),
                meets("A4", session(6), trainers=("T", "U", "V")), meets("B1", session(3)),
            ),
            editions={
                "e": edition(replace(workshop("A"), trainers=2), workshop("B")),
                "f": edition(replace(workshop("A"), trainers=1), id="f"),
                "g": edition(workshop("A"), id="g"),
            },
        ),
        [
            "A1 needs 2 trainers, and T alone teach it",
            "A2 needs 2 trainers, and 0 trainers teach it",
            "A4 needs 2 trainers, and 3 trainers teach it",
        ],
    ),
    "a full day": (
        "trainer_load",
        standing(
            meets("A1", session(3, "09:00"), trainers=T), meets("A2", session(3, "23:30"), trainers=T),
            meets("B1", session(4, "00:00"), trainers=T), trainer={"max_sessions_per_day": 1},
        ),
        ["T teaches 2 sessions in the day of 2025-03-08, and 1 is the most"],
    ),
    "a full week, from Monday to Sunday": (
        "trainer_load",
        standing(
            *(meets(f"A{place}", session(number), trainers=T) for place, number in enumerate((5, 8, 11, 12))),
            trainer={"max_sessions_per_week": 2},
        ),
        ["T teaches 3 sessions in the week of 2025-03-10, and 2 is the most"],
    ),
    "a week that is over": (
        "trainer_load",
        standing(
            meets("A1", session(-9), session(-8), session(9), trainers=T), trainer={"max_sessions_per_week": 1},
        ),
        [],
    ),
    "the week of the planning day": (
        "trainer_load",
        standing(meets("A1", session(-2), session(1), trainers=T), trainer={"max_sessions_per_week": 1}),
        ["T teaches 2 sessions in the week of 2025-03-03, and 1 is the most"],
    ),
    "courses at once": (
        "trainer_load",
        standing(
            LONG, offering("D1", 20, 30, trainers=T), offering("D2", 31, 33, trainers=T), offering("A1", 3, trainers=T),
            trainer={"max_courses": 1},
        ),
        ["T teaches 2 courses at once on 2025-03-25, and 1 is the most"],
    ),
    "away, with and without a note": (
        "trainer_there",
        standing(
            meets("A1", session(3), trainers=T), meets("A2", session(9), session(4), trainers=T),
            meets("A3", session(5), trainers=T),
            unavailable=(away("T", 3, 3), replace(away("T", 4, 4), note="a call")),
        ),
        ["T cannot teach A1: away 3 to 3", "T cannot teach A2: away 4 to 4 (a call)"],
    ),
    "on a day that does not suit": (
        "trainer_there",
        standing(
            meets("A1", session(5), trainers=T), meets("A2", session(6), trainers=T),
            meets("A3", session(-7), session(7), trainers=T),
            trainer={"weekdays": (0, 1)},
        ),
        ["T cannot teach A3: 2025-03-12 is a Wednesday, and T teaches on Mondays and Tuesdays"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_exactly_this_is_said_of_what_stands(name: str) -> None:
    rule, instance, said = CASES[name]
    assert [each.sentence for each in RULES[rule].check(instance, Plan())] == said


def open_ones(rule: str, instance: Instance, *names: str, crews: Sequence[tuple[str, int]] = ()) -> set[str]:
    """Return which candidates a rule leaves open, each by itself."""
    crew = dict(crews)
    runs = [
        replace(run, status="candidate", crew=crew.get(run.id)) if run.id in names else run
        for run in instance.offerings
    ]
    asked = replace(instance, offerings=tuple(runs))
    formulation = formulate(asked, ["ada"], rules=[RULES[rule]])
    assert formulation.holding is not None
    held, teaches = formulation.holding.held, formulation.holding.teaches
    model = formulation.model
    return {name for name in names if model.is_open(held[name])} | {
        f"{name} by {who}" for (name, who), literal in teaches.items() if model.is_open(literal)
    }


def test_what_is_left_open_beside_what_stands() -> None:
    _, instance, _ = CASES["one after the other"]
    assert open_ones("one_place", instance, "B1") == {"B1", "B1 by T"}
    _, instance, _ = CASES["a minute at once"]
    assert open_ones("one_place", instance, "B1") == {"B1"}
    _, instance, _ = CASES["no times"]
    assert open_ones("one_place", instance, "B1", "C1") == {"B1", "C1", "B1 by T", "C1 by T"}
    assert open_ones("one_place", instance, "A1") == {"A1", "A1 by T"}
    _, instance, _ = CASES["cancelled"]
    assert open_ones("one_place", instance, "B1") == {"B1", "B1 by T"}
    _, instance, _ = CASES["just the break"]
    assert open_ones("one_place", instance, "A1") == {"A1", "A1 by T"}
    _, instance, _ = CASES["one closed day"]
    assert open_ones("open_days", instance, "A1", "C1") == {"C1"}
    _, instance, _ = CASES["a holiday"]
    assert open_ones("open_days", instance, "A1") == set()
    _, instance, _ = CASES["on the first and the last closed day"]
    assert open_ones("open_days", instance, "A1", "A2", "A3", "A4") == {"A3", "A4"}
    _, instance, _ = CASES["runs too close"]
    assert open_ones("spacing", instance, "A2") == set()
    assert open_ones("spacing", instance, "A3", "B1") == {"A3", "B1"}
    _, instance, _ = CASES["runs too close to one that is over"]
    assert open_ones("spacing", instance, "A2") == {"A2"}
    ends_today = standing(offering("A1", -2, 0), offering("A2", 2), patterns=gap(5))
    assert open_ones("spacing", ends_today, "A2") == set()
    assert open_ones("spacing", replace(ends_today, patterns=gap(4)), "A2") == {"A2"}
    _, instance, _ = CASES["a component that the trainer does not teach"]
    assert open_ones("taught", instance, "A1", "B1") == {"A1", "B1", "B1 by T"}
    _, instance, _ = CASES["courses at once"]
    assert open_ones("trainer_load", instance, "D1", "D2") == {"D1", "D2", "D2 by T"}


@pytest.mark.parametrize(("clock", "left"), [("12:59", {"A1"}), ("13:00", {"A1", "A1 by T"})])
def test_a_break_of_days_is_kept_by_what_is_added_before(clock: str, left: set[str]) -> None:
    """A1 ends at one o'clock, and four days later B1 starts."""
    runs = [meets("A1", session(5), trainers=T), meets("B1", session(9, clock), trainers=T)]
    assert open_ones("one_place", standing(*runs, trainer={"min_break": 4 * 24 * 60}), "A1") == left


def test_nothing_is_posted_where_nothing_can_be_added_or_nobody_is_asked_about() -> None:
    for _, instance, _ in CASES.values():
        first, *others = instance.offerings
        adding = replace(instance, offerings=(replace(first, status="candidate"), *others))
        for asked, learners in ((instance, ["ada"]), (adding, [])):
            with_them = formulate(asked, learners, rules=calendar_rules()).model
            without = formulate(asked, learners, rules=[]).model
            assert (with_them.rows, with_them.highs) == (without.rows, without.highs)


def test_what_meets_at_midnight_meets_on_the_day_of_its_zone() -> None:
    late = meets("A1", session(4, "00:00"), zone="America/Los_Angeles")
    found = standing(replace(late, start=day(3), end=day(3)), closures=(Closure(start=day(3), end=day(3)),))
    assert at(4, "00:00") == late.sessions[0].start
    assert [each.offerings for each in RULES["open_days"].check(found, Plan())] == [("A1",)]


def test_how_many_teach_what_stands_and_what_is_added() -> None:
    rule, instance, said = CASES["trainers that are missing"]
    runs = [replace(run, status="candidate") if run.id == "B1" else run for run in instance.offerings]
    asked = replace(instance, offerings=tuple(runs))
    assert [each.sentence for each in RULES[rule].check(asked, Plan())] == said
    one = Plan(held=(Held(offering="B1", trainer="T"),))
    two = Plan(held=(Held(offering="B1", trainer="T", beside=("U",)),))
    assert [each.sentence for each in RULES[rule].check(asked, one)] == said
    assert "B1 needs 1 trainer, and 2 trainers teach it" in [each.sentence for each in RULES[rule].check(asked, two)]


def test_nobody_is_missing_where_no_trainers_are_stated() -> None:
    _, instance, _ = CASES["trainers that are missing"]
    nobody = replace(instance, trainers=())
    assert list(RULES["taught"].check(nobody, Plan())) == []
    assert open_ones("taught", nobody, "A1", "B1") == {"A1", "B1", "A1 by T"}


def test_whoever_is_away_until_a_session_or_from_its_end_on_is_there() -> None:
    edges = tuple(
        away_between("T", at(3, one), at(3, other)) for one, other in (("11:00", "12:00"), ("13:00", "14:00"))
    )
    free = standing(meets("A1", session(3), trainers=T), unavailable=edges)
    assert open_ones("trainer_there", free, "A1") == {"A1", "A1 by T"}
    assert list(RULES["trainer_there"].check(free, Plan())) == []
    minute = away_between("T", at(3, "12:59"), at(3, "13:00"))
    assert open_ones("trainer_there", replace(free, unavailable=(minute,)), "A1") == {"A1"}


@pytest.mark.parametrize("stated", [None, 2])
@pytest.mark.parametrize("own", [None, 3])
def test_how_many_teach_says_the_offering_before_the_component(stated: int | None, own: int | None) -> None:
    run = replace(meets("A1", session(3)), crew=own)
    small = builders.instance(edition(replace(workshop("A"), trainers=stated)), [run], [learner("ada")])
    assert crew_of(small, run) == (own or stated)
    assert crew_of(small, replace(run, status="candidate")) == (own or stated or 1)


def test_what_is_added_is_bound_by_no_trainer_where_none_are_stated() -> None:
    instance = standing(replace(meets("A1", session(3), trainers=T), status="candidate"), trainers=())
    formulation = formulate(instance, ["ada"], rules=calendar_rules())
    assert formulation.model.rows == formulate(instance, ["ada"], rules=[]).model.rows


def load(first: int, second: int, today: int, **trainer: int) -> int:
    """Return how often T is said to teach too much in a run of four sessions, the first two of them on one day."""
    run = meets("A1", session(first, "10:00"), session(first, "11:00"), session(second), session(20), trainers=T)
    return len(list(RULES["trainer_load"].check(standing(run, trainer=trainer, as_of=day(today)), Plan())))


def test_a_day_with_too_many_sessions_is_judged_until_it_is_over() -> None:
    assert [load(0, 4, today, max_sessions_per_day=1) for today in (-1, 0, 1)] == [1, 1, 0]


def test_a_week_with_too_many_sessions_is_judged_until_its_sunday() -> None:
    """Day 5 is a Monday, and day 11 the Sunday of that week."""
    assert [load(5, 12, today, max_sessions_per_week=1) for today in (5, 10, 11, 12)] == [1, 1, 1, 0]


def a_week(*others: Offering, **trainer: int) -> set[str]:
    """Return what is open of a workshop on Thursday, day 1, and of a course from then on, beside what stands."""
    runs = (meets("B1", session(1), trainers=T), offering("C1", 1, 9, trainers=T), *others)
    return open_ones("trainer_load", standing(*runs, trainer=trainer), "B1", "C1")


def test_what_stands_counts_for_a_week_unless_it_is_over_or_cancelled() -> None:
    tuesday = meets("A1", session(-1), trainers=T)
    assert "B1 by T" in a_week(tuesday, max_sessions_per_week=1)
    assert "B1 by T" not in a_week(replace(tuesday, end=day(0)), max_sessions_per_week=1)
    wednesday = meets("A1", session(0), trainers=T)
    assert "B1 by T" not in a_week(wednesday, max_sessions_per_week=1)
    assert "B1 by T" in a_week(replace(wednesday, status="cancelled"), max_sessions_per_week=1)


def test_what_stands_counts_among_courses_only_if_it_is_one() -> None:
    assert "C1 by T" in a_week(offering("A1", 0, 9, trainers=T), max_courses=1)
    assert "C1 by T" not in a_week(offering("D1", 0, 9, trainers=T), max_courses=1)


def test_where_a_week_is_over_full_already_nothing_more_is_added_and_all_else_goes_on() -> None:
    standing_runs = (meets("A1", session(0), trainers=T), meets("A2", session(2), trainers=T))
    runs = (*standing_runs, replace(meets("B1", session(1), trainers=T), status="candidate", crew=1))
    instance = standing(*runs, trainer={"max_sessions_per_week": 1})
    assert assert_same(instance, RULES["trainer_load"]) == {True, False}
