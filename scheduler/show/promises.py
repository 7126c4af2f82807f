"""Supply promises kept and broken, as JSON and as tables."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from models.programme.edition import Promise
from models.programme.instance import Instance
from models.programme.words import listed, plural
from models.rule import Violation
from scheduler.calendar.supply import NO_CALENDAR, Judgement
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

HEAD = ("Held", "Promised", "Verdict", "Starting on")
FIRST = 10
"""So many of what is broken or odd are shown unless all are asked for."""


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


COLUMNS = ("edition", "component", "promise", "period", "from", "to", "found", "needed", "verdict", "starts", "source")


def promise_rows(judged: Sequence[Judgement]) -> list[Row]:
    """Return one row for each promise, component and period."""
    return [
        {
            "edition": each.edition,
            "component": each.component,
            "promise": in_words(each.promise),
            "period": each.period.label,
            "from": each.period.first,
            "to": each.period.last,
            "found": len(each.found),
            "needed": each.needed,
            "verdict": each.verdict,
            "starts": tuple(str(run.start) for run in each.found),
            "source": each.promise.source,
        }
        for each in judged
    ]


def in_words(promise: Promise) -> str:
    """Say what is promised."""
    if promise.every_months:
        return f"one every {plural(promise.every_months, 'month')}"
    return f"at least {promise.count or 1} in each {(promise.per or 'window').replace('-', ' ')}"


def show_promises(
    screen: Screen,
    instance: Instance,
    judged: Sequence[Judgement],
    odd: Sequence[Violation] = (),
    *,
    whole: bool = False,
) -> None:
    """Write the answer, what is broken, and the counts of each promise; `whole` = then each promise in each period too."""
    heading(screen, instance)
    if not judged:
        _show_odd(screen, odd)
        screen.line("No supply promise is stated.")
        return
    screen.line(_sum(judged), style="bold")
    screen.line()
    _show_odd(screen, odd if whole else odd[:FIRST], len(odd))
    _show_broken(screen, [each for each in judged if each.verdict == "broken"], whole=whole)
    screen.line("Each promise, and in how many cases it is", style="bold")
    screen.table(
        _counted(judged), ("Edition", "Promise", "Kept", "Broken", "Too early", "Not judged"), right=(2, 3, 4, 5)
    )
    screen.line()
    if whole:
        _show_all(screen, judged)
    else:
        screen.line("--all shows what is held for each promise, period by period.")


def _sum(judged: Sequence[Judgement]) -> str:
    """Say what is broken first, then the rest."""
    found = Counter(each.verdict for each in judged)
    broken, rest = found.pop("broken", 0), [f"{count} {verdict}" for verdict, count in sorted(found.items())]
    first = f"{broken} of {plural(len(judged), 'case')} broken" if broken else "No promise is broken"
    return f"{first}: {listed(rest)}." if rest else f"{first}."


def _show_broken(screen: Screen, broken: Sequence[Judgement], *, whole: bool) -> None:
    if not broken:
        return
    screen.line("Broken: fewer are held than are promised", style="bold")
    shown = broken if whole else broken[:FIRST]
    rows = [
        (
            each.component,
            each.period.label,
            str(len(each.found)),
            str(each.needed),
            each.edition,
            each.promise.source or "-",
        )
        for each in shown
    ]
    screen.table(rows, ("Component", "Period", "Held", "Promised", "Edition", "Source"), right=(2, 3), whole=(0, 2, 3))
    if len(broken) > len(shown):
        screen.line(f"and {len(broken) - len(shown)} more; --all shows them", indent=2)
    screen.line()


def _counted(judged: Sequence[Judgement]) -> list[tuple[str, ...]]:
    """Return for each promise of each edition in how many cases it is kept, broken, not over yet, not judged."""
    rows = []
    for (edition, promise), group in groupby(judged, key=lambda each: (each.edition, each.promise)):
        found = Counter(each.verdict for each in group)
        what = promise.of[0] if len(promise.of) == 1 else f"each of {len(promise.of)}"
        numbers = [
            found["kept"],
            found["broken"],
            found["too early to say"],
            found["no window stated"] + found[NO_CALENDAR],
        ]
        rows.append((edition, f"{what}: {in_words(promise)}", *(str(number or "-") for number in numbers)))
    return rows


def _show_all(screen: Screen, judged: Sequence[Judgement]) -> None:
    for _, group in groupby(judged, key=_table_of):
        rows = list(group)
        screen.line(_title(rows[0]), style="bold")
        screen.line()
        screen.table([_row(each) for each in rows], (_first_head(rows[0]), *HEAD), right=(1, 2), whole=(0, 1, 2, 3))
        screen.line()


def _show_odd(screen: Screen, odd: Sequence[Violation], count: int | None = None) -> None:
    """Write what is wrong with the calendar ahead, each with where it stands."""
    if not odd:
        return
    count = count or len(odd)
    many = "1 thing is" if count == 1 else f"{count} things are"
    screen.line(f"{many} wrong with the calendar that lies ahead:", style="bold")
    screen.bullets(f"{each.sentence} [{each.source}]" for each in odd)
    if count > len(odd):
        screen.line(f"and {count - len(odd)} more; --all shows them", indent=2)
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
    return first, str(len(each.found)), str(each.needed), each.verdict, days
