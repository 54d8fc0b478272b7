"""What a worker of a cluster may do wrong: another program, a machine that cannot work, an answer that died."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, rows, write

from model.errors import ExtractError
from pipeline.cluster.pool import ClusterPool
from pipeline.run.batch import run
from pipeline.settings import Settings
from pipeline.workers.task import Budget

distributed = pytest.importorskip("distributed")


@pytest.fixture
def threads() -> Iterator[Any]:
    """A cluster of one worker in this process, where a test can change what it does."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as found:
        yield found


def another_program(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Dask workers that join from now on have another version of the program; a call mends that."""
    monkeypatch.setattr("pipeline.cluster.worker.program_version", lambda: "another")
    return monkeypatch.undo


def test_a_worker_with_another_program_is_refused_every_time(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run found the refusal of the first, and waited."""
    source = write(tmp_path / "in", a="page\n")
    given = options(cluster=threads.scheduler_address)
    monkeypatch.setattr("pipeline.cluster.pool._JOIN_S", 0.3)
    mend = another_program(monkeypatch)
    for _ in range(2):
        with pytest.raises(ExtractError, match="another version of this program"):
            run([source], tmp_path / "out", given)
    mend()
    assert run([source], tmp_path / "out", given).read == 1


def test_a_worker_that_has_just_joined_is_not_taken_for_one_with_another_program(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only worker there was had joined while the plugin was given out, and the run was refused."""
    told, looks = ClusterPool._workers, []

    def workers(pool: ClusterPool) -> dict[str, Any]:
        looks.append(told(pool))
        if len(looks) == 1:
            return {address: {**worker, "resources": {}} for address, worker in looks[0].items()}
        return looks[-1]

    monkeypatch.setattr(ClusterPool, "_workers", workers)
    given = options(cluster=threads.scheduler_address)
    assert run([write(tmp_path / "in", a="page\n")], tmp_path / "out", given).read == 1
    assert len(looks) > 1


def test_a_worker_with_another_program_that_joins_later_gets_no_work(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It failed to set up, was given documents all the same, and ended the run with an AttributeError."""
    given = options(cluster=threads.scheduler_address)
    run([write(tmp_path / "first", a="page\n")], tmp_path / "out-first", given)
    another_program(monkeypatch)
    threads.scale(2)
    threads.wait_for_workers(2)
    source = write(tmp_path / "in", **{f"d{n}": f"sleep 0.1\npage {n}\n" for n in range(12)})
    assert run([source], tmp_path / "out", given).read == 12


def test_a_cluster_without_a_worker_that_can_be_used_is_given_up(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = options(cluster=threads.scheduler_address)
    run([write(tmp_path / "first", a="page\n")], tmp_path / "out-first", given)
    another_program(monkeypatch)
    monkeypatch.setattr("pipeline.cluster.pool._REFUSED_S", 1)
    monkeypatch.setattr("pipeline.cluster.pool._LOOK_S", 0.3)
    threads.scale(0)
    while threads.scheduler.workers:
        time.sleep(0.05)
    joins = threading.Timer(0.5, lambda: threads.scale(1))
    joins.start()
    with pytest.raises(ExtractError, match="has this version of the program"):
        run([write(tmp_path / "in", a="page other\n")], tmp_path / "out", given)
    joins.join()


def test_a_file_that_a_machine_cannot_fetch_is_one_failed_document(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended the run."""
    from pipeline import remote

    store = pytest.importorskip("fsspec").filesystem("memory")
    real = remote.fetched

    def fetched(source: Any, scratch: Path) -> Any:
        if source.doc_id == "b":
            raise FileNotFoundError(2, "No such file or directory")
        return real(source, scratch)

    for name in "abc":
        store.pipe(f"/unfetched/{name}.txt", f"page {name}\n".encode())
    monkeypatch.setattr(remote, "fetched", fetched)
    given = options(cluster=threads.scheduler_address)
    summary = run([Path("memory://unfetched")], tmp_path / "out", given)
    assert (summary.read, summary.failed) == (2, 1)
    assert rows(tmp_path / "out")[1]["error"].startswith("cannot be read (No such file or directory)")


def test_a_machine_that_cannot_work_ends_the_run_in_one_clear_line(
    tmp_path: Path, threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk there was told as one of the output folder."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.workers.pool.WorkerProcess", full)
    with pytest.raises(ExtractError, match=r"a worker of the cluster cannot go on .*No space left"):
        run(
            [write(tmp_path / "in", a="page\n")],
            tmp_path / "out",
            options(cluster=threads.scheduler_address),
        )


def test_readers_without_work_are_ended_and_started_again(tmp_path: Path, threads: Any) -> None:
    given = options(cluster=threads.scheduler_address)

    def reader(name: str) -> str:
        source = write(tmp_path / name, a=f"read-log {tmp_path}/log-{name}\n")
        assert run([source], tmp_path / f"out-{name}", given).read == 1
        return (tmp_path / f"log-{name}").read_text().strip()

    first = reader("a")
    (worker,) = threads.workers.values()
    (plugin,) = (p for name, p in worker.plugins.items() if name.startswith("extract-"))
    plugin.end_idle()
    assert Path(f"/proc/{first}").exists() or sys.platform != "linux"
    plugin.end_idle(0)
    assert not Path(f"/proc/{first}").exists()
    assert reader("b") != first


class _Future:
    """A future of a cluster as its client sees it."""

    def __init__(self, status: str, answer: Any = None) -> None:
        self.status, self.answer = status, answer

    def release(self) -> None:
        return None


class _Ended:
    """What has ended, in the order in which it was asked for."""

    def __init__(self, **_: Any) -> None:
        self.futures: list[_Future] = []
        self.thread_condition = threading.Condition()

    def add(self, future: _Future) -> None:
        self.futures.append(future)

    def has_ready(self) -> bool:
        return bool(self.futures)

    def next_batch(self, block: bool) -> list[tuple[_Future, Any]]:
        batch, self.futures = self.futures, []
        return [(future, future.answer) for future in batch]


@pytest.mark.parametrize("status", ["pending", "lost", "cancelled"])
def test_an_answer_that_died_with_its_machine_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    from contextlib import nullcontext
    from types import SimpleNamespace

    from model.document import Source
    from pipeline.cluster import pool as client
    from pipeline.cluster.sharing import Answer, packed
    from pipeline.cluster.worker import PagesInHand
    from pipeline.workers.child import ChildConfig
    from pipeline.workers.ledger import Result
    from pipeline.workers.pool import Done, Task

    task = Task(Source("a", "a.txt", "a.txt"), "key")
    asked: list[Any] = []

    def submit(order: Any) -> _Future:
        asked.append(order)
        done = Done(order.tasks[0], Result("ok", "", 1, b""))
        return _Future(status) if len(asked) == 1 else _Future("finished", packed(Answer((done,))))

    pool = client.ClusterPool("tcp://nowhere", ChildConfig(Settings()), Budget(), PagesInHand())  # type: ignore[arg-type]
    pool._client = SimpleNamespace(as_current=nullcontext)
    pool._guard = SimpleNamespace(raise_alarm=lambda: None)  # type: ignore[assignment]
    monkeypatch.setattr(pool, "_submit", submit)
    monkeypatch.setattr(pool, "_room", lambda: 1)
    monkeypatch.setattr(client.dask, "as_completed", _Ended)
    (done,) = pool.run(iter([task]))
    assert done.result.status == "ok" and [order.tasks for order in asked] == [asked[0].tasks] * 2
