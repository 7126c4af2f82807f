"""All learners together at growing sizes, beside other solvers on the same instances in the same run.

Run as `python -m tests.benchmarks.bench_together [LEARNERS...]`; each size runs in a process of its own, so that its memory is
its own. Reading, each learner alone, and verifying are told apart from the joint search. It asserts that all who prove an optimum
agree, and no time at all.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.generate import generate, write
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation.answer import Joint, solve_jointly
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.paths import planned_in
from tests.benchmarks.joint_peers import LEFT_OUT, PEERS, Found

SIZES = (30, 300, 3_000, 30_000)
LIMIT = 60.0
"""Seconds for each peer."""

OURS = 300.0
"""Seconds for the product."""

MOST_FOR_PEERS = 300
TIGHTNESS = 0.8
SEED = 7


def say(words: str) -> None:
    """Write one line on the screen."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def compare(size: int) -> None:
    """Solve one size with the product, and with its peers where that is worth the time."""
    clock = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        write(generate(size, 2, SEED, TIGHTNESS), Path(place))
        clock = time.perf_counter()
        instance = load(Path(place)).instance
    say(f"\n{size} learners, {len(instance.offerings)} offerings: read in {time.perf_counter() - clock:.2f} s")
    clock = time.perf_counter()
    able = tuple(learner for learner in planned_in(instance) if solve_alone(instance, learner).path is not None)
    say(f"{len(able)} have a path alone: {time.perf_counter() - clock:.2f} s")
    clock = time.perf_counter()
    joint = solve_jointly(instance, able, Settings(), Budget(OURS))
    searched = time.perf_counter() - clock
    best = verified(instance, able, joint)
    say(f"most memory of the product {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    say(f"{'':18}{'building':>10}{'solving':>10}{'cost':>12}{'gap':>9}")
    bound = joint.bounds["not-graduating"] * LEFT_OUT + joint.bounds.get("graduation", 0)
    show("cohort-scheduler", Found(best, bound, 0.0, searched))
    if size > MOST_FOR_PEERS:
        return
    for name, peer in PEERS.items():
        found = peer(instance, able, LIMIT)
        show(name, found)
        if found.is_proved and joint.is_proved:
            assert found.cost == best, f"{name} found {found.cost}, the product {best}"


def verified(instance: Instance, able: tuple[str, ...], joint: Joint) -> int:
    """Judge the plan by every rule, and return what it costs."""
    clock = time.perf_counter()
    found = {path.learner: path for path in joint.paths}
    plan = union([found.get(learner) or standing_path(instance, learner) for learner in able])
    assert not violations(instance, plan)
    missing, days = (all_goals()[name].value(instance, plan) for name in ("not-graduating", "graduation"))
    if joint.is_proved:
        assert (missing, days) == (joint.bounds["not-graduating"], joint.bounds["graduation"])
    say(
        f"{len(joint.cohort.count)} classes, {len(joint.cohort.pool.owner)} columns, {len(joint.cohort.things)} scarce things"
    )
    say(f"verified in {time.perf_counter() - clock:.2f} s")
    return missing * LEFT_OUT + days


def show(name: str, found: Found) -> None:
    """Write a line of the table."""
    if found.cost is None:
        say(f"{name:18}{found.building:10.2f}{found.solving:10.2f}{'no plan':>12}")
        return
    gap = "proved" if found.is_proved else f"{max(0.0, found.cost - found.bound) / max(1, found.cost):.2%}"
    say(f"{name:18}{found.building:10.2f}{found.solving:10.2f}{found.cost:12}{gap:>9}")


def main() -> None:
    """Run every size asked for, or one in this process where `here` says so."""
    words = sys.argv[1:]
    if words[:1] == ["here"]:
        compare(int(words[1]))
        return
    for size in [int(word) for word in words] or SIZES:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_together", "here", str(size)], check=True)


if __name__ == "__main__":
    main()
