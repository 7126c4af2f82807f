"""Signals while something is searched for: the first asks to stop with the best plan so far, the second stops at once."""

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scheduler.engines.budget import Budget

ASKS_TO_STOP = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)
"""Ctrl-C, a polite end (a batch system, a shutdown), and a terminal that was closed."""

A_MOMENT = 0.02
"""Seconds after which a lost Ctrl-C is asked for again: by then the callback that dropped it has ended."""


@contextmanager
def stopping(budget: Budget) -> Iterator[None]:
    """Let a signal end a budget; outside the main thread, where no signal arrives, do nothing.

    What is ignored already (as `nohup` does with a closed terminal) stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if budget.stopped:
            raise KeyboardInterrupt
        budget.stopped = True
        heard.append(number)

    before = {number: signal.getsignal(number) for number in ASKS_TO_STOP}
    listened = [number for number, way in before.items() if way is not signal.SIG_IGN]
    for number in listened:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in listened:
            signal.signal(number, before[number])
        if heard and heard[0] != signal.SIGINT:
            sys.stderr.write(f"stopped by {signal.Signals(heard[0]).name}: the best so far is what is shown\n")


def as_ctrl_c() -> None:
    """Let other signals that ask to stop end the program as Ctrl-C does, wherever nothing is searched for."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in ASKS_TO_STOP:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)
    _ask_again_where_it_is_lost()


def _ask_again_where_it_is_lost() -> None:
    """Stop a moment later where Ctrl-C met code that can fail nowhere (a callback of Python's own), which drops it."""
    before = sys.unraisablehook

    def told(lost: "sys.UnraisableHookArgs") -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            threading.Timer(A_MOMENT, _thread.interrupt_main).start()
        else:
            before(lost)

    sys.unraisablehook = told
