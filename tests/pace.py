"""How fast this machine is just now, so that a bound on work does not depend on which machine it is or on its load."""

import time


def heartbeat() -> float:
    """Return the CPU seconds that one million steps of a plain loop take at this moment, the slowest of three."""
    took = []
    for _ in range(3):
        began = time.process_time()
        total = 0
        for number in range(1_000_000):
            total += number & 7
        took.append(time.process_time() - began)
    return max(took)
