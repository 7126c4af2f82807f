"""The exit codes, and which of them an answer ends with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.meaning import Meaning

ANSWERED = 0
BLOCKED = 1
BAD = 2
UNPROVED = 3
NO_PLAN = 4
DEFECT = 70
STOPPED = 130
BROKEN_PIPE = 141

EXIT: dict["Meaning", int] = {"answered": ANSWERED, "blocked": BLOCKED, "unproved": UNPROVED, "no-plan": NO_PLAN}
"""By what an answer comes to."""
