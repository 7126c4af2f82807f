"""The bound of a year: a linear program in which each class of equal learners flows through what is held, in parts if need be.

It leaves out what only makes it worse (clashes, hours, trainers' weeks), so that no calendar is better than it says.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scheduler.calendar.common_flow import CommonFlow
from scheduler.calendar.no_more import Waits, going_no_more
from scheduler.calendar.promises import Due
from scheduler.calendar.reach import Cumulative, Reach, by, by_end, less, minus, turning
from scheduler.calendar.room import Room
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import AttendableRun, Demand, Demands, OpenNeed
from scheduler.calendar.year_program import YearProgram, bound_promises, bound_seats, scarce_codes
from scheduler.engines.highs import LinearProgram, Terms


def year_of(season: Season, demands: Demands, dues: Sequence[Due], room: Room) -> YearProgram:
    """Return the program of a season."""
    program = LinearProgram()
    held = {each.id: program.variable(1, whole=True) for each in season.choices}
    common = CommonFlow(program, held)
    year = YearProgram(
        program, held, [], [], len(demands.stuck), room.gaps, common, scarce_codes(season, demands.classes)
    )
    room.post(program, held)
    bound_promises(year, season.choices, dues)
    for demand in demands.classes:
        year.through.append((demand, _Flow(year, demand).graduated()))
    bound_seats(year, season)
    return year


class _Flow:
    """One class on its way: by component, how many of it are through by which day."""

    def __init__(self, year: YearProgram, demand: Demand) -> None:
        self.year, self.demand = year, demand
        self.program = year.program
        self.count = float(len(demand.learners))
        needed = {code for entries in demand.before.values() for entry in entries for code in entry}
        self.fine = frozenset(needed)
        self.known: dict[str, list[tuple[int, float, int]]] = {}
        self.seated: set[tuple[str, str | None, int]] = set()
        self.waiting: list[Waits] = []

    def graduated(self) -> Cumulative:
        """Return how many have graduated by which day."""
        demand = self.demand
        if demand.is_settled:
            return [(demand.earliest, self.program.variable(self.count, whole=False))]
        parts = [self._of_need(need) for need in demand.needs]
        days = sorted({max(day, demand.earliest) for part in parts for options in part for day, _, _ in options})
        days = sorted({demand.earliest, *days, *(max(day, demand.earliest) for day in demand.tasks.values())})
        through = [(day, self.program.variable(self.count, whole=False)) for day in days]
        for (_, before), (_, after) in pairwise(through):
            self.program.require([(1.0, before), (-1.0, after)], high=0)
        for need, part in zip(demand.needs, parts, strict=True):
            self._require(need, part, through)
        for terms in going_no_more(demand, through, self.waiting, self._through, self._before):
            self.program.require(terms, high=0)
        return through

    def _require(self, need: OpenNeed, part: Sequence[Reach], through: Cumulative) -> None:
        """Let so many graduate by a day as are through what they need: all of a pool, so many, or all but so many of any part."""
        tasks = sorted(self.demand.tasks[code] for code in need.pool if code in self.demand.tasks)
        if need.again or (not tasks and need.count >= len(part)):
            for each in part:
                for day, variable in turning(through, [day for day, _, _ in each]):
                    self._at_most(variable, [each], day)
            return
        for day, variable in turning(through, [*tasks, *(day for each in part for day, _, _ in each)]):
            self._of_pool(variable, part, day, need.count - sum(task <= day for task in tasks))

    def _of_pool(self, variable: int, part: Sequence[Reach], day: int, missing: int) -> None:
        """Let so many have graduated by a day as are through so many of a pool."""
        if missing >= len(part):
            for each in part:
                self._at_most(variable, [each], day)
        elif missing == 1:
            self._at_most(variable, part, day)
        elif missing > 1:
            self._so_many(variable, part, day, missing)

    def _so_many(self, variable: int, part: Sequence[Reach], day: int, missing: int) -> None:
        """Let so many graduate as are through enough of a pool, each component counting once for each of them."""
        reached = [each for options in part if (each := by(options, day)) is not None]
        if all(factor == self.count for factor, _ in reached):
            enough = self.year.common.enough(missing, [place for _, place in reached])
            self.program.require([(1.0, variable), (-self.count, enough)], high=0)
            return
        terms = []
        for each in reached:
            counts = self.program.variable(self.count, whole=False)
            self.program.require([(1.0, counts), less(*each)], high=0)
            self.program.require([(1.0, counts), (-1.0, variable)], high=0)
            terms.append((-1.0, counts))
        self.program.require([(float(missing), variable), *terms], high=0)

    def _at_most(self, variable: int, part: Sequence[Reach], day: int) -> None:
        """Let no more have graduated by a day than are through any of some components."""
        terms = [less(*reached) for each in part if (reached := by(each, day)) is not None]
        self.program.require([(1.0, variable), *terms], high=0)

    def _of_need(self, need: OpenNeed) -> list[Reach]:
        if need.again:
            return [self._attended(need)]
        return [self._through(code) for code in need.pool if code not in self.demand.tasks]

    def _through(self, code: str) -> Reach:
        """Return how many of the class are through a component by which day; in one step what ends before anybody graduates."""
        if code not in self.known:
            self.known[code] = []
            self.known[code] = list(self._shared(code) if self._is_open(code) else self._steps(code))
        return self.known[code]

    def _is_open(self, code: str, behind: tuple[str, ...] = ()) -> bool:
        """Say whether nothing but what is held decides who is through: no seats, of what comes first neither."""
        if code in self.year.scarce or code in behind:
            return False
        firsts = (each for entry in self._before(code) for each in entry)
        return all(self._is_open(each, (*behind, code)) for each in firsts)

    def _before(self, code: str) -> list[tuple[str, ...]]:
        """Return what has to come before a component, entry by entry, without what is met by itself."""
        entries = self.demand.before.get(code, ())
        return [entry for entry in entries if code not in entry and not any(e in self.demand.tasks for e in entry)]

    def _shared(self, code: str) -> Iterator[tuple[int, float, int]]:
        """Yield the same of what is open to everybody: the way of one, as often as there are learners in the class."""
        before: int | None = None
        latest, stood = 0, False
        for day, runs in by_end(self.demand.runs.get(code, ()), None):
            latest = max(latest, *(run.ready for run in runs))
            stood = stood or any(run.kept for run in runs)
            choices = [run.choice for run in runs if run.choice is not None]
            orders = [] if stood else self._orders(code, latest)
            before = self.year.common.through(before, choices if len(choices) == len(runs) else None, orders)
            yield day, self.count, before

    def _orders(self, code: str, latest: int) -> list[tuple[int, ...]]:
        """Return the variables of what has to be over before a day, entry by entry."""
        found = []
        for entry in self._before(code):
            reached = [by(self._through(each), latest) for each in entry]
            found.append(tuple(sorted(each[1] for each in reached if each is not None)))
        return found

    def _steps(self, code: str) -> Iterator[tuple[int, float, int]]:
        is_one = code not in self.fine and code not in self.year.scarce
        groups = by_end(self.demand.runs.get(code, ()), self.demand.earliest if is_one else None)
        before: int | None = None
        latest, stood = 0, False
        for day, runs in groups:
            through = self.program.variable(self.count, whole=False)
            more = [(-self.count, self.year.held[run.choice]) for run in runs if run.choice is not None]
            if all(run.choice is not None for run in runs):
                self.program.require([(1.0, through), *minus(before), *more], high=0)
            if before is not None:
                self.program.require([(1.0, before), (-1.0, through)], high=0)
            latest = max(latest, *(run.ready for run in runs))
            stood = stood or any(run.kept for run in runs)
            if not stood:  # what comes first is not asked of what is booked already
                self._in_order(code, through, latest)
                self.waiting.append((code, through, latest))
            self._take(code, runs, through, before)
            yield day, 1.0, through
            before = through

    def _in_order(self, code: str, through: int, latest: int) -> None:
        """Nobody is through a component who was not through what comes first when its last run started."""
        for entry in self._before(code):
            terms = []
            for each in entry:
                if each in self.known and not self.known[each]:
                    break  # a circle of what comes first: left out
                reached = by(self._through(each), latest)
                if reached is not None:
                    terms.append(less(*reached))
            else:
                self.program.require([(1.0, through), *terms], high=0)

    def _take(self, code: str, runs: Sequence[AttendableRun], through: int, before: int | None) -> None:
        """Enter what is newly taken of the seats of some runs that end on one day; what counts again has its own rows."""
        if any(need.again and need.role is None and code in need.pool for need in self.demand.needs):
            return
        if code in self.year.scarce and len({run.last for run in runs}) == 1:
            name = f"{code} {runs[0].last}"
            self.year.taken.setdefault(name, []).extend([(1.0, through), *minus(before)])
        self._keep(None, runs)

    def _keep(self, role: str | None, runs: Sequence[AttendableRun]) -> None:
        """Give the class its own seats, or places in a role, where it is booked already."""
        for run in runs:
            if run.kept and (role is None or run.plays == role):
                self.year.kept[run.offering, role] += int(self.count)

    def _attended(self, need: OpenNeed) -> Reach:
        """Return how many have attended so often by which day, or played a role once."""
        code, role = need.pool[0], need.role
        if role is None and code not in self.year.scarce:
            return list(self._attended_by_all(code, need.count))
        times = need.count if role is None else 1
        groups = by_end(self.demand.runs.get(code, ()), None)
        layers: list[list[tuple[int, int]]] = [[] for _ in range(times)]
        for day, runs in groups:
            news = []
            apart = len(runs) == 1 or code in self.year.gaps
            for number, layer in enumerate(layers):
                before = layer[-1][1] if layer else None
                through = self.program.variable(self.count, whole=False)
                news += [(1.0, through), *minus(before)]
                if before is not None:
                    self.program.require([(1.0, before), (-1.0, through)], high=0)
                if number:
                    earlier = layers[number - 1][: -1 if apart else None]
                    self.program.require([(1.0, through), *minus(earlier[-1][1] if earlier else None)], high=0)
                layer.append((day, through))
            more = [(-self.count, self.year.held[run.choice]) for run in runs if run.choice is not None]
            standing = self.count * sum(run.choice is None for run in runs)
            self.program.require([*news, *more], high=standing)
            self._seat(code, role, runs, news)
        # a role that has to be played several times is played once here: no calendar is better than that
        return [(day, 1.0, through) for day, through in layers[-1]]

    def _attended_by_all(self, code: str, times: int) -> Iterator[tuple[int, float, int]]:
        """Yield the same of what everybody has a seat in."""
        before: tuple[int, ...] = ()
        for day, runs in by_end(self.demand.runs.get(code, ()), None):
            choices = [run.choice for run in runs if run.choice is not None]
            apart = len(runs) == 1 or code in self.year.gaps
            standing = len(runs) - len(choices)
            before = self.year.common.attended(before, times, choices, standing, apart=apart)
            yield day, self.count, before[-1]

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
