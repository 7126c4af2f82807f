"""What the checker says of a plan: every broken rule in a sentence, and where each path leads."""

from typing import Any

from models.judging.activities import LONG_AGO
from models.judging.completion import graduation_of
from models.programme.instance import Instance
from models.programme.plan import Path
from models.programme.words import plural
from models.rules.window import last_day
from scheduler.answers.check import Checked
from scheduler.show.certificate import certificate_verdict, show_certificate
from scheduler.show.envelope import envelope
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.show.times import slack


def verdict(checked: Checked) -> dict[str, Any]:
    """Return what `check --json` prints."""
    instance = checked.instance
    told = {} if checked.proof is None else {"certificate": certificate_verdict(checked.proof)}
    return (
        envelope("check", instance)
        | {
            "kept": checked.is_kept,
            "violations": [
                {
                    "learner": broken.learner,
                    "offerings": list(broken.offerings),
                    "rule": broken.rule,
                    "sentence": broken.sentence,
                    "source": broken.source,
                }
                for broken in checked.broken
            ],
            "learners": [_learner(instance, path) for path in checked.plan.paths],
        }
        | told
    )


def _learner(instance: Instance, path: Path) -> dict[str, Any]:
    graduation, deadline = graduation_of(instance, path), last_day(instance, path)
    return {
        "learner": path.learner,
        "edition": instance.learner[path.learner].edition,
        "graduation": graduation.isoformat() if graduation and graduation != LONG_AGO else None,
        "deadline": deadline.isoformat() if deadline else None,
    }


def show_verdict(screen: Screen, checked: Checked) -> None:
    """Write the broken rules, then a line for each learner, then what a certificate proves."""
    instance, plan, found = checked.instance, checked.plan, checked.broken
    heading(screen, instance)
    screen.line(
        "The plan keeps every rule." if not found else f"The plan breaks {plural(len(found), 'rule')}:", style="bold"
    )
    for broken in found:
        source = f" [{broken.source}]" if broken.source else ""
        where = f" ({', '.join(broken.offerings)})" if broken.offerings else ""
        screen.bullet(f"{broken.learner or 'everybody'}{where}, {broken.rule}: {broken.sentence}{source}")
    screen.line()
    if not plan.paths:
        screen.line("The plan names no learner.")
    for path in plan.paths:
        screen.line(_path_in_words(instance, path))
    if checked.proof:
        show_certificate(screen, checked.proof)


def _path_in_words(instance: Instance, path: Path) -> str:
    """Say when a path leads to graduation, if every rule were kept."""
    graduation, deadline = graduation_of(instance, path), last_day(instance, path)
    under = f"under {instance.learner[path.learner].edition}"
    if graduation is None:
        return f"{path.learner} does not graduate by this plan, {under}."
    if graduation == LONG_AGO:
        return f"{path.learner} has met everything; no day is recorded, {under}."
    last = ""
    if deadline is not None:
        days = (deadline - graduation).days
        last = f"; last day allowed {deadline}, " + (slack(days) if days >= 0 else f"{plural(-days, 'day')} too late")
    return f"{path.learner} meets everything on {graduation}, {under}{last}."
