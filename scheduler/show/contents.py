"""What a folder holds on a screen, and which commands to type next."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from models.programme.instance import Instance
from models.programme.words import listed, plural
from scheduler.report.contents import Contents
from scheduler.show.envelope import envelope
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

FEW = 5
"""So many components of the waitlist are named."""


def contents_answer(instance: Instance, found: Contents, warnings: int) -> dict[str, Any]:
    """Return what `show --json` prints: what is here, counted, and the commands that have something to answer."""
    counted = asdict(found) | {
        "first": found.first and found.first.isoformat(),
        "last": found.last and found.last.isoformat(),
        "by_edition": dict(found.by_edition),
        "waits": dict(found.waits),
    }
    return (
        envelope("show", instance) | counted | {"warnings": warnings, "next": [command for command, _ in _next(found)]}
    )


def show_contents(screen: Screen, instance: Instance, found: Contents, folder: str, warnings: int) -> None:
    """Write what is here and what to ask; `folder` = as it was typed."""
    heading(screen, instance)
    screen.line("What is here", style="bold")
    screen.table([*_people(found), *_calendar(found), *_records(found), *_waits(found)], whole=(0,))
    if warnings:
        screen.line()
        screen.line(f"{plural(warnings, 'warning')} about these files: scheduler validate {shlex.quote(folder)}")
    screen.line()
    screen.line("What to ask next", style="bold")
    for command, words in _next(found):
        screen.line(f"scheduler {command} {shlex.quote(folder)}", indent=2)
        screen.line(words, indent=6)


def _people(found: Contents) -> Iterator[tuple[str, str]]:
    editions = listed([f"{count} under {name}" for name, count in found.by_edition])
    outside = f"; {found.outside} more without a day of enrolment" if found.outside else ""
    yield "Learners", f"{found.learners or 'none'}{f': {editions}' if found.learners else ''}{outside}"
    if found.trainers:
        yield "Trainers", str(found.trainers)


def _calendar(found: Contents) -> Iterator[tuple[str, str]]:
    if not found.offerings:
        yield "Offerings", "none"
        return
    more = [
        f"{count} {words}"
        for count, words in ((found.tentative, "of them tentative"), (found.cancelled, "cancelled beside"))
        if count
    ]
    yield "Offerings", f"{', '.join([str(found.offerings), *more])}; the calendar runs {found.first} to {found.last}"
    silent = f", {found.without_times} without session times" if found.without_times else ""
    open_now = "all" if found.open_now == found.ahead else str(found.open_now)
    yield "Still ahead", f"{found.ahead}, {open_now} of them open for booking{silent}"


def _records(found: Contents) -> Iterator[tuple[str, str]]:
    yield "Records", f"{found.records or 'none'}{f', {found.booked} of them bookings' if found.booked else ''}"


def _waits(found: Contents) -> Iterator[tuple[str, str]]:
    if not found.waits:
        return
    named: Sequence[str] = [f"{count} for {code}" for code, count in found.waits[:FEW]]
    rest = sum(count for _, count in found.waits[FEW:])
    yield "Waitlist", f"{plural(found.waiting, 'wait')}: {listed([*named, *([f'{rest} for others'] if rest else [])])}"


def _next(found: Contents) -> Iterator[tuple[str, str]]:
    """Yield the commands that have something to answer here, each with its question."""
    if not found.offerings:
        yield "validate", "Fill offerings.csv and learners.csv, then see whether they can be read."
    if found.learners and found.offerings:
        yield "path", "When does everybody graduate at the earliest, who cannot, and why?"
        yield "progress", "What does everybody still miss, and by when must it be started?"
        yield "critical", "Which offerings must not be cancelled?"
        yield "page --out pages", "A page for each learner with a calendar file, and an overview for staff."
        yield "ics --out calendars", "Calendar files for learners, trainers and the programme."
    if found.waiting:
        yield "repeats", "Which dates to add, so that the waitlist is covered?"
    if found.promises and found.offerings:
        yield "audit", "Does the calendar keep what the editions promise?"
    if found.patterns:
        yield "calendar", "What should the year look like?"
    yield "rules", "Which rules hold, and which document states each?"
