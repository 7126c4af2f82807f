"""A trainer keeps to the own limits: sessions in a day and in a week, and courses at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from models.formulation.held_variables import Holding
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import runs_held, taught_by, trainer_of
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Trainer
from models.programme.plan import Plan
from models.programme.time import local, monday_of
from models.programme.words import plural
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find days and weeks with too many sessions, and too many courses at once."""
    for name, runs in taught_by(runs_held(instance, plan)).items():
        trainer = trainer_of(instance, name)
        yield from _too_many_sessions(instance, trainer, runs)
        yield from _too_many_courses(instance, trainer, runs)


def _too_many_sessions(instance: Instance, who: Trainer, runs: Sequence[Offering]) -> Iterator[Violation]:
    for words, length, most in (("day", 1, who.max_sessions_per_day), ("week", 7, who.max_sessions_per_week)):
        if most is None:
            continue
        full: dict[date, list[str]] = {}
        for run in runs:
            for session in run.sessions:
                day = local(session.start, who.zone).date()
                first = monday_of(day) if length > 1 else day
                if first + timedelta(days=length) > instance.as_of:
                    full.setdefault(first, []).append(run.id)
        for first, ids in sorted(full.items()):
            if len(ids) > most:
                taught = f"{who.id} teaches {plural(len(ids), 'session')} in the {words} of {first}"
                yield _violation(sorted(set(ids)), f"{taught}, and {most} is the most")


def _too_many_courses(instance: Instance, who: Trainer, runs: Sequence[Offering]) -> Iterator[Violation]:
    if who.max_courses is None:
        return
    courses = [run for run in runs if is_course(instance, run)]
    for run in courses:
        beside = [other.id for other in courses if other.start <= run.start <= other.end]
        if len(beside) > who.max_courses:
            taught = f"{who.id} teaches {plural(len(beside), 'course')} at once on {run.start}"
            yield _violation(sorted(beside), f"{taught}, and {who.max_courses} is the most")


def is_course(instance: Instance, run: Offering) -> bool:
    """Say whether an offering is a run of a course, in any edition."""
    return run.component in courses_of(instance)


def courses_of(instance: Instance) -> frozenset[str]:
    """Return the codes of what is a course in any edition."""
    components = (each for edition in instance.editions.values() for each in edition.components)
    return frozenset(each.code for each in components if each.kind == "course")


def _violation(ids: Iterable[str], sentence: str) -> Violation:
    return Violation(rule="trainer_load", learner=None, offerings=tuple(ids), sentence=sentence, source="trainers.csv")


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Bound what a trainer's days, weeks and courses hold, what stands already included."""
    holding = everyone[0].holding if everyone else None
    if holding is None:
        return
    for name in sorted({trainer for _, trainer in holding.teaches}):
        who = holding.instance.trainer.get(name)
        if who is not None:
            _post_sessions(holding, who, poster)
            _post_courses(holding, who, poster)


def _own(holding: Holding, name: str) -> list[Offering]:
    runs = holding.instance.offerings
    return [run for run in runs if run.id not in holding.held and name in run.trainers and run.status != "cancelled"]


def _post_sessions(holding: Holding, who: Trainer, poster: Poster) -> None:
    # Day number 1 is a Monday, so whole weeks are sevenths of the day before.
    for most, span in ((who.max_sessions_per_week, 7), (who.max_sessions_per_day, 1)):
        if most is None:
            continue

        def stretch(start: int, length: int = span) -> int:
            return (local(start, who.zone).toordinal() - 1) // length

        ahead = [run for run in _own(holding, who.id) if run.end >= holding.instance.as_of]
        standing = Counter(stretch(session.start) for run in ahead for session in run.sessions)
        times: dict[int, Counter[int]] = {}
        for (offering, name), literal in holding.teaches.items():
            for session in holding.instance.offering[offering].sessions if name == who.id else ():
                times.setdefault(stretch(session.start), Counter())[literal] += 1
        for place, counts in sorted(times.items()):
            _at_most(counts, most - standing[place], poster)


def _post_courses(holding: Holding, who: Trainer, poster: Poster) -> None:
    if who.max_courses is None:
        return
    instance = holding.instance
    own = [run for run in _own(holding, who.id) if is_course(instance, run)]
    mine = [(instance.offering[each], literal) for (each, name), literal in holding.teaches.items() if name == who.id]
    mine = [(run, literal) for run, literal in mine if is_course(instance, run)]
    for day in sorted({run.start for run in [*own, *(run for run, _ in mine)]}):
        standing = sum(run.start <= day <= run.end for run in own)
        counts = Counter({literal: 1 for run, literal in mine if run.start <= day <= run.end})
        _at_most(counts, who.max_courses - standing, poster)


def _at_most(counts: Counter[int], room: int, poster: Poster) -> None:
    if counts.total() <= room:
        return
    if room < 0:
        for literal in counts:
            poster.forbid(literal)
    else:
        poster.require([(count, literal) for literal, count in counts.items()], high=room)


RULE = Rule(
    name="trainer_load",
    sentence="A trainer teaches no more sessions in a day and in a week, and no more courses at once, than trainers.csv allows.",
    scope="calendar",
    rows=r"$\sum_o n_{ot} u_{oi} \le m_i$ less what stands, for each day, week and first day of a course",
    check=check,
    post=post,
)
