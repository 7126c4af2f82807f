"""Ctrl-C while something is searched for: the first asks to stop with the best plan so far, the second stops at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scheduler.engines.budget import Budget


@contextmanager
def stopping(budget: Budget) -> Iterator[None]:
    """Let Ctrl-C end a budget; outside the main thread, where no signal arrives, do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        if budget.stopped:
            raise KeyboardInterrupt
        budget.stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
