"""A role in an offering is one that the offering has, is held by a learner who is booked, and has so many places."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.programme.words import plural
from models.rule import Fact, Resource, Rule, Statement, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Count who holds each role that somebody newly takes, and find roles that an offering does not have."""
    holding = Counter(instance.roles_standing)
    new: dict[tuple[str, str], str] = {}
    for path in plan.paths:
        standing = instance.initial_state[path.learner].bookings
        holding.subtract((booking.offering, booking.role) for booking in standing if booking.role)
        for booking in path.bookings:
            if booking.role is not None:
                holding[booking.offering, booking.role] += 1
                if booking not in standing:
                    new.setdefault((booking.offering, booking.role), path.learner)
    for (offering, role), learner in sorted(new.items()):
        places = dict(instance.offering[offering].roles).get(role)
        need = max(holding[offering, role], instance.roles_standing.get((offering, role), 0))
        if places is None:
            sentence = f"{offering} has no role {role}"
        elif need > places:
            sentence = f"{offering} has {plural(max(places, 0), 'place')} in the role of {role} and {need} need one"
        else:
            continue
        yield Violation(
            rule="role_places", learner=learner, offerings=(offering,), sentence=sentence, source="offerings.csv"
        )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound the holders of each role by the places that nobody else holds."""
    literals: dict[tuple[str, str], list[int]] = {}
    standing: Counter[tuple[str, str]] = Counter()
    for choices in everyone:
        for run in choices.all_open_runs():
            held = choices.kept[run.offering.id].role if run.kept else None
            for role, literal in run.plays.items():
                literals.setdefault((run.offering.id, role), []).append(literal)
                standing[run.offering.id, role] += role == held
    for (offering, role), holders in literals.items():
        instance = everyone[0].instance
        places = instance.offering[offering].places(role) or 0
        all_standing = instance.roles_standing.get((offering, role), 0)
        free = places - all_standing + standing[offering, role]
        if all_standing > places or free <= 0:
            _close(everyone, offering, role, poster)
        elif len(holders) > free:
            poster.require([(1, literal) for literal in holders], high=free)


def _close(everyone: Sequence[LearnerVariables], offering: str, role: str, poster: Poster) -> None:
    """Forbid a role to all who do not hold it yet."""
    for choices in everyone:
        for run in choices.all_open_runs():
            held = choices.kept[run.offering.id].role if run.kept else None
            if run.offering.id == offering and role in run.plays and held != role:
                poster.forbid(run.plays[role])


def uses(instance: Instance, path: Path) -> frozenset[Resource]:
    """Return the places in a role that a path newly takes."""
    standing = instance.initial_state[path.learner].bookings
    new = (booking for booking in path.bookings if booking not in standing)
    return frozenset(("role_places", each.offering, each.role) for each in new if each.role is not None)


def limits(instance: Instance) -> Mapping[Resource, int]:
    """Return the places that nobody holds yet, of each role in each offering."""
    standing = instance.roles_standing
    return {
        ("role_places", run.id, role): max(0, places - standing.get((run.id, role), 0))
        for run in instance.offerings
        for role, places in run.roles
    }


def statements(edition: Edition) -> Iterable[Statement]:
    """State the places of each role."""
    for component in edition.components:
        for role, places in component.roles:
            yield Statement(
                sentence=f"{component.code} has {plural(places, 'place')} in the role of {role} in each offering.",
                source=edition.source_of(f"components.{component.code}.roles"),
            )


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name, by component and role, the places that are all taken."""
    full: dict[tuple[str, str], dict[str, int]] = {}
    held = {(booking.offering, booking.role) for booking in instance.initial_state[learner].bookings}
    for offering in instance.offerings:
        for role, places in offering.roles:
            taken = instance.roles_standing.get((offering.id, role), 0) >= places
            if taken and offering.start > instance.as_of and (offering.id, role) not in held:
                full.setdefault((offering.component, role), {})[offering.id] = places
    for (code, role), offerings in full.items():
        yield Fact(
            rule="role_places",
            sentence=_all_taken(role, code, offerings),
            source="offerings.csv",
            without=lambda instance, full=frozenset(offerings), role=role: _opened(instance, full, role),  # type: ignore[misc]
            about=code,
            since=min(instance.offering[each].start for each in offerings),
        )


def _all_taken(role: str, code: str, offerings: Mapping[str, int]) -> str:
    where = next(iter(offerings)) if len(offerings) == 1 else f"{len(offerings)} offerings of {code}"
    places = sum(offerings.values())
    which = "the only place" if places == 1 else f"all {places} places"
    return f"{which} in the role of {role} {'is' if places == 1 else 'are'} taken, at {where}"


def _opened(instance: Instance, full: frozenset[str], role: str) -> Instance:
    many = len(instance.learners) + 1
    return replace(
        instance,
        offerings=tuple(
            replace(each, roles=tuple((name, places + many if name == role else places) for name, places in each.roles))
            if each.id in full
            else each
            for each in instance.offerings
        ),
    )


RULE = Rule(
    name="role_places",
    sentence="A role in an offering has so many places, and whoever holds it is booked there.",
    scope="shared",
    rows=r"$\sum_l y_{lo\rho} \le q_{o\rho}$",
    check=check,
    post=post,
    statements=statements,
    facts=facts,
    uses=uses,
    limits=limits,
)
