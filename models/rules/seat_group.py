"""Offerings of one group share the seats of the smallest number stated in the group: two sittings of one course, say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import listed, number, plural
from models.rule import Fact, Rule, Violation


def seat_groups_of(instance: Instance) -> Mapping[str, tuple[Offering, ...]]:
    """Return the offerings of each group that are not cancelled."""
    return instance.once("seat groups", lambda: _groups(instance))


def _groups(instance: Instance) -> dict[str, tuple[Offering, ...]]:
    found: dict[str, list[Offering]] = {}
    for run in instance.offerings:
        if run.seat_group is not None and run.status != "cancelled":
            found.setdefault(run.seat_group, []).append(run)
    return {name: tuple(runs) for name, runs in found.items()}


def shared_seats(runs: Iterable[Offering]) -> int | None:
    """Return the seats of a group: the smallest number stated in it; None where none is."""
    return min((run.seats for run in runs if run.seats is not None), default=None)


def taken_of(instance: Instance, runs: Iterable[Offering]) -> int:
    """Return how many seats of a group are taken or booked as it stands."""
    return sum(run.taken + instance.seats_standing.get(run.id, 0) for run in runs)


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count who sits in each group of which somebody newly books an offering."""
    groups = seat_groups_of(instance)
    if not groups:
        return
    sitting = Counter(instance.seats_standing)
    new: dict[str, list[tuple[str, str]]] = {}
    for path in plan.paths:
        held = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        sitting.subtract(held)
        sitting.update(path.offerings)
        for offering in sorted(path.offerings - held):
            new.setdefault(instance.offering[offering].seat_group or "", []).append((path.learner, offering))
    for name, runs in groups.items():
        seats = shared_seats(runs)
        if seats is None or name not in new:
            continue
        before = taken_of(instance, runs)
        most = max(before, sum(run.taken + sitting[run.id] for run in runs))
        if most > seats:
            yield Violation(
                rule="seat_group",
                learner=new[name][0][0],
                offerings=tuple(sorted({offering for _, offering in new[name]})),
                sentence=f"{listed([run.id for run in runs])} share {plural(seats, 'seat')} and {most} need one",
                source="offerings.csv",
            )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the bookings of each group by the seats that nobody else holds."""
    if not everyone:
        return
    instance = everyone[0].instance
    for runs in seat_groups_of(instance).values():
        seats = shared_seats(runs)
        if seats is None:
            continue
        names = {run.id for run in runs}
        chosen = [run for choices in everyone for run in choices.all_open_runs() if run.offering.id in names]
        in_question = sum(each in names for choices in everyone for each in choices.kept)
        used = taken_of(instance, runs)
        free = seats - used + in_question
        if used > seats or free <= 0:
            for run in chosen:
                if not run.kept:
                    poster.forbid(run.book)
        elif len(chosen) > free and any(not run.kept for run in chosen):
            poster.require([(1, run.book) for run in chosen], high=free)


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the groups that have fewer seats left than a learner may want."""
    held = {booking.offering for booking in instance.initial_state[learner].bookings}
    for name, runs in seat_groups_of(instance).items():
        seats = shared_seats(runs)
        others = [run for run in runs if run.id not in held and run.start > instance.as_of]
        left = None if seats is None else max(0, seats - taken_of(instance, runs))
        if seats is not None and left is not None and left < len(others):
            yield Fact(
                rule="seat_group",
                sentence=_in_words(runs, seats, left),
                source="offerings.csv",
                without=lambda instance, freed=name: _freed(instance, freed),  # type: ignore[misc]
                about=runs[0].component,
                since=min(run.start for run in runs),
            )


def _in_words(runs: Iterable[Offering], seats: int, left: int) -> str:
    names = listed([run.id for run in runs])
    if not left:
        return f"{names} are full: all {seats} seats that they share are taken"
    return f"{names} share {plural(seats, 'seat')}, and {number(left)} {'is' if left == 1 else 'are'} left"


def _freed(instance: Instance, name: str) -> Instance:
    offerings = tuple(
        replace(each, seat_group=None) if each.seat_group == name else each for each in instance.offerings
    )
    return replace(instance, offerings=offerings)


RULE = Rule(
    name="seat_group",
    sentence="Offerings of one group share the seats of the smallest number stated in it.",
    scope="shared",
    rows=r"$\sum_{o \in \text{group}} \sum_l x_{lo} \le \min_o q_o$",
    applies=lambda instance, _learner: bool(seat_groups_of(instance)),
    monotone=True,
    check=check,
    post=post,
    facts=facts,
)
