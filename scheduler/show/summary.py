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
FEW, FIRST = 12, 10
"""Up to so many learners are all shown; of more, so many."""

REASONS, WAITING = 5, 5
"""Of so many it is told why they are blocked, and how long they wait, unless all are asked for."""

NEVER = 10**6
COUNTED: dict[LearnerStatus, str] = {
    "graduates": "{} will graduate",
    "graduated": "{} graduated already",
    "blocked": "{} cannot graduate",
    "unknown": "{} not settled in time",
    "not-enrolled": "{} not in the programme",
}


def summary(screen: Screen, result: Result, sheets: Mapping[str, Sheet], *, whole: bool = False) -> None:
    """Write the summary of a plan for many: the answer, then who needs looking at most; `whole` = everybody."""
    shown = [answer for answer in result.learners if answer.status != "not-enrolled"]
    screen.line(_counts(result.learners), style="bold")
    if any(answer.status != "graduated" for answer in shown):
        screen.line(_sum(result))
    screen.line()
    _show_people(screen, result.instance, shown, whole=whole)
    _show_blocked(screen, [answer for answer in shown if answer.status == "blocked"], sheets, whole=whole)
    show_turns(screen, result)
    show_delays(screen, result, None if whole else WAITING)
    show_bottlenecks(screen, result)
    screen.line()
    screen.line(
        "Alone = the day if nobody else took another seat. --learner ID shows one path with its dates and notes."
    )


def _show_people(screen: Screen, instance: Instance, answers: Sequence[LearnerAnswer], *, whole: bool) -> None:
    """Write a line for each learner; of many, those who are blocked or have the fewest days to spare."""
    few = whole or len(answers) <= FEW
    chosen = answers if few else sorted(answers, key=_urgency)[:FIRST]
    rows = [_row(instance, answer) for answer in chosen]
    screen.table(rows, HEAD, right=(5,), whole=(1, 2, 3, 4, 5), indent=0)
    if len(chosen) < len(answers):
        more = len(answers) - len(chosen)
        screen.line(f"Blocked learners and those with the fewest days to spare; --all shows {more} more.")


def _urgency(answer: LearnerAnswer) -> tuple[int, int, str]:
    rank = {"blocked": 0, "unknown": 1, "graduates": 2}.get(answer.status, 3)
    spare = _spare(answer)
    return rank, NEVER if spare is None else spare, answer.learner


def _spare(answer: LearnerAnswer) -> int | None:
    """Return the days between graduation and the last day allowed."""
    if answer.status == "graduates" and answer.deadline and answer.graduation:
        return (answer.deadline - answer.graduation).days
    return None


def _show_blocked(
    screen: Screen, answers: Sequence[LearnerAnswer], sheets: Mapping[str, Sheet], *, whole: bool
) -> None:
    shown = answers if whole or len(answers) <= REASONS + 1 else answers[:REASONS]
    for answer in shown:
        screen.line()
        sheet = sheets[answer.learner]
        because(screen, answer, freed=sheet.freed, at_others_cost=sheet.at_others_cost)
    if len(shown) < len(answers):
        screen.line()
        names = listed([answer.learner for answer in answers[len(shown) :]])
        screen.line(f"{len(answers) - len(shown)} more cannot graduate, and --all says why: {names}.")


def _row(instance: Instance, answer: LearnerAnswer) -> tuple[str, ...]:
    day = "-" if answer.graduation is None else str(answer.graduation)
    alone = "same" if answer.alone and answer.alone == answer.graduation else str(answer.alone or "-")
    spare = _spare(answer)
    return (
        answer.learner,
        answer.status,
        day,
        alone,
        str(answer.deadline or "no limit"),
        "-" if spare is None else str(spare),
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
    total = "" if value is None else f"{value:,} days from the planning day to graduation, all learners together: "
    if result.turns:
        return f"{total}by the goals asked for, {proof(result)}."
    return f"{total}{proof(result)}."
