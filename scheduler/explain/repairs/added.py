"""When an added offering would have to start: every day looked at anew, the rest of the repair as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.changes.calendar import with_calendar
from models.formulation.formulate import formulate
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.rule import Rule
from models.rules import plan_rules
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.solve.lexicographic import minimise


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An offering that a repair adds: as proposed, for how many of those in question, and when else it could start.

    `like` = the offering whose length and times it has, None where none was ever stated. `windows` = first and last start day
    of each run of days on which it would do, among `choices` days looked at; None = time ran out.
    """

    run: Offering
    like: str | None
    seats: int
    windows: tuple[tuple[date, date], ...] | None
    choices: int


def windows_of(
    instance: Instance,
    learners: Sequence[str],
    asked: Sequence[Rule],
    held: Offering,
    dates: Sequence[Offering],
    settings: Settings,
    budget: Budget,
) -> tuple[tuple[date, date], ...] | None:
    """Return the runs of start days on which `held` of a repaired instance could lie instead; None if time runs out."""
    others = [run for run in instance.offerings if run.id != held.id]
    taken = {run.id for run in others}
    windows: list[tuple[date, date]] = []
    was_possible = False
    for run in dates:
        if run.id in taken:
            was_possible = False
            continue
        moved = with_calendar(instance, [*others, run])
        formulation = formulate(moved, learners, rules=(*plan_rules(), *asked), certain=True)
        kind = minimise(formulation, [], settings, budget).kind
        if kind == "unknown":
            return None
        if kind != "infeasible":
            first = windows.pop()[0] if was_possible else run.start
            windows.append((first, run.start))
        was_possible = kind != "infeasible"
    return tuple(windows)
