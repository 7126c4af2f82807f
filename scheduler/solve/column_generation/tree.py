"""Branch and price: what a bound leaves open falls apart, by how many of a class use a thing, until a plan meets the bound.

Best bounds first. Nothing here depends on the clock: the budget only ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from scheduler.engines.budget import Budget
from scheduler.solve.column_generation.bounded import Hear
from scheduler.solve.column_generation.choosing import Division, choose
from scheduler.solve.column_generation.fixing import dive_by_fixing
from scheduler.solve.column_generation.grid import Numbers
from scheduler.solve.column_generation.joint import Exchange
from scheduler.solve.column_generation.measures import PART
from scheduler.solve.column_generation.proving import prove
from scheduler.solve.column_generation.rounding import NEAR
from scheduler.solve.column_generation.subclasses import (
    Branch,
    everybody,
    handed_back,
    inherit,
    of_use,
    split_cohort,
    split_market,
)
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.column_generation.whole import Share, floored

PARTS, EFFORT = 2_000, 200
"""In each branch so many parts of searches are looked at for near columns, and so many branches for whole numbers."""

DIVES = 4
"""In one of so many branches a plan is looked for by diving."""

EVERY = 40
"""In one of so many branches near columns are looked at even where that was of no use at such a gap."""

DEEPER = 4
"""So often a branch in which everything is decided is priced four times deeper."""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A branch not yet looked at: no plan of it is better than `bound` (in whole days); prices from which it starts."""

    bound: int
    serial: int
    branch: Branch = field(compare=False)
    prices: Numbers = field(compare=False)
    kept: tuple[int, ...] = field(compare=False)


class Tree:
    """The branches of a market whose linear bound and best plan do not meet."""

    def __init__(self, known: Exchange) -> None:
        """Start from what an exchange has found."""
        self.asked, self.known = known, known.counted or known
        known = self.known
        self.serial = 0
        self.open: list[Node] = []
        self.floor = self.enough = NEVER
        self._push(known.whole_bound, everybody(known.market), known.prices, known.kept)

    def run(self) -> None:
        """Look at branch after branch until the bound meets the plan, or the budget is over."""
        known = self.known
        while self.open and not known.is_done:
            node = heappop(self.open)
            self._solve(node)
            self._raise()
        if self.asked is not known:
            self.asked.take_over(known)

    def _push(self, bound: int, branch: Branch, prices: Numbers, kept: tuple[int, ...]) -> None:
        heappush(self.open, Node(bound, self.serial, branch, prices, kept))
        self.serial += 1

    def _raise(self) -> None:
        """Raise the bound of all to the least of what is open and of what is closed."""
        known = self.known
        least = min([self.floor, known.value // PART, *(node.bound for node in self.open[:1])])
        known.raised = max(known.raised, least)
        known.tell()

    def _solve(self, node: Node) -> None:
        """Look at a branch; unless nothing better is in it, let it fall apart."""
        known = self.known
        dear = known.value // PART + 1
        cohort = split_cohort(known.cohort, node.branch)
        here = Exchange(
            cohort, split_market(known.market, node.branch, dear), known.budget, target=known.target, far=NEAR
        )
        here.value, here.prices, here.kept, here.raised = known.value, node.prices, node.kept, node.bound
        inherit(node.branch, cohort.pool, of_use(known, node.prices, node.kept), known.cohort.pool)
        here.look(node.prices, node.kept)
        weights: Mapping[int, float] = {}
        if not here.is_done:
            weights = here.exchange()
            here.offer(floored(weights))
            if node.serial % DIVES == 0:
                dive_by_fixing(here, weights)
        if not here.is_done:
            self._look_near(node, here)
        self._hand_back(node, here)
        chosen = None if here.is_done else choose(here, node.branch, weights)
        if chosen is None and not here.is_done:
            self._deepen(here)
        if here.is_done or chosen is None:
            self._close(node, here)
        else:
            self._fall_apart(node, here, chosen)

    def _look_near(self, node: Node, here: Exchange) -> None:
        """Look for whole numbers among near columns, where the gap is as small as where that was enough, and now and then."""
        gap = here.value - here.bound
        if gap > self.enough and node.serial % EVERY:
            return
        prove(here, PARTS, EFFORT)
        self.enough = max(self.enough, gap) if here.is_settled else min(self.enough, gap * 3 // 4)

    def _deepen(self, here: Exchange) -> None:
        """Price more exactly where everything is decided and the bound is not the plan's value."""
        for _ in range(DEEPER):
            here.rounds *= 4
            here.look(here.prices, here.kept)
            if here.is_done:
                return

    def _close(self, node: Node, here: Exchange) -> None:
        """Keep the bound of a branch in which nothing is left to do, or to divide; one that was cut short stays open."""
        bound = max(node.bound, here.whole_bound)
        if here.is_settled or not self.known.budget.is_over:
            self.floor = min(self.floor, bound)
        else:
            self._push(bound, node.branch, here.prices, here.kept)

    def _hand_back(self, node: Node, here: Exchange) -> None:
        """Let all know the plan of a branch, and its columns."""
        self.known.offer(handed_back(node.branch, here.cohort, here.best, self.known.cohort.pool))

    def _fall_apart(self, node: Node, here: Exchange, chosen: Division) -> None:
        others = (node.branch[: chosen.number], node.branch[chosen.number + 1 :])
        bound = max(node.bound, here.whole_bound)
        for parts in chosen.of(node.branch[chosen.number]):
            self._push(bound, (*others[0], *parts, *others[1]), here.prices, here.kept)


def solve_exactly(
    exchange: Exchange, budget: Budget, known: Share, hear: Hear | None = None, target: int | None = None
) -> None:
    """Find the best plan of a market, from a plan that is known (may be empty): columns first, then branches."""
    exchange.start(budget, known, hear, target)
    if not exchange.is_done:
        Tree(exchange).run()
