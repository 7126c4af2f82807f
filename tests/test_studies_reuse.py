"""What a study takes over from earlier answers is what solving everything gives: for each rule, over made-up instances."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes.calendar import with_calendar
from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path, Plan
from scheduler.engines.budget import Budget
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.studies.blocked import blocks, core
from scheduler.studies.desk import Desk
from scheduler.studies.memory import Memory, RememberedAnswer, remembered_alone
from scheduler.studies.study import Study, after_steps, step
from scheduler.studies.together import JointPlans, outcome_alone
from tests.command import TINY
from tests.small_words import Size, themed
from tests.strategies import made
from tests.studies_builders import drawn_steps

seeds = st.integers(min_value=0, max_value=100_000)
GOALS = ("graduation", "wishes", "debuts", "earliest")
FEW = settings(max_examples=6)


def luck(seed: int) -> random.Random:
    """Return the random choices of a seed."""
    return random.Random(seed)  # noqa: S311 - made-up changes are no secret


def small(seed: int) -> Instance:
    """Return a small instance of one to three learners."""
    size = themed(seed, edges=seed % 2 == 0, offerings=12)
    return made(seed, replace(size, learners=1 + seed % 3))


def worth(instance: Instance, answer: RememberedAnswer) -> tuple[object, ...]:
    """Return an answer's status, its day, and the value of every goal."""
    path: Path | None = answer.path
    if path is None:
        return answer.status, answer.day
    plan = Plan(paths=(path,))
    assert violations(instance, plan) == []
    return answer.status, answer.day, *(all_goals()[name].value(instance, plan) for name in GOALS)


@FEW
@given(seeds)
def test_answers_that_are_taken_over_are_those_that_solving_gives(seed: int) -> None:
    chance = luck(seed)
    base = small(seed)
    memory = Memory(base)
    for steps in [(), *(drawn_steps(chance, base) for _ in range(8))]:
        instance = after_steps(base, steps)
        scene = memory.scene(instance)
        for learner in instance.learners:
            taken = memory.answer(scene, learner.id, Budget())
            assert worth(instance, taken) == worth(instance, remembered_alone(instance, learner.id, Budget())), steps


def test_each_rule_takes_something_over() -> None:
    same = unmoved = through_blocking = 0
    for seed in range(12):
        chance = luck(seed)
        base = small(seed)
        memory = Memory(base)
        for steps in [(), *(drawn_steps(chance, base, 1) for _ in range(8))]:
            scene = memory.scene(after_steps(base, steps))
            for learner in scene.instance.learners:
                memory.answer(scene, learner.id, Budget())
        same += memory.counts.same
        unmoved += memory.counts.unmoved
        through_blocking += sum(each.blocking is not None for rows in memory.anchors.values() for each in rows)
    assert min(same, unmoved, through_blocking) > 0


@FEW
@given(seeds)
def test_what_does_not_block_may_be_on_any_day(seed: int) -> None:
    chance = luck(seed)
    base = small(seed)
    for learner in base.learners:
        if remembered_alone(base, learner.id, Budget()).status != "blocked":
            continue
        codes = core(base, learner.id, Budget())
        assert blocks(base, learner.id, codes, Budget())
        for _ in range(4):
            moved = [
                run if run.component in codes else replace(run, **_anywhere(chance, run, base))
                for run in base.offerings
            ]
            other = with_calendar(base, moved)
            assert remembered_alone(other, learner.id, Budget()).status == "blocked"


def _anywhere(chance: random.Random, run: Offering, base: Instance) -> dict[str, Any]:
    """Return a run's dates as any others, with seats for everybody."""
    start = base.as_of + timedelta(days=chance.randint(1, 60))
    end = start + (run.end - run.start) * chance.choice([0, 1])
    return {
        "start": start,
        "end": end,
        "sessions": (),
        "seats": None,
        "status": "published",
        "registration_closes": None,
    }


@pytest.mark.slow
@FEW
@given(seeds)
def test_joint_plans_that_are_taken_over_are_worth_what_solving_gives(seed: int) -> None:
    chance = luck(seed)
    base = made(seed, Size(learners=3, offerings=11, edges=seed % 2 == 0, strict=frozenset({"seats", "records"})))
    joint = JointPlans(Memory(base))
    joint.outcome(base, Budget())
    for steps in [(), *(drawn_steps(chance, base, 1) for _ in range(4))]:
        instance = after_steps(base, steps)
        found = joint.outcome(instance, Budget())
        whole = solve_paths(instance, PathQuestion(learners=tuple(one.id for one in instance.learners)))
        value = {goal.name: goal.value for goal in whole.goals}
        assert (found.status, found.days, found.bound) == (whole.status, value["graduation"], value["graduation"]), (
            steps
        )
        stuck = sum(part.status == "blocked" for part in found.parts)
        assert stuck == value["not-graduating"]


@pytest.mark.slow
def test_a_plan_of_all_stays_where_a_scenario_only_takes_away() -> None:
    intact = 0
    for seed in range(12):
        chance = luck(seed)
        base = made(seed, Size(learners=3, offerings=11, edges=True, strict=frozenset({"seats", "records"})))
        joint = JointPlans(Memory(base))
        joint.outcome(base, Budget())
        for _ in range(6):
            joint.outcome(after_steps(base, drawn_steps(chance, base, 1)), Budget())
        intact += joint.intact
    assert intact > 0


def test_without_reuse_everything_is_solved() -> None:
    base = small(3)
    desk = Desk(Study(id="s", title="S", question="alone"), base, reuse=False)
    scene = desk.memory.scene(base)
    answers = {one.id: desk.memory.answer(scene, one.id, Budget()) for one in base.learners}
    again = {one.id: desk.memory.answer(scene, one.id, Budget()) for one in base.learners}
    assert outcome_alone(base, answers) == outcome_alone(base, again)
    assert (desk.counts.solved, desk.counts.reused) == (2 * len(base.learners), 0)


def test_the_last_seat_is_seen() -> None:
    base = load(TINY).instance
    memory = Memory(base)
    path = memory.answer(memory.scene(base), "ada", Budget()).path
    assert path is not None
    for booking in path.bookings:
        full = after_steps(base, (step("seats", booking.offering, to=0),))
        roomy = after_steps(base, (step("seats", booking.offering, to=500),))
        for instance in (full, roomy):
            taken = memory.answer(memory.scene(instance), "ada", Budget())
            assert worth(instance, taken) == worth(instance, remembered_alone(instance, "ada", Budget()))
    assert memory.counts.same >= len(path.bookings), "how many seats are free beyond one is nobody's business"
