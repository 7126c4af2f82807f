"""Learners whose problem does not fall apart into pools: each is a class of its own, priced by the solver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.formulation.completion_day import finish_day
from models.formulation.formulate import formulate
from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster, Term
from models.goal import Expression
from models.goals import all_goals
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path
from models.rule import Resource
from models.rules.window import last_day
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings, run
from scheduler.engines.cpsat_model import CpSatModel
from scheduler.solve.column_generation.blocks import WIDTH, Draft, Near, PricingResult, Reach, Restriction, Sought
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.measures import Toll
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.sharing import uses_of

Step = tuple[int, int]
"""Days from the planning day, and what a path costs that ends after them, in parts of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathLimits:
    """What else a path is asked for: what ends late pays for steps; some things are not newly used, and some are.

    It counts as ending after `earliest` days at least, and ends after `latest` days at most.
    """

    steps: Sequence[Step] = ()
    closed: frozenset[Resource] = frozenset()
    forced: frozenset[Resource] = frozenset()
    earliest: int = 0
    latest: int = NEVER


class SolverBlock:
    """Learners priced one by one."""

    def __init__(
        self,
        instance: Instance,
        learners: Sequence[str],
        things: Mapping[Resource, int],
        settings: Settings,
        budget: Budget,
    ) -> None:
        """Price the paths of some learners."""
        self.instance, self.things = instance, things
        self.settings, self.budget = settings, budget
        self.learners = [[learner] for learner in learners]

    def find(self, sought: Sought, enough: Numbers, rounds: int) -> PricingResult:  # noqa: ARG002 - one solve either way
        """Return the cheapest paths of some learners; bound 0 where the solver was stopped."""
        which, prices, toll = sought.which, sought.prices, sought.toll
        size, none = len(which), len(self.things)
        found = PricingResult(
            bound=np.zeros(size, np.int64),
            cost=np.full(size, NEVER),
            days=np.zeros(size, np.int64),
            uses=np.full((size, WIDTH), none, np.int32),
            drafts=[None] * size,
        )
        drafts: list[Path | None] = [None] * size
        named = {thing: int(prices[number]) for thing, number in self.things.items() if prices[number]}
        for at, number in enumerate(which):
            (learner,) = self.learners[number]
            steps = [(int(after[number]), price) for after, price in toll.steps]
            day = int(toll.rate[number])
            restriction = sought.restrictions[at]
            beside = self._restricted(restriction, steps)
            bound, path = cheapest(self.instance, learner, named, day, self.settings, self.budget, beside)
            found.bound[at] = bound
            if path is not None:
                drafts[at] = path
                self._note(found, at, path, prices, toll.at(which[at : at + 1]), restriction.earliest)
        found.drafts = drafts
        return found

    def near(self, sought: Sought, least: Numbers, reach: Reach) -> tuple[Near, int]:  # noqa: ARG002 - nothing is found
        """Return no paths, and that any may be missing: the solver finds one path at a time."""
        nobody = np.empty(0, np.int64)
        none = np.empty((0, WIDTH), np.int32)
        return Near(at=nobody, days=nobody, uses=none, drafts=[]), 0 if len(sought.which) else reach.gap

    def _restricted(self, restriction: Restriction, steps: Sequence[Step]) -> PathLimits:
        """Return what a restriction asks of a path, by the names of things."""
        return PathLimits(
            steps=steps,
            closed=frozenset(name for name, thing in self.things.items() if thing in restriction.closed),
            forced=frozenset(name for name, thing in self.things.items() if thing in restriction.forced),
            earliest=restriction.earliest,
            latest=restriction.latest,
        )

    def days(self, number: int, draft: Draft | Path) -> int:  # noqa: ARG002 - the path names its learner
        """Return the days to graduation of a path."""
        if isinstance(draft, Draft):
            raise TypeError("a learner priced by the solver has whole paths")
        graduation = graduation_of(self.instance, draft)
        return max((graduation - self.instance.as_of).days, 0) if graduation else 0

    def _note(self, found: PricingResult, at: int, path: Path, prices: Numbers, toll: Toll, earliest: int) -> None:
        days = max(self.days(at, path), earliest)
        used = sorted(self.things[each] for each in uses_of(self.instance, path) if each in self.things)
        found.days[at] = days
        found.uses[at, : len(used)] = used
        found.cost[at] = toll.of(found.days[at : at + 1])[0] + sum(int(prices[each]) for each in used)

    def path(self, learner: str, draft: Draft | Path) -> Path:  # noqa: ARG002 - the draft is the path
        """Return the path itself."""
        if isinstance(draft, Draft):
            raise TypeError("a learner priced by the solver has whole paths")
        return draft

    def last_day(self, number: int) -> int:
        """Return the day number that ends the window of a learner; late where there is none yet."""
        (learner,) = self.learners[number]
        last = last_day(self.instance, Path(learner=learner))
        return last.toordinal() if last else self.instance.last_day.toordinal()


def cheapest(
    instance: Instance,
    learner: str,
    prices: Mapping[Resource, int],
    day: int,
    settings: Settings,
    budget: Budget,
    beside: PathLimits | None = None,
) -> tuple[int, Path | None]:
    """Return a bound on the cost of every path of a learner, and the cheapest path; bound NEVER if there is none."""
    formulation = formulate(instance, [learner], certain=True)
    total = priced(formulation.everyone, prices, day)
    (choices,) = formulation.everyone
    if beside is not None:
        total.terms += [_late(choices, after, price) for after, price in beside.steps]
        if not _restrict(choices, beside):
            return NEVER, None
    # Among equals the path with the fewest new bookings: what nobody needs would use up what others do.
    few = [(1, each.book) for each in choices.all_open_runs() if not each.kept]
    few += [(1, literal) for each in choices.all_open_runs() for literal in each.plays.values()]
    scale = len(few) + 1
    terms = [(factor * scale, variable) for factor, variable in total.terms]
    posted = CpSatModel(formulation.model)
    posted.minimise(Expression(terms + few, total.constant * scale))
    outcome = run(posted, settings, budget)
    if outcome.kind == "infeasible":
        return NEVER, None
    if not outcome.values:
        return 0, None
    (path,) = formulation.plan(outcome.values).paths
    return (outcome.bound - (0 if outcome.kind == "optimal" else scale)) // scale, path


def _restrict(choices: LearnerVariables, beside: PathLimits) -> bool:
    """Let a path keep to its days, and newly use what is forced and nothing that is closed; say whether that can be had."""
    poster = Poster(choices.model)
    today = choices.instance.as_of.toordinal()
    if beside.earliest > 0:
        poster.require([(1, finish_day(choices))], low=today + beside.earliest)
    if beside.latest < NEVER:
        poster.require([(1, finish_day(choices))], high=today + beside.latest)
    found: set[Resource] = set()
    for each in choices.all_open_runs():
        uses: dict[Resource, int] = {} if each.kept else {("seats", each.offering.id): each.book}
        held = choices.kept[each.offering.id].role if each.kept else None
        uses |= {("role_places", each.offering.id, role): play for role, play in each.plays.items() if role != held}
        for thing, literal in uses.items():
            found.add(thing)
            if thing in beside.closed:
                poster.require([(1, literal)], high=0)
            if thing in beside.forced:
                poster.require([(1, literal)], low=1)
    return beside.forced <= found


def _late(choices: LearnerVariables, after: int, price: int) -> Term:
    """Charge a path that ends more than so many days from the planning day."""
    last = choices.instance.as_of.toordinal() + after
    late = choices.model.literal("late", choices.learner.id, str(after))
    Poster(choices.model).require([(1, finish_day(choices))], high=last, given=[~late])
    return price, late


def priced(everyone: Sequence[LearnerVariables], prices: Mapping[Resource, int], day: int) -> Expression:
    """Return days and prices of the choices as one expression."""
    goal = all_goals()["graduation"].expression(everyone)
    total = Expression([(factor * day, variable) for factor, variable in goal.terms], goal.constant * day)
    for choices in everyone:
        for each in choices.all_open_runs():
            held = choices.kept[each.offering.id].role if each.kept else None
            if not each.kept:
                total.terms.append((prices.get(("seats", each.offering.id), 0), each.book))
            places = [(literal, role) for role, literal in each.plays.items() if role != held]
            total.terms += [
                (prices.get(("role_places", each.offering.id, role), 0), literal) for literal, role in places
            ]
    return total
