"""Makes a good calendar better: runs are pulled forward, moved, swapped and dropped, each calendar valued exactly."""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence

from scheduler.calendar.choices import Choice
from scheduler.calendar.moves import Moves, Seen
from scheduler.calendar.placed import Placing
from scheduler.calendar.starts import FirstCalendars
from scheduler.calendar.worth import CalendarWorth, Key, Valuer
from scheduler.engines.budget import Budget

HOT, COLD = 6.0, 0.3
"""Days by which a calendar may be worse at first and in the end, about, and still be gone on from."""

PATIENCE = 400
"""So many tries without anything better end the search."""


class Climb:
    """A search from one calendar to better ones; `best` is the best so far."""

    def __init__(self, valuer: Valuer, starts: FirstCalendars, best: CalendarWorth, *, keep: bool) -> None:
        """Start at a calendar; with `keep` nobody's day may get later than it stands."""
        self.valuer, self.starts, self.keep = valuer, starts, keep
        self.chance = random.Random(0)  # noqa: S311 - the same answer for the same input
        self.moves = Moves(starts.choices, starts.room, starts.takes, self.chance)
        self.best = self.here = best
        self.tries = self.since = 0

    def key(self, worth: CalendarWorth) -> Key:
        """Return what is compared."""
        return worth.kept_key if self.keep else worth.key

    def offer(self, held: Sequence[Choice], *, patient: bool = False, placing: Placing | None = None) -> bool:
        """Value a calendar, with more time for it if `patient`, or with places as they are shared out; say if it is best."""
        found = self.valuer.placed(held, placing) if placing else self.valuer.of(held)
        if patient:
            found = self.valuer.patiently(held)
        if self.key(found) < self.key(self.best):
            self.best = self.here = found
            return True
        return False

    def run(
        self, budget: Budget, is_enough: Callable[[CalendarWorth], bool], tell: Callable[[CalendarWorth], None]
    ) -> None:
        """Search until the budget ends, the best is good enough, or nothing better comes."""
        started = budget.spent
        while not budget.is_over and not is_enough(self.best) and self.since < PATIENCE:
            self.tries += 1
            self.since += 1
            held = self.moves.step(self._seen())
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

    def _seen(self) -> Seen:
        """Return the calendar at hand as it is seen by whoever moves on from it."""
        worth = self.here
        planned = self.valuer.season.with_added(worth.held)
        last: list[tuple[int, int | None, tuple[str, ...]]] = []
        for answer in worth.answers.of.values():
            if answer.path is not None and answer.graduation is not None:
                runs = [planned.offering[each] for each in answer.path.offerings]
                codes = sorted({run.component for run in runs if run.end == answer.graduation})
                last.append((1, answer.graduation.toordinal(), tuple(codes)))
            elif answer.path is not None:
                last.append((1, None, ()))
        return Seen(worth.held, self._used(worth), last)

    def _used(self, worth: CalendarWorth) -> Counter[str]:
        """Count for each choice whose path goes through it, or through what is supposed because of it."""
        hangs = {run.id: each.id for each in worth.held for run in each.held}
        paths = (each.path for each in worth.answers.of.values() if each.path is not None)
        return Counter(hangs[run] for path in paths for run in path.offerings if run in hangs)

    def least_used(self, worth: CalendarWorth) -> list[Choice]:
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
