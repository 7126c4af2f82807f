"""Remedies of the calendar: an offering more, a seat or a place more, a tentative offering announced."""

from collections.abc import Iterator
from dataclasses import replace

from models.changes.calendar import more_seats, more_shared_seats, published, with_places
from models.changes.change import Change, with_edition
from models.changes.eased import as_if_had
from models.programme.edition import Component, Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.words import listed, plural, span_in_words
from models.rules.bookable import closed_because
from models.rules.seat_group import seat_groups_of, shared_seats, taken_of
from scheduler.candidates.weekly import dates_of, model_of
from scheduler.costs import Costs
from scheduler.explain.repairs.ground import RepairGround
from scheduler.explain.repairs.remedy import Remedy

MOST_ADDED = 3
"""So many offerings of one component are added at most."""


def calendar_remedies(ground: RepairGround, costs: Costs) -> Iterator[Remedy]:
    """Yield what could be changed in the calendar for the learners in question."""
    for component in _wanted(ground):
        yield from _more_offerings(ground, component, costs)
    for run in ground.instance.offerings:
        if run.start <= ground.instance.as_of or run.status == "cancelled":
            continue
        if run.status == "tentative" and not ground.instance.tentative:
            if costs.announce is not None and _concerns(ground, run):
                yield _announced(run, costs.announce)
        elif any(closed_because(ground.instance, learner, run) is None for learner in ground.learners):
            yield from _more_room(ground, run, costs)
    yield from _more_shared(ground, costs.add_seat)


def _wanted(ground: RepairGround) -> list[Component]:
    """Return what some learner's edition asks for and the learner has not done, each component once."""
    found: dict[str, Component] = {}
    for learner in ground.learners:
        edition = ground.instance.edition_of(learner)
        done = {each.component for each in ground.instance.initial_state[learner].done}
        for code in sorted(edition.asked_codes):
            component = edition.component[code]
            if component.kind != "task" and (edition.may_recur(code) or code not in done):
                found.setdefault(code, component)
    return [found[code] for code in sorted(found)]


def _more_offerings(ground: RepairGround, component: Component, costs: Costs) -> Iterator[Remedy]:
    model = model_of(ground.instance, component.code)
    cost = costs.add_offering if model else costs.add_first_offering
    dates = () if cost is None else dates_of(ground.instance, component, ground.horizon)
    if cost is None or not dates:
        return
    like = f", like {model.id}" if model else ", taken as one day: its length is not stated"
    yield Remedy(
        kind="add_offering" if model else "add_first_offering",
        about=component.code,
        cost=cost,
        most=MOST_ADDED if component.repeatable else min(MOST_ADDED, len(ground.learners)),
        words=lambda level: f"add {_times(level, component)}{like}",
        dates=dates,
        eased=_eased(ground, component.code),
    )


def _times(level: int, component: Component) -> str:
    kind = "run" if component.kind == "course" else "session"
    return f"a {component.code} {kind}" if level == 1 else plural(level, f"{component.code} {kind}")


def _eased(ground: RepairGround, code: str) -> Change:
    """Take a component as done by all in question, and the clock of whoever has not started it as never ending."""

    def change(instance: Instance) -> Instance:
        for learner in ground.learners:
            if instance.component_for(learner, code) is None:
                continue
            instance = as_if_had(learner, code)(instance)
            if ground.has_open_clock(learner):
                instance = with_edition(learner, _without_window)(instance)
        return instance

    return change


def _without_window(edition: Edition) -> Edition:
    return replace(edition, window=None)


def _concerns(ground: RepairGround, run: Offering) -> bool:
    return any(ground.instance.component_for(learner, run.component) for learner in ground.learners)


def _announced(run: Offering, cost: int) -> Remedy:
    return Remedy(
        kind="announce",
        about=run.id,
        cost=cost,
        words=lambda _: f"announce {run.id} ({span_in_words(run)}), which is tentative",
        change=lambda _: published(run.id),
    )


def _more_room(ground: RepairGround, run: Offering, costs: Costs) -> Iterator[Remedy]:
    """Yield seats and places of an offering that not all in question can have."""
    count = len(ground.learners)
    taken = run.taken + ground.instance.seats_standing.get(run.id, 0)
    if costs.add_seat is not None and run.seats is not None and run.seats - taken < count:
        over = max(0, taken - run.seats)
        yield Remedy(
            kind="add_seat",
            about=run.id,
            cost=costs.add_seat,
            most=count - max(0, run.seats - taken),
            words=lambda level: f"add {plural(level + over, 'seat')} to {run.id} ({span_in_words(run)})",
            change=lambda level: more_seats(run.id, level + over),
        )
    for role, places in run.roles:
        held = ground.instance.roles_standing.get((run.id, role), 0)
        if costs.add_place is not None and places - held < count:
            yield _place(run, role, max(places, held), count - max(0, places - held), costs.add_place)


def _more_shared(ground: RepairGround, cost: int | None) -> Iterator[Remedy]:
    """Yield seats that the offerings of a group share, of which there are fewer than all in question may want."""
    instance = ground.instance
    for name, runs in seat_groups_of(instance).items():
        seats, taken = shared_seats(runs), taken_of(instance, runs)
        open_runs = [run for run in runs if run.start > instance.as_of]
        wanted = len(ground.learners) * len(open_runs)
        if cost is not None and seats is not None and seats - taken < wanted:
            over, which = max(0, taken - seats), listed([run.id for run in runs])
            yield Remedy(
                kind="add_seat",
                about=name,
                cost=cost,
                most=wanted - max(0, seats - taken),
                words=lambda level, over=over, which=which: (
                    f"add {plural(level + over, 'seat')} to those that {which} share"
                ),  # type: ignore[misc]
                change=lambda level, over=over, name=name: more_shared_seats(name, level + over),  # type: ignore[misc]
            )


def _place(run: Offering, role: str, places: int, most: int, cost: int) -> Remedy:
    return Remedy(
        kind="add_place",
        about=run.id,
        cost=cost,
        most=most,
        role=role,
        words=lambda level: f"add {plural(level, f'{role} place')} to {run.id} ({span_in_words(run)})",
        change=lambda level: with_places(run.id, role, places + level),
    )
