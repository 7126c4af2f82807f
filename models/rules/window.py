"""Everything that graduation needs has ended by the last day of the learner's window."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.changes.change import with_edition, with_learner
from models.formulation.clock import starts_of_clock
from models.formulation.completion_day import ends_by
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.activities import judged
from models.judging.clock import clock_start
from models.judging.completion import graduated_on, graduation_of
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.plan import Path, Plan
from models.rule import Fact, Rule, Statement, Violation

CLOCKS = {
    "enrolment": "enrolment",
    "orientation": "the last day of orientation",
    "first-component": "the first day of the first component",
}


def last_day(instance: Instance, path: Path) -> date | None:
    """Return the last day of a path's window: the learner's own deadline, or the anniversary; None = no limit."""
    own = instance.learner[path.learner].deadline
    window = instance.edition_of(path.learner).window
    if own is not None or window is None:
        return own
    start = clock_start(instance, path)
    return window.last_day(start) if start else None


def graduated_in_time(instance: Instance, learner: str) -> date | None:
    """Return the day on which a learner's records alone met everything inside the window, or None."""
    day, last = graduated_on(instance, learner), last_day(instance, Path(learner=learner))
    return None if day is None or (last is not None and day > last) else day


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find paths that lead to graduation after the window, and records that met everything only after it."""
    for path in judged(plan):
        graduation, last = graduation_of(instance, path), last_day(instance, path)
        if graduation is not None and last is not None and graduation > last:
            yield Violation(
                rule="window",
                learner=path.learner,
                offerings=(),
                sentence=f"everything is met only on {graduation}, and the window ends {last}",
                source=_source(instance, path.learner),
            )


def _source(instance: Instance, learner: str) -> str | None:
    if instance.learner[learner].deadline:
        return "learners.csv"
    return instance.edition_of(learner).source_of("window")


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Finish by the deadline, or by the anniversary of whatever starts the clock."""
    for choices in everyone:
        window = choices.edition.window
        if choices.learner.deadline:
            ends_by(choices, poster, choices.learner.deadline.toordinal(), given=())
        elif window is not None:
            for start, given in starts_of_clock(choices, poster, window.starts):
                if isinstance(start, date):
                    ends_by(choices, poster, window.last_day(start).toordinal(), given=given)
                else:
                    start.post(choices, poster, window, given)


def statements(edition: Edition) -> Iterable[Statement]:
    """State the window."""
    window = edition.window
    if window:
        clock = window.reading or CLOCKS[window.starts]
        yield Statement(sentence=f"Everything has ended within {window.length} of {clock}.", source=window.source)


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name the last day of the window."""
    who = instance.learner[learner]
    window = instance.edition_of(learner).window
    done = graduated_on(instance, learner)
    late = f", and everything was done only on {done}" if done else ""
    if who.deadline:
        yield Fact(
            rule="window",
            sentence=f"the deadline of {learner} is {who.deadline}{late}",
            source="learners.csv",
            without=with_learner(learner, lambda who: replace(who, deadline=date.max)),
        )
    elif window:
        standing = Path(learner=learner, bookings=instance.initial_state[learner].bookings)
        last = last_day(instance, standing)
        clock = f"clock from {window.reading or CLOCKS[window.starts]}"
        ends = f"ends {last}" if last else f"ends {window.length} after its start"
        yield Fact(
            rule="window",
            sentence=f"the window {ends}{late}",
            source=f"{window.source or 'source not stated'}, {clock}",
            without=with_edition(learner, lambda edition: replace(edition, window=None)),
        )


RULE = Rule(
    name="window",
    sentence="Everything that graduation needs has ended on or before the last day of the learner's window.",
    scope="learner",
    rows=r"$G_l \le$ the anniversary, given whatever starts the clock",
    lifted_by="waive_rule",
    keep=6,
    place=98,
    check=check,
    post=post,
    statements=statements,
    facts=facts,
)
