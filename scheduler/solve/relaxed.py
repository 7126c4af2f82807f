"""One learner's best path with clashes and load left out: each requirement takes what ends first, so it is found at once.

What is found bounds every goal from below, in the goals' order. Where it breaks no rule it is the best path itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from models.programme.edition import Requirement
from scheduler.solve.offers import FAR, Ground, Offer, Starts

Order = tuple[int, int, int, int]
"""Lower bounds in the goals' order: the day number of graduation, wishes, debuts, earliest."""

_RANK = itemgetter(0, 1, 2)


@dataclass(frozen=True, slots=True)
class RelaxedOptimum:
    """A relaxed optimum: what it takes, who plays where, its order; `complete` = nothing was left open on the way."""

    order: Order
    offers: tuple[Offer, ...] = ()
    role: tuple[str, str] | None = None
    complete: bool = True


def relax(ground: Ground, starts: Starts, forced: frozenset[str]) -> RelaxedOptimum | None:
    """Return the relaxed optimum for some starts and with some components; None if it misses the window."""
    return _Pass(ground, starts, forced).solve()


class _Pass:
    """One pass over the components in the order of what requires what."""

    def __init__(self, ground: Ground, starts: Starts, forced: frozenset[str]) -> None:
        self.ground = ground
        self.choices = ground.choices
        self.starts = starts
        self.forced = forced

    def solve(self) -> RelaxedOptimum | None:
        day = self.ground.today
        for requirement, missing in self.ground.early_needs:
            day = max(day, self._reached(requirement, missing))
        if day > self.ground.last_day:
            return None
        finals = self.starts.finals(day)
        graduation = max([day, *(offer.last for offer in finals or ())])
        if finals is None or graduation > self.ground.last_day:
            return None
        return self._select(day, graduation, finals)

    def _reached(self, requirement: Requirement, missing: int) -> int:
        """Return the first day number by which a requirement could be met; the starts remember it."""
        if requirement.id not in self.starts.reached:
            self.starts.reached[requirement.id] = self._first_reached(requirement, missing)
        return self.starts.reached[requirement.id]

    def _first_reached(self, requirement: Requirement, missing: int) -> int:
        components = self.choices.edition.component
        days: list[int] = []
        for code, offers in self.starts.counted(requirement).items():
            ends = [offer.last for offer in offers]
            days += ends if components[code].repeatable or not ends else [min(ends)]
        days.sort()
        return days[missing - 1] if len(days) >= missing else FAR

    def _select(self, day: int, graduation: int, finals: Sequence[Offer]) -> RelaxedOptimum:
        needs = self.ground.early_needs
        roles = [(each, missing) for each, missing in needs if each.role is not None]
        acted = roles[0][0].pool if roles else ()
        taken = list(finals)
        for requirement, missing in needs:
            if requirement.role is None and requirement.pool != acted:
                taken += self._cheapest(requirement, missing, day)
        attended = next((missing for each, missing in needs if each.role is None and each.pool == acted), 0)
        cast = self._cast(roles, attended, day)
        offers = (*taken, *cast.offers)
        wishes = sum(self.ground.costs.get(offer.code, 0) for offer in offers if not offer.kept)
        total = sum(offer.weight for offer in offers) + cast.weight
        return RelaxedOptimum((graduation, wishes, cast.debut, total), offers, cast.role, cast.complete)

    def _cheapest(self, requirement: Requirement, missing: int, day: int) -> list[Offer]:
        """Return the cheapest offers that meet a requirement by a day; forced components go first."""
        if not self.forced.isdisjoint(requirement.pool):
            return self._ranked(requirement, missing, day)
        known, key = self.starts.cheapest, (requirement.id, day)
        if key not in known:
            known[key] = self._ranked(requirement, missing, day)
        return known[key]

    def _ranked(self, requirement: Requirement, missing: int, day: int) -> list[Offer]:
        components = self.choices.edition.component
        ranked: list[tuple[bool, int, int, Offer]] = []
        for code, offers in self.starts.counted(requirement).items():
            cost = self.ground.costs.get(code, 0)
            in_time = (offer for offer in offers if offer.last <= day)
            eligible = in_time if components[code].repeatable else islice(in_time, 1)
            free = code not in self.forced
            ranked += [(free, 0 if offer.kept else cost, offer.weight, offer) for offer in eligible]
        return [offer for _, _, _, offer in sorted(ranked, key=_RANK)[:missing]]

    def _cast(self, roles: Sequence[tuple[Requirement, int]], attended: int, day: int) -> "_Cast":
        """Choose what to attend of the component in which a role is needed, and where to play it."""
        if not roles:
            return _Cast()
        requirement = roles[0][0]
        by_code = self.starts.counted(requirement)
        if len(roles) > 1 or roles[0][1] > 1 or len(by_code) != 1 or len(requirement.pool) != 1:
            return _Cast(complete=False)
        ((code, players),) = by_code.items()
        in_time = [offer for offer in self.starts.offers_of(code) if offer.last <= day]
        free = self._held(requirement.role, day)
        if free:
            return _Cast(offers=tuple(in_time[:attended]), complete=len(in_time) >= attended)
        casts = self._casts(
            code, requirement.role or "", [one for one in players if one.last <= day], in_time[:attended]
        )
        best = min(
            casts, key=lambda cast: (cast.debut, cast.weight + sum(offer.weight for offer in cast.offers)), default=None
        )
        if best is None or len(best.offers) < attended:
            return _Cast(complete=False)
        if best.debut:
            earliest = min(run.last_day for run in self.choices.open_runs(code))
            if any(earliest < player.first for player in players):
                return _Cast(offers=best.offers, role=best.role, complete=False)
        return best

    def _casts(self, code: str, role: str, players: Sequence[Offer], cheapest: Sequence[Offer]) -> "list[_Cast]":
        """Return for each player the cheapest way to play a role there and to attend as many as there are of `cheapest`."""
        done, weight = self.choices.done(code), self.ground.weights
        kept = [run.last_day for run in self.choices.runs.get(code, ()) if run.kept]
        casts: list[_Cast] = []
        for player in players:
            others = [offer for offer in cheapest if offer is not player][: max(len(cheapest) - 1, 0)]
            before = done or min([*kept, *(offer.last for offer in others)], default=FAR) < player.first
            casts.append(_Cast((player, *others), (player.id, role), int(not before), weight[player.id]))
        return casts

    def _held(self, role: str | None, day: int) -> bool:
        """Say whether a kept booking is in the role, and ends by the day."""
        return any(held == role and last <= day for held, last in self.ground.kept_roles)


@dataclass(frozen=True, slots=True)
class _Cast:
    """What is attended for the sake of a role, who plays where, whether it is a debut, and what the role itself weighs."""

    offers: tuple[Offer, ...] = ()
    role: tuple[str, str] | None = None
    debut: int = 0
    weight: int = 0
    complete: bool = True
