"""What counts, and how long: credits, requirements apart, validity, waivers, shared seats; alone, together, in every command."""

from pathlib import Path
from random import Random

import pytest

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.paths import planned_in, solve_paths
from scheduler.solve.result import Result
from tests.command import run
from tests.test_made_up_rules import FIRST, best
from tests.test_second_step_files import components, day_of, folder

COURSES = "C1a,C1,2025-02-03,2025-02-28\nC2a,C2,2025-03-03,2025-03-28\nXa,X,2025-10-06,2025-10-31\n"
ADVANCED = "ADV25,ADV,2025-02-03,2025-02-28\nCEF25,CEF,2025-03-03,2025-03-28\nADV26,ADV,2026-02-02,2026-02-27\n"
RECORDS = "learner,component,offering,status,date,note\n"


def requirements(*lines: str) -> str:
    """Return an edition's requirements, each line the inside of one."""
    return "requirements:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


@pytest.mark.parametrize(
    ("apart", "day"),
    [("", "2025-03-28"), (", apart_from: [cap]", "2025-10-31"), (", apart_from: [other]", "2025-10-31")],
)
def test_a_course_counts_for_one_requirement_only_where_they_are_apart(tmp_path: Path, apart: str, day: str) -> None:
    """A capstone and two further courses are three courses where none may count twice."""
    codes = [f"code: {code}, title: {code}, kind: course" for code in ("C1", "C2", "X")]
    asked = requirements(
        "id: cap, title: A capstone, count: 1, from: [C1, C2]",
        f"id: el, title: Two further, count: 2, from: [C1, C2, X]{apart}",
        "id: other, title: Any, count: 1, from: [X, C1]",
    )
    assert day_of(folder(tmp_path, components(*codes) + asked, COURSES)) == day


@pytest.mark.parametrize(
    ("years", "done", "day"),
    [
        ("", "2019-03-29", "2025-02-28"),
        (", valid_years: 3", "2019-03-29", "2026-02-27"),
        (", valid_years: 3", "2022-02-02", "2026-02-27"),
        (", valid_years: 3", "2022-02-03", "2025-02-28"),
        (", valid_years: 6", "2019-03-29", "2025-02-28"),
    ],
)
def test_a_completion_that_has_run_out_is_taken_again(tmp_path: Path, years: str, done: str, day: str) -> None:
    """What was done in 2019 counts no longer in 2025; on its last day it still does."""
    edition = components(
        f"code: CEF, title: Foundations, kind: course{years}",
        "code: ADV, title: Advanced, kind: course, requires: [CEF]",
    ) + requirements("id: all, title: Advanced, count: 1, from: [ADV]")
    records = RECORDS + f"ann,CEF,,completed,{done},\n"
    assert day_of(folder(tmp_path, edition, ADVANCED, records=records)) == day


@pytest.mark.parametrize(("months", "day"), [("", "2025-02-28"), (", within_months: 18", "2025-03-28")])
def test_only_what_is_recent_counts(tmp_path: Path, months: str, day: str) -> None:
    edition = components(
        *(f"code: {code}, title: {code}, kind: course, credits: 10" for code in ("CEF", "ADV"))
    ) + requirements(f"id: hours, title: Recent hours, credits: 20, from: [CEF, ADV]{months}")
    records = RECORDS + "ann,CEF,,completed,2023-01-29,\n"
    assert day_of(folder(tmp_path, edition, ADVANCED, records=records)) == day


@pytest.mark.parametrize(
    ("worth", "asked", "day"),
    [
        (("4", "2"), "credits: 4", "2025-03-28"),
        (("4", "2"), "credits: 2", "2025-02-28"),
        (("{c: 4}", "{other: 9}"), "credits: 4", "2025-03-28"),
        (("{c: 1, other: 9}", "{c: 3}"), "credits: 4", "2025-03-28"),
        (("4", "4"), "count: 2", "2025-03-28"),
    ],
)
def test_requirements_in_credits(tmp_path: Path, worth: tuple[str, str], asked: str, day: str) -> None:
    """Four credits are A alone; B alone is not enough."""
    edition = components(
        f"code: A, title: A, kind: course, credits: {worth[0]}",
        f"code: B, title: B, kind: course, credits: {worth[1]}",
    ) + requirements(f"id: c, title: C, {asked}, from: [A, B]", "id: other, title: O, count: 1, from: [A, B]")
    runs = "B25,B,2025-02-03,2025-02-28\nA25,A,2025-03-03,2025-03-28\n"
    assert day_of(folder(tmp_path, edition, runs)) == day


def test_a_waiver_lets_a_component_start_and_does_nothing_else(tmp_path: Path) -> None:
    edition = components(
        "code: CEF, title: Foundations, kind: course", "code: ADV, title: Advanced, kind: course, requires: [CEF]"
    )
    edition += requirements("id: all, title: Advanced, count: 1, from: [ADV]")
    records = RECORDS + "ann,ADV,,waived,,taught it elsewhere\n"
    place = folder(tmp_path, edition, ADVANCED, records=records)
    assert day_of(place) == "2025-02-28"
    assert "may be started without what it requires: taught it elsewhere" in " ".join(run("path", place).out.split())
    both = edition.replace("count: 1, from: [ADV]", "count: 2, from: [CEF, ADV]")
    assert day_of(folder(tmp_path, both, ADVANCED, records=records)) == "2025-03-28"


def test_a_waiver_is_one_persons_own(tmp_path: Path) -> None:
    edition = components(
        "code: CEF, title: Foundations, kind: course", "code: ADV, title: Advanced, kind: course, requires: [CEF]"
    )
    edition += requirements("id: all, title: Advanced, count: 1, from: [ADV]")
    people = "learner,enrolled\nann,2025-01-02\nben,2025-01-02\n"
    place = folder(tmp_path, edition, ADVANCED, people, records=RECORDS + "ann,ADV,,waived,,why\n")
    days = {each.learner: str(each.graduation) for each in joint(load(place).instance).learners}
    assert days == {"ann": "2025-02-28", "ben": "2026-02-27"}


def joint(instance: Instance) -> Result:
    """Plan everybody."""
    return solve_paths(instance, PathQuestion(learners=planned_in(instance)))


@pytest.mark.parametrize(("group", "late"), [("", 0), ("hall", 1)])
def test_two_sittings_share_their_seats(tmp_path: Path, group: str, late: int) -> None:
    edition = components("code: A, title: A, kind: course") + requirements("id: a, title: A, count: 1, from: [A]")
    runs = "offering,component,start,end,seats,seat_group\n"
    runs += (
        f"A1,A,2025-02-03,2025-02-07,1,{group}\nA2,A,2025-02-03,2025-02-07,2,{group}\nA3,A,2025-09-01,2025-09-05,9,\n"
    )
    place = folder(tmp_path, edition, "", "learner,enrolled\nann,2025-01-02\nben,2025-01-02\n")
    (place / "offerings.csv").write_text(runs, encoding="utf-8")
    days = sorted(str(each.graduation) for each in joint(load(place).instance).learners)
    assert days.count("2025-09-05") == late


def drawn(place: Path, seed: int) -> Path:
    """Write a folder that uses everything of this page, drawn from a seed."""
    chance = Random(seed)  # noqa: S311 - made-up instances are no secret
    codes = ("A", "B", "C", "D")
    extras = [
        f", credits: {chance.choice((1, 2, 3))}{chance.choice(('', ', valid_years: 1'))}"
        + (f", requires: [{chance.choice(codes[:at])}]" if at and chance.random() < 0.5 else "")
        for at in range(4)
    ]
    edition = components(
        *(f"code: {code}, title: {code}, kind: course{more}" for code, more in zip(codes, extras, strict=True))
    )
    months = chance.choice(("", ", within_months: 12", ", within_months: 6"))
    apart = chance.choice(("", ", apart_from: [one]"))
    edition += requirements(
        f"id: one, title: One, credits: {chance.choice((1, 2, 3))}, from: [A, B, C, D]{months}",
        f"id: two, title: Two, count: 1, from: [B, C, D]{apart}",
    )
    rows = ["offering,component,start,end,seats,seat_group"]
    for number in range(10):
        month = chance.randrange(2, 13)
        group = chance.choice(("", "", "hall"))
        rows.append(
            f"R{number},{chance.choice(codes)},2025-{month:02}-03,2025-{month:02}-07,{chance.choice((1, 2))},{group}"
        )
    people = "learner,enrolled\n" + "".join(f"p{number},2024-0{number + 1}-02\n" for number in range(4))
    records = RECORDS
    for number in range(4):
        day = f"{chance.choice((2023, 2024))}-{chance.randrange(1, 13):02}-05"
        records += f"p{number},{chance.choice(codes)},,{chance.choice(('completed', 'waived'))},{day},why\n"
    place = folder(place, edition, "", people, records=records)
    (place / "offerings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place


def assert_as_flat(instance: Instance, seed: int) -> None:
    """Assert that a joint plan is what the model of all rules finds."""
    result = solve_paths(instance, PathQuestion(learners=planned_in(instance)))
    assert violations(instance, result.plan) == []
    kind, bounds, _ = best(instance, planned_in(instance))
    assert kind == "optimal"
    assert result.status in {"optimal", "infeasible"}, seed
    goals = {goal.name: goal.value for goal in result.goals}
    assert {name: goals[name] for name in FIRST} == {name: bounds[name] // all_goals()[name].scale for name in FIRST}, (
        seed
    )


def test_crowds_are_planned_as_by_the_model_of_all_rules(tmp_path: Path) -> None:
    for seed in (*range(4), 130):  # the last branched without end before the model of all rules was asked
        assert_as_flat(load(drawn(tmp_path / str(seed), seed)).instance, seed)


@pytest.mark.slow
def test_many_crowds_are_planned_as_by_the_model_of_all_rules(tmp_path: Path) -> None:
    for seed in (*range(4, 12), *range(100, 150)):
        assert_as_flat(load(drawn(tmp_path / str(seed), seed)).instance, seed)


@pytest.mark.parametrize(
    "words",
    [("path",), ("explain", "--learner", "p0"), ("repair", "--learner", "p1"), ("progress",), ("critical",), ("missed", "R1"),
     ("value", "--component", "A"), ("rules",), ("audit",), ("readings",)],
    ids=lambda words: words[0],
)  # fmt: skip
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_every_command_answers(tmp_path: Path, words: tuple[str, ...], seed: int) -> None:
    place = drawn(tmp_path, seed)
    done = run(words[0], place, *words[1:])
    assert done.code in {0, 1, 2}, done.err
    assert "defect" not in done.err
    assert done.code != 2 or "Usage" not in done.out, done.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("id: a, title: A, from: [A]", "says either `count` or `credits`"),
        ("id: a, title: A, count: 1, credits: 2, from: [A]", "says either `count` or `credits`"),
        ("id: a, title: A, credits: 5, from: [A]", "more are asked for than the 4 credits"),
        ("id: a, title: A, count: 1, from: [A], apart_from: [b]", "no other requirement of this id"),
        ("id: a, title: A, count: 1, from: [A], apart_from: [a]", "no other requirement of this id"),
        ("id: a, title: A, count: 1, from: [A], within_months: 0", "within_months"),
    ],
)
def test_faults_of_what_counts(tmp_path: Path, line: str, words: str) -> None:
    edition = components("code: A, title: A, kind: course, credits: 4") + requirements(line)
    done = run("validate", folder(tmp_path, edition, "A1,A,2025-02-03,2025-02-28\n"))
    assert done.code == 2
    assert words in done.err
    assert "e.yaml:" in done.err


def test_a_waiver_needs_its_reason(tmp_path: Path) -> None:
    edition = components("code: A, title: A, kind: course") + requirements("id: a, title: A, count: 1, from: [A]")
    records = RECORDS + "ann,A,,waived,,\n"
    done = run("validate", folder(tmp_path, edition, "A1,A,2025-02-03,2025-02-28\n", records=records))
    assert (done.code, "a waiver needs its reason" in done.err) == (2, True)
