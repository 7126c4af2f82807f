"""The readings that the programme's documents leave open, as data: a question, its answers, and who disputes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.changes.change import Change
from models.changes.readings import (
    all_under,
    needing,
    not_needing,
    with_clock,
    with_count,
    with_gate,
    with_least_minutes,
    with_role_places,
    with_unstated_window,
)
from models.programme.edition import Edition

DOCUMENTS = ("S000", "S001", "S002", "S003", "S004")
ELECTIVES = ("NOC", "COP", "PMB")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChange:
    """One answer to a question of reading, as a change of the instance."""

    name: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question that the documents leave open; `source` = who says what.

    `documents` = those that it is about: other programmes are not asked (none named = everybody is). `shared` = the answer is
    felt only by learners who are planned together.
    """

    name: str
    question: str
    source: str
    alternatives: tuple[ReadingChange, ...]
    documents: tuple[str, ...] = DOCUMENTS
    shared: bool = False


def under_each(editions: Sequence[Edition]) -> Reading:
    """Return the reading that asks under which edition everybody is."""
    return Reading(
        name="edition",
        question="Which edition holds for everybody?",
        source="each document describes another year",
        documents=(),
        alternatives=tuple(ReadingChange(name=each.id, change=all_under(each)) for each in editions),
    )


DISPUTED = (
    Reading(
        name="skills-shares",
        question="How many skills shares does graduation need?",
        source="two in S004, three in S000, S001, S002 and S003",
        alternatives=(
            ReadingChange(name="two", change=with_count("skills-share", 2)),
            ReadingChange(name="three", change=with_count("skills-share", 3)),
        ),
    ),
    Reading(
        name="hour",
        question="Does a skills share count only if attended for an hour?",
        source="yes in S002; S001, S003 and S004 do not say so",
        alternatives=(
            ReadingChange(name="yes", change=with_least_minutes("skills-share", 60)),
            ReadingChange(name="no", change=with_least_minutes("skills-share", None)),
        ),
    ),
    Reading(
        name="clock",
        question="On which day does the time limit begin to run?",
        source="S002 says from orientation, and not from which of its days",
        alternatives=(
            ReadingChange(name="enrolment", change=with_clock("enrolment")),
            ReadingChange(name="orientation", change=with_clock("orientation")),
            ReadingChange(name="first-component", change=with_clock("first-component")),
        ),
    ),
    Reading(
        name="time-limit",
        question="How long may it take where no document states a limit?",
        source="stated in S002 only; S001, S003 and S004 are silent",
        alternatives=(
            ReadingChange(name="two years", change=with_unstated_window(2)),
            ReadingChange(name="no limit", change=with_unstated_window(None)),
        ),
    ),
    Reading(
        name="core-order",
        question="Must CODE come before PBK?",
        source="drawn so in S004; by S002 the second cohort took PBK first",
        alternatives=(
            ReadingChange(name="any order", change=lambda instance: instance),
            ReadingChange(name="CODE first", change=needing(["PBK"], "CODE")),
        ),
    ),
    Reading(
        name="electives",
        question="Must the core courses come before the elective?",
        source="in S003 the map draws them before, the text says any course",
        alternatives=(
            ReadingChange(name="core first", change=lambda instance: instance),
            ReadingChange(name="any order", change=not_needing(ELECTIVES)),
        ),
    ),
    Reading(
        name="gate",
        question="By when must that which comes before be complete?",
        source="S002 and S004 say before enrolling in it, which may be either day",
        alternatives=(
            ReadingChange(name="first session", change=with_gate("first-session")),
            ReadingChange(name="registration", change=with_gate("registration")),
        ),
    ),
    Reading(
        name="presenters",
        question="How many may present at one skills share?",
        source="two or three in S000 and S001",
        alternatives=(
            ReadingChange(name="two", change=with_role_places("QSS", "talk", 2)),
            ReadingChange(name="three", change=with_role_places("QSS", "talk", 3)),
        ),
        shared=True,
    ),
)
