"""One rule a file, found by name."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from models.rule import Question, Rule

_ORDER = {"booking": 0, "shared": 1, "learner": 2, "calendar": 3}
_beside: list[Rule] = []


@cache
def _found() -> tuple[Rule, ...]:
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return ordered(importlib.import_module(f"{__name__}.{name}").RULE for name in names)


def ordered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules in the order in which they are posted and judged."""
    return tuple(sorted(rules, key=lambda rule: (_ORDER[rule.scope], rule.name)))


def all_rules() -> tuple[Rule, ...]:
    """Return every rule file's rule: those of single bookings first, because they thin out what the others look at."""
    return ordered((*_found(), *_beside)) if _beside else _found()


def plan_rules() -> tuple[Rule, ...]:
    """Return the rules that judge every plan: all but those of the calendar, and those that only one question asks for."""
    return tuple(rule for rule in all_rules() if rule.scope != "calendar" and rule.question is None)


def calendar_rules() -> tuple[Rule, ...]:
    """Return the rules of the calendar: they judge what is held, with or without learners in it."""
    return tuple(rule for rule in all_rules() if rule.scope == "calendar")


def rules_asked_by(question: Question) -> tuple[Rule, ...]:
    """Return the rules that a question asks for beyond those of every plan."""
    return tuple(rule for rule in all_rules() if rule.question == question)


def rule_named(name: str) -> Rule | None:
    """Return the rule of a name; None where no rule file has it: then a question made it."""
    return next((rule for rule in all_rules() if rule.name == name), None)


@contextmanager
def beside(*rules: Rule) -> Iterator[None]:
    """Put more rules in force for as long as a block runs: how a rule is tried before it gets a file."""
    _beside.extend(rules)
    try:
        yield
    finally:
        for rule in rules:
            _beside.remove(rule)
