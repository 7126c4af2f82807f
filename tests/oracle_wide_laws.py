"""Every rule of one learner's path as brute force reads it, by the name under which the product tells it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path
from tests.oracle_wide import Thing, World, days_of, pairs
from tests.oracle_wide_counts import apart, can_be_shared, graduation, is_met, last_day, worth
from tests.oracle_wide_own import attendance, clashes, courses, min_break, weekly_hours, workshops

Law = Callable[[World], bool]


def broken(instance: Instance, path: Path) -> frozenset[str]:
    """Return the names of the rules of a single learner that a path breaks."""
    world = World(instance=instance, path=path)
    laws = {**ALWAYS, **LAWS} if path.graduates else ALWAYS
    return frozenset(name for name, holds in laws.items() if not holds(world))


def is_lawful(instance: Instance, path: Path, dropped: Collection[str] = ()) -> bool:
    """Say whether a path that graduates breaks no rule, but for those dropped."""
    world = World(instance=instance, path=path)
    return all(name in dropped or holds(world) for name, holds in (LAWS | ALWAYS).items())


def day_of(instance: Instance, path: Path) -> dt.date | None:
    """Return the day on which a path graduates."""
    return graduation(World(instance=instance, path=path))


def _kept(world: World) -> bool:
    path = world.path
    held = {each.offering: each.role for each in path.bookings}
    begun = {each.component: each.day for each in path.tasks}
    if not path.graduates:
        news = any(each.state == "new" for each in world.chosen)
        roles = any(world.standing[key].role != role for key, role in held.items() if key in world.standing)
        if news or roles:
            return False
    if world.who.free and path.graduates:
        return True
    return all(_stays(world, thing, held, begun) for thing in world.standing.values())


def _stays(world: World, thing: Thing, held: dict[str, str | None], begun: dict[str, dt.date]) -> bool:
    if thing.run is None:
        freed = any(each.offering == thing.code for each in world.who.releases)
        return begun.get(thing.code) == thing.first or (freed and world.path.graduates)
    if thing.key in held and thing.role in {None, held[thing.key]}:
        return True
    free = [each for each in world.who.releases if each.offering == thing.key]
    if not free or not world.path.graduates:
        return False
    now = sum(each.run is not None and each.code == thing.code for each in world.chosen)
    before = sum(each.run is not None and each.code == thing.code for each in world.standing.values())
    return now >= before or not all(each.instead for each in free)


def may_book(world: World, run: Offering) -> bool:
    """Say whether an offering is open to a new booking of the learner."""
    enrolled, closing = world.who.enrolled, run.registration_closes
    open_ = run.status == "published" or (run.status == "tentative" and world.instance.tentative)
    in_time = enrolled is not None and run.start > world.today and run.start >= enrolled
    return open_ and in_time and run.component in world.component and (closing is None or closing >= world.today)


def _bookable(world: World) -> bool:
    for thing in world.chosen:
        if thing.run is not None and thing.state == "new" and not may_book(world, thing.run):
            return False
        stood = world.standing.get(thing.key)
        if thing.run and stood and thing.role not in {None, stood.role} and thing.first <= world.today:
            return False
    return True


def _tasks(world: World) -> bool:
    for thing in world.chosen:
        if thing.run is None and thing.state == "new":
            component = world.component.get(thing.code)
            early = thing.first <= world.today or (world.who.enrolled is not None and thing.first < world.who.enrolled)
            if component is None or component.kind != "task" or thing.code in world.standing or early:
                return False
    return True


def _once(world: World) -> bool:
    for one, other in pairs(world.things):
        component = world.component.get(one.code)
        both = component is not None and one.code == other.code and not component.repeatable
        if both and "new" in {one.state, other.state} and not (_again(world, one, other) or _again(world, other, one)):
            return False
    return True


def _again(world: World, late: Thing, early: Thing) -> bool:
    """Say whether a thing starts after an earlier one of its component has stopped counting for something."""
    if early.state == "exempt":
        return False
    pools = [each for each in world.edition.requirements if early.code in each.pool]
    ends = [world.good_until(early), *(world.good_until(early, each.within_months) for each in pools)]
    return late.first > min(ends)


def _excludes(world: World) -> bool:
    for one in world.ahead:
        for other in world.things:
            mine, theirs = world.component.get(one.code), world.component.get(other.code)
            torn = (mine and other.code in mine.excludes) or (theirs and one.code in theirs.excludes)
            if one.state == "new" and one is not other and torn:
                return False
    return True


def _over(things: Sequence[Thing], entry: Sequence[str], late: Thing) -> list[Thing]:
    return [each for each in things if each.code in entry and (each.over or each.is_over_before(late))]


def _first(world: World) -> bool:
    mine = [each for each in world.ahead if each.code in world.component and each.code not in world.first_codes]
    return all(_over(world.things, entry, late) for late in mine for entry in world.edition.first)


def _prerequisites(world: World) -> bool:
    return all(_over(world.things, entry, late) for late in world.ahead for entry in world.needs(late.code))


def _gate(world: World) -> bool:
    for late in world.ahead if world.edition.gate == "registration" else ():
        closing = late.run.registration_closes if late.run and late.state == "new" else None
        for entry in world.needs(late.code) if closing else ():
            if closing and not any(each.code in entry and (each.over or each.last <= closing) for each in world.things):
                return False
    return True


def _earlier(world: World, late: Thing) -> list[Thing]:
    return [each for each in world.things if each.over or each.is_over_before(late)]


def _last(world: World) -> bool:
    codes = {each.code for each in world.things}
    if not all(codes & set(entry) for entry in world.edition.last):
        return False
    others = [each for each in world.edition.requirements if set(each.pool) - world.last_codes]
    finals = [each for each in world.ahead if each.code in world.last_codes]
    day = graduation(world)
    for late in finals:
        early = _earlier(world, late)
        if not all(is_met(world, each, early) for each in others):
            return False
        still = [each for each in early if day is not None and day <= world.good_until(each)]
        if day is not None and not can_be_shared(world, still, day, others):
            return False
    return True


def _corequisites(world: World) -> bool:
    for one in world.ahead:
        component = world.component.get(one.code)
        for entry in component.corequisites if component else ():
            if not any(each.code in entry and (each.over or each.starts_no_later_than(one)) for each in world.things):
                return False
    return True


def _strict(world: World) -> bool:
    for one in world.ahead:
        component = world.component.get(one.code)
        for entry in component.strict_corequisites if component else ():
            beside = [each for each in world.chosen if each.code in entry]
            if not any(set(days_of(each)) & set(days_of(one)) for each in beside):
                return False
    return True


def _valid_years(world: World) -> bool:
    for late in world.ahead:
        component = world.component.get(late.code)
        before = [*world.needs(late.code), *(() if late.code in world.first_codes else world.edition.first)]
        if component is None:
            continue
        for entry in (each for each in before if _runs_out(world, each)):
            if not any(late.first <= world.good_until(each) for each in _over(world.things, entry, late)):
                return False
        for entry in (each for each in component.corequisites if _runs_out(world, each)):
            beside = [
                each
                for each in world.things
                if each.code in entry and each is not late and each.starts_no_later_than(late)
            ]
            found = [*_over(world.things, entry, late), *beside]
            if not any(late.first <= world.good_until(each) for each in found):
                return False
    return True


def _runs_out(world: World, entry: Sequence[str]) -> bool:
    return any(code in world.component and world.component[code].valid_years for code in entry)


def _days_after(world: World) -> bool:
    for late in world.ahead:
        component = world.component.get(late.code)
        days = dict(component.days_after) if component else {}
        for entry in world.needs(late.code):
            if days.keys() & set(entry) and not any(
                each.state == "exempt" or (late.first - each.last).days >= days.get(each.code, 0)
                for each in _over(world.things, entry, late)
            ):
                return False
    return True


def _days_between(world: World) -> bool:
    for key, days in world.edition.days_between:
        mine = [
            each
            for each in world.things
            if each.state != "exempt" and each.code in world.component
            if key in {each.code, world.component[each.code].kind}
        ]
        for one, other in pairs(mine):
            fresh = any(each.state == "new" and each.first > world.today for each in (one, other))
            early, late = sorted((one, other), key=lambda each: (each.first, each.last))
            if fresh and (late.first - early.last).days < days:
                return False
    return True


def _after_credits(world: World) -> bool:
    for late in world.ahead:
        component = world.component.get(late.code)
        if component is not None and component.after_credits is not None:
            found: dict[object, int] = {}
            for each in _earlier(world, late):
                other = world.component.get(each.code)
                again = other is not None and (other.repeatable or other.code != late.code)
                if other is not None and again and each is not late and late.first <= world.good_until(each):
                    found[id(each) if other.repeatable else other.code] = worth(other, None)
            if sum(found.values()) < component.after_credits:
                return False
    return True


def _requirements(world: World) -> bool:
    return all(is_met(world, each, world.things) for each in world.edition.requirements)


def _apart_from(world: World) -> bool:
    named = {name for pair in apart(world) for name in pair}
    asked = [each for each in world.edition.requirements if each.id in named]
    finals = [each for each in world.ahead if each.code in world.last_codes]
    return all(can_be_shared(world, some, None, asked) for some in _stages(world, finals))


def _stages(world: World, finals: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    yield world.things
    yield from (_earlier(world, late) for late in finals)


def _in_force(world: World) -> bool:
    lasting = any(each.valid_years for each in world.edition.components)
    lasting = lasting or any(each.within_months for each in world.edition.requirements)
    return not lasting or graduation(world) is not None


def _window(world: World) -> bool:
    day, last = graduation(world), last_day(world)
    return day is None or last is None or day <= last


ALWAYS: dict[str, Law] = {"bookable": _bookable, "tasks": _tasks, "kept": _kept}
"""What every path keeps to, one that does not graduate too."""
LAWS: dict[str, Law] = {
    "requirements": _requirements,
    "clashes": clashes,
    "once": _once,
    "first": _first,
    "prerequisites": _prerequisites,
    "attendance": attendance,
    "last": _last,
    "gate": _gate,
    "excludes": _excludes,
    "corequisites": _corequisites,
    "strict_corequisites": _strict,
    "valid_years": _valid_years,
    "days_after": _days_after,
    "days_between": _days_between,
    "after_credits": _after_credits,
    "max_workshops_per_month": workshops,
    "min_break": min_break,
    "weekly_hours": weekly_hours,
    "courses_at_once": courses,
    "apart_from": _apart_from,
    "in_force": _in_force,
    "window": _window,
}
