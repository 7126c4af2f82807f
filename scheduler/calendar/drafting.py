"""Looks for better calendars by their sketches: thousands of steps in the time of a few exact worths."""

import math
import random
from collections.abc import Callable, Sequence

from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.moves import Moves, Seen
from scheduler.calendar.promises import Due
from scheduler.calendar.sketch import Sketch, Sketching
from scheduler.calendar.starts import Starts
from scheduler.calendar.worth import CalendarWorth
from scheduler.engines.budget import Budget

Score = tuple[int, int, float]
"""Broken promises, who does not graduate, days with a little for each offering."""

HOT, COLD = 0.01, 0.0002
"""The share of all days by which a calendar may be worse at first and in the end, about, and still be gone on from."""

OFFERING = 0.2
"""What an offering costs, in days."""


FIRST_DRAFT, LONGER = 1000, 1.5
"""Steps of the first draft, and how many times longer each is than the one before."""

IDLE_DRAFTS = 3
"""So many drafts without anything better end them."""


class Drafting:
    """Drafts calendars; the same for the same input, as far as the time it takes is the same."""

    def __init__(self, sketching: Sketching, starts: Starts, dues: Sequence[Due]) -> None:
        """Draft what can be held, limits and gaps kept, and staffed."""
        self.sketching, self.starts = sketching, starts
        self.kept = [(due.needed - due.standing, self._keeping(due)) for due in dues]
        self.chance = random.Random(0)  # noqa: S311 - the same answer for the same input
        self.moves = Moves(starts.choices, starts.room, starts.room.fits, self.chance)

    def _keeping(self, due: Due) -> frozenset[str]:
        """Return the choices that keep a promise."""
        return frozenset(each.id for each in self.starts.choices if due.found((each.offering,)) > due.standing)

    def improve(
        self,
        climb: Climb,
        budget: Budget,
        is_enough: Callable[[CalendarWorth], bool],
        tell: Callable[[CalendarWorth], None],
    ) -> None:
        """Offer better calendars to a climb, longer and longer drafts, until that no longer helps.

        They start in turn from the best calendar and from the one at first, which leads to others than those near the best.
        """
        self.moves.learn(climb.moves.shares)
        first = climb.best.held
        steps, idle, fresh = float(FIRST_DRAFT), 0, False
        while not budget.is_over and idle < IDLE_DRAFTS and not is_enough(climb.best):
            held = self.better(first if fresh else climb.best.held, budget, int(steps))
            idle = 0 if climb.offer(held) or self._is_after_all(climb, held) else idle + 1
            tell(climb.best)
            steps, fresh = steps * LONGER, not fresh

    def _is_after_all(self, climb: Climb, held: Sequence[Choice]) -> bool:
        """Ask once more, with patience, for the worth of a draft whose sketch is better than the best; say whether it is."""
        best = climb.best
        promised = self.score(held) < (best.broken, best.not_graduating, best.days + OFFERING * len(best.held))
        return promised and climb.offer(held, patient=True)

    def better(self, held: Sequence[Choice], budget: Budget, steps: int) -> list[Choice]:
        """Return the best draft that is found from a calendar in so many steps, or fewer where time ends first."""
        here, sketch = list(held), self.sketching.of(held)
        score = best_score = self._score(here, sketch)
        best = here
        length = budget.left
        tries = 0
        while tries < steps and not budget.is_over:
            tries += 1
            share = max(tries / steps, 1 - budget.left / length if math.isfinite(length) else 0.0)
            new = self.moves.step(Seen(here, sketch.used, sketch.last))
            if new is None:
                continue
            found = self.sketching.of(new, sketch)
            new_score = self._score(new, found)
            heat = score[2] * HOT * (COLD / HOT) ** share
            if not self._is_taken(score, new_score, heat):
                continue
            if new_score < best_score:
                if self.starts.staff.crews(new) is None:
                    continue
                best, best_score = new, new_score
            here, sketch, score = new, found, new_score
        return best

    def score(self, held: Sequence[Choice]) -> Score:
        """Return about what a calendar is worth."""
        return self._score(held, self.sketching.of(held))

    def _score(self, held: Sequence[Choice], sketch: Sketch) -> Score:
        names = {each.id for each in held}
        broken = sum(len(names & keeping) < missing for missing, keeping in self.kept)
        return broken, sketch.not_graduating, sketch.days + OFFERING * len(held)

    def _is_taken(self, old: Score, new: Score, heat: float) -> bool:
        if new <= old:
            return True
        return new[:2] == old[:2] and new[2] - old[2] <= -math.log(1.0 - self.chance.random()) * heat
