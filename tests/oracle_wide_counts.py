"""How brute force counts towards graduation: credits, things that count apart or for a while, and the day when all is met."""

import datetime as dt
from collections.abc import Sequence
from itertools import product

from models.programme.edition import Component, Requirement
from tests.oracle_wide import LONG_AGO, Thing, World, later_by


def worth(component: Component, requirement: Requirement | None) -> int:
    """Return what a component counts for in a requirement, or where none is meant."""
    if requirement is not None and not requirement.in_credits:
        return 1
    if not component.credits:
        return 1
    if requirement is None:
        return sum(amount for _, amount in component.credits)
    named = dict(component.credits)
    return named.get(requirement.id, named.get("", 0))


def fits(world: World, requirement: Requirement, thing: Thing) -> bool:
    """Say whether a thing is one of those that a requirement asks for."""
    if thing.code not in requirement.pool or thing.code not in world.component:
        return False
    if thing.state == "exempt":
        return thing.role == requirement.role
    early = set(requirement.pool) - world.last_codes
    if not thing.over and early and thing.code not in early:
        return False
    if requirement.role is not None and thing.role != requirement.role:
        return False
    short = (
        requirement.min_minutes is not None and thing.minutes is not None and thing.minutes < requirement.min_minutes
    )
    return thing.role is not None or not short


def serving(world: World, requirement: Requirement, things: Sequence[Thing]) -> dict[object, int] | None:
    """Return what serves a requirement with its worth, a component that does not repeat once; None where all is waived."""
    found: dict[object, int] = {}
    for thing in things:
        if fits(world, requirement, thing):
            component = world.component[thing.code]
            if not worth(component, requirement):
                continue
            if thing.state == "exempt" and component.repeatable:
                return None
            found[(thing.code, thing.key) if component.repeatable else thing.code] = worth(component, requirement)
    return found


def is_met(world: World, requirement: Requirement, things: Sequence[Thing]) -> bool:
    """Say whether things meet a requirement that is looked at by itself."""
    served = serving(world, requirement, things)
    return served is None or sum(served.values()) >= requirement.count


def apart(world: World) -> set[frozenset[str]]:
    """Return the pairs of requirements of which a thing serves one alone."""
    return {frozenset((each.id, other)) for each in world.edition.requirements for other in each.apart_from}


def can_be_shared(world: World, things: Sequence[Thing], day: dt.date | None, asked: Sequence[Requirement]) -> bool:
    """Say whether requirements are met at once by what counts on a day (None = whenever), each thing counted as it may."""
    served = {}
    for each in asked:
        counting = [one for one in things if day is None or day <= world.good_until(one, each.within_months)]
        mine = serving(world, each, counting)
        if mine is not None:
            served[each.id] = mine
    count = {each.id: each.count for each in asked}
    pairs = [pair for pair in apart(world) if pair <= set(served)]
    torn = sorted({name for pair in pairs for name in pair})
    if any(sum(mine.values()) < count[name] for name, mine in served.items()):
        return False
    keys = sorted({key for name in torn for key in served[name]}, key=str)
    ways = [_ways([name for name in torn if key in served[name]], pairs) for key in keys]
    for choice in product(*ways):
        total = dict.fromkeys(torn, 0)
        for key, names in zip(keys, choice, strict=True):
            for name in names:
                total[name] += served[name][key]
        if all(total[name] >= count[name] for name in torn):
            return True
    return False


def _ways(names: Sequence[str], pairs: Sequence[frozenset[str]]) -> list[tuple[str, ...]]:
    """Return the sets of requirements that one thing may serve together."""
    found = []
    for taken in product((True, False), repeat=len(names)):
        some = tuple(name for name, takes in zip(names, taken, strict=True) if takes)
        if not any(pair <= set(some) for pair in pairs):
            found.append(some)
    return found


def graduation(world: World) -> dt.date | None:
    """Return the first day on which everything that is asked for is over and still counts; long ago where nothing is asked."""
    for day in sorted({LONG_AGO, *(each.last for each in world.things)}):
        over = [each for each in world.things if each.last <= day <= world.good_until(each)]
        codes = {each.code for each in over}
        if all(codes & set(entry) for entry in world.edition.last) and can_be_shared(
            world, over, day, world.edition.requirements
        ):
            return day
    return None


def last_day(world: World) -> dt.date | None:
    """Return the last day of a learner's time; None where there is none, or nothing has started the clock."""
    window, enrolled = world.edition.window, world.who.enrolled
    if world.who.deadline is not None or window is None or enrolled is None:
        return world.who.deadline
    if window.starts == "enrolment":
        start: dt.date | None = enrolled
    elif window.starts == "orientation":
        start = _orientation(world, enrolled)
    else:
        firsts = [
            each.first
            for each in world.things
            if each.state != "exempt" and each.code in world.component and each.code not in world.first_codes
        ]
        start = min((day for day in firsts if day >= enrolled), default=None)
    if start is None:
        return None
    return (
        start + dt.timedelta(days=window.days) if window.days else later_by(start, window.months or window.years * 12)
    )


def _orientation(world: World, enrolled: dt.date) -> dt.date | None:
    over = [enrolled]
    for entry in world.edition.first:
        ends = [max(each.last, enrolled) for each in world.things if each.code in entry]
        if not ends:
            return None
        over.append(min(ends))
    return max(over)
