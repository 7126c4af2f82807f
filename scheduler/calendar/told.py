"""What is told beside a calendar: who gains and loses, what each trainer teaches, and what the plan does without."""

from collections.abc import Mapping, Sequence

from models.programme.offering import Offering
from models.programme.words import listed
from models.rules.trainer_load import is_course
from scheduler.calendar.choices import Choice
from scheduler.calendar.planner import Planner
from scheduler.calendar.question import GOALS, Gain, Load
from scheduler.calendar.season import Season
from scheduler.calendar.staffing import Crews
from scheduler.calendar.worth import CalendarWorth
from scheduler.solve.result import Result

FEW = 3
"""So many learners are named in a note."""


def reason(values: Mapping[str, int], bounds: Mapping[str, int], *, proved: bool) -> str:
    """Say how far an answer is proved."""
    if proved:
        return "proved optimal"
    sure = []
    for name in GOALS[:3]:
        if bounds.get(name) != values[name]:
            break
        sure.append(name)
    if len(sure) == len(GOALS[:3]):
        return "proved: nobody can graduate earlier, all together; how few offerings that takes is not proved"
    return "stopped before proof: a better calendar may exist"


def supposed(season: Season, result: Result) -> frozenset[str]:
    """Return who graduates only if something is held once more that is only supposed."""
    paths = [each.path for each in result.learners if each.path is not None]
    return frozenset(path.learner for path in paths if any(season.is_supposed(run) for run in path.offerings))


def ledger(before: CalendarWorth, after: CalendarWorth) -> tuple[Gain, ...]:
    """Return who graduates on another day than on the calendar as it stands."""
    found = []
    for name, answer in sorted(after.answers.of.items()):
        known = before.answers.of.get(name)
        told = known.graduation if known else None
        if told != answer.graduation:
            found.append(Gain(learner=name, before=told, after=answer.graduation))
    return tuple(found)


def loads(planner: Planner, held: Sequence[Choice], crews: Crews) -> tuple[Load, ...]:
    """Return what each trainer teaches, what stands included."""
    staff, instance = planner.staff, planner.season.instance
    found = []
    for name, weeks in staff.weeks(held, crews).items():
        mine = [each.offering for each in held if name in crews.get(each.id, ()) and is_course(instance, each.offering)]
        courses = [*staff.courses[name], *mine]
        at_once = max((sum(o.start <= each.start <= o.end for o in courses) for each in courses), default=0)
        found.append(
            Load(trainer=name, meetings=weeks.total(), busiest=max(weeks.values(), default=0), courses=at_once)
        )
    return tuple(found)


def _of_year(season: Season) -> list[Offering]:
    """Return what stands and starts in the year."""
    year = season.instance.year
    runs = [run for run in season.instance.offerings if run.status != "cancelled"]
    return [run for run in runs if year is not None and year.first <= run.start <= year.last]


def _barren(season: Season, codes: set[str]) -> list[str]:
    """Say of which components nothing can be added in the year."""
    found = []
    barren = codes - {each.code for each in season.choices}
    standing = {run.component for run in _of_year(season)}
    if barren - standing:
        found.append(
            f"No start of {listed(sorted(barren - standing))} is possible in the year: closed days, notice, gaps or trainers "
            "rule out all."
        )
    if barren & standing:
        found.append(
            f"No run of {listed(sorted(barren & standing))} can be added beside what stands: gaps, closed days, notice or "
            "trainers rule out every other start."
        )
    return found


def notes(season: Season, best: CalendarWorth, *, changed: bool = False, late: Sequence[str] = ()) -> list[str]:
    """Say what nobody states and the plan therefore does without, and what it supposes."""
    found = []
    year = season.instance.year
    codes = {pattern.component for pattern in season.instance.patterns}
    edition = season.instance.editions.get(season.instance.edition or "")
    if edition is not None and not changed:
        without = [each.code for each in edition.components if each.kind != "task" and each.code not in codes]
        if without:
            found.append(f"No pattern says how {listed(without)} may be held: no run of it is added.")
    found += _barren(season, codes)
    if not season.instance.trainers:
        found.append("No trainers are stated: offerings are planned without.")
    if year is not None and year.repeats:
        found.append("What is held in the 364 days up to the year's end is supposed once more a year later.")
    if late:
        names = listed([*late[:FEW], *([f"{len(late) - FEW} more"] if len(late) > FEW else [])])
        why = (
            "it plans without those who are expected (arrivals.csv), and the best plan without them differs"
            if season.instance.arrivals
            else "plans that are about as good differ there"
        )
        found.append(f"On the written calendar path may tell {names} a later day: {why}.")
    if not best.proved:
        found.append("The paths on this calendar are not proved best: the days may be fewer than told.")
    return found
