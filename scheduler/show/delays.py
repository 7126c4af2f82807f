"""Who waits because others have the seats: how long, and what has run out; nobody else is named."""

from typing import Any

from models.programme.instance import Instance
from models.programme.words import listed, plural
from models.rule import Resource
from scheduler.show.screen import Screen
from scheduler.show.sharing_words import thing_in_words
from scheduler.solve.result import LearnerAnswer, Result
from scheduler.solve.sharing import Use

THINGS = 3


def delay(answer: LearnerAnswer) -> int | None:
    """Return how many days later a learner graduates than alone; None for who does not graduate."""
    if answer.graduation is None or answer.alone is None:
        return None
    return (answer.graduation - answer.alone).days


def show_delays(screen: Screen, result: Result, most: int | None = None) -> None:
    """Write who waits, the longest wait first, and what has run out for them; `most` None = everybody."""
    waiting = [(days, each) for each in result.learners if (days := delay(each))]
    if not waiting:
        return
    waiting.sort(key=lambda pair: (-pair[0], pair[1].learner))
    total = sum(days for days, _ in waiting)
    screen.line()
    screen.line(
        f"{plural(len(waiting), 'learner')} graduate later than alone, {total} days in all:".replace(
            "1 learner graduate", "1 learner graduates"
        )
    )
    rows = [(each.learner, str(days), _because(each.cause)) for days, each in waiting[:most]]
    screen.table(rows, ("Learner", "Days", "Full in this plan"), right=(1,), whole=(0, 1))
    if most is not None and len(waiting) > most:
        screen.line(f"and {len(waiting) - most} more; --all shows them", indent=2)


def _because(cause: tuple[Resource, ...]) -> str:
    named = [thing_in_words(each) for each in sorted(cause, key=lambda thing: (thing[0] != "role_places", thing))]
    more = [f"{len(named) - THINGS} more"] if len(named) > THINGS else []
    return listed(named[:THINGS] + more) or "-"


def cause(answer: LearnerAnswer) -> list[dict[str, Any]]:
    """Return what has run out for a learner, for JSON."""
    return [thing(each) for each in answer.cause]


def thing(resource: Resource) -> dict[str, Any]:
    """Return a shared thing, for JSON."""
    rule, offering, *role = resource
    return {"rule": rule, "offering": offering, "role": role[0] if role else None}


def uses(instance: Instance, found: tuple[Use, ...]) -> list[dict[str, Any]]:
    """Return for each offering that lies ahead the seats and the places in roles, used and free, for JSON."""
    by_offering: dict[str, dict[str, Any]] = {}
    for use in found:
        rule, offering, *role = use.thing
        run = instance.offering[offering]
        entry = by_offering.setdefault(
            offering,
            {"offering": offering, "component": run.component, "start": str(run.start), "seats": None, "roles": {}},
        )
        count = {"places": use.places, "used": use.used, "free": use.free}
        if rule == "role_places":
            entry["roles"][role[0]] = count
        else:
            entry["seats"] = count
    return list(by_offering.values())
