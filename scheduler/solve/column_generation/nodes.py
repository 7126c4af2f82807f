"""Parts of the searches for cheapest paths: what is still open to each, and what it has to take."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solve.column_generation.grid import Flags, Numbers


@dataclass(slots=True, kw_only=True)
class Nodes:
    """Parts of the searches of many learners: the class of each, and over places and nodes what is left and forced.

    `talks` = where they may speak; `sure` = how many of the forced are to be taken: one of each component that counts once;
    `earliest` = the day number before which no path counts as ending.
    """

    at: Numbers
    open: Flags
    forced: Flags
    talks: Flags
    sure: Numbers
    earliest: Numbers

    def take(self, keep: Numbers | Flags) -> "Nodes":
        """Return some of the nodes."""
        return Nodes(
            at=self.at[keep],
            open=self.open[:, keep],
            forced=self.forced[:, keep],
            talks=self.talks[:, keep],
            sure=self.sure[keep],
            earliest=self.earliest[keep],
        )


def force(nodes: Nodes, lines: Numbers, place: Numbers, excluded: Flags) -> None:
    """Let some nodes take a place each, and nothing that it excludes (by line and place)."""
    fresh = ~nodes.forced[place, lines]
    nodes.open[:, lines] &= ~excluded.T
    nodes.forced[place, lines] = True
    nodes.sure[lines] += fresh


def joined(parts: Sequence[Nodes]) -> Nodes:
    """Return the nodes of all parts, in their order."""
    return Nodes(
        at=np.concatenate([each.at for each in parts]),
        open=np.concatenate([each.open for each in parts], axis=1),
        forced=np.concatenate([each.forced for each in parts], axis=1),
        talks=np.concatenate([each.talks for each in parts], axis=1),
        sure=np.concatenate([each.sure for each in parts]),
        earliest=np.concatenate([each.earliest for each in parts]),
    )
