"""Made-up instances of any size, for trials, tests and benchmarks."""

from scheduler.generate.folder import write
from scheduler.generate.instance import generate

__all__ = ["generate", "write"]
