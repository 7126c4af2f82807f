"""Small instances drawn at random that use the format's second step: the rules between components, and what people state."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from models.programme.edition import Component, Edition
from models.programme.people import Learner
from tests.small_draws import drawn
from tests.small_scope import Case

Way = Callable[[Random], Any]


def _component(chance: Random, rule: str, component: Component) -> Component:
    others = [code for code in "ABELT" if code != component.code]
    one, other = chance.sample(others, 2)
    entry = chance.choice(((one,), (one, other)))
    ways: dict[str, Way] = {
        "excludes": lambda _: {"excludes": (one,)},
        "corequisites": lambda _: {"corequisites": (entry,)},
        "strict_corequisites": lambda _: {"strict_corequisites": (entry,)},
        "days_after": lambda c: {"requires": (entry,), "days_after": ((one, c.choice((1, 2, 3, 30))),)},
        "after_credits": lambda c: {"after_credits": c.choice((1, 2, 3))},
    }
    if component.kind != "task" or rule != "days_after":
        return replace(component, **ways[rule](chance)) if rule in ways and chance.random() < 0.5 else component
    return component


def _acyclic(edition: Edition) -> bool:
    """Say whether nothing requires itself by way of others."""
    needs = {
        each.code: {code for entry in each.requires for code in entry}
        | (set() if each.code in edition.first_codes else edition.first_codes)
        for each in edition.components
    }
    for _ in needs:
        needs = {code: mine | {far for each in mine for far in needs.get(each, ())} for code, mine in needs.items()}
    return not any(code in mine for code, mine in needs.items())


def _edition(chance: Random, rule: str, edition: Edition) -> Edition:
    components = [_component(chance, rule, each) for each in edition.components]
    if rule == "after_credits":
        components = [
            replace(each, credits=chance.choice(((), (("", 2),), (("x", 1), ("y", 1))))) for each in components
        ]
    found = replace(edition, components=tuple(components))
    if rule == "max_workshops_per_month":
        kinds = [replace(each, kind="workshop") if each.kind == "course" else each for each in components]
        found = replace(found, components=tuple(kinds), max_workshops_per_month=chance.choice((None, 1, 2)))
    if rule == "days_between":
        keys = ("course", "event", "task", "A", "B")
        found = replace(found, days_between=((chance.choice(keys), chance.choice((1, 2, 4))),))
    return found if _acyclic(found) else edition


def _learner(chance: Random, rule: str, who: Learner) -> Learner:
    if rule == "min_break":
        return replace(who, min_break=chance.choice((1, 30, 31, 1440)))
    if rule == "attendance":
        hours = chance.choice(((22 * 60, 4 * 60), (12 * 60 + 30, 12 * 60), (None, None), (8 * 60, 20 * 60)))
        days = chance.choice(((), (2,), (2, 3), (4, 5, 6)))
        return replace(who, earliest=hours[0], latest=hours[1], weekdays=days)
    if rule == "max_workshops_per_month":
        return replace(who, max_workshops_per_month=chance.choice((None, 1, 2)))
    return who


def drawn_with(rule: str, seed: int) -> Case:
    """Return the case of a seed in which a rule of the second step may bind."""
    case = drawn(seed)
    chance = Random(f"{rule} {seed}")  # noqa: S311 - made-up instances are no secret
    instance = case.instance
    editions = {key: _edition(chance, rule, each) for key, each in instance.editions.items()}
    learners = tuple(_learner(chance, rule, each) for each in instance.learners)
    return replace(case, name=f"{rule} {case.name}", instance=replace(instance, editions=editions, learners=learners))
