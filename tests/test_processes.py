"""Work shared out to processes: in order, and a thing at which its process dies takes no other along."""

import os
import signal

from scheduler.engines.budget import Budget
from scheduler.engines.processes import Work, shared_out


def doubled(deadly: frozenset[int], number: int, _budget: Budget) -> int:
    """Double a number, or die at once."""
    if number in deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def test_what_kills_its_process_is_lost_alone_and_all_else_is_answered_in_order() -> None:
    work = Work(answer=doubled, lost=lambda number: -number, shared=frozenset({2, 5}))
    assert list(shared_out(work, range(8), 2, Budget())) == [0, 2, -2, 6, 8, -5, 12, 14]
