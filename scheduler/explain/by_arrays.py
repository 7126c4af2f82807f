"""Whether a learner could graduate if some facts did not hold, told by the array search, and what probably stands in the way."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from models.changes.change import with_learner
from models.judging.completion import graduation_of
from models.judging.violations import violations
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Fact
from models.rules import rule_named
from scheduler.engines.cpsat import Kind
from scheduler.solve.grounds import ground_of
from scheduler.solve.initial_state import standing_path
from scheduler.solve.offers import Ground, Starts
from scheduler.solve.search import search, search_before

ORDERING = 4
"""Facts with a lower `keep` say who can come where and in which order: the first that a conflict does without."""


def kind_by_arrays(instance: Instance, learner: str, before: date | None) -> Kind:
    """Say whether a lone learner can graduate before a day (None = in time): a path is judged, else it is a bound that says no.

    "unknown" = the search does not apply, or does not come to an end soon. It knows no bookings that may be given up: a path
    that keeps them is one all the same, and nothing is said where there is none.
    """
    who = instance.learner[learner]
    if who.free or who.releases:
        kept = with_learner(learner, lambda each: replace(each, free=False, releases=()))(instance)
        return "feasible" if kind_by_arrays(kept, learner, before) == "feasible" else "unknown"
    ground = ground_of(instance, learner)
    if ground is None:
        return "unknown"
    day = before or date.max
    if not ground.needs:  # there is nothing to search for: what stands is a path, or the search has nothing to say
        return "feasible" if _graduates_as_it_stands(instance, learner, day) else "unknown"
    found = search_before(ground, day)
    if found.path is not None:
        return "feasible"
    return "infeasible" if found.impossible or (found.bound is not None and found.bound >= day) else "unknown"


def earliest_by_arrays(instance: Instance, learner: str) -> Path | None:
    """Return a path of a lone learner that graduates first of all; None where the array search does not find or prove one."""
    ground = ground_of(instance, learner)
    if ground is None or not instance.keeps_all:
        return None
    found = search(instance, learner)
    if found.path is None and found.bound is not None and found.bound < date.max:
        found = search_before(ground, found.bound + timedelta(days=1))
    return found.path


def _graduates_as_it_stands(instance: Instance, learner: str, day: date) -> bool:
    """Say whether what a learner has done and booked is a lawful path to graduation before a day."""
    path = standing_path(instance, learner, graduates=True)
    graduation = graduation_of(instance, path)
    return graduation is not None and graduation < day and not violations(instance, Plan(paths=(path,)))


def suspects(instance: Instance, learner: str, before: date | None, facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield sets of facts that probably forbid every path before a day (None = in time), the smaller first: no proof of anything.

    First each requirement with those components that end too late to help and their full runs, then also what they come after
    and who can come. What the array search cannot leave out is in none of them.
    """
    ground = ground_of(instance, learner)
    if ground is None:
        return
    day = before or date.fromordinal(min(ground.last_day + 1, date.max.toordinal()))
    late = [(each, codes) for each, codes in _late(ground, day) if codes]
    early = [fact for fact in facts if fact.since is None or fact.since < day or fact.keep > ORDERING]
    liftable = [fact for fact in early if fact.without is not None or fact.rule == "earlier"]
    for requirement, codes in reversed(late):
        yield [fact for fact in liftable if _is_about(fact, requirement, codes)]
    for requirement, codes in reversed(late):
        wider = _with_what_is_required(ground.choices.edition, codes)
        yield [fact for fact in liftable if _is_about(fact, requirement, wider) or fact.about is None]


def _is_about(fact: Fact, requirement: str, codes: Collection[str]) -> bool:
    wanted = {requirement} if fact.rule == "requirements" else codes
    return fact.rule == "earlier" or fact.about in wanted


def _late(ground: Ground, day: date) -> Iterator[tuple[str, set[str]]]:
    """Yield the requirements that cannot be met before a day even alone, with the components of which none ends in time."""
    starts, components = Starts(ground, frozenset()), ground.choices.edition.component
    for requirement, missing in ground.early_needs:
        ends = {
            code: sorted(offer.last for offer in starts.counted(requirement).get(code, ())) for code in requirement.pool
        }
        early = [
            code
            for code, days in ends.items()
            for each in (days if components[code].repeatable else days[:1])
            if each < day.toordinal()
        ]
        if len(early) < missing:
            closed = (code for code in ends if components[code].repeatable or code not in early)
            yield (
                requirement.id,
                {code for code in closed if not ground.choices.done(code) or components[code].repeatable},
            )


def _with_what_is_required(edition: Edition, codes: Iterable[str]) -> set[str]:
    """Return components with all that they come after, directly or not."""
    found: set[str] = set()
    waiting = [*codes, *edition.first_codes]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += [each for entry in edition.component[code].needs for each in entry]
    return found


def is_binding(instance: Instance, learner: str, rule: str) -> bool:
    """Say whether leaving a whole rule out can change anything for a learner."""
    known = rule_named(rule)
    return known is None or known.applies(instance, learner)
