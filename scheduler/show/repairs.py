"""Repairs on screen: what each changes and costs, when an added offering would have to start, and who gains what."""

from collections.abc import Sequence
from datetime import date

from models.programme.words import listed, plural, span_in_words
from scheduler.answers.repair import RepairAnswer
from scheduler.explain.repairs.added import Added
from scheduler.explain.repairs.repair import Repair, Repairs, RepairStep
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.solve.result import LearnerAnswer

SHOWN = 4


def show_repair(screen: Screen, answer: RepairAnswer) -> None:
    """Write the whole answer of `scheduler repair`."""
    heading(screen, answer.result.instance)
    show_repairs(screen, answer)


def show_repairs(screen: Screen, answer: RepairAnswer) -> None:
    """Write the repairs, or why there is none."""
    if not answer.is_settled:
        screen.line("The time ran out before it was known who cannot graduate.", style="bold")
    elif answer.repairs is None:
        screen.line(f"There is nothing to repair: {_everybody(answer)}.", style="bold")
    else:
        _repairs(screen, answer, answer.repairs)


def _everybody(answer: RepairAnswer) -> str:
    return "nobody in question is blocked" + (f" or graduates after {answer.by}" if answer.by else "")


def _repairs(screen: Screen, answer: RepairAnswer, repairs: Repairs) -> None:
    screen.line(f"{_aim(answer)}:", style="bold")
    for number, repair in enumerate(repairs.found, start=1):
        screen.line()
        _repair(screen, answer, number, repair)
    screen.line()
    screen.line(_proof(repairs))
    if answer.left_out:
        screen.line(left_out_words(answer.left_out))
    if repairs.found:
        screen.line(
            "Each repair was carried out and planned anew, and the plan was checked. Everybody else keeps their path. "
            f"Offerings were added up to {repairs.horizon}; who would teach them was not looked at. "
            "Costs only order the repairs: scheduler repair --print-costs shows them."
        )


def _aim(answer: RepairAnswer) -> str:
    names = listed([each.learner for each in answer.before])
    count = "What would let" if len(answer.before) == 1 else "What would together let"
    return f"{count} {names} graduate" + (f" by {answer.by}" if answer.by else "")


def _repair(screen: Screen, answer: RepairAnswer, number: int, repair: Repair) -> None:
    screen.line(f"{number}. Cost {repair.cost}" if repair.steps else f"{number}. No change is needed", style="bold")
    for step in repair.steps:
        screen.bullet(_step(step), indent=3)
        for added in repair.added:
            if step.kind in {"add_offering", "add_first_offering"} and added.run.component == step.about:
                screen.line(_added(added), indent=7)
    today = answer.result.instance.as_of
    gains = [_gain(each, repair.days[each.learner], today) for each in answer.before]
    screen.line(f"{'; '.join(gains)}.", indent=3)


def _step(step: RepairStep) -> str:
    return f"{step.words} (cost {step.cost})"


def _gain(before: LearnerAnswer, day: date, today: date) -> str:
    if day <= today:
        return f"{before.learner} then has nothing left to do"
    if before.graduation is None:
        return f"{before.learner} then graduates on {day}"
    days = (before.graduation - day).days
    return f"{before.learner} then graduates on {day}, {plural(days, 'day')} earlier"


def _added(added: Added) -> str:
    proposal = f"for example {span_in_words(added.run)}, with {plural(added.seats, 'seat')} at least"
    if added.windows is None:
        return f"{proposal}; when else it could start was not settled in time"
    if added.windows == ((added.run.start, added.run.start),):
        return f"{proposal}; no other start would do"
    spans = [f"on {first}" if first == last else f"from {first} to {last}" for first, last in added.windows]
    more = [f"in {len(spans) - SHOWN} later stretches"] if len(spans) > SHOWN else []
    each = "weekday" if added.like is None else f"{added.run.start:%A}"
    return f"{proposal}; any {each} would do as its start {listed(spans[:SHOWN] + more, 'or')}"


TRIED = "added offerings, seats and places, bookings given up, waived rules, lifted limits and longer windows"
"""The changes among which repairs are looked for: what is proved is proved of these."""


def left_out_words(codes: Sequence[str]) -> str:
    """Say which components were not looked at."""
    what = f"{listed(codes)}, which {'needs' if len(codes) == 1 else 'need'}"
    return f"Left out: {what} something that the calendar does not hold and no record shows."


def _proof(repairs: Repairs) -> str:
    if not repairs.is_proved:
        return f"The time ran out: what else there is costs {repairs.bound or 0} or more, and is not known."
    if repairs.bound is None:
        return (
            f"It is proved that there is no other among {TRIED}."
            if repairs.found
            else f"It is proved that no such change is enough: none of {TRIED}."
        )
    return f"It is proved that every other costs {repairs.bound} or more."
