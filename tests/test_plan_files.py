"""Plans come from answers in JSON and from tables typed by hand, and every slip is told at its place."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.programme.instance import Instance
from models.programme.plan import Booking, Plan, TaskStart
from models.programme.plan import Path as LearnerPath
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from scheduler.files.plans import PlanFile, plan_rows, read_plan
from tests.builders_files import write_instance


@pytest.fixture(name="instance")
def _instance(tmp_path: Path) -> Instance:
    return load(write_instance(tmp_path / "small")).instance


def step(offering: str | None, state: str = "planned", **more: object) -> dict[str, object]:
    return {"component": "CODE", "offering": offering, "start": "2025-04-07", "end": "2025-05-16", "role": None} | {
        "state": state,
        **more,
    }


ANSWER: dict[str, object] = {
    "command": "path",
    "edition": "mini",
    "as_of": "2025-03-25",
    "tentative": True,
    "goals": [{"name": "graduation", "value": 412, "bound": 412}],
    "learners": [
        {
            "learner": "L2",
            "status": "graduates",
            "graduation": "2026-05-14",
            "steps": [
                step("QSS25A", component="QSS", start="2025-06-12", role="talk"),
                step("CODE25S", "booked"),
                step(None, component="ORIENT", start="2025-03-27"),
                step("CODE24F", "done", start="2024-09-09"),
            ],
        },
        {"learner": "L1", "status": "blocked", "steps": []},
        {"learner": "L3", "status": "not-enrolled", "steps": []},
    ],
}
PLAN = Plan(
    paths=(
        LearnerPath(learner="L1", graduates=False),
        LearnerPath(
            learner="L2",
            bookings=(Booking(offering="CODE25S"), Booking(offering="QSS25A", role="talk")),
            tasks=(TaskStart(component="ORIENT", day=date(2025, 3, 27)),),
        ),
    )
)
TABLE = """\
learner,offering,role,start
L2,ORIENT,,2025-03-27
L2,CODE25S,,2025-04-07
L2,QSS25A,talk,2025-06-12
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path, instance: Instance) -> list[str]:
    with pytest.raises(BadInstanceError) as refused:
        read_plan(path, instance)
    return [str(fault) for fault in refused.value.faults]


def test_an_answer_is_read_as_its_plan(tmp_path: Path, instance: Instance) -> None:
    path = written(tmp_path, "answer.json", json.dumps(ANSWER))
    assert read_plan(path, instance) == PlanFile(plan=PLAN, as_of=date(2025, 3, 25), tentative=True, edition="mini")


def test_a_table_is_written_and_read_back(tmp_path: Path, instance: Instance) -> None:
    graduating = Plan(paths=(LearnerPath(learner="L1"), PLAN.paths[1]))
    text = plan_rows(graduating, instance)
    assert text == TABLE.replace("start\n", "start\nL1,,,\n")
    assert read_plan(written(tmp_path, "plan.csv", text), instance) == PlanFile(plan=graduating)


def test_a_table_names_those_who_graduate(instance: Instance) -> None:
    assert plan_rows(PLAN, instance) == TABLE


def test_a_table_may_leave_out_role_and_start(tmp_path: Path, instance: Instance) -> None:
    path = written(tmp_path, "plan.csv", "learner;offering\r\nL1;\r\nL2;ORIENT\r\nL2;CODE25S\r\n")
    expected = LearnerPath(
        learner="L2",
        bookings=(Booking(offering="CODE25S"),),
        tasks=(TaskStart(component="ORIENT", day=date(2025, 3, 26)),),
    )
    assert read_plan(path, instance).plan == Plan(paths=(LearnerPath(learner="L1"), expected))


def test_a_task_starts_at_enrolment_where_that_is_later(tmp_path: Path, instance: Instance) -> None:
    late = tuple(replace(one, enrolled=date(2025, 5, 1)) for one in instance.learners)
    path = written(tmp_path, "plan.csv", "learner,offering\nL2,ORIENT\n")
    plan = read_plan(path, replace(instance, learners=late)).plan
    assert plan.paths[0].tasks == (TaskStart(component="ORIENT", day=date(2025, 5, 1)),)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_an_exported_table_is_a_formula(tmp_path: Path, instance: Instance, start: str) -> None:
    learner = replace(instance.learners[0], id=f"{start}cmd")
    risky = replace(instance, learners=(learner,))
    plan = Plan(paths=(LearnerPath(learner=learner.id),))
    text = plan_rows(plan, risky)
    assert text == f"learner,offering,role,start\n'{start}cmd,,,\n"
    assert read_plan(written(tmp_path, "plan.csv", text), risky).plan == plan


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["plan.csv:1:1: empty: a header row is needed; allowed: learner, offering, role, start"]),
        (
            "learner,ofering\nL2,CODE25S\n",
            [
                (
                    "plan.csv:1:2: no column of this name; read 'ofering'; "
                    "allowed: learner, offering, role, start; did you mean 'offering'?"
                )
            ],
        ),
        (
            (
                "learner,offering,role,start\nL9,CODE25S,,\nL2,CODE25X,,\nL2,QSS25A,tolk,\nL2,QSS25A,,\n"
                "L1,CODE25S,,2025-04-08\nL1,ORIENT,talk,\nL1,ORIENT,,\nL1,,,\nL3,,talk,\n"
            ),
            [
                "plan.csv:2:1: learner: no learner of this id; read 'L9'; allowed: L1, L2, L3",
                (
                    "plan.csv:3:2: offering: no offering or task of this id; read 'CODE25X'; "
                    "allowed: CODE24F, CODE25S, QSS25A, PBK25F, ORIENT; did you mean 'CODE25S'?"
                ),
                "plan.csv:4:3: role: QSS25A has no such role; read 'tolk'; allowed: talk; did you mean 'talk'?",
                "plan.csv:5:2: offering: L2 has this offering already; read 'QSS25A'",
                "plan.csv:6:4: start: CODE25S starts on another day; read '2025-04-08'; allowed: 2025-04-07, or blank",
                "plan.csv:7:3: role: ORIENT is a task: it has no roles; read 'talk'",
                "plan.csv:8:2: offering: L1 has this task already; read 'ORIENT'",
                "plan.csv:9:1: learner: this learner stands here already; read 'L1'",
                "plan.csv:10:3: role: a role without an offering; read 'talk'",
            ],
        ),
    ],
)
def test_slips_in_a_table_are_told(tmp_path: Path, instance: Instance, text: str, faults: list[str]) -> None:
    assert faults_of(written(tmp_path, "plan.csv", text), instance) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('{"learners": [}', ["plan.json:1:15: not JSON: Expecting value"]),
        ("[" * 100_000, ["plan.json:1:1: nested too deeply"]),
        ("[]", ["plan.json:1:1: not a mapping; read '[]'; allowed: keys with values, like {id: core, count: 2}"]),
        ("{}", ["plan.json:1:1: learners: must be stated"]),
        (
            '{"learners": [\n {"learner": "L2", "status": "gone", "steps": [\n  {"state": "planed", "offering": 3}]}]}',
            [
                (
                    "plan.json:2:30: learners[0].status: not one of the words for this; read 'gone'; "
                    "allowed: graduates, graduated, blocked, unknown or not-enrolled"
                ),
                (
                    "plan.json:3:13: learners[0].steps[0].state: not one of the words for this; read 'planed'; "
                    "allowed: done, booked, planned or tentative; did you mean 'planned'?"
                ),
                (
                    "plan.json:3:35: learners[0].steps[0].offering: not a text; read '3'; "
                    "allowed: a text (put a number or true in quotes)"
                ),
            ],
        ),
        (
            (
                '{"learners": [\n {"learner": "L2", "status": "graduates", "steps": [\n  {"state": "planned"},\n'
                '  {"state": "planned", "offering": "CODE25X"}]},\n {"learner": "L2", "status": "blocked"}]}'
            ),
            [
                (
                    "plan.json:3:3: learners[0].steps[0].offering: no offering or task of this id; read ''; "
                    "allowed: CODE24F, CODE25S, QSS25A, PBK25F, ORIENT"
                ),
                (
                    "plan.json:4:36: learners[0].steps[1].offering: no offering or task of this id; read 'CODE25X'; "
                    "allowed: CODE24F, CODE25S, QSS25A, PBK25F, ORIENT; did you mean 'CODE25S'?"
                ),
                "plan.json:5:14: learners[1].learner: this learner stands here already; read 'L2'",
            ],
        ),
    ],
)
def test_slips_in_an_answer_are_told(tmp_path: Path, instance: Instance, text: str, faults: list[str]) -> None:
    assert faults_of(written(tmp_path, "plan.json", text), instance) == faults


def test_a_plan_that_is_not_there_is_one_fault(tmp_path: Path, instance: Instance) -> None:
    assert faults_of(tmp_path / "plan.json", instance) == ["plan.json: there is no such file"]
    assert faults_of(tmp_path / "plan.csv", instance) == ["plan.csv: there is no such file"]
    assert faults_of(tmp_path, instance) == [f"{tmp_path.name}: this is a folder; a file is needed here"]
