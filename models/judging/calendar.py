"""What the rules of the calendar judge: the offerings that are still to come and those that a plan adds, with their trainers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Trainer
from models.programme.plan import Plan
from models.programme.time import Span, day_start, local
from models.programme.words import WEEKDAYS, listed


@dataclass(frozen=True, slots=True)
class Run:
    """An offering that is held, and who teaches it."""

    offering: Offering
    trainers: tuple[str, ...]


def runs_held(instance: Instance, plan: Plan) -> list[Run]:
    """Return the offerings that are not over on the planning day, by start; of the candidates only those that the plan holds."""
    teachers = {each.offering: each.trainers for each in plan.held}
    found = []
    for run in instance.offerings:
        if run.status == "cancelled" or run.end < instance.as_of:
            continue
        if run.status != "candidate":
            found.append(Run(run, run.trainers))
        elif run.id in teachers:
            found.append(Run(run, teachers[run.id]))
    return sorted(found, key=lambda each: (each.offering.start, each.offering.id))


def taught_by(runs: list[Run]) -> Mapping[str, list[Offering]]:
    """Return what each trainer teaches, by trainer."""
    found: dict[str, list[Offering]] = {}
    for run in runs:
        for trainer in run.trainers:
            found.setdefault(trainer, []).append(run.offering)
    return dict(sorted(found.items()))


def trainer_of(instance: Instance, name: str) -> Trainer:
    """Return a trainer; one whom trainers.csv does not have keeps the programme's zone and no limit."""
    return instance.trainer.get(name) or Trainer(id=name, zone=instance.zone)


def off_day(trainer: Trainer, session: Session) -> str | None:
    """Return in words that a session is on a day of the week on which its trainer does not teach; None if it is not."""
    day = local(session.start, trainer.zone)
    if not trainer.weekdays or day.weekday() in trainer.weekdays:
        return None
    days = listed([WEEKDAYS[number] for number in trainer.weekdays])
    return f"{day:%Y-%m-%d} is a {WEEKDAYS[day.weekday()][:-1]}, and {trainer.id} teaches on {days}"


def sessions_ahead_of(instance: Instance, offering: Offering) -> Iterator[Session]:
    """Yield the sessions of an offering that are not over on the planning day."""
    for session in offering.sessions:
        if session.span.end > _today(instance, offering):
            yield session


def _today(instance: Instance, offering: Offering) -> int:
    return day_start(instance.as_of, offering.zone)


def too_close(one: Span, other: Span, minutes: int | None) -> bool:
    """Say whether two sessions share a minute, or lie nearer to each other than so many minutes."""
    rest = minutes or 0
    return one.start < other.end + rest and other.start < one.end + rest
