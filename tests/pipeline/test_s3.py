"""A run from a bucket into a bucket, against a server of S3 on this machine.

Needs `moto` with Flask and `s3fs`, which are large and no part of the development environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, snapshot, write

from pipeline.run.batch import run

s3fs = pytest.importorskip("s3fs")
moto = pytest.importorskip("moto.server")


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket `archive`, as an s3fs file system."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        reset = Request(f"http://{host}:{port}/moto-api/reset", method="POST")  # its buckets outlive it
        urlopen(reset).close()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        s3fs.S3FileSystem.clear_instance_cache()
        store = s3fs.S3FileSystem()
        store.mkdir("archive")
        yield store
    finally:
        s3fs.S3FileSystem.clear_instance_cache()
        server.stop()


def written(store: Any) -> dict[str, bytes]:
    store.invalidate_cache()
    names = [n for n in store.find("archive/out") if "/.extract/" not in n]
    return {n.removeprefix("archive/out/"): store.cat_file(n) for n in names}


def test_from_a_bucket_into_a_bucket(tmp_path: Path, bucket: Any) -> None:
    local = write(tmp_path / "in", b="page 2\nfail x\n", c="page 3\n")
    write(local / "năm 2024", a="page 1\n")
    bucket.put(str(local), "archive/in", recursive=True)
    run([local], tmp_path / "here", options())
    arguments = [Path("s3://archive/in")], Path("s3://archive/out"), options()
    summary = run(*arguments)
    assert (summary.read, summary.failed) == (2, 1)
    assert written(bucket) == snapshot(tmp_path / "here")
    assert run(*arguments).read_now == 0
    assert written(bucket) == snapshot(tmp_path / "here")


def test_another_machine_goes_on_from_the_ledger_in_the_bucket(
    tmp_path: Path, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(str(write(tmp_path / "in", a="page 1\n", b="page 2\n")), "archive/in", recursive=True)
    run([Path("s3://archive/in")], Path("s3://archive/out"), options())
    bucket.pipe("archive/in/c.txt", b"page 3\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    summary = run([Path("s3://archive/in")], Path("s3://archive/out"), options())
    assert (summary.read, summary.read_now) == (3, 1)


def test_a_table_that_is_no_more_leaves_the_bucket(tmp_path: Path, bucket: Any) -> None:
    bucket.put(str(write(tmp_path / "in", a="page 1\n", b="page 2\n")), "archive/in", recursive=True)
    run([Path("s3://archive/in")], Path("s3://archive/out"), options())
    assert "tables/b/t01.csv" in written(bucket)
    bucket.rm("archive/in/b.txt")
    run([Path("s3://archive/in")], Path("s3://archive/out"), options())
    assert "tables/b/t01.csv" not in written(bucket)


def test_a_bucket_that_is_not_there_is_a_failed_input_and_an_output_that_cannot_be_written(
    tmp_path: Path, bucket: Any
) -> None:
    from model.errors import OutputError

    assert run([Path("s3://nowhere/in")], tmp_path / "out", options()).exit_code == 12
    with pytest.raises(OutputError, match="s3://nowhere/out"):
        run([write(tmp_path / "in", a="page\n")], Path("s3://nowhere/out"), options())
