"""One rule a file, found by name."""

import importlib
import pkgutil
from functools import cache

from models.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule file's rule: those of single bookings first, because they thin out what the others look at."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    found = [importlib.import_module(f"{__name__}.{name}").RULE for name in names]
    order = {"booking": 0, "shared": 1, "learner": 2}
    return tuple(sorted(found, key=lambda rule: (order[rule.scope], rule.name)))
