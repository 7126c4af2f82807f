"""A study of many scenarios: with and without reuse, by one process and by two, beside HiGHS on every learner of every scenario.

Run as `python -m tests.benchmarks.bench_studies`; `quick` as an argument makes it small. It asserts equal answers, and no time.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.folder import load
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import planned_in
from scheduler.studies.desk import Desk
from scheduler.studies.outcome import ScenarioOutcome
from scheduler.studies.running import Means, Ran, ran
from scheduler.studies.study import ChangeStep, Scenario, Study, after_steps, step
from tests import oracle_milp
from tests.benchmarks.bench_path import say

FOLDER = Path(__file__).parent.parent.parent / "instances" / "cscce-2023-2026"
SCENARIOS = 1_000
KINDS = ("cancel", "move", "seats")


def local_study(instance: Instance, count: int) -> Study:
    """Return a study of local changes: each scenario cancels, moves or resizes one or two offerings to come."""
    chance = random.Random(1)  # noqa: S311 - made-up studies are no secret
    coming = [run.id for run in instance.offerings if run.start > instance.as_of]

    def one() -> ChangeStep:
        run, kind = chance.choice(coming), chance.choice(KINDS)
        if kind == "cancel":
            return step("cancel", run)
        if kind == "move":
            return step("move", run, days=chance.choice([-28, -14, -7, 7, 14, 28]))
        return step("seats", run, by=chance.choice([-20, -10, -5, -2, 2, 5]))

    drawn = [tuple(one() for _ in range(chance.choice([1, 1, 2]))) for _ in range(count)]
    scenarios = tuple(Scenario(id=f"{number}", steps=steps) for number, steps in enumerate(drawn))
    return Study(
        id="local", question="alone", title="one or two random local changes each", scenarios=scenarios, tentative=True
    )


def timed(study: Study, instance: Instance, means: Means) -> tuple[Ran, float]:
    """Run a study and measure it, the start of processes included."""
    start = time.perf_counter()
    found = ran(study, instance, means)
    return found, time.perf_counter() - start


def answers(found: Ran) -> list[object]:
    """Return all that a study answers, without the seconds."""
    return [_plain(found.outcomes[case.key]) for case in found.cases]


def _plain(outcome: ScenarioOutcome) -> tuple[object, ...]:
    return outcome.status, outcome.parts, outcome.days, outcome.bound, outcome.error


def by_milp(study: Study, found: Ran, scenarios: Sequence[Scenario]) -> float:
    """Solve every learner of some scenarios with HiGHS through scipy; the days must be those of the study."""
    keys = {case.scenario.id: case.key for case in found.cases}
    base = Desk(study, found.instance).base
    start = time.perf_counter()
    for scenario in scenarios:
        other = after_steps(base, scenario.steps)
        parts = {part.learner: part for part in found.outcomes[keys[scenario.id]].parts}
        for learner, part in parts.items():
            if part.status in {"graduates", "blocked"}:
                day = oracle_milp.earliest(other, learner)
                said = date.fromisoformat(part.day) if part.day else None
                assert day == said, (scenario, learner, day, said)
    return time.perf_counter() - start


def memory() -> int:
    """Return the most memory this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def grid_study(instance: Instance, size: int) -> Study:
    """Return a grid of three axes of `size` alternatives each, about the three offerings that the fewest paths book.

    Each offering is as it is, cancelled, moved or resized: changes that touch few learners.
    """
    alone = [solve_alone(instance, learner).path for learner in planned_in(instance)]
    booked = Counter(booking.offering for path in alone if path for booking in path.bookings)
    coming = [run.id for run in instance.offerings if run.start > instance.as_of and run.status == "published"]
    chosen = sorted((run for run in coming if booked[run]), key=lambda run: (booked[run], run))[:3]
    axes = [
        [
            (),
            (step("cancel", run),),
            *((step("seats", run, by=by),) for by in (-20, -5, 5)),
            *((step("move", run, days=days),) for days in (-14, -7, 7, 14, 28)),
        ][:size]
        for run in chosen
    ]
    cells = [tuple(one for part in parts for one in part) for parts in product(*axes)]
    scenarios = tuple(Scenario(id=f"{number}", steps=steps) for number, steps in enumerate(cells))
    return Study(
        id="grid",
        question="alone",
        title="a grid of changes that touch few learners",
        scenarios=scenarios,
        tentative=True,
    )


def compare(study: Study, instance: Instance, anew: int, milp: int) -> None:
    """Print one study's figures; all ways of solving must give the same answers."""
    count = len(study.scenarios)
    before = memory()
    found, seconds = timed(study, instance, Means(executor="serial"))
    say(f"{count} scenarios x {len(instance.learners)} people: {study.title}")
    say(f"serial, with reuse: {seconds:.1f} s ({found.counts.solved} solved, {found.counts.reused} taken over)")
    say(f"memory: {before} MB before, {memory()} MB after")
    two, both = timed(study, instance, Means(executor="processes", workers=2))
    assert answers(two) == answers(found)
    say(f"two processes, with reuse: {both:.1f} s; same answers")
    # Every so many-th one, so that all parts of a grid are among them.
    some = study.scenarios[:: max(1, count // anew)]
    plain, without = timed(replace(study, scenarios=some), instance, Means(executor="serial", reuse=False))
    assert set(answers(plain)) <= set(answers(found))
    whole = without / (len(some) + 1) * (count + 1)
    say(f"without reuse: {without:.1f} s for {len(some)} scenarios, so {whole:.0f} s for all; same answers")
    say(f"reuse is {whole / seconds:.1f} times as fast as solving everything, serial")
    few = study.scenarios[:: max(1, count // milp)][:milp]
    milps = by_milp(study, found, few) / len(few) * count
    say(f"HiGHS (scipy) on every learner, by {len(few)} scenarios: {milps:.0f} s for all; same days")
    say(f"that is {milps / seconds:.0f} times as long as with reuse\n")


def main() -> None:
    """Print the figures."""
    quick = "quick" in sys.argv[1:]
    instance = load(FOLDER).instance
    compare(grid_study(instance, 4 if quick else 10), instance, 20 if quick else 100, 2 if quick else 8)
    title = local_study(instance, 60 if quick else SCENARIOS)
    compare(title, instance, 20 if quick else 100, 2 if quick else 8)


if __name__ == "__main__":
    main()
