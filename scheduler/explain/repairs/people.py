"""Remedies of learners: more time, a rule waived for one alone, a stretch in which they come after all."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.changes.eased import as_if_first_done
from models.changes.people import available, released, with_deadline
from models.programme.people import Unavailable
from models.programme.words import listed, span_in_words
from models.rule import Fact, Lifting
from models.rules import plan_rules
from scheduler.costs import Costs
from scheduler.explain.repairs.ground import RepairGround
from scheduler.explain.repairs.remedy import Remedy

MONTH = 30
MOST_MONTHS = 12


def people_remedies(ground: RepairGround, costs: Costs) -> Iterator[Remedy]:
    """Yield what could be changed for each learner in question."""
    for learner in ground.learners:
        yield from _more_time(ground, learner, costs.extend_window)
        yield from _freed(ground, learner, costs.free_span)
        yield from _lifted(ground, learner, costs.lift_limit)
        yield from _waived(ground, learner, costs)
        yield from _first(ground, learner, costs.waive_rule)
        yield from _given_up(ground, learner, costs)


def _more_time(ground: RepairGround, learner: str, cost: int | None) -> Iterator[Remedy]:
    last = ground.deadline.get(learner)
    if cost is None or last is None or last > date.max - timedelta(days=MONTH * MOST_MONTHS):
        return
    months = MOST_MONTHS if ground.by is None else min(MOST_MONTHS, -(-(ground.by - last).days // MONTH))
    if months > 0:
        yield Remedy(
            kind="extend_window",
            about=learner,
            cost=cost,
            most=months,
            learner=learner,
            words=lambda level: f"extend the window of {learner} by up to {MONTH * level} days",
            change=lambda level: with_deadline(learner, last + timedelta(days=MONTH * level)),
        )


def _freed(ground: RepairGround, learner: str, cost: int | None) -> Iterator[Remedy]:
    for row in ground.instance.unavailable_of.get(learner, ()):
        if cost is not None:
            yield _come(learner, row, cost)


def _come(learner: str, row: Unavailable, cost: int) -> Remedy:
    return Remedy(
        kind="free_span",
        about=row.words,
        cost=cost,
        learner=learner,
        words=lambda _: f"have {learner} come in the stretch {row.words} after all",
        change=lambda _: available(row),
    )


def _facts(ground: RepairGround, learner: str, *kinds: Lifting) -> Iterator[tuple[Lifting, Fact]]:
    """Yield the facts of all rules that a kind of repair lifts; a fact that only goes with its whole rule is none of them."""
    for rule in plan_rules():
        if rule.lifted_by in kinds:
            yield from ((rule.lifted_by, fact) for fact in rule.facts(ground.instance, learner) if fact.without)


def _lifted(ground: RepairGround, learner: str, cost: int | None) -> Iterator[Remedy]:
    for _, fact in _facts(ground, learner, "lift_limit"):
        if cost is not None and fact.source != "unavailable.csv":
            yield _without(fact, "lift_limit", learner, cost, "lift this limit")


def _waived(ground: RepairGround, learner: str, costs: Costs) -> Iterator[Remedy]:
    for kind, fact in _facts(ground, learner, "waive_rule", "waive_requirement"):
        if kind == "waive_requirement":
            if costs.waive_requirement is not None:
                yield _without(fact, "waive_requirement", learner, costs.waive_requirement, f"waive for {learner}")
        elif costs.waive_rule is not None and (fact.rule != "window" or ground.has_open_clock(learner)):
            yield _without(fact, "waive_rule", learner, costs.waive_rule, f"waive for {learner}")


def _given_up(ground: RepairGround, learner: str, costs: Costs) -> Iterator[Remedy]:
    """Yield each standing booking that may be given up, for another of its component or for nothing.

    It *may* be given up, so that more of it never forbids a path; where a path keeps it, a set without it is cheaper.
    """
    instance = ground.instance
    for booking in () if instance.learner[learner].free else instance.initial_state[learner].bookings:
        run = instance.offering[booking.offering]
        others = [each for each in instance.offerings_of.get(run.component, ()) if each.start > instance.as_of]
        said = f"{run.id} ({span_in_words(run)})"
        for kind, cost, words in (
            ("rebook", costs.rebook, f"have {learner} give up {said} for another {run.component} offering"),
            ("release", costs.release, f"have {learner} give up {said}"),
        ):
            if cost is not None and (kind == "release" or any(each.id != run.id for each in others)):
                yield Remedy(
                    kind=kind,
                    about=run.id,
                    cost=cost,
                    learner=learner,
                    words=lambda _, words=words: words,  # type: ignore[misc]
                    change=lambda _, name=run.id, kind=kind: released(learner, name, instead=kind == "rebook"),  # type: ignore[misc]
                )


def _first(ground: RepairGround, learner: str, cost: int | None) -> Iterator[Remedy]:
    """Yield what comes first and is not done, unless the learner's clock waits for it."""
    edition, standing = ground.instance.edition_of(learner), ground.instance.initial_state[learner]
    done = {each.component for each in standing.done}
    for entry in edition.first if cost is not None and not ground.has_open_clock(learner) else ():
        if cost is not None and not done & set(entry):
            words = f"waive for {learner}: {listed(entry, 'or')} comes before everything else"
            yield Remedy(
                kind="waive_rule",
                about=entry[0],
                cost=cost,
                learner=learner,
                words=lambda _, words=words: words,  # type: ignore[misc]
                change=lambda _, entry=entry: as_if_first_done(learner, entry),  # type: ignore[misc]
            )


def _without(fact: Fact, kind: str, learner: str, cost: int, verb: str) -> Remedy:
    change = fact.without
    if change is None:
        raise ValueError(f"nothing says how {fact.rule} is left out")
    return Remedy(
        kind=kind,
        about=fact.about or fact.rule,
        cost=cost,
        learner=learner,
        words=lambda _: f"{verb}: {fact.sentence.partition(';')[0]}",
        change=lambda _: change,
    )
