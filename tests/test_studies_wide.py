"""Studies, readings and what a run is worth to all, under many rules at once: each compared with brute force."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from models.programme.instance import Instance
from models.programme.plan import Path
from scheduler.engines.budget import Budget
from scheduler.studies.each_reading import readings_of
from scheduler.studies.memory import Memory
from scheduler.studies.study import after_steps
from scheduler.studies.together import JointPlans
from scheduler.studies.value import SupposedRuns, values_of
from tests.builders import course, edition, event, requirement
from tests.oracle_wide_joint import least_together, may_give_up
from tests.oracle_wide_laws import day_of
from tests.oracle_wide_paths import earliest, state
from tests.studies_builders import drawn_steps
from tests.wide_draws import wide

SCENARIOS = 4
SCARCE = 0.8
"""The share of offerings with one seat left."""
OTHER = edition(
    course("A"), course("B"), event("E"), course("L"), id="newer",
    requirements=[requirement(1, "A", "B"), requirement(1, "E")], documents={"S003": "the newer document"},
)  # fmt: skip


def scarce(seed: int) -> Instance:
    """Return an instance of two learners alike, but for days away, in which most offerings have one seat left."""
    drawn, chance = wide(seed, together=True), Random(f"scarce {seed}")  # noqa: S311 - made-up seats are no secret
    ada = drawn.learners[0]
    mine = [row for row in drawn.records if row.learner == ada.id]
    instance = replace(
        drawn,
        learners=(ada, replace(ada, id="ben")),
        records=tuple(replace(row, learner=who) for who in (ada.id, "ben") for row in mine),
    )
    held = instance.seats_standing
    runs = [
        replace(run, seats=run.taken + held.get(run.id, 0) + 1) if chance.random() < SCARCE else run
        for run in instance.offerings
    ]
    return replace(instance, offerings=tuple(runs))


def changed(seeds: Iterable[int], *, together: bool) -> Iterator[tuple[object, Instance, list[Instance]]]:
    """Yield an instance of each seed with some lawful changes of it."""
    for seed in seeds:
        base, chance = scarce(seed) if together else wide(seed), Random(f"study {seed}")  # noqa: S311 - made-up changes are no secret
        scenarios = [after_steps(base, drawn_steps(chance, base)) for _ in range(SCENARIOS)]
        yield seed, base, [base, *scenarios]


def whatif_alike(seeds: Iterable[int]) -> Counter[str]:
    """Assert each learner's answer alone in each scenario, most of them taken over; return how they fared."""
    seen: Counter[str] = Counter()
    for seed, base, scenarios in changed(seeds, together=False):
        memory = Memory(base)
        for number, instance in enumerate(scenarios):
            scene = memory.scene(instance)
            for who in instance.learners[:1]:
                told = memory.answer(scene, who.id, Budget())
                expected = told_by_force(instance, who.id)
                day = told.day if told.day is None else max(told.day, instance.as_of)
                assert (told.status, day) == expected, (seed, number, who.id)
                seen[told.status] += 1
        seen["taken over"] += memory.counts.same + memory.counts.unmoved
    return seen


def told_by_force(instance: Instance, learner: str) -> tuple[str, object]:
    """Return a learner's status and day, no earlier than the planning day."""
    found = state(instance, learner)
    if found == "planned":
        day = earliest(instance, learner)
        return ("blocked", None) if day is None else ("graduates", max(day, instance.as_of))
    if found == "graduated":
        day = day_of(instance, Path(learner=learner))
        return found, None if day is None or day.year == 1 else max(day, instance.as_of)
    return found, None


def whatif_together_alike(seeds: Iterable[int]) -> Counter[str]:
    """Assert the totals of each scenario's joint plan; return how often a plan was found in which way."""
    seen: Counter[str] = Counter()
    for seed, base, scenarios in changed(seeds, together=True):
        joint = JointPlans(Memory(base))
        for number, instance in enumerate(scenarios):
            if not may_give_up(instance) and len(instance.learners) == len(base.learners):
                found = joint.outcome(instance, Budget())
                stuck = sum(part.status == "blocked" for part in found.parts)
                assert (stuck, found.days or 0) == least_together(instance), (seed, number)
                seen["alike"] += 1
        seen.update(fitting=joint.fitting, intact=joint.intact, solved=joint.solved)
    return seen


def value_together_alike(seeds: Iterable[int]) -> int:
    """Assert what each offering more saves everybody together; return how many are worth something."""
    found = 0
    for seed in seeds:
        instance = scarce(seed)
        if may_give_up(instance):
            continue
        season = SupposedRuns(first=instance.as_of, last=instance.as_of + timedelta(days=31))
        before = least_together(instance)
        for row in values_of(instance, season).rows:
            after = least_together(row.extra.change(instance))
            assert row.effect.graduations == before[0] - after[0], (seed, row.extra.run.id)
            if row.effect.saved is not None and before[0] == after[0]:
                assert row.effect.saved == before[1] - after[1], (seed, row.extra.run.id)
            found += before != after
    return found


def readings_alike(seeds: Iterable[int]) -> Counter[str]:
    """Assert the days alone and the totals under each reading; return how many were looked at, and how many differ."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        instance = _disputed(scarce(seed))
        if may_give_up(instance):
            continue
        editions = [instance.editions[instance.edition], OTHER]
        for row in readings_of(instance, editions).rows:
            for alternative in row.reading.alternatives:
                under = alternative.change(instance)
                for learner, answer in row.alone[alternative.name].of.items():
                    day = answer.graduation if answer.graduation is None else max(answer.graduation, instance.as_of)
                    assert (answer.status, day) == told_by_force(under, learner), (seed, row.reading.name, learner)
                stuck, days = least_together(under)
                told = row.answers[alternative.name].of.values()
                planned = [each.graduation for each in told if each.status != "graduated" and each.graduation]
                assert sum(each.status == "blocked" for each in told) == stuck, (seed, row.reading.name)
                assert sum(max((day - instance.as_of).days, 0) for day in planned) == days, (seed, row.reading.name)
                seen["alternatives"] += 1
            seen["differ"] += bool(row.dependents)
    return seen


def _disputed(instance: Instance) -> Instance:
    """Return the instance with an edition that rests on a document which leaves something open."""
    mine = replace(instance.editions[instance.edition], documents={"S003": "the document"})
    return replace(instance, editions={**instance.editions, mine.id: mine})


def test_what_a_study_takes_over_is_what_brute_force_says() -> None:
    assert whatif_alike(range(10))["taken over"] > 0


def test_a_study_of_all_together_has_the_totals_of_brute_force() -> None:
    assert whatif_together_alike(range(8))["alike"] > 5


def test_what_one_more_run_is_worth_to_all_is_what_brute_force_says() -> None:
    assert value_together_alike((104, 112)) > 0


def test_each_reading_gives_the_days_of_brute_force() -> None:
    assert readings_alike(range(3))["alternatives"] > 5


def test_a_study_sees_that_a_seat_which_is_shared_is_gone() -> None:
    """Taking a seat from one offering of a group takes it from another, which was the only way to graduate."""
    assert whatif_alike([5342])["graduates"] > 0


@pytest.mark.slow
def test_on_many_studies_what_is_taken_over_is_what_brute_force_says() -> None:
    seen = whatif_alike(range(1000, 1060))
    assert min(seen["taken over"], seen["graduates"], seen["blocked"]) > 20


@pytest.mark.slow
def test_many_studies_of_all_together_have_the_totals_of_brute_force() -> None:
    seen = whatif_together_alike(range(1000, 1060))
    assert seen["alike"] > 100
    assert seen["solved"] > 0


@pytest.mark.slow
def test_many_runs_are_worth_to_all_what_brute_force_says() -> None:
    assert value_together_alike(range(1000, 1025)) > 0


@pytest.mark.slow
def test_many_readings_give_the_days_of_brute_force() -> None:
    assert readings_alike(range(1000, 1030))["differ"] > 2
