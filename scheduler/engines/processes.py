"""Work shared out to processes of this machine, each ready to stop, and gone when the process that began it is."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.synchronize import Event
from typing import Any, Generic, TypeVar

from scheduler.engines.budget import Budget
from scheduler.engines.garbage import collect_seldom

POLL = 0.2
"""Seconds between two looks at whether somebody has asked to stop."""

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")


def begin_worker() -> None:
    """Begin a worker process: Ctrl-C is for the process that gives out the work, and nobody works on when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as the one that began it has ended, however that came."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[S, T, R]):
    """`answer(shared, each, budget)` is what is wanted of each thing; `lost(each)` stands for it if its process died."""

    answer: Callable[[S, T, Budget], R]
    lost: Callable[[T], R]
    shared: S


def shared_out(work: Work[S, T, R], asked: Sequence[T], workers: int, budget: Budget) -> Iterator[R]:
    """Yield what is wanted of each thing asked, in order, by so many processes.

    When the budget is over, what is left is asked with a budget that is over, and must answer at once. Where a process dies
    (for want of memory, perhaps), one process takes what is left in turn, so that it is known which thing the next one dies of.
    """
    answered = 0
    for found in _pool(work, asked, workers, budget):
        answered += 1
        yield found
    while answered < len(asked):
        for found in _pool(work, asked[answered:], 1, budget):
            answered += 1
            yield found
        if answered < len(asked):
            yield work.lost(asked[answered])
            answered += 1


def _pool(work: Work[S, T, R], asked: Sequence[T], workers: int, budget: Budget) -> Iterator[R]:
    """Yield what a pool of processes answers, until all is answered or one of them dies."""
    context = multiprocessing.get_context("spawn")  # a fork would copy the solver's threads in a state nobody knows
    stop = context.Event()
    until = None if budget.seconds is None else time.time() + budget.left
    sent = (work.answer, work.shared, stop, until)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=sent)
    try:
        waiting = [pool.submit(_answer, each) for each in asked]
        for each in waiting:
            yield _heard(each, stop, budget)
    except BrokenExecutor:
        return
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
    begin_worker()
    _SENT.update(work=work, shared=shared, stop=stop, until=until)


def _answer(asked: Any) -> Any:  # noqa: ANN401 - of the caller's types
    until, stop = _SENT["until"], _SENT["stop"]
    budget = Budget(None if until is None else max(0.0, until - time.time()))
    budget.stopped = stop.is_set()
    return _SENT["work"](_SENT["shared"], asked, budget)
