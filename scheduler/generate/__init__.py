"""Made-up instances of any size, for trials, tests and benchmarks."""

from scheduler.generate.folder import write
from scheduler.generate.instance import generate
from scheduler.generate.year import Asked, generate_year

__all__ = ["Asked", "generate", "generate_year", "write"]
