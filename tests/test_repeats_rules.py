"""The rules of a question about repeats: both sayings of each accept the same plans."""

from dataclasses import replace

import pytest

from models.formulation.formulate import formulate
from models.goal import Expression
from models.programme.instance import Instance
from models.programme.people import Unavailable
from models.programme.plan import Path, Plan, TaskStart
from models.programme.time import Span
from models.rule import Rule
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings, run
from scheduler.engines.cpsat_model import CpSatModel
from scheduler.repeats.law import law
from scheduler.repeats.limits import minimum_attendance, most_sessions
from tests.builders import at, away, day, event, learner, meets, record, session, task
from tests.repeats_builders import candidate, guest, scope, teaches, waits, workshop
from tests.repeats_scope import assert_same, rule

A, B = workshop("A"), workshop("B")
ADA, BEN = learner("ada"), learner("ben")
BOTH = (ADA, BEN)
ROWS = (waits("ada", "A"), waits("ben", "A"), waits("ben", "B"))
KEEN = (guest("ada"), guest("ben"))
GROUP = tuple(replace(row, group="g" if row.component == "A" else None) for row in ROWS)
TWO = (candidate("A1", 3, trainers=("T", "U")), candidate("B1", 4, trainers=("T",)))
SAME_TIME = (candidate("A1", 3, trainers=("T", "U")), candidate("B1", 3, "12:30", trainers=("T", "U")))
TUESDAYS = (candidate("A1", 6, trainers=("T",)), candidate("B1", 13, trainers=("T",)))
MONDAYS = (candidate("A1", 5, trainers=("T",)), candidate("B1", 12, trainers=("T",)))
NEXT = (candidate("A1", 3, trainers=("T",)), candidate("B1", 3, "13:00", trainers=("T",)))


def staffed(*trainers: object, runs: tuple = TWO, **fields: object) -> Instance:  # type: ignore[type-arg]
    """Return a case of the trainers' rule."""
    return scope([A, B], [ADA], [waits("ada", "A")], runs, ["A1", "B1"], trainers=trainers, **fields)


def together(instance: Instance) -> Instance:
    """Return a case in which A1 is taught by two."""
    runs = [
        replace(run, trainers=("T", "U", "V"), crew=2) if run.id == "A1" else replace(run, trainers=("T",))
        for run in instance.offerings
    ]
    return replace(instance, offerings=tuple(runs))


T, U, V = teaches("T", "A", "B"), teaches("U", "A", "B"), teaches("V", "A", "B")
OWN = meets("C1", session(3, "12:30"), trainers=("T",))
CASES: dict[str, tuple[str | Rule, Instance]] = {
    "held": ("held", scope([A, B], BOTH, ROWS, TWO, ["A1", "B1"])),
    "held: one is published": ("held", scope([A, B], BOTH, ROWS, TWO, ["A1"])),
    "most sessions: one": (most_sessions(1), scope([A, B], [ADA], ROWS, TWO, ["A1", "B1"])),
    "most sessions: none": (most_sessions(0), scope([A, B], [ADA], ROWS, TWO, ["A1", "B1"])),
    "at least two": (minimum_attendance(2), scope([A, B], BOTH, ROWS, TWO, ["A1", "B1"])),
    "at least three": (minimum_attendance(3), scope([A, B], BOTH, ROWS, TWO, ["A1"])),
    "at least one": (minimum_attendance(1), scope([A, B], BOTH, ROWS, TWO, ["A1"])),
    "seated: two dates": ("seated", scope([A, B], BOTH, ROWS, (*TWO, candidate("A2", 5)), ["A1", "A2", "B1"])),
    "reserved: one of two": (
        "reserved",
        scope([A, B], KEEN, ROWS, (replace(candidate("A1", 3, seats=2), reserved=1), TWO[1]), ["B1"]),
    ),
    "reserved: taken by others": (
        "reserved",
        scope([A, B], KEEN, ROWS, (replace(candidate("A1", 3, seats=2), reserved=1, taken=1), TWO[1]), ["B1"]),
    ),
    "reserved: of shared seats": (
        "reserved",
        scope(
            [A, B],
            KEEN,
            ROWS,
            (
                replace(candidate("A1", 3, seats=2), reserved=1, seat_group="g"),
                replace(candidate("B1", 4, seats=3), seat_group="g"),
            ),
            ["B1"],
        ),
    ),
    "together: two of them": ("wait_together", scope([A, B], BOTH, GROUP, TWO, ["A1", "B1"])),
    "together: what stands": (
        "wait_together",
        scope([A, B], BOTH, GROUP, (*TWO, candidate("A2", 5)), ["A1"], records=[record("ada", "booked", "A2")]),
    ),
    "seated: kept": (
        "seated",
        scope([A, B], BOTH, [waits("ada", "B")], TWO, ["B1"], records=[record("ada", "booked", "A1")]),
    ),
    "seated: deadline between": (
        "seated",
        scope([A, B], [learner("ada", deadline=TWO[0].end)], [waits("ada", "A"), waits("ada", "B")], TWO, ["A1", "B1"]),
    ),
    "seated: repeatable once": (
        "seated",
        scope([event("A")], [ADA], [waits("ada", "A")], (candidate("A1", 3), candidate("A2", 5)), ["A1", "A2"]),
    ),
    "series": ("series", scope([A, workshop("B", "A")], BOTH, ROWS, TWO, ["A1", "B1"])),
    "series: wrong order": (
        "series",
        scope([A, workshop("B", "A")], BOTH, ROWS, (candidate("A1", 5), candidate("B1", 4)), ["A1", "B1"]),
    ),
    "series: on the minute": ("series", scope([A, workshop("B", "A")], BOTH, ROWS, NEXT, ["A1", "B1"])),
    "series: overlapping": ("series", scope([A, workshop("B", "A")], BOTH, ROWS, SAME_TIME, ["A1", "B1"])),
    "series: days only": (
        "series",
        scope(
            [A, workshop("B", "A")],
            BOTH,
            ROWS,
            (meets("A1", session(3)), candidate("B1", 4), candidate("B2", 3)),
            ["A1", "B1"],
        ),
    ),
    "series: second kept": (
        "series",
        scope(
            [A, workshop("B", "A")],
            [BEN],
            ROWS,
            (*TWO, candidate("B2", 2)),
            ["A1", "B1"],
            records=[record("ben", "booked", "B2")],
        ),
    ),
    "series: first done": (
        "series",
        scope(
            [A, workshop("B", "A")],
            BOTH,
            ROWS,
            (candidate("A1", 5), candidate("B1", 4)),
            ["A1", "B1"],
            records=[record("ben", "completed", "A", -3)],
        ),
    ),
    "series: who waits for the second part alone": (
        "series",
        scope([A, workshop("B", "A")], BOTH, [waits("ada", "B"), *ROWS[1:]], TWO, ["A1", "B1"]),
    ),
    "series: one of two first parts": (
        "series",
        scope(
            [A, workshop("B", ("A", "D")), workshop("E", "A")],
            [ADA],
            [waits("ada", code) for code in "ABE"],
            (candidate("A1", 5), candidate("B1", 4), candidate("E1", 6)),
            ["A1", "B1", "E1"],
        ),
    ),
    "trainers: both teach both": ("trainers", staffed(T, U)),
    "trainers: two teach together": ("trainers", together(staffed(T, U, V))),
    "trainers: two teach together, one of them is away": (
        "trainers",
        together(staffed(T, U, V, unavailable=(away("T", 3, 3),))),
    ),
    "trainers: two teach together, one of them something else": (
        "trainers",
        together(staffed(teaches("T", "B"), U, V)),
    ),
    "trainers: away for one session of two": (
        "trainers",
        staffed(
            T,
            U,
            runs=(meets("A1", session(3), session(6), trainers=("T", "U")), TWO[1]),
            unavailable=(away("T", 6, 6),),
        ),
    ),
    "trainers: over the limit in another week": (
        "trainers",
        staffed(
            teaches("T", "A", "B", week=1),
            runs=(
                *NEXT,
                meets("C1", session(20), session(21), trainers=("T",)),
            ),
        ),
    ),
    "trainers: one teaches one": ("trainers", staffed(teaches("T", "A"), teaches("U", "A"))),
    "trainers: nothing stated of what they teach": ("trainers", staffed(teaches("T"), teaches("U"))),
    "trainers: none in the table": ("trainers", staffed()),
    "trainers: candidates name none": (
        "trainers",
        staffed(T, runs=(candidate("A1", 3), candidate("B1", 4, trainers=("T",)))),
    ),
    "trainers: no trainers at all": ("trainers", staffed(runs=(candidate("A1", 3), candidate("B1", 4)))),
    "trainers: at the same time": ("trainers", staffed(T, U, runs=SAME_TIME)),
    "trainers: one after the other": ("trainers", staffed(T, runs=NEXT)),
    "trainers: own session": ("trainers", staffed(T, U, runs=(*TWO, OWN))),
    "trainers: own session right before and right after": (
        "trainers",
        staffed(T, U, runs=(*SAME_TIME, meets("C1", session(3, "11:00"), session(3, "13:30"), trainers=("U",)))),
    ),
    "trainers: own session on a Monday": (
        "trainers",
        staffed(teaches("T", "A", "B", week=1), runs=(*TUESDAYS, meets("C1", session(5), trainers=("T",)))),
    ),
    "trainers: a candidate on a Monday": (
        "trainers",
        staffed(teaches("T", "A", "B", week=1), runs=(*MONDAYS, meets("C1", session(6), trainers=("T",)))),
    ),
    "trainers: own session that began before": (
        "trainers",
        staffed(T, U, runs=(*TWO, meets("C1", session(3, "11:30"), trainers=("T",)))),
    ),
    **{
        f"trainers: own session of unknown length at {clock}": (
            "trainers",
            staffed(T, U, runs=(*TWO, meets("C1", session(3, clock, None), trainers=("T",)))),
        )
        for clock in ("11:59", "12:00")
    },
    **{
        f"trainers: a candidate of unknown length, and own session at {clock}": (
            "trainers",
            staffed(
                *(T, U),
                runs=(
                    meets("A1", session(3, minutes=None), trainers=("T", "U")),
                    candidate("B1", 3, "11:30", trainers=("T",)),
                    meets("C1", session(3, clock), trainers=("U",)),
                ),
            ),
        )
        for clock in ("12:00", "12:01")
    },
    "trainers: own session cancelled": (
        "trainers",
        staffed(T, U, runs=(*TWO, meets("C1", session(3, "12:30"), trainers=("T",), status="cancelled"))),
    ),
    "trainers: away": ("trainers", staffed(T, U, unavailable=(away("T", 3, 3),))),
    "trainers: away until it starts": (
        "trainers",
        staffed(T, U, unavailable=(Unavailable(who="T", span=Span(at(3, "10:00"), at(3)), words="a call"),)),
    ),
    "trainers: one a day": ("trainers", staffed(teaches("T", "A", "B", a_day=1), runs=NEXT)),
    **{
        f"trainers: one a day, on days {first} and {first + 1}": (
            "trainers",
            staffed(
                teaches("T", "A", "B", a_day=1),
                runs=(candidate("A1", first, trainers=("T",)), candidate("B1", first + 1, trainers=("T",))),
            ),
        )
        for first in (3, 4)
    },
    "trainers: one a week": ("trainers", staffed(teaches("T", "A", "B", week=1), runs=TWO)),
    "trainers: two a week, one is taught": (
        "trainers",
        staffed(teaches("T", "A", "B", week=2), runs=(*TWO, meets("C1", session(2), trainers=("T",)))),
    ),
    "trainers: taught on Sunday": (
        "trainers",
        staffed(
            teaches("T", "A", "B", week=1),
            runs=(
                candidate("A1", 3, trainers=("T",)),
                candidate("B1", 5, trainers=("T",)),
                meets("C1", session(4), trainers=("T",)),
            ),
        ),
    ),
    "trainers: over the limit already": (
        "trainers",
        staffed(teaches("T", "A", "B", week=1), runs=(*TWO, meets("C1", session(1), session(2), trainers=("T",)))),
    ),
    "trainers: Sunday and Monday": (
        "trainers",
        staffed(
            teaches("T", "A", "B", week=1),
            runs=(candidate("A1", 4, trainers=("T",)), candidate("B1", 5, trainers=("T",))),
        ),
    ),
    "trainers: a week of their own zone": (
        "trainers",
        staffed(
            teaches("T", "A", "B", week=1, zone="Asia/Tokyo"),
            runs=(candidate("A1", 4, "12:00", trainers=("T",)), candidate("B1", 5, "12:00", trainers=("T",))),
        ),
    ),
    "trainers: a day of their own zone": (
        "trainers",
        staffed(
            teaches("T", "A", "B", a_day=1, zone="Asia/Tokyo"),
            runs=(candidate("A1", 3, "08:00", trainers=("T",)), candidate("B1", 3, "12:00", trainers=("T",))),
        ),
    ),
    "trainers: two sessions in a week": (
        "trainers",
        staffed(
            teaches("T", "A", "B", week=1),
            runs=(meets("A1", session(5), session(6), trainers=("T",)), candidate("B1", 20, trainers=("T",))),
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_sayings_accept_the_same_plans(name: str) -> None:
    wanted, instance = CASES[name]
    assert_same(instance, wanted)


def test_every_rule_together_is_said_twice_alike() -> None:
    both = scope(
        [A, workshop("B", "A")],
        [ADA],
        [waits("ada", "A"), waits("ada", "B")],
        (*TWO, candidate("A2", 4, trainers=("T",))),
        ["A1", "A2", "B1"],
        trainers=(teaches("T", "A", "B", week=2), U),
    )
    assert_same(both, *law([most_sessions(2)]))


def test_a_repeat_starts_no_task_and_leaves_one_under_way_alone() -> None:
    runs = (candidate("A1", 3),)
    begun = scope([A, task("T", 9)], [ADA], [ROWS[0]], runs, ["A1"], records=[record("ada", "booked", "T", -1)])
    fresh = scope([A, task("T", 9)], [ADA], [ROWS[0]], runs, ["A1"])
    path = Path(learner="ada", tasks=(TaskStart(component="T", day=day(-1)),))
    told = [each.sentence for each in rule("seated").check(fresh, Plan(paths=(path,)))]
    assert told == ["T is started, and nobody starts a task by a repeat"]
    assert list(rule("seated").check(begun, Plan(paths=(path,)))) == []
    for instance, is_open in ((begun, True), (fresh, False)):
        formulation = formulate(instance, ["ada"], rules=[rule("seated")], certain=True)
        (does,) = (each.does for each in formulation.everyone[0].tasks.values())
        posted = CpSatModel(formulation.model)
        posted.minimise(Expression([(-1, does)]))
        assert run(posted, Settings(), Budget()).values[does] == is_open
