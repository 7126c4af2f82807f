"""Repeats keep to all that trainers.csv says of trainers, and give two trainers to what two teach together."""

import random
from dataclasses import replace

import pytest

from models.judging.violations import violations
from models.programme.instance import Instance
from models.rules import calendar_rules
from scheduler.repeats.judged import proposed
from scheduler.repeats.question import RepeatsQuestion
from scheduler.repeats.seats import seated
from tests.builders import away, course, day, learner, meets, session
from tests.repeats_builders import asked, guest, held, left, on, question, seats, shown, teaches, waits, workshop
from tests.repeats_oracle import flat


def strained(seed: int) -> Instance:
    """Return a small question whose trainers teach on some days, need breaks, give one course at once, or teach together."""
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    names = [f"p{number}" for number in range(chance.randint(2, 5))]
    codes = ["A", "B", "C"]
    parts = [course("A") if chance.random() < 0.5 else workshop("A"), workshop("B"), course("C")]
    parts = [replace(part, trainers=chance.choice((None, None, 1, 2))) for part in parts]
    rows = [waits(name, code, since=5) for name in names for code in chance.sample(codes, k=chance.randint(1, 2))]
    clocks = ("10:00", "11:15", "12:00", "12:30")
    dates = [
        on(code, chance.randint(2, 6), chance.choice(clocks), seats=chance.choice((1, 2, 3)))
        for code in codes
        for _ in range(chance.randint(1, 3))
    ]
    trainers = [
        replace(
            teaches(name, *taught),
            weekdays=chance.choice(((), (), (0, 1, 2), (3, 4))),
            min_break=chance.choice((None, 30, 60)),
            max_courses=chance.choice((None, 1)),
        )
        for name, taught in (("T", ("A", "B", "C")), ("U", ("A", "C")), ("V", ("B", "C")))
    ]
    return question(
        parts,
        [guest(name) for name in names],
        rows,
        {(each.component, each.start): each for each in dates}.values(),
        trainers=tuple(trainers),
        unavailable=(away("T", 4, 5),),
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_flat_model_of_all_rules_reaches_the_same_optimum(seed: int) -> None:
    instance = strained(seed)
    kind, values, _ = flat(instance, RepeatsQuestion())
    proposal = asked(instance)
    assert (kind, proposal.status) == ("optimal", "optimal")
    assert dict(proposal.values) == dict(values)
    assert not violations(*proposed(proposal.problem, proposal.cover), calendar_rules())


def test_a_trainer_who_teaches_on_mondays_repeats_nothing_on_a_saturday() -> None:
    mondays = replace(teaches("T", "A"), weekdays=(0,))
    proposal = asked(question([workshop("A")], [guest("p")], [waits("p", "A")], [on("A", 3)], trainers=(mondays,)))
    assert (held(proposal), left(proposal)) == ([], 1)
    free = asked(question([workshop("A")], [guest("p")], [waits("p", "A")], [on("A", 5)], trainers=(mondays,)))
    assert left(free) == 0


def test_what_two_teach_together_is_held_when_both_are_there() -> None:
    together = replace(workshop("A"), trainers=2)
    crew = (teaches("T1", "A"), teaches("T2", "A"))
    dates = [on("A", 3), on("A", 6)]
    gone = (away("T1", 3, 4),)
    instance = question([together], [guest("p")], [waits("p", "A")], dates, trainers=crew, unavailable=gone)
    proposal = asked(instance)
    assert [each.option.day for each in seated(proposal, added=True)] == [6]
    assert "T1 and T2" in shown(proposal)
    nobody = asked(question([together], [guest("p")], [waits("p", "A")], dates[:1], trainers=crew, unavailable=gone))
    assert (held(nobody), left(nobody)) == ([], 1)


def grouped(*names: str, seats: int, offered: int = 0) -> Instance:
    """Return a question in which some wait together, and others alone."""
    people = [guest(name) for name in ("ann", "bob", "cyd")]
    rows = [replace(waits(who.id, "A", since=9), group="g" if who.id in names else None) for who in people]
    free = [meets("A9", session(2), seats=offered)] if offered else []
    return question([workshop("A")], people, rows, [on("A", 3, seats=seats)], free, trainers=(teaches("T", "A"),))


def test_who_waits_together_is_seated_together_or_not_at_all() -> None:
    short = asked(replace(grouped("ann", "bob", seats=1, offered=1), candidates=()))
    assert seats(short) == {("cyd", "A"): "A9"}
    assert "one session for the whole group g" in " ".join(shown(short).split())
    together = asked(grouped("ann", "bob", seats=2, offered=1))
    assert together.status == "optimal"
    taken = seats(together)
    assert (taken["ann", "A"], taken["cyd", "A"]) == (taken["bob", "A"], "A9")


def test_seats_kept_for_the_programme_are_given_to_others_only_when_they_are_free_again() -> None:
    people = [guest("ann"), guest("bob"), learner("cyd")]
    rows = [waits(who.id, "A", since=9 - place) for place, who in enumerate(people)]
    run = meets("A9", session(5), seats=2, reserved=1)
    kept = asked(question([workshop("A")], people, rows, [], [run]))
    assert {name for name, _ in seats(kept)} in ({"ann", "cyd"}, {"bob", "cyd"})
    freed = asked(question([workshop("A")], people, rows, [], [replace(run, reserved_until=day(-1))]))
    assert {name for name, _ in seats(freed)} == {"ann", "bob"}
    still = asked(question([workshop("A")], people, rows, [], [replace(run, reserved_until=day(0))]))
    assert "cyd" in {name for name, _ in seats(still)}


def test_seats_kept_in_one_sitting_are_kept_of_the_seats_that_sittings_share() -> None:
    people = [guest("ann"), guest("bob"), guest("cyd")]
    rows = [waits(who.id, "A", since=9) for who in people]
    morning = meets("A8", session(4), seats=3, reserved=1, seat_group="s")
    evening = meets("A9", session(5), seats=3, reserved=1, seat_group="s")
    assert len(seats(asked(question([workshop("A")], people, rows, [], [morning, evening])))) == 1
    free = replace(evening, reserved_until=day(-1))
    assert len(seats(asked(question([workshop("A")], people, rows, [], [morning, free])))) == len(people) - 1


@pytest.mark.parametrize("seed", range(20))
def test_groups_reach_the_optimum_of_the_flat_model(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible examples
    drawn = strained(seed)
    rows = tuple(replace(row, group=chance.choice((None, "g", "h"))) for row in drawn.waitlist)
    instance = replace(drawn, waitlist=rows)
    kind, values, _ = flat(instance, RepeatsQuestion())
    proposal = asked(instance)
    assert (kind, proposal.status) == ("optimal", "optimal")
    assert dict(proposal.values) == dict(values)
