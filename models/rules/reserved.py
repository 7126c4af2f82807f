"""Seats that are kept for learners of the programme until a day are taken by nobody else until then."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import plural
from models.rule import Rule, Violation


def open_seats(instance: Instance, run: Offering) -> int | None:
    """Return how many seats anybody may have who is not in the programme; None where none are kept, or not any more."""
    over = run.reserved_until is not None and instance.as_of > run.reserved_until
    return None if not run.reserved or run.seats is None or over else max(0, run.seats - run.reserved)


def _standing(instance: Instance) -> Counter[str]:
    """Count who sits in each offering without being in the programme, known to the instance or not."""
    guests = [each.id for each in instance.learners if each.is_outside]
    found = Counter(booking.offering for name in guests for booking in instance.initial_state[name].bookings)
    found.update({run.id: run.taken for run in instance.offerings if run.reserved})
    return found


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count who newly sits in an offering without being in the programme."""
    new: dict[str, list[str]] = {}
    for path in plan.paths:
        if instance.learner[path.learner].is_outside:
            kept = {booking.offering for booking in instance.initial_state[path.learner].bookings}
            for offering in sorted(path.offerings - kept):
                new.setdefault(offering, []).append(path.learner)
    standing = _standing(instance) if new else Counter[str]()
    for offering, names in sorted(new.items()):
        run = instance.offering[offering]
        most = open_seats(instance, run)
        if most is not None and standing[offering] + len(names) > most:
            until = f" until {run.reserved_until}" if run.reserved_until else ""
            kept_words = f"{plural(run.reserved, 'seat')} of {offering} kept for learners of the programme{until}"
            yield Violation(
                rule="reserved",
                learner=names[0],
                offerings=(offering,),
                sentence=f"{kept_words}: others have {most}, and {standing[offering] + len(names)} need one",
                source="offerings.csv",
            )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the new bookings of those who are not in the programme."""
    guests = [choices for choices in everyone if choices.learner.is_outside]
    if not guests:
        return
    instance = guests[0].instance
    standing = _standing(instance)
    for offering, literals in _new_books(guests).items():
        most = open_seats(instance, instance.offering[offering])
        if most is None:
            continue
        room = most - standing[offering]
        if room <= 0:
            for literal in literals:
                poster.forbid(literal)
        elif len(literals) > room:
            poster.require([(1, literal) for literal in literals], high=room)


def _new_books(guests: Sequence[LearnerVariables]) -> dict[str, list[int]]:
    books: dict[str, list[int]] = {}
    for choices in guests:
        for run in choices.all_open_runs():
            if not run.kept:
                books.setdefault(run.offering.id, []).append(run.book)
    return books


RULE = Rule(
    name="reserved",
    sentence="Seats that are kept for learners of the programme until a day are taken by nobody else until then.",
    scope="shared",
    rows=r"$\sum_{l \text{ not enrolled}} x_{lo} \le q_o - r_o$ less what stands",
    applies=lambda instance, learner: (
        learner in instance.learner
        and instance.learner[learner].is_outside
        and any(run.reserved for run in instance.offerings)
    ),
    monotone=True,
    check=check,
    post=post,
)
