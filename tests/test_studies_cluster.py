"""A study on a real Dask cluster on loopback: two workers, of which one is killed; and clusters that cannot be used."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.studies.cluster import PATIENCE, ClusterError
from scheduler.studies.running import Means, ran, run
from tests.command import TINY
from tests.command import run as command
from tests.test_studies_running import same, study, tiny

pytest.importorskip("distributed")
pytestmark = [pytest.mark.filterwarnings("default")]
ROOT = Path(__file__).parent.parent
WAIT = 60


def started(*words: str) -> "subprocess.Popen[str]":
    """Start a program of Dask that tells on stderr how it goes."""
    return subprocess.Popen(
        [sys.executable, "-m", *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=ROOT
    )


def told(process: "subprocess.Popen[str]", pattern: str) -> str:
    """Read what a program tells until it fits a pattern."""
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(pattern, line)
        if found:
            return found[1]
    raise AssertionError(f"it never said {pattern}")


def worker(address: str) -> "subprocess.Popen[str]":
    """Start one worker: no nanny, so that a killed one stays dead."""
    words = (
        "distributed.cli.dask_worker",
        address,
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
    )
    return started(*words)


@contextmanager
def cluster(
    workers: int, heads: "list[subprocess.Popen[str]] | None" = None
) -> Iterator[tuple[str, list["subprocess.Popen[str]"]]]:
    """Run a scheduler and workers as programs of their own."""
    head = started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    crew: list[subprocess.Popen[str]] = []
    if heads is not None:
        heads.append(head)
    try:
        address = told(head, r"Scheduler at: +(tcp://\S+)")
        crew = [worker(address) for _ in range(workers)]
        for each in crew:
            told(each, r"Registered to: +(tcp://\S+)")
        yield address, crew
    finally:
        for process in [*crew, head]:
            process.kill()
            process.communicate(timeout=WAIT)


@pytest.mark.slow
def test_a_killed_worker_loses_nothing() -> None:
    serial = run(study(60), tiny(), executor="serial")
    with cluster(2) as (address, crew):
        killed: list[int] = []

        def tell(_done: int, _total: int) -> None:
            if not killed:
                crew[0].send_signal(signal.SIGKILL)
                killed.append(crew[0].wait(WAIT))

        assert same(serial, run(study(60), tiny(), executor="dask", address=address, tell=tell))
        assert killed == [-signal.SIGKILL]


@pytest.mark.slow
def test_a_cluster_without_workers_is_named() -> None:
    with cluster(0) as (address, _):
        start = time.monotonic()
        with pytest.raises(ClusterError, match="has no workers"):
            ran(study(3), tiny(), Means(executor="dask", address=address))
        assert time.monotonic() - start < WAIT


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["workers", "scheduler"])
def test_a_cluster_that_dies_ends_the_command_in_words_and_keeps_what_is_done(tmp_path: Path, victim: str) -> None:
    store = tmp_path / "kept.sqlite"
    heads: list[subprocess.Popen[str]] = []
    with cluster(2, heads) as (address, crew):
        killed: list[float] = []

        def tell(_done: int, _total: int) -> None:
            if not killed:
                for each in crew if victim == "workers" else heads:
                    each.send_signal(signal.SIGKILL)
                killed.append(time.monotonic())

        means = Means(executor="dask", address=address, store=store)
        with pytest.raises(ClusterError, match="finished are kept, and the same command goes on"):
            ran(study(200), tiny(), means, tell=tell)
        assert (
            time.monotonic() - killed[0] < 3 * PATIENCE
        )  # it waits for ten seconds, and a busy machine has its own pace
    again = ran(study(200), tiny(), Means(executor="serial", store=store))
    assert again.is_whole
    assert again.kept >= 1


@pytest.mark.slow  # it waits for ten seconds
def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    asked = tmp_path / "study.yaml"
    asked.write_text("format: 1\nid: s\ntitle: S\nquestion: alone\nbaseline: []\n", encoding="utf-8")
    done = command("whatif", TINY, asked, "--scheduler", "tcp://127.0.0.1:9", "--quiet")
    assert (done.code, done.err) == (2, "no Dask scheduler answers at tcp://127.0.0.1:9 (waited 10 seconds)\n")


def test_the_means_go_together(tmp_path: Path) -> None:
    asked = tmp_path / "study.yaml"
    asked.write_text("format: 1\nid: s\ntitle: S\nquestion: alone\nbaseline: []\n", encoding="utf-8")
    done = command("whatif", TINY, asked, "--executor", "dask")
    assert done.code == 2
    assert "go together" in done.err
    with pytest.raises(ClusterError, match="needs the address"):
        ran(study(1), tiny(), Means(executor="dask"))
