"""Kills every command that writes, at random moments: whatever was there before, or all that comes after, and nothing between.

`python -m tests.kills 300` kills that often, the commands in turn. Each command runs in a process forked after the imports, so
that most of its life is its own work.
"""

import hashlib
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import scheduler
from scheduler.cli import main
from scheduler.files.writing import ENDING
from tests.year_files import year_folder

INSTANCES = Path(__file__).resolve().parent.parent / "instances"
SLOTS = "candidates: {first: 2025-02-03, last: 2025-02-14, weekdays: [wed], starts: ['12:00'], minutes: 60}\n"
STUDY = """format: 1
id: s
title: S
question: alone
baseline: []
scenarios:
  - {id: x, changes: [{cancel: ALPHA25W}]}
"""
Tree = dict[str, str]

COMMANDS: dict[str, tuple[str, ...]] = {
    "tidy": ("tidy", "tiny", "--yes"),
    "import": ("import", "calendar", "busy.ics", "tiny", "--who", "ada"),
    "repeats over itself": ("repeats", "waitlist", "--write", "waitlist", "--force", "--book"),
    "repeats over another": ("repeats", "waitlist", "--write", "tiny", "--force", "--book"),
    "repeats into a book": ("repeats", "waitlist", "--write", "fresh.xlsx"),
    "export a book": ("export", "tiny", "fresh.xlsx"),
    "export a folder": ("export", "old.xlsx", "waitlist", "--force"),
    "new": ("new", "fresh"),
    "new like": ("new", "fresh", "--like", "tiny", "--year", "2026"),
    "generate": ("generate", "fresh", "--learners", "3", "--years", "1", "--seed", "1"),
    "path into a file": ("path", "tiny", "--csv", "--out", "plan.csv"),
    "path with files": ("path", "tiny", "--certificate", "proof.json", "--ics", "calendars", "--quiet"),
    "pages": ("page", "tiny", "--out", "site", "--quick"),
    "calendar files": ("ics", "tiny", "--out", "calendars"),
    "progress in a book": ("progress", "tiny", "--xlsx", "fresh.xlsx"),
    "repeats with files": ("repeats", "waitlist", "--ics", "calendars"),
    "calendar into a folder": ("calendar", "small-year", "--write", "fresh"),
    "whatif into a file": ("whatif", "tiny", "study.yaml", "--executor", "serial", "--out", "study.txt"),
}
"""What is run, in a folder that holds copies of two instances and older answers."""

KEPT = ".results.sqlite"
"""In such files a study keeps one scenario after the other: they grow, and are half done at any time."""
AGAIN = 0.2
"""So often the same command is run once more after a kill: it ends well, and sweeps what was left."""
EACH_FILE = {"path with files", "pages", "calendar files", "repeats with files"}
"""Commands that write several files: each of them is old or new; all others switch at once."""


def prepared(place: Path) -> None:
    """Lay out a folder in which every command can write."""
    shutil.copytree(INSTANCES / "tiny", place / "tiny")
    shutil.copytree(INSTANCES / "tiny", place / "waitlist")
    with (place / "waitlist" / "instance.yaml").open("a") as settings:
        settings.write(SLOTS)
    (place / "waitlist" / "waitlist.csv").write_text("learner,component\nada,TOOL\nben,TOOL\n")
    events = (
        "BEGIN:VEVENT\nUID:1\nDTSTAMP:20250101T000000Z\nDTSTART:20250801T120000Z\nDTEND:20250801T130000Z\nEND:VEVENT\n"
    )
    (place / "busy.ics").write_text(
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n".replace("\n", "\r\n")
    )
    (place / "plan.csv").write_text("old\n")
    (place / "proof.json").write_text("old\n")
    (place / "calendars").mkdir()
    (place / "study.yaml").write_text(STUDY)
    year_folder(place)
    run(("export", "tiny", "old.xlsx"), place)


def run(arguments: Sequence[str], place: Path, after: float | None = None) -> tuple[int, float]:
    """Run a command in a process of its own; kill it after so many seconds. Return how it ended, and how long it lived."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _be(arguments, place)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - started


def _be(arguments: Sequence[str], place: Path) -> None:
    os.chdir(place)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    try:
        sys.argv = ["scheduler", *arguments]
        main()
    except SystemExit as ended:
        os._exit(ended.code if isinstance(ended.code, int) else 1)
    os._exit(0)


def tree(place: Path) -> Tree:
    """Return every file with what it holds, without what killed commands leave to be swept, and what studies keep."""
    found = {}
    for path in sorted(place.rglob("*")):
        inside = path.relative_to(place)
        swept = any(part.endswith(ENDING) for part in inside.parts)
        if path.is_file() and not swept and KEPT not in path.name:
            found[str(inside)] = hashlib.sha256(_content(path)).hexdigest()
    return found


def _content(path: Path) -> bytes:
    """Return what a file holds; of a workbook all but the time at which it was made."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist() if name != "docProps/core.xml")


def is_whole(name: str, now: Tree, before: Tree, done: Tree) -> bool:
    """Say whether a folder is as it was, or as it is when all is done."""
    if name not in EACH_FILE:
        return now in (before, done)
    return all(now.get(path) in {before.get(path), done.get(path)} for path in {*now, *before, *done})


def kill_one(name: str, base: Path, chance: Random, known: dict[str, tuple[Tree, Tree, float]]) -> str | None:
    """Kill a command once; return what was half done, or None."""
    if name not in known:
        known[name] = _measured(name, base)
    before, done, seconds = known[name]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "here")
        shutil.copytree(base, place)
        ended, lived = run(COMMANDS[name], place, chance.uniform(0, seconds))
        now = tree(place)
        if not is_whole(name, now, before, done):
            odd = sorted(path for path in {*now, *before, *done} if now.get(path) != done.get(path))
            return f"{name}, killed after {lived:.3f} s ({ended}): {odd[:5]}"
        if chance.random() > AGAIN:
            return None
        code, _ = run(COMMANDS[name], place)
        after = tree(place)
        left = [str(path) for path in place.rglob(f"*{ENDING}")]
        if name in {"new", "new like", "generate"} and now == done:
            return None
        if left or not is_whole(name, after, done, done):
            return f"{name}: after a kill the same command ended with {code} and left {left}"
    return None


def _measured(name: str, base: Path) -> tuple[Tree, Tree, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "here")
        shutil.copytree(base, place)
        before = tree(place)
        code, seconds = run(COMMANDS[name], place)
        done = tree(place)
    if code not in {0, 1} or before == done:
        raise RuntimeError(f"{name} ended with {code} and wrote nothing")
    return before, done, seconds


def kills(count: int, seed: int, tell: Callable[[str], object]) -> Counter[str]:
    """Kill the commands in turn; return how often each, and how often something was half done."""
    for module in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    chance = Random(seed)  # noqa: S311 - random moments are no secret
    known: dict[str, tuple[Tree, Tree, float]] = {}
    seen: Counter[str] = Counter()
    names = list(COMMANDS)
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        for number in range(count):
            name = names[number % len(names)]
            fault = kill_one(name, Path(folder), chance, known)
            seen[name] += 1
            if fault is not None:
                seen["half"] += 1
                tell(fault)
    return seen


if __name__ == "__main__":
    sys.stdout.write(f"{dict(kills(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0, print))}\n")
