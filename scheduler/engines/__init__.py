"""The doors to the solvers: one outcome, one budget, one way to stop."""
