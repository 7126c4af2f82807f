"""`scheduler explain` and `scheduler repair` as people meet them: words, JSON, exit codes, bad input, and nobody else's name."""

import json
import re
from pathlib import Path

import pytest

from models.changes.calendar import with_seats
from scheduler.answers.explain import explained
from scheduler.costs import Costs, as_yaml
from scheduler.engines.budget import Budget
from scheduler.files.costs import read_costs
from scheduler.files.folder import load
from tests.command import INSTANCES, TINY, run

REAL = INSTANCES / "cscce-2023-2026"


def test_an_explanation_reads_like_this() -> None:
    ran = run("explain", TINY, "--learner", "ada")
    assert ran.code == 0
    assert ran.out.partition("\n\n")[2] == (
        "ada graduates on 2025-06-17 at the earliest.\n"
        "No earlier day is possible, because\n"
        "  - two QSS are required [tiny]\n"
        "      without it: the same day, for other reasons\n"
        "  - the only QSS run that ends before 2025-06-17 is QSS25A 2025-03-11\n"
        "    [offerings.csv]\n"
        "      without it: 2025-03-28, 81 days earlier\n"
        "  These together rule out every earlier day, and none of them can be spared for\n"
        "  that.\n"
        "\n"
        "In the plan of all learners together the day is the same.\n"
    )


def test_why_an_offering_is_not_in_the_plan_reads_like_this() -> None:
    ran = run("explain", TINY, "--learner", "ada", "--why-not", "WORK25W")
    assert ran.code == 0
    assert ran.out.partition("\n\n")[2] == (
        "ada graduates on 2025-06-17 at the earliest.\n"
        "2 facts together rule out every earlier day: scheduler explain without more\n"
        "options lists them.\n"
        "\n"
        "In the plan of all learners together the day is the same.\n"
        "\n"
        "WORK25W is possible and costs 91 days: the day is then 2025-09-16, because\n"
        "  - two QSS are required [tiny]\n"
        "  - the QSS runs that end before 2025-09-16 are QSS25A 2025-03-11 and QSS25B\n"
        "    2025-06-17 [offerings.csv]\n"
        "  - QSS25A and WORK25W meet at the same time, on 2025-03-11 at 13:00\n"
        "    America/New_York time [sessions.csv]\n"
    )


def test_who_would_be_freed_at_the_cost_of_others_is_told_what_they_would_lose() -> None:
    ran = run("explain", TINY, "--learner", "cal")
    assert ran.out.endswith(
        "  Dropping any one of these would free the learner; with one of them only if\n"
        "  somebody else gives up a seat that this plan gives them.\n"
        '  - without "cal cannot come 2025-03-01 to 2025-03-31" cal would graduate on\n'
        "    2025-03-28, and the others would graduate 101 days later, all together\n"
        "  Searched: cal has the earliest path then, and all others are planned anew,\n"
        "  most graduates and then fewest days in all.\n"
        "\n"
        "1 reason: proved to be all there is.\n"
    )
    (cost,) = json.loads(run("explain", TINY, "--learner", "cal", "--json").out)["freed_at_others_cost"]
    assert (cost["rule"], cost["others_fewer"], cost["others_later"]) == ("attendance", 0, 101)


def test_a_repair_reads_like_this() -> None:
    ran = run("repair", TINY, "--count", "1")
    assert ran.code == 1
    assert "\n\n1. Cost 25\n" in ran.out
    assert "   - add 1 seat to BETA25S (2025-03-03 to 2025-03-28) (cost 10)\n" in ran.out
    assert "   cal then graduates on 2025-03-28.\n\nIt is proved that every other costs 80 or more.\n" in ran.out


@pytest.mark.parametrize(
    ("offering", "words"),
    [
        ("QSS25C", "QSS25C is possible and costs no day: a path with it graduates on 2025-06-17 too."),
        ("ALPHA25W", "ALPHA25W is in the plan."),
        ("ALPHA25F", "With ALPHA25F, ada cannot graduate, because"),
    ],
)
def test_what_is_said_of_an_offering(offering: str, words: str) -> None:
    assert words in run("explain", TINY, "--learner", "ada", "--why-not", offering).out


def test_an_offering_that_has_started_is_called_so() -> None:
    ran = run("explain", TINY, "--learner", "ada", "--why-not", "WORK25W", "--as-of", "2025-03-11")
    assert "WORK25W cannot be booked: WORK25W started on 2025-03-11, not after 2025-03-11." in ran.out


def test_by_a_day_that_is_possible_there_is_nothing_to_change() -> None:
    ran = run("explain", TINY, "--learner", "ada", "--by", "2025-07-01")
    assert "By 2025-07-01 it is possible: the day is 2025-06-17." in ran.out


def test_by_an_earlier_day_the_cheapest_changes_are_shown() -> None:
    found = json.loads(run("explain", TINY, "--learner", "ada", "--by", "2025-06-16", "--json").out)["by"]
    assert found["proved"]
    (first, *_) = found["repairs"]
    assert [(each["kind"], each["about"]) for each in first["changes"]] == [("add_offering", "QSS")]
    assert first["gains"] == [{"learner": "ada", "before": "2025-06-17", "after": first["gains"][0]["after"]}]
    assert first["gains"][0]["after"] <= "2025-06-16"


@pytest.mark.parametrize("learner", ["L24", "L27"])
def test_an_explanation_names_no_other_learner(learner: str) -> None:
    ran = run("explain", REAL, "--learner", learner)
    assert set(re.findall(r"\bL\d\d\b", ran.out)) == {learner}


def test_waiting_for_seats_is_told_beside_the_day_alone() -> None:
    found = json.loads(run("explain", REAL, "--learner", "L27", "--json").out)
    assert (found["alone"], found["delay"] > 0, found["together"]) == ("2025-10-22", True, True)
    assert {each["rule"] for each in found["cause"]} <= {"seats", "role_places"}
    assert found["cause"]


def test_the_same_question_has_the_same_answer() -> None:
    def answer() -> str:
        return re.sub(r'"seconds": [\d.]+', "", run("repair", TINY, "--json").out)

    assert answer() == answer()


def test_out_writes_what_the_screen_shows(tmp_path: Path) -> None:
    ran = run("explain", TINY, "--learner", "cal", "--out", tmp_path / "x.txt", "--quiet")
    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == run("explain", TINY, "--learner", "cal").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", TINY), "Missing option '--learner'"),
        (("explain", TINY, "--learner", "aad"), "did you mean 'ada'?"),
        (("explain", TINY, "--learner", "ada", "--why-not", "WRK25W"), "did you mean 'WORK25W'?"),
        (("explain", TINY, "--learner", "ada", "--by", "2024-01-01"), "is not after the planning day 2025-01-06"),
        (("explain", TINY, "--learner", "ada", "--costs", "c.yaml"), "--costs needs --by"),
        (("repair", TINY, "--learner", "bne"), "did you mean 'ben'?"),
        (("repair", TINY, "--learner", "ben", "--all"), "--all and --learner exclude each other"),
        (("repair", TINY, "--by", "soon"), "'soon' is not a day"),
        (("repair", TINY, "--costs", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_bad_use_is_refused_in_one_sentence(words: tuple[str | Path, ...], told: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("add_seet: 3", "2:1: no key of this name; read 'add_seet'"),
        ("add_seat: 0", "2:11: add_seat: a number out of range; read '0'; allowed: at least 1"),
        ("add_seat: many", "2:11: add_seat: not a whole number; read 'many'"),
    ],
)
def test_a_fault_in_a_costs_file_has_its_place(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text(f"format: 1\n{line}\n", encoding="utf-8")
    ran = run("repair", TINY, "--costs", file)
    assert ran.code == 2
    assert told in ran.err


def test_the_printed_costs_are_a_costs_file(tmp_path: Path) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text(run("repair", "--print-costs").out, encoding="utf-8")
    assert read_costs(file) == Costs()
    file.write_text(as_yaml(Costs(add_seat=None, add_place=1)), encoding="utf-8")
    assert read_costs(file) == Costs(add_seat=None, add_place=1)


def test_a_kind_of_change_without_a_cost_is_never_proposed(tmp_path: Path) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text("format: 1\nadd_seat: null\nextend_window: 1\n", encoding="utf-8")
    found = json.loads(run("repair", TINY, "--costs", file, "--json", "--count", "9").out)
    kinds = {change["kind"] for repair in found["repairs"] for change in repair["changes"]}
    assert found["repairs"][0]["cost"] == 4
    assert "add_seat" not in kinds
    assert found["bound"] is None


def test_where_nothing_can_be_changed_it_is_proved_that_nothing_helps(tmp_path: Path) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text("format: 1\n" + "".join(f"{kind}: null\n" for kind in Costs().by_kind), encoding="utf-8")
    ran = run("repair", TINY, "--costs", file)
    assert ran.code == 1
    assert "It is proved that no such change is enough" in ran.out


def test_a_stopped_explanation_claims_nothing() -> None:
    budget = Budget()
    budget.stopped = True
    found = explained(load(TINY).instance, "cal", budget=budget)
    assert (found.chain, found.is_proved) == ((), False)
    assert found.conflicts is None


def test_seats_that_others_take_in_the_plan_are_told_without_a_count() -> None:
    instance = with_seats("QSS25B", 0)(load(TINY).instance)
    found = explained(instance, "ada")
    facts = [link.fact.sentence for link in found.chain]
    assert any("QSS25B is full" in fact for fact in facts) == (found.answer.alone is not None)
