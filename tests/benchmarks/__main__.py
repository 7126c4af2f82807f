"""Runs the benchmarks one after the other, each in a process of its own; `all` as an argument runs them at full size.

Run as `make bench`, or `python -m tests.benchmarks all`. They assert that answers agree, and no time at all.
"""

import subprocess
import sys

SOON = (("bench_path",), ("bench_together", "30", "300"), ("bench_repeats",), ("bench_studies", "quick"))
"""What is over in some minutes."""

WHOLE = (("bench_path",), ("bench_together",), ("bench_repeats", "--large"), ("bench_studies",))
"""Every size: the best part of an hour."""


def main() -> None:
    """Run them, and stop at the first that fails."""
    for name, *words in WHOLE if "all" in sys.argv[1:] else SOON:
        sys.stdout.write(f"\n{name} {' '.join(words)}\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *words], check=True)


if __name__ == "__main__":
    main()
