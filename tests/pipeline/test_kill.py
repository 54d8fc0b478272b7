"""A run that is killed goes on where it was, and ends with the bytes of one that was not."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_batch import options, snapshot, write

from pipeline.run.batch import run

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from pipeline.run.batch import run
from test_batch import options
summary = run([Path({source!r})], Path({out!r}), options())
sys.exit(summary.exit_code)
"""


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    paths = [str(ROOT), str(Path(__file__).parent)]
    code = RUN.format(paths=paths, source=str(source), out=str(out))
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)


def forty(folder: Path, log: Path) -> Path:
    """Forty documents of one to four pages; each notes in a file of its own that a page was read."""
    log.mkdir()
    texts = {
        f"d{n:02}": "\n".join([f"read-log {log}/{n:02}-{page}" for page in range(1 + n % 4)] + ["sleep 0.03"])
        for n in range(40)
    }
    return write(folder, **texts)


def committed(out: Path) -> set[str]:
    import sqlite3

    path = out / ".extract/ledger.sqlite"
    if not path.exists():
        return set()
    with sqlite3.connect(path, timeout=30) as db:
        try:
            rows = db.execute("SELECT i.doc_id FROM inputs i JOIN results r ON r.key = i.key")
            return {doc_id for (doc_id,) in rows}
        except sqlite3.OperationalError:
            return set()


def reads(log: Path, doc_id: str) -> int:
    return sum(len(p.read_text().splitlines()) for p in log.glob(f"{doc_id[1:]}-*"))


def survivors(out: Path) -> list[str]:
    """Worker processes whose temporary folder lies below `out`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            environment = (entry / "environ").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if f"TMPDIR={out}/".encode() in environment:
            found.append(entry.name)
    return found


@pytest.mark.slow
def test_killed_at_random_moments_and_resumed(tmp_path: Path) -> None:
    source = forty(tmp_path / "in", tmp_path / "log")
    out = tmp_path / "out"
    run([source], tmp_path / "undisturbed", options())
    shutil.rmtree(tmp_path / "log")
    (tmp_path / "log").mkdir()
    draw = random.Random(20)
    kills = 0
    for _ in range(20):
        before = {doc_id: reads(tmp_path / "log", doc_id) for doc_id in committed(out)}
        process = start(source, out)
        time.sleep(draw.uniform(0.05, 0.7))
        kills += process.poll() is None
        process.kill()
        process.wait()
        after = {doc_id: reads(tmp_path / "log", doc_id) for doc_id in before}
        assert after == before, "a committed document was read again"
    assert run([source], out, options()).read == 40
    assert kills >= 3, "the run was over before it could be killed: give it more to do"
    assert snapshot(out) == snapshot(tmp_path / "undisturbed")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_of_a_killed_run_die_with_it(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="sleep 60\n", b="sleep 61\n")
    process = start(source, tmp_path / "out")
    deadline = time.monotonic() + 20
    while len(survivors(tmp_path / "out")) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(survivors(tmp_path / "out")) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while survivors(tmp_path / "out") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not survivors(tmp_path / "out")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_stop_keeps_what_was_finished(tmp_path: Path, number: signal.Signals) -> None:
    source = write(tmp_path / "in", **{f"d{n:02}": f"sleep 0.1\npage {n}\n" for n in range(60)})
    out = tmp_path / "out"
    process = start(source, out)
    deadline = time.monotonic() + 30
    while len(committed(out)) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, number)
    assert process.wait(timeout=20) == 130
    finished = len(committed(out))
    assert 4 <= finished < 60
    summary = run([source], out, options())
    assert (summary.read, summary.read_now) == (60, 60 - finished)


def test_a_full_disk_ends_in_one_clear_line_and_keeps_what_was_read(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=66m", "none", disk], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        source = write(tmp_path / "in", **{f"d{n}": f"page {n}\n" for n in range(20)})
        write(tmp_path / "big", big="\n".join("x" + str(n) * 90 for n in range(9000)))
        assert run([source], disk / "out", options()).read == 20
        before = snapshot(disk / "out")
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - (40 << 10)))
        with pytest.raises(Exception) as caught:
            run([source, tmp_path / "big"], disk / "out", options())
        assert type(caught.value).__name__ == "OutputError"
        assert "free" in str(caught.value) or "cannot be written" in str(caught.value)
        assert snapshot(disk / "out") == before
        (disk / "filler").unlink()
        assert run([source], disk / "out", options()).read_now == 0
    finally:
        subprocess.run(["umount", disk], check=True)


def test_the_disk_fills_while_documents_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from model.errors import OutputError
    from pipeline.workers.ledger import Ledger

    source = write(tmp_path / "in", **{f"d{n}": f"page {n}\n" for n in range(10)})
    real = Ledger._insert
    left = iter(range(4))

    def full(self: Ledger, *values: object) -> None:
        if next(left, None) is None:
            raise sqlite3.OperationalError("database or disk is full")
        real(self, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "_insert", full)
    with pytest.raises(OutputError, match="disk is full"):
        run([source], tmp_path / "out", options(jobs=1))
    monkeypatch.undo()
    assert run([source], tmp_path / "out", options()).read_now == 6


def test_the_log_of_a_run_can_be_read_line_by_line_after_a_kill(tmp_path: Path) -> None:
    from pipeline.run.progress import DocumentEvent, JsonLog

    log = JsonLog(tmp_path / "log.jsonl")
    log.document(DocumentEvent("a\udce9.txt", "failed", "lỗi"))
    (line,) = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["error"] == "lỗi"
