"""Browser tests wait as long as a busy machine needs: how fast a page is, benchmarks say."""

from __future__ import annotations

_PATIENCE_MS = 30_000

try:
    from playwright.sync_api import expect
except ImportError:  # the tests that need it say so
    pass
else:
    expect.set_options(timeout=_PATIENCE_MS)
