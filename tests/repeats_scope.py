"""Every plan of a small question about repeats, with everything that could be held by anybody, judged twice."""

from collections.abc import Iterator
from itertools import combinations, product

from models.formulation.formulate import formulate
from models.programme.instance import Instance
from models.programme.plan import Booking, Held, Path, Plan
from models.rule import Rule
from scheduler.repeats.law import law
from tests.small_reading import Reading
from tests.small_scope import checked

STRANGER = "nobody"


def rule(name: str) -> Rule:
    """Return a rule in force for repeats."""
    return next(each for each in law() if each.name == name)


def plans(instance: Instance) -> Iterator[Plan]:
    """Yield every plan: each learner books any set of offerings, each candidate is held by anybody, by two, or not at all."""
    books = [list(_paths(instance, learner.id)) for learner in instance.learners]
    candidates = instance.candidate_ids
    named = [*sorted({who for each in candidates for who in instance.offering[each].trainers}), STRANGER]
    helds = [
        [
            None,
            *(Held(offering=each, trainer=who) for who in (None, *named)),
            *(Held(offering=each, trainer=one, beside=(other,)) for one, other in combinations(named, 2)),
        ]
        for each in candidates
    ]
    for paths in product(*books):
        for held in product(*helds):
            yield Plan(paths=paths, held=tuple(sorted(each for each in held if each is not None)))


def _paths(instance: Instance, learner: str) -> Iterator[Path]:
    for taken in product((False, True), repeat=len(instance.offerings)):
        runs = [run for run, takes in zip(instance.offerings, taken, strict=True) if takes]
        yield Path(learner=learner, bookings=tuple(Booking(offering=run.id) for run in runs))


def assert_same(instance: Instance, *wanted: str | Rule) -> None:
    """Assert that the rules' checks and their rows accept the same plans, and that they accept some and refuse some."""
    rules = [each if isinstance(each, Rule) else rule(each) for each in wanted]
    learners = [learner.id for learner in instance.learners]
    formulation = formulate(instance, learners, rules=rules, certain=True)
    reading = Reading(formulation)
    holding = formulation.holding
    assert holding is not None
    seen = set()
    for plan in plans(instance):
        chosen = reading.choices_of(plan)
        if chosen is None:  # the model has no word for a booking of what no edition has
            continue
        chosen |= dict.fromkeys([*holding.held.values(), *holding.teaches.values()], 0)
        chosen |= {holding.held[each.offering]: 1 for each in plan.held}
        teaching = [(each.offering, who) for each in plan.held for who in each.trainers]
        known = all(pair in holding.teaches for pair in teaching)
        chosen |= {holding.teaches[pair]: 1 for pair in teaching if known}
        verdict = checked(instance, plan, rules)
        seen.add(verdict)
        if known or "trainers" in [each.name for each in rules]:
            assert verdict == (known and reading.allows(chosen)), plan
    assert seen == {True, False}
