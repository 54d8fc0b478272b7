"""What all tests share: where ../shared lies, and hypothesis without clocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Speed belongs in benchmarks; on a busy machine a deadline fails good code. The same examples every run:
# a test that fails must fail again.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared reports and measures; tests that need it are skipped where it is not there."""
    if not (SHARED / "bench" / "score.py").is_file():
        pytest.skip("needs ../shared (real reports and their gold), which is not here")
    return SHARED
