"""Every path of one learner in a small instance, the others as they stand; and the earliest day among the lawful ones."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import product

from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Booking, Path, Plan, TaskStart
from tests.oracle_wide import ONE, Thing, World, later_by
from tests.oracle_wide_counts import graduation, last_day
from tests.oracle_wide_laws import day_of, is_lawful, may_book
from tests.oracle_wide_own import attends

NEAR = range(-3, 4)


def earliest(
    instance: Instance, learner: str, *, holding: str | None = None, dropped: Collection[str] = ()
) -> dt.date | None:
    """Return the earliest day on which a lawful path (with an offering in it) graduates; None if there is none."""
    found = lawful_paths(instance, learner, dropped)
    days = (day_of(instance, path) for path in found if holding in {None, *path.offerings})
    return min((day for day in days if day is not None), default=None)


def has_path(instance: Instance, learner: str, dropped: Collection[str] = ()) -> bool:
    """Say whether some lawful path graduates, if some rules did not hold."""
    return next(lawful_paths(instance, learner, dropped), None) is not None


def lawful_paths(instance: Instance, learner: str, dropped: Collection[str] = ()) -> Iterator[Path]:
    """Yield every lawful path that graduates."""
    shared = "seat_group" not in dropped and any(run.seat_group for run in instance.offerings)
    for path in paths(instance, learner, dropped):
        if is_lawful(instance, path, dropped) and not (shared and crowded(instance, Plan(paths=(path,)))):
            yield path


def state(instance: Instance, learner: str) -> str:
    """Say whether a learner is `not-enrolled`, has `graduated`, or is to be `planned`."""
    world = World(instance=instance, path=Path(learner=learner))
    if world.who.enrolled is None:
        return "not-enrolled"
    alone = World(instance=instance, path=Path(learner=learner))
    day, last = graduation(alone), last_day(alone)
    return "graduated" if day is not None and (last is None or day <= last) else "planned"


def paths(instance: Instance, learner: str, dropped: Collection[str] = ()) -> Iterator[Path]:
    """Yield every path that takes only what is open by itself: dates, attendance, seats and places."""
    world = World(instance=instance, path=Path(learner=learner))
    room = room_of(instance, learner, dropped)
    runs = [_bookings(world, run, room) for run in instance.offerings]
    tasks = [_starts(world, each.code) for each in world.edition.components if each.kind == "task"]
    for chosen in product(*runs):
        booked = tuple(each for each in chosen if each is not None)
        for starts in product(*tasks):
            some = tuple(each for each in starts if each is not None)
            yield Path(learner=learner, bookings=booked, tasks=some)


def _bookings(world: World, run: Offering, room: Mapping[tuple[str, str | None], float]) -> list[Booking | None]:
    stood = world.standing.get(run.id)
    names = [role for role, _ in run.roles if room[run.id, role] > 0]
    if stood is not None:
        free = world.who.free or any(each.offering == run.id for each in world.who.releases)
        kept = [stood.role]
        if run.start > world.today and (free or stood.role is None):
            kept = list(dict.fromkeys((stood.role, None, *names)))
        return [*([None] if free else []), *(Booking(offering=run.id, role=role) for role in kept)]
    if not may_book(world, run) or not attends(world, run) or room[run.id, None] <= 0:
        return [None]
    return [None, *(Booking(offering=run.id, role=role) for role in (None, *names))]


def room_of(instance: Instance, learner: str, dropped: Collection[str] = ()) -> dict[tuple[str, str | None], float]:
    """Return what is left of seats and places when all but a learner keep what is booked."""
    seats: Counter[str] = Counter()
    roles: Counter[tuple[str, str | None]] = Counter()
    for who in (each for each in instance.learners if each.id != learner):
        for thing in World(instance=instance, path=Path(learner=who.id)).standing.values():
            seats[thing.key] += 1
            roles[thing.key, thing.role] += 1
    left: dict[tuple[str, str | None], float] = {}
    for run in instance.offerings:
        limited = run.seats is not None and "seats" not in dropped
        mine = (run.seats or 0) - run.taken - seats[run.id] if limited else float("inf")
        shares = run.seat_group is not None and "seat_group" not in dropped
        group = [each for each in instance.offerings if shares and each.seat_group == run.seat_group]
        group = [each for each in group if each.status != "cancelled"]
        stated = [each.seats for each in group if each.seats is not None]
        if stated:
            mine = min(mine, min(stated) - sum(each.taken + seats[each.id] for each in group))
        left[run.id, None] = mine
        left |= {(run.id, role): places - roles[run.id, role] for role, places in run.roles}
    return left


def _starts(world: World, code: str) -> list[TaskStart | None]:
    begun = world.standing.get(code)
    if begun is not None:
        kept = TaskStart(component=code, day=begun.first)
        free = world.who.free or any(each.offering == code for each in world.who.releases)
        return [None, kept] if free else [kept]
    earliest = max(world.today + ONE, world.who.enrolled or world.today)
    return [None, *(TaskStart(component=code, day=day) for day in days_that_matter(world) if day >= earliest)]


def days_that_matter(world: World) -> list[dt.date]:
    """Return the days near which something starts, ends, or stops counting: a task that starts elsewhere changes nothing."""
    edges = {world.today, *([world.who.enrolled] if world.who.enrolled else [])}
    edges |= {world.who.deadline} if world.who.deadline and world.who.deadline < dt.date(9000, 1, 1) else set()
    spans = [(run.start, run.end) for run in world.instance.offerings]
    spans += [(each.first, each.last) for each in (*world.recorded, *world.standing.values()) if each.state != "exempt"]
    edges |= {day for span in spans for day in span}
    lengths = {12 * (each.valid_years or 0) for each in world.edition.components}
    lengths |= {each.within_months or 0 for each in world.edition.requirements}
    window = world.edition.window
    months = (window.months or window.years * 12) if window else 0
    edges |= {later_by(last, amount) for _, last in spans for amount in lengths if amount}
    edges |= {later_by(day, -months) for span in spans for day in span if months and world.who.deadline is None}
    gaps = {days for each in world.edition.components for _, days in each.days_after}
    gaps |= {window.days} if window else set()
    edges |= {day + sign * gap * ONE for day in set(edges) for gap in gaps for sign in (-1, 1)}
    return sorted({day + step * ONE for day in edges for step in NEAR})


def crowded(instance: Instance, plan: Plan) -> frozenset[str]:
    """Return the names of the rules about seats and places that a joint plan breaks."""
    return frozenset(name for name, broken in (("seats", _seats), ("role_places", _places), ("seat_group", _groups),
                     ("reserved", _reserved)) if broken(instance, plan))  # fmt: skip


def _counted(instance: Instance, plan: Plan) -> tuple[Counter[str], Counter[str], dict[str, list[str]]]:
    """Return who stood in each offering, who sits there under the plan, and who is new."""
    before: Counter[str] = Counter()
    sitting: Counter[str] = Counter()
    new: dict[str, list[str]] = {}
    for who in instance.learners:
        stood = [each.key for each in _standing(instance, who.id) if each.run is not None]
        path = plan.path.get(who.id)
        before.update(stood)
        sitting.update(stood if path is None else path.offerings)
        for key in sorted(path.offerings - set(stood)) if path else ():
            new.setdefault(key, []).append(who.id)
    return before, sitting, new


def _standing(instance: Instance, learner: str) -> list[Thing]:
    return list(World(instance=instance, path=Path(learner=learner)).standing.values())


def _seats(instance: Instance, plan: Plan) -> bool:
    before, sitting, new = _counted(instance, plan)
    runs = [run for run in instance.offerings if run.id in new and run.seats is not None]
    return any(run.taken + max(before[run.id], sitting[run.id]) > (run.seats or 0) for run in runs)


def _groups(instance: Instance, plan: Plan) -> bool:
    before, sitting, new = _counted(instance, plan)
    names = {run.seat_group for run in instance.offerings if run.id in new and run.seat_group}
    for name in names:
        group = [run for run in instance.offerings if run.seat_group == name and run.status != "cancelled"]
        stated = [run.seats for run in group if run.seats is not None]
        held = [sum(run.taken + each[run.id] for run in group) for each in (before, sitting)]
        if stated and any(run.id in new for run in group) and max(held) > min(stated):
            return True
    return False


def _reserved(instance: Instance, plan: Plan) -> bool:
    guests = {who.id for who in instance.learners if who.guest or who.enrolled is None}
    before = Counter(each.key for who in guests for each in _standing(instance, who) if each.run is not None)
    _, _, new = _counted(instance, plan)
    stocks = [[run] for run in instance.offerings]
    names = {run.seat_group for run in instance.offerings if run.seat_group}
    alive = [run for run in instance.offerings if run.status != "cancelled"]
    stocks += [[run for run in alive if run.seat_group == name] for name in names]
    for runs in stocks:
        valid = [run for run in runs if run.reserved_until is None or instance.as_of <= run.reserved_until]
        kept, stated = sum(run.reserved for run in valid), [run.seats for run in runs if run.seats is not None]
        mine = [who for run in runs for who in new.get(run.id, ()) if who in guests]
        held = sum(run.taken + before[run.id] for run in runs) + len(mine)
        if kept and stated and mine and held > max(0, min(stated) - kept):
            return True
    return False


def _places(instance: Instance, plan: Plan) -> bool:
    before: Counter[tuple[str, str | None]] = Counter()
    sitting: Counter[tuple[str, str | None]] = Counter()
    new: set[tuple[str, str]] = set()
    for who in instance.learners:
        stood = {each.key: each.role for each in _standing(instance, who.id) if each.run is not None}
        path = plan.path.get(who.id)
        before.update(stood.items())
        sitting.update(stood.items() if path is None else [(each.offering, each.role) for each in path.bookings])
        for each in path.bookings if path else ():
            if each.role is not None and stood.get(each.offering, "") != each.role:
                new.add((each.offering, each.role))
    places = {run.id: dict(run.roles) for run in instance.offerings}
    return any(
        role not in places[key] or max(before[key, role], sitting[key, role]) > places[key][role] for key, role in new
    )
