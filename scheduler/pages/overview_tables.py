"""The tables of the overview for staff: last chances, seats, what matters most, the waitlist, promises."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from models.programme.words import listed
from scheduler.answers.overview import Overview
from scheduler.explain.sheets import BOOKED
from scheduler.pages.tables import PageTable
from scheduler.pages.words import day, days
from scheduler.repeats.seats import seated
from scheduler.show.bottlenecks import won_in_words
from scheduler.show.promises import in_words
from scheduler.show.repeats import sum_of_repeats
from scheduler.show.sharing_words import thing_in_words
from scheduler.solve.result import Result
from scheduler.solve.sharing import booked_newly

CHANCE_DAYS = 60
MOST = 10


def overview_tables(found: Overview) -> Iterator[PageTable]:
    """Yield the tables in the order in which they are looked at."""
    yield _chances(found)
    yield _seats(found)
    yield from _bottlenecks(found.path.result)
    yield from _critical(found)
    yield from _values(found)
    yield from _waitlist(found)
    yield from _promises(found)


def _chances(found: Overview) -> PageTable:
    last = found.instance.as_of + timedelta(days=CHANCE_DAYS)
    due = [
        (missing.start_by, each.answer.learner, missing.what, missing.requirement.title)
        for each in found.personal
        if each.answer.status == "graduates"
        for missing in each.missing or ()
        if missing.start_by and missing.start_by <= last and missing.what != BOOKED
    ]
    return PageTable(
        title=f"Last chances of the next {CHANCE_DAYS} days",
        anchor="chances",
        words="Whoever does not start this by then no longer graduates in time; places that the plan gives to others are taken.",
        head=("Start by", "Learner", "What", "For"),
        rows=tuple((day(when), *rest) for when, *rest in sorted(due)),
        empty="There are none.",
    )


def _seats(found: Overview) -> PageTable:
    instance = found.instance
    planned = booked_newly(instance, found.path.result.plan)
    rows = []
    for run in sorted(instance.offerings, key=lambda each: (each.start, each.id)):
        booked = instance.seats_standing.get(run.id, 0)
        lies_ahead = run.start >= instance.as_of or (run.end >= instance.as_of and booked + planned[run.id])
        if run.status == "cancelled" or not lies_ahead:
            continue
        held = booked + run.taken
        seats = "not limited" if run.seats is None else str(run.seats)
        free = "-" if run.seats is None else str(max(0, run.seats - held - planned[run.id]))
        rows.append((run.id, days(run.start, run.end), str(held), str(planned[run.id]), seats, free))
    return PageTable(
        title="Seats of what lies ahead",
        anchor="seats",
        head=("Offering", "Days", "Booked", "Planned too", "Seats", "Left"),
        rows=tuple(rows),
        numbers=(2, 3, 4, 5),
        empty="Nothing lies ahead.",
    )


def _bottlenecks(result: Result) -> Iterator[PageTable]:
    tried = result.bottlenecks.tried if result.bottlenecks else ()
    worth = [each for each in tried if each.more or each.days]
    if worth:
        yield PageTable(
            title="What one more place would win",
            anchor="places",
            words="Each line is a new plan of everybody with that one place more.",
            head=("One more of the", "More graduate", "Learner-days saved"),
            rows=tuple((thing_in_words(each.thing), *won_in_words(each)) for each in worth),
            numbers=(1, 2),
        )


def _critical(found: Overview) -> Iterator[PageTable]:
    if found.critical is None:
        return
    hanging = [row for row in found.critical.rows if row.effect.worth != (0, 0)]
    yield PageTable(
        title="What is lost if an offering is cancelled",
        anchor="critical",
        words=f"Everybody is planned anew, together, without it.{_cut(found.critical.complete)}{_more(len(hanging))}",
        head=("Offering", "Starts", "No longer in time", "Learner-days lost"),
        rows=tuple(
            (row.offering.id, day(row.offering.start), str(-row.effect.graduations), _lost(row.effect.saved))
            for row in hanging[:MOST]
        ),
        numbers=(2, 3),
        empty="Nobody's graduation hangs on any single offering.",
    )


def _values(found: Overview) -> Iterator[PageTable]:
    if found.values is None:
        return
    best = found.values.ranked
    yield PageTable(
        title="What one more offering would win",
        anchor="values",
        words=(
            f"One more run is supposed in each month in turn, and everybody planned anew, together."
            f"{_cut(found.values.complete)}{_more(len(best))}"
        ),
        head=("One more", "Starting about", "More in time", "Learner-days saved"),
        rows=tuple(
            (
                row.extra.component,
                f"{row.extra.month:%b %Y}",
                str(row.effect.graduations),
                "-" if row.effect.saved is None else str(row.effect.saved),
            )
            for row in best[:MOST]
        ),
        numbers=(2, 3),
        empty="No single run more would bring anybody's day forward.",
    )


def _cut(complete: bool) -> str:
    return "" if complete else " The time ran out: not all of it was looked at."


def _more(count: int) -> str:
    return f" The first {MOST} of {count}." if count > MOST else ""


def _lost(saved: int | None) -> str:
    return "-" if saved is None else str(-saved)


def _waitlist(found: Overview) -> Iterator[PageTable]:
    if found.proposal is None:
        return
    proposal = found.proposal
    rows = [
        (each.run.component, "to be added" if added else each.run.id, day(each.run.start), str(len(each.learners)))
        for added in (False, True)
        for each in seated(proposal, added=added)
    ]
    yield PageTable(
        title="The waitlist, and what would cover it",
        anchor="waitlist",
        words=sum_of_repeats(proposal),
        head=("Component", "Offering", "On", "Seats given"),
        rows=tuple(rows),
        numbers=(3,),
        empty="No seat can be given.",
    )


def _promises(found: Overview) -> Iterator[PageTable]:
    ranked = {"broken": 0, "too early to say": 1, "kept": 2}
    judged = sorted(found.judged, key=lambda each: (ranked.get(each.verdict, 3), each.component, each.period.label))
    if judged or found.odd:
        counted = Counter(each.verdict for each in judged)
        words = listed([f"{count} {verdict}" for verdict, count in sorted(counted.items())])
        yield PageTable(
            title="Promises about the calendar",
            anchor="promises",
            words=f"{words}." if words else "",
            head=("Verdict", "Component", "Promised", "Period", "Found"),
            rows=tuple(
                (
                    each.verdict,
                    each.component,
                    in_words(each.promise),
                    each.period.label,
                    f"{len(each.found)} of {each.needed}",
                )
                for each in judged
                if each.verdict in {"broken", "too early to say"}
            ),
            empty="None of them is broken.",
        )
    if found.odd:
        yield PageTable(
            title="What is wrong with the calendar ahead",
            anchor="odd",
            head=("What", "Where it stands"),
            rows=tuple((each.sentence, each.source or "-") for each in found.odd),
        )
