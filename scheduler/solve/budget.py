"""How long a question may take, and whether somebody has asked to stop."""

import time


class Budget:
    """A wall-clock limit in seconds (None = none), and a flag that Ctrl-C sets."""

    def __init__(self, seconds: float | None = None) -> None:
        """Start the clock."""
        self.started = time.monotonic()
        self.seconds = seconds
        self.stopped = False

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
