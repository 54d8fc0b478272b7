"""A real scan read, opened in the browser and worked through by keys, held against what a careful person reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.desk import chromium

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCAN = SHARED / "scans" / "worn" / "002.pdf"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not SCAN.exists(), reason="../shared with its scans and gold is not there"),
]
KEYS, MOST = 1.5, 6


def test_a_flag_of_a_worn_scan_takes_a_key_or_two(tmp_path):
    from benchmarks.keys import work_through

    run = tmp_path / "run"
    command = [sys.executable, "-m", "cli", "run", str(SCAN), "--out", str(run), "--jobs", "1", "-q"]
    subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[2])
    tally, _, wrong = work_through(SHARED / "gold", run, 30, chromium())
    assert len(tally.keys) >= 10
    assert tally.mean <= KEYS
    assert max(tally.keys) <= MOST
    assert wrong == 0
