"""One goal a file, found by name; beside them goals that a factory makes."""

import importlib
import pkgutil
from functools import cache

from models.goal import Goal


@cache
def all_goals() -> dict[str, Goal]:
    """Return every goal file's goal by name."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return {goal.name: goal for module in modules if (goal := getattr(module, "GOAL", None)) is not None}
