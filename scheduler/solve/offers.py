"""What one learner can have of each component, thinned and in order: the ground that bounds and prices are computed on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from models.formulation.learner_variables import LearnerVariables, OfferingVariables, TaskVariables
from models.formulation.requirement_terms import counting_terms, still_needed
from models.goals.earliest import DAY, weights
from models.goals.wishes import wish_costs
from models.programme.edition import Requirement
from models.programme.time import EPOCH

FAR = 1 << 30
"""A day number that never comes."""

FIRST_DAY = EPOCH.toordinal()
MINUTES = 24 * 60

_BY_WEIGHT = attrgetter("weight", "last")


@dataclass(slots=True, eq=False)
class Offer:
    """One way to do a component: `frees` = the first day number on which a dependent may start.

    Two offerings with sessions are compared as instants, so their days are those of UTC: `reaches` = that of the first session's
    start (or `first`, if later), `frees_live` = that of the last session's end, which may lie before the last day.
    It never changes, but is not frozen: making thousands of them counts.
    """

    code: str
    chosen: OfferingVariables | TaskVariables
    first: int
    last: int
    frees: int
    weight: int
    kept: bool
    id: str
    """The offering's id, or the task's code."""
    reaches: int
    frees_live: int


@dataclass(slots=True)
class Ground:
    """One learner's offers by component, cheapest (that is, earliest) first; what is still needed; and the window's end.

    `enabling` = the components that others require; `kept_roles` = the roles of kept bookings, with their last day numbers.
    `early_needs` are the needs that are not about the last components alone.
    `counting` holds, by requirement and component, the ids of the offers that count; `weights` the weight of each offering.
    """

    choices: LearnerVariables
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

    def task_offer(self, code: str, task: TaskVariables, start: int) -> Offer:
        """Return the offer of a task from a day number on."""
        last = start + task.component.length - 1
        return Offer(
            code,
            task,
            start,
            last,
            last + 1,
            (last - self.today) * DAY,
            kept=False,
            id=code,
            reaches=start,
            frees_live=last + 1,
        )

    def is_closing(self, requirement: Requirement) -> bool:
        """Say whether a requirement is about the last components alone."""
        return set(requirement.pool) <= self.choices.edition.last_codes


def _offer(code: str, run: OfferingVariables, weight: int) -> Offer:
    opens, closes = run.offering.opens, run.offering.closes
    return Offer(
        code,
        run,
        run.first_day,
        run.last_day,
        run.last_day + (closes is None),
        0 if run.kept else weight,
        kept=run.kept,
        id=run.offering.id,
        reaches=run.first_day if opens is None else max(run.first_day, _day(opens)),
        frees_live=run.last_day + 1 if closes is None else _day(closes),
    )


def _day(minute: int) -> int:
    """Return the day number of an instant, in UTC."""
    return FIRST_DAY + minute // MINUTES


def _id(chosen: OfferingVariables | TaskVariables) -> str:
    return chosen.offering.id if isinstance(chosen, OfferingVariables) else chosen.component.code


class Starts:
    """From which day number on each component can start, when everything before it ends as early as it can."""

    def __init__(self, ground: Ground, without: frozenset[str]) -> None:
        """Look at `ground` without some offerings."""
        self.ground = ground
        self.without = without
        self.earliest = ground.choices.earliest_start.toordinal()
        self.frees: dict[tuple[str, bool], int] = {}
        self.usable: dict[str, list[Offer]] = {}
        self.listed: dict[str, dict[str, list[Offer]]] = {}
        self.reached: dict[str, int] = {}
        """By requirement, the first day number by which it could be met, where that is known."""
        self.cheapest: dict[tuple[str, int], list[Offer]] = {}
        """By requirement and day number, the cheapest offers that meet it by then, where they are known."""
        self.after_first: dict[bool, int] = {}
        """From which day number on what is not in `first` can start, by its sessions or by its days, once looked at."""

    def less(self, without: frozenset[str]) -> "Starts":
        """Return the starts without some more offerings; what they do not touch is taken over."""
        found = Starts(self.ground, without)
        gone = without - self.without
        runs = self.ground.choices.instance.offering
        codes = {runs[each].component for each in gone}
        usable = {code: [offer for offer in self.offers_of(code) if offer.id not in gone] for code in codes}
        ends = {
            (code, live): _frees(usable[code], live=live)
            for code in codes & self.ground.enabling
            for live in (False, True)
        }
        if all(self._code_frees(code, live=live) == end for (code, live), end in ends.items()):
            found.frees = dict(self.frees)
            found.after_first = dict(self.after_first)
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
            start, live = self.start(code), self.start(code, live=True)
            task = self.ground.choices.open_task(code)
            listed = [
                offer
                for offer in self.ground.offers[code]
                if offer.kept or (offer.id not in self.without and _is_late_enough(offer, start, live))
            ]
            if task and start < FAR:
                listed.append(self.ground.task_offer(code, task, start))
            self.usable[code] = listed
        return self.usable[code]

    def start(self, code: str, *, live: bool = False) -> int:
        """Return the first day number on which a component could start; `live` = the day in UTC of a first session."""
        edition = self.ground.choices.edition
        start = self.earliest
        if code not in edition.first_codes:
            if live not in self.after_first:
                self.after_first[live] = self._after(edition.first, start, live=live)
            start = self.after_first[live]
        return self._after(edition.component[code].requires, start, live=live)

    def _after(self, entries: Iterable[Sequence[str]], start: int, *, live: bool) -> int:
        """Return the first day number from `start` on when something of each entry can have ended."""
        for entry in entries:
            start = max(start, min(self._code_frees(code, live=live) for code in entry))
        return start

    def _code_frees(self, code: str, *, live: bool) -> int:
        if (code, live) not in self.frees:
            done = self.ground.choices.done(code)
            self.frees[code, live] = 0 if done else _frees(self.offers_of(code), live=live)
        return self.frees[code, live]

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


def _frees(offers: Iterable[Offer], *, live: bool) -> int:
    return min((offer.frees_live if live else offer.frees for offer in offers), default=FAR)


def _is_late_enough(offer: Offer, start: int, live: int) -> bool:
    """Say whether an offering starts when what it requires can have ended: its sessions, if it has any, or its days."""
    has_sessions = isinstance(offer.chosen, OfferingVariables) and offer.chosen.offering.opens is not None
    return offer.reaches >= live if has_sessions else offer.first >= start
