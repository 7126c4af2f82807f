"""Changes the rules in small ways, one at a time, and says which changes no test notices.

Run by hand: `python -m tests.mutation [MODULE …]`, such as `rules.seats` or `judging.completion`. Everything runs in a copy of
the tree, and a changed module lives in the memory of a child process: no file of the project is touched.

`--again FILE` tries only what an earlier run, whose output the file holds, has left.

First every test near the rules runs once, in a child of its own, which tells how long it takes and which lines of the modules it
reaches. Then each change is tried by the tests that reach its lines alone: what has noticed the last changes first, the quickest
before the slow, until one fails, or until the tests have taken SPENT seconds.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mutants import Mutant, mutants
from tests.mutants_equal import judged_equal
from tests.mutation_child import Looked, Tried, looked_at, tried

ROOT = Path(__file__).parents[1]
FOLDERS = ("rules", "formulation", "judging")
CARRIERS = {"formulate", "linear", "violations", "reachability"}
"""What only carries the others, or only makes sentences: left out."""
NEAR = tuple(os.environ.get("MUTATION_NEAR", "").split()) or (
    "test_rules_*",
    "test_second_step_*",
    "test_models_*",
    "test_goals_equal",
    "test_repeats_rules*",
    "test_wide_*",
)
"""The files of tests that look at the rules, if MUTATION_NEAR names no others."""
SPENT = float(os.environ.get("MUTATION_SPENT", "20"))
"""Seconds of processor time after which a change that nothing has noticed counts as left, whatever else reaches it."""
LEFT = "  LEFT "
REMEMBERED = 20
"""So many changes back, what noticed them is asked first."""


def modules() -> tuple[str, ...]:
    """Return the modules to change: rules first, then what they share."""
    return tuple(
        f"{folder}.{path.stem}"
        for folder in FOLDERS
        for path in sorted((ROOT / "models" / folder).glob("[a-z]*.py"))
        if path.stem not in CARRIERS
    )


@dataclass(slots=True)
class Count:
    """How the changes of one module fared."""

    tried: int = 0
    killed: int = 0
    equivalent: int = 0
    left: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the counts in one line."""
        good = (self.killed + self.equivalent) / max(1, self.tried)
        told = f"{self.tried} tried, {self.killed} killed, {self.equivalent} equivalent, {len(self.left)} left"
        return f"{told} ({good:.1%})"

    def add(self, other: "Count") -> None:
        """Add the counts of another module."""
        self.tried += other.tried
        self.killed += other.killed
        self.equivalent += other.equivalent
        self.left += other.left


class Mutation:
    """A plugin that runs in place of pytest's loop: its items are the tests."""

    def __init__(self, names: Sequence[str], again: Mapping[str, Collection[str]]) -> None:
        """Remember the modules to change, and where some changes alone are tried again, which."""
        self.names, self.again = names, again

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look at every test once, then try every change of every module."""
        if session.testsfailed:
            raise session.Interrupted("tests cannot be collected")
        wanted = {*modules(), *self.names} if "MUTATION_LOOKED" in os.environ else self.names
        files = {str(_file(name)): name for name in wanted}
        started, looked = time.monotonic(), _looked(session, files)
        _say(f"{len(looked)} tests looked at, {time.monotonic() - started:.0f} s")
        total = Count()
        for name in self.names:
            started, count = time.monotonic(), Count()
            for line in _changes_of(name, session, looked, count, self.again.get(name)):
                _say(line)
            _say(f"{name}: {count}, {time.monotonic() - started:.0f} s")
            total.add(count)
        _say(f"all: {total}")
        return True


def _file(name: str) -> Path:
    return ROOT / "models" / f"{name.replace('.', '/')}.py"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _looked(session: pytest.Session, files: dict[str, str]) -> list[Looked]:
    """Return what each test reaches; MUTATION_LOOKED names a file that keeps it between two runs on the same tree."""
    kept = Path(os.environ.get("MUTATION_LOOKED", os.devnull))
    known: dict[str, Looked] = {}
    if kept.is_file():
        known = {each["test"]: Looked(**each) for each in json.loads(kept.read_text(encoding="utf-8"))}
    found = [known.get(item.nodeid) or looked_at(item, files) for item in session.items]
    if wrong := [each.test for each in found if each.failed]:
        raise RuntimeError(f"these tests fail before anything is changed: {wrong}")
    if kept.name != Path(os.devnull).name:
        text = json.dumps([{"test": each.test, "seconds": each.seconds, "lines": each.lines} for each in found])
        kept.write_text(text, encoding="utf-8")
    return found


def _changes_of(
    name: str, session: pytest.Session, looked: Sequence[Looked], count: Count, some: Collection[str] | None
) -> Iterator[str]:
    """Try each change of a module, or some alone; yield a line for each that is left."""
    reached = [(each, frozenset(each.lines.get(name, ()))) for each in looked]
    last: deque[int] = deque(maxlen=REMEMBERED)
    equal, known = judged_equal(name), set[str]()
    for mutant in mutants(_file(name).read_text(encoding="utf-8")):
        if some is not None and mutant.words not in some:
            continue
        count.tried += 1
        known.add(mutant.words)
        near = [place for place, (_, lines) in enumerate(reached) if lines & mutant.lines]
        found = _try(name, mutant, session, _ordered(name, near, looked, last))
        if found.noticed is not None:
            last.append(found.noticed)
            count.killed += 1
        elif mutant.words in equal:
            count.equivalent += 1
        else:
            count.left.append(mutant.words)
            yield f"{LEFT}{name} {mutant.line} | {mutant.words} | {len(near)} tests reach it, {found.seconds:.1f} s"
    for words in equal.keys() - known if some is None else ():
        yield f"  no change any more, though judged to say the same: {words}"


def _ordered(name: str, near: Sequence[int], looked: Sequence[Looked], last: Sequence[int]) -> list[tuple[int, float]]:
    """Return the places of tests and their seconds: what noticed the last changes first, what names the module, the quick."""
    times, word = Counter(last), name.rpartition(".")[2]

    def late(place: int) -> float:
        return (looked[place].seconds + 0.01) / (1 + 5 * times[place]) / (3 if word in looked[place].test else 1)

    return [(place, looked[place].seconds) for place in sorted(near, key=late)]


def _try(name: str, mutant: Mutant, session: pytest.Session, order: Sequence[tuple[int, float]]) -> Tried:
    if not order:
        return Tried(noticed=None, seconds=0.0)
    return tried(
        f"models.{name}", mutant.source, [(place, session.items[place], limit) for place, limit in order], SPENT
    )


def left_in(log: Path) -> dict[str, set[str]]:
    """Return by module the changes that the output of an earlier run tells as left."""
    found: dict[str, set[str]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        if line.startswith(LEFT):
            place, words = line.removeprefix(LEFT).rpartition(" | ")[0].split(" | ", 1)
            found.setdefault(place.split()[0], set()).add(words)
    return found


def here(arguments: Sequence[str]) -> None:
    """Try the changes in this tree, which is a copy."""
    again = left_in(Path(arguments[1])) if arguments[:1] == ["--again"] else {}
    names = list(again) or arguments or modules()
    files = sorted(str(path) for pattern in NEAR for path in (ROOT / "tests").glob(f"{pattern}.py"))
    options = ["-q", "-s", "-m", "not slow", "--assert=plain", "-p", "no:xdist", "-p", "no:cacheprovider"]
    os.chdir(ROOT)
    sys.exit(pytest.main([*options, *files], plugins=[Mutation(names, again)]))


def main(arguments: Sequence[str]) -> None:
    """Copy the tree, and go on there; the copy goes on every way out."""
    if arguments[:1] == ["--here"]:
        here(arguments[1:])
    if arguments[:1] == ["--again"]:
        arguments = ["--again", str(Path(arguments[1]).resolve())]
    left_out = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "notebooks", "dist", "build", ".*_cache")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=left_out, symlinks=True)
        surroundings = {**os.environ, "PYTHONPATH": str(tree), "TMPDIR": folder}
        command = [sys.executable, "-m", "tests.mutation", "--here", *arguments]
        sys.exit(subprocess.run(command, cwd=tree, env=surroundings, check=False).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
