"""Running a study: executors agree, what was done is kept, a killed run and a killed worker lose nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.studies.frame import frame_of
from scheduler.studies.running import Means, StudyError, ran, run
from scheduler.studies.store import Store, StoreError, store_beside
from scheduler.studies.study import Sampling, Scenario, Study, step
from tests.command import TINY

ROOT = Path(__file__).parent.parent


@cache
def tiny() -> Instance:
    """Return the tiny instance."""
    return load(TINY).instance


def study(count: int = 20) -> Study:
    """Return a study of the tiny instance: seats go, offerings move."""
    runs = [run.id for run in tiny().offerings if run.start > tiny().as_of]
    scenarios = [
        Scenario(id=f"s{number}", steps=(step("move", runs[number % len(runs)], days=number),))
        for number in range(count)
    ]
    return Study(id="many", title="Many", question="alone", scenarios=tuple(scenarios))


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Say whether two tables say the same, but for the seconds."""
    return bool(one.drop(columns="seconds").equals(other.drop(columns="seconds")))


def test_one_process_several_and_an_own_executor_agree() -> None:
    few = study(8)
    serial = run(few, tiny(), executor="serial")
    assert same(serial, run(few, tiny(), executor="processes", workers=2))
    with ThreadPoolExecutor(2) as pool:
        assert same(serial, run(few, tiny(), executor=pool))
    assert same(serial, run(few, tiny(), executor="serial", reuse=False))
    assert len(serial) == 9 * (len(tiny().learners) + 1)


def test_what_was_solved_is_kept_and_not_solved_again(tmp_path: Path) -> None:
    place = tmp_path / "many.results.sqlite"
    first = run(study(8), tiny(), executor="serial", store=place)
    again = run(study(8), tiny(), executor="serial", store=place)
    assert first.equals(again)
    assert again.attrs["counts"] == {"solved": 0, "reused": 0, "kept": 9}
    more = run(study(10), tiny(), executor="serial", store=place)
    assert more.attrs["counts"]["kept"] == 9
    other = run(study(8), replace(tiny(), tentative=True), executor="serial", store=place)
    assert other.attrs["counts"]["kept"] == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from scheduler.studies.running import run
from tests.test_studies_running import study, tiny
def tell(done, total):
    if done == 5:
        os.kill(os.getpid(), signal.SIGKILL)
run(study(12), tiny(), executor="serial", store=Path(sys.argv[1]), tell=tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    place = tmp_path / "many.results.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED, place], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    rest = run(study(12), tiny(), executor="serial", store=place)
    assert rest.attrs["counts"]["kept"] == 5
    assert same(rest, run(study(12), tiny(), executor="serial"))


def test_a_damaged_store_is_named_and_left_alone(tmp_path: Path) -> None:
    place = store_beside(tmp_path / "many.yaml")
    assert place.name == "many.results.sqlite"
    place.write_bytes(b"this is no database, though it is long enough to look like one" * 40)
    with pytest.raises(StoreError, match=r"many\.results\.sqlite.*delete the file"):
        run(study(2), tiny(), executor="serial", store=place)
    place.unlink()
    with Store(place):
        pass
    with sqlite3.connect(place) as connection:
        key = ran(study(2), tiny(), Means(executor="serial")).cases[0].key
        connection.execute("INSERT INTO outcomes VALUES (?, ?)", (key, "{torn"))
    connection.close()
    with pytest.raises(StoreError):
        run(study(2), tiny(), executor="serial", store=place)


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    budget = Budget()

    def tell(done: int, _total: int) -> None:
        budget.stopped = done >= 4

    means = Means(executor="serial", store=tmp_path / "s.sqlite")
    found = ran(study(10), tiny(), means, budget=budget, tell=tell)
    frame = frame_of(found)
    totals = frame[frame["kind"] == "scenario"]
    assert list(totals["status"]).count("not-done") == 11 - 4
    assert ran(study(10), tiny(), means).kept == 4


def test_ctrl_c_stops_processes_and_keeps_what_is_done() -> None:
    budget = Budget()

    def tell(_done: int, _total: int) -> None:
        budget.stopped = True

    found = ran(study(60), tiny(), Means(executor="processes", workers=2), budget=budget, tell=tell)
    assert len(found.outcomes) > 0


def test_a_scenario_that_cannot_be_is_a_row_with_the_reason() -> None:
    count = tiny().editions["tiny"].requirements[0]
    runs = [run for run in tiny().offerings if run.start > tiny().as_of]
    broken = (
        Scenario(id="nowhere", steps=(step("cancel", "NOPE"),)),
        Scenario(id="too many", steps=(step("require", count.id, count=50),)),
        Scenario(id="too late", steps=(step("move", runs[0].id, days=3660 * 20),)),
        Scenario(id="twice", steps=(step("add", runs[0].id, like=runs[0].id, start=runs[0].start),)),
        Scenario(id="fine", steps=(step("cancel", runs[0].id),)),
    )
    frame = run(replace(study(0), scenarios=broken), tiny(), executor="serial")
    totals = frame[frame["kind"] == "scenario"].set_index("scenario")
    assert list(totals["status"]) == ["optimal", "error", "error", "error", "error", "optimal"]
    assert totals.loc["nowhere", "error"] == "there is no offering NOPE"
    assert "asks for 50 out of" in str(totals.loc["too many", "error"])
    assert "out of the years" in str(totals.loc["too late", "error"])
    assert "already" in str(totals.loc["twice", "error"])


def test_a_baseline_that_cannot_be_is_refused() -> None:
    with pytest.raises(StudyError, match="there is no offering NOPE"):
        run(replace(study(1), baseline=(step("cancel", "NOPE"),)), tiny(), executor="serial")


@pytest.mark.slow
def test_a_process_that_dies_takes_only_its_case_along() -> None:
    # A learner of this name makes the worker end itself, as running out of memory would.
    code = """
import os, sys
from dataclasses import replace
import scheduler.studies.desk as desk
from tests.test_studies_running import study, tiny
from scheduler.studies.running import run
real = desk.after_steps
def changed(instance, steps):
    if any(each.subject == "DIES" for each in steps):
        os._exit(9)
    return real(instance, steps)
desk.after_steps = changed
if __name__ == "__main__":
    from scheduler.studies.study import Scenario, ChangeStep
    made = study(14)
    dies = Scenario(id="dies", steps=(ChangeStep(change="leave", subject="DIES"),))
    made = replace(made, scenarios=(*made.scenarios[:7], dies, *made.scenarios[7:]))
    frame = run(made, tiny(), executor="processes", workers=2)
    totals = frame[frame["kind"] == "scenario"].set_index("scenario")
    print([name for name, status in totals["status"].items() if status != "optimal"], totals.loc["dies", "error"])
"""
    place = Path(os.environ.get("TMPDIR", "/tmp")) / f"dies-{os.getpid()}.py"  # noqa: S108 - a script of this test alone
    place.write_text(code, encoding="utf-8")
    try:
        paths = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, place], capture_output=True, text=True, check=False, env=paths, cwd=ROOT)
    finally:
        place.unlink()
    assert done.stdout.strip().startswith("['dies'] the process that answered it died"), done.stderr


def test_samples_that_are_more_keep_those_there_are(tmp_path: Path) -> None:
    place = tmp_path / "s.sqlite"
    few = replace(study(1), samples=Sampling(count=4, seed=3, drop_out=0.3))
    run(few, tiny(), executor="serial", store=place)
    more = run(replace(few, samples=Sampling(count=6, seed=3, drop_out=0.3)), tiny(), executor="serial", store=place)
    assert more.attrs["counts"]["kept"] == 8
