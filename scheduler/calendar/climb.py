"""Makes a good calendar better: runs are pulled forward, moved, swapped and dropped, each calendar valued exactly."""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from scheduler.calendar.choices import Choice
from scheduler.calendar.starts import Starts
from scheduler.calendar.worth import Key, Valuer, Worth
from scheduler.engines.budget import Budget

Moves = Callable[[], list[Choice] | None]

NEAR = 28
"""Days within which a run is moved."""

HOT, COLD = 6.0, 0.3
"""Days by which a calendar may be worse at first and in the end, about, and still be gone on from."""

PATIENCE = 400
"""So many tries without anything better end the search."""


class Climb:
    """A search from one calendar to better ones; `best` is the best so far."""

    def __init__(self, valuer: Valuer, starts: Starts, best: Worth, shares: Mapping[str, float], *, keep: bool) -> None:
        """Start at a calendar; with `keep` nobody's day may get later than it stands."""
        self.valuer, self.starts, self.shares, self.keep = valuer, starts, shares, keep
        self.chance = random.Random(0)  # noqa: S311 - the same answer for the same input
        self.best = self.here = best
        self.of_code: dict[str, list[Choice]] = {}
        for choice in starts.choices:
            self.of_code.setdefault(choice.code, []).append(choice)
        self.likely = [each for each in starts.choices if shares.get(each.id, 0.0) > 0.01]  # noqa: PLR2004 - one in a hundred
        self.tries = self.since = 0

    def key(self, worth: Worth) -> Key:
        """Return what is compared."""
        return worth.kept_key if self.keep else worth.key

    def offer(self, held: Sequence[Choice]) -> bool:
        """Value a calendar; say whether it is the best so far."""
        found = self.valuer.of(held)
        if self.key(found) < self.key(self.best):
            self.best = self.here = found
            return True
        return False

    def run(self, budget: Budget, is_enough: Callable[[Worth], bool], tell: Callable[[Worth], None]) -> None:
        """Search until the budget ends, the best is good enough, or nothing better comes."""
        started = budget.spent
        while not budget.is_over and not is_enough(self.best) and self.since < PATIENCE:
            self.tries += 1
            self.since += 1
            held = self._moved()
            if held is None:
                continue
            before, slack = self.best, self._slack(budget, started)
            if not self._is_taken(self.valuer.at_best(held), slack):
                continue
            found = self.valuer.of(held)
            if self._is_taken(self.key(found), slack):
                self.here = found
            if self.key(found) < self.key(before):
                self.best, self.since = found, 0
                tell(found)
        self._slimmed(budget)

    def _slack(self, budget: Budget, started: float) -> float:
        """Draw by how many days a calendar may be worse and still be gone on from: fewer and fewer as time goes by."""
        left = budget.left
        share = (budget.spent - started) / (left + budget.spent - started) if math.isfinite(left) else 0.5
        heat: float = HOT * (COLD / HOT) ** share
        return -math.log(1.0 - self.chance.random()) * heat

    def _is_taken(self, new: Key, slack: float) -> bool:
        """Say whether the search goes on from a calendar: a better one, or one that is no more than so many days worse."""
        old = self.key(self.here)
        if new <= old:
            return True
        return new[:3] == old[:3] and new[3] - old[3] + 0.2 * (new[4] - old[4]) <= slack

    def _moved(self) -> list[Choice] | None:
        moves: list[Moves] = [self._pull, self._pull, self._shift, self._likely, self._drop]
        return self.chance.choice(moves)()

    def _pull(self) -> list[Choice] | None:
        """Hold an earlier run of what somebody finishes last, or of what somebody who does not graduate could need."""
        answers = [each for each in self.here.answers.of.values() if each.path is not None]
        if not answers:
            return None
        answer = self.chance.choice(answers)
        day = answer.graduation
        if day is None or answer.path is None:
            return self._inserted(self.chance.choice(self.starts.choices)) if self.starts.choices else None
        planned = self.valuer.season.with_added(self.here.held)
        ends = [run.component for each in answer.path.offerings if (run := planned.offering[each]).end == day]
        return self._earlier(self.chance.choice(sorted(ends)), day) if ends else None

    def _earlier(self, code: str, day: date) -> list[Choice] | None:
        options = [
            each for each in self.of_code.get(code, ()) if each.offering.end < day and each not in self.here.held
        ]
        return self._inserted(self._drawn(options)) if options else None

    def _drawn(self, options: Sequence[Choice]) -> Choice:
        """Draw one, those that the program holds more rather than others."""
        weights = [0.05 + self.shares.get(each.id, 0.0) for each in options]
        return self.chance.choices(options, weights)[0]

    def _shift(self) -> list[Choice] | None:
        """Move a run by some days, or to another hour."""
        if not self.here.held:
            return None
        gone = self.chance.choice(self.here.held)
        options = [
            each
            for each in self.of_code.get(gone.code, ())
            if each is not gone and abs((each.offering.start - gone.offering.start).days) <= NEAR
        ]
        if not options:
            return None
        return self._with([each for each in self.here.held if each is not gone], self.chance.choice(options))

    def _likely(self) -> list[Choice] | None:
        """Hold something that the program holds in part."""
        options = [each for each in self.likely if each not in self.here.held]
        return self._inserted(self._drawn(options)) if options else None

    def _drop(self) -> list[Choice] | None:
        """Drop what nobody uses, or anything."""
        used = self._used(self.here)
        idle = [each for each in self.here.held if not used[each.id]] or list(self.here.held)
        if not idle:
            return None
        gone = self.chance.choice(idle)
        return [each for each in self.here.held if each is not gone]

    def _inserted(self, choice: Choice) -> list[Choice] | None:
        """Add a choice; what is too near to it goes, and where the limit is reached what is used least of its kind."""
        gap = self.starts.room.gaps.get(choice.code, 0)
        rest = [
            each
            for each in self.here.held
            if each.code != choice.code or abs((each.offering.start - choice.offering.start).days) >= gap
        ]
        found = self._with(rest, choice)
        if found is not None:
            return found
        used = self._used(self.here)
        same = [each for each in rest if set(self.starts.room.limits(each)) & set(self.starts.room.limits(choice))]
        if not same:
            return None
        least = min(used[each.id] for each in same)
        few = [each for each in same if used[each.id] <= least + self.chance.choice((0, 0, 1, 2))]
        gone = self.chance.choice(few)
        return self._with([each for each in rest if each is not gone], choice)

    def _with(self, rest: Sequence[Choice], choice: Choice) -> list[Choice] | None:
        held = list(rest)
        return held if self.starts.add(held, choice) else None

    def _used(self, worth: Worth) -> Counter[str]:
        """Count for each choice whose path goes through it, or through what is supposed because of it."""
        hangs = {run.id: each.id for each in worth.held for run in each.held}
        paths = (each.path for each in worth.answers.of.values() if each.path is not None)
        return Counter(hangs[run] for path in paths for run in path.offerings if run in hangs)

    def least_used(self, worth: Worth) -> list[Choice]:
        """Return what a calendar holds, first what the fewest paths go through."""
        used = self._used(worth)
        return sorted(worth.held, key=lambda each: (used[each.id], each.offering.start, each.id))

    def _slimmed(self, budget: Budget) -> None:
        """Drop from the best what makes no difference: at once what nobody's path goes through, then what time allows."""
        self.best = self.here = self.valuer.without_idle(self.best, self._used(self.best))
        for choice in reversed(self.best.held):
            if budget.is_over:
                return
            if choice in self.best.held:
                self.offer([each for each in self.best.held if each is not choice])
