"""Days of graduation that a seat costs: planned anew with the seat, so that what comes after it counts, too."""

from dataclasses import replace

from models.programme.instance import Instance
from models.programme.plan import Booking, Path, Plan
from scheduler.engines.budget import Budget
from scheduler.repeats.lost import Losses
from scheduler.repeats.posing import pose
from scheduler.repeats.question import RepeatsQuestion
from scheduler.show.repeats import show_repeats
from scheduler.show.screen import Screen
from tests.builders import edition, learner, meets, offering, requirement, session
from tests.repeats_builders import asked, on, question, seats, waits, workshop


def chained() -> Instance:
    """Return a learner who waits for A, which B needs; B runs on days 6 and 30 only."""
    runs = [offering("B1", 6), offering("B2", 30)]
    made = question(
        [workshop("A"), workshop("B", "A")], [learner()], [waits("ada", "A")], [on("A", 4), on("A", 9)], runs
    )
    both = edition(workshop("A"), workshop("B", "A"), requirements=[requirement(1, "A"), requirement(1, "B")])
    return replace(made, editions={"e": both})


def test_a_seat_that_delays_what_needs_it_costs_all_those_days() -> None:
    loses = pose(chained(), RepeatsQuestion(for_graduation=True)).problem.waits[0].loses
    assert sorted(loses.values()) == [24]  # the early one costs nothing: B1 still follows


def test_the_screen_says_what_is_lost() -> None:
    screen = Screen(80, colour=False)
    show_repeats(screen, asked(chained(), for_graduation=True))
    assert "No day of graduation is lost." in screen.text
    screen = Screen(80, colour=False)
    late = replace(chained(), candidates=chained().candidates[1:])
    proposal = asked(late, for_graduation=True)
    show_repeats(screen, proposal)
    assert "24 days of graduation lost, all learners together." in screen.text
    assert proposal.values["graduation-days-lost"] == 24


def test_too_many_seats_are_counted_plainly_and_that_is_said() -> None:
    made = chained()
    losses = Losses(made, Budget(), left=0)
    runs = [offering("A9", 40)]
    assert list(losses.of(made.waitlist[0], runs)) == [(runs[0].end - offering("B1", 6).end).days]
    assert losses.plain


def test_what_a_plan_books_is_not_clashed_with() -> None:
    made = question([workshop("A"), workshop("C")], [learner()], [waits("ada", "A")], [on("A", 4), on("A", 9)])
    made = replace(made, offerings=(meets("C1", session(4)),))
    assert seats(asked(made))["ada", "A"] == "A-20250309-1200"
    plan = Plan(paths=(Path(learner="ada", bookings=(Booking(offering="C1"),)),))
    assert seats(asked(made, plan=plan))["ada", "A"] == "A-20250314-1200"
