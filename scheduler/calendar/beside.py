"""What stands in the way of one more run on a calendar: runs that are too near, limits that are reached, trainers who teach."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.rule import Fact
from scheduler.calendar.choices import Choice
from scheduler.calendar.planner import Planner
from scheduler.calendar.refused import cannot_teach, spaced
from scheduler.calendar.staffing import Staff


def in_the_way(planner: Planner, held: Sequence[Choice], choice: Choice) -> tuple[Fact, ...]:
    """Return what keeps a run from being added to a set; nothing where it fits beside all of them."""
    return (*_near(planner, held, choice), *_full(planner, held, choice), *_taught(planner, held, choice))


def _near(planner: Planner, held: Sequence[Choice], choice: Choice) -> Iterator[Fact]:
    gap = planner.room.gaps.get(choice.code, 0)
    for each in held:
        if each.code == choice.code and abs((each.offering.start - choice.offering.start).days) < gap:
            yield spaced(each.offering, choice.offering.start, gap)


def _full(planner: Planner, held: Sequence[Choice], choice: Choice) -> Iterator[Fact]:
    counts = Counter(name for each in held for name in planner.room.limits(each))
    for name in planner.room.limits(choice):
        most = planner.room.most[name]
        if counts[name] >= most:
            words = f"no more than {most} of {name} may be added, and the calendar adds {counts[name]}"
            yield Fact(rule="most", sentence=words, source="instance.yaml")


def _taught(planner: Planner, held: Sequence[Choice], choice: Choice) -> Iterator[Fact]:
    """Yield why each trainer is not free, where no arrangement of the trainers frees enough of them."""
    if not choice.crew or planner.staff.crews([*held, choice]) is not None:
        return
    instance = planner.season.instance
    crews = planner.staff.crews(held) or {}
    runs = [replace(each.offering, trainers=crews.get(each.id, ())) for each in held]
    after = replace(
        instance, offerings=tuple(sorted([*instance.offerings, *runs], key=lambda run: (run.start, run.id)))
    )
    staff = Staff(after, [choice])
    for name in choice.offering.trainers:
        if name not in staff.able[choice.id]:
            yield cannot_teach(after, staff, name, choice.offering)
