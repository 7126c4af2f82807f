"""What a certificate proves of a plan, in sentences."""

from typing import TYPE_CHECKING, Any

from models.programme.words import plural
from scheduler.show.screen import Screen

if TYPE_CHECKING:
    from scheduler.solve.certificate import CertificateVerdict


def show_certificate(screen: Screen, verdict: "CertificateVerdict") -> None:
    """Write whether the plan is proved, or how far from proof it is."""
    screen.line()
    screen.line(_sentence(verdict), style="bold")
    screen.bullets(verdict.faults)


def _sentence(verdict: "CertificateVerdict") -> str:
    if verdict.faults:
        return "The certificate does not hold:"
    left_out = f"{plural(verdict.least_left_out, 'learner')} or more cannot graduate"
    days = f"with as many, all together take {plural(verdict.least_days, 'day')} or more"
    if verdict.is_proved:
        return f"The certificate proves the plan: {left_out}, and {days}; the plan has exactly these."
    return (
        f"The certificate proves less than the plan: {left_out}, and the plan leaves out {verdict.left_out}; {days}, "
        f"and the plan takes {verdict.days}."
    )


def certificate_verdict(verdict: "CertificateVerdict") -> dict[str, Any]:
    """Return what a certificate proves, for JSON."""
    return {
        "proved": verdict.is_proved,
        "not_graduating": {"value": verdict.left_out, "bound": verdict.least_left_out},
        "graduation": {"value": verdict.days, "bound": verdict.least_days, "unit": "days"},
        "faults": list(verdict.faults),
    }
