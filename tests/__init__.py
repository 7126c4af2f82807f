"""The tests: one package, the fastest first."""
