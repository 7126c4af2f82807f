"""Steps from one calendar to the next: runs are pulled forward, moved, added, swapped and dropped."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.calendar.choices import Choice
from scheduler.calendar.room import Room

Fits = Callable[[Sequence[Choice], Choice], bool]
"""Says whether a choice can be added to a set."""

NEAR = 28
"""Days within which a run is moved."""

TWICE = 0.35
"""The share of steps on which another one follows at once: what is moved together may be worth it where neither is alone."""

LIKELY = 0.01
"""The share in which a program holds what is tried rather than the rest."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A calendar as it is seen by whoever moves on from it.

    `used` = how many go through each choice, by id; `last` = how many graduate on which day (None = not), finishing what.
    """

    held: Sequence[Choice]
    used: Mapping[str, int]
    last: Sequence[tuple[int, int | None, tuple[str, ...]]]


class Moves:
    """Draws steps; `shares` = in which part a program holds each choice."""

    def __init__(self, choices: Sequence[Choice], room: Room, fits: Fits, chance: random.Random) -> None:
        """Take what could be held."""
        self.choices, self.room, self.fits, self.chance = choices, room, fits, chance
        self.of_code: dict[str, list[Choice]] = {}
        for choice in choices:
            self.of_code.setdefault(choice.code, []).append(choice)
        self.shares: Mapping[str, float] = {}
        self.likely: list[Choice] = []

    def learn(self, shares: Mapping[str, float]) -> None:
        """Take in which part a program holds each choice."""
        self.shares = shares
        self.likely = [each for each in self.choices if shares.get(each.id, 0.0) > LIKELY]

    def step(self, seen: Seen) -> list[Choice] | None:
        """Return another calendar, now and then two steps away; None where the step that was drawn is not possible."""
        new = self._one(seen)
        if new is None or self.chance.random() >= TWICE:
            return new
        return self._one(Seen(new, seen.used, seen.last)) or new

    def _one(self, seen: Seen) -> list[Choice] | None:
        steps: list[Callable[[Seen], list[Choice] | None]] = [
            self._pull,
            self._pull,
            self._shift,
            self._add_likely,
            self._drop,
        ]
        return self.chance.choice(steps)(seen)

    def _pull(self, seen: Seen) -> list[Choice] | None:
        """Hold an earlier run of what somebody finishes last, or of anything where somebody does not graduate."""
        if not seen.last:
            return None
        _, day, codes = self.chance.choices(seen.last, [count for count, _, _ in seen.last])[0]
        if day is None:
            return self._inserted(seen, self.chance.choice(self.choices))
        if not codes:
            return None
        held = {each.id for each in seen.held}
        options = [
            each
            for each in self.of_code.get(self.chance.choice(codes), ())
            if each.offering.end.toordinal() < day and each.id not in held
        ]
        return self._inserted(seen, self._drawn(options)) if options else None

    def _drawn(self, options: Sequence[Choice]) -> Choice:
        """Draw one, those that the program holds more rather than others."""
        weights = [0.05 + self.shares.get(each.id, 0.0) for each in options]
        return self.chance.choices(options, weights)[0]

    def _shift(self, seen: Seen) -> list[Choice] | None:
        """Move a run by some days, or to another hour."""
        if not seen.held:
            return None
        gone = self.chance.choice(seen.held)
        options = [
            each
            for each in self.of_code.get(gone.code, ())
            if each.id != gone.id and abs((each.offering.start - gone.offering.start).days) <= NEAR
        ]
        if not options:
            return None
        return self._with([each for each in seen.held if each is not gone], self.chance.choice(options))

    def _add_likely(self, seen: Seen) -> list[Choice] | None:
        """Hold something that the program holds in part, or anything where no program was asked."""
        choice = self._drawn(self.likely) if self.likely else self.chance.choice(self.choices)
        return None if any(each is choice for each in seen.held) else self._inserted(seen, choice)

    def _drop(self, seen: Seen) -> list[Choice] | None:
        """Drop what nobody uses, or anything."""
        idle = [each for each in seen.held if not seen.used.get(each.id)] or list(seen.held)
        if not idle:
            return None
        gone = self.chance.choice(idle)
        return [each for each in seen.held if each is not gone]

    def _inserted(self, seen: Seen, choice: Choice) -> list[Choice] | None:
        """Add a choice; what is too near to it goes, and where the limit is reached what is used least of its kind."""
        gap = self.room.gaps.get(choice.code, 0)
        rest = [
            each
            for each in seen.held
            if each.code != choice.code or abs((each.offering.start - choice.offering.start).days) >= gap
        ]
        found = self._with(rest, choice)
        if found is not None:
            return found
        same = [each for each in rest if set(self.room.limits(each)) & set(self.room.limits(choice))]
        if not same:
            return None
        least = min(seen.used.get(each.id, 0) for each in same)
        few = [each for each in same if seen.used.get(each.id, 0) <= least + self.chance.choice((0, 0, 1, 2))]
        gone = self.chance.choice(few)
        return self._with([each for each in rest if each is not gone], choice)

    def _with(self, rest: Sequence[Choice], choice: Choice) -> list[Choice] | None:
        return [*rest, choice] if self.fits(rest, choice) else None
