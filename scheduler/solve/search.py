"""One learner's best path by branching on what the relaxed path breaks: whichever of the offerings that clash is left out.

Nodes are looked at in the order of their bounds, so the first path that breaks no rule and is worth its own bound is the best.
"""

import heapq
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from models.choices import Choices, Run
from models.clock import clock_start
from models.formulation import all_goals, all_rules, violations
from models.instance import Instance
from models.model import Model, Poster
from models.plan import Booking, Path, Plan, TaskStart
from models.progress import graduation_of
from models.rule import Violation
from models.rules.window import last_day
from models.things import things_of
from scheduler.solve.relaxed import FAR, Node, Relaxation, is_supported

BRANCHING = frozenset({"clashes", "weekly_hours", "courses_at_once"})
"""Rules of which more bookings never break less: where they are broken, some offering has to go."""

MOST_NODES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`bound` = a day before which the learner cannot graduate (None = not known); `path` only if it is proved the best."""

    bound: date | None = None
    path: Path | None = None
    values: dict[str, int] = field(default_factory=dict)


def search(instance: Instance, learner: str) -> Found:
    """Find one learner's best path, or only a bound where the search does not apply or does not come to an end soon."""
    choices = _thinned(instance, learner)
    ends = _window_end(instance, choices)
    if ends is None or not is_supported(choices):
        return Found()
    relaxation = Relaxation(choices, ends)
    heap: list[tuple[tuple[int, ...], int, Node, frozenset[str]]] = []
    serial = count()
    _push(heap, relaxation, frozenset(), serial)
    for _ in range(MOST_NODES):
        if not heap:
            return Found()
        order, _, node, without = heapq.heappop(heap)
        path = _path(choices, node)
        broken = violations(instance, Plan(paths=(path,)))
        if not broken and node.complete:
            values = _values(instance, path)
            if tuple(values.values()) == (order[0] - instance.as_of.toordinal(), *order[1:]):
                return Found(bound=graduation_of(instance, path), path=path, values=values)
        culprits = _culprits(broken, choices)
        if culprits is None:
            return Found(bound=date.fromordinal(order[0]))
        for offering in culprits:
            _push(heap, relaxation, without | {offering}, serial)
    return Found(bound=date.fromordinal(heap[0][0][0]) if heap else None)


def _thinned(instance: Instance, learner: str) -> Choices:
    """Return the choices of a learner less everything that a rule forbids by itself."""
    model = Model()
    choices = Choices(instance, learner, model)
    for rule in all_rules():
        if rule.scope in {"booking", "shared"}:
            rule.post((choices,), Poster(model))
    for code in choices.edition.component:
        if choices.done(code) and not choices.edition.component[code].repeatable:
            _forget(choices, code)
    return choices


def _forget(choices: Choices, code: str) -> None:
    task = choices.open_task(code)
    for literal in [*(run.book for run in choices.open_runs(code) if not run.kept), *([task.does] if task else [])]:
        choices.model.restrict(literal, high=0)


def _window_end(instance: Instance, choices: Choices) -> int | None:
    """Return the day number that ends the window; None where that depends on what is chosen."""
    window = choices.edition.window
    if choices.learner.deadline or window is None or window.starts == "enrolment":
        ends = last_day(instance, Path(learner=choices.learner.id))
        return ends.toordinal() if ends else FAR
    history = Path(learner=choices.learner.id)
    if clock_start(instance, history) is None:
        return None
    if window.starts == "orientation":
        firsts = choices.edition.first_codes
        settled = all(thing.done for thing in things_of(instance, history)) and not any(
            choices.open_runs(code) or choices.open_task(code) for code in firsts
        )
        if not settled:
            return None
    ends = last_day(instance, history)
    return ends.toordinal() if ends else FAR


def _push(
    heap: list[tuple[tuple[int, ...], int, Node, frozenset[str]]],
    relaxation: Relaxation,
    without: frozenset[str],
    serial: "count[int]",
) -> None:
    node = relaxation.solve(without)
    if node is not None:
        heapq.heappush(heap, (node.order, next(serial), node, without))


def _path(choices: Choices, node: Node) -> Path:
    """Return the path that a relaxed optimum describes, kept bookings included."""
    bookings = {booking.offering: booking.role for booking in choices.standing.bookings}
    tasks: list[TaskStart] = []
    for offer in node.offers:
        if isinstance(offer.chosen, Run):
            bookings.setdefault(offer.chosen.offering.id, None)
        else:
            tasks.append(TaskStart(component=offer.code, day=date.fromordinal(offer.first)))
    if node.role is not None and node.role[0] in bookings:
        offering, role = node.role
        bookings[offering] = bookings[offering] or role
    return Path(
        learner=choices.learner.id,
        bookings=tuple(Booking(offering=offering, role=role) for offering, role in sorted(bookings.items())),
        tasks=tuple(sorted(tasks)),
    )


def _values(instance: Instance, path: Path) -> dict[str, int]:
    plan = Plan(paths=(path,))
    return {name: all_goals()[name].value(instance, plan) for name in ("graduation", "wishes", "debuts", "earliest")}


def _culprits(broken: list[Violation], choices: Choices) -> list[str] | None:
    """Return the offerings of which one has to go; None where something else is broken."""
    for violation in broken:
        if violation.rule in BRANCHING:
            return [offering for offering in violation.offerings if offering not in choices.kept]
    return None
