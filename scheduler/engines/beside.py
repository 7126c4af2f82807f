"""A solver at work beside the main thread, which stays free to hear Ctrl-C."""

import threading
from collections.abc import Callable
from typing import TypeVar

from scheduler.engines.budget import Budget

Found = TypeVar("Found")

POLL = 0.05
"""Seconds between two looks at the stop flag."""


def run_beside(work: Callable[[], Found], stop: Callable[[], object], budget: Budget) -> Found:
    """Return what `work` returns, or raise what it raises; `stop` is called again and again once the budget is over."""
    found: list[Found] = []
    faults: list[BaseException] = []

    def worked() -> None:
        try:
            found.append(work())
        except Exception as fault:  # noqa: BLE001 - told again in the main thread
            faults.append(fault)

    thread = threading.Thread(target=worked, daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(POLL)
        except KeyboardInterrupt:
            budget.stopped = True
        if budget.is_over and thread.is_alive():
            stop()  # a call before the work has begun is lost: the loop sends it again
    if faults:
        raise faults[0]
    return found[0]
