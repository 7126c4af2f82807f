"""A certificate of a joint plan: prices of what is shared, and one cheapest path a learner, add up to a bound on every plan.

Whoever takes part pays for what is used, so no plan is cheaper than everybody's cheapest path, less what all places are worth.
Checking derives each cheapest path anew, by another method than the one that found it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.goals import all_goals
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Resource
from models.rules.window import graduated_in_time
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.certificates import Certificate, Price, ProofShape
from scheduler.solve.column_generation.solver_block import cheapest
from scheduler.solve.column_generation.sweep import NEVER
from scheduler.solve.proof import Proof
from scheduler.solve.result import Result
from scheduler.solve.sharing import limits_of

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateVerdict:
    """What a certificate proves of a plan: the fewest left out, the fewest days for as many; `faults` = what is wrong in it."""

    left_out: int
    least_left_out: int
    days: int
    least_days: int
    faults: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        """Say whether no plan is better in the first two goals."""
        same = self.left_out == self.least_left_out and self.days == self.least_days
        return same and not self.faults


def certificate_of(result: Result) -> dict[str, Any] | None:
    """Return the certificate of an answer; None where there is none: other goals, or a plan with what is booked set free."""
    if not result.proofs:
        return None
    instance = result.instance
    impossible = [each.learner for each in result.learners if each.status == "blocked" and each.alone is None]
    return {
        "certificate": VERSION,
        "instance": instance.id,
        "digest": instance.digest,
        "as_of": instance.as_of.isoformat(),
        "tentative": instance.tentative,
        "impossible": impossible,
        "proofs": [_stated(proof) for proof in result.proofs],
    }


def _stated(proof: Proof) -> dict[str, Any]:
    prices = [
        {"rule": rule, "offering": offering, "role": role[0] if role else None, "price": price}
        for (rule, offering, *role), price in sorted(proof.prices.items())
    ]
    return {
        "goal": "graduation" if proof.day else "not-graduating",
        "day": proof.day,
        "left_out": proof.left_out,
        "missing": proof.missing,
        "prices": prices,
        "least": proof.least,
        "bound": proof.bound,
    }


def judge(
    instance: Instance, plan: Plan, stated: Certificate, settings: Settings, budget: Budget
) -> CertificateVerdict:
    """Derive the bounds of a certificate anew, and compare them with a plan."""
    stuck = len(stated.impossible)
    left_out = sum(not path.graduates for path in plan.paths if graduated_in_time(instance, path.learner) is None)
    days = all_goals()["graduation"].value(instance, plan)
    least_left_out = least_days = 0
    faults = _misfits(instance, plan, stated)
    if not faults:
        faults += _possible(instance, stated, settings, budget)
        least_left_out = stuck
        for proof in stated.proofs:
            bound, wrong = _derived(instance, proof, settings, budget)
            faults += wrong
            if not proof.day:
                least_left_out = max(least_left_out, stuck + -(-bound // max(proof.left_out, 1)))
            elif proof.missing in {None, left_out - stuck}:
                priced = (left_out - stuck) * proof.left_out if proof.missing is None else 0
                least_days = max(least_days, -(-(bound - priced) // proof.day))
    return CertificateVerdict(
        left_out=left_out, least_left_out=least_left_out, days=days, least_days=least_days, faults=tuple(faults)
    )


def _misfits(instance: Instance, plan: Plan, stated: Certificate) -> list[str]:
    """Say where a certificate is not about this instance and plan."""
    if stated.digest != instance.digest or stated.as_of != instance.as_of or stated.tentative != instance.tentative:
        return ["the certificate is of another instance, day or choice of offerings"]
    planned = {path.learner for path in plan.paths if graduated_in_time(instance, path.learner) is None}
    if any(planned - set(stated.impossible) != set(proof.least) for proof in stated.proofs):
        return ["the certificate and the plan are about other learners"]
    return []


def _possible(instance: Instance, stated: Certificate, settings: Settings, budget: Budget) -> Iterator[str]:
    """Say who is called impossible and has a path."""
    for learner in stated.impossible:
        bound, path = cheapest(instance, learner, {}, 0, settings, budget)
        if bound < NEVER or path is not None:
            yield f"{learner} is called impossible, and that could not be confirmed"


def _derived(instance: Instance, proof: ProofShape, settings: Settings, budget: Budget) -> tuple[int, list[str]]:
    """Return the bound that the prices prove, and what the certificate says wrongly."""
    prices = {_activity(each): each.price for each in proof.prices}
    limits = limits_of(instance)
    faults = [f"{' '.join(thing)} has a price below nothing" for thing, price in prices.items() if price < 0]
    total = -sum(price * limits.get(thing, 0) for thing, price in prices.items()) - proof.left_out * (
        proof.missing or 0
    )
    for learner, said in sorted(proof.least.items()):
        bound, _ = cheapest(instance, learner, prices, proof.day, settings, budget)
        least = min(bound, proof.left_out)
        if least < said:
            faults.append(f"the cheapest path of {learner} costs {least} parts, and the certificate says {said}")
        total += least
    if total < proof.bound:
        faults.append(f"the prices prove {total} parts, and the certificate says {proof.bound}")
    return total, faults


def _activity(price: Price) -> Resource:
    return (price.rule, price.offering, *([price.role] if price.role else []))
