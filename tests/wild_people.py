"""Learners of wild instances: what is recorded of them, and when they are away."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.people import Learner, Record, Unavailable
from models.programme.time import Span, anniversary, whole_days

PLACES = ("UTC", "UTC", "America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Auckland")


def person(chance: random.Random, rare: float, today: date, runs: Sequence[Offering], name: str) -> Learner:
    """Make a learner; clocks and deadlines end near the end of something."""
    edge = chance.choice([run.end for run in runs]) - timedelta(days=chance.choice([0, 0, 0, 1]))
    joined = [anniversary(edge, -1), today - timedelta(days=20), today, today + timedelta(days=2)]
    enrolled = chance.choice([*joined, today - timedelta(days=400), today - timedelta(days=20)])
    hours = chance.choice([(None, None), (9 * 60, 17 * 60), (12 * 60, None), (None, 14 * 60), (0, 24 * 60 - 1)])
    earliest, latest = hours if chance.random() < rare else (None, None)
    return Learner(
        id=name,
        edition="wild",
        enrolled=enrolled,
        deadline=max(edge, enrolled) if chance.random() < rare * 0.5 else None,
        zone=chance.choice(PLACES) if chance.random() < rare else "UTC",
        earliest=earliest,
        latest=latest,
        max_weekly_minutes=chance.choice([120, 240, 300]) if chance.random() < rare * 0.7 else None,
        max_courses=1 if chance.random() < rare * 0.7 else None,
        prefers=tuple(chance.sample("ABCDQ", 1)) if chance.random() < rare else (),
        avoids=tuple(chance.sample("FRTZ", 1)) if chance.random() < rare else (),
    )


def records(
    chance: random.Random, rare: float, edition: Edition, runs: Sequence[Offering], who: Learner, today: date
) -> list[Record]:
    """Make records of every status that the reader lets stand side by side."""
    rows = _about_runs(chance, rare, edition, runs, who, today)
    live = {row.component for row in rows if row.status == "booked"}
    for component in edition.components:
        code = component.code
        if chance.random() > rare * 0.35 or (code in live and not component.repeatable):
            continue
        status: Any = chance.choice(["completed", "completed", "exempt", "missed", "booked"])
        role = chance.choice([None, *(role for role, _ in component.roles)])
        on = today - timedelta(days=chance.choice([-1, 0, 1, 2, 4, 30, 364, 365, 366]))
        if status == "booked" and component.kind != "task":
            continue
        rows.append(
            Record(
                learner=who.id,
                component=code,
                status=status,
                date=None if status == "exempt" else on,
                role=None if status in {"booked", "missed"} else role,
                minutes=chance.choice([None, 59, 60, 200]) if status == "completed" else None,
                note="a reason",
            )
        )
    return rows


def _about_runs(
    chance: random.Random, rare: float, edition: Edition, runs: Sequence[Offering], who: Learner, today: date
) -> list[Record]:
    rows: list[Record] = []
    spans: list[Span] = []
    codes: set[str] = set()
    for run in runs:
        component = edition.component[run.component]
        if chance.random() > rare * 0.6 or (run.component in codes and not component.repeatable):
            continue
        busy = any(one.overlaps(two) for one in run.spans for two in spans)
        role = chance.choice([None, *(role for role, _ in component.roles)])
        kinds = ["missed"] if busy else ["booked", "booked", "booked", "missed"]
        over = run.end < today
        status: Any = chance.choice([*kinds, "completed"] if over else kinds)
        on = run.end if status == "completed" else None
        rows.append(Record(learner=who.id, component=run.component, status=status, offering=run.id, date=on, role=role))
        if status == "booked" and not over and run.status != "cancelled":
            spans += run.spans
        if status != "missed":
            codes.add(run.component)
    return rows


def absences(chance: random.Random, rare: float, runs: Sequence[Offering], who: Learner) -> list[Unavailable]:
    """Make spans that touch sessions, by a minute more or less, or whole days of runs."""
    rows = []
    for run in runs:
        if chance.random() > rare * 0.3:
            continue
        if run.sessions and chance.random() < 0.7:
            session = chance.choice(run.spans)
            before, after = session.start - 60, session.end + 60
            touching = [
                (session.end - 1, after),
                (session.end, after),
                (before, session.start),
                (before, session.start + 1),
            ]
            start, end = chance.choice(touching)
            span = Span(start, end)
        else:
            span = whole_days(run.start + timedelta(days=chance.choice([0, 0, 1])), run.end, who.zone)
        if span.start < span.end:
            rows.append(Unavailable(who=who.id, span=span, words="away"))
    return rows
