"""One learner's path, to be read from top to bottom: the day, what is done, what comes, and what to know beside."""

from collections.abc import Sequence

from models.programme.instance import Instance
from models.programme.words import plural
from scheduler.explain.sheets import Missing, Sheet
from scheduler.report.steps import Step, steps_of
from scheduler.show.blocked import because
from scheduler.show.notes import notes_of
from scheduler.show.screen import Screen
from scheduler.show.times import city, meeting_times, odd_starts, session_days, slack, span
from scheduler.solve.result import LearnerAnswer

ODD = "(!)"


def journey(screen: Screen, instance: Instance, answer: LearnerAnswer, proved: str, sheet: Sheet) -> None:
    """Write everything about one learner."""
    steps = steps_of(instance, answer.learner, answer.path)
    _verdict(screen, instance, answer, proved, sheet)
    _circumstances(screen, instance, answer)
    _done(screen, [step for step in steps if not step.lies_ahead])
    _missing(screen, sheet.missing or (), alone=answer.graduation is None)
    _coming(screen, instance, answer.learner, steps)
    if answer.status != "not-enrolled":
        _notes(screen, instance, answer, steps)


def alternative(screen: Screen, instance: Instance, answer: LearnerAnswer, number: int) -> None:
    """Write another path of a learner whose best path stands above."""
    steps = steps_of(instance, answer.learner, answer.path)
    screen.line(f"Alternative {number}: {answer.learner} graduates on {answer.graduation}", style="bold")
    _coming(screen, instance, answer.learner, steps)
    _notes(screen, instance, answer, steps, best=False)


def _missing(screen: Screen, missing: Sequence[Missing], *, alone: bool) -> None:
    """Write the requirements that are not met yet, each with the last day on which it can still be started.

    `alone` = there is no path, so each requirement is looked at as if it were the only one.
    """
    if missing:
        rows = [(each.requirement.title, _done_so_far(each), _start_by(each)) for each in missing]
        screen.line()
        head = "Start by, each alone" if alone else "Start by, at the latest"
        screen.table(rows, ("Missing", "Done", head), whole=(1, 2))


def _done_so_far(missing: Missing) -> str:
    booked = f", {missing.booked} booked" if missing.booked else ""
    return f"{missing.done} of {missing.requirement.amount(missing.requirement.count)}{booked}"


def _start_by(missing: Missing) -> str:
    return f"{missing.start_by} {missing.what}" if missing.start_by else missing.what


def _coming(screen: Screen, instance: Instance, learner: str, steps: Sequence[Step]) -> None:
    coming = [step for step in steps if step.lies_ahead]
    if coming:
        screen.line()
        screen.table((_row(instance, learner, step) for step in coming), ("Days", "What", "State"), whole=(0, 2))


def _notes(
    screen: Screen, instance: Instance, answer: LearnerAnswer, steps: Sequence[Step], *, best: bool = True
) -> None:
    notes = notes_of(instance, answer.learner, steps, answer.deadline, best=best)
    if notes:
        screen.line()
        screen.bullets(notes)


def _verdict(screen: Screen, instance: Instance, answer: LearnerAnswer, proved: str, sheet: Sheet) -> None:
    if answer.status == "blocked":
        because(screen, answer, freed=sheet.freed, at_others_cost=sheet.at_others_cost)
        return
    words = {
        "graduates": f"{answer.learner} graduates on {answer.graduation}: {proved}",
        "graduated": f"{answer.learner} {_graduated(instance, answer)}",
        "not-enrolled": f"{answer.learner} is not in the programme: there is nothing to plan",
        "unknown": f"{answer.learner}: the time ran out before a path was found or ruled out",
    }
    screen.line(words[answer.status], style="bold")


def _graduated(instance: Instance, answer: LearnerAnswer) -> str:
    edition = instance.edition_of(answer.learner)
    if not edition.requirements and not edition.last:
        return f"has nothing to do: edition {edition.id} requires nothing"
    return f"has graduated, on {answer.graduation}" if answer.graduation else "has graduated; no day is recorded"


def _circumstances(screen: Screen, instance: Instance, answer: LearnerAnswer) -> None:
    """Write the last day allowed, the slack, the day alone, the edition and the zone."""
    if answer.status == "not-enrolled":
        return
    learner = instance.learner[answer.learner]
    if answer.deadline is None:
        words = "no last day is stated"
    else:
        words = f"last day allowed {answer.deadline}"
        if answer.graduation and answer.status == "graduates":
            words += f", {slack((answer.deadline - answer.graduation).days)}"
    if answer.alone and answer.alone != answer.graduation:
        words += f"; {answer.alone} if nobody else took another seat"
    screen.line(words, indent=2)
    screen.line(f"edition {learner.edition}, local time {city(learner.zone)}", indent=2)


def _done(screen: Screen, steps: Sequence[Step]) -> None:
    if steps:
        screen.line()
        words = ", ".join(f"{step.label}{_as_role(step)} {step.end}" for step in steps)
        screen.line(f"Done: {words}", indent=2)


def _row(instance: Instance, learner: str, step: Step) -> tuple[str, str, str]:
    who = instance.learner[learner]
    component = instance.component_for(learner, step.component)
    title = component.title if component else "no component of this edition"
    if step.run is None:
        length = plural(component.days, "day") if component and component.days else "length not stated"
        return span(step.start, step.end), f"{step.component}: {title}\nself-paced, {length}", step.state
    odd = f" {ODD}" if odd_starts(step.run, who) else ""
    times = meeting_times(step.run, who.zone, instance.zone) + odd
    days = session_days(step.run, who.zone)
    lines = [
        f"{step.run.id}, {step.component}: {title}{_as_role(step)}",
        times,
        *([f"on {days}"] if days else []),
        *([f"book by {step.run.registration_closes}"] if _is_to_book(step) else []),
        *([f"price: {step.run.price}"] if step.run.price else []),
    ]
    what = "\n".join(lines)
    return span(step.start, step.end), what, step.state


def _is_to_book(step: Step) -> bool:
    return step.run is not None and step.run.registration_closes is not None and step.state != "booked"


def _as_role(step: Step) -> str:
    return f" (role: {step.role})" if step.role else ""
