"""What an offering is worth, what hangs on it, what a missed step costs and what is missing, alone, against brute force."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from models.changes.calendar import cancelled
from models.changes.passing import missed
from models.changes.people import freed
from models.programme.edition import Requirement
from models.programme.instance import Instance
from models.programme.plan import Path
from scheduler.answers.progress import progress_of
from scheduler.explain.critical import criticality
from scheduler.explain.effects import Effect
from scheduler.explain.missed import misses
from scheduler.studies.value import SupposedRuns, values_of
from tests.oracle_wide import Thing, World
from tests.oracle_wide_counts import fits, is_met, serving, worth
from tests.oracle_wide_laws import day_of
from tests.oracle_wide_paths import earliest, lawful_paths, state
from tests.wide_draws import wide

Days = dict[str, date | None]
MONTH = timedelta(days=31)


def planned(instance: Instance) -> list[str]:
    """Return who has something to plan."""
    return [who.id for who in instance.learners if state(instance, who.id) == "planned"]


def days(instance: Instance, learners: list[str]) -> Days:
    """Return the earliest day of each learner alone; of whoever has graduated, the day of that."""
    over = {who for who in learners if state(instance, who) == "graduated"}
    return {who: day_of(instance, Path(learner=who)) if who in over else earliest(instance, who) for who in learners}


def assert_effect(told: Effect, before: Days, after: Days, hint: object) -> None:
    """Assert that a difference is told as brute force sees it."""
    saved = sum((one - other).days for who, one in before.items() if one and (other := after[who]))
    assert told.saved == saved, hint
    assert set(told.gained) == {who for who, day in after.items() if day and not before[who]}, hint
    assert set(told.lost) == {who for who, day in before.items() if day and not after[who]}, hint


def cancelled_alike(seeds: range) -> int:
    """Assert what hangs on each offering; return on how many something does."""
    found = 0
    for seed in seeds:
        instance = wide(seed)
        learners = planned(instance)
        before = days(instance, learners)
        for row in criticality(instance, learners, together=False).rows if learners else ():
            after = days(cancelled(row.offering.id)(instance), learners)
            assert_effect(row.effect, before, after, (seed, row.offering.id))
            found += before != after
    return found


def added_alike(seeds: Iterable[int]) -> int:
    """Assert what each offering more is worth; return how many are worth something."""
    found = 0
    for seed in seeds:
        instance = wide(seed)
        learners = planned(instance)
        before = days(instance, learners)
        season = SupposedRuns(first=instance.as_of, last=instance.as_of + MONTH)
        for row in values_of(instance, season, together=False).rows if learners else ():
            after = days(row.extra.change(instance), learners)
            assert_effect(row.effect, before, after, (seed, row.extra.run.id))
            found += before != after
    return found


def missed_alike(seeds: range) -> int:
    """Assert when a learner graduates who misses a step; return how many steps were looked at."""
    found = 0
    for seed in seeds:
        instance = wide(seed)
        for who in planned(instance):
            told = misses(instance, who, together=False)
            for row in told.rows:
                later = missed(told.answer.path or Path(learner=who), row.booking.offering)(instance)
                expected = days(later, [who])[who] or days(freed(later), [who])[who]
                assert row.graduation == expected, (seed, who, row.booking.offering)
                found += 1
    return found


def sheets_alike(seeds: range) -> int:
    """Assert which requirements are met today, and the last day on which the rest can be started; return how many had one."""
    found = 0
    for seed in seeds:
        instance = wide(seed)
        for who in planned(instance)[:1]:
            world = World(instance=instance, path=Path(learner=who))
            (row,) = progress_of(instance, [who], together=False).rows
            for line in row.lines:
                today = [each for each in world.recorded if counts_today(world, line.requirement, each)]
                assert (line.state == "done") == is_met(world, line.requirement, today), (seed, line)
                if row.answer.status == "graduates" and line.start_by and line.what in instance.offering:
                    assert line.start_by == last_chance(world, line.requirement, today), (seed, line)
                    found += 1
    return found


def counts_today(world: World, requirement: Requirement, thing: Thing) -> bool:
    """Say whether something done counts on the planning day."""
    return world.good_until(thing, requirement.within_months) >= world.today


def last_chance(world: World, requirement: Requirement, today: list[Thing]) -> date:
    """Return the latest day, over all lawful paths, on which the first new thing for a requirement starts."""
    served = serving(world, requirement, today) or {}
    found = []
    for path in lawful_paths(world.instance, world.who.id):
        then = World(instance=world.instance, path=path)
        new = [each for each in then.chosen if each.key not in world.standing and fits(then, requirement, each)]
        new = [each for each in new if worth(then.component[each.code], requirement)]
        days = [each.first for each in new if then.component[each.code].repeatable or each.code not in served]
        found += [min(days)] if days else []
    return max(found)


def test_what_is_missing_and_its_last_chance_are_what_brute_force_says() -> None:
    assert sheets_alike(range(12000, 12020)) > 2


@pytest.mark.slow
def test_on_hundreds_of_sheets_the_same_is_missing() -> None:
    assert sheets_alike(range(12020, 12170)) > 20


def test_what_hangs_on_an_offering_is_what_brute_force_says() -> None:
    assert cancelled_alike(range(5)) > 0


def test_what_an_offering_more_is_worth_is_what_brute_force_says() -> None:
    assert added_alike((1, 2, 3, 5, 7)) > 1


def test_a_missed_step_costs_what_brute_force_says() -> None:
    assert missed_alike(range(15)) > 2


@pytest.mark.slow
def test_on_hundreds_of_calendars_the_same_offerings_matter() -> None:
    assert cancelled_alike(range(12)) > 2
    assert cancelled_alike(range(4000, 4050)) > 20


@pytest.mark.slow
def test_on_hundreds_of_calendars_offerings_are_worth_the_same() -> None:
    assert added_alike(range(8)) > 1
    assert added_alike(range(5000, 5030)) > 10


@pytest.mark.slow
def test_hundreds_of_missed_steps_cost_the_same() -> None:
    assert missed_alike(range(6000, 6075)) > 30
