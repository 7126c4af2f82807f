"""From the facts of many learners to arrays: what is usable beside what is kept, and who equals whom."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from models.programme.edition import Edition
from models.programme.instance import Instance
from scheduler.solve.column_generation.grid import Flags, Grid, Group, Member
from scheduler.solve.column_generation.pairs import Matrix, clashing, overloading, too_late, too_near, twins
from scheduler.solve.column_generation.rows import Load, RequirementPool, SubproblemData


class _Axis:
    """The offerings that anybody can have or keeps, by the day on which they end, and what excludes what."""

    def __init__(self, instance: Instance, edition: Edition, rows: Sequence[SubproblemData]) -> None:
        ids = {each for row in rows for each in (*row.usable, *row.kept)}
        self.edition = edition
        self.runs = sorted((instance.offering[each] for each in ids), key=lambda run: (run.end, run.start, run.id))
        self.place = {run.id: at for at, run in enumerate(self.runs)}
        self.late = too_late(edition, self.runs)
        self.both = clashing(self.runs) | twins(edition, self.runs) | too_near(edition, self.runs)
        self.loads: dict[Load, Matrix] = {}
        self.events = sorted({run.end.toordinal() for run in self.runs})

    def load(self, load: Load) -> Matrix:
        """Return which two load too much."""
        if load not in self.loads:
            self.loads[load] = overloading(self.edition, self.runs, load)
        return self.loads[load]

    def flags(self, ids: Iterable[str]) -> Flags:
        """Return a yes for each of some offerings."""
        found = np.zeros(len(self.runs), np.bool_)
        found[[self.place[each] for each in ids]] = True
        return found

    def of(self, code: str) -> Flags:
        """Return a yes for each run of a component."""
        return np.array([run.component == code for run in self.runs], np.bool_)

    def beside_kept(self, row: SubproblemData) -> SubproblemData:
        """Return a row without what is excluded by what is kept."""
        kept = sorted(self.place[each] for each in row.kept)
        if not kept:
            return row
        both = self.both | self.late | self.load(effective(row.load))
        out: Flags = np.any(both[kept], axis=0)
        usable = frozenset(each for each in row.usable if each in row.kept or not out[self.place[each]])
        return replace(row, usable=usable, talks=row.talks & usable)


def effective(load: Load) -> Load:
    """Return what of the limits on load two offerings alone can exceed."""
    return (1 if load[0] == 1 else None, load[1])


def _key(row: SubproblemData, events: Sequence[int]) -> Hashable:
    """Return what makes learners equal."""
    last_day = row.last_day
    if not row.final_days:
        last_day = max([row.floor, *(day for day in events if day <= last_day)])
    needs: tuple[Hashable, ...] = tuple(sorted(row.missing.items()))
    watched = row.load[1] is not None or (row.load[0] or 0) > 1
    who = row.learner if watched else ""
    spans = (last_day, row.floor, row.final_days, row.final_floor, row.last_day if row.floor > row.last_day else 0)
    kept = row.kept & row.usable
    needs += (row.role, row.pairs, row.sure)
    return (row.usable, kept, row.talks, row.speaks_at, needs, spans, effective(row.load), who)


def grid_of(
    instance: Instance, edition: Edition, rows: Sequence[SubproblemData], apart: Mapping[str, Hashable]
) -> Grid:
    """Return the arrays of some learners of one edition; those whom `apart` tells apart share no class."""
    axis = _Axis(instance, edition, rows)
    classes: dict[Hashable, list[SubproblemData]] = {}
    for row in map(axis.beside_kept, rows):
        classes.setdefault((_key(row, axis.events), apart.get(row.learner)), []).append(row)
    firsts = [members[0] for members in classes.values()]
    loads = sorted({effective(row.load) for row in firsts}, key=str)
    role = next((row.role for row in firsts if row.role), None)
    groups = _groups(edition, firsts, axis)
    pools = [group.pool for group in groups]
    return Grid(
        instance=instance,
        runs=axis.runs,
        rows=firsts,
        learners=[[row.learner for row in members] for members in classes.values()],
        last=np.array([run.end.toordinal() for run in axis.runs], np.int64),
        usable=_stack(axis, [row.usable for row in firsts]),
        kept=_stack(axis, [row.kept for row in firsts]),
        talks=_stack(axis, [row.talks for row in firsts]),
        speaks=_stack(axis, [row.speaks_at for row in firsts]),
        groups=groups,
        talk_group=pools.index(role[0]) if role else None,
        role=role[1] if role else "",
        wants_talk=np.array([row.role is not None for row in firsts], np.bool_),
        linked=_linked(firsts),
        coupled=_coupled(firsts),
        pairs=[axis.both | axis.late | axis.late.T | axis.load(load) for load in loads],
        late=axis.late,
        twins=twins(edition, axis.runs),
        is_of={each.code: axis.of(each.code) for each in edition.components},
        kind=np.array([loads.index(effective(row.load)) for row in firsts], np.int64),
        is_loaded=np.array([row.load[1] is not None or (row.load[0] or 0) > 1 for row in firsts], np.bool_),
        last_day=np.array([row.last_day for row in firsts], np.int64),
        floor=np.array([row.floor for row in firsts], np.int64),
        final_days=np.array([row.final_days for row in firsts], np.int64),
        final_floor=np.array([row.final_floor for row in firsts], np.int64),
        today=instance.as_of.toordinal(),
        seat=[("seats", run.id) for run in axis.runs],
        place=[("role_places", run.id, role[1] if role else "") for run in axis.runs],
    )


def _stack(axis: _Axis, sets: Sequence[frozenset[str]]) -> Flags:
    found: Flags = np.stack([axis.flags(each) for each in sets], axis=1)
    return found


def _groups(edition: Edition, rows: Sequence[SubproblemData], axis: _Axis) -> list[Group]:
    pools = list(dict.fromkeys(pool for row in rows for pool in sorted(row.missing)))
    order = {each.pool: at for at, each in enumerate(edition.requirements)}
    return [_group(edition, pool, rows, axis) for pool in sorted(pools, key=lambda pool: order[pool])]


def _group(edition: Edition, pool: RequirementPool, rows: Sequence[SubproblemData], axis: _Axis) -> Group:
    members = []
    needed = {pair for row in rows for pair in row.pairs}
    for code in pool:
        places = [at for at, run in enumerate(axis.runs) if run.component == code]
        if places:
            needs = sorted(earlier for later, earlier in needed if later == code)
            members.append(Member(code=code, places=places, needs=needs))
    repeatable = any(edition.component[code].repeatable for code in pool)
    missing = np.array([row.missing.get(pool, 0) for row in rows], np.int64)
    return Group(pool=pool, members=members, repeatable=repeatable, missing=missing)


def _linked(rows: Sequence[SubproblemData]) -> dict[tuple[str, str], Flags]:
    pairs = sorted({pair for row in rows for pair in row.pairs})
    return {pair: np.array([pair in row.pairs for row in rows], np.bool_) for pair in pairs}


def _coupled(rows: Sequence[SubproblemData]) -> dict[tuple[str, str], Flags]:
    """Find the pairs whose later component is the only one taken of its pool, and whose earlier is taken anyway."""
    found = [_coupled_pairs(row) for row in rows]
    pairs = sorted(set[tuple[str, str]]().union(*found))
    return {pair: np.array([pair in each for each in found], np.bool_) for pair in pairs}


def _coupled_pairs(row: SubproblemData) -> set[tuple[str, str]]:
    """Return pairs of which each earlier component stands with one pool only, so that no price is told twice."""
    found: set[tuple[str, str]] = set()
    told: dict[str, RequirementPool] = {}
    for pool in sorted(pool for pool, missing in row.missing.items() if missing == 1):
        for later, earlier in sorted(row.pairs):
            if later in pool and earlier in row.sure and told.setdefault(earlier, pool) == pool:
                found.add((later, earlier))
    return found
