"""One line of progress on stderr, shown to people only, and only where a search takes longer than a second."""

import sys
import time
from types import TracebackType
from typing import Self

PATIENCE = 1.0
"""Seconds after which a person wants to know."""

ERASE = "\r\x1b[K"
BAR = 24
"""Characters of a progress bar."""


class ProgressLine:
    """Tells how a search goes; the line is gone when the search ends."""

    def __init__(self, *, quiet: bool) -> None:
        """Start the clock; say nothing if quiet, or where nobody watches."""
        self.wanted = not quiet and sys.stderr.isatty()
        self.started = time.monotonic()
        self.shown = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write(ERASE)
            sys.stderr.flush()

    def count(self, done: int, total: int) -> None:
        """Show how many of so many are done, as a bar."""
        spent = time.monotonic() - self.started
        if self.wanted and spent > PATIENCE and total:
            self.shown = True
            filled = BAR * done // total
            bar = "#" * filled + "." * (BAR - filled)
            sys.stderr.write(f"{ERASE}[{bar}] {done} of {total}, {spent:.0f} s (Ctrl-C keeps what is done)")
            sys.stderr.flush()

    def tell(self, goal: str, value: float, bound: float) -> None:
        """Show the best value of a goal and its bound."""
        spent = time.monotonic() - self.started
        if self.wanted and spent > PATIENCE:
            self.shown = True
            sys.stderr.write(
                f"{ERASE}{spent:.0f} s, {goal}: best {value:.0f}, bound {bound:.0f} (Ctrl-C keeps the best)"
            )
            sys.stderr.flush()
