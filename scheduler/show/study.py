"""A study on the screen: what is asked, the scenarios beside the baseline, who is touched, and what could not be answered."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.programme.words import listed, plural
from scheduler.show.heading import SYNTHETIC
from scheduler.show.screen import Screen
from scheduler.show.study_answer import records_of
from scheduler.studies.columns import COLUMNS
from scheduler.studies.study import BASELINE

if TYPE_CHECKING:
    from scheduler.answers.whatif import Compared

MOST = 24
"""Scenarios shown; of more, those that change most."""

QUESTIONS = {
    "alone": "each learner alone, as if nobody else took another seat",
    "together": "all learners together, under shared seats",
    "repeats": "repeats for the waitlist",
}
Row = Mapping[str, Any]


def show_study(screen: Screen, found: "Compared") -> None:
    """Write a study."""
    study, instance = found.study, found.instance
    rows = list(records_of(found.table))
    totals = [row for row in rows if row["kind"] == "scenario"]
    people = [row for row in rows if row["kind"] == "learner"]
    screen.line(study.title, style="bold")
    others = f"{plural(len(totals) - 1, 'scenario')} and the baseline" if len(totals) > 1 else "the baseline alone"
    screen.line(f"{instance.id} as of {instance.as_of}, {others}")
    screen.line(f"Asked: {QUESTIONS[study.question]}.")
    if instance.synthetic:
        screen.line(SYNTHETIC)
    screen.line()
    if study.question == "repeats":
        _repeats(screen, totals)
    else:
        _scenarios(screen, totals)
        _touched(screen, totals, people)
    if study.chances or study.samples:
        _ranges(screen, people, is_sampled=study.samples is not None)
    _unanswered(screen, totals)
    screen.line()
    screen.line("--csv gives the whole table, --columns says what its columns mean.")


def _scenarios(screen: Screen, totals: Sequence[Row]) -> None:
    chosen = _chosen(totals)
    has_range = any(row["later_low"] is not None for row in totals)
    head = ["Scenario", "Graduate", "Blocked", "Days later", *(["95 % between"] if has_range else []), "Seats"]
    lines = [
        [
            row["scenario"],
            _number(row["graduates"]),
            _number(row["blocked"]),
            "-" if row["scenario"] == BASELINE else _signed(row["learner_days_later"]),
            *([_between(row)] if has_range else []),
            _number(row["seats_used"]),
        ]
        for row in chosen
        if row["status"] not in {"error", "not-done"}
    ]
    screen.table(lines, head, right=tuple(range(1, len(head))), whole=tuple(range(1, len(head))), indent=0)
    if len(chosen) < len(totals):
        screen.line()
        screen.line(f"Shown are the baseline and the {len(chosen) - 1} of {len(totals) - 1} that change most.")
    screen.line()
    words = "Days later = the sum over learners who graduate both here and in the baseline; below 0 = earlier."
    screen.line(f"{words} Between = 95 % confidence." if has_range else words)


def _chosen(totals: Sequence[Row]) -> list[Row]:
    """Return the baseline and what changes most, in the order of the study."""
    ranked = sorted(totals[1:], key=lambda row: -_weight(row))[:MOST]
    names = {BASELINE, *(row["scenario"] for row in ranked)}
    return [row for row in totals if row["scenario"] in names]


def _weight(row: Row) -> float:
    moved = abs(row["newly_blocked"] or 0) + abs(row["newly_free"] or 0)
    return float(moved * 10_000 + abs(row["learner_days_later"] or 0))


def _touched(screen: Screen, totals: Sequence[Row], people: Sequence[Row]) -> None:
    """Name who is newly blocked, or blocked no longer, scenario by scenario."""
    first = {row["learner"]: row["status"] for row in people if row["scenario"] == BASELINE}
    shown = {row["scenario"] for row in _chosen(totals)}
    found: dict[str, dict[str, list[str]]] = {}
    for row in people:
        before = first.get(row["learner"])
        words = {("graduates", "blocked"): "can no longer graduate", ("blocked", "graduates"): "can now graduate"}
        said = words.get((str(before), row["status"]))
        if said and row["scenario"] in shown:
            found.setdefault(row["scenario"], {}).setdefault(said, []).append(row["learner"])
    if found:
        screen.line()
    for scenario, said_of in found.items():
        for said, names in sorted(said_of.items()):
            screen.bullet(f"{scenario}: {listed(names)} {said}")


def _ranges(screen: Screen, people: Sequence[Row], *, is_sampled: bool) -> None:
    rows = [row for row in people if row["scenario"] == BASELINE and row["chance"] is not None]
    if not rows:
        return
    screen.line()
    screen.line("The baseline, learner by learner:")
    lines = [
        [
            row["learner"],
            _share(row, is_sampled=is_sampled),
            *(row[name] or "-" for name in ("hopeful", "likely", "certain")),
        ]
        for row in rows
    ]
    screen.table(lines, ("Learner", "Graduates", "Hopeful", "Likely", "Certain"), right=(1,), whole=(0, 1, 2, 3, 4))
    screen.line()
    screen.line(
        "Hopeful = graduated by that day in 1 of 10 cases at least, likely = in half of them, certain = in every one."
    )


def _share(row: Row, *, is_sampled: bool) -> str:
    percent = f"{100 * row['chance']:.0f} %"
    return f"{percent} ({100 * row['chance_low']:.0f}-{100 * row['chance_high']:.0f})" if is_sampled else percent


def _repeats(screen: Screen, totals: Sequence[Row]) -> None:
    lines = [
        [
            row["scenario"],
            _number(row["waiting"]),
            _number(row["covered"]),
            _number(row["sessions_added"]),
            row["status"],
        ]
        for row in totals
        if row["status"] not in {"error", "not-done"}
    ]
    head = ("Scenario", "Waiting", "Covered", "Sessions", "Status")
    screen.table(lines, head, right=(1, 2, 3), whole=(1, 2, 3, 4), indent=0)


def _unanswered(screen: Screen, totals: Sequence[Row]) -> None:
    """Say which scenarios have no answer, and why."""
    failed = [row for row in totals if row["status"] == "error"]
    left = [row for row in totals if row["status"] == "not-done"]
    if failed:
        screen.line()
        screen.line(f"{plural(len(failed), 'scenario')} could not be answered:")
        screen.bullets(f"{row['scenario']}: {row['error']}" for row in failed[:MOST])
    if left:
        screen.line()
        screen.line(f"Stopped: {plural(len(left), 'scenario')} not done yet. The same command goes on from here.")


def show_columns(screen: Screen) -> None:
    """Write what each column of a study's table means."""
    for column in COLUMNS:
        screen.bullet(f"{column.name} ({column.unit}; {column.rows}): {column.meaning}", indent=0)


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def _signed(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:+d}" if isinstance(value, int) and value else f"{value:+.1f}" if value else "0"


def _between(row: Row) -> str:
    if row["later_low"] is None or row["scenario"] == BASELINE:
        return "-"
    return f"{row['later_low']:.1f} to {row['later_high']:.1f}"
