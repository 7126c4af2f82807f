"""People who are alike in everything that matters, counted together."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.repeats.problem import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitGroup:
    """Waits for one component with the same fitting options, turn and days waited; `single` = each wait on its own."""

    place: int
    component: str
    fits: tuple[int, ...]
    turn: int
    days: int
    members: tuple[int, ...]
    single: bool = False

    @property
    def count(self) -> int:
        """How many waits there are in it."""
        return len(self.members)


def groups_of(waits: Iterable[Wait], usable: frozenset[int], apart: frozenset[int]) -> list[WaitGroup]:
    """Group waits by what fits them of the usable options; those in `apart` stay on their own."""
    found: dict[tuple[object, ...], list[Wait]] = {}
    for wait in waits:
        fits = tuple(k for k in wait.fits if k in usable)
        own = wait.place if wait.place in apart else -1
        found.setdefault((wait.row.component, fits, wait.turn, wait.days, own), []).append(wait)
    return [
        WaitGroup(
            place=place,
            component=alike[0].row.component,
            fits=tuple(k for k in alike[0].fits if k in usable),
            turn=alike[0].turn,
            days=alike[0].days,
            members=tuple(wait.place for wait in alike),
            single=alike[0].place in apart,
        )
        for place, alike in enumerate(found.values())
    ]
