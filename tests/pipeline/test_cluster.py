from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, rows, snapshot, write

from pipeline.batch import run

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def test_a_cluster_writes_the_same_bytes_as_this_machine(tmp_path: Path, cluster: Any) -> None:
    source = write(tmp_path / "in", **{f"d{n}": f"page {n}\nsleep 0.02\n" for n in range(12)}, bad="fail x\n")
    here = run([source], tmp_path / "here", options())
    there = run([source], tmp_path / "there", options(cluster=cluster.scheduler_address))
    assert (there.read, there.failed) == (here.read, here.failed) == (12, 1)
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def test_a_crash_on_a_cluster_costs_one_document(tmp_path: Path, cluster: Any) -> None:
    source = write(tmp_path / "in", a="page\n", b="crash\n")
    assert run([source], tmp_path / "out", options(cluster=cluster.scheduler_address)).failed == 1
    assert "SIGSEGV" in rows(tmp_path / "out")[1]["error"]


def test_a_machine_that_dies_costs_nothing(tmp_path: Path, cluster: Any) -> None:
    source = write(tmp_path / "in", **{f"d{n:02}": f"sleep 0.15\npage {n}\n" for n in range(24)})
    run([source], tmp_path / "here", options())

    def kill_one() -> None:
        time.sleep(1.5)
        worker = next(iter(cluster.workers.values()))
        worker.process.process._process.kill()

    killer = threading.Thread(target=kill_one)
    killer.start()
    summary = run([source], tmp_path / "there", options(cluster=cluster.scheduler_address))
    killer.join()
    assert summary.read == 24
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def test_no_scheduler_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from model.errors import ExtractError
    from pipeline import cluster as module

    monkeypatch.setattr(module, "_CONNECT_S", 1)
    source = write(tmp_path / "in", a="page\n")
    with pytest.raises(ExtractError, match="no Dask scheduler"):
        run([source], tmp_path / "out", options(cluster="tcp://127.0.0.1:9"))
