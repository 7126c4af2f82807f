"""What the calendar that stands costs: against the best one with as many offerings, and the few changes that win most of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.words import plural
from models.programme.year import first_day
from models.rule import Fact
from scheduler.calendar.choices import Choice, next_of
from scheduler.calendar.drafting import OFFERING, Score
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import CalendarQuestion, CalendarStep, Regret, baseline
from scheduler.calendar.season import Season, season_of
from scheduler.calendar.worth import CalendarWorth
from scheduler.candidates.pattern import component_of
from scheduler.engines.budget import Budget

CHANGES = 3
"""So many changes are named."""

LIKELY = 12
"""So many changes are looked at for each that is named, where there are sketches to say which."""

Swap = tuple[Choice | None, Choice]
"""What goes, if anything, and what comes instead."""

SHARE, SEARCH = 0.65, 0.5
"""The share of the time for regret, and of that the share for the best calendar with as many offerings."""


def movable(instance: Instance) -> tuple[Offering, ...]:
    """Return what stands of the year and could still be moved: nobody has booked it, and a pattern says how it is held."""
    runs = [run for run in instance.offerings if run.status != "cancelled"]
    return tuple(run for run in runs if next(why_fixed(instance, run), None) is None)


def why_fixed(instance: Instance, run: Offering) -> Iterator[Fact]:
    """Yield why a run that stands cannot be moved any more."""
    year = instance.year
    first = first_day(year, instance.as_of) if year else instance.as_of
    booked = sum(row.offering == run.id for row in instance.records)
    if booked or run.taken:
        words = f"{plural(booked + run.taken, 'seat')} of it {'is' if booked + run.taken == 1 else 'are'} taken"
        yield Fact(rule="booked", sentence=words, source="records.csv and offerings.csv")
    if run.start < first:
        yield Fact(
            rule="notice", sentence=f"it starts on {run.start}, before {first}, the first day that can be planned"
        )
    if year is None or run.start > year.last:
        yield Fact(rule="year", sentence="it lies beyond the year to plan", source="instance.yaml")
    if run.component not in {row.component for row in instance.patterns}:
        yield Fact(rule="patterns", sentence=f"no pattern says how {run.component} may be held", source="patterns.csv")


def regret_of(instance: Instance, question: CalendarQuestion, budget: Budget) -> Regret | None:
    """Return what the calendar that stands costs; None where nothing of it could be moved."""
    runs = movable(instance)
    if not runs:
        return None
    share = None if budget.seconds is None else budget.left * SHARE
    mine = Budget(share, within=budget)
    season, standing = loosened(instance, runs)
    kinds = Counter(choice.kind for choice in standing)
    limits = tuple((choice.kind, kinds[choice.kind]) for choice in season.choices)
    search = Budget(None if share is None else share * SEARCH, within=budget)
    planner = Planner(season, CalendarQuestion(most=tuple(dict(limits).items()), keep=question.keep), search)
    found = planner.plan(standing)
    planner.valuer.budget = mine
    here = planner.valuer.of(standing)
    best = min(here, found.best, key=lambda each: each.key)
    proved = all(
        found.bounds.get(n) == v for n, v in (("broken-promises", best.broken), ("not-graduating", best.not_graduating))
    )
    return Regret(
        movable=runs,
        standing=baseline("as it stands", here),
        best=baseline("best", best),
        least=found.bounds.get("graduation") if proved else None,
        steps=tuple(_steps(planner, here, best, mine)),
        runs=tuple(each.offering for each in best.held),
    )


def loosened(instance: Instance, runs: Sequence[Offering]) -> tuple[Season, tuple[Choice, ...]]:
    """Return the season with what could be moved taken off the calendar, and the same as choices of it."""
    rest = replace(instance, offerings=tuple(run for run in instance.offerings if run not in runs))
    season = season_of(rest)
    standing = tuple(_standing(instance, run) for run in runs)
    same = {(run.component, run.opens) for run in runs}
    others = [each for each in season.choices if (each.code, each.offering.opens) not in same]
    choices = sorted([*standing, *others], key=lambda each: (each.offering.start, each.id))
    return replace(season, choices=tuple(choices)), standing


def _standing(instance: Instance, run: Offering) -> Choice:
    assert instance.year is not None  # noqa: S101 - something of it stands
    kind = component_of(instance, run.component).kind
    return Choice(run, len(run.trainers) if instance.trainers else 0, kind, next_of(instance.year, run))


def _steps(planner: Planner, here: CalendarWorth, best: CalendarWorth, budget: Budget) -> Iterator[CalendarStep]:
    """Yield the changes towards the best calendar that win most, one after the other."""
    for _ in range(CHANGES):
        found = here
        step: Swap | None = None
        for swap, promised in _likely(planner, here, best):
            if budget.is_over or (found is not here and promised > (found.broken, found.not_graduating, found.days)):
                break
            held = _swapped(here, swap)
            if planner.staff.crews(held) is None:
                continue
            worth = _worth(planner, held, found)
            if worth is not None and worth.key < found.key:
                found, step = worth, swap
        if step is None:
            return
        here = found
        gone, come = step
        yield CalendarStep(gone=gone.offering if gone else None, come=come.offering, after=baseline("after", found))


def _worth(planner: Planner, held: Sequence[Choice], least: CalendarWorth) -> CalendarWorth | None:
    """Return what a calendar is worth, by places as its sketch shares them out if there are sketches; None if not less."""
    if planner.drafts is not None:
        return planner.valuer.placed(held, planner.drafts.drafting.sketching.placing(held))
    return planner.valuer.of(held) if planner.valuer.at_best(held) < least.key else None


def _swapped(here: CalendarWorth, swap: Swap) -> list[Choice]:
    gone, come = swap
    return [*(each for each in here.held if each is not gone), come]


def _likely(planner: Planner, here: CalendarWorth, best: CalendarWorth) -> list[tuple[Swap, Score]]:
    """Return the changes that limits and gaps allow, each with what it promises at best.

    Where the year was drafted those that are best by their sketches come first, and only so many.
    """
    swaps = [swap for swap in _swaps(here, best) if planner.room.is_within(_swapped(here, swap))]
    if planner.drafts is None:
        return [(swap, (0, 0, 0.0)) for swap in swaps]
    drafting = planner.drafts.drafting
    scored = sorted((drafting.score(_swapped(here, swap)), place) for place, swap in enumerate(swaps))
    return [(swaps[place], (*score[:2], score[2] - OFFERING * len(here.held))) for score, place in scored[:LIKELY]]


def _swaps(here: CalendarWorth, best: CalendarWorth) -> Iterator[Swap]:
    """Yield each run that only the best calendar holds, instead of each of its kind that only the other holds."""
    names = {each.id for each in best.held}
    mine = {each.id for each in here.held}
    for come in best.held:
        if come.id not in mine:
            yield None, come
            yield from ((each, come) for each in here.held if each.id not in names and each.kind == come.kind)
