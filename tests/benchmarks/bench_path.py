"""One learner's earliest path at three calendar sizes, beside other solvers on the same instances in the same run.

Run as `python -m tests.benchmarks.bench_path`. It asserts that all agree on the day, and no time at all.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date

from models.programme.instance import Instance
from scheduler.solve.alone import solve_alone
from tests.benchmarks.calendars import SIZES, cases, coming, made
from tests.benchmarks.peers import PEERS, Timed
from tests.benchmarks.stages import stages_of

CASES = 20
ROUNDS = 3
"""Each case is solved so often; the quickest counts, for the product and for its peers alike."""

MANY = 1_000


def say(words: str) -> None:
    """Write one line on the screen."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def product(instance: Instance, learner: str) -> Timed:
    """Solve with the product: the path with all its later goals, verified."""
    start = time.perf_counter()
    found = solve_alone(fresh(instance), learner)
    return Timed(found.graduation, 0.0, time.perf_counter() - start)


def again(instance: Instance, learner: str) -> Timed:
    """Solve with the product when other learners of the same instance were solved before."""
    start = time.perf_counter()
    found = solve_alone(instance, learner)
    return Timed(found.graduation, 0.0, time.perf_counter() - start)


def fresh(instance: Instance) -> Instance:
    """Forget what an earlier solve has derived from the instance: every run starts from what was loaded."""
    for name in tuple(vars(instance)):
        if name not in instance.__dataclass_fields__:
            vars(instance).pop(name)
    return instance


def quickest(solve: Callable[[Instance, str], Timed], instance: Instance, learner: str) -> Timed:
    """Return the quickest of several runs."""
    runs = []
    for _ in range(ROUNDS):
        gc.collect()
        runs.append(solve(instance, learner))
    assert len({run.day for run in runs}) == 1
    return min(runs, key=lambda run: run.seconds)


def compare(size: str, count: int) -> None:
    """Solve one size with everything and print the table."""
    found: dict[str, list[Timed]] = {}
    offerings = []
    for instance, learner in cases(size, count):
        offerings.append(coming(instance))
        found.setdefault("cohort-scheduler", []).append(quickest(product, instance, learner))
        found.setdefault("…next learner", []).append(quickest(again, instance, learner))
        for name, peer in PEERS.items():
            found.setdefault(name, []).append(quickest(peer, instance, learner))
        days: set[date | None] = {timed[-1].day for timed in found.values()}
        assert len(days) == 1, f"{instance.id}, {learner}: { ({name: timed[-1].day for name, timed in found.items()}) }"
    say(f"\n{size} offerings to come (really {min(offerings)} to {max(offerings)}), {len(offerings)} instances")
    say(f"{'':18}{'median ms':>10}{'slowest':>9}{'building':>10}{'solving':>9}{'ratio':>8}")
    ours = _median(timed.seconds for timed in found["cohort-scheduler"])
    for name, timed in found.items():
        seconds = _median(one.seconds for one in timed)
        build, solve = _median(one.building for one in timed), _median(one.solving for one in timed)
        slowest = 1000 * max(one.seconds for one in timed)
        say(f"{name:18}{seconds:10.2f}{slowest:9.1f}{build:10.2f}{solve:9.2f}{seconds / ours:8.1f}")


def _median(seconds: Iterable[float]) -> float:
    return 1000 * statistics.median(seconds)


def many(count: int) -> None:
    """Solve many learners of one instance, each alone, in one process."""
    instance = made(66, 2, 1, learners=count)
    start = time.perf_counter()
    kinds = [solve_alone(instance, learner.id).kind for learner in instance.learners]
    seconds = time.perf_counter() - start
    say(
        f"\n{len(kinds)} learners alone, {coming(instance)} offerings to come: {seconds:.2f} s, kinds {sorted(set(kinds))}"
    )


def main() -> None:
    """Print all the tables; `quick` as an argument makes them small."""
    quick = "quick" in sys.argv[1:]
    for size in SIZES:
        compare(size, 3 if quick else CASES)
        stages_of(size, 3 if quick else CASES, say)
    many(100 if quick else MANY)


if __name__ == "__main__":
    main()
