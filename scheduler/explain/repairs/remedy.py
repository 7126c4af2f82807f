"""A remedy: one kind of change that can be made more or less of, what each step costs, and what it may do at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.changes.change import Change
from models.programme.offering import Offering

Levels = Mapping[int, int]
"""How much of each remedy a set takes, by the remedy's place in the list; nothing of those not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something that could be changed, in up to `most` steps of `cost` each; `first` steps come together.

    More of it never forbids a path. `change` gives the change of so many steps. An offering to be added has `dates` instead:
    what it would be on each day, of which as many as there are steps may be held; `eased` is then a change that allows all
    that those could, and less costly to look at.
    """

    kind: str
    about: str
    cost: int
    most: int = 1
    learner: str | None = None
    role: str | None = None
    words: Callable[[int], str]
    change: Callable[[int], Change] | None = None
    dates: tuple[Offering, ...] = ()
    eased: Change | None = None
