"""Rows that give every added session a trainer who is in one place at a time and within the weekly and daily limits."""

from collections import Counter
from collections.abc import Mapping, Sequence

from scheduler.engines.highs import LinearProgram
from scheduler.repeats.problem import Option, Problem
from scheduler.repeats.staff import Stretch

Teaching = dict[tuple[int, str], int]
"""The variable that says that an option is taught by a trainer (the option's own where only one could)."""


def require_trainers(
    program: LinearProgram, problem: Problem, added: Sequence[Option], held: Mapping[int, int]
) -> Teaching:
    """Post the rows and return the variables by option and trainer."""
    teaching: Teaching = {}
    for option in added:
        if len(option.trainers) == 1:
            teaching[option.place, option.trainers[0]] = held[option.place]
        elif option.trainers:
            for trainer in option.trainers:
                teaching[option.place, trainer] = program.variable(1, whole=True)
            terms = [(1.0, teaching[option.place, trainer]) for trainer in option.trainers]
            program.require([*terms, (-1.0, held[option.place])], low=0, high=0)
    for trainer in sorted({name for _, name in teaching}):
        mine = [(problem.options[k], variable) for (k, name), variable in teaching.items() if name == trainer]
        _one_place(program, mine, problem.calendars[trainer].trainer.min_break or 0)
        _limits(program, problem, trainer, mine)
    return teaching


def _one_place(program: LinearProgram, mine: Sequence[tuple[Option, int]], rest: int) -> None:
    """Allow one of each largest set of options that meet at one instant, each with its trainer's break in minutes behind it."""
    moments = sorted(
        moment
        for option, variable in mine
        for session in option.offering.sessions
        for moment in ((session.start, 1, variable), (session.span.end + rest, 0, variable))
    )
    running: list[int] = []
    grew = False
    seen: set[frozenset[int]] = set()
    for _, starts, variable in moments:
        if starts:
            running.append(variable)
            grew = True
            continue
        meeting = frozenset(running)
        if grew and len(meeting) > 1 and meeting not in seen:
            seen.add(meeting)
            program.require([(1.0, each) for each in sorted(meeting)], high=1)
        running.remove(variable)
        grew = False


def _limits(program: LinearProgram, problem: Problem, trainer: str, mine: Sequence[tuple[Option, int]]) -> None:
    """Bound what each of a trainer's weeks and days takes."""
    calendar = problem.calendars[trainer]
    full: dict[Stretch, Counter[int]] = {}
    for option, variable in mine:
        for stretch, count in calendar.stretches(option.offering.sessions).items():
            full.setdefault(stretch, Counter())[variable] += count
    for stretch, counts in sorted(full.items()):
        if counts.total() > calendar.room(stretch):
            program.require([(float(count), each) for each, count in counts.items()], high=calendar.room(stretch))
