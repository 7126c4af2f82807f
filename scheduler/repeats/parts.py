"""Cuts a question into parts that share neither people who get in their own way nor trainers nor a limit."""

from collections.abc import Iterator, Sequence

from scheduler.repeats.problem import Problem, Wait


def parts_of(problem: Problem) -> list[tuple[Wait, ...]]:
    """Return the waits of each part, parts in order of their components."""
    codes = sorted({wait.row.component for wait in problem.waits})
    root = {code: code for code in codes}
    for group in _ties(problem, codes):
        first = _find(root, group[0])
        for code in group[1:]:
            root[_find(root, code)] = first
    parts: dict[str, list[Wait]] = {}
    for wait in problem.waits:
        parts.setdefault(_find(root, wait.row.component), []).append(wait)
    return [tuple(parts[name]) for name in sorted(parts, key=lambda name: min(w.row.component for w in parts[name]))]


def _find(root: dict[str, str], code: str) -> str:
    while root[code] != code:
        code = root[code]
    return code


def _ties(problem: Problem, codes: Sequence[str]) -> Iterator[list[str]]:
    """Yield components that have to be looked at together."""
    if problem.most_sessions is not None:
        yield list(codes)
        return
    for name in sorted(problem.tangled):
        yield [wait.row.component for wait in problem.waits_of[name]]
    teaches: dict[str, set[str]] = {}
    for option in problem.options:
        for trainer in option.trainers:
            teaches.setdefault(trainer, set()).add(option.offering.component)
    for _, mine in sorted(teaches.items()):
        if tied := sorted(mine.intersection(codes)):
            yield tied
