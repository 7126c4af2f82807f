"""What extra runs are worth, as a screen with a map of the year, as JSON and as rows."""

from typing import Any

from models.programme.words import listed, plural
from scheduler.candidates.monthly import rule_of
from scheduler.explain.effects import Effect
from scheduler.show.cut_short import NAMES, SUMS, asked, cut_short, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.studies.value import Values, Worth

COLUMNS = (
    "component",
    "month",
    "like",
    "start",
    "end",
    "days_saved",
    "graduations_gained",
    "gained",
    "earlier",
    "lost",
    "later",
    "proved",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BEST = 10
"""So many of the best runs are listed on a screen; JSON and CSV hold all."""

RANKED = ("Extra run", "Start", "Graduations", "Days saved", "Then in time", "Earlier")


def value_rows(found: Values) -> list[Row]:
    """Return one row for each supposed run, by component and month."""
    return [
        {
            "component": row.extra.component,
            "month": f"{row.extra.month:%Y-%m}",
            "like": row.extra.like,
            "start": row.extra.run.start,
            "end": row.extra.run.end,
            "days_saved": row.effect.saved,
            "graduations_gained": row.effect.graduations,
            "gained": row.effect.gained,
            "earlier": row.effect.earlier,
            "lost": row.effect.lost,
            "later": row.effect.later,
            "proved": row.effect.proved,
        }
        for row in found.rows
    ]


def value_answer(found: Values) -> dict[str, Any]:
    """Return what `value --json` prints."""
    return envelope("value", found.instance) | {
        "status": status(complete=found.complete),
        "together": found.together,
        "supposed": rule_of(found.instance),
        "length_not_stated": list(found.silent),
        "rows": json_rows(value_rows(found)),
    }


def show_values(screen: Screen, found: Values) -> None:
    """Write a map of the year for each component that helps, then the best runs."""
    heading(screen, found.instance)
    if not found.instance.learners:
        screen.line("There are no learners: no extra run helps anybody.")
        return
    words = "Graduations gained, and days by which learners graduate earlier, if one run more is held"
    screen.line(f"{words}, {asked(together=found.together)}:", style="bold")
    screen.line(rule_of(found.instance))
    useful = [code for code in dict.fromkeys(row.extra.component for row in found.rows) if _helps(found, code)]
    for year in sorted({month.year for month in found.months}) if useful else ():
        _map(screen, found, year, useful)
    screen.line()
    _ranking(screen, found)
    _silent(screen, found, useful)
    if found.together:
        screen.line(f"{SUMS} {NAMES}")
    cut_short(screen, complete=found.complete)


def _helps(found: Values, code: str) -> bool:
    return any(row.extra.component == code and row.effect.worth != (0, 0) for row in found.rows)


def _map(screen: Screen, found: Values, year: int, codes: list[str]) -> None:
    """Write components by months of a year: days saved, with a plus for each graduation gained."""
    cells = {(row.extra.component, row.extra.month): _cell(row.effect) for row in found.rows}
    shown = [month for month in found.months if month.year == year]
    rows = [(code, *(cells.get((code, month), "") for month in shown)) for code in codes]
    if any(cell not in {"", "."} for _, *rest in rows for cell in rest):
        screen.line()
        head = (str(year), *(MONTHS[month.month - 1] for month in shown))
        screen.table(rows, head, right=range(1, len(head)), whole=range(len(head)), indent=0)


def _cell(change: Effect) -> str:
    graduations, days = change.graduations, change.saved
    sign = "+" * min(graduations, 3) if graduations > 0 else "-" * min(-graduations, 3)
    return f"{'' if days is None else days}{sign}" if days or sign else "."


def _ranking(screen: Screen, found: Values) -> None:
    if not found.ranked:
        screen.line("No single extra run brings anybody's graduation forward.")
        return
    screen.line("The best of them, graduations first and then days:", style="bold")
    screen.table(map(_ranked, found.ranked[:BEST]), RANKED, right=(2, 3), whole=(0, 1, 2, 3))
    screen.line()
    screen.line("In the map, . = nothing changes, + = one more learner graduates in time, - = one fewer.")
    if len(found.ranked) > BEST:
        screen.line(f"{plural(len(found.ranked) - BEST, 'more run')} would help. --csv lists all.")


def _ranked(row: Worth) -> tuple[str, ...]:
    days = row.effect.saved
    doubt = "" if row.effect.proved else " (not proved)"
    earlier = plural(len(row.effect.earlier), "learner")
    name = f"{row.extra.component} {row.extra.month:%Y-%m}"
    gained = f"{listed(row.effect.gained) or '-'}{doubt}"
    return (
        name,
        str(row.extra.run.start),
        str(row.effect.graduations),
        "-" if days is None else str(days),
        gained,
        earlier,
    )


def _silent(screen: Screen, found: Values, useful: list[str]) -> None:
    useless = [code for code in dict.fromkeys(row.extra.component for row in found.rows) if code not in useful]
    if useless and useful:
        screen.line(f"One more of these changes nothing in any month: {listed(useless)}.")
    if found.silent:
        screen.line(f"Never offered, length not stated, and so left out: {listed(found.silent)}.")
