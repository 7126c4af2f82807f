"""The commands of the README are run, and their whole output is compared."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(text: str) -> list[tuple[str, str]]:
    """Return the commands of the console blocks, each with the output that stands under it."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall(text):
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                found.append((line[2:].strip(), ""))
            else:
                command, output = found[-1]
                found[-1] = command, output + line
    return found


def run(command: str, folder: Path) -> str:
    """Run a command line in a folder that holds the instances, with `scheduler` on the path; return all it writes."""
    shim = folder / "bin" / "scheduler"
    if not shim.exists():
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scheduler.cli "$@"\n')
        shim.chmod(0o755)
        (folder / "instances").symlink_to(ROOT / "instances")
    paths = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": paths, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "NO_COLOR": "1"}
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ran.stdout


def renewed(text: str, folder: Path) -> Iterator[str]:
    """Yield the README's parts with the output that its commands have now."""
    at = 0
    for block in BLOCK.finditer(text):
        yield text[at : block.start()] + "```console\n"
        for command, _ in shown(block.group()):
            yield f"$ {command}\n{run(command, folder)}"
        yield "```"
        at = block.end()
    yield text[at:]


def without_versions(text: str) -> str:
    """Leave out what another release of the solver, or another column of the tables, changes."""
    return re.sub(r"sha256:[0-9a-f]+|CP-SAT [0-9.]+", "…", text)


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are written for a POSIX shell")
def test_the_readme_shows_what_its_commands_print(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(shown(text)) >= 5
    assert without_versions("".join(renewed(text, tmp_path))) == without_versions(text)


if __name__ == "__main__":  # after a change that is meant: python -m tests.test_readme
    import tempfile

    README = ROOT / "README.md"
    README.write_text("".join(renewed(README.read_text(encoding="utf-8"), Path(tempfile.mkdtemp()))), encoding="utf-8")
