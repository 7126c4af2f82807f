"""Benchmarks: they assert that answers agree, and no time."""
