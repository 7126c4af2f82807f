"""A study of many scenarios: with and without reuse, by one process and by two, beside HiGHS on every learner of every scenario.

Run as `python -m tests.benchmarks.bench_studies`; `quick` as an argument makes it small. It asserts equal answers, and no time.
"""

import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.instance import Instance
from scheduler.files.folder import load
from scheduler.studies.desk import Desk
from scheduler.studies.outcome import Outcome
from scheduler.studies.running import Means, Ran, ran
from scheduler.studies.study import Scenario, Step, Study, changed, step
from tests import oracle_milp
from tests.benchmarks.bench_path import say

FOLDER = Path(__file__).parent.parent.parent / "instances" / "cscce-2023-2026"
SCENARIOS = 1_000
SOLVED_ANEW = 200
"""Scenarios that are solved without reuse; the ratio is that of the same scenarios."""

MILP_SCENARIOS = 10
DEFERRED = ("cancel", "move", "seats")


def local_study(instance: Instance, count: int) -> Study:
    """Return a study of local changes: each scenario cancels, moves or resizes one or two offerings to come."""
    chance = random.Random(1)
    coming = [run.id for run in instance.offerings if run.start > instance.as_of]

    def one() -> Step:
        run, kind = chance.choice(coming), chance.choice(DEFERRED)
        if kind == "cancel":
            return step("cancel", run)
        if kind == "move":
            return step("move", run, days=chance.choice([-28, -14, -7, 7, 14, 28]))
        return step("seats", run, by=chance.choice([-20, -10, -5, -2, 2, 5]))

    drawn = [tuple(one() for _ in range(chance.choice([1, 1, 2]))) for _ in range(count)]
    scenarios = tuple(Scenario(id=f"{number}", steps=steps) for number, steps in enumerate(drawn))
    return Study(id="local", title="Local changes", scenarios=scenarios, tentative=True)


def timed(study: Study, instance: Instance, means: Means) -> tuple[Ran, float]:
    """Run a study and measure it, the start of processes included."""
    start = time.perf_counter()
    found = ran(study, instance, means)
    return found, time.perf_counter() - start


def answers(found: Ran) -> list[object]:
    """Return all that a study answers, without the seconds."""
    return [_plain(found.outcomes[case.key]) for case in found.cases]


def _plain(outcome: Outcome) -> tuple[object, ...]:
    return outcome.status, outcome.parts, outcome.days, outcome.bound, outcome.error


def by_milp(study: Study, instance: Instance, found: Ran, scenarios: Sequence[Scenario]) -> float:
    """Solve every learner of some scenarios with HiGHS through scipy; the days must be those of the study."""
    keys = {case.scenario.id: case.key for case in found.cases}
    base = Desk(study, found.instance).base
    start = time.perf_counter()
    for scenario in scenarios:
        other = changed(base, scenario.steps)
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


def main() -> None:
    """Print the figures."""
    quick = "quick" in sys.argv[1:]
    count, anew, milp = (100, 40, 2) if quick else (SCENARIOS, SOLVED_ANEW, MILP_SCENARIOS)
    instance = load(FOLDER).instance
    study = local_study(instance, count)
    before = memory()
    found, seconds = timed(study, instance, Means(executor="serial"))
    say(f"{count} scenarios x {len(instance.learners)} people, one or two local changes each")
    say(f"serial, with reuse: {seconds:.1f} s ({found.counts.solved} solved, {found.counts.reused} taken over)")
    say(f"memory: {before} MB before, {memory()} MB after")
    two, both = timed(study, instance, Means(executor="processes", workers=2))
    assert answers(two) == answers(found)
    say(f"two processes, with reuse: {both:.1f} s, {seconds / both:.1f} times as fast; same answers")
    fewer = replace(study, scenarios=study.scenarios[:anew])
    plain, without = timed(fewer, instance, Means(executor="serial", reuse=False))
    assert answers(plain) == answers(found)[: anew + 1]
    whole = without / (anew + 1) * (count + 1)
    say(f"without reuse: {without:.1f} s for {anew} scenarios, so {whole:.0f} s for all; same answers")
    say(f"reuse is {whole / seconds:.1f} times as fast as solving everything, serial")
    milps = by_milp(study, instance, found, study.scenarios[:milp])
    say(f"HiGHS (scipy) on every learner: {milps:.1f} s for {milp} scenarios, so {milps / milp * count:.0f} s for all")
    say(f"that is {milps / milp * count / seconds:.0f} times as long as with reuse; same days")


if __name__ == "__main__":
    main()
