"""Gives out cases to processes of this machine; a case that kills its process is a failed case and takes no other along."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait

from scheduler.engines.budget import Budget
from scheduler.studies.cases import ScenarioCase
from scheduler.studies.desk import DeskCounts
from scheduler.studies.outcome import failed
from scheduler.studies.work import Batch, Packed, start_process, work_in_process

POLL = 0.2
"""Seconds between two looks at Ctrl-C."""

MOST_IN_A_BATCH = 25
DEATH = "the process that answered it died (out of memory, perhaps)"


def by_processes(sent: Packed, cases: Sequence[ScenarioCase], workers: int, budget: Budget) -> Iterator[Batch]:
    """Yield batches as they are answered."""
    size = max(1, min(MOST_IN_A_BATCH, len(cases) // (workers * 4)))
    left: dict[str, ScenarioCase] = {case.key: case for case in cases}
    for batch in _pool(sent, list(left.values()), workers, size, budget):
        for key in batch.outcomes:
            left.pop(key, None)
        yield batch
    # Somebody died, and nobody knows at which case: one process takes what is left in turn, so that the next to die is known.
    while left and not budget.is_over:
        for batch in _pool(sent, list(left.values()), 1, 1, budget):
            for key in batch.outcomes:
                left.pop(key, None)
            yield batch
        if left and not budget.is_over:
            key = next(iter(left))
            del left[key]
            yield Batch({key: failed(DEATH)}, DeskCounts())


def _pool(sent: Packed, cases: Sequence[ScenarioCase], workers: int, size: int, budget: Budget) -> Iterator[Batch]:
    """Yield what a pool of processes answers, until it is done, stopped or broken."""
    context = multiprocessing.get_context("spawn")  # a fork would copy the solver's threads in a state nobody knows
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=start_process, initargs=(sent, stop))
    try:
        waiting: set[Future[Batch]] = {
            pool.submit(work_in_process, cases[start : start + size]) for start in range(0, len(cases), size)
        }
        while waiting:
            if budget.is_over:
                stop.set()
                waiting = {each for each in waiting if not each.cancel()}
            done, waiting = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
            broken = [each for each in done if isinstance(each.exception(), BrokenExecutor)]
            for each in done.difference(broken):
                yield each.result()
            if broken:
                return
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
