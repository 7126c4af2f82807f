"""What is made of a year that is still to be planned, beside calendars made by hand, and beside flat models with the same time.

Run as `python -m tests.benchmarks.years` with any of `--kinds --learners --workshops --seeds --limit --peers`, or with
`--folders` of instances. Each year is planned in a process of its own, with a limit in seconds of the clock, and with
`--peers` each flat model (`flat_year.py`) in another with the same limit, one after the other; what is told is the processor
time. It asserts that no bound is above what was found and that nothing made by hand is better.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from models.programme.instance import Instance
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.season import season_of
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests.benchmarks.flat_year import SOLVERS, flat
from tests.benchmarks.joint_peers import LEFT_OUT
from tests.benchmarks.landscape import say

KINDS = {"usual": {}, "hard": {"hard": True}, "scarce": {"scarce": True}}
SPARE = 120.0
"""Seconds that a year may take beside its plan."""

NAMES = ("as it stands", "as last year", "largest gaps")


TINY = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What a flat model found: the worth of its calendar if there is one, and a bound of days with LEFT_OUT for each left out."""

    value: tuple[int, int, int] | None
    bound: float
    is_staffed: bool
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: promises broken, who does not graduate, days; a bound of the days if there is one; and by hand the same."""

    learners: int
    value: tuple[int, int, int]
    least: int | None
    least_out: int | None
    by_hand: dict[str, tuple[int, int, int]]
    processor: float

    @property
    def gap(self) -> str:
        """Return how far the days are from their bound, or why that cannot be said."""
        _, out, days = self.value
        if self.least_out != out:
            return f"{out - (self.least_out or 0)} learners"
        if self.least is None:
            return "no bound"
        return "proved" if self.least >= days else f"{1 - self.least / days:.1%}"


def plan(instance: Instance, limit: float) -> Found:
    """Plan a year in this process."""
    season = season_of(instance)
    planner = Planner(season, CalendarQuestion(), Budget(limit))
    began = time.process_time()
    found = planner.plan()
    spent = time.process_time() - began
    best = found.best
    by_hand = {each.name: (each.broken, each.not_graduating, each.graduation) for each in found.baselines}
    value = (best.broken, best.not_graduating, best.days)
    assert all(value <= each for each in by_hand.values())
    least = found.bounds.get("graduation")
    assert least is None or least <= best.days
    return Found(
        learners=len(season.learners),
        value=value,
        least=least,
        least_out=found.bounds.get("not-graduating"),
        by_hand=by_hand,
        processor=spent,
    )


def peer(instance: Instance, limit: float, name: str) -> Peer:
    """Return what a flat model finds in the same time, its calendar valued like all others."""
    season = season_of(instance)
    planner = Planner(season, CalendarQuestion(), Budget())
    began = time.process_time()
    found = flat(season, planner.room, limit, SOLVERS[name])
    spent = time.process_time() - began
    if found.held is None:
        return Peer(value=None, bound=found.bound, is_staffed=True, processor=spent)
    held = [season.choice[each] for each in found.held]
    worth = planner.valuer.of(held)
    value = (worth.broken, worth.not_graduating, worth.days)
    return Peer(value=value, bound=found.bound, is_staffed=planner.staff.crews(held) is not None, processor=spent)


def here(words: Sequence[str]) -> None:
    """Plan one year, or let a flat model do so, and write what was found on stdout."""
    instance, limit = load(Path(words[0])).instance, float(words[1])
    found = peer(instance, limit, words[2]) if words[2] in SOLVERS else plan(instance, limit)
    say(json.dumps(asdict(found)))


def told(folder: Path, limit: float, who: str) -> dict[str, Any] | None:
    """Plan one year in a process of its own; None if it did not end in time, or ended badly, which is said on stderr."""
    command = [sys.executable, "-m", "tests.benchmarks.years", "here", str(folder), str(limit), who]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=limit + SPARE)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        sys.stderr.write(done.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def asked(folder: Path, limit: float) -> Found | None:
    """Return what is found of one year."""
    found = told(folder, limit, "plan")
    if found is None:
        return None
    by_hand = {name: tuple(each) for name, each in found["by_hand"].items()}
    return Found(**{**found, "value": tuple(found["value"]), "by_hand": by_hand})


def beside(folder: Path, limit: float, learners: int) -> list[str]:
    """Return the cells of the flat models: what they found, their bound where it says something of the days, CPU s."""
    cells = []
    for name in SOLVERS:
        found = told(folder, limit, name)
        if found is None or found["value"] is None:
            cells += ["no answer", "-" if found is None else f"{found['processor']:.0f}"]
            continue
        left_out = found["value"][1] * LEFT_OUT
        least = "" if found["bound"] - left_out < 0 else f" (bound {math.ceil(found['bound'] - left_out - TINY):,})"
        crews = "" if found["is_staffed"] else " (cannot be staffed)"
        cells += [f"{_cell(learners, tuple(found['value']))}{least}{crews}", f"{found['processor']:.0f}"]
    return cells


def row(name: str, found: Found | None, limit: float) -> str:
    """Return one line of the table."""
    if found is None:
        return f"| {name} | {limit:.0f} |" + " - |" * 7
    cells = [_cell(found.learners, found.by_hand.get(each)) for each in NAMES]
    least = "-" if found.least is None else f"{found.least:,}"
    cells += [_cell(found.learners, found.value), least, found.gap, f"{found.processor:.0f}"]
    return f"| {name} | {limit:.0f} | " + " | ".join(cells) + " |"


def _cell(learners: int, value: tuple[int, int, int] | None) -> str:
    return "-" if value is None else f"{learners - value[1]}: {value[2]:,}"


def folders(chosen: argparse.Namespace, place: Path) -> list[tuple[str, Path]]:
    """Return the years that are asked for, made up in a place where they do not exist."""
    found = [(folder.name, folder) for folder in chosen.folders]
    grid = product(chosen.kinds, chosen.learners, chosen.workshops, chosen.seeds)
    for kind, learners, workshops, seed in grid if not found else ():
        name = f"{kind}, {learners} learners, {workshops} workshops, seed {seed}"
        folder = place / name.replace(", ", "-").replace(" ", "-")
        write(
            generate_year(YearAsked(year=2026, learners=learners, seed=seed, workshops=workshops, **KINDS[kind])),
            folder,
        )
        found.append((name, folder))
    return found


def main() -> None:
    """Plan every year that is asked for, and write the table."""
    if sys.argv[1:2] == ["here"]:
        here(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="years", description="What is made of a year that is still to be planned.")
    parser.add_argument("--folders", nargs="+", type=Path, default=[])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--learners", nargs="+", type=int, default=[10, 30, 100])
    parser.add_argument("--workshops", nargs="+", type=int, choices=(11, 30), default=[11])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--peers", action="store_true")
    chosen = parser.parse_args()
    others = [title for name in SOLVERS for title in (f"flat {name}", "CPU s")] if chosen.peers else []
    titles = [
        "year",
        "limit",
        "as it stands",
        "pattern again",
        "largest gaps",
        "found",
        "bound",
        "gap",
        "CPU s",
        *others,
    ]
    say("| " + " | ".join(titles) + " |")
    say("|---" * len(titles) + "|")
    with tempfile.TemporaryDirectory() as place:
        for name, folder in folders(chosen, Path(place)):
            found = asked(folder, chosen.limit)
            cells = beside(folder, chosen.limit, found.learners) if chosen.peers and found is not None else []
            say(" ".join([row(name, found, chosen.limit), *(f"{cell} |" for cell in cells)]))


if __name__ == "__main__":
    main()
