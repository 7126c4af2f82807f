"""What is wrong with an explanation or a repair, as brute force sees it: empty where nothing is."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from models.changes.calendar import with_calendar
from models.changes.change import only_learner
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.rule import Fact
from scheduler.costs import Costs
from scheduler.explain.asked import holding
from scheduler.explain.cases import after_changes, case_of
from scheduler.explain.chain import Link, chain_of
from scheduler.explain.conflicts import conflict_of
from scheduler.explain.many import conflicts_in
from scheduler.explain.repairs.calendar import calendar_remedies
from scheduler.explain.repairs.ground import RepairGround, ground_for
from scheduler.explain.repairs.people import people_remedies
from scheduler.explain.repairs.remedy import Remedy
from scheduler.explain.repairs.repair import repairs_of
from scheduler.explain.why_not import WhyNot
from tests.oracle_wide_laws import broken
from tests.oracle_wide_paths import earliest, has_path

FEW = Costs(
    extend_window=7, add_offering=25, add_seat=3, free_span=4, waive_rule=11, waive_requirement=31, rebook=5, release=9
)
MOST_SETS = 40
COUNTED = {"bookable", "requirements"}
"""Rules of which facts are told with what is done or ends in time: other words for the same fact."""


def without(instance: Instance, learner: str, facts: Iterable[Fact]) -> tuple[Instance, frozenset[str]]:
    """Return the instance in which some facts do not hold, and the rules that are left out as a whole."""
    listed = list(facts)
    alone = after_changes(only_learner(instance, learner), [each.without for each in listed if each.without])
    return alone, frozenset(each.rule for each in listed if not each.without)


def among(facts: Sequence[Fact], told: Iterable[Fact]) -> list[Fact]:
    """Return those of the facts of a case that an explanation tells, of two alike one; pairs of clashes stand for their rule."""
    left = Counter(map(_key, told))
    clashes = any(rule == "clashes" for rule, *_ in left)
    found = []
    for each in facts:
        if (clashes and each.rule == "clashes") or left[_key(each)] > 0:
            found.append(each)
            left[_key(each)] -= 1
    return found


def _key(fact: Fact) -> tuple[str, str | None, str | None]:
    return fact.rule, fact.about, None if fact.rule in COUNTED else fact.sentence


def conflict_faults(instance: Instance, learner: str) -> Iterator[str]:
    """Say which conflicts of a learner who cannot graduate leave a path, or hold a fact that could be spared."""
    facts = case_of(instance, learner).facts
    found = conflicts_in(case_of(instance, learner), 2).found
    first = conflict_of(instance, learner)
    if not found or not first:
        yield "no conflict is told"
    for conflict in (first, *found):
        yield from (f"says nothing of the learner: {each.sentence}" for each in conflict if _is_general(each))
        mine = among(facts, conflict)
        others = [each for each in facts if each not in mine]
        alone, gone = without(instance, learner, others)
        if has_path(alone, learner, gone):
            yield f"there is a path: {[each.sentence for each in conflict]}"
        for fact in mine:
            alone, gone = without(instance, learner, [*others, fact])
            if not has_path(alone, learner, gone):
                yield f"not needed: {fact.sentence}, in {[each.sentence for each in conflict]}"


def _is_general(fact: Fact) -> bool:
    """Say whether a whole rule is told where a fact should be; what is asked for, and pairs that meet, are left out so."""
    return fact.without is None and fact.rule not in {"clashes", "earlier"}


def chain_faults(instance: Instance, learner: str, day: date) -> Iterator[str]:
    """Say what is wrong with the reasons why a learner does not graduate before a day."""
    facts = case_of(instance, learner).facts
    chain = chain_of(instance, learner, day)
    told = [link.fact for link in chain if link.fact.rule != "earlier"]
    mine = among(facts, told)
    others = [each for each in facts if each not in mine]
    if not chain:
        yield "no chain is told"
    alone, gone = without(instance, learner, others)
    found = earliest(alone, learner, dropped=gone)
    if found is not None and found < day:
        yield f"{found} is possible: {[each.sentence for each in told]}"
    for fact in mine:
        alone, gone = without(instance, learner, [*others, fact])
        freed = earliest(alone, learner, dropped=gone)
        if freed is None or freed >= day:
            yield f"not needed: {fact.sentence}, in {[each.sentence for each in told]}"
    yield from (f"says nothing of the learner: {each.sentence}" for each in told if _is_general(each))
    yield from (fault for link in chain for fault in _link_faults(instance, learner, facts, link))


def _link_faults(instance: Instance, learner: str, facts: Sequence[Fact], link: Link) -> Iterator[str]:
    same = among(facts, [link.fact])
    if link.fact.without is not None and len(same) == 1:
        freed = earliest(without(instance, learner, same)[0], learner)
        if (freed and max(freed, instance.as_of)) != link.without:
            yield f"{link.without} is told without {link.fact.sentence}, and {freed} is right"


def why_not_faults(instance: Instance, learner: str, offering: Offering, told: WhyNot) -> Iterator[str]:
    """Say what is wrong with the facts that forbid an offering, or forbid it before the day that is told."""
    case = replace(case_of(instance, learner, holding(offering)), taken=offering.component)
    case = case.asking_before(told.day) if told.day else case
    facts = case.facts
    mine = among(facts, told.conflict)
    others = [each for each in facts if each not in mine]
    if not told.conflict and (told.day is None or told.day != told.best):
        yield f"nothing is told of {offering.id}"
    if told.conflict and _is_free(instance, learner, offering, told, others):
        yield f"there is a path: {[each.sentence for each in told.conflict]}"
    for fact in mine:
        if not _is_free(instance, learner, offering, told, [*others, fact]):
            yield f"not needed: {fact.sentence}, in {[each.sentence for each in told.conflict]}"


def _is_free(instance: Instance, learner: str, offering: Offering, told: WhyNot, dropped: Sequence[Fact]) -> bool:
    """Say whether a path with an offering graduates (before the day that is told) if some facts did not hold."""
    alone, gone = without(instance, learner, dropped)
    day = earliest(alone, learner, holding=None if "wanted" in gone else offering.id, dropped=gone)
    return day is not None and (told.day is None or "earlier" in gone or day < told.day)


def repair_faults(instance: Instance, learner: str, chance: Random) -> Iterator[str]:
    """Say what is wrong with the cheapest repair, or which set of one or two changes is cheaper; of many sets some are tried."""
    ground = ground_for(instance, Plan(), [learner], None)
    remedies = (*calendar_remedies(ground, FEW), *people_remedies(ground, FEW))
    answer = repairs_of(instance, Plan(), [learner], costs=FEW, count=1)
    if not answer.is_proved:
        yield "nothing is proved"
    for repair in answer.found:
        (path,) = repair.plan.paths
        if violations(repair.instance, repair.plan) or broken(repair.instance, path):
            yield f"unlawful: {[step.words for step in repair.steps]}"
        best = earliest(repair.instance, learner)
        if best is None or max(best, instance.as_of) != repair.days[learner]:
            yield f"{repair.days[learner]} is told, and {best} is right: {[step.words for step in repair.steps]}"
    least = min((repair.cost for repair in answer.found), default=None)
    cheaper = list(_sets(remedies, least))
    for levels in cheaper if len(cheaper) <= MOST_SETS else chance.sample(cheaper, MOST_SETS):
        if _is_enough(ground, remedies, levels):
            yield f"cheaper than {least}: {[remedies[place].words(level) for place, level in levels.items()]}"


def _sets(remedies: Sequence[Remedy], least: int | None) -> Iterator[dict[int, int]]:
    """Yield the sets of two changes at most that cost less."""
    for size in range(3):
        for places in itertools.combinations(range(len(remedies)), size):
            for levels in itertools.product(*(range(1, remedies[place].most + 1) for place in places)):
                chosen = dict(zip(places, levels, strict=True))
                if least is None or sum(remedies[place].cost * level for place, level in chosen.items()) < least:
                    yield chosen


def _is_enough(ground: RepairGround, remedies: Sequence[Remedy], levels: dict[int, int]) -> bool:
    """Say whether a set lets the learner graduate, each date of an added offering tried by itself."""
    instance = ground.instance
    for place, level in levels.items():
        change = remedies[place].change
        instance = change(level)(instance) if change else instance
    dates = [
        itertools.combinations(remedies[place].dates, level) for place, level in levels.items() if remedies[place].dates
    ]
    for chosen in itertools.product(*dates):
        runs = [run for group in chosen for run in group]
        if has_path(with_calendar(instance, [*instance.offerings, *runs]) if runs else instance, ground.learners[0]):
            return True
    return False
