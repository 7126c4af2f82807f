"""How long a question may take, and whether somebody has asked to stop."""

import time

DEAF = "solver that hears no stop"
"""The name of threads in which a solver works that cannot be asked to stop."""


class Budget:
    """A wall-clock limit in seconds (None = none), and a flag that Ctrl-C sets."""

    def __init__(self, seconds: float | None = None, *, within: "Budget | None" = None) -> None:
        """Start the clock; a budget `within` another one stops with it."""
        self.started = time.monotonic()
        self.seconds = seconds
        self.within = within
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Say whether somebody has asked to stop."""
        return self._stopped or (self.within is not None and self.within.stopped)

    @stopped.setter
    def stopped(self, asked: bool) -> None:
        self._stopped = asked

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit, never negative."""
        if self.seconds is None:
            return float("inf")
        return max(0.0, self.seconds - self.spent)

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def is_over(self) -> bool:
        """Say whether to stop."""
        return self.stopped or self.left <= 0.0
