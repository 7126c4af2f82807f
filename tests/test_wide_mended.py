"""What the sweeps found wrong, at its smallest: things that run out, exclude each other, or run beside each other."""

from dataclasses import replace

from models.programme.edition import Window
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.answers.explain import explained as in_words
from scheduler.answers.progress import progress_of
from scheduler.costs import Costs
from scheduler.explain.blocked import with_conflicts
from scheduler.explain.conflicts import conflict_of
from scheduler.explain.critical import criticality
from scheduler.explain.repairs.repair import repairs_of
from scheduler.explain.sheets import sheets_of
from scheduler.explain.why_not import why_not
from scheduler.show.blocked import because_any
from scheduler.solve.alone import solve_alone
from scheduler.studies.value import SupposedRuns, values_of
from tests.asked import everyone
from tests.builders import away, course, day, edition, event, instance, learner, offering, record, requirement, task
from tests.small_scope import Case, assert_equal, rules_named


def run_out() -> Instance:
    """Return a learner whose completion of A has run out, and who takes it again late."""
    programme = edition(course("A", valid_years=1), requirements=[requirement(1, "A")])
    return instance(programme, [offering("A1", 90, 91)], records=[record("ada", "completed", "A", -400)])


def test_an_offering_of_what_has_run_out_is_worth_something() -> None:
    before = run_out()
    assert solve_alone(replace(before, records=()), "ada").graduation == day(91)
    programme = edition(course("A", valid_years=1), course("B"), requirements=[requirement(2, "A", "B")])
    runs = [offering("A1", 90, 91), offering("B1", 5, 6)]
    held = instance(programme, runs, records=[record("ada", "completed", "A", -400)])
    assert solve_alone(held, "ada").graduation == day(91)
    found = values_of(held, SupposedRuns(components=("A",), first=day(1), last=day(20)), together=False)
    assert {row.effect.earlier for row in found.rows} == {("ada",)}


def test_what_has_run_out_can_be_offered_again_as_a_repair() -> None:
    programme = edition(course("A", valid_years=1), course("B"), requirements=[requirement(2, "A", "B")])
    runs = [offering("A1", -500, -400), offering("B1", 5, 6)]
    held = instance(programme, runs, records=[record("ada", "completed", "A1", -400)])
    assert solve_alone(held, "ada").kind == "infeasible"
    (first, *_) = repairs_of(held, Plan(), ["ada"], count=1, costs=Costs(waive_rule=None)).found
    assert [(step.kind, step.about) for step in first.steps] == [("add_offering", "A")]


def test_what_has_run_out_is_missing_and_has_a_last_chance() -> None:
    programme = edition(
        course("A", valid_years=1), course("B"), requirements=[requirement(1, "A"), requirement(1, "B")]
    )
    runs = [offering("A1", 90, 91), offering("A2", 120, 121), offering("B1", 5, 6)]
    rows = [record("ada", "completed", "A", -400)]
    held = instance(programme, runs, [learner("ada", deadline=day(200))], records=rows)
    for together in (False, True):
        (sheet,) = progress_of(held, together=together).rows
        assert [(line.state, line.done, line.start_by, line.what) for line in sheet.lines] == [
            ("missing", 0, day(120), "A2"),
            ("missing", 0, day(5), "B1"),
        ]
    assert "done" not in " ".join(fact.sentence for fact in conflict_of(replace(held, offerings=(runs[2],)), "ada"))


def test_an_offering_of_what_has_run_out_is_not_called_done() -> None:
    programme = edition(course("A", valid_years=1), course("B"), requirements=[requirement(2, "A", "B")])
    runs = [offering("A1", 3, 4), offering("A2", 8, 9), offering("B1", 5, 6)]
    held = instance(programme, runs, records=[record("ada", "completed", "A", -400)])
    best = solve_alone(held, "ada")
    told = why_not(held, "ada", "A2", best.path, best.graduation)
    assert (told.verdict, told.day) == ("possible", day(9))


def test_two_that_exclude_each_other_and_are_both_required_are_the_reason() -> None:
    programme = edition(
        course("A", excludes=("B",)), course("B"), requirements=[requirement(1, "A"), requirement(1, "B")]
    )
    stuck = instance(programme, [offering("A1", 3), offering("B1", 5)])
    told = {fact.sentence for fact in conflict_of(stuck, "ada")}
    assert {"A and B exclude each other", "A is required", "B is required"} <= told


def test_an_orientation_that_is_full_is_the_reason_though_it_would_start_the_clock() -> None:
    programme = edition(
        course("A"),
        course("B"),
        first=(("A",),),
        requirements=[requirement(1, "B")],
        window=Window(years=0, days=36, starts="orientation"),
    )
    full = offering("A1", 3, seats=1, taken=1)
    stuck = instance(programme, [full, offering("B1", 30, 31)])
    assert {"seats", "requirements"} <= {fact.rule for fact in conflict_of(stuck, "ada")}


def test_an_offering_that_runs_beside_another_is_worth_something() -> None:
    programme = edition(course("A"), course("B", strict_corequisites=(("A",),)), requirements=[requirement(1, "B")])
    held = instance(programme, [offering("A1", -40, -35), offering("B1", 5, 30)])
    assert solve_alone(held, "ada").kind == "infeasible"
    found = values_of(held, SupposedRuns(components=("A",), first=day(1), last=day(30)), together=False)
    assert ("ada",) in {row.effect.gained for row in found.rows}
    (first, *_) = repairs_of(held, Plan(), ["ada"], count=1).found
    assert [(step.kind, step.about) for step in first.steps] in ([("waive_rule", "B")], [("add_offering", "A")])


def test_a_task_under_way_is_named_as_what_stands_in_the_way() -> None:
    programme = edition(task("T", 40), course("A", excludes=("T",)), requirements=[requirement(1, "A")])
    stuck = instance(programme, [offering("A1", 3)], records=[record("ada", "booked", "T", -1)])
    told = {fact.sentence for fact in conflict_of(stuck, "ada")}
    assert f"T is under way since {day(-1)} and is kept" in told


def test_excludes_is_said_twice_alike_of_what_is_done_and_of_what_stood() -> None:
    says_it = edition(course("A", excludes=("B",)), course("B"), requirements=[requirement(1, "B")])
    is_said = edition(course("A"), course("B", excludes=("A",)), requirements=[requirement(1, "B")])
    for programme in (says_it, is_said):
        for rows in (
            [record("ada", "completed", "A", -5)],
            [record("ada", "booked", "A1"), record("ada", "booked", "B1")],
            [record("ada", "booked", "A1")],
            [record("ada", "completed", "A", -5), record("ada", "booked", "B1")],
        ):
            small = instance(programme, [offering("A1", 3), offering("B1", 5), offering("B2", 7)], records=rows)
            assert_equal(Case(name=f"{rows}", rules=(), instance=small), rules_named("excludes", "kept"))


def exempt_from_shares(*roles: str | None) -> Instance:
    programme = edition(
        event("E"),
        course("B", "E"),
        requirements=[requirement(3, "E"), requirement(1, "E", role="talk"), requirement(1, "B")],
    )
    rows = [record("ada", "exempt", "E", role=role, note="known") for role in roles]
    return instance(programme, [offering("B1", 3)], records=rows)


def test_an_exemption_holds_for_what_it_names_and_nothing_else() -> None:
    assert solve_alone(exempt_from_shares(None, "talk"), "ada").graduation == day(3)
    for roles, missing in (((None,), "one E in the role of talk is required"), (("talk",), "3 of E are required")):
        told = [fact.sentence for fact in conflict_of(exempt_from_shares(*roles), "ada") if fact.rule == "requirements"]
        assert len(told) == 1
        assert missing.split()[0] in told[0] or "three" in told[0]


def test_credits_of_what_comes_last_are_asked_for_by_themselves() -> None:
    parts = [course("A", credits=(("", 9),)), course("Z", credits=(("", 3),))]
    runs = [offering("A1", 3), offering("Z1", 5)]
    nine, all_of_it = (replace(requirement(count, "A", "Z"), in_credits=True) for count in (9, 12))
    own = [replace(nine, pool=("A",)), requirement(1, "Z")]
    told = instance(edition(*parts, requirements=own, last=(("Z",),)), runs)
    assert solve_alone(told, "ada").graduation == day(5)
    shared = instance(edition(*parts, requirements=[all_of_it], last=(("Z",),)), runs)
    assert solve_alone(shared, "ada").kind == "infeasible"


def test_what_is_kept_of_a_stretch_away_still_decides() -> None:
    programme = edition(course("A", valid_years=1), requirements=[requirement(1, "A")])
    small = instance(programme, [offering("A1", 3)], [learner()], unavailable=[away("ada", 3, 3)])
    assert {fact.rule for fact in conflict_of(small, "ada")} >= {"attendance", "requirements"}


def test_who_is_freed_only_by_a_seat_of_somebody_else_is_told_so() -> None:
    programme = edition(course("A"), requirements=[requirement(1, "A")])
    people = [learner("ada"), learner("ben")]
    for seats, cost in ((1, 1), (2, 0)):
        rows = [away("ada", 3, 3)]
        small = instance(programme, [offering("A1", 3, seats=seats)], people, unavailable=rows)
        result = with_conflicts(everyone(small))
        sheet = sheets_of(result, ())["ada"]
        assert (sheet.freed, sheet.at_others_cost) == (True, cost)
        told = in_words(small, "ada").costs
        assert told is not None
        assert [(each.fact.rule, each.day, each.fewer) for each in told] == [("attendance", day(3), 1)][:cost]
    words = because_any(3, freed=True, at_others_cost=1)
    assert words == (
        "Dropping any one of these would free the learner; with one of them only if somebody else gives up a seat "
        "that this plan gives them."
    )


def test_a_group_with_fewer_seats_than_are_wanted_is_the_reason_and_is_told_with_what_is_left() -> None:
    programme = edition(course("A"), course("B"), requirements=[requirement(2, "A", "B")])
    runs = [
        replace(offering(name, 3 + place, seats=2, taken=place), seat_group="hall")
        for place, name in enumerate(("A1", "B1"))
    ]
    told = {fact.rule: fact.sentence for fact in conflict_of(instance(programme, runs), "ada")}
    assert told.keys() == {"requirements", "bookable", "seat_group"}
    assert told["seat_group"] == "A1 and B1 share 2 seats, and one is left"


def test_what_has_run_out_and_the_years_that_it_counts_are_named_and_no_rule_as_a_whole() -> None:
    programme = edition(
        course("A", valid_years=1),
        course("B", "A", valid_years=1),
        requirements=[requirement(1, "A"), requirement(1, "B")],
    )
    stuck = instance(
        programme, [offering("A1", -500, -400), offering("B1", 5)], records=[record("ada", "completed", "A1", -400)]
    )
    told = conflict_of(stuck, "ada")
    assert {fact.rule for fact in told} == {"requirements", "valid_years", "bookable"}
    assert [fact.about for fact in told if fact.rule == "valid_years"] == ["A"]
    assert all(fact.without for fact in told)


def test_a_rule_is_dropped_for_one_learner_alone_where_the_others_are_counted() -> None:
    programme = edition(course("A"), course("B", "A"), requirements=[requirement(1, "B")])
    people = [learner("ada"), learner("ben"), learner("eve")]
    runs = [offering("A1", 2), offering("B1", 5, seats=2)]
    small = instance(programme, runs, people, unavailable=[away("ada", 2, 2)])
    told = in_words(small, "ada")
    assert told.conflicts is not None
    assert {fact.rule for fact in told.conflicts.found[0]} == {
        "requirements",
        "prerequisites",
        "bookable",
        "attendance",
    }
    assert told.costs is not None
    assert {each.fact.rule: each.fewer for each in told.costs} == {"prerequisites": 1, "attendance": 1, "bookable": 1}
    later = in_words(replace(small, offerings=(*runs, offering("B2", 9))), "ada")
    assert later.costs == ()


def test_an_offering_that_is_cancelled_gives_back_the_seats_that_it_shares() -> None:
    programme = edition(course("A"), course("B"), requirements=[requirement(1, "A")])
    runs = [
        replace(offering("A1", 3, seats=2), seat_group="hall"),
        replace(offering("B1", 5, seats=2, taken=2), seat_group="hall"),
    ]
    stuck = instance(programme, runs)
    for together in (False, True):
        rows = {row.offering.id: row.effect for row in criticality(stuck, together=together).rows}
        assert (rows["B1"].gained, rows["A1"].gained) == (("ada",), ())
