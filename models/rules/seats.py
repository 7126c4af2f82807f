"""An offering takes no more learners than it has seats, and nobody new while it has too many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from models.formulation.learner_variables import LearnerVariables, OfferingVariables
from models.formulation.linear import Poster
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.programme.words import plural
from models.rule import Fact, Resource, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count who sits in each offering that somebody newly books."""
    sitting = Counter(instance.seats_standing)
    new: dict[str, str] = {}
    for path in plan.paths:
        held = {booking.offering for booking in instance.initial_state[path.learner].bookings}
        sitting.subtract(held)
        sitting.update(path.offerings)
        for offering in sorted(path.offerings - held):
            new.setdefault(offering, path.learner)
    before = instance.seats_standing
    for offering in sorted(new):
        run = instance.offering[offering]
        if run.seats is None:
            continue
        most = max(sitting[offering], before.get(offering, 0)) + run.taken
        if most > run.seats:
            yield Violation(
                rule="seats",
                learner=new[offering],
                offerings=(offering,),
                sentence=f"{offering} has {plural(run.seats, 'seat')} and {most} need one",
                source="offerings.csv",
            )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the bookings of each offering by the seats that nobody else holds."""
    in_question = Counter(each for choices in everyone for each in choices.kept)
    runs: dict[str, list[OfferingVariables]] = {}
    for choices in everyone:
        for run in choices.all_open_runs():
            runs.setdefault(run.offering.id, []).append(run)
    for offering, chosen in runs.items():
        new = [run.book for run in chosen if not run.kept]
        seats = chosen[0].offering.seats
        if seats is None or not new:
            continue
        used = chosen[0].offering.taken + everyone[0].instance.seats_standing.get(offering, 0)
        free = seats - used + in_question[offering]
        if used > seats or free <= 0:
            for literal in new:
                poster.forbid(literal)
        elif len(chosen) > free:
            poster.require([(1, run.book) for run in chosen], high=free)


def uses(instance: Instance, path: Path) -> frozenset[Resource]:
    """Return the limited seats that a path newly takes."""
    held = {booking.offering for booking in instance.initial_state[path.learner].bookings}
    new = path.offerings - held
    return frozenset(("seats", each) for each in new if instance.offering[each].seats is not None)


def limits(instance: Instance) -> Mapping[Resource, int]:
    """Return the seats that nobody holds yet, of each offering that limits them."""
    standing = instance.seats_standing
    return {
        ("seats", run.id): max(0, run.seats - run.taken - standing.get(run.id, 0))
        for run in instance.offerings
        if run.seats is not None
    }


def statements(edition: Edition) -> Iterable[Statement]:
    """State the seats of each component."""
    for component in edition.components:
        if component.seats is not None:
            yield Statement(
                sentence=f"{component.code} has {plural(component.seats, 'seat')}, unless the offering states another number.",
                source=edition.source_of(f"components.{component.code}.seats"),
            )


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the offerings that are full."""
    held = {booking.offering for booking in instance.initial_state[learner].bookings}
    for offering in instance.offerings:
        full = (
            offering.seats is not None
            and offering.taken + instance.seats_standing.get(offering.id, 0) >= offering.seats
        )
        if full and offering.id not in held:
            yield Fact(
                rule="seats",
                sentence=f"{offering.id} is full: all {offering.seats} seats are taken",
                source="offerings.csv",
                without=lambda instance, full=offering.id: unlimited(instance, full),  # type: ignore[misc]
                about=offering.component,
                since=offering.start,
            )


def unlimited(instance: Instance, offering: str) -> Instance:
    """Return the instance with as many seats in an offering as anybody wants."""
    return replace(
        instance,
        offerings=tuple(replace(each, seats=None) if each.id == offering else each for each in instance.offerings),
    )


RULE = Rule(
    name="seats",
    sentence="An offering takes no more learners than it has seats, those of people outside the programme included.",
    scope="shared",
    rows=r"$\sum_l x_{lo} \le q_o$",
    monotone=True,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
    uses=uses,
    limits=limits,
)
