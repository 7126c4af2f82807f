"""Hypothesis profiles: `dev` explores, `ci` repeats itself exactly, `everyday` draws fewer; none watches the clock."""

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", deadline=None, max_examples=40, suppress_health_check=QUIET)
settings.register_profile("ci", deadline=None, max_examples=40, derandomize=True, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Draw a smaller sample where slow tests are left out: what is marked `drawn` is drawn in full beside them."""
    if "HYPOTHESIS_PROFILE" not in os.environ and config.getoption("markexpr") == "not slow":
        settings.register_profile("everyday", settings.get_profile("ci"), max_examples=12)
        settings.load_profile("everyday")
