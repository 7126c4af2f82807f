"""Why a promise is broken: the few facts that together forbid it, found by leaving each out, and the cheapest remedy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from models.rule import Fact
from scheduler.calendar.choices import Choice
from scheduler.calendar.planner import Planner
from scheduler.calendar.promise_facts import Lifting, Setting, ways_of
from scheduler.calendar.promises import Due, dues_of
from scheduler.calendar.question import Kept, Unkept
from scheduler.calendar.room import Room
from scheduler.calendar.season import season_of
from scheduler.calendar.staffing import Staff
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram, minimise


def unkept_of(planner: Planner, promises: Sequence[Kept], budget: Budget) -> tuple[Unkept, ...]:
    """Return for each broken promise why it is, judged beside those that are kept."""
    kept = tuple(each.due for each in promises if each.is_kept)
    found = []
    for each in promises:
        if not each.is_kept:
            alone = _setting(planner, (each.due,))
            beside = _setting(planner, (*kept, each.due))
            found.append(_unkept(each, [alone, beside], budget))
    return tuple(found)


def _setting(planner: Planner, dues: tuple[Due, ...]) -> Setting:
    instance = planner.season.instance
    return Setting(instance=instance, most=dict(planner.room.most), dues=dues)


def _unkept(broken: Kept, settings: Iterable[Setting], budget: Budget) -> Unkept:
    """Explain one promise: alone if it cannot be kept alone, else beside the others."""
    for setting in settings:
        can = can_keep(setting, budget)
        if can is None:
            return Unkept(kept=broken, possible=False)
        if not can:
            return _conflict(broken, setting, budget)
    return Unkept(kept=broken, possible=True)


def _conflict(broken: Kept, setting: Setting, budget: Budget) -> Unkept:
    code = broken.due.component
    if not any(row.component == code for row in setting.instance.patterns):
        words = f"no pattern says how {code} may be held, and what stands is not enough"
        fact = Fact(rule="patterns", sentence=words, source="patterns.csv")
        return Unkept(kept=broken, possible=False, facts=(fact,), remedy=f"say in patterns.csv how {code} may be held")
    needed: list[Lifting] = []
    left = setting
    for way in reversed(ways_of(setting, broken.due)):
        without = way.without(left)
        can = can_keep(without, budget)
        if can is None:
            return Unkept(kept=broken, possible=False)
        if can:
            needed.append(way)
        else:
            left = without
    facts = tuple(way.fact for way in reversed(needed))
    return Unkept(kept=broken, possible=False, facts=facts, remedy=_remedy(reversed(needed), setting, budget))


def _remedy(ways: Iterable[Lifting], setting: Setting, budget: Budget) -> str | None:
    """Return in words the first change that is enough alone: the cheapest fact, and of it the smallest change."""
    for way in ways:
        for words, change in way.remedies:
            if can_keep(change(setting), budget):
                return words
    return None


def can_keep(setting: Setting, budget: Budget) -> bool | None:
    """Say whether some calendar keeps all promises of a setting; None where the time ran out."""
    dues = _now(setting)
    missing = [due for due in dues if due.needed > due.standing]
    if not missing:
        return True
    season = season_of(setting.instance)
    useful = [each for each in season.choices if any(due.found((each.offering,)) > due.standing for due in missing)]
    season = replace(season, choices=tuple(useful))
    staff = Staff(season.instance, useful)
    program = LinearProgram()
    held = {each.id: program.variable(1, whole=True) for each in useful}
    Room(season, setting.most.items()).post(program, held)
    for due in missing:
        terms = [(1.0, held[each.id]) for each in useful if due.found((each.offering,)) > due.standing]
        program.require(terms, low=due.needed - due.standing)
    _staffed(program, staff, season.choices, held)
    found = minimise(program, {}, budget)
    return {"optimal": True, "infeasible": False}.get(found.kind)


def _now(setting: Setting) -> list[Due]:
    """Return the promises of a setting with what stands in it."""
    wanted = {(due.component, due.first, due.last) for due in setting.dues}
    return [due for due in dues_of(setting.instance) if (due.component, due.first, due.last) in wanted]


def _staffed(program: LinearProgram, staff: Staff, choices: Sequence[Choice], held: Mapping[str, int]) -> None:
    """Require trainers for whatever is held."""
    if not staff.is_asked:
        return
    teaches = {(each.id, name): program.variable(1, whole=True) for each in choices for name in staff.able[each.id]}
    for each in choices:
        crew = [(1.0, teaches[each.id, name]) for name in staff.able[each.id]]
        program.require([*crew, (-float(each.crew), held[each.id])], low=0, high=0)
    staff.post(program, choices, teaches)
