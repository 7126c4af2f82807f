"""A repeat has a trainer who teaches it, is free, is in one place at a time, and within the own weekly and daily limits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from models.formulation.held_variables import Holding
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Trainer
from models.programme.plan import Held, Plan
from models.programme.time import local, monday_of
from models.programme.words import listed, plural
from models.rule import Rule, Violation
from models.rules.taught import crew_of


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Judge the trainer of each repeat, and then each trainer's calendar."""
    known = [each for each in plan.held if each.offering in instance.offering]
    for each in known:
        why = _why_not(instance, each)
        if why:
            yield _violation(each.offering, why)
    by_trainer = sorted((trainer, each.offering) for each in known for trainer in each.trainers)
    for trainer, group in groupby(by_trainer, key=lambda pair: pair[0]):
        yield from _calendar(instance, trainer, [instance.offering[offering] for _, offering in group])


def _violation(offering: str, sentence: str) -> Violation:
    return Violation(rule="trainers", learner=None, offerings=(offering,), sentence=sentence, source="trainers.csv")


def _why_not(instance: Instance, each: Held) -> str | None:
    """Return why a trainer cannot teach a repeat, whatever else the trainer does; None if nothing speaks against it."""
    run = instance.offering[each.offering]
    if not each.trainers:
        return f"{run.id} has no trainer" if run.trainers or instance.trainers else None
    crew = crew_of(instance, run) or 1
    if len(set(each.trainers)) != crew:
        return f"{run.id} needs {plural(crew, 'trainer')}, and {listed(each.trainers)} would teach it"
    return next(filter(None, (_cannot(instance, run, name) for name in each.trainers)), None)


def _cannot(instance: Instance, run: Offering, name: str) -> str | None:
    trainer = instance.trainer.get(name)
    teaches = trainer.teaches if trainer else ()
    if name not in run.trainers or (teaches and run.component not in teaches):
        return f"{name} does not teach {run.component}"
    for away in instance.unavailable_of.get(name, ()):
        if any(away.span.overlaps(session.span) for session in run.sessions):
            reason = f" ({away.note})" if away.note else ""
            return f"{name} cannot teach {run.id}: away {away.words}{reason}"
    return None


def _own_runs(instance: Instance, trainer: str) -> list[Offering]:
    """Return what a trainer teaches already: announced and tentative offerings, no candidates."""
    return [
        run for run in instance.offerings if trainer in run.trainers and run.status not in {"cancelled", "candidate"}
    ]


def _calendar(instance: Instance, trainer: str, runs: Sequence[Offering]) -> Iterator[Violation]:
    """Find two sessions at once, and weeks and days with too many, where a repeat has a part in them."""
    own = _own_runs(instance, trainer)
    for place, run in enumerate(runs):
        for other in (*own, *runs[:place]):
            if any(a.span.overlaps(b.span) for a in run.sessions for b in other.sessions):
                yield _violation(run.id, f"{trainer} teaches {other.id} at the time of {run.id}")
    who = instance.trainer.get(trainer)
    if who is not None:
        yield from _crowded(who, own, runs)


def _crowded(who: Trainer, own: Sequence[Offering], runs: Sequence[Offering]) -> Iterator[Violation]:
    for words, name_of, most in _limits(who):
        full = Counter(name_of(session, who) for run in (*own, *runs) for session in run.sessions)
        crowded = sorted(start for start, count in full.items() if most is not None and count > most)
        for run in runs:
            touched = {name_of(session, who) for session in run.sessions}
            for start in (each for each in crowded if each in touched):
                taught = plural(full[start], "session")
                yield _violation(run.id, f"{who.id} teaches {taught} in the {words} of {start}, and {most} is the most")


def _limits(who: Trainer) -> tuple:  # type: ignore[type-arg] # a word, a way to name the stretch, and the limit
    return (("week", _week, who.max_sessions_per_week), ("day", _day, who.max_sessions_per_day))


def _day(session: Session, who: Trainer) -> date:
    return local(session.start, who.zone).date()


def _week(session: Session, who: Trainer) -> date:
    return monday_of(_day(session, who))


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Give each repeat one trainer who can teach it, and bound each trainer's weeks, days and instants."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return
    for offering, held in holding.held.items():
        run = holding.instance.offering[offering]
        teachers = [(1, holding.teaches[offering, who]) for who in run.trainers]
        crew = crew_of(holding.instance, run) or 1
        if teachers or holding.instance.trainers:
            poster.require([*teachers, (-crew, held)], low=0, high=0)
    for name in sorted({trainer for _, trainer in holding.teaches}):
        _post_calendar(holding, name, poster)


def _post_calendar(holding: Holding, name: str, poster: Poster) -> None:
    instance = holding.instance
    trainer = instance.trainer.get(name)
    taught = [run for runs in instance.offerings_of.values() for run in runs if run.id not in holding.held]
    own = [(s.start, s.start + (s.minutes or 1)) for run in taught for s in run.sessions if name in run.trainers]
    away = [(row.span.start, row.span.end) for row in instance.unavailable_of.get(name, ())]
    meetings: list[tuple[int, int, int]] = []
    for (offering, who), literal in holding.teaches.items():
        if who != name:
            continue
        run = instance.offering[offering]
        times = [(s.start, s.start + (s.minutes or 1)) for s in run.sessions]
        foreign = trainer is not None and bool(trainer.teaches) and run.component not in trainer.teaches
        if foreign or any(start < end and begin < stop for start, stop in times for begin, end in own + away):
            poster.forbid(literal)
        meetings += [(start, stop, literal) for start, stop in times]
    _post_instants(meetings, poster)
    if trainer is not None:
        _post_limits(trainer, [start for start, _ in own], meetings, poster)


def _post_instants(meetings: Sequence[tuple[int, int, int]], poster: Poster) -> None:
    """Allow one of those that meet at the instant at which one of them starts."""
    for moment in sorted({start for start, _, _ in meetings}):
        literals = sorted({literal for start, stop, literal in meetings if start <= moment < stop})
        if len(literals) > 1:
            poster.require([(1, literal) for literal in literals], high=1)


def _post_limits(trainer: Trainer, own: list[int], meetings: Sequence[tuple[int, int, int]], poster: Poster) -> None:
    """Bound what a trainer's local weeks and days hold, what stands already included."""
    for most, span in ((trainer.max_sessions_per_week, 7), (trainer.max_sessions_per_day, 1)):
        if most is None:
            continue
        # Day number 1 is a Monday, so whole weeks are sevenths of the day before.
        standing = Counter((local(start, trainer.zone).toordinal() - 1) // span for start in own)
        times: dict[int, Counter[int]] = {}
        for start, _, literal in meetings:
            times.setdefault((local(start, trainer.zone).toordinal() - 1) // span, Counter())[literal] += 1
        for stretch, literals in sorted(times.items()):
            room = most - standing[stretch]
            if sum(literals.values()) > room:
                if room < 0:
                    for literal in literals:
                        poster.forbid(literal)
                else:
                    poster.require([(count, literal) for literal, count in literals.items()], high=room)


RULE = Rule(
    name="trainers",
    sentence="A repeat has a trainer who teaches it, is free, teaches one thing at a time and keeps to weekly and daily limits.",
    scope="shared",
    rows=r"$\sum_i u_{oi} = k_o h_o$; one row for each instant, day and week of a trainer",
    question="repeats",
    check=check,
    post=post,
)
