"""The public face: what a notebook imports, and that its answers say what the command says."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.programme.plan import Plan
from scheduler import Programme, frames, overbook
from scheduler.commands.codes import EXIT
from scheduler.files.faults import BadInstanceError
from tests.command import TINY, run

ROOT = Path(__file__).parent.parent


def command(*arguments: str) -> str:
    return run("path", TINY, "--quiet", *arguments).out


def unclocked(text: str) -> list[str]:
    return [line for line in text.splitlines() if '"seconds"' not in line]


@pytest.mark.parametrize("learners", [(), ("ada",)])
def test_the_face_says_what_the_command_says(learners: tuple[str, ...]) -> None:
    options = [word for name in learners for word in ("--learner", name)]
    found = Programme.load(str(TINY)).path(learners or None)
    assert str(found) == command(*options)
    assert unclocked(found.json()) == unclocked(command("--json", *options))


def test_one_learner_may_be_named_by_a_plain_text() -> None:
    frame = Programme.load(TINY).path("ada").frame()
    assert set(frame["learner"]) == {"ada"}


def test_html_shows_the_text_with_nothing_of_it_as_markup() -> None:
    found = Programme.load(TINY).path("ada")
    shown = found._repr_html_()
    assert shown.startswith("<pre>")
    assert shown.count("<") == 2


@pytest.mark.parametrize("learners", [None, "ada"])
def test_a_chart_is_drawn_of_one_and_of_all(learners: str | None) -> None:
    pytest.importorskip("altair")
    assert Programme.load(TINY).path(learners).chart().to_dict()["title"]


def test_who_is_unknown_is_refused_with_the_nearest_name() -> None:
    programme = Programme.load(TINY)
    with pytest.raises(ValueError, match="did you mean 'ada'"):
        programme.path("adda")
    with pytest.raises(ValueError, match="no learner is named"):
        programme.path([])
    with pytest.raises(ValueError, match="exactly one learner"):
        programme.path(alternatives=2)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInstanceError):
        Programme.load(tmp_path / "none")


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'ortools', 'pandas', 'numpy', 'rich', 'pydantic'} & set(sys.modules)"
    code = f"import sys; before = {heavy}; import scheduler; assert ({heavy}) == before"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


QUESTIONS: dict[str, tuple[Callable[[Programme], Any], tuple[str, ...]]] = {
    "explain": (lambda p: p.explain("ada", why_not="WORK25W"), ("explain", "--learner", "ada", "--why-not", "WORK25W")),
    "repair": (lambda p: p.repair(), ("repair",)),
    "missed": (lambda p: p.missed("ada"), ("missed", "--learner", "ada")),
    "progress": (lambda p: p.progress(days=90), ("progress", "--days", "90")),
    "critical": (lambda p: p.critical(), ("critical",)),
    "value": (
        lambda p: p.value("WORK", first=date(2025, 3, 1)),
        ("value", "--component", "WORK", "--first", "2025-03"),
    ),
    "seats": (lambda p: p.seats(range(3)), ("value", "--seats", "0..2")),
    "readings": (lambda p: p.readings(), ("readings",)),
    "repeats": (lambda p: p.repeats(), ("repeats",)),
    "audit": (lambda p: p.audit(), ("audit",)),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_of_the_face_says_what_its_command_says(question: str) -> None:
    asked, (name, *options) = QUESTIONS[question]
    found = asked(Programme.load(TINY))
    ran = run(name, TINY, "--quiet", *options)
    assert ran.code == EXIT[found.found.meaning]
    assert str(found) == ran.out
    assert unclocked(found.json()) == unclocked(run(name, TINY, "--quiet", "--json", *options).out)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_of_the_face_is_a_tidy_frame_with_documented_columns(question: str) -> None:
    found = QUESTIONS[question][0](Programme.load(TINY))
    frame = found.frame()
    assert list(frame.columns)
    documented = next(part for part in found.frame.__doc__.split("`") if part.startswith("frames."))
    described = getattr(frames, documented.removeprefix("frames.")).__doc__
    assert [name for name in frame.columns if f"`{name}`" not in described] == []


def test_a_plan_of_the_face_is_checked_and_its_certificate_proves_it(tmp_path: Path) -> None:
    programme = Programme.load(TINY)
    plan = programme.path()
    judged = programme.check(plan, certificate=plan.certificate())
    assert judged.frame().empty
    assert judged.proof()["is_proved"].all()
    assert judged.found.meaning == "answered"
    file = tmp_path / "plan.json"
    file.write_text(plan.json(), encoding="utf-8")
    assert str(programme.check(file)) == run("check", TINY, file, "--quiet").out


def test_a_plan_that_breaks_a_rule_is_told_row_by_row() -> None:
    programme = Programme.load(TINY)
    paths = programme.path().found.result.plan.paths
    twice = Plan(paths=tuple(replace(path, bookings=path.bookings[:1]) for path in paths))
    judged = programme.check(twice)
    assert judged.found.meaning == "blocked"
    assert len(judged.frame()) == len(judged.found.broken) > 0


def test_a_study_is_asked_by_its_file(tmp_path: Path) -> None:
    study = tmp_path / "study.yaml"
    study.write_text(
        "format: 1\nid: less\ntitle: One less\nquestion: together\nbaseline: []\n"
        "scenarios:\n  - id: none\n    changes:\n      - cancel: WORK25W\n",
        encoding="utf-8",
    )
    found = Programme.load(TINY).whatif(study, executor="serial")
    ran = run("whatif", TINY, study, "--executor", "serial", "--no-store", "--quiet")
    assert (str(found), EXIT[found.found.meaning]) == (ran.out, ran.code)
    assert set(found.frame()["scenario"]) == {"baseline", "none"}


def test_overbooking_is_asked_of_no_folder() -> None:
    found = overbook(25, 0.9, "0.05")
    assert str(found) == run("overbook", "--seats", "25", "--show-up", "0.9", "--risk", "0.05").out
    assert found.frame()["sold"].max() == found.found.most + 1
    with pytest.raises(ValueError, match="probabilities from 0 to 1"):
        overbook(25, 1.5, 0)


def test_names_that_are_unknown_are_refused_by_every_question() -> None:
    programme = Programme.load(TINY)
    with pytest.raises(ValueError, match="no offering of the name 'WORK25X'; did you mean"):
        programme.explain("ada", why_not=["WORK25X"])
    with pytest.raises(ValueError, match="no component of the name 'NONE'"):
        programme.value(["NONE"])
    with pytest.raises(ValueError, match="go together"):
        programme.audit(first=date(2025, 1, 1))
