"""What one learner can have of each component, thinned and in order: the ground that bounds and prices are computed on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from models.choices import Choices, Run, Task
from models.clock import clock_start
from models.counting import counting_terms, still_needed
from models.edition import Requirement
from models.formulation import all_rules
from models.goals.earliest import DAY, weights
from models.goals.wishes import wish_costs
from models.instance import Instance
from models.model import Model, Poster
from models.plan import Path
from models.rules.window import last_day
from models.things import things_of

FAR = 1 << 30
"""A day number that never comes."""

_BY_WEIGHT = attrgetter("weight", "last")


@dataclass(slots=True, eq=False)
class Offer:
    """One way to do a component: `frees` = the first day number on which a dependent may start.

    It never changes, but is not frozen: making thousands of them counts.
    """

    code: str
    chosen: Run | Task
    first: int
    last: int
    frees: int
    weight: int
    kept: bool
    id: str
    """The offering's id, or the task's code."""


@dataclass(slots=True)
class Ground:
    """One learner's offers by component, cheapest (that is, earliest) first; what is still needed; and the window's end.

    `enabling` = the components that others require; `kept_roles` = the roles of kept bookings, with their last day numbers.
    `early_needs` are the needs that are not about the last components alone.
    `counting` holds, by requirement and component, the ids of the offers that count; `weights` the weight of each offering.
    """

    choices: Choices
    last_day: int
    today: int = 0
    costs: dict[str, int] = field(default_factory=dict)
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    needs: list[tuple[Requirement, int]] = field(default_factory=list)
    early_needs: list[tuple[Requirement, int]] = field(default_factory=list)
    enabling: frozenset[str] = frozenset()
    kept_roles: list[tuple[str | None, int]] = field(default_factory=list)
    counting: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect what can be had of every component."""
        choices = self.choices
        self.today = choices.instance.as_of.toordinal()
        edition = choices.edition
        self.enabling = edition.first_codes.union(*(entry for each in edition.components for entry in each.requires))
        kept = [run for run in choices.all_open_runs() if run.kept] if choices.kept else []
        self.kept_roles = [(choices.kept[run.offering.id].role, run.last_day) for run in kept]
        self.costs = wish_costs(choices.edition, choices.learner)
        weight = self.weights = weights(choices.instance, choices.edition)
        for code in choices.edition.component:
            runs = [_offer(code, run, weight[run.offering.id]) for run in choices.open_runs(code)]
            self.offers[code] = sorted(runs, key=_BY_WEIGHT)
        needs = ((each, still_needed(choices, each)) for each in choices.edition.requirements)
        self.needs = [(each, missing) for each, missing in needs if missing > 0]
        self.early_needs = [(each, missing) for each, missing in self.needs if not self.is_closing(each)]
        for requirement, _ in self.needs:
            ids: dict[str, set[str]] = {}
            highs = choices.model.highs
            for each in counting_terms(choices, requirement):
                if highs[each.literal]:
                    ids.setdefault(each.code, set()).add(_id(each.chosen))
            self.counting[requirement.id] = {code: frozenset(named) for code, named in ids.items()}

    def task_offer(self, code: str, task: Task, start: int) -> Offer:
        """Return the offer of a task from a day number on."""
        last = start + task.component.length - 1
        return Offer(code, task, start, last, last + 1, (last - self.today) * DAY, False, code)

    def is_closing(self, requirement: Requirement) -> bool:
        """Say whether a requirement is about the last components alone."""
        return set(requirement.pool) <= self.choices.edition.last_codes


def _offer(code: str, run: Run, weight: int) -> Offer:
    frees = run.last_day + (run.offering.closes is None)
    return Offer(code, run, run.first_day, run.last_day, frees, 0 if run.kept else weight, run.kept, run.offering.id)


def _id(chosen: Run | Task) -> str:
    return chosen.offering.id if isinstance(chosen, Run) else chosen.component.code


class Starts:
    """From which day number on each component can start, when everything before it ends as early as it can."""

    def __init__(self, ground: Ground, without: frozenset[str]) -> None:
        """Look at `ground` without some offerings."""
        self.ground = ground
        self.without = without
        self.earliest = ground.choices.earliest_start.toordinal()
        self.frees: dict[str, int] = {}
        self.usable: dict[str, list[Offer]] = {}
        self.listed: dict[str, dict[str, list[Offer]]] = {}
        self.reached: dict[str, int] = {}
        """By requirement, the first day number by which it could be met, where that is known."""
        self.cheapest: dict[tuple[str, int], list[Offer]] = {}
        """By requirement and day number, the cheapest offers that meet it by then, where they are known."""
        self.after_first = 0
        """From which day number on what is not in `first` can start; 0 = not yet looked at."""

    def less(self, without: frozenset[str]) -> "Starts":
        """Return the starts without some more offerings; what they do not touch is taken over."""
        found = Starts(self.ground, without)
        gone = without - self.without
        runs = self.ground.choices.instance.offering
        codes = {runs[each].component for each in gone}
        usable = {code: [offer for offer in self.offers_of(code) if offer.id not in gone] for code in codes}
        ends = {
            code: min((offer.frees for offer in usable[code]), default=FAR) for code in codes & self.ground.enabling
        }
        if all(self._code_frees(code) == end for code, end in ends.items()):
            found.frees = dict(self.frees)
            found.after_first = self.after_first
            found.usable = self.usable | usable
            found.listed = {
                name: offers for name, offers in self.listed.items() if not codes & self.ground.counting[name].keys()
            }
            found.reached = {name: day for name, day in self.reached.items() if name in found.listed}
            found.cheapest = {key: offers for key, offers in self.cheapest.items() if key[0] in found.listed}
        return found

    def offers_of(self, code: str) -> list[Offer]:
        """Return what can be had of a component, cheapest first."""
        if code not in self.usable:
            start = self.start(code)
            task = self.ground.choices.open_task(code)
            listed = [
                offer
                for offer in self.ground.offers[code]
                if offer.kept or (offer.first >= start and offer.id not in self.without)
            ]
            if task and start < FAR:
                listed.append(self.ground.task_offer(code, task, start))
            self.usable[code] = listed
        return self.usable[code]

    def start(self, code: str) -> int:
        """Return the first day number on which a component could start."""
        edition = self.ground.choices.edition
        start = self.earliest
        if code not in edition.first_codes:
            start = self.after_first = self.after_first or self._after(edition.first, self.earliest)
        return self._after(edition.component[code].requires, start)

    def _after(self, entries: Iterable[Sequence[str]], start: int) -> int:
        """Return the first day number from `start` on when something of each entry can have ended."""
        for entry in entries:
            frees = self._code_frees(entry[0]) if len(entry) == 1 else min(self._code_frees(code) for code in entry)
            start = max(start, frees)
        return start

    def _code_frees(self, code: str) -> int:
        if code not in self.frees:
            done = self.ground.choices.done(code)
            self.frees[code] = 0 if done else min((offer.frees for offer in self.offers_of(code)), default=FAR)
        return self.frees[code]

    def counted(self, requirement: Requirement) -> dict[str, list[Offer]]:
        """Return by component what counts for a requirement."""
        if requirement.id not in self.listed:
            self.listed[requirement.id] = {
                code: [offer for offer in self.offers_of(code) if offer.id in ids]
                for code, ids in self.ground.counting[requirement.id].items()
            }
        return self.listed[requirement.id]

    def finals(self, day: int) -> list[Offer] | None:
        """Return the tasks that come last when everything else is met on a day; None where it is not known."""
        choices = self.ground.choices
        finals: list[Offer] = []
        for entry in choices.edition.last:
            if any(choices.done(code) for code in entry):
                continue
            task = choices.open_task(entry[0]) if len(entry) == 1 else None
            if task is None or task.kept:
                return None
            finals.append(self.ground.task_offer(entry[0], task, max(day + 1, self.start(entry[0]))))
        return finals


def ground_of(instance: Instance, learner: str) -> Ground | None:
    """Return a learner's ground; None where the problem does not fall apart into its requirements."""
    choices = _thinned(instance, learner)
    ends = _window_end(instance, choices)
    return Ground(choices, ends) if ends is not None and is_supported(choices) else None


def _thinned(instance: Instance, learner: str) -> Choices:
    """Return the choices of a learner less everything that a rule forbids by itself."""
    model = Model()
    choices = Choices(instance, learner, model)
    for rule in all_rules():
        if rule.scope in {"booking", "shared"}:
            rule.post((choices,), Poster(model))
    for code, component in choices.edition.component.items():
        if choices.done(code) and not component.repeatable:
            _forget(choices, code)
    return choices


def _forget(choices: Choices, code: str) -> None:
    task = choices.open_task(code)
    for literal in [*(run.book for run in choices.open_runs(code) if not run.kept), *([task.does] if task else [])]:
        choices.model.restrict(literal, high=0)


def _window_end(instance: Instance, choices: Choices) -> int | None:
    """Return the day number that ends the window; None where that depends on what is chosen."""
    window = choices.edition.window
    history = Path(learner=choices.learner.id)
    if not (choices.learner.deadline or window is None or window.starts == "enrolment"):
        if clock_start(instance, history) is None:
            return None
        if window.starts == "orientation" and not _oriented(instance, choices):
            return None
    ends = last_day(instance, history)
    return (ends or date.max).toordinal()


def _oriented(instance: Instance, choices: Choices) -> bool:
    """Say whether nothing more can happen of what comes first."""
    codes = choices.edition.first_codes
    settled = all(thing.done for thing in things_of(instance, Path(learner=choices.learner.id)))
    return settled and not any(choices.open_runs(code) or choices.open_task(code) for code in codes)


def is_supported(choices: Choices) -> bool:
    """Say whether leaving clashes and load out leaves a problem that falls apart into its requirements."""
    if choices.instance.free or any(task.kept for task in choices.tasks.values()):
        return False
    for entry in choices.edition.last:
        single = len(entry) == 1 and entry[0] in choices.tasks
        if not single and not any(choices.done(code) for code in entry):
            return False
    requirements = choices.edition.requirements
    return _pools_are_apart(choices) and not any(_counts_by_role_only(choices, each) for each in requirements)


def _pools_are_apart(choices: Choices) -> bool:
    plain = [set(each.pool) for each in choices.edition.requirements if each.role is None]
    return sum(len(pool) for pool in plain) == len(set[str]().union(*plain))


def _counts_by_role_only(choices: Choices, requirement: Requirement) -> bool:
    """Say whether some run is too short to count for a requirement unless the learner has a role in it."""
    least = requirement.min_minutes
    if least is None or requirement.role is not None:
        return False
    runs = (run for code in requirement.pool for run in choices.open_runs(code))
    return any(run.plays and (run.offering.minutes or least) < least for run in runs)
