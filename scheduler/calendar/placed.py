"""Everybody's paths on one calendar where what is scarce has been shared out: nobody asks for another's seat or role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from models.judging.violations import violations
from models.programme.instance import Instance
from scheduler.calendar.places import Place, less, news_of, path_of, value_of
from scheduler.engines.budget import Budget
from scheduler.solve.answers import Answers, answer_alone
from scheduler.solve.initial_state import standing_path, union
from scheduler.solve.result import LearnerAnswer


@dataclass(frozen=True, slots=True)
class Placing:
    """By learner the seats and roles that are theirs; `scarce` = offerings with too few seats; what is promised of it.

    `not_graduating`, `days` = how many do not graduate with it, and the sum of the others' days.
    """

    of: Mapping[str, frozenset[Place]]
    scarce: Collection[str]
    not_graduating: int
    days: int


def as_placed(instance: Instance, alone: Answers, placing: Placing, budget: Budget) -> Answers | None:
    """Return everybody's best path that takes nothing from others; None where they do not go together."""
    left: dict[frozenset[tuple[Place, int]], Instance] = {}
    found: dict[str, LearnerAnswer] = {}
    for name, answer in alone.of.items():
        found[name] = answer
        barred = _barred(instance, name, placing) if name in placing.of else {}
        if barred.keys().isdisjoint(news_of(instance, path_of(instance, answer))):
            continue
        key = frozenset(barred.items())
        if key not in left:
            left[key] = less(instance, barred)
        found[name], _ = answer_alone(left[key], name, budget=Budget(within=budget))
    whole = Answers(of=found)
    if violations(instance, union([path_of(instance, each) for each in found.values()])):
        return None
    return replace(whole, proved=alone.proved and value_of(whole) == value_of(alone))


def _barred(instance: Instance, name: str, placing: Placing) -> dict[Place, int]:
    """Return the seats and places of what is scarce that are not for a learner."""
    own = {booking.offering for booking in standing_path(instance, name).bookings}
    mine = placing.of[name]
    barred: dict[Place, int] = {}
    for run in (each for each in instance.offerings if each.id not in own):
        barred |= {(run.id, role): count for role, count in run.roles if (run.id, role) not in mine}
        if run.id in placing.scarce and run.seats is not None and (run.id, None) not in mine:
            barred[run.id, None] = max(0, run.seats - run.taken)
    return barred
