"""The question `check`: whether a plan keeps every rule, whoever made it, and whether a certificate proves it best."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Violation
from scheduler.engines.budget import Budget
from scheduler.meaning import Meaning

if TYPE_CHECKING:
    from scheduler.files.certificates import Certificate
    from scheduler.solve.certificate import CertificateVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every broken rule of a plan; `proof` = what a certificate proves of it, None where none was given."""

    instance: Instance
    plan: Plan
    broken: tuple[Violation, ...]
    proof: "CertificateVerdict | None" = None

    @property
    def is_kept(self) -> bool:
        """Say whether the plan keeps every rule."""
        return not self.broken

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to: a broken rule blocks the plan; a certificate that proves less leaves it unproved."""
        if self.broken:
            return "blocked"
        return "answered" if self.proof is None or self.proof.is_proved else "unproved"


def answer_check(
    instance: Instance, plan: Plan, certificate: "Certificate | None" = None, *, budget: Budget | None = None
) -> Checked:
    """Judge a plan by plain checks, and what a certificate claims of it by deriving the bound anew."""
    broken = tuple(violations(instance, plan))
    if certificate is None:
        return Checked(instance=instance, plan=plan, broken=broken)
    from scheduler.engines.cpsat import Settings
    from scheduler.solve.certificate import judge

    proof = judge(instance, plan, certificate, Settings(), budget or Budget())
    return Checked(instance=instance, plan=plan, broken=broken, proof=proof)
