"""Looks for better calendars by their sketches: thousands of steps in the time of a few exact worths."""

import itertools
import math
import random
from collections.abc import Callable, Generator, Sequence

from scheduler.calendar.choices import Choice
from scheduler.calendar.climb import Climb
from scheduler.calendar.moves import Moves, Seen
from scheduler.calendar.promises import Due
from scheduler.calendar.sketch import Sketch, Sketching
from scheduler.calendar.starts import FirstCalendars
from scheduler.calendar.worth import CalendarWorth
from scheduler.engines.budget import Budget

Score = tuple[int, int, float]
"""Broken promises, who does not graduate, days with a little for each offering."""

HOT, COLD = 0.01, 0.0002
"""The share of all days by which a calendar may be worse at first and in the end, about, and still be gone on from."""

OFFERING = 0.2
"""What an offering costs, in days."""


FIRST_DRAFT, LONGER, LONGEST = 1000, 2, 16_000
"""Steps of the first draft, how many times longer each is than the one before, and the most of any."""

IDLE_DRAFTS = 3
"""So many drafts without anything better end them."""

DOUBT = 1.005
"""By so much a draft may be worse than the best by its sketch and still be valued."""

LOOK = 100
"""After so many steps the best of a draft is looked at: is it worth valuing already?"""

WAITING = 0.5
"""Seconds of drafting between two looks at whatever is waited for."""


class Drafting:
    """Drafts calendars; the same for the same input, as far as the time it takes is the same."""

    def __init__(self, sketching: Sketching, starts: FirstCalendars, dues: Sequence[Due]) -> None:
        """Draft what can be held, limits and gaps kept, and staffed."""
        self.sketching, self.starts = sketching, starts
        self.kept = [(due.needed - due.standing, self._keeping(due)) for due in dues]
        self.chance = random.Random(0)  # noqa: S311 - the same answer for the same input
        self.moves = Moves(starts.choices, starts.room, starts.room.fits, self.chance)
        self.best: list[Choice] = []
        """The best of the draft under way."""

    def _keeping(self, due: Due) -> frozenset[str]:
        """Return the choices that keep a promise."""
        return frozenset(each.id for each in self.starts.choices if due.found((each.offering,)) > due.standing)

    def better(self, held: Sequence[Choice], budget: Budget, steps: int) -> list[Choice]:
        """Return the best draft that is found from a calendar in so many steps, or fewer where time ends first."""
        drafts = self.steps(held, budget, steps)
        while True:
            try:
                next(drafts)
            except StopIteration as ended:
                return list(ended.value)

    def steps(self, held: Sequence[Choice], budget: Budget, steps: int) -> Generator[bool, None, list[Choice]]:
        """Do the same step by step."""
        here, sketch = list(held), self.sketching.of(held)
        score = best_score = self._score(here, sketch)
        best = self.best = here
        length = budget.left
        tries = 0
        while tries < steps and not budget.is_over:
            yield True
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
                best = self.best = new
                best_score = new_score
            here, sketch, score = new, found, new_score
        return best

    def at_best_hours(self, held: Sequence[Choice]) -> list[Choice]:
        """Return a calendar with each run at the hour of its day that is best, one after the other: a program sees no clashes."""
        here = list(held)
        best = self.score(here)
        for choice in held:
            rest = [each for each in here if each is not choice]
            for other in self.moves.of_code[choice.code]:
                if other.offering.start != choice.offering.start or other is choice:
                    continue
                new = [*rest, other]
                score = self.score(new)
                if score < best and self.starts.takes(rest, other):
                    here, best = new, score
        return here

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


class Drafts:
    """Longer and longer drafts, in turn from the best calendar and from the one at first, which leads to others.

    They go on where they have stopped, so that a longer time does first what a shorter one does.
    """

    def __init__(
        self,
        drafting: Drafting,
        climb: Climb,
        budget: Budget,
        is_enough: Callable[[CalendarWorth], bool],
        tell: Callable[[CalendarWorth], None],
    ) -> None:
        """Begin at the best calendar of a climb, and offer it better ones within a budget."""
        self.drafting, self.climb, self.budget = drafting, climb, budget
        self.is_enough, self.tell = is_enough, tell
        self.first: Sequence[Choice] = climb.best.held
        self.idle = 0
        self.seen: Sequence[Choice] = ()
        self.course = self._course()

    def begin_at(self, held: Sequence[Choice]) -> None:
        """Begin anew at a calendar that promises more than those that were drafted."""
        self.first = held
        self.course = self._course(fresh=True)

    def go(self, until: Budget) -> None:
        """Draft until a budget ends, or drafts no longer help."""
        self.idle = 0
        while self.idle < IDLE_DRAFTS and not self._is_over(until) and next(self.course, False):
            pass

    def _is_over(self, until: Budget) -> bool:
        """Say whether to stop; what is under way when the whole time ends is still looked at."""
        return self.is_enough(self.climb.best) or (until.is_over and not self.budget.is_over)

    def while_waiting(self) -> None:
        """Draft for a moment."""
        moment = Budget(WAITING)
        while not self._is_over(moment) and next(self.course, False):
            pass

    def _course(self, *, fresh: bool = False) -> Generator[bool, None, None]:
        steps = FIRST_DRAFT
        while not self.budget.is_over:
            start = self.first if fresh else self.climb.best.held
            held = yield from self._watched(self.drafting.steps(start, self.budget, steps))
            self.idle = 0 if self._is_better(held) else self.idle + 1
            self.tell(self.climb.best)
            steps, fresh = min(steps * LONGER, LONGEST), not fresh

    def _watched(self, draft: Generator[bool, None, list[Choice]]) -> Generator[bool, None, list[Choice]]:
        """Draft step by step; what lets more learners graduate is valued before the draft is over."""
        for number in itertools.count(1):
            try:
                next(draft)
            except StopIteration as ended:
                return list(ended.value)
            if number % LOOK == 0:
                self._glance(self.drafting.best)
            yield True
        return []

    def _glance(self, held: list[Choice]) -> None:
        """Value the best of a draft under way where it promises that fewer are left out, once."""
        best = self.climb.best
        if held is not self.seen and self.drafting.score(held)[:2] < (best.broken, best.not_graduating):
            self.seen = held
            self.climb.offer(held, placing=self.drafting.sketching.placing(held))
            self.tell(self.climb.best)

    def _is_better(self, held: Sequence[Choice]) -> bool:
        """Say whether a draft is the best calendar so far: only what its sketch does not rule out is valued.

        One whose sketch is better than the best, and that was not found to be, is valued once more with patience.
        """
        best, score = self.climb.best, self.drafting.score(held)
        known = (best.broken, best.not_graduating, best.days + OFFERING * len(best.held))
        if score > (*known[:2], known[2] * DOUBT):
            return False
        placing = self.drafting.sketching.placing(held)
        return self.climb.offer(held, placing=placing) or (score < known and self.climb.offer(held, patient=True))
