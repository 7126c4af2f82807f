"""The rules of a question about repeats, one by one: what they leave alone, and of what their sentences are."""

from dataclasses import replace

from models.formulation.formulate import formulate
from models.programme.plan import Booking, Held, Path, Plan
from models.rules import plan_rules, rules_asked_by
from scheduler.repeats.law import law
from tests.builders import away
from tests.repeats_builders import guest, scope, workshop
from tests.repeats_scope import rule
from tests.test_repeats_rules import ADA, CASES, GROUP, TWO, A, T, U, V, staffed, together

OF_REPEATS = [each for each in law() if each.name in {"held", "seated", "series", "trainers", "wait_together"}]


def test_a_path_question_is_not_touched() -> None:
    plain = scope([A, workshop("B", "A")], [ADA, guest("gus")], GROUP, TWO, [])
    plan = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="A1"),)),))
    assert {rule.name for rule in rules_asked_by("repeats")}.isdisjoint(rule.name for rule in plan_rules())
    assert list(rule("held").check(plain, plan)) == []


def test_nothing_is_posted_where_nobody_is_asked_about() -> None:
    _, instance = CASES["held"]
    with_them = formulate(instance, [], rules=OF_REPEATS, certain=True).model
    without = formulate(instance, [], rules=[], certain=True).model
    assert (with_them.rows, with_them.highs) == (without.rows, without.highs)


def test_what_is_held_is_a_candidate_and_is_held_once() -> None:
    _, instance = CASES["held: one is published"]
    held = (Held(offering="A1"), Held(offering="A1"), Held(offering="B1"))
    found = [
        (each.rule, each.learner, each.offerings) for each in rule("held").check(instance, Plan(paths=(), held=held))
    ]
    assert found == [("held", None, ("A1",)), ("held", None, ("B1",))]
    assert list(rule("held").check(instance, Plan(paths=(), held=held[:1]))) == []
    nowhere = Plan(paths=(), held=(Held(offering="elsewhere"),))
    assert [each.rule for name in ("held", "trainers") for each in rule(name).check(instance, nowhere)] == ["held"]


def test_who_is_seated_twice_is_told_of_the_seats_in_question_alone() -> None:
    _, instance = CASES["seated: two dates"]
    ben = Path(learner="ben", bookings=tuple(Booking(offering=each) for each in ("A1", "A2", "B1")))
    found = {each.offerings for each in rule("seated").check(instance, Plan(paths=(ben,)))}
    assert found == {("A1", "A2")}


def test_why_a_trainer_is_away_is_told_where_it_is_noted() -> None:
    plain = staffed(T, U, unavailable=(away("T", 3, 3),))
    noted = staffed(T, U, unavailable=(replace(away("T", 3, 3), note="a wedding"),))
    plan = Plan(paths=(), held=(Held(offering="A1", trainer="T"),))
    (sentence,) = [each.sentence for each in rule("trainers").check(plain, plan)]
    (with_note,) = [each.sentence for each in rule("trainers").check(noted, plan)]
    assert with_note == f"{sentence} (a wedding)"


def test_a_group_is_not_torn_apart_where_only_one_of_it_is_asked_about() -> None:
    _, instance = CASES["together: two of them"]
    alone = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="A1"),)),))
    (found,) = rule("wait_together").check(instance, alone)
    assert found.sentence == "ada and ben wait for A together (g), and ada would sit in A1"
    formulation = formulate(instance, ["ada"], rules=[rule("wait_together")], certain=True)
    assert list(formulation.everyone[0].open_runs("A")) == []


def test_what_is_held_is_read_back_with_everybody_who_teaches_it() -> None:
    instance = together(staffed(T, U, V))
    holding = formulate(instance, ["ada"], rules=[]).holding
    assert holding is not None
    values = dict.fromkeys(range(99), 0)
    chosen = {holding.held["A1"], holding.teaches["A1", "V"], holding.teaches["A1", "T"], holding.teaches["B1", "T"]}
    values |= dict.fromkeys(chosen, 1)
    assert holding.chosen([values[place] for place in range(99)]) == (Held(offering="A1", trainer="T", beside=("V",)),)
    values[holding.held["B1"]] = 1
    values[holding.teaches["B1", "T"]] = 0
    assert holding.chosen([values[place] for place in range(99)])[1] == Held(offering="B1")


def test_what_another_edition_has_is_no_second_part_of_a_series() -> None:
    _, instance = CASES["series"]
    runs = (*instance.offerings, replace(instance.offering["A1"], id="X1", component="X"))
    plan = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="X1"),)),))
    assert list(rule("series").check(replace(instance, offerings=runs), plan)) == []
