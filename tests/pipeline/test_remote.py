from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, rows, snapshot, write

from pipeline.batch import run
from pipeline.remote import as_url

fsspec = pytest.importorskip("fsspec")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (Path("s3://bucket/a b"), "s3://bucket/a b"),
        (Path("memory://in"), "memory://in"),
        (Path("/data/in"), None),
        (Path("in"), None),
        (Path("c:/x"), None),
    ],
)
def test_addresses_are_told_from_paths(path: Path, url: str | None) -> None:
    assert as_url(path) == url


def test_inputs_and_outputs_at_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store = fsspec.filesystem("memory")
    texts = {"2024/a": "page 1\n", "b": "page 2\nfail x\n"}
    for name, text in texts.items():
        store.pipe(f"/archive/{name}.txt", text.encode())
    local = write(tmp_path / "in", b=texts["b"])
    write(local / "2024", a=texts["2024/a"])
    run([local], tmp_path / "here", options())
    summary = run([Path("memory://archive")], Path("memory://result"), options())
    assert (summary.read, summary.failed) == (1, 1)
    found = {
        name.removeprefix("/result/"): store.cat_file(name)
        for name in store.find("/result")
        if "/.extract/" not in name
    }
    assert found == snapshot(tmp_path / "here")
    assert run([Path("memory://archive")], Path("memory://result"), options()).read_now == 0


def test_an_address_with_nothing_under_it_is_a_failed_input(tmp_path: Path) -> None:
    assert run([Path("memory://nowhere")], tmp_path / "out", options()).exit_code == 12
    assert rows(tmp_path / "out")[0]["status"] == "failed"
