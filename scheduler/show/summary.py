"""Many learners at once: a line for each, the counts, and why those who are blocked cannot graduate."""

from collections import Counter
from collections.abc import Mapping, Sequence

from models.programme.instance import Instance
from models.programme.words import listed
from scheduler.explain.sheets import Sheet
from scheduler.report.steps import steps_of
from scheduler.show.blocked import because
from scheduler.show.bottlenecks import show_bottlenecks
from scheduler.show.delays import show_delays
from scheduler.show.proof import proof
from scheduler.show.screen import Screen
from scheduler.show.turns import show_turns
from scheduler.solve.result import LearnerAnswer, LearnerStatus, Result

HEAD = ("Learner", "Status", "Day", "Alone", "Last day", "Slack", "Next step")
COUNTED: dict[LearnerStatus, str] = {
    "graduates": "{} will graduate",
    "graduated": "{} graduated already",
    "blocked": "{} cannot graduate",
    "unknown": "{} not settled in time",
    "not-enrolled": "{} not in the programme",
}


def summary(screen: Screen, result: Result, sheets: Mapping[str, Sheet]) -> None:
    """Write the summary of a plan for many."""
    shown = [answer for answer in result.learners if answer.status != "not-enrolled"]
    screen.table([_row(result.instance, answer) for answer in shown], HEAD, right=(5,), whole=(1, 2, 3, 4, 5), indent=0)
    screen.line()
    screen.line(_counts(result.learners))
    if any(answer.status != "graduated" for answer in shown):
        screen.line(_sum(result))
    for answer in shown:
        if answer.status == "blocked":
            screen.line()
            because(screen, answer, freed=sheets[answer.learner].freed)
    show_turns(screen, result)
    show_delays(screen, result)
    show_bottlenecks(screen, result)
    screen.line()
    screen.line(
        "Alone = the day if nobody else took another seat. --learner ID shows one path with its dates and notes."
    )


def _row(instance: Instance, answer: LearnerAnswer) -> tuple[str, ...]:
    day = "-" if answer.graduation is None else str(answer.graduation)
    alone = "same" if answer.alone and answer.alone == answer.graduation else str(answer.alone or "-")
    spare = "-"
    if answer.status == "graduates" and answer.deadline and answer.graduation:
        spare = str((answer.deadline - answer.graduation).days)
    return (
        answer.learner,
        answer.status,
        day,
        alone,
        str(answer.deadline or "no limit"),
        spare,
        _next(instance, answer),
    )


def _next(instance: Instance, answer: LearnerAnswer) -> str:
    """Name the first step that starts after the planning day."""
    if answer.status != "graduates":
        return "-"
    coming = [
        step
        for step in steps_of(instance, answer.learner, answer.path)
        if step.lies_ahead and step.start > instance.as_of
    ]
    return f"{coming[0].start:%m-%d} {coming[0].label}" if coming else "-"


def _counts(answers: Sequence[LearnerAnswer]) -> str:
    found = Counter(answer.status for answer in answers)
    return listed([words.format(found[status]) for status, words in COUNTED.items() if found[status]]) + "."


def _sum(result: Result) -> str:
    value = next((goal.value for goal in result.goals if goal.name == "graduation"), None)
    total = "" if value is None else f"{value} days from the planning day to graduation, all learners together: "
    if result.turns:
        return f"{total}by the goals asked for, {proof(result)}."
    return f"{total}{proof(result)}."
