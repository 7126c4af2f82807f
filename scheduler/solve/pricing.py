"""The cheapest path of one learner when shared seats and places have prices: exact, with clashes and load.

Prices and costs are whole numbers in parts of a day, so that a bound made of them is a proof and not a rounding.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from models.edition import Requirement
from models.formulation import all_rules, violations
from models.instance import Instance
from models.plan import Path, Plan
from scheduler.solve.branching import Branch, branches
from scheduler.solve.offers import Ground, Offer, Starts
from scheduler.solve.search import path_of

PART = 1024
"""Parts of a day: the unit of prices."""

MOST_PARTS = 400

Resource = tuple[str, ...]
"""A shared thing: `(rule, offering)` or `(rule, offering, role)`."""

Prices = Mapping[Resource, int]


@dataclass(frozen=True, slots=True)
class Priced:
    """A path with its cost (days in parts, plus prices); `bound` = no path costs less; `path` None = none was built."""

    bound: int
    path: Path | None = None
    cost: int = 0


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a relaxed pass takes: a cost that no path of this part is below, and the offers and role."""

    cost: int
    offers: tuple[Offer, ...]
    role: tuple[str, str] | None


class Pricer:
    """Prices the paths of one learner again and again; what does not depend on prices is kept."""

    def __init__(self, instance: Instance, ground: Ground, *, days: bool = True) -> None:
        """Price the paths on `ground`; without `days` only prices count."""
        self.instance = instance
        self.ground = ground
        self.day_cost = PART if days else 0
        self.starts: dict[Branch, Starts] = {}
        self.rules = [rule for rule in all_rules() if rule.scope != "shared"]

    def price(self, prices: Prices, enough: int) -> Priced | None:
        """Return the cheapest path, or only a bound where that is no less than `enough`; None if the search is too long."""
        heap: list[tuple[int, int, _Choice, Branch]] = []
        serial = count()
        parts: Sequence[Branch] = [Branch()]
        for _ in range(MOST_PARTS):
            for part in parts:
                choice = self._relax(part, prices)
                if choice is not None:
                    heapq.heappush(heap, (choice.cost, next(serial), choice, part))
            if not heap or heap[0][0] >= enough:
                return Priced(heap[0][0] if heap else enough)
            cost, _, choice, branch = heapq.heappop(heap)
            path = path_of(self.ground, choice.offers, choice.role)
            broken = violations(self.instance, Plan(paths=(path,)), self.rules)
            if not broken:
                return Priced(cost, path, cost)
            found = branches(self.ground, branch, broken)
            if found is None:
                return None
            parts = found
        return None

    def _relax(self, branch: Branch, prices: Prices) -> _Choice | None:
        if branch not in self.starts:
            self.starts[branch] = Starts(self.ground, branch.without)
        return _Sweep(self.ground, self.starts[branch], branch.forced, prices, self.day_cost).run()


class _Sweep:
    """Goes through the days on which something ends, and prices what meets every requirement by that day."""

    def __init__(self, ground: Ground, starts: Starts, forced: frozenset[str], prices: Prices, day_cost: int) -> None:
        self.ground = ground
        self.starts = starts
        self.forced = forced
        self.prices = prices
        self.day_cost = day_cost

    def run(self) -> _Choice | None:
        pools = pools_of(self)
        if pools is None:
            return None
        events = sorted(
            ((offer.last, place, offer) for place, pool in enumerate(pools) for offer in pool.eligible()),
            key=lambda event: event[:2],
        )
        best: _Choice | None = None
        changed = True
        for at, (last, place, offer) in enumerate(events):
            changed |= pools[place].take(offer)
            day = max(last, self.ground.today)
            ends_here = at + 1 == len(events) or events[at + 1][0] > day
            if ends_here and changed:
                if best is not None and (day - self.ground.today) * self.day_cost >= best.cost:
                    break
                best = self._cheaper(best, day, pools)
                changed = False
        return best if events or pools else self._cheaper(None, self.ground.today, pools)

    def _cheaper(self, best: _Choice | None, day: int, pools: "Sequence[Pool]") -> _Choice | None:
        """Return what is cheaper: the best so far, or meeting everything by a day."""
        taken = [pool.best() for pool in pools]
        finals = self.starts.finals(day)
        if any(each is None for each in taken) or finals is None:
            return best
        graduation = max([day, *(offer.last for offer in finals)])
        known = [each for each in taken if each is not None]
        cost = sum(each.cost for each in known) + (graduation - self.ground.today) * self.day_cost
        if graduation > self.ground.last_day or (best is not None and cost >= best.cost):
            return best
        role = next((each.role for each in known if each.role), None)
        return _Choice(cost, (*(offer for each in known for offer in each.offers), *finals), role)


@dataclass(frozen=True, slots=True)
class Taken:
    """The cheapest way to meet one pool's requirements."""

    cost: int
    offers: tuple[Offer, ...]
    role: tuple[str, str] | None = None


class Pool:
    """One requirement, and the role that is played at one of the offerings that meet it, if any."""

    def __init__(self, sweep: _Sweep, requirement: Requirement, missing: int) -> None:
        self.sweep = sweep
        self.missing = missing
        self.counted = sweep.starts.counted(requirement)
        self.repeatable = {code for code in self.counted if sweep.ground.choices.edition.component[code].repeatable}
        self.ranked: list[tuple[bool, int, int, Offer]] = []
        self.single: dict[str, tuple[bool, int, int, Offer]] = {}
        self.role: str | None = None
        self.role_ids: frozenset[str] = frozenset()
        self.cheapest: Taken | None = None
        self.is_stale = True

    def eligible(self) -> list[Offer]:
        """Return every offer that counts."""
        return [offer for offers in self.counted.values() for offer in offers]

    def take(self, offer: Offer) -> bool:
        """Add an offer that has ended; say whether it makes a difference."""
        price = 0 if offer.kept else self.sweep.prices.get(("seats", offer.id), 0)
        entry = (offer.code not in self.sweep.forced, price, offer.weight, offer)
        if offer.code in self.repeatable:
            self.ranked.append(entry)
            self.is_stale = True
            return True
        if offer.code in self.single and self.single[offer.code][:3] <= entry[:3]:
            return False
        self.single[offer.code] = entry
        self.is_stale = True
        return True

    def best(self) -> Taken | None:
        """Return the cheapest way with what has ended, or None."""
        if self.is_stale:
            self.cheapest = self._best()
            self.is_stale = False
        return self.cheapest

    def _best(self) -> Taken | None:
        entries = sorted([*self.ranked, *self.single.values()], key=lambda entry: entry[:3])
        if self.role is not None:
            return self._best_with_role(entries, self.role)
        if len(entries) < self.missing:
            return None
        chosen = entries[: self.missing]
        return Taken(sum(entry[1] for entry in chosen), tuple(entry[3] for entry in chosen))

    def _best_with_role(self, entries: Sequence[tuple[bool, int, int, Offer]], role: str) -> Taken | None:
        """Play the role where it is cheapest, and attend the cheapest others."""
        if len(entries) < self.missing:
            return None
        best: tuple[int, int, Taken] | None = None
        for entry in entries:
            player = entry[3]
            if player.id not in self.role_ids:
                continue
            others = [each for each in entries if each is not entry][: max(self.missing - 1, 0)]
            fee = self._fee(player, role)
            chosen = [entry, *others]
            taken = Taken(fee + sum(each[1] for each in chosen), tuple(each[3] for each in chosen), (player.id, role))
            first = min(each[3].first for each in chosen) == player.first
            rank = (taken.cost, int(first) * (1 << 40) + sum(each[2] for each in chosen) + player.weight)
            if best is None or rank < best[:2]:
                best = (*rank, taken)
        return best[2] if best else None

    def _fee(self, player: Offer, role: str) -> int:
        """Return the price of a place in a role: nothing where it is held already."""
        held = self.sweep.ground.choices.kept.get(player.id)
        if held is not None and held.role == role:
            return 0
        return self.sweep.prices.get(("role_places", player.id, role), 0)


def pools_of(sweep: _Sweep) -> "list[Pool] | None":
    """Return the pools of what is still needed; None where a role stands in no single repeatable component."""
    ground = sweep.ground
    needs = [(each, missing) for each, missing in ground.needs if not ground.is_closing(each)]
    pools = {each.pool: Pool(sweep, each, missing) for each, missing in needs if each.role is None}
    for requirement, missing in needs:
        if requirement.role is None:
            continue
        if missing > 1 or len(requirement.pool) > 1:
            return None
        pool = pools.setdefault(requirement.pool, Pool(sweep, requirement, 1))
        pool.role = requirement.role
        pool.role_ids = frozenset(offer.id for offers in sweep.starts.counted(requirement).values() for offer in offers)
    return list(pools.values())
