"""Commands that write are killed at random moments, and leave nothing half done."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kills import COMMANDS

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_a_killed_command_leaves_what_was_there_or_all_that_comes_after() -> None:
    command = [sys.executable, "-m", "tests.kills", str(2 * len(COMMANDS)), "1"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stdout == f"{dict.fromkeys(COMMANDS, 2)}\n", ended.stderr
