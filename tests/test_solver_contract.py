"""What the solving wrapper promises: limits hold, a stop keeps the best plan, and "impossible" is said only with proof."""

import signal
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.judging.violations import violations
from models.programme.edition import Component, Edition, Requirement
from models.programme.instance import Instance
from scheduler.engines import enumeration
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Outcome, Settings, run
from scheduler.engines.cpsat_run import _parameters
from scheduler.engines.enumeration import Decided, least
from scheduler.files.folder import load
from scheduler.generate import generate, write
from scheduler.questions import PathQuestion
from scheduler.solve import alone as alone_module
from scheduler.solve import lexicographic
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result
from scheduler.solve.search import Found
from tests import oracle
from tests.small_words import Size, instance_of, learner
from tests.small_words import run as run_of
from tests.strategies import made

CROWD = {"learners": 40, "years": 2, "seed": 3, "tightness": 1.0, "offerings": 60}
"""Too many people for too few seats: no proof within the seconds that these tests have."""


@cache
def crowd() -> Instance:
    """Return an instance on which a joint solve takes long."""
    with TemporaryDirectory() as place:
        write(generate(**CROWD), Path(place))  # type: ignore[arg-type]
        return load(Path(place)).instance


def plan_all(instance: Instance, budget: Budget) -> Result:
    """Ask for the paths of all learners."""
    return solve_paths(instance, PathQuestion(learners=tuple(each.id for each in instance.learners)), budget=budget)


def impossible() -> Instance:
    """Return one learner who needs two courses at the same hours of the same days, so that only a solver sees it."""
    edition = Edition(
        id="small",
        title="Small",
        components=(
            Component(code="A", title="A", kind="course"),
            Component(code="B", title="B", kind="course", requires=(("A",),)),
        ),
        requirements=(Requirement(id="both", title="Both", count=2, pool=("A", "B")),),
    )
    return instance_of(edition, [run_of("A1", "A", 3, 9), run_of("B1", "B", 5, 8)], [learner()])


def test_a_joint_solve_ends_within_two_seconds_of_its_limit() -> None:
    start = time.monotonic()
    result = plan_all(crowd(), Budget(2.0))
    assert time.monotonic() - start < 60.0  # it stops at once on a quiet machine; to the proof it would take minutes
    assert result.status == "feasible"
    assert violations(crowd(), result.plan) == []
    assert not result.reproducible


def test_a_stopped_joint_solve_gives_the_best_plan_so_far() -> None:
    budget = Budget()
    timer = threading.Timer(2.0, lambda: setattr(budget, "stopped", True))
    timer.start()
    start = time.monotonic()
    result = plan_all(crowd(), budget)
    assert time.monotonic() - start < 60.0  # as above
    assert result.status == "feasible"
    assert any(path.graduates for path in result.plan.paths)


@pytest.mark.parametrize("stopped", [False, True], ids=["no time", "stopped"])
def test_without_any_time_only_the_provably_blocked_are_called_blocked(stopped: bool) -> None:
    statuses = set()
    for seed in range(60):
        instance = made(seed, Size(learners=2))
        budget = Budget(None if stopped else 0.0)
        budget.stopped = stopped
        result = plan_all(instance, budget)
        for answer in result.learners:
            statuses.add(answer.status)
            if answer.status == "blocked":
                assert oracle.earliest(instance, answer.learner) is None, (seed, answer.learner)
    assert "unknown" in statuses


def test_without_any_time_one_learner_is_answered_rightly_or_not_at_all() -> None:
    kinds = set()
    for seed in range(60):
        instance = made(seed, Size())
        for each in oracle.to_plan(instance):
            found = solve_alone(instance, each, budget=Budget(0.0))
            kinds.add(found.kind)
            if found.kind != "unknown":
                assert found.graduation == oracle.earliest(instance, each), seed
    assert "unknown" in kinds


def test_impossible_is_confirmed_by_a_second_solve_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[object] = []

    def watched(*arguments: object, **named: object) -> Outcome:
        settings = arguments[1]
        assert isinstance(settings, Settings)
        told = _parameters(settings, Budget())
        ways.append((told.random_seed, told.cp_model_presolve, told.linearization_level))
        return run(*arguments, **named)  # type: ignore[arg-type]

    def by_rows(*arguments: object, backwards: bool = False) -> Decided | None:
        found = least(*arguments, backwards=backwards)  # type: ignore[arg-type]
        ways.append("not by rows" if found is None else "backwards" if backwards else "forwards")
        return found

    monkeypatch.setattr(lexicographic, "run", watched)
    monkeypatch.setattr(lexicographic, "least", by_rows)
    assert solve_alone(impossible(), "ada", style="gentlest").kind == "infeasible"
    assert ways == [(0, True, 2), "backwards"]
    ways.clear()
    assert solve_alone(impossible(), "ada").kind == "infeasible"
    assert ways == ["forwards"], (
        "the search over arrays has found it impossible, and a search through the rows says so too"
    )
    ways.clear()
    monkeypatch.setattr(enumeration, "LARGEST", 0)  # a large model has the solver alone, in two ways
    assert solve_alone(impossible(), "ada", style="gentlest").kind == "infeasible"
    assert ways == [(0, True, 2), "not by rows", (7919, False, 1)]


def test_a_false_impossible_is_caught_by_the_second_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def lying(*arguments: object, **named: object) -> Outcome:
        calls.append(1)
        return Outcome("infeasible") if len(calls) == 1 else run(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(lexicographic, "run", lying)
    monkeypatch.setattr(alone_module, "search", lambda _instance, _learner: Found())
    instance = made(5, Size(offerings=8))
    (each,) = oracle.to_plan(instance)
    assert oracle.earliest(instance, each) is not None
    assert solve_alone(instance, each).kind in {"optimal", "feasible"}


def test_twenty_runs_give_the_same_answer() -> None:
    def answers() -> list[object]:
        alone = [solve_alone(made(seed, Size()), "L0") for seed in (3, 4, 5, 6)]
        joint = plan_all(made(11, Size(learners=3, edges=True)), Budget())
        return [*alone, joint.plan, joint.goals, joint.learners]

    first = answers()
    assert all(answers() == first for _ in range(19))


def test_the_search_without_a_solver_gives_the_solvers_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the bound is the proof, the solver proves the same values of every goal, the tie-breaks included."""
    small = [made(seed, Size(offerings=9, edges=bool(seed % 2))) for seed in range(80)]
    compared = 0
    for instance in (*small, crowd()):
        for each in oracle.to_plan(instance)[:15]:
            found = solve_alone(instance, each)
            if found.method != "bound":
                continue
            with monkeypatch.context() as patched:
                patched.setattr(alone_module, "search", lambda _instance, _learner: Found())
                solved = solve_alone(instance, each)
            compared += 1
            assert (solved.method, solved.values, solved.path) == ("solver", found.values, found.path)
    assert compared > 15


CHILD = """
import sys
from pathlib import Path
from scheduler.commands.interrupts import stopping
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.engines.budget import Budget
from scheduler.solve.paths import solve_paths
instance = load(Path(sys.argv[1])).instance
budget = Budget(60)
question = PathQuestion(learners=tuple(each.id for each in instance.learners), style="gentlest")
with stopping(budget):
    print("started", flush=True)
    result = solve_paths(instance, question, budget=budget)
print(result.status, sum(path.graduates for path in result.plan.paths), flush=True)
"""


def interrupted(command: list[str], after: float) -> tuple[int, str, float]:
    """Start a command, interrupt it some seconds after its first line, and return exit code, output and seconds."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        if command[1] == "-c":
            assert child.stdout.readline() == "started\n"
        time.sleep(after)
        start = time.monotonic()
        child.send_signal(signal.SIGINT)
        output, _ = child.communicate(timeout=60)
        return child.returncode, output, time.monotonic() - start


@pytest.fixture(scope="module")
def crowded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the crowd to disk."""
    folder = tmp_path_factory.mktemp("crowd")
    write(generate(**CROWD), folder)  # type: ignore[arg-type]
    return folder


def test_an_interrupt_during_a_joint_solve_gives_the_best_plan(crowded_folder: Path) -> None:
    code, output, seconds = interrupted([sys.executable, "-c", CHILD, str(crowded_folder)], after=4.0)
    status, graduating = output.split()
    assert (code, status) == (0, "feasible")
    assert int(graduating) > 0
    assert seconds < 60.0  # it comes at once on a quiet machine; an answer that waits for the proof takes minutes


def test_an_interrupted_command_shows_its_plan_and_exits_with_three(crowded_folder: Path) -> None:
    command = [sys.executable, "-m", "scheduler.cli", "path", str(crowded_folder), "--json", "--goal", "gentlest"]
    code, output, seconds = interrupted(command, after=8.0)
    assert code == 3
    assert '"status": "feasible"' in output
    assert seconds < 60.0  # far less on a quiet machine; without the interrupt it would run on for minutes
