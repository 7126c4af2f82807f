"""What reading a folder found: faults and warnings as JSON, and a paragraph about what was read."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from models.programme.instance import Instance
from models.programme.words import listed, plural
from scheduler.files.faults import Fault
from scheduler.show.envelope import envelope
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

WORDS = {
    "learners": ("learner", "learners"),
    "others": ("person outside the programme", "people outside the programme"),
    "offerings": ("offering", "offerings"),
    "sessions": ("session", "sessions"),
    "records": ("record", "records"),
    "unavailable": ("unavailable span", "unavailable spans"),
    "waitlist": ("place on the waitlist", "places on the waitlist"),
    "trainers": ("trainer", "trainers"),
    "candidates": ("candidate", "candidates"),
    "closures": ("closure", "closures"),
}


def refused_folder(folder: str, faults: Sequence[Fault], more: int) -> dict[str, Any]:
    """Return what `validate --json` prints of a bad folder; `more` = how many faults were only counted."""
    return {
        "command": "validate",
        "folder": folder,
        "valid": False,
        "faults": [asdict(fault) for fault in faults],
        "more": more,
    }


def acceptance(folder: str, instance: Instance, warnings: Sequence[Fault]) -> dict[str, Any]:
    """Return what `validate --json` prints of a good folder."""
    return envelope("validate", instance) | {
        "folder": folder,
        "valid": True,
        "faults": [],
        "warnings": [asdict(warning) for warning in warnings],
        "counts": counts(instance),
    }


def counts(instance: Instance) -> dict[str, int]:
    """Return how many of each thing an instance holds."""
    return {
        "learners": sum(learner.enrolled is not None for learner in instance.learners),
        "others": sum(learner.enrolled is None for learner in instance.learners),
        "offerings": len(instance.offerings),
        "sessions": sum(len(run.sessions) for run in instance.offerings),
        "records": len(instance.records),
        "unavailable": len(instance.unavailable),
        "waitlist": len(instance.waitlist),
        "trainers": len(instance.trainers),
        "candidates": len(instance.candidates),
        "closures": len(instance.closures),
    }


def show_acceptance(screen: Screen, instance: Instance, warnings: Sequence[Fault]) -> None:
    """Write what was read, in one paragraph, and what is odd about it."""
    heading(screen, instance)
    screen.line(paragraph(instance))
    screen.line(f"No faults; {plural(len(warnings), 'warning')}." if warnings else "No faults and no warnings.")
    screen.bullets(str(warning) for warning in warnings)
    screen.line(f"digest {instance.digest}")


def paragraph(instance: Instance) -> str:
    """Say what an instance holds."""
    found = counts(instance)
    parts = [_counted(found[name], *words) for name, words in WORDS.items() if found[name]]
    used = sorted({learner.edition for learner in instance.learners} | {instance.edition})
    held = listed(parts) or "Nothing but its settings"
    return f"{held}, under {'edition' if len(used) == 1 else 'editions'} {listed(used)}.{_calendar(instance)}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _calendar(instance: Instance) -> str:
    if not instance.offerings:
        return ""
    first, last = min(run.start for run in instance.offerings), max(run.end for run in instance.offerings)
    silent = sum(not run.sessions for run in instance.offerings)
    times = (
        f"; {plural(silent, 'offering')} in it {'has' if silent == 1 else 'have'} no session times" if silent else ""
    )
    return f" The calendar runs from {first} to {last}{times}."
