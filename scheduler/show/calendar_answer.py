"""The answer to `calendar` as the mapping that `--json` prints."""

from collections.abc import Iterable
from typing import Any

from models.programme.offering import Offering
from models.programme.time import local
from models.rule import Fact
from scheduler.calendar.alternatives import Alternative
from scheduler.calendar.changed import Shift
from scheduler.calendar.question import UNITS, Baseline, CalendarAnswer, Gain, Other, Regret, Unkept, Why
from scheduler.calendar.writing import runs_of, utc
from scheduler.show.answer import answer as path_answer
from scheduler.show.envelope import envelope
from scheduler.show.promises import in_words
from scheduler.versions import solver_version


def answer(found: CalendarAnswer) -> dict[str, Any]:
    """Return the whole answer."""
    trainers = {each.offering: each.trainers for each in found.held}
    return envelope("calendar", found.instance) | {
        "status": found.status,
        "reason": found.reason,
        "goals": [
            {"name": name, "value": found.values[name], "bound": found.bounds.get(name), "unit": UNITS[name]}
            for name in found.goals
        ],
        "solver": {
            "name": "CP-SAT and HiGHS in OR-Tools",
            "version": solver_version(),
            "seed": 0,
            "workers": 1,
            "seconds": round(found.seconds, 3),
        },
        "offerings": [
            _offering(found, run, state, trainers.get(run.id, run.trainers)) for run, state in runs_of(found)
        ],
        "learners": _learners(found),
        "promises": [
            {
                "of": each.due.component,
                "per": in_words(each.due.promise),
                "period": each.due.label,
                "found": each.found,
                "needed": each.due.needed,
                "kept": each.is_kept,
            }
            for each in found.promises
        ],
        **({"unkept": [_unkept(each) for each in found.unkept]} if found.unkept else {}),
        "trainers": [
            {
                "trainer": load.trainer,
                "meetings": load.meetings,
                "busiest_week": load.busiest,
                "courses_at_once": load.courses,
            }
            for load in found.loads
        ],
        "ledger": [_gain(each) for each in found.ledger],
        "baselines": [_baseline(each) for each in found.baselines],
        "curve": [
            {"added": e.added, "not_graduating": e.not_graduating, "graduation": e.graduation} for e in found.curve
        ],
        **(
            {"alternatives": [_alternative(each) for each in found.alternatives]} if found.question.alternatives else {}
        ),
        **({"regret": _regret(found.regret)} if found.question.regret else {}),
        **({"changes": [_shift(each) for each in found.shifts]} if found.question.changes else {}),
        **({"why": [why_answer(each) for each in found.why]} if found.question.dates else {}),
        "notes": list(found.notes),
    }


def _unkept(each: Unkept) -> dict[str, Any]:
    return {
        "of": each.kept.due.component,
        "period": each.kept.due.label,
        "possible": each.possible,
        "facts": _facts(each.facts),
        "remedy": each.remedy,
    }


def _facts(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [{"rule": each.rule, "source": each.source, "fact": each.sentence} for each in facts]


def why_answer(why: Why) -> dict[str, Any]:
    """Return the answer about one day."""
    return {
        "component": why.component,
        "day": why.day.isoformat(),
        "verdict": why.verdict,
        "facts": _facts(why.facts),
        "here": why.here.counts,
        "other": _other(why.other),
        "weeks": [why_answer(each) for each in why.weeks],
    }


def _other(other: Other | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {
        **other.worth.counts,
        "gone": [_place(run) for run in other.gone],
        "come": [_place(run) for run in other.come],
        "ledger": [_gain(each) for each in other.ledger],
        "proved": other.proved,
    }


def _gain(each: Gain) -> dict[str, Any]:
    return {"learner": each.learner, "before": _day(each.before), "after": _day(each.after), "days": each.days}


def _baseline(each: Baseline) -> dict[str, Any]:
    return {"name": each.name, **each.counts}


def _alternative(each: Alternative) -> dict[str, Any]:
    worth = each.worth
    return {
        "broken_promises": worth.broken,
        "not_graduating": worth.not_graduating,
        "graduation": worth.days,
        "added": [_place(choice.offering) for choice in worth.held],
        "differences": [
            {"component": one.component, "best": _day(one.best), "other": _day(one.other)} for one in each.differences
        ],
    }


def _regret(regret: Regret | None) -> dict[str, Any] | None:
    if regret is None:
        return None
    return {
        "movable": [run.id for run in regret.movable],
        "standing": _baseline(regret.standing),
        "best": _baseline(regret.best),
        "least": regret.least,
        "runs": [_place(run) for run in regret.runs],
        "changes": [
            {"gone": _place(step.gone), "come": _place(step.come), "after": _baseline(step.after)}
            for step in regret.steps
        ],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {"what": shift.what, "was": _place(shift.was), "now": _place(shift.now), "touched": list(shift.touched)}


def _place(run: Offering | None) -> dict[str, Any] | None:
    if run is None:
        return None
    place = {"offering": run.id, "component": run.component, "start": run.start.isoformat(), "end": run.end.isoformat()}
    return {**place, "trainers": list(run.trainers)}


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _offering(found: CalendarAnswer, run: Offering, state: str, trainers: tuple[str, ...]) -> dict[str, Any]:
    return {
        "offering": run.id,
        "component": run.component,
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "sessions": [
            {
                "start": local(session.start, found.instance.zone).isoformat(),
                "utc": utc(session.start),
                "minutes": session.minutes,
            }
            for session in run.sessions
        ],
        "trainers": list(trainers),
        "seats": run.seats,
        "state": state,
        "was": _place(_was(found, run)),
    }


def _was(found: CalendarAnswer, run: Offering) -> Offering | None:
    """Return what an offering was before a change; None where it is as it was."""
    return next(
        (e.was for e in found.shifts if e.was is not None and run.id in {e.was.id, e.now.id if e.now else ""}), None
    )


def _learners(found: CalendarAnswer) -> list[dict[str, Any]]:
    before = {each.learner: _day(each.before) for each in found.ledger}
    rows: list[dict[str, Any]] = path_answer(found.result)["learners"]
    return [
        row
        | {
            "before": before.get(row["learner"], row["graduation"]),
            "expected": row["learner"] in found.expected,
            "supposed": row["learner"] in found.supposed,
        }
        for row in rows
    ]
