"""Certificates: they prove a plan without the search that found it, and one that was changed proves nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.certificates import Certificate
from scheduler.questions import PathQuestion
from scheduler.solve.certificate import CertificateVerdict, certificate_of, judge
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result
from tests.command import INSTANCES, TINY, run
from tests.joint_instances import crowded
from tests.test_bottlenecks import asked, seats, shares


def judged(result: Result, stated: dict[str, Any]) -> CertificateVerdict:
    certificate = Certificate.model_validate_json(json.dumps(stated))
    return judge(result.instance, result.plan, certificate, Settings(), Budget())


def stated(result: Result) -> dict[str, Any]:
    found = certificate_of(result)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "small",
    [
        shares(25, 8, 3),
        shares(24, 8, 3),
        seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5),
        seats(("PBK1", 10, 9), learners=5),
    ],
    ids=["one left out", "all graduate", "some wait", "nobody waits"],
)
def test_a_certificate_proves_its_plan(small: Instance) -> None:
    result = asked(small)
    verdict = judged(result, stated(result))
    assert verdict.is_proved, verdict


@pytest.mark.parametrize(("seeds", "least"), [(range(15), 3), pytest.param(range(40), 10, marks=pytest.mark.slow)])
def test_certificates_of_made_up_groups_prove_what_was_said_to_be_proved(seeds: range, least: int) -> None:
    seen = 0
    for seed, instance, _ in crowded(seeds, 4, 12):
        result = solve_paths(instance, PathQuestion(learners=tuple(each.id for each in instance.learners)))
        verdict = judged(result, stated(result))
        seen += 1
        assert (seed, verdict.faults) == (seed, ())
        assert (seed, verdict.is_proved) == (seed, result.joint is None or result.joint.is_proved)
    assert seen > least


def test_a_better_bound_than_the_prices_give_is_refused() -> None:
    result = asked(shares(25, 8, 3))
    changed = stated(result)
    changed["proofs"][-1]["bound"] += 1024
    assert any("the prices prove" in fault for fault in judged(result, changed).faults)


def test_a_cheapest_path_that_is_said_to_be_dearer_is_refused() -> None:
    result = asked(seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5))
    changed = stated(result)
    changed["proofs"][-1]["least"]["L01"] += 1
    assert any("L01" in fault for fault in judged(result, changed).faults)


def test_a_price_below_nothing_is_refused() -> None:
    result = asked(seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5))
    changed = stated(result)
    changed["proofs"][-1]["prices"].append({"rule": "seats", "offering": "PBK2", "role": None, "price": -5})
    assert any("below nothing" in fault for fault in judged(result, changed).faults)


def test_a_learner_called_impossible_who_is_not_is_refused() -> None:
    result = asked(seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5))
    changed = stated(result)
    changed["impossible"] = ["L04"]
    for proof in changed["proofs"]:
        del proof["least"]["L04"]
    assert any("L04 is called impossible" in fault for fault in judged(result, changed).faults)


def test_a_certificate_without_a_learner_is_refused() -> None:
    result = asked(seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5))
    changed = stated(result)
    del changed["proofs"][-1]["least"]["L04"]
    assert judged(result, changed).faults == ("the certificate and the plan are about other learners",)


def test_a_certificate_does_not_prove_a_worse_plan() -> None:
    small = seats(("PBK1", 10, 2), ("PBK2", 100, 9), learners=5)
    fewer = seats(("PBK1", 10, 1), ("PBK2", 100, 9), learners=5)
    verdict = judge(
        small,
        asked(fewer).plan,
        Certificate.model_validate_json(json.dumps(stated(asked(small)))),
        Settings(),
        Budget(),
    )
    assert (verdict.faults, verdict.is_proved, verdict.days > verdict.least_days) == ((), False, True)


def test_the_command_line_writes_one_and_checks_it(tmp_path: Path) -> None:
    plan, file = tmp_path / "plan.json", tmp_path / "certificate.json"
    folder = INSTANCES / "cscce-2023-2026"
    assert run("path", folder, "--json", "--out", plan, "--certificate", file).code == 1
    ran = run("check", folder, plan, "--certificate", file)
    assert (ran.code, "The certificate proves the plan: 4 learners or more" in ran.out) == (0, True)
    told = json.loads(run("check", folder, plan, "--certificate", file, "--json").out)["certificate"]
    assert (told["proved"], told["not_graduating"], told["faults"]) == (True, {"value": 4, "bound": 4}, [])


def test_a_certificate_of_another_instance_is_refused(tmp_path: Path) -> None:
    plan, file = tmp_path / "plan.json", tmp_path / "certificate.json"
    run("path", TINY, "--json", "--out", plan)
    run("path", INSTANCES / "cscce-2023-2026", "--certificate", file, "--quiet")
    ran = run("check", TINY, plan, "--certificate", file)
    assert (ran.code, "The certificate does not hold:" in ran.out) == (3, True)


@pytest.mark.parametrize(("text", "words"), [("{", "JSON"), ("{}", "required"), ('{"certificate": "one"}', "integer")])
def test_a_file_that_is_no_certificate_is_refused_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    plan, file = tmp_path / "plan.json", tmp_path / "certificate.json"
    run("path", TINY, "--json", "--out", plan)
    file.write_text(text)
    ran = run("check", TINY, plan, "--certificate", file)
    assert (ran.code, "certificate.json" in ran.err, words in ran.err) == (2, True, True)


@pytest.mark.parametrize("words", [("--free",), ("--goal", "gentlest")])
def test_there_is_none_for_other_questions(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = run("path", TINY, *words, "--certificate", tmp_path / "certificate.json")
    assert (ran.code, "--certificate" in ran.err) == (2, True)
