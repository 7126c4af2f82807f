"""The parts of a way through a calendar, each for itself: courses, what takes one day, and what is attended again and again."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from models.programme.offering import Offering
from models.programme.time import Span
from scheduler.calendar.wanted import AttendableRun, Demand, OpenNeed

Taken = tuple[str, ...]
Part = tuple[int, Taken, tuple[str, ...]]
"""A day, what is gone through up to it, and the components that end on it."""

MOST_SETS = 60
"""So many sets of courses are tried."""


NEVER = date.max.toordinal()
"""A day that does not come."""


class Clashes:
    """Which offerings have sessions at the same time, looked at once: a set of offerings is a number, one bit for each."""

    def __init__(self, offering: Mapping[str, Offering]) -> None:
        """Look at the offerings of a year."""
        self.bit = {name: 1 << place for place, name in enumerate(offering)}
        self.with_bits = dict.fromkeys(offering, 0)
        self.known: dict[Taken, tuple[int, int]] = {}
        sessions = [(each.span, name) for name, run in offering.items() for each in run.sessions]
        running: list[tuple[Span, str]] = []
        for span, name in sorted(sessions, key=lambda pair: (pair[0].start, pair[0].end)):
            running = [each for each in running if each[0].end > span.start]
            for each, other in running:
                if other != name and each.overlaps(span):
                    self.with_bits[name] |= self.bit[other]
                    self.with_bits[other] |= self.bit[name]
            running.append((span, name))

    def bits(self, runs: Taken) -> tuple[int, int]:
        """Return some offerings, and all that clash with one of them."""
        if runs not in self.known:
            these = clashing = 0
            for run in runs:
                these |= self.bit[run]
                clashing |= self.with_bits[run]
            self.known[runs] = these, clashing
        return self.known[runs]

    def apart(self, one: Taken, other: Taken) -> bool:
        """Say whether nothing of the one clashes with anything of the other."""
        return not self.bits(one)[1] & self.bits(other)[0]

    def clash(self, one: str, other: str) -> bool:
        """Say whether two offerings clash; one and the same does not."""
        return bool(self.with_bits[one] & self.bit[other])


class Parts:
    """Finds the parts for one class, of the runs that are held."""

    def __init__(self, demand: Demand, offering: Mapping[str, Offering], clashes: Clashes) -> None:
        """Sort what the class needs."""
        self.demand, self.offering, self.clashes = demand, offering, clashes
        self.again = [need for need in demand.needs if need.again and need.role is None]
        self.roles = [need for need in demand.needs if need.again and need.role is not None]
        once = [need for need in demand.needs if not need.again]
        self.courses = [need for need in once if any(self._is_long(code) for code in need.pool)]
        self.days = [need for need in once if need not in self.courses]

    def _is_long(self, code: str) -> bool:
        return any(len(self.offering[run.offering].sessions) != 1 for run in self.demand.runs.get(code, ()))

    def reached(self, needs: Sequence[OpenNeed]) -> list[str]:
        """Return the components of some needs, and what comes before them."""
        found: set[str] = set()
        queue = [code for need in needs for code in need.pool]
        while queue:
            code = queue.pop()
            if code not in found:
                found.add(code)
                queue += [each for entry in self.demand.before.get(code, ()) for each in entry]
        return sorted(found)

    def of_again(self, runs: Mapping[str, Sequence[AttendableRun]]) -> Part | None:
        """Attend the first ones."""
        day, taken, last = 0, [], []
        for need in self.again:
            code = need.pool[0]
            mine = runs.get(code, ())[: need.count]
            if len(mine) < need.count:
                return None
            taken += [run.offering for run in mine]
            if mine[-1].last >= day:
                day, last = mine[-1].last, [code]
        return day, tuple(taken), tuple(last)

    def of_courses(self, runs: Mapping[str, Sequence[AttendableRun]]) -> Part | None:
        """Try the runs of each set of courses that would do, in order of their end."""
        best: tuple[int, tuple[AttendableRun, ...], tuple[str, ...]] | None = None
        for codes in self._sets(runs):
            best = self._through(codes, runs, 0, (), best) or best
        if best is None:
            return None
        day, chosen, codes = best
        last = tuple(code for code, run in zip(codes, chosen, strict=True) if run.last == day)
        return day, tuple(run.offering for run in chosen), last

    def _sets(self, runs: Mapping[str, Sequence[AttendableRun]]) -> Iterator[tuple[str, ...]]:
        """Yield sets of components that meet all needs, each with what comes before it, in an order that can be followed."""
        options = []
        for need in self.courses:
            missing = need.count - sum(code in self.demand.tasks for code in need.pool)
            pool = [code for code in need.pool if runs.get(code)]
            options.append(list(combinations(pool, max(0, missing))))
        for number, picked in enumerate(product(*options)):
            if number >= MOST_SETS:
                return
            order: list[str] = []
            for code in (code for each in picked for code in each):
                self._enter(code, order, runs)
            yield tuple(order)

    def _enter(self, code: str, order: list[str], runs: Mapping[str, Sequence[AttendableRun]]) -> None:
        """Enter a component behind what comes before it: of each entry one that is entered already, or the first that is held."""
        if code in order:
            return
        for entry in self.demand.before.get(code, ()):
            if code not in entry and not any(each in self.demand.tasks or each in order for each in entry):
                first = next((each for each in entry if runs.get(each)), None)
                if first is not None:
                    self._enter(first, order, runs)
        order.append(code)

    def _through(
        self,
        codes: tuple[str, ...],
        runs: Mapping[str, Sequence[AttendableRun]],
        day: int,
        chosen: tuple[AttendableRun, ...],
        best: tuple[int, tuple[AttendableRun, ...], tuple[str, ...]] | None,
    ) -> tuple[int, tuple[AttendableRun, ...], tuple[str, ...]] | None:
        if len(chosen) == len(codes):
            return day, chosen, codes
        code = codes[len(chosen)]
        ready = self._ready(code, dict(zip(codes, chosen, strict=False)))
        found = None
        for run in runs.get(code, ()):
            if best is not None and max(day, run.last) >= best[0]:
                break
            if run.ready < ready or any(self.clashes.clash(run.offering, each.offering) for each in chosen):
                continue
            new = self._through(codes, runs, max(day, run.last), (*chosen, run), best)
            if new is not None:
                best = found = new
        return found

    def _ready(self, code: str, chosen: Mapping[str, AttendableRun]) -> int:
        """Return the first day on which a component may start, after what has to come before it."""
        ready = 0
        for entry in self.demand.before.get(code, ()):
            if code not in entry and not any(each in self.demand.tasks for each in entry):
                ready = max(ready, min((chosen[each].last for each in entry if each in chosen), default=NEVER))
        return ready

    def of_days(self, runs: Mapping[str, Sequence[AttendableRun]]) -> Part | None:
        """Find the first day by which enough components have a time of their own."""
        first = {code: mine[0].last for code, mine in runs.items() if mine}
        after = {code: self._after(code, first) for code in first}
        mine = {code: [run for run in runs[code] if run.ready >= after[code]] for code in first}
        ends = sorted({run.last for each in mine.values() for run in each})
        for day in ends[bisect_left(ends, self._least(mine)) :]:
            matched = self._matched(mine, day)
            if matched is not None:
                end = max((run.last for run in matched.values()), default=0)
                last = tuple(code for code, run in matched.items() if run.last == end)
                return end, tuple(run.offering for run in matched.values()), last
        return None if any(need.count for need in self.days) else (0, (), ())

    def _least(self, runs: Mapping[str, Sequence[AttendableRun]]) -> int:
        """Return a day before which no need has enough."""
        found = 0
        for need in self.days:
            ends = [self.demand.tasks[code] for code in need.pool if code in self.demand.tasks]
            ends += [runs[code][0].last for code in need.pool if runs.get(code)]
            if len(ends) < need.count:
                return NEVER
            found = max(found, sorted(ends)[need.count - 1] if need.count else 0)
        return found

    def _after(self, code: str, first: Mapping[str, int]) -> int:
        ready = 0
        for entry in self.demand.before.get(code, ()):
            if code not in entry and not any(each in self.demand.tasks for each in entry):
                ready = max(ready, min((first[each] for each in entry if each in first), default=NEVER))
        return ready

    def _matched(self, runs: Mapping[str, Sequence[AttendableRun]], day: int) -> dict[str, AttendableRun] | None:
        """Give components times of their own up to a day, until every need has enough; None where it does not."""
        by_time: dict[int, tuple[str, AttendableRun]] = {}
        for need in self.days:
            missing = need.count - sum(self.demand.tasks.get(code, day + 1) <= day for code in need.pool)
            pool = [code for code in need.pool if runs.get(code) and runs[code][0].last <= day]
            if missing > len(pool):
                return None
            for code in sorted(pool, key=lambda each: runs[each][0].last):
                if missing <= 0:
                    break
                missing -= self._place(code, runs, day, by_time, set())
            if missing > 0:
                return None
        return dict(by_time.values())

    def _place(
        self,
        code: str,
        runs: Mapping[str, Sequence[AttendableRun]],
        day: int,
        by_time: dict[int, tuple[str, AttendableRun]],
        seen: set[int],
    ) -> bool:
        """Give a component a time, moving others to later ones if need be."""
        for run in runs[code]:
            if run.last > day:
                break
            start = self.offering[run.offering].sessions[0].start
            if start in seen:
                continue
            seen.add(start)
            if start not in by_time or self._place(by_time[start][0], runs, day, by_time, seen):
                by_time[start] = (code, run)
                return True
        return False
