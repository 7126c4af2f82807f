"""The answer to `path` on a screen: whole paths for a few learners, a summary for many."""

from collections.abc import Mapping

from scheduler.answers.path import PathAnswer
from scheduler.explain.sheets import Sheet
from scheduler.show.heading import heading
from scheduler.show.journey import alternative, journey
from scheduler.show.proof import proof
from scheduler.show.screen import Screen
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.versions import solver_version


def show_plan(screen: Screen, found: PathAnswer, *, whole: bool = False) -> None:
    """Write an answer: whole paths where they are told whole, else a summary, with a line for everybody if `whole`."""
    result, sheets = found.result, found.sheets
    heading(screen, result.instance)
    if not result.learners:
        screen.line("There are no learners: nothing to plan.")
        return
    if found.is_told_whole:
        _show_paths(screen, result, sheets)
    else:
        from scheduler.show.summary import summary

        summary(screen, result, sheets, whole=whole)
    screen.line()
    screen.line(receipt(result))


def receipt(result: Result) -> str:
    """Say in one line what the answer rests on, so that it can be found again."""
    solver = f"CP-SAT {solver_version()}, seed {result.settings.seed}"
    if result.settings.workers > 1:
        solver += f", {result.settings.workers} workers"
    return f"Input {result.instance.digest[:19]}, {solver}, {_asked(result)}."


def _asked(result: Result) -> str:
    ways = [result.style, *(["fair"] if result.fair else []), *(["by priority"] if _has_priorities(result) else [])]
    return ", ".join(ways)


def _has_priorities(result: Result) -> bool:
    return any(turn.whose for turn in result.turns)


def _proved(result: Result, answer: LearnerAnswer) -> str:
    """Say how far a day is proved, and whether others are planned too where that moves it."""
    if result.others == "left free":
        return f"{proof(result)}, if a seat is free"
    moved = result.others == "planned" and answer.graduation != answer.alone
    return f"{proof(result)}, the others planned too" if moved else proof(result)


def _show_paths(screen: Screen, result: Result, sheets: Mapping[str, Sheet]) -> None:
    for number, answer in enumerate(result.learners):
        if number:
            screen.line()
        journey(screen, result.instance, answer, _proved(result, answer), sheets[answer.learner])
    for number, answer in enumerate(result.alternatives, start=1):
        screen.line()
        alternative(screen, result.instance, answer, number)
