"""What an answer comes to, in one word that a face turns into an exit code, a colour or a headline."""

from typing import Literal

Meaning = Literal["answered", "blocked", "unproved", "no-plan"]
"""`blocked` = somebody is proved to have no way; `unproved` = stopped with a plan, `no-plan` = stopped without one."""


def of_rows(*, complete: bool, rows: int, blocked: bool = False) -> Meaning:
    """Return what a table comes to: whole, cut short, or without a row for want of time."""
    if not complete:
        return "unproved" if rows else "no-plan"
    return "blocked" if blocked else "answered"
