"""Paths of learners who get nothing new, and plans made of paths."""

from collections.abc import Sequence

from models.programme.instance import Instance
from models.programme.plan import Path, Plan


def standing_path(instance: Instance, learner: str, *, graduates: bool = False) -> Path:
    """Return the path of a learner who gets nothing new; rules of learners judge it only where it claims to graduate."""
    standing = instance.initial_state[learner]
    return Path(learner=learner, graduates=graduates, bookings=standing.bookings, tasks=standing.tasks)


def union(paths: Sequence[Path]) -> Plan:
    """Return the plan of some paths."""
    return Plan(paths=tuple(sorted(paths, key=lambda path: path.learner)))
