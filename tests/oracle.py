"""Brute force: every joint plan of a small instance, in plain Python, by its own reading of the instance format."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from models.programme.edition import Component
from models.programme.instance import Instance
from models.programme.offering import Offering
from tests.oracle_facts import Activity, Facts, facts_of
from tests.oracle_law import allowed_until, fits_together, may_attend, task_days, well_ordered

FOREVER = 10**6
"""More days than any delay."""

Needs = frozenset[tuple[str, str | None]]
"""What a path newly takes: (offering, None) is a seat, (offering, role) a place in that role."""


@dataclass(frozen=True, slots=True)
class Way:
    """One lawful way for a learner to graduate: the day, what it newly takes, and what it consists of."""

    day: date
    needs: Needs
    activities: tuple[Activity, ...]


def earliest(instance: Instance, learner: str, *, holding: str | None = None) -> date | None:
    """Return the earliest day of graduation (with an offering) if nobody else takes anything new; None if there is no path."""
    room = _room(instance)
    able = (way for way in ways(instance, learner) if all(room[need] > 0 for need in way.needs))
    return min(
        (way.day for way in able if holding in {None, *(activity.key for activity in way.activities)}), default=None
    )


def best(instance: Instance) -> tuple[int, int]:
    """Return the fewest learners who do not graduate and, among such plans, the least sum of days to graduation."""
    return min(_counted(each.values()) for each in outcomes(instance))


def _counted(days: Iterable[int | None]) -> tuple[int, int]:
    listed = list(days)
    return listed.count(None), sum(day for day in listed if day is not None)


def outcomes(instance: Instance) -> Iterator[dict[str, int | None]]:
    """List what joint plans lead to: by learner the days to graduation, None for who does not graduate."""
    learners = to_plan(instance)
    room = _room(instance)
    options = [_few_ways(instance, learner, room, len(learners)) for learner in learners]
    for joint in itertools.product(*options):
        taken = Counter(need for choice in joint if choice for need in choice[1])
        if all(room[need] >= count for need, count in taken.items()):
            yield {
                learner: max(0, (choice[0] - instance.as_of).days) if choice else None
                for learner, choice in zip(learners, joint, strict=True)
            }


def fairest(instance: Instance) -> list[int | None]:
    """Return the delays against each learner's day alone, the longest first, of a plan that is fairest; None first of all."""
    alone = {learner: earliest(instance, learner) for learner in to_plan(instance)}
    start = {learner: (day - instance.as_of).days for learner, day in alone.items() if day is not None}
    found = [_delays(each, start) for each in outcomes(instance)]
    return min(found, key=lambda delays: [FOREVER if each is None else each for each in delays])


def _delays(days: dict[str, int | None], start: dict[str, int]) -> list[int | None]:
    delays = [None if (day := days[learner]) is None else max(0, day - before) for learner, before in start.items()]
    return sorted(delays, key=lambda each: FOREVER if each is None else each, reverse=True)


def in_turns(instance: Instance, priorities: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return by priority how many do not graduate and the sum of days of the others, where lower numbers go first."""
    turns = sorted(set(priorities.values()))
    return min(
        [_counted(day for learner, day in each.items() if priorities[learner] == turn) for turn in turns]
        for each in outcomes(instance)
    )


def to_plan(instance: Instance) -> list[str]:
    """Return the learners who are in the programme and have not met everything already."""
    enrolled = [learner.id for learner in instance.learners if learner.enrolled is not None]
    return [learner for learner in enrolled if not facts_of(instance, learner).is_complete(())]


def ways(instance: Instance, learner: str) -> Iterator[Way]:
    """List every lawful way of one learner to graduate, seats and role places left aside."""
    facts = facts_of(instance, learner)
    tasks = _asked_for(facts)
    for chosen in itertools.product(*_offers(facts)):
        booked = [activity for activity in chosen if activity is not None]
        if not fits_together(facts, booked) or not _could_be_enough(facts, booked):
            continue
        for started in itertools.product(*([None, *task_days(facts, task, booked)] for task in tasks)):
            activities = (*booked, *(activity for activity in started if activity is not None))
            day = _graduation(facts, activities)
            if day is not None and well_ordered(facts, activities) and day <= allowed_until(facts, activities):
                yield Way(day, _needs(facts, booked), activities)


def plans(instance: Instance, learner: str) -> int:
    """Return how many plans brute force would look at for one learner, roughly."""
    facts = facts_of(instance, learner)
    days = 2 + len(facts.kept) + len(instance.offerings) // 2
    return prod(len(offer) for offer in _offers(facts)) * int(prod(days for _ in _asked_for(facts)))


def _offers(facts: Facts) -> list[list[Activity | None]]:
    """List what can be done with each offering: kept, not booked, booked, booked in a role."""
    kept = [_roles_of_kept(facts, one) for one in facts.kept]
    return kept + [
        [None, *_bookings(facts, offering)] for offering in facts.instance.offerings if may_book(facts, offering)
    ]


def _asked_for(facts: Facts) -> list[Component]:
    """List the tasks that anything in the edition asks for: no other can help to graduate."""
    edition = facts.edition
    entries = [*edition.first, *edition.last, *(entry for one in edition.components for entry in one.requires)]
    codes = {code for entry in entries for code in entry} | {code for one in edition.requirements for code in one.pool}
    return [
        component
        for component in edition.components
        if component.kind == "task" and component.code in codes - facts.completed - facts.held
    ]


def may_book(facts: Facts, offering: Offering) -> bool:
    """Say whether a learner may newly book an offering, as far as dates, status and the learner's own time go."""
    component = facts.edition.component.get(offering.component)
    if component is None or component.kind == "task" or offering.id in facts.held:
        return False
    if not component.repeatable and component.code in facts.completed | {kept.code for kept in facts.kept}:
        return False
    if offering.status != "published" and not (offering.status == "tentative" and facts.instance.tentative):
        return False
    closing = offering.registration_closes
    return (
        offering.start > facts.as_of
        and offering.start >= facts.enrolled
        and (closing is None or facts.as_of <= closing)
        and may_attend(facts, offering)
    )


def _bookings(facts: Facts, offering: Offering) -> list[Activity]:
    roles = [role for role, _ in facts.edition.component[offering.component].roles]
    return [Activity.booked(offering, role) for role in (None, *roles)]


def _roles_of_kept(facts: Facts, kept: Activity) -> list[Activity | None]:
    """Add roles to a kept booking that has none and has not begun."""
    if kept.role is None and kept.start > facts.as_of and kept.offering is not None and kept.code in facts.codes:
        return [*_bookings(facts, kept.offering)]
    return [kept]


def _needs(facts: Facts, booked: Sequence[Activity]) -> Needs:
    before = {(kept.key, kept.role) for kept in facts.kept}
    seats = {(activity.key, None) for activity in booked if activity.key not in facts.held}
    return frozenset(seats | {(activity.key, activity.role) for activity in booked if activity.role} - before)


def _could_be_enough(facts: Facts, booked: Sequence[Activity]) -> bool:
    """Say whether bookings would do if every task were done long ago: a quick refusal before tasks get their days."""
    activities = (*booked, *facts.tasks_long_ago)
    return facts.is_complete([activity.credit for activity in activities]) and well_ordered(facts, activities)


def _graduation(facts: Facts, activities: Sequence[Activity]) -> date | None:
    """Return the first day by which enough is done. What is enough stays so: the days are gone through backwards."""
    found = None
    for day in sorted({activity.end for activity in activities}, reverse=True):
        if not facts.is_complete([activity.credit for activity in activities if activity.end <= day]):
            break
        found = day
    return found


def _room(instance: Instance) -> dict[tuple[str, str | None], float]:
    """Count what is left in each offering and role when everybody keeps what they have booked."""
    kept = [activity for learner in instance.learners for activity in facts_of(instance, learner.id).kept]
    seats, roles = (
        Counter(activity.key for activity in kept),
        Counter((activity.key, activity.role) for activity in kept),
    )
    room: dict[tuple[str, str | None], float] = {}
    for offering in instance.offerings:
        held = offering.taken + seats[offering.id]
        room[offering.id, None] = float("inf") if offering.seats is None else max(0, offering.seats - held)
        names = {role for edition in instance.editions.values() for one in edition.components for role, _ in one.roles}
        for role in names:
            places = offering.places(role)
            room[offering.id, role] = max(0, (places or 0) - roles[offering.id, role])
    return room


def _few_ways(
    instance: Instance, learner: str, room: dict[tuple[str, str | None], float], rivals: int
) -> list[tuple[date, Needs] | None]:
    """List the ways worth combining: of those that take the same scarce things, the earliest; and not to graduate."""
    least: dict[Needs, date] = {}
    for way in ways(instance, learner):
        scarce = frozenset(need for need in way.needs if room[need] < rivals)
        least[scarce] = min(way.day, least.get(scarce, way.day))
    worth = [(day, needs) for needs, day in least.items() if not _is_beaten(day, needs, least)]
    return [None, *worth]


def _is_beaten(day: date, needs: Needs, others: Mapping[Needs, date]) -> bool:
    """Say whether another way takes only some of the same things and is over as early."""
    return any(other < needs and sooner <= day for other, sooner in others.items())
