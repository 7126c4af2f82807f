"""A solver at work beside the main thread, which stays free to hear Ctrl-C."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from scheduler.engines.budget import Budget

Found = TypeVar("Found")

POLL = 0.05
"""Seconds between two looks at the stop flag."""


class Beside(Generic[Found]):
    """Some work on a thread of its own, under way from the start; `name` = the thread's."""

    def __init__(self, work: Callable[[], Found], name: str | None = None) -> None:
        """Begin the work."""
        self._work = work
        self._found: list[Found] = []
        self._faults: list[Exception] = []
        self._thread = threading.Thread(target=self._run, daemon=True, name=name)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except Exception as fault:  # noqa: BLE001 - told again in the main thread
            self._faults.append(fault)

    def is_running(self, budget: Budget) -> bool:
        """Wait a moment and say whether the work goes on; Ctrl-C meanwhile stops the budget."""
        try:
            self._thread.join(POLL)
        except KeyboardInterrupt:
            budget.stopped = True
        return self._thread.is_alive()

    def result(self) -> Found:
        """Return what the work has returned, or raise what it has raised."""
        if self._faults:
            raise self._faults[0]
        return self._found[0]


def run_beside(work: Callable[[], Found], stop: Callable[[], object], budget: Budget) -> Found:
    """Return what `work` returns, or raise what it raises; `stop` is called again and again once the budget is over."""
    beside = Beside(work)
    while beside.is_running(budget):
        if budget.is_over:
            stop()  # a call before the work has begun is lost: the loop sends it again
    return beside.result()
