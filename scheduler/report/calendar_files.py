"""Which calendar files an answer has: one for each learner told, each trainer and the programme."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from models.programme.instance import Instance
from models.programme.plan import Booking, Path
from scheduler.calendar.question import CalendarAnswer
from scheduler.repeats.question import Proposal
from scheduler.repeats.seats import seated
from scheduler.report.entries import CalendarEntry, learner_entries, programme_entries, runs_ahead, trainer_entries
from scheduler.report.file_names import safe
from scheduler.report.titles import title_of
from scheduler.solve.result import LearnerAnswer

Files = Mapping[str, tuple[str, list[CalendarEntry]]]
"""Title and entries by the file's name without ending."""


def files_of(instance: Instance, answers: Iterable[LearnerAnswer], *, everybody: bool = True) -> Files:
    """Return the files of some learners' plans; `everybody` = those of trainers and of the programme too."""
    title = title_of(instance)
    files = {
        f"learner-{safe(each.learner)}": (f"{title}: {each.learner}", learner_entries(instance, each))
        for each in answers
    }
    if everybody:
        teach = sorted({*instance.trainer, *(name for run in runs_ahead(instance) for name in run.trainers)})
        files |= {f"trainer-{safe(name)}": (f"{title}: {name}", trainer_entries(instance, name)) for name in teach}
        files["programme"] = (title, programme_entries(instance))
    return files


def files_of_year(found: CalendarAnswer) -> Files:
    """Return the files of a planned year: what is added is tentative, what is only supposed to follow is left out."""
    trainers = {each.offering: each.trainers for each in found.held}
    added = tuple(replace(run, trainers=trainers.get(run.id, ()), status="tentative") for run in found.added)
    instance = replace(found.instance, offerings=(*found.instance.offerings, *added))
    answers = [
        replace(each, path=_within(instance, each.path)) if each.path else each
        for each in found.result.learners
        if each.learner not in found.expected
    ]
    return files_of(instance, answers)


def _within(instance: Instance, path: Path) -> Path:
    """Return a path without what is not in an instance."""
    return replace(path, bookings=tuple(each for each in path.bookings if each.offering in instance.offering))


def files_of_repeats(proposal: Proposal) -> Files:
    """Return the files of a proposal: of whoever gets a seat, with all that they have booked; added sessions are tentative."""
    offered = seated(proposal, added=False)
    added = seated(proposal, added=True)
    new = tuple(replace(each.run, trainers=each.taught_by, status="tentative") for each in added)
    instance = replace(proposal.instance, offerings=(*proposal.instance.offerings, *new))
    seats: dict[str, list[Booking]] = {}
    for each in (*offered, *added):
        for learner in each.learners:
            seats.setdefault(learner, []).append(Booking(offering=each.run.id))
    return files_of(instance, [_with_seats(instance, name, mine) for name, mine in sorted(seats.items())])


def _with_seats(instance: Instance, learner: str, seats: list[Booking]) -> LearnerAnswer:
    state = instance.initial_state[learner]
    path = Path(learner=learner, graduates=False, bookings=(*state.bookings, *seats), tasks=state.tasks)
    return LearnerAnswer(learner=learner, status="unknown", path=path)
