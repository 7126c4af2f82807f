"""Runs a study: every case that is not kept already is answered, by one process, by several, or by a cluster."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.files.faults import SchedulerError
from scheduler.studies.cases import ScenarioCase, cases_of
from scheduler.studies.desk import Desk, DeskCounts, baseline
from scheduler.studies.outcome import ScenarioOutcome
from scheduler.studies.store import Store
from scheduler.studies.study import Study
from scheduler.studies.work import Batch, Packed, answered_cases, packed, work

if TYPE_CHECKING:
    import pandas as pd

FEW = 12
"""Cases for which starting processes takes longer than answering them."""

Tell = Callable[[int, int], None]
"""Is told how many cases are done, of how many."""


class StudyError(SchedulerError):
    """A study that cannot be run at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """By which means a study is run. `executor` = serial, processes, dask (then with `address`), or an own executor.

    `store` = the file in which outcomes are kept; None = kept nowhere. `reuse` False = every learner of every case is solved.
    """

    executor: str | Executor = "processes"
    address: str | None = None
    workers: int | None = None
    store: Path | None = None
    reuse: bool = True


@dataclass(slots=True)
class Ran:
    """What a study came to: its cases, the outcomes by key, and how much was solved, taken over, or kept from earlier."""

    study: Study
    instance: Instance
    cases: tuple[ScenarioCase, ...]
    outcomes: dict[str, ScenarioOutcome] = field(default_factory=dict)
    counts: DeskCounts = field(default_factory=DeskCounts)
    kept: int = 0

    @property
    def is_whole(self) -> bool:
        """Say whether every case has an outcome."""
        return all(case.key in self.outcomes for case in self.cases)


def run(  # noqa: PLR0913 - one parameter a means
    study: Study,
    instance: Instance,
    *,
    executor: str | Executor = "processes",
    address: str | None = None,
    workers: int | None = None,
    store: Path | None = None,
    reuse: bool = True,
    budget: Budget | None = None,
    tell: Tell | None = None,
) -> "pd.DataFrame":
    """Return a study as one tidy table; `scheduler.studies.columns` says what its columns mean.

    Raise StudyError where the baseline is no instance, StoreError or ClusterError where those cannot be used.
    """
    from scheduler.studies.frame import frame_of

    means = Means(executor=executor, address=address, workers=workers, store=store, reuse=reuse)
    return frame_of(ran(study, instance, means, budget=budget, tell=tell))


def ran(
    study: Study, instance: Instance, means: Means, *, budget: Budget | None = None, tell: Tell | None = None
) -> Ran:
    """Answer the cases of a study; a budget that is over ends it with what is done."""
    budget = budget or Budget()
    try:
        base = baseline(study, instance)
    except (LookupError, ValueError) as error:
        raise StudyError(f"the baseline of the study {study.id} cannot be made: {error}") from error
    found = Ran(study, base, tuple(cases_of(study, instance)))
    total = len(found.cases)
    with Store(means.store) as store:
        found.outcomes = store.known(case.key for case in found.cases)
        found.kept = len(found.outcomes)
        missing = list({case.key: case for case in found.cases if case.key not in found.outcomes}.values())
        sent = packed(study, base, reuse=means.reuse, token=secrets.token_hex(8))
        for batch in _batches(found, missing, sent, means, budget):
            store.keep(batch.outcomes)
            found.outcomes |= batch.outcomes
            found.counts += batch.counts
            if tell is not None:
                tell(len(found.outcomes), total)
    return found


def _batches(
    found: Ran, missing: Sequence[ScenarioCase], sent: Packed, means: Means, budget: Budget
) -> Iterator[Batch]:
    """Give out the missing cases by the means that are asked for."""
    if means.executor == "dask":
        from scheduler.studies.cluster import ClusterError, by_cluster

        if means.address is None:
            raise ClusterError("the executor dask needs the address of a scheduler, like tcp://127.0.0.1:8786")
        return by_cluster(sent, missing, means.address, budget) if missing else iter(())
    if isinstance(means.executor, Executor):
        return _by_executor(means.executor, sent, missing, budget)
    if means.executor == "processes" and len(missing) > FEW:
        from scheduler.studies.processes import by_processes

        return by_processes(sent, missing, means.workers or os.cpu_count() or 1, budget)
    if means.executor not in {"processes", "serial"}:
        raise StudyError(f"no executor {means.executor}; there are serial, processes and dask")
    return _serial(found, missing, means, budget)


def _serial(found: Ran, missing: Sequence[ScenarioCase], means: Means, budget: Budget) -> Iterator[Batch]:
    desk: Desk | None = None
    for case in missing:
        if budget.is_over:
            return
        desk = desk or Desk(found.study, found.instance, reuse=means.reuse, budget=budget)
        yield answered_cases(desk, [case])


def _by_executor(executor: Executor, sent: Packed, missing: Sequence[ScenarioCase], budget: Budget) -> Iterator[Batch]:
    from concurrent.futures import as_completed

    size = max(1, min(25, len(missing) // 16))
    futures = [executor.submit(work, sent, missing[start : start + size]) for start in range(0, len(missing), size)]
    for each in as_completed(futures):
        yield each.result()
        if budget.is_over:
            for other in futures:
                other.cancel()
            return
