"""One learner's best path with clashes and load left out: each requirement takes what ends first, so it is found at once.

What is found bounds every goal from below, in the order of the goals. Where it breaks no rule it is the best path itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.choices import Choices, Run, Task
from models.counting import counting_terms, still_needed
from models.edition import Requirement
from models.goals.earliest import DAY, weights
from models.goals.wishes import wish_costs

FAR = 1 << 30

Order = tuple[int, int, int, int]
"""Lower bounds in the order of the goals: the day number of graduation, wishes, debuts, earliest."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to do a component: a run or a task from a day number on; `frees` = the first day on which a dependent may start."""

    code: str
    chosen: Run | Task
    first: int
    last: int
    frees: int
    weight: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A relaxed optimum: what it takes, who plays where, and its order; `complete` = nothing was left open on the way."""

    order: Order
    offers: tuple[Offer, ...] = ()
    role: tuple[str, str] | None = None
    complete: bool = True


@dataclass(slots=True)
class Relaxation:
    """The relaxed problem of one learner; `last_day` = the day number that ends the window."""

    choices: Choices
    last_day: int
    costs: dict[str, int] = field(default_factory=dict)
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    needs: list[tuple[Requirement, int]] = field(default_factory=list)
    counting: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect what can be had of every component."""
        choices = self.choices
        self.costs = wish_costs(choices.edition, choices.learner)
        weight = weights(choices.instance, choices.edition)
        for code in choices.edition.component:
            runs = [
                Offer(
                    code,
                    run,
                    run.first_day,
                    run.last_day,
                    run.last_day + (run.offering.closes is None),
                    0 if run.kept else weight[run.offering.id],
                    run.kept,
                )
                for run in choices.open_runs(code)
            ]
            self.offers[code] = sorted(runs, key=lambda offer: (offer.weight, offer.last))
        needs = [(each, still_needed(choices, each)) for each in choices.edition.requirements]
        self.needs = [(each, missing) for each, missing in needs if missing > 0]
        for requirement, _ in self.needs:
            literals = self.counting[requirement.id] = {}
            for each in counting_terms(choices, requirement):
                literals.setdefault(each.code, set()).add(each.literal)

    def solve(self, without: frozenset[str]) -> Node | None:
        """Return the relaxed optimum without some offerings; None if even that reaches no graduation in the window."""
        return _Pass(self, without).solve()


class _Pass:
    """One pass over the components in the order of what requires what."""

    def __init__(self, relaxation: Relaxation, without: frozenset[str]) -> None:
        self.relaxation = relaxation
        self.choices = relaxation.choices
        self.without = without
        self.frees: dict[str, int] = {}
        self.usable: dict[str, list[Offer]] = {}

    def solve(self) -> Node | None:
        open_needs = self.relaxation.needs
        closing = self.choices.edition.last_codes
        day = self.choices.instance.as_of.toordinal()
        for requirement, missing in open_needs:
            if not set(requirement.pool) <= closing:
                day = max(day, self._reached(requirement, missing))
        final = self._final(day)
        if final is None or day > self.relaxation.last_day:
            return None
        graduation, finals = final
        return self._select(open_needs, day, graduation, finals) if graduation <= self.relaxation.last_day else None

    def offers_of(self, code: str) -> list[Offer]:
        """Return what can be had of a component, cheapest first, given the earliest that lets it start."""
        if code not in self.usable:
            self.usable[code] = []
            start = self._start(code)
            task = self.choices.open_task(code)
            self.usable[code] = [
                offer
                for offer in self.relaxation.offers[code]
                if offer.kept or (offer.first >= start and offer.chosen.offering.id not in self.without)  # type: ignore[union-attr]
            ] + ([self._task(code, task, start)] if task and start < FAR else [])
        return self.usable[code]

    def _task(self, code: str, task: Task, start: int) -> Offer:
        first = task.kept.toordinal() if task.kept else start
        last = first + task.component.length - 1
        weight = 0 if task.kept else (last - self.choices.instance.as_of.toordinal()) * DAY
        return Offer(code, task, first, last, last + 1, weight, task.kept is not None)

    def _start(self, code: str) -> int:
        """Return the first day number on which a component could start."""
        edition = self.choices.edition
        entries = list(edition.component[code].requires)
        if code not in edition.first_codes:
            entries += edition.first
        return max((self._entry_frees(entry) for entry in entries), default=0) if entries else self._earliest(0)

    def _earliest(self, day: int) -> int:
        return max(day, self.choices.earliest_start.toordinal())

    def _entry_frees(self, entry: Iterable[str]) -> int:
        return self._earliest(min(self._code_frees(code) for code in entry))

    def _code_frees(self, code: str) -> int:
        if code not in self.frees:
            done = self.choices.done(code)
            self.frees[code] = 0 if done else min((offer.frees for offer in self.offers_of(code)), default=FAR)
        return self.frees[code]

    def counted(self, requirement: Requirement) -> dict[str, list[Offer]]:
        """Return by component what counts for a requirement."""
        role = requirement.role
        return {
            code: [offer for offer in self.offers_of(code) if _literal(offer, role) in literals]
            for code, literals in self.relaxation.counting[requirement.id].items()
        }

    def _reached(self, requirement: Requirement, missing: int) -> int:
        """Return the first day number by which a requirement could be met."""
        days: list[int] = []
        for code, offers in self.counted(requirement).items():
            ends = sorted(offer.last for offer in offers)
            days += ends if self.choices.edition.component[code].repeatable else ends[:1]
        days.sort()
        return days[missing - 1] if len(days) >= missing else FAR

    def _final(self, day: int) -> tuple[int, list[Offer]] | None:
        """Return the day of graduation when everything else is met on a day, and the tasks that come last."""
        finals: list[Offer] = []
        for entry in self.choices.edition.last:
            if any(self.choices.done(code) for code in entry):
                continue
            task = self.choices.open_task(entry[0]) if len(entry) == 1 else None
            if task is None or task.kept:
                return None
            finals.append(self._task(entry[0], task, max(day + 1, self._start(entry[0]))))
        return max([day, *(offer.last for offer in finals)]), finals

    def _select(
        self, needs: Sequence[tuple[Requirement, int]], day: int, graduation: int, finals: Sequence[Offer]
    ) -> Node:
        closing = self.choices.edition.last_codes
        taken: dict[int, Offer] = {id(offer.chosen): offer for offer in finals}
        for requirement, missing in needs:
            if requirement.role is None and not set(requirement.pool) <= closing:
                for offer in self._cheapest(requirement, missing, day):
                    taken[id(offer.chosen)] = offer
        roles = [(requirement, missing) for requirement, missing in needs if requirement.role is not None]
        offers = tuple(taken.values())
        wishes = sum(self.relaxation.costs.get(offer.code, 0) for offer in offers if not offer.kept)
        weight = sum(offer.weight for offer in offers)
        if not roles:
            return Node((graduation, wishes, 0, weight), offers)
        return self._with_role(roles, day, Node((graduation, wishes, 0, weight), offers))

    def _cheapest(self, requirement: Requirement, missing: int, day: int) -> list[Offer]:
        """Return the cheapest offers that meet a requirement by a day."""
        costs = self.relaxation.costs
        ranked: list[tuple[int, int, Offer]] = []
        for code, offers in self.counted(requirement).items():
            in_time = [offer for offer in offers if offer.last <= day]
            for offer in in_time if self.choices.edition.component[code].repeatable else in_time[:1]:
                ranked.append((0 if offer.kept else costs.get(code, 0), offer.weight, offer))
        return [offer for _, _, offer in sorted(ranked, key=lambda each: each[:2])[:missing]]

    def _with_role(self, roles: Sequence[tuple[Requirement, int]], day: int, node: Node) -> Node:
        """Add the cheapest role, if there is one role to take and what is taken already has room for it."""
        (requirement, missing), *more = roles
        by_code = self.counted(requirement)
        if not more and missing == 1 and self._holds_role(requirement.role, day):
            return node
        offers = [offer for listed in by_code.values() for offer in listed if offer.last <= day]
        if more or missing > 1 or len(by_code) > 1 or not offers:
            return Node(node.order, node.offers, None, complete=False)
        (code,) = by_code
        weight = weights(self.choices.instance, self.choices.edition)
        earlier = FAR if not self.choices.done(code) else 0
        earlier = min([earlier, *(run.last_day for run in self.choices.open_runs(code))])
        seasoned = [offer for offer in offers if earlier < offer.first] or offers
        debut = int(not earlier < seasoned[0].first)
        best = min(seasoned, key=lambda offer: weight[_run(offer).offering.id])
        graduation, wishes, _, total = node.order
        order = (graduation, wishes, debut, total + weight[_run(best).offering.id])
        fits = best.kept or any(offer.chosen is best.chosen for offer in node.offers)
        return Node(order, node.offers, (_run(best).offering.id, requirement.role or ""), complete=fits)

    def _holds_role(self, role: str | None, day: int) -> bool:
        """Say whether a kept booking is in the role, and ends by the day."""
        kept = self.choices.kept
        runs = (run for run in self.choices.all_open_runs() if run.kept and run.last_day <= day)
        return any(kept[run.offering.id].role == role for run in runs)


def is_supported(choices: Choices) -> bool:
    """Say whether leaving clashes and load out leaves a problem that falls apart into its requirements."""
    if choices.instance.free or any(task.kept for task in choices.tasks.values()):
        return False
    for entry in choices.edition.last:
        single = len(entry) == 1 and entry[0] in choices.tasks
        if not single and not any(choices.done(code) for code in entry):
            return False
    return _pools_are_apart(choices) and not any(
        _counts_by_role_only(choices, each) for each in choices.edition.requirements
    )


def _pools_are_apart(choices: Choices) -> bool:
    plain = [set(each.pool) for each in choices.edition.requirements if each.role is None]
    return sum(len(pool) for pool in plain) == len(set().union(*plain))


def _counts_by_role_only(choices: Choices, requirement: Requirement) -> bool:
    """Say whether some run is too short to count for a requirement unless the learner has a role in it."""
    least = requirement.min_minutes
    if least is None or requirement.role is not None:
        return False
    runs = (run for code in requirement.pool for run in choices.open_runs(code))
    return any(run.plays and (run.offering.minutes or least) < least for run in runs)


def _run(offer: Offer) -> Run:
    if not isinstance(offer.chosen, Run):
        raise TypeError(f"{offer.code} is a task, and a task has no roles")
    return offer.chosen


def _literal(offer: Offer, role: str | None) -> int:
    if isinstance(offer.chosen, Task):
        return offer.chosen.does
    return offer.chosen.book if role is None else offer.chosen.plays.get(role, -1)
