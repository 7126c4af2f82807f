"""Seats that are kept for learners of the programme until a day are taken by nobody else until then."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import listed, plural
from models.rule import Rule, Violation
from models.rules.seat_group import seat_groups_of, shared_seats


def open_seats(instance: Instance, run: Offering) -> int | None:
    """Return how many seats anybody may have who is not in the programme; None where none are kept, or not any more."""
    kept = _kept_seats(instance, run)
    return None if not kept or run.seats is None else max(0, run.seats - kept)


def _kept_seats(instance: Instance, run: Offering) -> int:
    """Return how many seats of an offering are kept on the planning day."""
    over = run.reserved_until is not None and instance.as_of > run.reserved_until
    return 0 if over else run.reserved


def _open_in_group(instance: Instance, runs: Sequence[Offering]) -> int | None:
    """Return how many of the seats that offerings share anybody may have: what any of them keeps is kept of the stock."""
    kept, seats = sum(_kept_seats(instance, run) for run in runs), shared_seats(runs)
    return None if not kept or seats is None else max(0, seats - kept)


def _standing(instance: Instance) -> Counter[str]:
    """Count who sits in each offering without being in the programme, known to the instance or not."""
    guests = [each.id for each in instance.learners if each.is_outside]
    found = Counter(booking.offering for name in guests for booking in instance.initial_state[name].bookings)
    found.update({run.id: run.taken for run in instance.offerings if run.reserved or run.seat_group})
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
            yield _violation(kept_words, names, [offering], most, standing[offering] + len(names))
    for runs in seat_groups_of(instance).values() if new else ():
        most, names = _open_in_group(instance, runs), [who for run in runs for who in new.get(run.id, ())]
        sitting = sum(standing[run.id] for run in runs) + len(names)
        if most is not None and names and sitting > most:
            words = f"of the seats that {listed([run.id for run in runs])} share some are kept for learners of the programme"
            yield _violation(words, names, sorted(run.id for run in runs if run.id in new), most, sitting)


def _violation(kept: str, names: Sequence[str], offerings: Sequence[str], most: int, sitting: int) -> Violation:
    return Violation(
        rule="reserved",
        learner=names[0],
        offerings=tuple(offerings),
        sentence=f"{kept}: others have {most}, and {sitting} need one",
        source="offerings.csv",
    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the new bookings of those who are not in the programme."""
    guests = [choices for choices in everyone if choices.learner.is_outside]
    if not guests:
        return
    instance = guests[0].instance
    standing, books = _standing(instance), _new_books(guests)
    for offering, literals in books.items():
        most = open_seats(instance, instance.offering[offering])
        if most is not None:
            _bound(poster, literals, most - standing[offering])
    for runs in seat_groups_of(instance).values():
        most = _open_in_group(instance, runs)
        if most is not None:
            literals = [literal for run in runs for literal in books.get(run.id, ())]
            _bound(poster, literals, most - sum(standing[run.id] for run in runs))


def _bound(poster: Poster, literals: Sequence[int], room: int) -> None:
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
