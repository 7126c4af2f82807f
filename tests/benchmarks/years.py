"""What is made of a year that is still to be planned, beside calendars made by hand, and beside flat models with the same time.

Run as `python -m tests.benchmarks.years` with any of `--kinds --learners --workshops --seeds --limit --peers`, or with
`--folders` of instances. Each year is planned in a process of its own, with a limit in seconds of the clock; what is told is
the processor time of the plan. It asserts that no bound is above what was found and that nothing made by hand is better.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from models.programme.instance import Instance
from scheduler.calendar.bounds import graduation_costs
from scheduler.calendar.demand import demands_of
from scheduler.calendar.exact import solve_exactly
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion
from scheduler.calendar.relaxed import year_of
from scheduler.calendar.season import season_of
from scheduler.engines.budget import Budget
from scheduler.engines.highs import minimise
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests.benchmarks.landscape import say

KINDS = {"usual": {}, "hard": {"hard": True}, "scarce": {"scarce": True}}
SPARE = 120.0
"""Seconds that a year may take beside its plan."""

NAMES = ("as it stands", "as last year", "largest gaps")


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


def peers(instance: Instance, limit: float) -> list[str]:
    """Return what flat models find in the same time: all rules in CP-SAT, and the bound's program with whole runs in HiGHS."""
    season = season_of(instance)
    planner = Planner(season, CalendarQuestion(), Budget(limit))
    began = time.process_time()
    exact = solve_exactly(season, planner.room, planner.dues, planner.staff, Budget(limit))
    worth = planner.valuer.of(exact.held).key[1:4] if exact is not None else "nothing"
    lines = [f"CP-SAT, all rules: {worth}, bounds {exact.bounds if exact else {}}, {time.process_time() - began:.0f} s"]
    began = time.process_time()
    year = year_of(season, demands_of(season, Budget(limit)), planner.dues, planner.room)
    year.program.require([(1.0, through[-1][1]) for _, through in year.through], low=len(season.learners) - year.stuck)
    held = minimise(year.program, graduation_costs(year, season), Budget(limit))
    names = [name for name, place in year.held.items() if held.values and held.values[place] > 1 / 2]
    told = planner.valuer.of([season.choice[name] for name in names]).key[1:4] if names else "nothing"
    spent = time.process_time() - began
    return [*lines, f"HiGHS, whole runs: {told}, bound {held.bound:.0f}, {spent:.0f} s"]


def here(words: Sequence[str]) -> None:
    """Plan one year and write what was found on stdout."""
    instance, limit = load(Path(words[0])).instance, float(words[1])
    say(json.dumps(asdict(plan(instance, limit))))
    if words[2] == "peers":
        for line in peers(instance, limit):
            say(line)


def asked(folder: Path, limit: float, *, beside: bool) -> tuple[Found | None, list[str]]:
    """Plan one year in a process of its own; None if it did not end."""
    command = [sys.executable, "-m", "tests.benchmarks.years", "here", str(folder), str(limit)]
    command.append("peers" if beside else "alone")
    more = 3 * limit if beside else 0.0
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=limit + SPARE + more)
    except subprocess.TimeoutExpired:
        return None, ["did not end"]
    if done.returncode:
        return None, [done.stderr.strip().splitlines()[-1]]
    first, *others = done.stdout.splitlines()
    told = json.loads(first)
    by_hand = {name: tuple(each) for name, each in told["by_hand"].items()}
    return Found(**{**told, "value": tuple(told["value"]), "by_hand": by_hand}), others


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
    say("| year | limit | as it stands | pattern again | largest gaps | found | bound | gap | CPU s |")
    say("|---" * 9 + "|")
    with tempfile.TemporaryDirectory() as place:
        for name, folder in folders(chosen, Path(place)):
            found, others = asked(folder, chosen.limit, beside=chosen.peers)
            say(row(name, found, chosen.limit))
            for line in others:
                say(f"    {line}")


if __name__ == "__main__":
    main()
