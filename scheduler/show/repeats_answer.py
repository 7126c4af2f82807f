"""The answer to `repeats` as the mapping that `--json` prints."""

from datetime import UTC
from typing import Any

from models.judging.odd_hours import odd_sessions
from models.programme.time import local
from scheduler.repeats.question import Proposal
from scheduler.repeats.seats import Seated, divided, loads, seated
from scheduler.show.envelope import envelope
from scheduler.versions import solver_version

UNITS = {"days-waited": "days", "sessions-added": "sessions", "graduation-days-lost": "days", "soonest": "days"}


def answer(proposal: Proposal) -> dict[str, Any]:
    """Return the whole answer; only `solver.seconds` differs between two runs on the same input."""
    added = seated(proposal, added=True)
    return envelope("repeats", proposal.instance) | {
        "status": proposal.status,
        "goals": [_goal(proposal, name) for name in proposal.cover.names],
        "solver": {
            "name": "HiGHS in OR-Tools",
            "version": solver_version(),
            "seed": 0,
            "workers": 1,
            "seconds": round(proposal.seconds, 3),
        },
        "sessions": [_session(proposal, each) for each in added],
        "covered": len(proposal.cover.seats),
        "waiting": len(proposal.problem.waits),
        "uncovered": [
            {"learner": r.wait.learner, "component": r.wait.component, "reason": r.sentence, "kind": r.kind}
            for r in proposal.reasons
        ],
        "curve": [
            {"sessions": point.sessions, "covered": point.covered, "bound": point.bound}
            for point in proposal.curve
            if point.sessions
        ],
        "covered_without": proposal.curve[0].covered if proposal.curve else 0,
        "published": [_session(proposal, each) for each in seated(proposal, added=False)],
        "division": divided(proposal),
        "one_more_time": [
            {
                "component": e.component,
                "start": _start(proposal, e.start),
                "seats": e.seats,
                "learners": list(e.learners),
            }
            for e in proposal.extras
        ],
        "trainers": [
            {"trainer": load.trainer, "added": load.added, "busiest_week": load.busiest, "limit": load.limit}
            for load in loads(proposal)
        ],
        "reason": proposal.reason,
        "warnings": list(proposal.warnings),
        "notes": [*proposal.notes, *(f"{why[0].upper()}{why[1:]}." for why in proposal.barren.values())],
    }


def _goal(proposal: Proposal, name: str) -> dict[str, Any]:
    unit = {"unit": UNITS.get(name, "waits")}
    return {"name": name, "value": proposal.cover.values[name], "bound": proposal.cover.bounds.get(name)} | unit


def _start(proposal: Proposal, minute: int) -> str:
    return local(minute, proposal.instance.zone).isoformat()


def _session(proposal: Proposal, each: Seated) -> dict[str, Any]:
    run = each.run
    opens = run.opens
    instance = proposal.problem.instance
    return {
        "component": run.component,
        "start": str(run.start) if opens is None else _start(proposal, opens),
        "minutes": run.sessions[0].minutes if run.sessions else None,
        "trainers": list(each.taught_by),
        "seats": run.seats,
        "learners": list(each.learners),
        "offering": run.id,
        "utc": None if opens is None else local(opens, "UTC").astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "dates": [_start(proposal, session.start) for session in run.sessions],
        "local": [
            {
                "learner": name,
                "start": None if opens is None else local(opens, instance.learner[name].zone).isoformat(),
                "odd": any(odd_sessions(run, instance.learner[name])),
            }
            for name in each.learners
        ],
    }
