"""Hypothesis profiles: `dev` explores, `ci` repeats itself exactly; neither watches the clock."""

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", deadline=None, max_examples=40, suppress_health_check=QUIET)
settings.register_profile("ci", deadline=None, max_examples=40, derandomize=True, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
