"""When a learner's clock starts, as choices: the posted side of the window's three readings."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from models.formulation.completion_day import finish_day
from models.formulation.learner_variables import LearnerVariables, TaskVariables
from models.formulation.linear import Poster
from models.formulation.precedence import Chosen, chosen_literal, open_choices
from models.programme.edition import Clock, Window


@dataclass(frozen=True, slots=True)
class TaskClock:
    """A clock started by a task, whose start day is itself chosen; `at_end` = it starts when the task ends."""

    task: TaskVariables
    at_end: bool
    enrolled: date

    def post(self, choices: LearnerVariables, poster: Poster, window: Window, given: tuple[int, ...]) -> None:
        """Finish by the last day of the window, whatever the start: one row for each stretch of starts with the same distance."""
        model = choices.model
        shift = self.task.component.length - 1 if self.at_end else 0
        low, high = model.lows[self.task.start], model.highs[self.task.start]
        literals: list[int] = []
        for first, last, days in _Distance(window, self.enrolled).stretches(low + shift, high + shift):
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


@dataclass(frozen=True, slots=True)
class _Distance:
    """How far a window's last day lies from the day that starts it; no clock starts before the enrolment."""

    window: Window
    enrolled: date

    def distance(self, day: int) -> int:
        """Return the days from a day number to the last day of its window."""
        start = max(date.fromordinal(day), self.enrolled)
        return self.window.last_day(start).toordinal() - day

    def stretches(self, first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Cut day numbers into stretches from whose every day the last day is equally far."""
        start = first
        while start <= last:
            days = self.distance(start)
            stop = start
            while stop < last and self.distance(stop + 1) == days:
                stop += 1
            yield start, stop, days
            start = stop + 1


Start = tuple[date | TaskClock, tuple[int, ...]]
"""A start of the clock, and the literals under which it applies."""


def starts_of_clock(choices: LearnerVariables, poster: Poster, reading: Clock) -> Iterator[Start]:
    """Yield every start that bounds the window, with its conditions."""
    enrolled = choices.learner.enrolled
    if enrolled is None:
        return
    if reading == "enrolment" or (reading == "orientation" and not choices.edition.first):
        yield enrolled, ()
    elif reading == "first-component":
        yield from _first_component(choices, enrolled)
    else:
        yield from _orientation(choices, poster, enrolled)


def _first_component(choices: LearnerVariables, enrolled: date) -> Iterator[Start]:
    others = choices.edition.component.keys() - choices.edition.first_codes
    yield from ((start, ()) for start in _starts_done(choices, others) if start >= enrolled)
    for code in sorted(others):
        for one in open_choices(choices, code):
            if isinstance(one, TaskVariables):
                if one.kept is None or one.kept >= enrolled:
                    yield TaskClock(one, at_end=False, enrolled=enrolled), (one.does,)
            elif one.offering.start >= enrolled:
                yield one.offering.start, (one.book,)


def _starts_done(choices: LearnerVariables, codes: Collection[str]) -> Iterator[date]:
    for done in choices.initial_state.done:
        if done.component in codes and done.day is not None:
            run = choices.instance.offering.get(done.offering or "")
            yield min(run.start, done.day) if run else done.day


def _orientation(choices: LearnerVariables, poster: Poster, enrolled: date) -> Iterator[Start]:
    """Yield, for the entry of `first` that ends last (a choice of its own), the end of every alternative."""
    picks: list[int] = []
    for place, entry in enumerate(choices.edition.first):
        pick = choices.model.literal("clock-entry", choices.learner.id, str(place))
        picks.append(pick)
        done = [each for each in choices.initial_state.done if each.component in entry]
        for each in done:
            yield max(each.day or enrolled, enrolled), (pick,)
        chosen = [one for code in entry for one in open_choices(choices, code)]
        for one in chosen:
            if isinstance(one, TaskVariables):
                yield TaskClock(one, at_end=True, enrolled=enrolled), (pick, one.does)
            else:
                yield max(one.offering.end, enrolled), (pick, one.book)
        if not done:
            picks.append(_never(choices, chosen, place))
    poster.any_of(picks)


def _never(choices: LearnerVariables, chosen: list[Chosen], place: int) -> int:
    """Return a literal that implies that nothing of an entry is chosen: then no clock runs."""
    literal = choices.model.literal("clock-never", choices.learner.id, str(place))
    definition = Poster(choices.model)
    for one in chosen:
        definition.require([(1, chosen_literal(one)), (1, literal)], high=1)
    return literal
