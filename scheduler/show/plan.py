"""The answer to `path` on a screen: whole paths for a few learners, a summary for many."""

from importlib import metadata

from scheduler.show.heading import heading
from scheduler.show.journey import alternative, journey
from scheduler.show.proof import proof
from scheduler.show.screen import Screen
from scheduler.show.summary import summary
from scheduler.solve.result import Result

FEW = 3


def show_plan(screen: Screen, result: Result, *, details: bool = False) -> None:
    """Write a result; `details` asks for whole paths however many there are."""
    heading(screen, result.instance)
    if not result.learners:
        screen.line("There are no learners: nothing to plan.")
        return
    if len(result.learners) > FEW and not details:
        summary(screen, result)
    else:
        _show_paths(screen, result)
    screen.line()
    screen.line(receipt(result))


def receipt(result: Result) -> str:
    """Say in one line what the answer rests on, so that it can be found again."""
    solver = f"CP-SAT {metadata.version('ortools')}, seed {result.settings.seed}"
    if result.settings.workers > 1:
        solver += f", {result.settings.workers} workers"
    return f"Input {result.instance.digest[:19]}, {solver}, {result.style}."


def _show_paths(screen: Screen, result: Result) -> None:
    for number, answer in enumerate(result.learners):
        if number:
            screen.line()
        journey(screen, result.instance, answer, proof(result))
    for number, answer in enumerate(result.alternatives, start=1):
        screen.line()
        alternative(screen, result.instance, answer, number)
