"""Hypothesis, the same in every run: a failure in CI is a failure on every machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "certify",
    deadline=None,  # a slow machine is no fault of the code
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("certify")
