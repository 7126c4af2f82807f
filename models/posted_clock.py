"""When a learner's clock starts, as choices: the posted side of the window's three readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.choices import Choices, Task
from models.edition import Clock
from models.finish import finish_day
from models.model import Poster
from models.precedence import Chosen, chosen_literal, open_choices
from models.time import anniversary


@dataclass(frozen=True, slots=True)
class TaskClock:
    """A clock started by a task, whose start day is itself chosen; `at_end` = it starts when the task ends."""

    task: Task
    at_end: bool

    def post(self, choices: Choices, poster: Poster, years: int, given: tuple[int, ...]) -> None:
        """Finish by the anniversary, whatever the start: one row for each stretch of starts with the same distance."""
        model = choices.model
        shift = self.task.component.length - 1 if self.at_end else 0
        low, high = model.lows[self.task.start], model.highs[self.task.start]
        literals: list[int] = []
        for first, last, days in _stretches(low + shift, high + shift, years):
            literal = model.literal("clock", *model.names[self.task.start], str(first))
            definition = Poster(model)
            definition.require([(1, self.task.start)], low=first - shift, high=last - shift, given=[literal])
            literals.append(literal)
            if choices.by is None:
                finish = [(1, finish_day(choices)), (-1, self.task.start)]
                poster.require(finish, high=days + shift, given=(*given, literal))
            else:
                earliest = choices.by.toordinal() - days - shift
                poster.require([(1, self.task.start)], low=earliest, given=(*given, literal))
        poster.any_of(literals, given=given)


def _stretches(first: int, last: int, years: int) -> Iterator[tuple[int, int, int]]:
    """Cut day numbers into stretches from whose every day the anniversary is equally far."""
    start = first
    while start <= last:
        days = _distance(start, years)
        stop = start
        while stop < last and _distance(stop + 1, years) == days:
            stop += 1
        yield start, stop, days
        start = stop + 1


def _distance(day: int, years: int) -> int:
    return anniversary(date.fromordinal(day), years).toordinal() - day


Start = tuple[date | TaskClock, tuple[int, ...]]
"""A start of the clock, and the literals under which it applies."""


def starts_of_clock(choices: Choices, poster: Poster, reading: Clock) -> Iterator[Start]:
    """Yield every start that bounds the window, with its conditions."""
    enrolled = choices.learner.enrolled
    if enrolled is None:
        return
    if reading == "enrolment":
        yield enrolled, ()
    elif reading == "first-component":
        yield from _first_component(choices, enrolled)
    else:
        yield from _orientation(choices, poster, enrolled)


def _first_component(choices: Choices, enrolled: date) -> Iterator[Start]:
    others = choices.edition.component.keys() - choices.edition.first_codes
    for done in choices.standing.done:
        if done.component in others and done.day is not None:
            run = choices.instance.offering.get(done.offering or "")
            start = min(run.start, done.day) if run else done.day
            if start >= enrolled:
                yield start, ()
    for code in sorted(others):
        for one in open_choices(choices, code):
            if isinstance(one, Task):
                if one.kept is None or one.kept >= enrolled:
                    yield TaskClock(one, at_end=False), (one.does,)
            elif one.offering.start >= enrolled:
                yield one.offering.start, (one.book,)


def _orientation(choices: Choices, poster: Poster, enrolled: date) -> Iterator[Start]:
    """Yield, for the entry of `first` that ends last (a choice of its own), the end of every alternative."""
    picks: list[int] = []
    for place, entry in enumerate(choices.edition.first):
        pick = choices.model.literal("clock-entry", choices.learner.id, str(place))
        picks.append(pick)
        done = [each for each in choices.standing.done if each.component in entry]
        for each in done:
            yield max(each.day or enrolled, enrolled), (pick,)
        chosen = [one for code in entry for one in open_choices(choices, code)]
        for one in chosen:
            if isinstance(one, Task):
                yield TaskClock(one, at_end=True), (pick, one.does)
            else:
                yield max(one.offering.end, enrolled), (pick, one.book)
        if not done:
            picks.append(_never(choices, chosen, place))
    poster.any_of(picks)


def _never(choices: Choices, chosen: list[Chosen], place: int) -> int:
    """Return a literal that implies that nothing of an entry is chosen: then no clock runs."""
    literal = choices.model.literal("clock-never", choices.learner.id, str(place))
    definition = Poster(choices.model)
    for one in chosen:
        definition.require([(1, chosen_literal(one)), (1, literal)], high=1)
    return literal
