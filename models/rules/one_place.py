"""A trainer is in one place at a time, with the least break between two sessions that the trainer states."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from models.formulation.held_variables import Holding
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import runs_held, sessions_ahead_of, taught_by, too_close, trainer_of
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.plan import Plan
from models.programme.time import local
from models.programme.words import plural
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find two sessions of one trainer at the same time, or too close."""
    for name, runs in taught_by(runs_held(instance, plan)).items():
        most = trainer_of(instance, name).min_break
        meetings = sorted(
            ((session, run) for run in runs for session in sessions_ahead_of(instance, run)),
            key=lambda pair: (pair[0].start, pair[1].id),
        )
        told = set()
        for place, (session, run) in enumerate(meetings):
            for later, other in meetings[place + 1 :]:
                if later.start >= session.span.end + (most or 0):
                    break
                if other is not run and (run.id, other.id) not in told:
                    told.add((run.id, other.id))
                    yield _violation(instance, name, (run, session), (other, later))


def _violation(
    instance: Instance, name: str, one: tuple[Offering, Session], other: tuple[Offering, Session]
) -> Violation:
    (run, session), (second, later) = one, other
    ends, starts = (local(minute, instance.zone) for minute in (session.span.end, later.start))
    rest = trainer_of(instance, name).min_break
    if session.span.overlaps(later.span):
        words = f"{name} teaches {run.id} until {ends:%H:%M} and {second.id} from {starts:%H:%M} on {starts:%Y-%m-%d}"
        words += f" ({instance.zone} time)"
    else:
        words = f"{name} has {plural((later.start - session.span.end), 'minute')} between {run.id} and {second.id}"
        words += f" on {starts:%Y-%m-%d}, and needs {rest}"
    return Violation(
        rule="one_place", learner=None, offerings=(run.id, second.id), sentence=words, source="trainers.csv"
    )


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Let a trainer teach one of two candidates that meet at the same time, and none that meets what stands."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return
    for name in sorted({trainer for _, trainer in holding.teaches}):
        _post(holding, name, poster)


def _post(holding: Holding, name: str, poster: Poster) -> None:
    instance = holding.instance
    rest = trainer_of(instance, name).min_break
    own = [
        run
        for run in instance.offerings
        if run.id not in holding.held and name in run.trainers and run.status != "cancelled"
    ]
    mine = [(instance.offering[each], literal) for (each, who), literal in holding.teaches.items() if who == name]
    for run, literal in mine:
        if any(_meet(run, other, rest) for other in own):
            poster.forbid(literal)
    for (run, literal), (other, second) in combinations(mine, 2):
        if _meet(run, other, rest):
            poster.require([(1, literal), (1, second)], high=1)


def _meet(run: Offering, other: Offering, rest: int | None) -> bool:
    if not run.sessions or not other.sessions:
        return False
    if run.sessions[-1].start + 2 * 24 * 60 + (rest or 0) < other.sessions[0].start:
        return False
    return any(too_close(a.span, b.span, rest) for a in run.sessions for b in other.sessions)


RULE = Rule(
    name="one_place",
    sentence="A trainer is in one place at a time, and has the break between two sessions that the trainer needs.",
    scope="calendar",
    rows=r"$u_{oi} + u_{pi} \le 1$ for candidates $o, p$ that meet",
    check=check,
    post=post,
)
