"""All learners of one edition as arrays: offerings by the day on which they end, learners in classes of equals."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.rule import Resource
from scheduler.solve.column_generation.pairs import Matrix
from scheduler.solve.column_generation.rows import Pool, Row

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

    pool: Pool
    members: list[Member]
    repeatable: bool
    missing: Numbers


@dataclass(slots=True, kw_only=True)
class Grid:
    """Arrays over places of the axis (first) and classes (last); `learners` = who is in each class.

    `pairs[kind]` = which two offerings exclude each other, where `kind[class]` tells the limits on load. `linked` = for each
    (later, earlier) pair of components the classes for which the later needs the earlier. `coupled` = those of which the
    earlier is surely taken anyway, so that its price can be told by the later.
    """

    instance: Instance
    runs: list[Offering]
    rows: list[Row]
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

    @property
    def count(self) -> Numbers:
        """How many learners each class has."""
        return np.array([len(each) for each in self.learners], np.int64)
