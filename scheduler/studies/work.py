"""What a worker does, wherever it is: answers a batch of cases at a desk that it sets up once."""

import pickle
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Event
from typing import Any

from models.programme.instance import Instance
from scheduler.engines.processes import begin_worker
from scheduler.studies.cases import ScenarioCase
from scheduler.studies.desk import Desk, DeskCounts
from scheduler.studies.outcome import ScenarioOutcome
from scheduler.studies.study import Study

_HERE = threading.local()
"""The desk of this thread: workers of a cluster run several threads, and a desk is for one."""

_IN_PROCESS: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Packed:
    """A study and its instance as they travel, with a name that tells them apart from others."""

    token: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Outcomes by key, and how much of them was solved or taken over."""

    outcomes: dict[str, ScenarioOutcome]
    counts: DeskCounts


def packed(study: Study, instance: Instance, *, reuse: bool, token: str) -> Packed:
    """Return a study ready to travel; scenarios travel with their cases."""
    return Packed(token, pickle.dumps((replace(study, scenarios=()), instance, reuse)))


def work(sent: Packed, cases: Sequence[ScenarioCase]) -> Batch:
    """Answer a batch of cases; ends early where this process is asked to stop."""
    desk = _desk(sent)
    stop: Event | None = _IN_PROCESS.get("stop")
    return answered_cases(desk, cases, stop)


def answered_cases(desk: Desk, cases: Sequence[ScenarioCase], stop: Event | None = None) -> Batch:
    """Answer cases at a desk until asked to stop."""
    before = desk.counts
    found: dict[str, ScenarioOutcome] = {}
    for case in cases:
        if stop is not None and stop.is_set():
            break
        found[case.key] = desk.outcome(case)
    after = desk.counts
    return Batch(found, DeskCounts(solved=after.solved - before.solved, reused=after.reused - before.reused))


def _desk(sent: Packed) -> Desk:
    if getattr(_HERE, "token", None) != sent.token:
        study, instance, reuse = pickle.loads(sent.content)  # noqa: S301 - packed by this program for its own workers
        _HERE.desk = Desk(study, instance, reuse=reuse)
        _HERE.token = sent.token
    desk: Desk = _HERE.desk
    return desk


def start_process(sent: Packed, stop: Event) -> None:
    """Begin a worker process with what its study sends."""
    begin_worker()
    _IN_PROCESS["stop"] = stop
    _IN_PROCESS["sent"] = sent


def work_in_process(cases: Sequence[ScenarioCase]) -> Batch:
    """Answer a batch in a worker process that was begun with its study."""
    return work(_IN_PROCESS["sent"], cases)
