"""A search for repeats that is stopped: the best proposal comes out, and the process ends in order."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.programme.instance import Instance
from tests.repeats_instances import waiting_instance

ROOT = Path(__file__).parent.parent
COMMAND = """
import sys
from pathlib import Path
from scheduler.cli import main
from scheduler.commands import opening
from scheduler.repeats import answering
from tests.test_repeats_stopped import scarce
solve = answering.solve_repeats
def told(*words, **more):
    print("started", file=sys.stderr, flush=True)
    return solve(*words, **more)
answering.solve_repeats = told
opening.opened = lambda folder, **_: scarce()
sys.argv = ["scheduler", "repeats", "nowhere", "--time-limit", "600"]
main()
"""


def scarce() -> Instance:
    """Return a question that takes much longer than these tests have."""
    return waiting_instance(1, components=11, people=500, slots=200, trainers=4)


@pytest.mark.parametrize("seconds", [0.1, 2.0])
def test_ctrl_c_shows_the_proposal_and_exits_with_three(seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == "started\n"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.send_signal(signal.SIGINT)
        output, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (3, "")
    assert "stopped before proof" in " ".join(output.split())
