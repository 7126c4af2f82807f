"""Finds prerequisites that no order of the components can meet."""

from collections.abc import Mapping

from models.programme.edition import Need


def cycle(needs: Mapping[str, Need]) -> list[str] | None:
    """Return components each of which needs the next, the first again at the end; None if some order meets all needs.

    A component that is no key of `needs` is taken as met.
    """
    waiting = dict(needs)
    while ready := [code for code, need in waiting.items() if not _stuck(need, waiting)]:
        for code in ready:
            del waiting[code]
    if not waiting:
        return None
    import networkx as nx

    edges = [
        (code, other) for code in sorted(waiting) for entry in _stuck(waiting[code], waiting) for other in sorted(entry)
    ]
    # Every component left waits for another one left, so a walk along the edges comes back to itself.
    found = nx.find_cycle(nx.DiGraph(edges))
    return [found[0][0], *(other for _, other in found)]


def _stuck(need: Need, waiting: Mapping[str, Need]) -> list[tuple[str, ...]]:
    """Return the entries of which every alternative is still waiting."""
    return [entry for entry in need if all(code in waiting for code in entry)]
