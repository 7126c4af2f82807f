"""Chains, conflicts and the cost of an offering, each shown to hold by brute force on changed instances."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.changes.change import only_learner
from models.judging.completion import graduated_on
from models.programme.instance import Instance
from models.rule import Fact
from scheduler.explain.asked import meetings
from scheduler.explain.cases import after_changes, case_of
from scheduler.explain.chain import chain_of
from scheduler.explain.conflicts import _suspected
from scheduler.explain.many import conflicts_in
from scheduler.explain.places import places_of
from scheduler.explain.why_not import why_not
from scheduler.files.folder import load
from scheduler.generate import generate, write
from scheduler.solve.alone import solve_alone
from tests import oracle
from tests.small_words import themed
from tests.strategies import made
from tests.test_against_oracles import small_enough
from tests.wide_draws import wide

MOST_FACTS = 9


def learners(seeds: Iterable[int], *, graduate: bool) -> Iterator[tuple[int, Instance, str, date | None]]:
    """Make instances of one learner who does, or does not, graduate by brute force."""
    for seed in seeds:
        instance = small_enough(made(seed, themed(seed, edges=bool(seed % 2))))
        for learner in oracle.to_plan(instance):
            found = oracle.earliest(instance, learner)
            if (found is not None) is graduate:
                yield seed, instance, learner, found


def without(instance: Instance, learner: str, facts: Iterable[Fact]) -> date | None:
    """Return by brute force the earliest day of a learner alone if some facts did not hold; today if nothing is left to do."""
    then = after_changes(only_learner(instance, learner), (fact.without for fact in facts if fact.without))
    if graduated_on(then, learner) is not None:
        return then.as_of
    return oracle.earliest(then, learner)


def same(one: Fact, other: Fact) -> bool:
    alike = (one.rule, one.about, one.since) == (other.rule, other.about, other.since)
    return alike and (one.about is not None or one.sentence == other.sentence)


@pytest.mark.parametrize(("seeds", "least"), [(range(17), 8), pytest.param(range(30), 15, marks=pytest.mark.slow)])
def test_a_chain_rules_out_every_earlier_day_and_no_link_can_be_spared(seeds: range, least: int) -> None:
    shown = 0
    for seed, instance, learner, found in learners(seeds, graduate=True):
        assert found is not None
        chain = chain_of(instance, learner, found)
        assert chain, seed
        facts = [link.fact for link in chain]
        assert [fact.rule for fact in facts].count("earlier") == 1
        if meetings(instance):  # brute force cannot do without the rule of clashes
            continue
        case = case_of(instance, learner)
        others = [fact for fact in case.facts if not any(fact.sentence == f.sentence or same(fact, f) for f in facts)]
        day_then = without(instance, learner, others)
        assert day_then is None or day_then >= found, seed
        for fact in facts:
            if fact.without is not None:
                freed = without(instance, learner, [*others, fact])
                assert freed is not None, (seed, fact.sentence)
                assert freed < found, (seed, fact.sentence)
                shown += 1
    assert shown > least


def test_each_link_says_on_which_day_the_learner_would_graduate_without_it() -> None:
    told = 0
    for seed, instance, learner, found in learners(range(100, 112), graduate=True):
        assert found is not None
        for link in chain_of(instance, learner, found):
            if link.fact.without is not None:
                assert (seed, link.without) == (seed, without(instance, learner, [link.fact]))
                told += 1
    assert told > 10


def smallest(sets: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """Return the sets that hold no other."""
    listed = set(sets)
    return {each for each in listed if not any(other < each for other in listed)}


def by_brute_force(instance: Instance, learner: str, facts: Sequence[Fact]) -> set[frozenset[int]]:
    """Return every minimal set of facts that, whole rules taken for granted, forbids every path."""
    places = range(len(facts))
    found: set[frozenset[int]] = set()
    for size in range(len(facts) + 1):
        for kept in map(frozenset, itertools.combinations(places, size)):
            if any(known <= kept for known in found):
                continue
            if without(instance, learner, [facts[place] for place in places if place not in kept]) is None:
                found.add(kept)
    return found


@pytest.mark.slow
def test_the_minimal_conflicts_are_all_those_that_brute_force_finds() -> None:
    looked = 0
    for seed, instance, learner, _ in learners(range(200, 300), graduate=False):
        case = case_of(instance, learner)
        facts = [fact for fact in case.facts if fact.without is not None]
        if len(facts) > MOST_FACTS:
            continue
        found = conflicts_in(case, 50)
        assert found.complete, seed
        places = [frozenset(next(p for p, f in enumerate(facts) if same(f, each)) for each in conflict if each.without)
                  for conflict in found.found]  # fmt: skip
        assert (seed, smallest(places)) == (seed, by_brute_force(instance, learner, facts))
        looked += 1
    assert looked >= 2


def test_what_an_offering_costs_is_what_brute_force_says() -> None:
    verdicts: dict[str, int] = {}
    for seed, instance, learner, found in learners(range(300, 308), graduate=True):
        alone = solve_alone(instance, learner)
        for run in instance.offerings:
            told = why_not(instance, learner, run.id, alone.path, found)
            verdicts[told.verdict] = verdicts.get(told.verdict, 0) + 1
            if told.verdict not in {"possible", "impossible"}:
                continue
            expected = oracle.earliest(instance, learner, holding=run.id)
            assert (seed, run.id, told.day) == (seed, run.id, expected)
            assert bool(told.conflict) == (told.day != found)
    assert verdicts["possible"] > 5
    assert verdicts["impossible"] > 1


def test_the_array_search_and_the_solver_agree_on_what_some_facts_forbid() -> None:
    told = 0
    for seed in (206, 212, 231, 252, 270):
        for _, instance, learner, _ in learners([seed], graduate=False):
            case = case_of(instance, learner)
            facts = [fact for fact in case.facts if fact.without is not None]
            for dropped in [[], *([fact] for fact in facts), *itertools.combinations(facts, len(facts) - 1), facts]:
                found = replace(case, by="arrays").kind(dropped)
                if found != "unknown":
                    told += 1
                    assert (seed, found == "infeasible") == (seed, case.again().kind(dropped) == "infeasible")
    assert told > 20


def test_nearly_all_reasons_are_found_among_the_suspects(tmp_path: Path) -> None:
    write(generate(20, 2, 3, 0.5), tmp_path / "made")
    instance = load(tmp_path / "made").instance
    places = places_of(instance)
    planned = [each for each in places.result.learners if each.status == "graduates" and each.graduation]
    found = 0
    for each in planned:
        case = case_of(places.met_by(each.learner), each.learner).asking_before(each.graduation or instance.as_of)
        found += bool(_suspected(case, case.facts))
    assert found >= 0.9 * len(planned), "the slow way is right too, and several times slower"


@pytest.mark.parametrize(("seeds", "least"), [(range(30), 7), pytest.param(range(80), 20, marks=pytest.mark.slow)])
def test_the_day_without_a_fact_is_the_solvers_whoever_finds_it(seeds: range, least: int) -> None:
    by_search = 0
    for seed in seeds:
        small = wide(seed)
        for who in small.learners:
            case = case_of(small, who.id)
            for fact in [fact for fact in case.facts if fact.without is not None][:4]:
                by_search += case.by_search([fact]) is not None
                assert case.earliest([fact]) == replace(case, by="solver").earliest([fact]), (seed, fact)
    assert by_search > least
