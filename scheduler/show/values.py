"""What extra runs are worth, as a screen with a map of the year, as JSON and as rows."""

from typing import Any

from models.programme.words import listed, plural
from scheduler.candidates.monthly import rule_of
from scheduler.explain.effects import Effect
from scheduler.show.cut_short import NAMES, SUMS, cut_short, sharing_in_words, status
from scheduler.show.envelope import envelope
from scheduler.show.flat import Row, json_rows
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.studies.value import RunValue, Values

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


def show_values(screen: Screen, found: Values, *, whole: bool = False) -> None:
    """Write how many runs would help, the best of them (ten unless `whole`), and a map of the year of what helps."""
    heading(screen, found.instance)
    if not found.instance.learners:
        screen.line("There are no learners: no extra run helps anybody.")
        return
    screen.line(_counted(found), style="bold")
    screen.line()
    _ranking(screen, found, whole=whole)
    useful = [code for code in dict.fromkeys(row.extra.component for row in found.rows) if _helps(found, code)]
    if useful:
        screen.line()
        screen.line(
            "Days saved by one more run, by month; + = one more learner graduates in time, - = one fewer:", style="bold"
        )
    for year in sorted({month.year for month in found.months}) if useful else ():
        _map(screen, found, year, useful)
    screen.line()
    screen.line(rule_of(found.instance))
    _silent(screen, found, useful)
    if found.together:
        screen.line(f"{SUMS} {NAMES}")
    cut_short(screen, complete=found.complete)


def _counted(found: Values) -> str:
    """Say what the rows count: runs that are added one at a time, and what is gained then."""
    among, tried = sharing_in_words(together=found.together), plural(len(found.rows), "extra run")
    if not found.ranked:
        return f"No single one of {tried} brings anybody's graduation forward, {among}."
    verb = "lets" if len(found.ranked) == 1 else "let"
    return f"{len(found.ranked)} of {tried}, held one at a time, {verb} learners graduate who would not, or earlier, {among}:"


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


def _ranking(screen: Screen, found: Values, *, whole: bool) -> None:
    """Write the best runs, graduations first and then days."""
    shown = found.ranked if whole else found.ranked[:BEST]
    screen.table(map(_ranked, shown), RANKED, right=(2, 3), whole=(0, 1, 2, 3), indent=0)
    if len(shown) < len(found.ranked):
        screen.line()
        screen.line(f"{plural(len(found.ranked) - len(shown), 'more run')} would help: --all shows all.")


def _ranked(row: RunValue) -> tuple[str, ...]:
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
