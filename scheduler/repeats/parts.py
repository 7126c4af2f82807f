"""Cuts a question into parts that share neither people who get in their own way nor trainers nor a limit."""

from collections.abc import Iterable, Iterator, Sequence

from scheduler.repeats.problem import Problem, Wait


def parts_of(problem: Problem) -> list[tuple[Wait, ...]]:
    """Return the waits of each part that has to be solved as one, parts in order of their components."""
    if problem.most_sessions is not None:
        return [problem.waits] if problem.waits else []
    return _joined(problem.waits, [*_people(problem, problem.waits), *_trainers(problem)])


def rooms_of(problem: Problem, waits: Sequence[Wait]) -> list[tuple[Wait, ...]]:
    """Return the waits of each part in which people can be seated on their own, once it is known what is held."""
    return _joined(waits, _people(problem, waits))


def _joined(waits: Sequence[Wait], ties: Iterable[Sequence[str]]) -> list[tuple[Wait, ...]]:
    """Return the waits of components that are tied to each other, directly or not."""
    root = {wait.row.component: wait.row.component for wait in waits}
    for tied in ties:
        first = _find(root, tied[0])
        for code in tied[1:]:
            root[_find(root, code)] = first
    parts: dict[str, list[Wait]] = {}
    for wait in sorted(waits, key=lambda wait: (wait.row.component, wait.place)):
        parts.setdefault(_find(root, wait.row.component), []).append(wait)
    return [tuple(sorted(part, key=lambda wait: wait.place)) for part in parts.values()]


def _find(root: dict[str, str], code: str) -> str:
    while root[code] != code:
        code = root[code]
    return code


def _people(problem: Problem, waits: Sequence[Wait]) -> Iterator[list[str]]:
    """Yield the components that one person waits for, where these get in each other's way."""
    asked = {wait.row.component for wait in waits}
    for name in sorted(problem.tangled):
        if tied := [wait.row.component for wait in problem.waits_of[name] if wait.row.component in asked]:
            yield tied


def _trainers(problem: Problem) -> Iterator[list[str]]:
    """Yield the components that one trainer could teach."""
    teaches: dict[str, set[str]] = {}
    for option in problem.options:
        for trainer in option.trainers:
            teaches.setdefault(trainer, set()).add(option.offering.component)
    for _, mine in sorted(teaches.items()):
        yield sorted(mine)
