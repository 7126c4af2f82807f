"""What a proposal says: the acceptance examples about repeats, and why somebody is left over."""

from dataclasses import replace
from datetime import date, datetime

from models.programme.offering import Session
from models.programme.plan import Booking
from models.programme.time import instant, local
from scheduler.repeats.seats import loads, seated
from scheduler.show.repeats_answer import answer
from tests.builders import NEW_YORK, away, course, day, learner, meets, record, session
from tests.repeats_builders import (
    asked,
    crowd,
    guest,
    held,
    left,
    on,
    question,
    reason,
    seats,
    shown,
    teaches,
    waits,
    workshop,
)


def test_st7_a_cancelled_repeat_leaves_everything_else_as_it_is() -> None:
    people = [learner(f"p{number}") for number in range(5)]
    kept = meets("A2", session(6), seats=3)
    instance = question(
        [workshop("A")],
        people,
        [waits(f"p{number}", "A") for number in range(3)],
        [on("A", 8), on("A", 9)],
        [meets("A1", session(4), status="cancelled"), kept],
        records=[record(f"p{number}", "booked", "A1") for number in range(3)]
        + [record(f"p{number}", "booked", "A2") for number in (3, 4)],
    )
    proposal = asked(instance)
    assert sorted(seats(proposal).values()) == ["A-20250313-1200", "A-20250313-1200", "A2"]
    assert held(proposal) == ["A-20250313-1200"]
    assert kept in proposal.problem.instance.offerings
    assert (
        instance.initial_state["p3"].bookings
        == (Booking(offering="A2"),)
        == proposal.problem.instance.initial_state["p3"].bookings
    )


def test_st8_no_week_exceeds_the_limit_and_the_load_is_told() -> None:
    people, rows = crowd(30)
    dates = [on("A", number, clock, seats=5) for number in (5, 6, 7, 8, 9, 12) for clock in ("10:00", "12:00")]
    proposal = asked(question([workshop("A")], people, rows, dates, trainers=(teaches("T", "A", week=4),)))
    assert [(load.added, load.busiest, load.limit) for load in loads(proposal)] == [(6, 4, 4)]
    assert "T 6 added, busiest week 4 of 4; spread 0" in shown(proposal).replace("\n", " ")


def test_st9_26_requests_for_25_seats_leave_one_waiting() -> None:
    people, rows = crowd(26, "PBK")
    proposal = asked(question([workshop("PBK")], people, rows, [on("PBK", 5)]))
    assert [len(proposal.cover.seats), left(proposal)] == [25, 1]
    assert reason(proposal).startswith("These 26 people")
    assert reason(proposal).endswith("can only come on this one date (2025-03-10 12:00), which holds 25 seats.")


def test_st9_the_next_run_that_fits_takes_the_one_left() -> None:
    people, rows = crowd(26, "PBK")
    proposal = asked(
        question([workshop("PBK")], people, rows, [on("PBK", 5)], [meets("PBK1", session(40), seats=25, taken=24)])
    )
    assert sorted(set(seats(proposal).values())) == ["PBK-20250310-1200", "PBK1"]
    assert list(seats(proposal).values()).count("PBK1") == 1


def test_st9_who_goes_first_is_seated_and_who_waited_longest_among_equals() -> None:
    rows = [waits("new", "A", since=1), waits("old", "A", since=9), waits("vip", "A", since=0, priority=1)]
    proposal = asked(
        question([workshop("A")], [guest(each) for each in ("new", "old", "vip")], rows, [on("A", 5, seats=2)])
    )
    assert sorted(who for who, _ in seats(proposal)) == ["old", "vip"]


def test_st12_a_weekly_noon_course_is_told_in_new_york_utc_and_london() -> None:
    first = instant(datetime.fromisoformat("2023-10-09 12:00"), NEW_YORK)
    # The pattern is that of the run before: six Mondays at noon.
    monday = instant(datetime.fromisoformat("2023-05-01 12:00"), NEW_YORK)
    pattern = tuple(Session(start=monday + 7 * 1440 * week, minutes=90) for week in range(6))
    before = meets("CODE1", *pattern)
    made = question(
        [course("CODE", seats=25)],
        [guest("ida", zone="Europe/London")],
        [waits("ida", "CODE")],
        [on("CODE", 0)],
        [before],
    )
    made = replace(made, as_of=date(2023, 9, 1), candidates=(replace(made.candidates[0], start=first, minutes=None),))
    proposal = asked(made)
    (added,) = answer(proposal)["sessions"]
    dates = [datetime.fromisoformat(each) for each in added["dates"]]
    assert [f"{each:%m-%d %H}" for each in dates] == [
        "10-09 12",
        "10-16 12",
        "10-23 12",
        "10-30 12",
        "11-06 12",
        "11-13 12",
    ]
    utc = [(each - each.utcoffset()).hour for each in dates]  # type: ignore[operator]
    assert utc == [16, 16, 16, 16, 17, 17]
    (each,) = seated(proposal, added=True)
    london = [local(session.start, "Europe/London").hour for session in each.run.sessions]
    assert london == [17, 17, 17, 16, 17, 17]
    assert [own["start"] for own in added["local"]] == ["2023-10-09T17:00:00+01:00"]


def test_le3_odd_hours_are_told() -> None:
    people = [guest("syd", zone="Australia/Sydney"), guest("lon", zone="Europe/London")]
    proposal = asked(question([workshop("A")], people, [waits("syd", "A"), waits("lon", "A")], [on("A", 5)]))
    text = " ".join(shown(proposal, local_times=True).split())
    assert "syd in A-20250310-1200 (Tue 03:00 local)" in text
    assert "lon: Mon 2025-03-10 16:00 (London)" in text
    assert [each["odd"] for each in answer(proposal)["sessions"][0]["local"]] == [False, True]


def test_free_seats_are_used_before_a_session_is_added() -> None:
    people, rows = crowd(3)
    proposal = asked(question([workshop("A")], people, rows, [on("A", 3)], [meets("A1", session(9), seats=4, taken=1)]))
    assert held(proposal) == []
    assert [each["offering"] for each in answer(proposal)["published"]] == ["A1"]


def test_nobody_fits_says_what_speaks_against_each_date() -> None:
    people = [guest("p", zone="Asia/Tokyo", earliest=540, latest=1080), guest("q")]
    instance = question(
        [workshop("A")],
        people,
        [waits("p", "A"), waits("q", "A")],
        [on("A", 3), on("A", 4)],
        unavailable=(away("q", 3, 4),),
    )
    sentences = {each.wait.learner: each.sentence for each in asked(instance).reasons}
    assert sentences == {
        "p": "None of the 2 dates of A fits p: can come 09:00 to 18:00 local time (Asia/Tokyo).",
        "q": "None of the 2 dates of A fits q: is away.",
    }


def test_some_people_and_their_dates_prove_it_less_what_is_booked() -> None:
    people, rows = crowd(5)
    busy = [away(each.id, 3, 3) for each in people[:4]]
    runs = [meets("A1", session(6), seats=3, taken=1)]
    instance = question(
        [workshop("A")], people, rows, [on("A", 3, seats=2), on("A", 8, seats=1)], runs, unavailable=tuple(busy)
    )
    proposal = asked(instance)
    assert reason(proposal) == (
        "These 4 people (p000, p001, p002 and p003) can only come on these 2 dates "
        "(2025-03-11 12:00 and 2025-03-13 12:00), which hold 4 seats less 1 booked."
    )


def test_a_limit_is_named_with_what_it_costs() -> None:
    people, rows = crowd(4)
    instance = question([workshop("A")], people, rows, [on("A", number, seats=2) for number in (3, 4)])
    assert reason(asked(instance, most_sessions=1)) == (
        "No more than 1 session may be added; without that limit 2 more could be seated."
    )
    assert "at least 3; without that limit 4 more could be seated" in reason(asked(instance, least_attendance=3))


def test_the_trainers_limit_is_named_with_an_example() -> None:
    people, rows = crowd(4)
    instance = question(
        [workshop("A")],
        people,
        rows,
        [on("A", number, seats=2) for number in (5, 6)],
        trainers=(teaches("T", "A", week=1),),
    )
    assert reason(asked(instance)) == (
        "Trainer limit: without it 2 more could be seated "
        "(A-20250311-1200: T teaches 1 in the week of 2025-03-10, of 1 at most)."
    )


def test_the_community_call_keeps_its_trainer() -> None:
    people, rows = crowd(1)
    instance = question(
        [workshop("A")],
        people,
        rows,
        [on("A", 3, "12:30")],
        trainers=(teaches("T", "A"),),
        unavailable=(away("T", 3, 3),),
    )
    assert "has a trainer who is free" in reason(asked(instance))


def test_the_second_part_needs_the_first() -> None:
    components = [workshop("LSC1"), workshop("LSC2", "LSC1")]
    rows = [waits("p", "LSC1"), waits("p", "LSC2")]
    wrong = asked(question(components, [guest("p")], rows, [on("LSC1", 5), on("LSC2", 4)]))
    assert reason(wrong) == "LSC2 needs LSC1 first, and no date of it that fits lies after one of LSC1."
    right = asked(question(components, [guest("p")], rows, [on("LSC1", 5), on("LSC2", 6)]))
    assert left(right) == 0


def test_a_member_needs_what_the_edition_requires_and_a_guest_does_not() -> None:
    components = [workshop("LSC1"), workshop("LSC2", "LSC1")]
    instance = question(
        components, [learner("ada"), guest("gus")], [waits("ada", "LSC2"), waits("gus", "LSC2")], [on("LSC2", 4)]
    )
    proposal = asked(instance)
    assert seats(proposal) == {("gus", "LSC2"): "LSC2-20250309-1200"}
    assert "needs LSC1 first" in reason(proposal)


def test_a_session_after_the_window_is_no_use() -> None:
    instance = question([workshop("A")], [learner("ada", deadline=day(4))], [waits("ada", "A")], [on("A", 5)])
    assert "the window ends 2025-03-09" in reason(asked(instance))
