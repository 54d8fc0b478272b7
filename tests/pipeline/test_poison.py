"""A worker of a cluster can't run code on the side that gives it orders, whatever it sends."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from poison import WAYS, Poison, PoisonedPlugin, PoisonError, answer, distributed, taken_over
from test_batch import options, write

from model.errors import ExtractError, NothingReadError
from pipeline.cluster.nothing_unpickled import (
    Guard,
    RefusedNameError,
    closed,
    guarded_loop,
    is_killed_worker,
    texts_of,
    told_by,
)
from pipeline.run.batch import run

_SETTLE_S = 1.0  # in which an event of a worker has come to its client


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Scheduler and worker in processes of their own that find this folder's modules, as those that somebody
    has taken over have theirs."""
    folder = Path(__file__).parent
    paths = os.pathsep.join([str(folder), *filter(None, sys.path)])
    process = subprocess.Popen(
        [sys.executable, str(folder / "poison.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert process.stdin is not None and process.stdout is not None
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait(timeout=30)


def poisoned(client: Any, way: str, file: Path) -> None:
    """Take a poisoned answer, as far as the client lets it in."""
    with suppress(Exception):  # what it says of the answer is not asked here
        if way == "taken over":
            client.run_on_scheduler(taken_over, os.getpid(), str(file))
        else:
            client.submit(answer, way, os.getpid(), str(file), pure=False).result(timeout=20)
    time.sleep(_SETTLE_S)


@pytest.mark.parametrize("way", [*WAYS, "taken over"])
def test_the_poison_works_on_a_client_without_guard(way: str, address: str, tmp_path: Path) -> None:
    client = distributed.Client(address, set_as_default=False)
    poisoned(client, way, tmp_path / "ran")
    with suppress(Exception):
        client.close(timeout=1)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("way", [*WAYS, "taken over"])
def test_a_poisoned_answer_runs_nothing(way: str, address: str, tmp_path: Path) -> None:
    """Not even where the client takes pickles for results: the guard stands under all of Dask's ways."""
    with guarded_loop() as (loop, _):
        client = distributed.Client(address, loop=loop, set_as_default=False)
        poisoned(client, way, tmp_path / "ran")
        closed(client, 1)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("way", ["held", "taken over"])
def test_a_client_that_a_message_made_deaf_is_forgotten_in_silence(
    way: str, address: str, tmp_path: Path
) -> None:
    """It was closed once more when Python forgot it, and raised what nobody can catch."""
    with guarded_loop() as (loop, _):
        client = distributed.Client(address, loop=loop, set_as_default=False)
        poisoned(client, way, tmp_path / "ran")
        closed(client, 1)
        client.__del__()
    assert client.status == "closed"


@pytest.mark.parametrize("way", [*WAYS, "taken over"])
def test_a_run_on_a_poisoned_cluster_ends_with_a_reason(
    way: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.cluster.pool import ClusterPool

    def submit(self: Any, order: Any) -> Any:
        if way == "taken over":
            self._client.run_on_scheduler(taken_over, os.getpid(), str(tmp_path / "ran"))
            return self._client.submit(time.sleep, 60, pure=False)
        return self._client.submit(answer, way, os.getpid(), str(tmp_path / "ran"), pure=False)

    monkeypatch.setattr(ClusterPool, "_submit", submit)
    source = write(tmp_path / "in", a="page\n")
    with pytest.raises(ExtractError, match="of the cluster"):
        run([source], tmp_path / "out", options(cluster=address))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("No module named 'pipeline'", "ModuleNotFoundError: No module named 'pipeline'"),
        ("", "of the cluster"),
    ],
)
def test_a_worker_that_cannot_begin_is_told_and_runs_nothing(
    error: str, told: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker without this program ended the run with a traceback."""
    plugin = PoisonedPlugin(error, os.getpid(), str(tmp_path / "ran"))
    monkeypatch.setattr("pipeline.cluster.pool.ReaderPlugin", lambda *_: plugin)
    source = write(tmp_path / "in", a="page\n")
    with pytest.raises(NothingReadError, match=told):
        run([source], tmp_path / "out", options(cluster=address))
    assert not (tmp_path / "ran").exists()


def test_other_threads_unpickle_as_ever_and_so_does_all_when_the_guard_is_closed() -> None:
    data, found = pickle.dumps(Path("a")), []
    guard = Guard()
    thread = threading.Thread(target=lambda: found.append(pickle.loads(data)))
    guard.watch(threading.get_ident())
    try:
        with pytest.raises(RefusedNameError, match=r"Path is not loaded"):
            pickle.loads(data)
        thread.start()
        thread.join()
    finally:
        guard.close()
    assert found == [Path("a")] == [pickle.loads(data)]
    with pytest.raises(NothingReadError, match="sent code"):
        guard.raise_alarm()


def test_what_every_sound_cluster_sends_raises_no_alarm() -> None:
    guard = Guard()
    guard.watch(threading.get_ident())
    try:
        assert pickle.loads(pickle.dumps([bytes, b"a", {"b": 1.5}])) == [bytes, b"a", {"b": 1.5}]
        with pytest.raises(RefusedNameError):
            pickle.loads(b"ctblib.pickling_support\nunpickle_exception_with_attrs\n.")
    finally:
        guard.close()
    guard.raise_alarm()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_is_told_without_being_loaded(protocol: int, tmp_path: Path) -> None:
    data = pickle.dumps(OSError(28, "No space left on device"), protocol)
    assert told_by(Exception(data)) == "OSError: No space left on device"
    ran = tmp_path / "ran"
    evil = pickle.dumps(PoisonError(Poison(os.getpid(), str(ran))), protocol)
    assert "eval" in texts_of(evil)
    told_by(Exception(evil))
    assert not ran.exists()
    assert not is_killed_worker(Exception(evil))


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x80\x05\x8c\xffab", b"cos\nsystem", b"\xff" * 9])
def test_a_broken_pickle_has_the_texts_that_can_be_found(data: bytes) -> None:
    assert isinstance(texts_of(data), list)
    assert told_by(Exception(data)) == "an error that can't be told"


def test_an_error_that_is_no_pickle_is_told_as_it_is() -> None:
    assert told_by(TimeoutError("no answer")) == "TimeoutError: no answer"
