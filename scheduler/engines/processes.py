"""Work shared out to processes of this machine, each ready to stop, and gone when the process that began it is."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from multiprocessing import connection, parent_process
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from scheduler.engines.budget import Budget

POLL = 0.2
"""Seconds between two looks at whether somebody has asked to stop."""

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")


def leave_ctrl_c_to_parent() -> None:
    """Begin a worker process: Ctrl-C is for the process that gives out the work, and nobody works on when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as the one that began it has ended, however that came."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def shared_out(
    work: Callable[[S, T, Budget], R], shared: S, asked: Sequence[T], workers: int, budget: Budget
) -> Iterator[R]:
    """Yield `work(shared, each, budget)` of each thing asked, in order, by so many processes.

    When the budget is over, what is left is asked with a budget that is over, and must answer at once.
    """
    context = multiprocessing.get_context("spawn")  # a fork would copy the solver's threads in a state nobody knows
    stop = context.Event()
    until = None if budget.seconds is None else time.time() + budget.left
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(work, shared, stop, until))
    try:
        waiting = [pool.submit(_answer, each) for each in asked]
        for each in waiting:
            yield _heard(each, stop, budget)
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _heard(asked: "Future[R]", stop: Event, budget: Budget) -> R:
    while True:
        if budget.is_over:
            stop.set()
        done, _ = wait([asked], timeout=POLL)
        if done:
            return asked.result()


_SENT: dict[str, Any] = {}
"""What this process was given when it began."""


def _begin(work: Callable[..., Any], shared: object, stop: Event, until: float | None) -> None:
    leave_ctrl_c_to_parent()
    _SENT.update(work=work, shared=shared, stop=stop, until=until)


def _answer(asked: Any) -> Any:  # noqa: ANN401 - of the caller's types
    until, stop = _SENT["until"], _SENT["stop"]
    budget = Budget(None if until is None else max(0.0, until - time.time()))
    budget.stopped = stop.is_set()
    return _SENT["work"](_SENT["shared"], asked, budget)
