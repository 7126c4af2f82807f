"""All learners of one edition as arrays: offerings by the day on which they end, learners in classes of equals."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.rule import Resource
from scheduler.solve.column_generation.pairs import Matrix
from scheduler.solve.column_generation.rows import RequirementPool, SubproblemData

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Member:
    """One component of a pool: its places on the axis, and the components (by place) that it needs before it."""

    code: str
    places: list[int]
    needs: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Group:
    """One pool: its components; `missing` = how many each class still needs of it."""

    pool: RequirementPool
    members: list[Member]
    repeatable: bool
    missing: Numbers


@dataclass(frozen=True, slots=True)
class Before:
    """Which of some earlier places are over in time for each of some later ones.

    Where those in time for one are always among those in time for another, `order` sorts the earlier ones so that the first
    `count` of them are in time; else `order` is None.
    """

    places: Numbers
    in_time: Flags
    order: Numbers | None
    count: Numbers

    @classmethod
    def of(cls, in_time: Flags, places: Numbers) -> "Before":
        """Read a matrix of earlier and later places."""
        order = np.argsort(-in_time.sum(axis=1), kind="stable")
        nested = bool((in_time[order][:-1] >= in_time[order][1:]).all())
        return cls(places, in_time, order if nested else None, in_time.sum(axis=0))

    def cheapest(self, prices: Numbers, never: int) -> Numbers:
        """Return by later place the least price of what is in time for it, `never` where nothing is; prices by place and node."""
        mine = prices[self.places]
        if self.order is None:
            rows = [mine[flags].min(axis=0, initial=never) for flags in self.in_time.T]
            return np.stack(rows)
        least = np.minimum.accumulate(mine[self.order], axis=0)
        nothing = np.full((1, mine.shape[1]), never)
        found: Numbers = np.minimum(np.concatenate([nothing, least])[self.count], never)
        return found


@dataclass(slots=True, kw_only=True)
class Grid:
    """Arrays over places of the axis (first) and classes (last); `learners` = who is in each class.

    `pairs[kind]` = which two offerings exclude each other, where `kind[class]` tells the limits on load. `linked` = for each
    (later, earlier) pair of components the classes for which the later needs the earlier. `coupled` = those of which the
    earlier is surely taken anyway, so that its price can be told by the later.
    """

    instance: Instance
    runs: list[Offering]
    rows: list[SubproblemData]
    learners: list[list[str]]
    last: Numbers
    usable: Flags
    kept: Flags
    talks: Flags
    speaks: Flags
    groups: list[Group]
    talk_group: int | None
    role: str
    wants_talk: Flags
    linked: dict[tuple[str, str], Flags]
    coupled: dict[tuple[str, str], Flags]
    pairs: list[Matrix]
    late: Matrix
    twins: Matrix
    is_of: dict[str, Flags]
    kind: Numbers
    is_loaded: Flags
    last_day: Numbers
    floor: Numbers
    final_days: Numbers
    final_floor: Numbers
    today: int
    seat: list[Resource]
    place: list[Resource]
    known_before: dict[tuple[str, str], "Before"] = field(default_factory=dict)

    def before(self, later: Member, earlier: str) -> "Before":
        """Return which runs of a component are over before which of another that needs it; the grid remembers it."""
        key = (later.code, earlier)
        if key not in self.known_before:
            members = [each for group in self.groups for each in group.members if each.code == earlier]
            places = np.array([place for each in members for place in each.places], np.int64)
            mine = np.array(later.places, np.int64)
            self.known_before[key] = Before.of(~self.late[np.ix_(places, mine)], places)
        return self.known_before[key]

    @property
    def count(self) -> Numbers:
        """How many learners each class has."""
        return np.array([len(each) for each in self.learners], np.int64)
