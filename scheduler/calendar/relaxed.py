"""The bound of a year: a linear program in which each class of equal learners flows through what is held, in parts if need be.

It leaves out what only makes it worse (clashes, hours, trainers' weeks), so that no calendar is better than it says.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from scheduler.calendar.choices import Choice
from scheduler.calendar.promises import Due
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import AttendableRun, Demand, Demands, OpenNeed
from scheduler.calendar.year_program import Cumulative, Year, bound_seats
from scheduler.engines.highs import LinearProgram, Terms


def year_of(season: Season, demands: Demands, dues: Sequence[Due], room: Room) -> Year:
    """Return the program of a season."""
    program = LinearProgram()
    held = {each.id: program.variable(1, whole=True) for each in season.choices}
    year = Year(program, held, [], [], len(demands.stuck), room.gaps)
    room.post(program, held)
    _promises(year, season.choices, dues)
    for demand in demands.classes:
        year.through.append((demand, _Flow(year, demand).graduated()))
    bound_seats(year, season)
    return year


def _promises(year: Year, choices: Sequence[Choice], dues: Sequence[Due]) -> None:
    for due in dues:
        missing = due.needed - due.standing
        if missing <= 0:
            continue
        broken = year.program.variable(1, whole=True)
        year.broken.append(broken)
        terms = [(1.0, year.held[each.id]) for each in choices if due.found((each.offering,)) > due.standing]
        year.program.require([*terms, (float(missing), broken)], low=missing)


LAST_DAY = date.max.toordinal()


class _Flow:
    """One class on its way: by component, how many of it are through by which day."""

    def __init__(self, year: Year, demand: Demand) -> None:
        self.year, self.demand = year, demand
        self.program = year.program
        self.count = float(len(demand.learners))
        needed = {code for entries in demand.before.values() for entry in entries for code in entry}
        self.fine = frozenset(needed)
        self.known: dict[str, list[tuple[int, int, int]]] = {}
        self.seated: set[tuple[str, str | None, int]] = set()

    def graduated(self) -> Cumulative:
        """Return how many have graduated by which day."""
        demand = self.demand
        if demand.is_settled:
            return [(demand.earliest, self.program.variable(self.count, whole=False))]
        parts = [self._of_need(need) for need in demand.needs]
        days = sorted({max(day, demand.earliest) for part in parts for options in part for day, _ in options})
        days = sorted({demand.earliest, *days, *(max(day, demand.earliest) for day in demand.tasks.values())})
        through = [(day, self.program.variable(self.count, whole=False)) for day in days]
        for (_, before), (_, after) in pairwise(through):
            self.program.require([(1.0, before), (-1.0, after)], high=0)
        for need, part in zip(demand.needs, parts, strict=True):
            self._require(need, part, through)
        return through

    def _require(self, need: OpenNeed, part: Sequence[Cumulative], through: Cumulative) -> None:
        """Let so many graduate by a day as are through what they need: all of a pool, so many, or all but so many of any part."""
        tasks = sorted(self.demand.tasks[code] for code in need.pool if code in self.demand.tasks)
        if need.again or (not tasks and need.count >= len(part)):
            for each in part:
                for day, variable in _turning(through, [day for day, _ in each]):
                    self._at_most(variable, [each], day, 1)
            return
        for day, variable in _turning(through, [*tasks, *(day for each in part for day, _ in each)]):
            missing = need.count - sum(task <= day for task in tasks)
            if missing >= len(part):
                for each in part:
                    self._at_most(variable, [each], day, 1)
            elif missing > 0:
                self._so_many(variable, part, day, missing)

    def _so_many(self, variable: int, part: Sequence[Cumulative], day: int, missing: int) -> None:
        """Let so many graduate as are through enough of a pool, each component counting once for each of them."""
        terms = []
        for each in part:
            place = _by(each, day)
            if place is not None:
                counts = self.program.variable(self.count, whole=False)
                self.program.require([(1.0, counts), (-1.0, place)], high=0)
                self.program.require([(1.0, counts), (-1.0, variable)], high=0)
                terms.append((-1.0, counts))
        self.program.require([(float(missing), variable), *terms], high=0)

    def _at_most(self, variable: int, part: Sequence[Cumulative], day: int, count: int) -> None:
        terms = [(-1.0, place) for each in part if (place := _by(each, day)) is not None]
        self.program.require([(float(count), variable), *terms], high=0)

    def _of_need(self, need: OpenNeed) -> list[Cumulative]:
        if need.again:
            return [self._attended(need)]
        return [self._through(code) for code in need.pool if code not in self.demand.tasks]

    def _through(self, code: str) -> Cumulative:
        """Return how many of the class are through a component by which day; in one step what ends before anybody graduates."""
        if code not in self.known:
            self.known[code] = []
            self.known[code] = list(self._steps(code))
        return [(day, variable) for day, variable, _ in self.known[code]]

    def _steps(self, code: str) -> Iterator[tuple[int, int, int]]:
        groups = _by_end(self.demand.runs.get(code, ()), None if code in self.fine else self.demand.earliest)
        before: int | None = None
        latest, stood = 0, False
        for day, runs in groups:
            through = self.program.variable(self.count, whole=False)
            more = [(-self.count, self.year.held[run.choice]) for run in runs if run.choice is not None]
            if all(run.choice is not None for run in runs):
                self.program.require([(1.0, through), *_less(before), *more], high=0)
            if before is not None:
                self.program.require([(1.0, before), (-1.0, through)], high=0)
            latest = max(latest, *(run.first for run in runs))
            stood = stood or any(run.kept for run in runs)
            if not stood:  # what comes first is not asked of what is booked already
                self._in_order(code, through, latest)
            self._take(code, runs, through, before)
            yield day, through, latest
            before = through

    def _in_order(self, code: str, through: int, latest: int) -> None:
        """Nobody is through a component who was not through what comes first when its last run started."""
        for entry in self.demand.before.get(code, ()):
            if any(each in self.demand.tasks for each in entry) or code in entry:
                continue
            terms = []
            for each in entry:
                if each in self.known and not self.known[each]:
                    break  # a circle of what comes first: left out
                place = _by(self._through(each), latest)
                if place is not None:
                    terms.append((-1.0, place))
            else:
                self.program.require([(1.0, through), *terms], high=0)

    def _take(self, code: str, runs: Sequence[AttendableRun], through: int, before: int | None) -> None:
        """Enter what is newly taken of the seats of some runs that end on one day."""
        if len(runs) == 1 or len({run.last for run in runs}) == 1:
            name = f"{code} {runs[0].last}"
            self.year.taken.setdefault(name, []).extend([(1.0, through), *_less(before)])
        self._keep(None, runs)

    def _keep(self, role: str | None, runs: Sequence[AttendableRun]) -> None:
        """Give the class its own seats, or places in a role, where it is booked already."""
        for run in runs:
            if run.kept and (role is None or run.plays == role):
                self.year.kept[run.offering, role] += int(self.count)

    def _attended(self, need: OpenNeed) -> Cumulative:
        """Return how many have attended so often by which day, or played a role once."""
        code, role = need.pool[0], need.role
        times = need.count if role is None else 1
        groups = _by_end(self.demand.runs.get(code, ()), None)
        layers: list[list[tuple[int, int]]] = [[] for _ in range(times)]
        for day, runs in groups:
            news = []
            apart = len(runs) == 1 or code in self.year.gaps
            for number, layer in enumerate(layers):
                before = layer[-1][1] if layer else None
                through = self.program.variable(self.count, whole=False)
                news += [(1.0, through), *_less(before)]
                if before is not None:
                    self.program.require([(1.0, before), (-1.0, through)], high=0)
                if number:
                    earlier = layers[number - 1][: -1 if apart else None]
                    self.program.require([(1.0, through), *_less(earlier[-1][1] if earlier else None)], high=0)
                layer.append((day, through))
            more = [(-self.count, self.year.held[run.choice]) for run in runs if run.choice is not None]
            standing = self.count * sum(run.choice is None for run in runs)
            self.program.require([*news, *more], high=standing)
            self._seat(code, role, runs, news)
        return layers[
            -1
        ]  # a role that has to be played several times is played once here: no calendar is better than that

    def _seat(self, code: str, role: str | None, runs: Sequence[AttendableRun], news: Terms) -> None:
        day = runs[0].last
        if (code, role, day) in self.seated:
            return  # two needs of one component may be met by the same seats
        self.seated.add((code, role, day))
        if role is None:
            self.year.taken.setdefault(f"{code} {day}", []).extend(news)
        else:
            self.year.talks.setdefault((f"{code} {day}", role), []).extend(news)
        self._keep(role, runs)


def _less(before: int | None) -> list[tuple[float, int]]:
    return [] if before is None else [(-1.0, before)]


def _turning(through: Cumulative, steps: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the last of the days that lie between two steps: who has graduated by an earlier one has by that one too."""
    ahead = sorted(steps)
    for (day, variable), (after, _) in pairwise([*through, (LAST_DAY, 0)]):
        place = bisect_right(ahead, day)
        if after == LAST_DAY or (place < len(ahead) and ahead[place] <= after):
            yield day, variable


def _by(part: Cumulative, day: int) -> int | None:
    """Return the variable of the last day that is not after a day."""
    found = None
    for each, variable in part:
        if each > day:
            break
        found = variable
    return found


def _by_end(runs: Sequence[AttendableRun], earliest: int | None) -> list[tuple[int, list[AttendableRun]]]:
    """Return runs by the day they end, all up to a day as one."""
    groups: dict[int, list[AttendableRun]] = {}
    for run in runs:
        groups.setdefault(max(run.last, earliest) if earliest is not None else run.last, []).append(run)
    return sorted(groups.items())
