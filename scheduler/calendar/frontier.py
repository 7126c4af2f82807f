"""What is not beaten: of rows of days those that no other row is at least as early as everywhere."""

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
"""Day numbers, FAR where there is no day."""

FAR = 10_000_000
"""Later than any day: never."""

BLOCK = 256
"""So many rows are compared with those that are kept at once."""

MOST_KEPT = 4000
"""Where more rows than that are not beaten, the others are kept without a look."""


def unbeaten(rows: Days) -> NDArray[np.intp]:
    """Return the places of rows of which every other one is beaten by one of them, equal ones once."""
    single, places = np.unique(rows, axis=0, return_index=True)
    order = np.argsort(single.sum(axis=1, dtype=np.int64), kind="stable")
    kept = single[:0]
    found: list[NDArray[np.intp]] = []
    for begin in range(0, len(order), BLOCK):
        if len(kept) > MOST_KEPT:
            found.append(order[begin:])
            break
        block = order[begin : begin + BLOCK]
        if len(kept):
            block = block[~_beaten(single[block], kept)]
        mine = single[block]
        no_later: NDArray[np.bool_] = mine[None] <= mine[:, None]
        block = block[np.sum(np.all(no_later, axis=2), axis=1) == 1]  # each is no later than itself
        kept = np.concatenate([kept, single[block]])
        found.append(block)
    return places[np.concatenate(found)] if found else places[:0]


def _beaten(rows: Days, kept: Days) -> NDArray[np.bool_]:
    """Say of each row whether one of those kept is nowhere later."""
    beaten = np.zeros(len(rows), dtype=np.bool_)
    for begin in range(0, len(kept), BLOCK):
        left = np.flatnonzero(~beaten)
        if not len(left):
            break
        no_later: NDArray[np.bool_] = kept[None, begin : begin + BLOCK] <= rows[left][:, None]
        beaten[left] = np.any(np.all(no_later, axis=2), axis=1)
    return beaten
