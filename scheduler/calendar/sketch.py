"""What a calendar is about worth, in a thousandth of the time that its exact worth takes: for choosing what is looked at exactly.

Everybody's needs are followed through what is held, those first who can graduate first, seats and places taken in turn. Within
the courses, and within what takes one day, nobody is in two places at once; between the two that is not looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.programme.offering import Offering
from scheduler.calendar.choices import Choice
from scheduler.calendar.placed import Placing
from scheduler.calendar.places import Place
from scheduler.calendar.season import Season
from scheduler.calendar.sketch_parts import Clashes
from scheduler.calendar.sketch_roles import WayGoers, given_roles, played
from scheduler.calendar.sketch_way import Full, Held, Way, Ways
from scheduler.calendar.wanted import Demand, OpenNeed


@dataclass(frozen=True, slots=True)
class Sketch:
    """`used` = how many go through each choice; `last` = by class: how many, the day, and what they finish on it.

    `names`, `ways` = what was held, and the way of each class where nothing is full: from them the next sketch goes on;
    `groups` = who goes which way.
    """

    not_graduating: int
    days: int
    used: Mapping[str, int]
    last: Sequence[tuple[int, int | None, tuple[str, ...]]]
    names: Held
    ways: Sequence[Way | None]
    groups: Sequence[WayGoers]

    def key(self, held: int) -> tuple[int, int, int]:
        """Return what is compared, with so many offerings added."""
        return self.not_graduating, self.days, held


class Sketching:
    """Sketches calendars of a season."""

    def __init__(self, season: Season, classes: Sequence[Demand], stuck: int) -> None:
        """Look at everybody who could graduate; `stuck` = how many could not."""
        everything = season.with_added(season.choices)
        self.today = season.instance.as_of.toordinal()
        self.stuck = stuck
        settled = [each for each in classes if each.is_settled]
        self.settled = sum(len(each.learners) * max(0, each.earliest - self.today) for each in settled)
        classes = [each for each in classes if not each.is_settled]
        self.seats, self.places = (
            _seats(season, everything.offerings, classes),
            _places(season, everything.offerings, classes),
        )
        clashes = Clashes(everything.offering)
        self.ways = [Ways(demand, everything.offering, clashes) for demand in classes]
        self.kept = [{run.offering for runs in each.runs.values() for run in runs if run.kept} for each in classes]
        self.hangs = {run.id: each.id for each in season.choices for run in each.held}

    def of(self, held: Iterable[Choice], near: Sketch | None = None) -> Sketch:
        """Return about what a set is worth; quicker from a sketch of a set that is `near`."""
        by_code: dict[str, list[str]] = {}
        for choice in held:
            by_code.setdefault(choice.code, []).append(choice.id)
        names = {code: tuple(sorted(mine)) for code, mine in by_code.items()}
        seats = dict(self.seats)
        full = {run for run, free in seats.items() if free <= 0}
        ways = self._ways(names, frozenset(full), near)
        order = sorted(range(len(ways)), key=lambda place: (ways[place] is None, _day(ways[place]), place))
        groups = [group for place in order for group in self._seated(place, ways[place], names, seats, full)]
        for code, role in sorted({(need.pool[0], need.role or "") for ways in self.ways for need in ways.roles}):
            self._on_stage(code, role, names, groups)
        used: dict[str, int] = {}
        for group in groups:
            for name in {self.hangs[run] for run in group.taken if run in self.hangs}:
                used[name] = used.get(name, 0) + group.count
        return Sketch(
            not_graduating=self.stuck + sum(group.count for group in groups if group.day is None),
            days=self.settled
            + sum(group.count * max(0, group.day - self.today) for group in groups if group.day is not None),
            used=used,
            last=[(group.count, group.day, group.last) for group in groups],
            names=names,
            ways=ways,
            groups=groups,
        )

    def placing(self, held: Iterable[Choice]) -> Placing:
        """Return which seats and roles are whose, as a set is sketched."""
        sketch = self.of(held)
        left = {id(each): list(each.demand.learners) for each in self.ways}
        found: dict[str, frozenset[Place]] = {}
        for group in sketch.groups:
            mine = left[id(group.ways)]
            places = frozenset([*((run, None) for run in group.taken), *group.plays])
            found |= {mine.pop(0): places for _ in range(group.count)}
        return Placing(found, frozenset(self.seats), sketch.not_graduating, sketch.days)

    def _ways(self, names: Held, full: Full, near: Sketch | None) -> list[Way | None]:
        """Return the way of each class, those that stay what they are taken over."""
        if near is None:
            return [each.best(names, full) for each in self.ways]
        codes = [code for code in {**names, **near.names} if names.get(code) != near.names.get(code)]
        new = {each for code in codes for each in names.get(code, ())}
        old = {each for code in codes for each in near.names.get(code, ())}
        gone, come = old - new, new - old
        return [
            way if ways.is_still(way, gone, come) else ways.best(names, full)
            for ways, way in zip(self.ways, near.ways, strict=True)
        ]

    def _seated(
        self, place: int, way: Way | None, names: Held, seats: dict[str, int], full: set[str]
    ) -> Iterator[WayGoers]:
        """Send a class on its way, in several parts where there is not room for all on one."""
        left = len(self.ways[place].demand.learners)
        while left:
            if way is not None and not full.isdisjoint(way.taken):
                way = self.ways[place].best(names, frozenset(full))
            if way is None:
                yield WayGoers(self.ways[place], left, None, (), ())
                return
            limited = [run for run in way.taken if run in seats and run not in self.kept[place]]
            count = min([left, *(seats[run] for run in limited)])
            for run in limited:
                seats[run] -= count
                if seats[run] <= 0:
                    full.add(run)
            yield WayGoers(self.ways[place], count, way.day, way.taken, way.last)
            left -= count

    def _on_stage(self, code: str, role: str, names: Held, groups: list[WayGoers]) -> None:
        """Give everybody who needs it a role in one of the events, so that the sum of days is least."""
        wanting = [
            (group, group.ways.stages(need, names, group.taken))
            for group in groups
            if group.day is not None
            for need in _asking(group.ways, code, role)[:1]  # two requirements may ask for one role
        ]
        if not wanting:
            return
        for group in wanting:
            groups.remove(group[0])
        runs = sorted({run for _, days in wanting for run in days})
        total = sum(group.count for group, _ in wanting)
        given = given_roles(wanting, runs, [min(total, self.places.get((run, role), total)) for run in runs])
        groups += [played(*wanting[place], (code, role), run, count) for (place, run), count in given.items()]


def _asking(ways: Ways, code: str, role: str) -> list[OpenNeed]:
    return [need for need in ways.roles if (need.pool[0], need.role) == (code, role)]


def _day(way: Way | None) -> int:
    return way.day if way is not None else 0


def _seats(season: Season, offerings: Iterable[Offering], classes: Sequence[Demand]) -> dict[str, int]:
    """Return the free seats of each offering that has fewer than could want one."""
    could: Counter[str] = Counter()
    for demand in classes:
        could.update(dict.fromkeys(demand.runs, len(demand.learners)))
    found = {}
    for run in offerings:
        if run.seats is not None:
            free = run.seats - run.taken - season.instance.seats_standing.get(run.id, 0)
            if free < could[run.component]:
                found[run.id] = max(0, free)
    return found


def _places(season: Season, offerings: Iterable[Offering], classes: Sequence[Demand]) -> dict[tuple[str, str], int]:
    """Return the places of each role, those of who plays it already and needs it among them."""
    plays: Counter[str] = Counter()
    for demand in classes:
        if any(need.role for need in demand.needs):
            kept = [run.offering for runs in demand.runs.values() for run in runs if run.kept]
            plays.update(dict.fromkeys(kept, len(demand.learners)))
    found = {}
    for run in offerings:
        for role, places in run.roles:
            standing = season.instance.roles_standing.get((run.id, role), 0)
            found[run.id, role] = max(0, places - standing + min(standing, plays[run.id]))
    return found
