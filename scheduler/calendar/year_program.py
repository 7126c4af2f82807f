"""The linear program of a year: its variables, and the seats and places that everybody shares in it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from models.programme.offering import Offering
from scheduler.calendar.choices import Choice
from scheduler.calendar.common_flow import CommonFlow
from scheduler.calendar.promises import Due
from scheduler.calendar.reach import Cumulative
from scheduler.calendar.season import Season
from scheduler.calendar.wanted import Demand
from scheduler.engines.highs import LinearProgram, Terms


@dataclass(slots=True)
class YearProgram:
    """The program: `held` by choice, `broken` by promise, `through` = who has graduated by which day, by class.

    `scarce` = the components whose seats may not do for everybody.
    """

    program: LinearProgram
    held: dict[str, int]
    broken: list[int]
    through: list[tuple[Demand, Cumulative]]
    stuck: int
    gaps: Mapping[str, int]
    common: CommonFlow
    scarce: frozenset[str]
    taken: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    talks: dict[tuple[str, str], list[tuple[float, int]]] = field(default_factory=dict)
    kept: Counter[tuple[str, str | None]] = field(default_factory=Counter)

    def break_at_most(self, promises: int) -> None:
        """Let no more promises be broken."""
        if self.broken:
            self.program.require([(1.0, each) for each in self.broken], high=promises)

    def graduate(self, learners: int) -> None:
        """Let so many graduate at least."""
        self.program.require([(1.0, through[-1][1]) for _, through in self.through], low=learners)


SHORT = 2
"""Where a run seats no more than one in so many of those who could want it, seats decide who graduates when."""


def scarce_codes(season: Season, classes: Sequence[Demand]) -> frozenset[str]:
    """Return the components of which some offering has fewer free seats than there are people who could want one."""
    could = _could(classes)
    return frozenset(
        run.component
        for run in season.with_added(season.choices).offerings
        if (free := free_seats(season, run)) is not None and free < could[run.component]
    )


def are_seats_short(season: Season, classes: Sequence[Demand], codes: Collection[str]) -> bool:
    """Say whether a run that could be added of some components seats far fewer than could want it."""
    could = _could(classes)
    runs = [run for choice in season.choices if choice.code in codes for run in choice.held]
    return any((free := free_seats(season, run)) is not None and free * SHORT < could[run.component] for run in runs)


def _could(classes: Sequence[Demand]) -> Counter[str]:
    could: Counter[str] = Counter()
    for demand in classes:
        could.update(dict.fromkeys(demand.runs, len(demand.learners)))
    return could


def bound_promises(year: YearProgram, choices: Sequence[Choice], dues: Sequence[Due]) -> None:
    """Let a promise be broken unless enough of what keeps it is held."""
    for due in dues:
        missing = due.needed - due.standing
        if missing <= 0:
            continue
        broken = year.program.variable(1, whole=True)
        year.broken.append(broken)
        terms = [(1.0, year.held[each.id]) for each in choices if due.found((each.offering,)) > due.standing]
        year.program.require([*terms, (float(missing), broken)], low=missing)


def bound_seats(year: YearProgram, season: Season) -> None:
    """Bound who is seated, by component and last day, by the seats of what is held that ends on it; and the places of roles."""
    by_end: dict[str, list[tuple[Offering, str | None]]] = {}
    everything = season.with_added(season.choices)
    hangs: Mapping[str, str] = {run.id: each.id for each in season.choices for run in each.held}
    for run in everything.offerings:
        if run.status != "cancelled":
            by_end.setdefault(f"{run.component} {run.end.toordinal()}", []).append((run, hangs.get(run.id)))
    for name, terms in year.taken.items():
        rooms = {run.id: free_seats(season, run) for run, _ in by_end.get(name, [])}
        _bounded(year, by_end.get(name, []), terms, rooms, None)
    for (name, role), terms in year.talks.items():
        rooms = {run.id: free_places(season, run, role) for run, _ in by_end.get(name, [])}
        _bounded(year, by_end.get(name, []), terms, rooms, role)


def _bounded(
    year: YearProgram,
    runs: Sequence[tuple[Offering, str | None]],
    terms: Terms,
    rooms: Mapping[str, int | None],
    role: str | None,
) -> None:
    always, opened = 0.0, []
    for run, choice in runs:
        room = rooms[run.id]
        if room is None:
            return
        if choice is None:
            always += room + year.kept[run.id, role]
        else:
            opened.append((-float(room), year.held[choice]))
    year.program.require([*terms, *opened], high=always)


def free_seats(season: Season, run: Offering) -> int | None:
    """Return how many more could be seated; None where nobody says."""
    if run.seats is None:
        return None
    return max(0, run.seats - run.taken - season.instance.seats_standing.get(run.id, 0))


def free_places(season: Season, run: Offering, role: str) -> int | None:
    """Return how many more could play a role; None where nobody says."""
    places = dict(run.roles).get(role)
    return None if places is None else max(0, places - season.instance.roles_standing.get((run.id, role), 0))
