"""What can be chosen for one learner, as variables of a model, and the way back to a path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.formulation.held_variables import Holding
from models.formulation.linear import Model
from models.programme.edition import Component, Edition, Requirement
from models.programme.initial_state import Done, InitialState
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.plan import Booking, Path, TaskStart


@dataclass(slots=True)
class OfferingVariables:
    """The choice of one offering: the literal `book`, and one literal for each role in it."""

    offering: Offering
    book: int
    plays: dict[str, int]
    kept: bool
    first_day: int
    last_day: int


@dataclass(slots=True)
class TaskVariables:
    """The choice of one self-paced task: the literal `does`, and the day number `start`."""

    component: Component
    does: int
    start: int
    kept: date | None


class LearnerVariables:
    """All choices of one learner.

    `graduates` is a literal, or None where graduating is taken for granted. With `by`, only what ends on or before that day
    is of use, so nothing new that ends later can be chosen.
    """

    def __init__(
        self, instance: Instance, learner: str, model: Model, *, graduates: int | None = None, by: date | None = None
    ) -> None:
        """Make the variables of `learner` in `model`."""
        self.instance = instance
        self.model = model
        self.learner: Learner = instance.learner[learner]
        self.edition: Edition = instance.edition_of(learner)
        self.initial_state: InitialState = instance.initial_state[learner]
        self.done_of: dict[str, list[Done]] = {}
        for done in self.initial_state.done:
            self.done_of.setdefault(done.component, []).append(done)
        self.graduates = graduates
        self.by = by
        tomorrow = instance.as_of + timedelta(days=1)
        enrolled = self.learner.enrolled
        self.earliest_start = max(tomorrow, enrolled) if enrolled else tomorrow
        """The first day on which the learner can start something new."""
        self.kept = {booking.offering: booking for booking in self.initial_state.bookings}
        self.runs: dict[str, list[OfferingVariables]] = {}
        for component in self.edition.components:
            self._add_runs(component.code, instance.offerings_of.get(component.code, ()))
        for booking in self.initial_state.bookings:
            self._add_foreign(instance.offering[booking.offering])
        self.tasks = {task.component.code: task for task in map(self._task, self.edition.components) if task}
        self.graduation: int | None = None
        self.holding: Holding | None = None
        """Which candidates are held; None where no plan is sought."""
        self.counted: dict[int, int] = {}

    def _add_runs(self, code: str, offerings: Sequence[Offering]) -> None:
        """Add the runs of a component that are still to start, or booked: nothing else is a choice."""
        today = self.instance.as_of
        runs = [self._run(each) for each in offerings if each.start > today or each.id in self.kept]
        if runs:
            self.runs[code] = runs

    def _add_foreign(self, offering: Offering) -> None:
        """Add a standing booking of a component that the edition does not have: it counts for nothing, but takes time."""
        if offering.component not in self.edition.component:
            self.runs.setdefault(offering.component, []).append(self._run(offering))

    def _run(self, offering: Offering) -> OfferingVariables:
        learner, kept = self.learner.id, self.kept.get(offering.id)
        roles = [role for role, _ in offering.roles]
        if kept and kept.role is not None and kept.role not in roles:
            roles.append(kept.role)
        return OfferingVariables(
            offering,
            self.model.literal("books", learner, offering.id),
            {role: self.model.literal("plays", learner, offering.id, role) for role in roles},
            kept is not None,
            offering.start.toordinal(),
            offering.end.toordinal(),
        )

    def _task(self, component: Component) -> TaskVariables | None:
        if component.kind != "task":
            return None
        kept = next((start.day for start in self.initial_state.tasks if start.component == component.code), None)
        does = self.model.literal("does", self.learner.id, component.code)
        first = kept or self.earliest_start
        last = self.horizon - timedelta(days=component.length - 1 if self.by else 0)
        if last < first and not kept:
            self.model.restrict(does, high=0)
        last = max(first, last)
        start = self.model.integer(first.toordinal(), last.toordinal(), "starts", self.learner.id, component.code)
        return TaskVariables(component, does, start, kept)

    @property
    def horizon(self) -> date:
        """A day after which no task needs to start: the calendar is over and all tasks fit in turn, waits included."""
        if self.by:
            return self.by
        tasks = [component for component in self.edition.components if component.kind == "task"]
        days = sum(component.length + self._wait(component) for component in tasks)
        return max(self.instance.last_day, self.earliest_start) + timedelta(days=days)

    def _wait(self, task: Component) -> int:
        """Return how many days a task may have to wait after something else has ended."""
        between = [days for key, days in self.edition.days_between if key in {task.code, task.kind}]
        return max([0, *(days for _, days in task.days_after), *between])

    def open_runs(self, code: str) -> list[OfferingVariables]:
        """Return the runs of a component that may still be booked (kept ones included)."""
        highs = self.model.highs
        return [run for run in self.runs.get(code, ()) if highs[run.book]]

    def all_open_runs(self) -> list[OfferingVariables]:
        """Return every run that may still be booked."""
        highs = self.model.highs
        return [run for runs in self.runs.values() for run in runs if highs[run.book]]

    def in_time(self, chosen: OfferingVariables | TaskVariables) -> bool:
        """Say whether a run, or a task that is under way, ends early enough to count; a new task always does."""
        if self.by is None:
            return True
        if isinstance(chosen, OfferingVariables):
            return chosen.offering.end <= self.by
        return chosen.kept is None or chosen.kept + timedelta(days=chosen.component.length - 1) <= self.by

    def done(self, code: str) -> bool:
        """Say whether a component is completed or exempt, whatever the role."""
        return code in self.done_of

    def open_task(self, code: str) -> TaskVariables | None:
        """Return the task of that code if it may still be done."""
        task = self.tasks.get(code)
        return task if task and self.model.is_open(task.does) else None

    def path(self, values: Sequence[int]) -> Path:
        """Read the learner's path from the variables' values."""
        runs = [run for listed in self.runs.values() for run in listed if values[run.book]]
        tasks = [task for task in self.tasks.values() if values[task.does]]
        return Path(
            learner=self.learner.id,
            graduates=self.graduates is None or bool(values[self.graduates]),
            bookings=tuple(sorted((self._booking(run, values) for run in runs), key=lambda b: b.offering)),
            tasks=tuple(
                sorted(
                    TaskStart(component=task.component.code, day=date.fromordinal(values[task.start])) for task in tasks
                )
            ),
        )

    def _booking(self, run: OfferingVariables, values: Sequence[int]) -> Booking:
        role = next((role for role, plays in run.plays.items() if values[plays]), None)
        return Booking(offering=run.offering.id, role=role)


def pool_members(edition: Edition, requirement: Requirement) -> tuple[str, ...]:
    """Return the components of a pool that a plan may count, the `last` ones only where it is about those alone."""
    others = tuple(code for code in requirement.pool if code not in edition.last_codes)
    return others or requirement.pool
