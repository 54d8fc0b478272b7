from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import Notes, options, rows, snapshot, write

from model.errors import ExtractError
from pipeline.cluster.pool import ClusterPool
from pipeline.run.batch import RunSummary, run
from pipeline.settings import Settings
from pipeline.workers.task import Budget

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def clusters() -> Iterator[list[Any]]:
    found: list[Any] = []
    yield found
    for each in found:
        each.close()


@pytest.fixture
def cluster(clusters: list[Any]) -> Any:
    """A cluster of two workers, the same for all tests while both stand: a worker whose machine is so busy
    that the scheduler hears nothing of it leaves for good."""
    if not clusters or not both_stand(clusters[-1]):
        clusters.append(
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
            )
        )
    return clusters[-1]


def both_stand(cluster: Any) -> bool:
    """Whether both workers are there, or are again soon (one that was killed is started anew)."""
    until = time.monotonic() + 60.0
    while len(cluster.scheduler_info["workers"]) < 2:
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


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


def test_an_order_that_ends_every_machine_costs_its_documents_only(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the scheduler says of it is a pickle, which is not loaded; it is told by its texts."""

    given = ClusterPool._submit

    def submit(self: Any, order: Any) -> Any:
        if any(task.source.doc_id == "b" for task in order.tasks):
            return self._client.submit(os._exit, 1, pure=False)
        return given(self, order)

    monkeypatch.setattr(ClusterPool, "_submit", submit)
    source = write(tmp_path / "in", b="page\n")
    summary = run([source], tmp_path / "out", options(cluster=cluster.scheduler_address))
    assert (summary.read, summary.failed) == (0, 1)
    assert "crash" in next(r["error"] for r in rows(tmp_path / "out") if r["doc_id"] == "b")


def test_an_order_that_no_machine_could_take_is_done_by_one_that_joins(tmp_path: Path) -> None:
    """Given while all machines were gone, it had waited for ever: Dask gives such orders to those that join,
    and these have our worker processes a little later."""
    source = write(tmp_path / "in", a="page\n")
    with distributed.LocalCluster(
        n_workers=0, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
    ) as cluster:
        joins = threading.Timer(2.0, cluster.scale, [1])
        joins.start()
        stop = threading.Timer(60.0, cluster.close)  # rather than to wait for ever
        stop.start()
        summary = run([source], tmp_path / "out", options(cluster=cluster.scheduler_address))
        stop.cancel()
        joins.join()
    assert summary.read == 1


def test_a_cluster_that_stays_without_workers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was waited for without end and without a word."""
    from pipeline.cluster import pool as module

    monkeypatch.setattr(module, "_EMPTY_S", 1.0)
    monkeypatch.setattr(module, "_LOOK_S", 0.2)
    source = write(tmp_path / "in", a="page\n")
    with (
        distributed.LocalCluster(n_workers=0, processes=True, dashboard_address="127.0.0.1:0") as cluster,
        pytest.raises(ExtractError, match="has had no workers"),
    ):
        run([source], tmp_path / "out", options(cluster=cluster.scheduler_address))


def test_a_worker_that_dies_while_it_is_told_what_to_do_ends_no_run(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run said that a worker of the cluster could not begin."""
    register, failures = (
        distributed.Client.register_plugin,
        [distributed.comm.CommClosedError("Stream is closed")],
    )

    def dying(client: Any, plugin: Any) -> Any:
        if failures:
            raise failures.pop()
        return register(client, plugin)

    monkeypatch.setattr(distributed.Client, "register_plugin", dying)
    source = write(tmp_path / "in", a="page\n")
    assert run([source], tmp_path / "out", options(cluster=cluster.scheduler_address)).read == 1
    assert not failures


def test_no_scheduler_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.cluster import pool as module

    monkeypatch.setattr(module, "_CONNECT_S", 1)
    source = write(tmp_path / "in", a="page\n")
    with pytest.raises(ExtractError, match="no Dask scheduler"):
        run([source], tmp_path / "out", options(cluster="tcp://127.0.0.1:9"))


def write_paged(folder: Path, **pages: list[str]) -> Path:
    """Documents of a kind whose pages are shared out (the reader of these tests reads lines of any file)."""
    folder.mkdir(exist_ok=True)
    for name, lines in pages.items():
        (folder / f"{name}.pdf").write_text("\n".join(lines), "utf-8")
    return folder


def test_the_pages_of_one_document_are_read_by_the_whole_cluster(tmp_path: Path, cluster: Any) -> None:
    pages = [f"read-log {tmp_path}/log-{n:02}" if n % 2 else "sleep 0.2" for n in range(40)]
    source = write_paged(tmp_path / "in", long=pages)
    notes = Notes()
    summary = run([source], tmp_path / "there", options(cluster=cluster.scheduler_address), notes)
    readers = [log.read_text().split() for log in sorted(tmp_path.glob("log-*"))]
    assert [len(r) for r in readers] == [1] * 20, "each page is read once"
    assert len({r[0] for r in readers}) == 2
    assert (summary.read, summary.pages, notes.pages) == (1, 40, 40)
    run([source], tmp_path / "here", options(jobs=1))
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def test_failures_on_a_cluster_are_those_of_one_worker(tmp_path: Path, cluster: Any) -> None:
    """A page that fails, crashes or hangs costs itself, whoever meets it."""
    good = ["page 1"] * 5
    source = write_paged(
        tmp_path / "in",
        crash=[*good, "crash", *good],
        good=good * 3,
        hang=[*good, "hang", *good],
        two=[*good, "sleep 0.5", "sleep 0.5", "fail at eight", *good, "fail at thirteen", "page"],
    )
    budget = Budget(60, 1.5, 0)
    here = run([source], tmp_path / "here", options(jobs=1, budget=budget))
    there = run([source], tmp_path / "there", options(cluster=cluster.scheduler_address, budget=budget))
    assert (there.read, there.failed) == (here.read, here.failed) == (4, 0)
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")
    found = {r["doc_id"]: r["error"] for r in rows(tmp_path / "there")}
    assert "SIGSEGV" in found["crash"]
    assert "a page took longer" in found["hang"]
    assert "page 8: ValueError: at eight" in found["two"]
    assert "page 14: ValueError: at thirteen" in found["two"]


def test_the_budget_of_a_document_holds_over_the_whole_cluster(tmp_path: Path, cluster: Any) -> None:
    source = write_paged(tmp_path / "in", a=["sleep 0.3"] * 60, b=["page"] * 20)
    budget = Budget(3, 9, 0)
    summary = run([source], tmp_path / "there", options(cluster=cluster.scheduler_address, budget=budget))
    assert (summary.read, summary.failed, summary.exit_code) == (2, 0, 11)
    pages = [p["status"] for p in rows(tmp_path / "there", "pages") if p["doc_id"] == "a"]
    assert 5 <= pages.count("text") < 60, "what was read in time is kept"
    assert pages.count("failed") == 60 - pages.count("text")


KILLED = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from pipeline.run.batch import run
from test_batch import options
run([Path({source!r})], Path({out!r}), options(cluster={address!r}))
"""


def kept_pages(out: Path) -> set[int]:
    path = out / ".extract/ledger.sqlite"
    if not path.exists():
        return set()
    with sqlite3.connect(path, timeout=30) as db:
        try:
            return {n for (n,) in db.execute("SELECT number FROM pages")}
        except sqlite3.OperationalError:
            return set()


def test_pages_read_on_a_cluster_outlive_the_run(tmp_path: Path, cluster: Any) -> None:
    pages = [f"read-log {tmp_path}/log-{n:02}" if n % 2 else "sleep 0.25" for n in range(40)]
    source, out = write_paged(tmp_path / "in", long=pages), tmp_path / "out"
    paths = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]
    address = cluster.scheduler_address
    code = KILLED.format(paths=paths, source=str(source), out=str(out), address=address)
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(kept_pages(out)) < 12 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    kept = kept_pages(out)
    assert 12 <= len(kept) < 40
    assert run([source], out, options(cluster=address)).read == 1
    for n in (n for n in kept if n % 2):
        assert len((tmp_path / f"log-{n:02}").read_text().split()) == 1, f"page {n} was kept, and read again"
    run([source], tmp_path / "here", options(jobs=1))
    assert snapshot(out) == snapshot(tmp_path / "here")


def test_two_runs_on_one_cluster_keep_their_settings_apart(tmp_path: Path, cluster: Any) -> None:
    """The second run's settings took the place of the first's."""
    source = write(tmp_path / "in", **{f"d{n:02}": f"sleep 0.1\nprovince\npage {n}\n" for n in range(20)})
    ended: dict[str, RunSummary] = {}

    def go(province: str) -> None:
        given = options(cluster=cluster.scheduler_address, settings=Settings(province=province))
        ended[province] = run([source], tmp_path / province, given)

    threads = [threading.Thread(target=go, args=(province,)) for province in ("one", "other")]
    for thread in threads:
        thread.start()
        time.sleep(0.8)
    for thread in threads:
        thread.join()
    for province in ("one", "other"):
        assert ended[province].read == 20
        texts = Counter(cell["text"] for cell in rows(tmp_path / province, "cells"))
        assert (texts["one"], texts["other"]) == ((20, 0) if province == "one" else (0, 20))


def test_a_second_run_finds_the_readers_of_the_first(tmp_path: Path, cluster: Any) -> None:
    def readers(name: str) -> set[str]:
        log = tmp_path / f"log-{name}"
        source = write(tmp_path / name, **{f"d{n}": f"read-log {log}\nsleep 0.2\n{n}\n" for n in range(8)})
        assert run([source], tmp_path / f"out-{name}", options(cluster=cluster.scheduler_address)).read == 8
        return set(log.read_text().split())

    first, second = readers("a"), readers("b")
    assert len(first) == 2
    assert second == first
