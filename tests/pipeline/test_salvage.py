"""A ledger that rotted on its disk: rebuilt from what is sound of it, never a traceback."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, snapshot, write

from model.errors import OutputError
from pipeline.run.batch import run
from pipeline.workers.ledger import Ledger, ledger_path

PAGE = 4096


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A run of thirty documents of some pages, and its source."""
    folder = tmp_path_factory.mktemp("salvage")
    pages = "\n".join(f"page {n} {'x' * 200}" for n in range(20))
    source = write(folder / "in", **{f"d{n:02}": f"{pages}\n{n}" for n in range(30)})
    run([source], folder / "out", options())
    return source, folder / "out"


def rot_zeros(data: bytearray, draw: random.Random) -> bytearray:
    at = draw.randrange(1, len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)
    return data


def rot_bytes(data: bytearray, draw: random.Random) -> bytearray:
    at = draw.randrange(0, len(data) // PAGE) * PAGE
    data[at + 20 : at + 60] = draw.randbytes(40)
    return data


def rot_end(data: bytearray, draw: random.Random) -> bytearray:
    return data[: draw.randrange(PAGE, len(data))]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rot", [rot_zeros, rot_bytes, rot_end])
def test_a_run_over_a_rotten_ledger_ends_with_the_same_bytes(
    rot: object, seed: int, finished: tuple[Path, Path], tmp_path: Path
) -> None:
    """A page of the database that was gone ended every further run with a traceback."""
    source, done = finished
    out = tmp_path / "out"
    shutil.copytree(done, out)
    path = ledger_path(out)
    path.write_bytes(rot(bytearray(path.read_bytes()), random.Random(seed)))  # type: ignore[operator]
    assert run([source], out, options()).read == 30
    assert snapshot(out) == snapshot(done)


def test_what_is_sound_is_not_read_again(finished: tuple[Path, Path], tmp_path: Path) -> None:
    source, done = finished
    out = tmp_path / "out"
    shutil.copytree(done, out)
    path = ledger_path(out)
    with sqlite3.connect(path) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'inputs'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(bytes(data))
    assert run([source], out, options()).read_now == 0
    assert path.with_suffix(".damaged").exists()


def test_a_result_that_rotted_is_read_again_by_the_next_run(
    finished: tuple[Path, Path], tmp_path: Path
) -> None:
    source, done = finished
    out = tmp_path / "out"
    shutil.copytree(done, out)
    with sqlite3.connect(ledger_path(out)) as db:
        db.execute(
            "UPDATE results SET rows = x'00' WHERE key = (SELECT key FROM inputs WHERE doc_id = 'd07')"
        )
    with pytest.raises(OutputError, match=r"d07\.txt.*damaged"):
        run([source], out, options())
    assert run([source], out, options()).read_now == 1
    assert snapshot(out) == snapshot(done)


def test_a_ledger_that_rots_while_it_is_open_is_told(finished: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(finished[1], out)
    ledger = Ledger(ledger_path(out))

    class Rotten:
        in_transaction = False

        def execute(self, *_: object) -> None:
            raise sqlite3.DatabaseError("database disk image is malformed")

    ledger._db.close()
    ledger._db = Rotten()  # type: ignore[assignment]
    with pytest.raises(OutputError, match="the ledger is damaged") as caught:
        ledger.forget()
    assert "Run again" in caught.value.advice
