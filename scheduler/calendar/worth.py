"""What a calendar is worth: who graduates when if some choices are added, found exactly, and cheaply where little has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.programme.instance import Instance
from scheduler.calendar.choices import Choice
from scheduler.calendar.everybody import Everybody
from scheduler.calendar.placed import Placing, as_placed
from scheduler.calendar.places import value_of
from scheduler.calendar.promises import Due
from scheduler.calendar.season import Season
from scheduler.calendar.sharing import carried_over, shared, with_responses
from scheduler.engines.budget import Budget
from scheduler.solve.answers import Answers

Key = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWorth:
    """`later` = learners whose day is later than on the calendar as it stands; `days` = the sum that `graduation` counts."""

    held: tuple[Choice, ...]
    broken: int
    not_graduating: int
    days: int
    later: int
    answers: Answers
    proved: bool

    @property
    def key(self) -> Key:
        """What is compared, the smaller the better, nobody's loss counted."""
        return (0, self.broken, self.not_graduating, self.days, len(self.held))

    @property
    def first_goals(self) -> dict[str, int]:
        """The values of the first three goals, by name and in their order."""
        return {"broken-promises": self.broken, "not-graduating": self.not_graduating, "graduation": self.days}

    @property
    def kept_key(self) -> Key:
        """What is compared where nobody may lose."""
        return (self.later, *self.key[1:])


class Valuer:
    """Values sets of choices of a season; every set once."""

    def __init__(self, season: Season, dues: Sequence[Due], budget: Budget) -> None:
        """Value within a budget: what it cuts short is not proved."""
        self.season = season
        self.dues = dues
        self.budget = budget
        self.found: dict[frozenset[str], CalendarWorth] = {}
        self.told: Mapping[str, date | None] | None = None
        self.everybody = Everybody(season, budget)
        self.together = False
        """Whether all paths are sought together at once: where seats are too few, taking turns rarely finds the best."""

    @property
    def standing(self) -> CalendarWorth:
        """The worth of the calendar as it stands."""
        return self.of(())

    @property
    def graduating(self) -> frozenset[str]:
        """Those who graduate on any of the calendars that have been valued."""
        answers = (answer for known in self.found.values() for answer in known.answers.of.values())
        return frozenset(answer.learner for answer in answers if answer.graduation is not None)

    def of(self, held: Iterable[Choice]) -> CalendarWorth:
        """Return what a set is worth."""
        chosen = _in_order(held)
        key = frozenset(each.id for each in chosen)
        if key not in self.found:
            found = self._valued(chosen, key, PATIENCE if chosen else STANDING)
            if self.budget.is_over and not found.proved:
                return found
            self.found[key] = found
        return self.found[key]

    def placed(self, held: Iterable[Choice], placing: Placing) -> CalendarWorth:
        """Return what a set is worth with scarce places as they are shared out, where that is as good as promised."""
        chosen = _in_order(held)
        key = frozenset(each.id for each in chosen)
        if key not in self.found:
            instance = self.season.with_added(chosen)
            answers = as_placed(instance, self.everybody.alone(instance, key), placing, self.budget)
            worth = self.worth(chosen, answers) if answers is not None else None
            if worth is not None and (worth.not_graduating, worth.days) <= (placing.not_graduating, placing.days):
                self.found[key] = worth
        return self.of(chosen)

    def patiently(self, held: Iterable[Choice]) -> CalendarWorth:
        """Return what a set is worth, with more time to find out where that is not known for sure."""
        found = self.of(held)
        if found.proved or self.budget.is_over:
            return found
        key = frozenset(each.id for each in found.held)
        again = self._valued(found.held, key, PATIENT)
        if again.key < found.key or again.proved:
            self.found[key] = again
        return self.found.get(key, found)

    def at_best(self, held: Iterable[Choice]) -> Key:
        """Return a key that no plan on a calendar is below: everybody as if alone; quick where the whole worth takes long."""
        chosen = _in_order(held)
        key = frozenset(each.id for each in chosen)
        if key in self.found:
            return self.found[key].key
        alone = self.everybody.alone(self.season.with_added(chosen), key)
        days = [each.graduation for each in alone.of.values()]
        return (0, self._broken(chosen), sum(day is None for day in days), self._sum(days), len(chosen))

    def _valued(self, held: tuple[Choice, ...], key: frozenset[str], share: float) -> CalendarWorth:
        instance = self.season.with_added(held)
        patience = None if self.budget.seconds is None else max(1.0, self.budget.seconds * share)
        alone, patient = self.everybody.alone(instance, key), Budget(patience, within=self.budget)
        answers = shared(instance, alone, patient, together=self.together)
        if not answers.proved:
            answers = self._at_least(instance, answers, alone)
        return self.worth(held, answers)

    def know(self, held: tuple[Choice, ...], answers: Answers) -> CalendarWorth:
        """Return what a set is worth with paths that are known for it, and remember it."""
        worth = self.worth(held, answers)
        self.found[frozenset(each.id for each in held)] = worth
        return worth

    def worth(self, held: tuple[Choice, ...], answers: Answers) -> CalendarWorth:
        """Return what a set is worth with some paths."""
        days = {name: each.graduation for name, each in answers.of.items()}
        if self.told is None:
            self.told = days if not held else {n: e.graduation for n, e in self.standing.answers.of.items()}
        return CalendarWorth(
            held=held,
            broken=self._broken(held),
            not_graduating=sum(day is None for day in days.values()),
            days=self._sum(days.values()),
            later=sum(_is_later(self.told.get(name), day) for name, day in days.items()),
            answers=answers,
            proved=answers.proved,
        )

    def _at_least(self, instance: Instance, answers: Answers, alone: Answers) -> Answers:
        """Return the best paths known that everybody can still take on a calendar, made better, where they beat those found."""
        ranked = sorted(self.found.values(), key=lambda each: each.key)
        for known in [*ranked[:CARRIED], *(each for each in ranked[CARRIED:] if not each.held)]:
            if value_of(known.answers) < value_of(answers):
                carried = carried_over(instance, known.answers)
                if carried is not None:
                    return with_responses(instance, carried, alone, self.budget)
        return answers

    def without_idle(self, worth: CalendarWorth, used: Mapping[str, int]) -> CalendarWorth:
        """Return a calendar without what nobody's path goes through, as far as no promise needs it.

        Everybody's paths stay what they are, and as good as they can be: with less on the calendar nobody can do better.
        """
        first = {code for each in self.season.instance.editions.values() for code in each.first_codes}
        held = list(worth.held)
        for choice in reversed(worth.held):
            rest = [each for each in held if each is not choice]
            if not used.get(choice.id) and choice.code not in first and self._broken(rest) <= worth.broken:
                held = rest
        if len(held) == len(worth.held):
            return worth
        found = replace(worth, held=tuple(held), broken=self._broken(held))
        return self.found.setdefault(frozenset(each.id for each in held), found)

    def _broken(self, held: Sequence[Choice]) -> int:
        offerings = [each.offering for each in held]
        return sum(due.found(offerings) < due.needed for due in self.dues)

    def _sum(self, days: Iterable[date | None]) -> int:
        today = self.season.instance.as_of
        return sum(max((day - today).days, 0) for day in days if day is not None)


STANDING = 0.15
"""The same share for the calendar as it stands, with which all others are compared."""

CARRIED = 8
"""So many of the best calendars known are tried for paths that still stand."""

PATIENT = 0.15
"""The same share for a calendar that promises more than was found of it at first."""

PATIENCE = 0.03
"""The share of the time after which one calendar's joint plan has to do, proved or not."""


def _in_order(held: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(held, key=lambda each: (each.offering.start, each.id)))


def _is_later(before: date | None, after: date | None) -> bool:
    return before is not None and (after is None or after > before)
