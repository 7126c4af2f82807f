"""Made-up instances of any size, for trials, tests and benchmarks."""

from scheduler.generate.folder import write
from scheduler.generate.instance import generate
from scheduler.generate.year import YearAsked, generate_year

__all__ = ["YearAsked", "generate", "generate_year", "write"]
