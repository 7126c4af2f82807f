"""From an instance and a question to a verified proposal with reasons, a curve, and what else would help."""

from collections import Counter

from models.programme.instance import Instance
from models.programme.words import listed
from scheduler.engines.budget import Budget
from scheduler.repeats.cover import Cover, Tell, cover
from scheduler.repeats.curve import curve_of
from scheduler.repeats.extra import extras_of
from scheduler.repeats.general import cover_by_all_rules, curve_by_all_rules
from scheduler.repeats.judged import is_broken, verified
from scheduler.repeats.law import unknown
from scheduler.repeats.posing import Posed, pose
from scheduler.repeats.question import Proposal, RepeatsQuestion
from scheduler.repeats.why import Evidence, reasons_of

CURVE_SECONDS = 20.0


def solve_repeats(
    instance: Instance, question: RepeatsQuestion, *, budget: Budget | None = None, tell: Tell | None = None
) -> Proposal:
    """Propose repeats for a waitlist; what was found is judged by every rule before it is returned."""
    budget = budget or Budget()
    posed = pose(instance, question, budget)
    strange = unknown(posed.problem.instance)
    found = cover(posed.problem, budget, tell)
    if strange and is_broken(posed.problem, found):
        found = cover_by_all_rules(posed.problem, budget, tell)
    _, plan = verified(posed.problem, found, lost_anew=question.for_graduation and not posed.plain_losses)
    seconds = budget.spent
    rest = Budget(min(CURVE_SECONDS, max(budget.left, 1.0)), within=budget)
    dates = Counter(run.component for run in posed.dates.candidates)
    return Proposal(
        instance=instance,
        question=question,
        problem=posed.problem,
        cover=found,
        plan=plan,
        status="optimal" if found.proved else "feasible",
        reason=_reason(posed, found),
        values=found.values,
        warnings=posed.demand.warnings,
        notes=(*posed.dates.notes, *_unstated(posed)),
        barren=posed.dates.barren,
        reasons=reasons_of(Evidence(posed.problem, found, posed.dates.barren, dates, strange)),
        curve=(curve_by_all_rules if strange else curve_of)(posed.problem, found, rest),
        extras=() if strange else extras_of(posed.problem, found),
        seconds=seconds,
    )


def _reason(posed: Posed, found: Cover) -> str:
    if not posed.problem.waits:
        return "nobody waits"
    return "proved optimal" if found.proved else "stopped before proof: a better proposal may exist"


def _unstated(posed: Posed) -> list[str]:
    """Say what nobody states and the proposal therefore does without."""
    notes = []
    unlimited = sorted({run.component for run in posed.dates.candidates if run.seats is None})
    if unlimited:
        notes.append(f"No number of seats is stated for {listed(unlimited)}: sessions of it take everybody.")
    if posed.dates.candidates and not posed.problem.instance.trainers and not posed.problem.calendars:
        notes.append("No trainers are stated: sessions are planned without.")
    lengthless = sorted(
        {run.component for run in posed.dates.candidates if any(s.minutes is None for s in run.sessions)}
    )
    if lengthless:
        notes.append(f"How long a session of {listed(lengthless)} lasts is not stated: only its start is kept free.")
    if posed.plain_losses:
        notes.append(
            "Too many seats to plan each path with each: graduation is counted as late as the session ends late."
        )
    return notes
