"""Python's search for cycles of dead objects: seldom, as very many small objects live long here and few form cycles."""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50
"""New objects before the youngest are looked at, and so many looks before the next older ones are (usual: 700, 10, 10)."""


def collect_seldom() -> None:
    """Leave what is loaded already out of all searches, and search so seldom that it takes no time; for processes of our own."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
