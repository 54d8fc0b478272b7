from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, rows, snapshot, write

from model.document import Source
from pipeline.remote import Copies, as_url
from pipeline.run.batch import run

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
    assert (summary.read, summary.failed, summary.exit_code) == (2, 0, 11)
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


def test_a_file_at_an_address_is_fetched_once_for_all_its_pages_and_few_are_kept(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    sources = []
    for n in range(5):
        store.pipe(f"/copies/{n}.pdf", b"x" * n)
        sources.append(Source(str(n), f"{n}.pdf", f"memory://copies/{n}.pdf", sha256=str(n)))
    copies = Copies(tmp_path, most=2)
    lent = copies.borrow(sources[0])
    assert copies.borrow(sources[0]).file == lent.file
    for source in sources[1:]:
        copies.give_back(copies.borrow(source))
    assert Path(lent.file).is_file(), "a copy that is read goes on being there"
    assert len(list(tmp_path.iterdir())) == 2
    copies.give_back(lent)
    copies.give_back(lent)
    copies.give_back(copies.borrow(sources[4]))
    copies.give_back(copies.borrow(sources[1]))
    assert not Path(lent.file).exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_on_this_machine_is_not_copied(tmp_path: Path) -> None:
    source = Source("a", "a.pdf", str(tmp_path / "a.pdf"))
    copies = Copies(tmp_path / "scratch", most=2)
    copies.give_back(copies.borrow(source))
    assert copies.borrow(source) is source
