"""Says why a changed instance is none that a folder could state; None where it is one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import whole_days
from scheduler.files.cells import FIRST_YEAR, LAST_YEAR


def unlawful(instance: Instance, known: frozenset[int] = frozenset()) -> str | None:
    """Return the first thing wrong with an instance in one sentence; offerings whose `id()` is in `known` are taken as right."""
    return next(_wrongs(instance, known), None)


def _wrongs(instance: Instance, known: frozenset[int]) -> Iterator[str]:
    yield from (f"the offering {name} stands twice" for name in _twice(run.id for run in instance.offerings))
    yield from (f"the learner {name} stands twice" for name in _twice(each.id for each in instance.learners))
    codes = {code for edition in instance.editions.values() for code in edition.component}
    for run in instance.offerings:
        if id(run) not in known:
            yield from _wrong_offering(run, codes)
    for name, edition in instance.editions.items():
        yield from (f"edition {name}: {words}" for words in _wrong_edition(edition))
    yield from _wrong_learners(instance)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _wrong_learners(instance: Instance) -> Iterator[str]:
    for learner in instance.learners:
        if learner.edition not in instance.editions:
            yield f"{learner.id} is under the edition {learner.edition}, which is not loaded"
        if learner.enrolled and not FIRST_YEAR <= learner.enrolled.year <= LAST_YEAR:
            yield f"{learner.id} is enrolled on {learner.enrolled}, out of the years {FIRST_YEAR} to {LAST_YEAR}"


def _wrong_offering(run: Offering, codes: set[str]) -> Iterator[str]:
    if run.end < run.start:
        yield f"{run.id} ends before it starts"
    if run.start.year < FIRST_YEAR or run.end.year > LAST_YEAR:
        yield f"{run.id} lies out of the years {FIRST_YEAR} to {LAST_YEAR}"
    if run.component not in codes:
        yield f"{run.id} is a run of {run.component}, which no edition has"
    if run.seats is not None and run.seats < 0:
        yield f"{run.id} has {run.seats} seats"
    for role, places in run.roles:
        if places < 0:
            yield f"{run.id} has {places} places in the role of {role}"
    days = whole_days(run.start, run.end, run.zone)
    if any(not days.start <= session.start < days.end for session in run.sessions):
        yield f"a session of {run.id} lies out of its days"


def _wrong_edition(edition: Edition) -> Iterator[str]:
    for requirement in edition.requirements:
        pool = [edition.component[code] for code in requirement.pool if code in edition.component]
        most = sum(component.worth_for(requirement) for component in pool)
        if requirement.count > most and not any(component.repeatable for component in pool):
            yield f"{requirement.id} asks for {requirement.count} out of {most}"
        if len(pool) < len(requirement.pool):
            yield f"{requirement.id} names a component that the edition does not have"
    if edition.window is not None and edition.window.starts == "orientation" and not edition.first:
        yield "the clock starts with what comes first, and nothing comes first"
