"""Runs the command line inside the tests' own process."""

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from scheduler.commands.program import program

INSTANCES = Path(__file__).parent.parent / "instances"
TINY = INSTANCES / "tiny"


@dataclass(frozen=True)
class Ran:
    """What a command wrote, and its exit code."""

    code: int
    out: str
    err: str


def run(*words: str | Path) -> Ran:
    """Run `scheduler` with these arguments on a screen of 80 columns."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"})
    result = runner.invoke(program, [str(word) for word in words], prog_name="scheduler")
    return Ran(result.exit_code, result.stdout, result.stderr)
