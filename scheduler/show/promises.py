"""Supply promises kept and broken, as JSON and as tables."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from models.programme.edition import Promise
from models.programme.instance import Instance
from models.programme.words import listed, plural
from models.rule import Violation
from scheduler.audit import Judgement
from scheduler.show.envelope import envelope
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

HEAD = ("Found", "Verdict", "Starting on")


def promises(instance: Instance, judged: Sequence[Judgement], odd: Sequence[Violation] = ()) -> dict[str, Any]:
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
        "calendar": [
            {"rule": each.rule, "offerings": list(each.offerings), "sentence": each.sentence, "source": each.source}
            for each in odd
        ],
    }


def in_words(promise: Promise) -> str:
    """Say what is promised."""
    if promise.every_months:
        return f"one every {plural(promise.every_months, 'month')}"
    return f"at least {promise.count or 1} in each {(promise.per or 'window').replace('-', ' ')}"


def show_promises(
    screen: Screen, instance: Instance, judged: Sequence[Judgement], odd: Sequence[Violation] = ()
) -> None:
    """Write a table for each promise of each edition, and the counts."""
    heading(screen, instance)
    _show_odd(screen, odd)
    if not judged:
        screen.line("No supply promise is stated.")
        return
    for _, group in groupby(judged, key=_table_of):
        rows = list(group)
        screen.line(_title(rows[0]), style="bold")
        screen.line()
        screen.table([_row(each) for each in rows], (_first_head(rows[0]), *HEAD), right=(1,), whole=(0, 1, 2))
        screen.line()
    found = Counter(each.verdict for each in judged)
    screen.line(listed([f"{count} {verdict}" for verdict, count in sorted(found.items())]) + ".")


def _show_odd(screen: Screen, odd: Sequence[Violation]) -> None:
    """Write what is wrong with the calendar ahead, each with where it stands."""
    if not odd:
        return
    many = "1 thing is" if len(odd) == 1 else f"{len(odd)} things are"
    screen.line(f"{many} wrong with the calendar that lies ahead:", style="bold")
    screen.bullets(f"{each.sentence} [{each.source}]" for each in odd)
    screen.line()


def _table_of(each: Judgement) -> tuple[object, ...]:
    """Return what the judgements of one table share: one period of many components, or all periods of one component."""
    return each.edition, each.promise, each.period if len(each.promise.of) > 1 else None


def _title(each: Judgement) -> str:
    source = f"[{each.promise.source or 'no source'}]"
    if len(each.promise.of) == 1:
        return f"{each.edition} promises of {each.component} {in_words(each.promise)} {source}"
    return f"{each.edition} promises of each {in_words(each.promise)} {source}: {each.period.label}"


def _first_head(each: Judgement) -> str:
    return "Component" if len(each.promise.of) > 1 else "Period"


def _row(each: Judgement) -> tuple[str, ...]:
    days = ", ".join(str(run.start) for run in each.found) or "-"
    first = each.component if len(each.promise.of) > 1 else each.period.label
    return first, f"{len(each.found)} of {each.needed}", each.verdict, days
