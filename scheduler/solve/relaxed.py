"""One learner's best path with clashes and load left out: each requirement takes what ends first, so it is found at once.

What is found bounds every goal from below, in the goals' order. Where it breaks no rule it is the best path itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.edition import Requirement
from models.goals.earliest import weights
from scheduler.solve.offers import FAR, Ground, Offer, Starts

Order = tuple[int, int, int, int]
"""Lower bounds in the goals' order: the day number of graduation, wishes, debuts, earliest."""


@dataclass(frozen=True, slots=True)
class Node:
    """A relaxed optimum: what it takes, who plays where, its order; `complete` = nothing was left open on the way."""

    order: Order
    offers: tuple[Offer, ...] = ()
    role: tuple[str, str] | None = None
    complete: bool = True


def relax(ground: Ground, without: frozenset[str], forced: frozenset[str]) -> Node | None:
    """Return the relaxed optimum without some offerings and with some components; None if it misses the window."""
    return _Pass(ground, without, forced).solve()


class _Pass:
    """One pass over the components in the order of what requires what."""

    def __init__(self, ground: Ground, without: frozenset[str], forced: frozenset[str]) -> None:
        self.ground = ground
        self.choices = ground.choices
        self.starts = Starts(ground, without)
        self.forced = forced

    def solve(self) -> Node | None:
        day = self.ground.today
        for requirement, missing in self.ground.needs:
            if not self.ground.is_closing(requirement):
                day = max(day, self._reached(requirement, missing))
        if day > self.ground.last_day:
            return None
        finals = self.starts.finals(day)
        graduation = max([day, *(offer.last for offer in finals or ())])
        if finals is None or graduation > self.ground.last_day:
            return None
        return self._select(day, graduation, finals)

    def _reached(self, requirement: Requirement, missing: int) -> int:
        """Return the first day number by which a requirement could be met."""
        days: list[int] = []
        for code, offers in self.starts.counted(requirement).items():
            ends = sorted(offer.last for offer in offers)
            days += ends if self.choices.edition.component[code].repeatable else ends[:1]
        days.sort()
        return days[missing - 1] if len(days) >= missing else FAR

    def _select(self, day: int, graduation: int, finals: Sequence[Offer]) -> Node:
        taken: dict[int, Offer] = {id(offer.chosen): offer for offer in finals}
        for requirement, missing in self.ground.needs:
            if requirement.role is None and not self.ground.is_closing(requirement):
                for offer in self._cheapest(requirement, missing, day):
                    taken[id(offer.chosen)] = offer
        roles = [(requirement, missing) for requirement, missing in self.ground.needs if requirement.role is not None]
        offers = tuple(taken.values())
        wishes = sum(self.ground.costs.get(offer.code, 0) for offer in offers if not offer.kept)
        node = Node((graduation, wishes, 0, sum(offer.weight for offer in offers)), offers)
        return self._with_role(roles, day, node) if roles else node

    def _cheapest(self, requirement: Requirement, missing: int, day: int) -> list[Offer]:
        """Return the cheapest offers that meet a requirement by a day; forced components go first."""
        ranked: list[tuple[bool, int, int, Offer]] = []
        for code, offers in self.starts.counted(requirement).items():
            cost = self.ground.costs.get(code, 0)
            in_time = [offer for offer in offers if offer.last <= day]
            eligible = in_time if self.choices.edition.component[code].repeatable else in_time[:1]
            free = code not in self.forced
            ranked += [(free, 0 if offer.kept else cost, offer.weight, offer) for offer in eligible]
        return [offer for *_, offer in sorted(ranked, key=lambda each: each[:3])[:missing]]

    def _with_role(self, roles: Sequence[tuple[Requirement, int]], day: int, node: Node) -> Node:
        """Add the cheapest role, if there is one role to take and what is taken already has room for it."""
        (requirement, missing), *more = roles
        by_code = self.starts.counted(requirement)
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
        best = min(seasoned, key=lambda offer: weight[offer.id])
        graduation, wishes, _, total = node.order
        order = (graduation, wishes, debut, total + weight[best.id])
        fits = best.kept or any(offer.chosen is best.chosen for offer in node.offers)
        return Node(order, node.offers, (best.id, requirement.role or ""), complete=fits)

    def _holds_role(self, role: str | None, day: int) -> bool:
        """Say whether a kept booking is in the role, and ends by the day."""
        kept = self.choices.kept
        runs = (run for run in self.choices.all_open_runs() if run.kept and run.last_day <= day)
        return any(kept[run.offering.id].role == role for run in runs)
