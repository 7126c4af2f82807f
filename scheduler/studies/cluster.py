"""Gives out cases to a Dask cluster that stands already; a worker that dies loses nothing, its cases go to another."""

import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from scheduler.engines.budget import Budget
from scheduler.files.faults import SchedulerError
from scheduler.studies.cases import ScenarioCase, versions
from scheduler.studies.desk import DeskCounts
from scheduler.studies.outcome import failed
from scheduler.studies.work import Batch, Packed, work

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10
"""Seconds in which a scheduler has to answer, and a worker to be there."""

CLOSING = 2
"""Seconds in which a scheduler may take leave."""

FETCHING = 5
"""Seconds in which an answer that is there has to come over; where its worker died, it is asked for again."""

POLL = 0.5
KEPT = "the scenarios that were finished are kept, and the same command goes on from there"
LOST = f"the connection to the Dask scheduler was lost; {KEPT}"

IN_A_BATCH = 5
RETRIES = 3


class ClusterError(SchedulerError):
    """The cluster cannot be used; the words say why."""


def by_cluster(sent: Packed, cases: Sequence[ScenarioCase], address: str, budget: Budget) -> Iterator[Batch]:
    """Yield batches as the workers of the cluster at an address answer them."""
    client = connected(address)
    try:
        yield from _answered(client, sent, cases, budget)
    except (OSError, CancelledError) as error:  # a scheduler may die within any call that is made to it
        raise ClusterError(LOST) from error
    except RuntimeError as error:  # asyncio's own timeouts may trip over each other while a connection breaks
        if _is_there(client):
            raise
        raise ClusterError(LOST) from error
    finally:
        client.close(timeout=CLOSING)


def _is_there(client: "Client") -> bool:
    if client.status != "running":
        return False
    try:
        client.sync(client.scheduler.identity, callback_timeout=CLOSING)  # type: ignore[union-attr]
    except (OSError, RuntimeError, CancelledError):
        return False
    return True


def connected(address: str) -> "Client":
    """Return a client of a cluster that has workers like this program; raise ClusterError within some seconds."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("a cluster needs the extra `cluster`: pip install 'cohort-scheduler[cluster]'") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared below, in words of ours
            client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} (waited {PATIENCE} seconds)") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        _refuse_others(client)
    except TimeoutError as error:
        client.close()
        raise ClusterError(f"the Dask scheduler at {address} has no workers (waited {PATIENCE} seconds)") from error
    except BaseException:
        client.close()
        raise
    return client


def _refuse_others(client: "Client") -> None:
    """Refuse workers with other versions: their answers would be kept under a wrong name."""
    mine = versions()
    try:
        found: dict[str, dict[str, str]] = client.run(versions, on_error="return")
    except Exception as error:
        raise ClusterError(f"the workers of the cluster cannot be asked: {error}") from error
    for worker, theirs in sorted(found.items()):
        if theirs != mine:
            raise ClusterError(f"the worker {worker} has {theirs}, and this program is {mine}")


def _answered(client: "Client", sent: Packed, cases: Sequence[ScenarioCase], budget: Budget) -> Iterator[Batch]:
    from distributed import wait

    out = Sent(client, sent)
    for start in range(0, len(cases), IN_A_BATCH):
        out.send(tuple(cases[start : start + IN_A_BATCH]))
    deserted = Deserted(client)
    while out.waiting and not budget.is_over:
        try:
            with client.as_current():
                done = wait(set(out.waiting), timeout=POLL, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            deserted.refuse()
            continue
        except CancelledError:
            deserted.refuse()
            done = {each for each in out.waiting if each.status == "cancelled"}
        for each in done:
            batch = out.take(each)
            if batch is None:
                deserted.refuse()
            else:
                deserted.seen = time.monotonic()
                yield batch
    client.cancel(list(out.waiting))


class Sent:
    """The batches that are out. What a dying worker takes along is sent again, under new names, for as long as that helps."""

    def __init__(self, client: "Client", sent: Packed) -> None:
        """Send a study to the cluster of a client."""
        self.client, self.sent = client, sent
        self.waiting: dict[Any, tuple[ScenarioCase, ...]] = {}
        self.tries: Counter[tuple[ScenarioCase, ...]] = Counter()
        self.study = self._study()

    def _study(self) -> Any:  # noqa: ANN401 - a future of the cluster, of no plain type
        # The study is the outcome of a call and no plain value: where the worker that holds it dies, it is made again.
        return self.client.submit(
            _same, self.sent, key=f"study-{self.sent.token}-{self.tries.total()}", retries=RETRIES
        )

    def send(self, cases: tuple[ScenarioCase, ...]) -> None:
        """Send a batch."""
        self.waiting[self.client.submit(work, self.study, cases, pure=False, retries=RETRIES)] = cases

    def take(self, future: Any) -> Batch | None:  # noqa: ANN401 - a future of the cluster, of no plain type
        """Return what came of a future that seemed to be over; None where its cases are still out, or out again."""
        cases = self.waiting[future]
        try:
            batch = None if future.status == "lost" else _result(future, cases)
        except OSError:  # the worker that held the answer has died, and it is made again; or the scheduler has
            return None
        except CancelledError as error:
            del self.waiting[future]
            self.tries[cases] += 1
            if self.client.status != "running" or self.tries[cases] > RETRIES:
                raise ClusterError(LOST) from error
            if self.study.status == "cancelled":
                self.study = self._study()
            self.send(cases)
            return None
        if batch is not None:
            del self.waiting[future]
        return batch


class Deserted:
    """Watches whether anybody is left to work: a cluster that has lost all its workers would be waited for without end."""

    def __init__(self, client: "Client") -> None:
        """Watch the cluster of a client."""
        self.client = client
        self.seen = time.monotonic()  # when somebody was last known to be there

    def refuse(self) -> None:
        """Raise ClusterError where no worker was there for so long, or where the scheduler does not answer."""
        if self.client.status != "running":
            raise ClusterError(LOST)
        try:
            workers = self.client.sync(self.client.scheduler.ncores, workers=None, callback_timeout=PATIENCE)  # type: ignore[union-attr]
        except (OSError, TimeoutError) as error:
            raise ClusterError(LOST) from error
        now = time.monotonic()
        if workers:
            self.seen = now
        elif now - self.seen > PATIENCE:
            raise ClusterError(f"the cluster has lost all its workers (waited {PATIENCE} seconds); {KEPT}")


def _same(sent: Packed) -> Packed:
    return sent


def _result(future: Any, cases: Sequence[ScenarioCase]) -> Batch:  # noqa: ANN401 - a future of the cluster, of no plain type
    try:
        batch: Batch = future.result(timeout=FETCHING)
    except Exception as error:
        if future.status != "error":  # the answer itself is gone, and no answer of a worker
            raise
        words = " ".join(str(error).split())[:200]
        return Batch(
            {case.key: failed(f"the cluster failed: {type(error).__name__}: {words}") for case in cases}, DeskCounts()
        )
    return batch
