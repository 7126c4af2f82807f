"""Supply promises kept and broken, as JSON and as tables."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from models.edition import Promise
from models.instance import Instance
from models.words import listed, plural
from scheduler.audit import Judgement
from scheduler.show.envelope import envelope
from scheduler.show.heading import heading
from scheduler.show.screen import Screen


def promises(instance: Instance, judged: Sequence[Judgement]) -> dict[str, Any]:
    """Return what `audit --json` prints."""
    return envelope("audit", instance) | {
        "kept": not any(each.verdict == "broken" for each in judged),
        "promises": [
            {
                "edition": each.edition,
                "component": each.component,
                "promise": in_words(each.promise),
                "source": each.promise.source,
                "period": each.period.label,
                "from": each.period.first.isoformat(),
                "to": each.period.last.isoformat() if each.period.last else None,
                "needed": each.needed,
                "found": [{"offering": run.id, "start": run.start.isoformat()} for run in each.found],
                "verdict": each.verdict,
            }
            for each in judged
        ],
    }


def in_words(promise: Promise) -> str:
    """Say what is promised."""
    if promise.every_months:
        return f"one every {plural(promise.every_months, 'month')}"
    return f"at least {promise.count or 1} in each {(promise.per or 'window').replace('-', ' ')}"


def show_promises(screen: Screen, instance: Instance, judged: Sequence[Judgement]) -> None:
    """Write a table for each promise of each edition, and the counts."""
    heading(screen, instance)
    if not judged:
        screen.line("No supply promise is stated.")
        return
    for (edition, promise), group in groupby(judged, key=lambda each: (each.edition, each.promise)):
        listed_judgements = list(group)
        screen.line(f"{edition} promises {_of_each(promise)}{in_words(promise)} [{promise.source or 'no source'}]", style="bold")
        screen.line()
        rows = [_row(each) for each in listed_judgements]
        screen.table(rows, ("Of", "Period", "Found", "Verdict", "Starting on"), right=(2,), whole=(0, 2, 3))
        screen.line()
    found = Counter(each.verdict for each in judged)
    screen.line(listed([f"{count} {verdict}" for verdict, count in sorted(found.items())]) + ".")


def _of_each(promise: Promise) -> str:
    return "of each: " if len(promise.of) > 1 else f"of {promise.of[0]}: "


def _row(each: Judgement) -> tuple[str, ...]:
    days = ", ".join(str(run.start) for run in each.found) or "-"
    return each.component, each.period.label, f"{len(each.found)} of {each.needed}", each.verdict, days
