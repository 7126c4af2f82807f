"""What is short by plain counting: more learners need something than there are places in all that they can have."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.programme.instance import Instance
from models.rule import Resource

if TYPE_CHECKING:
    from scheduler.solve.column_generation.cohort import Cohort
    from scheduler.solve.column_generation.rows import SubproblemData

Need = tuple[str, str | None]
"""A component that every path of a learner holds, or a role in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """`needed` learners have no other way than `offerings`, which hold `places` in all.

    `sessions` = how many more offerings like the largest of them would do, `cap` = how many places in each of them would do
    (None = no number would: there is no offering at all). `in_time` = needed so that nobody graduates later than alone.
    """

    component: str
    role: str | None
    in_time: bool
    offerings: tuple[str, ...]
    places: int
    needed: int
    each: int
    sessions: int | None
    cap: int | None

    @property
    def short(self) -> int:
        """How many learners find no place."""
        return self.needed - self.places


def shortages(instance: Instance, cohort: "Cohort", alone: Mapping[str, date]) -> tuple[Shortage, ...]:
    """Return for each component and role what is short for all to graduate, or else for all to do so on their day alone."""
    found = []
    whenever, in_time = _needs(cohort, {}), _needs(cohort, alone)
    for need in sorted(in_time, key=str):
        short = _short(instance, need, whenever[need], cohort.limits_of, in_time=False)
        short = short or _short(instance, need, in_time[need], cohort.limits_of, in_time=True)
        if short is not None:
            found.append(short)
    return tuple(found)


def _needs(cohort: "Cohort", alone: Mapping[str, date]) -> dict[Need, Counter[frozenset[str]]]:
    """Count, by what is needed, the learners with the same offerings to choose from (up to their day alone, if given)."""
    needs: dict[Need, Counter[frozenset[str]]] = {}
    for row, count in cohort.rows():
        for need, choice in _choices(cohort.instance, row):
            last = alone.get(row.learner)
            early = frozenset(each for each in choice if last is None or cohort.instance.offering[each].end <= last)
            needs.setdefault(need, Counter())[early] += count
    return needs


def _choices(instance: Instance, row: "SubproblemData") -> Iterator[tuple[Need, frozenset[str]]]:
    """Yield what every path of a learner newly takes, and where it can be had."""
    if row.role and not row.speaks_at:
        yield (row.role[0][0], row.role[1]), row.talks
    by_code: dict[str, set[str]] = {}
    for each in row.usable:
        by_code.setdefault(instance.offering[each].component, set()).add(each)
    for code in sorted(row.sure & by_code.keys()):
        if not by_code[code] & row.kept:
            yield (code, None), frozenset(by_code[code])


def _short(
    instance: Instance, need: Need, wanting: Counter[frozenset[str]], limits: Mapping[Resource, int], *, in_time: bool
) -> Shortage | None:
    """Find the learners and offerings of a minimum cut: those learners can go nowhere else."""
    import networkx as nx

    role = need[1]
    graph: nx.DiGraph[str | int] = nx.DiGraph()
    for number, (choice, count) in enumerate(sorted(wanting.items(), key=lambda each: sorted(each[0]))):
        graph.add_edge("source", number, capacity=count)
        for each in sorted(choice):
            graph.add_edge(number, each)
            limit = limits.get(("seats", each) if role is None else ("role_places", each, role))
            graph.add_edge(each, "sink", **({} if limit is None else {"capacity": limit}))
    if "sink" not in graph or "source" not in graph:
        return None
    value, (reached, _) = nx.minimum_cut(graph, "source", "sink")
    if value >= sum(wanting.values()):
        return None
    groups = sorted(wanting, key=sorted)
    cut = [groups[each] for each in reached if isinstance(each, int)]
    offerings = sorted(each for each in reached if isinstance(each, str) and each != "source")
    needed = sum(wanting[choice] for choice in cut)
    if needed == 0 or not offerings:
        return None
    return _told(instance, need, offerings, needed, limits, in_time=in_time)


def _told(
    instance: Instance,
    need: Need,
    offerings: list[str],
    needed: int,
    limits: Mapping[Resource, int],
    *,
    in_time: bool,
) -> Shortage:
    code, role = need
    left = [limits["seats", each] if role is None else limits["role_places", each, role] for each in offerings]
    stated = [_stated(instance, each, role) for each in offerings]
    places, largest = sum(left), max(stated, default=0)
    held = [total - free for total, free in zip(stated, left, strict=True)]
    return Shortage(
        component=code,
        role=role,
        in_time=in_time,
        offerings=tuple(offerings),
        places=places,
        needed=needed,
        each=largest,
        sessions=-(-(needed - places) // largest) if largest else None,
        cap=_cap(held, needed, largest),
    )


def _stated(instance: Instance, offering: str, role: str | None) -> int:
    run = instance.offering[offering]
    return (run.seats if role is None else run.places(role)) or 0


def _cap(held: Iterable[int], needed: int, least: int) -> int | None:
    """Return the smallest number of places that, given in each offering, is enough beside what is held there."""
    listed = list(held)
    cap = least
    while listed and sum(max(0, cap - each) for each in listed) < needed:
        cap += 1
    return cap if listed else None
