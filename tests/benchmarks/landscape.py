"""Where joint plans are proved, and where they are not: crowds of many sizes, lengths, tightnesses and shapes.

Run as `python -m tests.benchmarks.landscape` with any of `--families --learners --years --tightness --seeds --limit --peers`.
Each cell runs in a process of its own, with a limit of seconds; what is told is the processor time of the search. It asserts
that plans are lawful and that those who prove an optimum agree, and no time at all.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.generate import write
from scheduler.questions import PathQuestion
from scheduler.solve.alone import Alone, solve_alone
from scheduler.solve.paths import planned_in
from scheduler.solve.together import solve_together
from tests.benchmarks.families import FAMILIES, files
from tests.benchmarks.joint_peers import LEFT_OUT, PEERS

SPARE = 120.0
"""Seconds that a cell may take beside the search: reading, each learner alone, and judging the plan."""

EARLY = 0.9
"""A search that ends before this part of its limit without a proof has given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One crowd to plan."""

    family: str
    learners: int
    years: int
    tightness: float
    seed: int

    @property
    def row(self) -> tuple[str, int, int]:
        """The row of the table in which it stands."""
        return self.family, self.learners, self.years


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a search found: the plan's goals, bounds of both, and how it ended; seconds of the clock and of the processor."""

    left_out: int
    least_left_out: int
    days: int
    least_days: int
    is_proved: bool
    seconds: float
    processor: float

    @property
    def gap(self) -> float:
        """How much better a plan may be, as a part of the plan's cost, where a learner left out costs LEFT_OUT days."""
        cost = self.left_out * LEFT_OUT + self.days
        bound = self.least_left_out * LEFT_OUT + (self.least_days if self.least_left_out == self.left_out else 0)
        return 0.0 if self.is_proved else max(0, cost - bound) / max(1, cost)


def plan(cell: Cell, limit: float) -> tuple[Outcome, Instance, tuple[str, ...]]:
    """Plan one crowd in this process, and judge the plan by every rule."""
    with tempfile.TemporaryDirectory() as place:
        write(files(cell.family, cell.learners, cell.years, cell.seed, cell.tightness), Path(place) / "crowd")
        instance = load(Path(place) / "crowd").instance
    alone: dict[str, Alone] = {each: solve_alone(instance, each) for each in planned_in(instance)}
    able = tuple(each for each, found in alone.items() if found.path is not None)
    clock, processor = time.perf_counter(), time.process_time()
    question = PathQuestion(learners=able)
    found = solve_together(instance, question, {each: alone[each] for each in able}, Settings(), Budget(limit))
    spent, worked = time.perf_counter() - clock, time.process_time() - processor
    assert not violations(instance, found.plan)
    goals = {name: all_goals()[name].value(instance, found.plan) for name in ("not-graduating", "graduation")}
    outcome = Outcome(
        left_out=goals["not-graduating"],
        least_left_out=found.bounds.get("not-graduating", 0),
        days=goals["graduation"],
        least_days=found.bounds.get("graduation", 0),
        is_proved=found.kind == "optimal",
        seconds=spent,
        processor=worked,
    )
    return outcome, instance, able


def beside(outcome: Outcome, instance: Instance, able: tuple[str, ...], limit: float) -> Iterator[str]:
    """Yield what each peer finds in the same time."""
    for name, peer in PEERS.items():
        found = peer(instance, able, limit)
        cost = outcome.left_out * LEFT_OUT + outcome.days
        if found.is_proved and outcome.is_proved:
            assert found.cost == cost, f"{name} found {found.cost}, the product {cost}"
        ends = (
            "no plan"
            if found.cost is None
            else "proved"
            if found.is_proved
            else f"gap {1 - found.bound / max(1, found.cost):.2%}"
        )
        yield f"{name}: {ends} in {found.building + found.solving:.1f} s"


def asked(cell: Cell, limit: float, *, peers: bool) -> tuple[Outcome | None, list[str]]:
    """Plan one crowd in a process of its own; None if it did not end."""
    words = ["here", json.dumps(asdict(cell)), str(limit), "peers" if peers else "alone"]
    more = len(PEERS) * 2 * limit if peers else 0.0
    command = [sys.executable, "-m", "tests.benchmarks.landscape", *words]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=limit + SPARE + more)
    except subprocess.TimeoutExpired:
        return None, ["did not end"]
    if done.returncode:
        return None, [done.stderr.strip().splitlines()[-1]]
    first, *others = done.stdout.splitlines()
    return Outcome(**json.loads(first)), others


def here(words: Sequence[str]) -> None:
    """Plan one crowd and write what was found on stdout."""
    cell, limit = Cell(**json.loads(words[0])), float(words[1])
    outcome, instance, able = plan(cell, limit)
    say(json.dumps(asdict(outcome)))
    if words[2] == "peers":
        for line in beside(outcome, instance, able, limit):
            say(line)


def ending(outcome: Outcome | None, limit: float) -> str:
    """Return in a few words how a search ended."""
    if outcome is None:
        return "no answer"
    if outcome.is_proved:
        return "proved"
    return f"gap {outcome.gap:.3%}" + (" GAVE UP" if outcome.seconds < EARLY * limit else "")


def row(outcomes: Sequence[Outcome | None], limit: float) -> str:
    """Return one line of the table: of the cells of one family, size and length."""
    found = [each for each in outcomes if each is not None]
    proved = sum(each.is_proved for each in found)
    times = sorted(each.processor for each in found)
    middle = f"{times[len(times) // 2]:.1f} | {times[-1]:.1f}" if times else "- | -"
    worst = max((each.gap for each in found), default=1.0)
    gave_up = sum(not each.is_proved and each.seconds < EARLY * limit for each in found)
    return f"{proved} of {len(outcomes)} | {worst:.3%} | {gave_up} | {middle}"


def say(words: str) -> None:
    """Write one line on the screen."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def cells(chosen: argparse.Namespace) -> list[Cell]:
    """Return the crowds that are asked for."""
    grid = product(chosen.families, chosen.learners, chosen.years, chosen.tightness, chosen.seeds)
    return [
        Cell(family=family, learners=learners, years=years, tightness=tightness, seed=seed)
        for family, learners, years, tightness, seed in grid
    ]


def read(words: Sequence[str]) -> argparse.Namespace:
    """Read the choice of cells; by default a coarse part of the grid, which takes some minutes."""
    parser = argparse.ArgumentParser(prog="landscape", description="Where joint plans are proved.")
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=["made"])
    parser.add_argument("--learners", nargs="+", type=int, default=[30, 100])
    parser.add_argument("--years", nargs="+", type=int, default=[1, 2, 3, 4])
    parser.add_argument("--tightness", nargs="+", type=float, default=[0.5, 1.0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--peers", action="store_true")
    return parser.parse_args(words)


def main() -> None:
    """Plan every crowd that is asked for, and write the table."""
    if sys.argv[1:2] == ["here"]:
        here(sys.argv[2:])
        return
    chosen = read(sys.argv[1:])
    table: dict[tuple[str, int, int], list[Outcome | None]] = {}
    for cell in cells(chosen):
        outcome, others = asked(cell, chosen.limit, peers=chosen.peers)
        told = f"{outcome.left_out} left out, {outcome.days} days, {outcome.processor:.1f} s" if outcome else ""
        say(f"{' '.join(map(str, asdict(cell).values()))}: {ending(outcome, chosen.limit)}; {told}")
        for line in others:
            say(f"    {line}")
        table.setdefault(cell.row, []).append(outcome)
    say(
        "\n| family | learners | years | proved | worst gap | gave up | median CPU s | most CPU s |\n"
        + "|---" * 8
        + "|"
    )
    for (family, learners, years), outcomes in table.items():
        say(f"| {family} | {learners} | {years} | {row(outcomes, chosen.limit)} |")


if __name__ == "__main__":
    main()
