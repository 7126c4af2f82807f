"""What is booked stays booked, and a learner who cannot graduate gets nothing new."""

from collections.abc import Iterable, Iterator, Sequence

from models.changes.people import released
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Model, Poster
from models.programme.instance import Instance
from models.programme.plan import Booking, Path, Plan
from models.programme.words import span_in_words
from models.rule import Fact, Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find kept bookings and tasks that a path leaves out, and new ones in a path that leads nowhere."""
    for path in plan.paths:
        standing = instance.initial_state[path.learner]
        held = dict.fromkeys(path.offerings, True)
        roles = {booking.offering: booking.role for booking in path.bookings}
        for booking in standing.bookings:
            lost = not held.get(booking.offering)
            dropped_role = booking.role is not None and not lost and roles[booking.offering] != booking.role
            if (lost or dropped_role) and not _is_released(instance, path, booking):
                yield _violation(path, booking.offering, f"{booking.offering} is booked and has to stay in the plan")
        for start in standing.tasks:
            is_free = path.graduates and instance.learner[path.learner].release_of(start.component) is not None
            if start not in path.tasks and not is_free:
                yield _violation(path, start.component, f"{start.component} is under way and has to stay in the plan")
        if not path.graduates:
            yield from _news(instance, path)


def _is_released(instance: Instance, path: Path, booking: Booking) -> bool:
    """Say whether a path may do without a booking: it is released, and what has to stand in its place does."""
    release = instance.learner[path.learner].release_of(booking.offering)
    if release is None or not path.graduates:
        return False
    code = instance.offering[booking.offering].component
    stood = [each.offering for each in instance.initial_state[path.learner].bookings]
    of_it = [[each for each in names if instance.offering[each].component == code] for names in (path.offerings, stood)]
    return not release.instead or len(of_it[0]) >= len(of_it[1])


def _news(instance: Instance, path: Path) -> Iterator[Violation]:
    standing = instance.initial_state[path.learner]
    for booking in path.bookings:
        if booking not in standing.bookings:
            yield _violation(path, booking.offering, f"{booking.offering} is new in a path that does not graduate")
    for start in path.tasks:
        if start not in standing.tasks:
            yield _violation(path, start.component, f"{start.component} is new in a path that does not graduate")


def _violation(path: Path, what: str, sentence: str) -> Violation:
    return Violation(rule="kept", learner=path.learner, offerings=(what,), sentence=sentence, source="records.csv")


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Fix what is kept, and tie everything new to graduating."""
    for choices in everyone:
        standing_only = Poster(poster.model, [] if choices.graduates is None else [~choices.graduates])
        _post_bookings(choices, Poster(poster.model), standing_only)
        _post_tasks(choices, Poster(poster.model), standing_only)


def _post_bookings(choices: LearnerVariables, keeper: Poster, standing_only: Poster) -> None:
    nowhere = choices.graduates is not None
    for run in (run for runs in choices.runs.values() for run in runs):
        role = choices.kept[run.offering.id].role if run.kept else None
        release = choices.learner.release_of(run.offering.id) if run.kept else None
        if release is not None and release.instead:
            _post_instead(choices, keeper.model, run.offering.component)
        if run.kept and (release is None or nowhere):
            holder = keeper if release is None else standing_only
            holder.require([(1, run.book)], low=1)
            if role in run.plays:
                holder.require([(1, run.plays[role])], low=1)
        if nowhere:
            news = [literal for name, literal in run.plays.items() if name != role]
            for literal in news if run.kept else [run.book]:
                standing_only.forbid(literal)


def _post_instead(choices: LearnerVariables, model: Model, code: str) -> None:
    """Require of who graduates as many bookings of a component as stood."""
    runs = choices.runs.get(code, ())
    graduating = Poster(model, () if choices.graduates is None else (choices.graduates,))
    graduating.require([(1, run.book) for run in runs], low=sum(run.kept for run in runs))


def _post_tasks(choices: LearnerVariables, keeper: Poster, standing_only: Poster) -> None:
    nowhere = choices.graduates is not None
    for task in choices.tasks.values():
        is_free = choices.learner.release_of(task.component.code) is not None
        if task.kept and (nowhere or not is_free):
            holder = standing_only if is_free else keeper
            holder.require([(1, task.does)], low=1)
            holder.require([(1, task.start)], low=task.kept.toordinal(), high=task.kept.toordinal())
        elif nowhere:
            standing_only.forbid(task.does)


def facts(instance: Instance, learner: str) -> Iterable[Fact]:
    """Name what the learner has booked."""
    who = instance.learner[learner]
    for booking in instance.initial_state[learner].bookings:
        if who.release_of(booking.offering) is not None:
            continue
        run = instance.offering[booking.offering]
        yield Fact(
            rule="kept",
            sentence=f"{run.id} ({span_in_words(run)}) is booked and is kept",
            source="records.csv",
            without=released(learner, run.id, instead=False),
            about=run.component,
            since=run.start,
        )
    for start in instance.initial_state[learner].tasks:
        if who.release_of(start.component) is None:
            yield Fact(
                rule="kept",
                sentence=f"{start.component} is under way since {start.day} and is kept",
                source="records.csv",
                without=released(learner, start.component, instead=False),
                about=start.component,
                since=start.day,
            )


RULE = Rule(
    name="kept",
    sentence="What is booked stays booked (unless the plan is made with --free), and a learner who cannot graduate gets "
    "nothing new.",
    scope="learner",
    rows=r"$x_{lo} = 1$ for $o \in K_l$; $x_{lo} \le g_l$ for all others",
    check=check,
    post=post,
    facts=facts,
)
