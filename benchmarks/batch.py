"""Batches measured: `python -m benchmarks.batch memory|cluster|hostile [--documents N]`.

memory   N one-page documents: memory of the parent, and seconds a document at the start and at the end
cluster  the same documents on this machine with one worker, on a Dask cluster of two worker processes,
         and on that cluster with one worker killed in the middle: seconds, and whether the bytes agree
hostile  the hostile corpus: how it ended, the slowest files, wall time
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.batch import RunOptions, run
from pipeline.progress import DocumentEvent, Silent
from pipeline.workers import Budget

ROOT = Path(__file__).resolve().parent.parent
_NAMES = ("An Bình", "Tân Lập", "Hòa Sơn", "Phú Thịnh", "Bình Minh", "Long Khê", "Đông Hà", "Mỹ Lộc")


def one_page(number: int) -> str:
    """A small report with one table; every number another one."""
    draw = random.Random(number)
    rows = [(n, name, draw.randint(1, 2000), draw.randint(1, 900)) for n, name in enumerate(_NAMES, start=1)]
    lines = ["\t".join(map(str, row)) for row in rows]
    total = f"\tTổng cộng\t{sum(r[2] for r in rows)}\t{sum(r[3] for r in rows)}"
    letter = f"ỦY BAN NHÂN DÂN\nHUYỆN A\n\nSố: {number}/BC-UBND\n\nBÁO CÁO\n\nPHỤ LỤC\n"
    head = f"{letter}\nSTT\tXã\tTiếp nhận\tĐúng hạn"
    return "\n".join([head, *lines, total, ""])


def write_documents(folder: Path, count: int) -> None:
    """`count` one-page reports."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"bc-{number:05}.txt").write_text(one_page(number), encoding="utf-8")


def resident_mb() -> float:
    """Memory this process holds now."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def cpu_seconds() -> float:
    """Processor time of this process and of its workers that live now (Linux)."""
    ticks, me = 0, os.getpid()
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if fields and (int(fields[1]) == me or entry.name == str(me)):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def digest(folder: Path) -> str:
    """A hash of every file a run wrote, the ledger aside."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".extract" not in path.relative_to(folder).parts:
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


class Meter(Silent):
    """Notes the time and the memory at every document."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float, float]] = []
        self.events: list[DocumentEvent] = []

    def document(self, event: DocumentEvent) -> None:
        self.points.append((time.monotonic(), resident_mb(), cpu_seconds()))
        self.events.append(event)


def measure_memory(folder: Path, count: int, jobs: int) -> None:
    """Print the growth of the parent and the pace at both ends."""
    write_documents(folder / "in", count)
    meter = Meter()
    summary = run([folder / "in"], folder / "out", RunOptions(jobs=jobs), meter)
    tenth = max(1, count // 10)
    times, memory, processor = (list(column) for column in zip(*meter.points, strict=True))
    say(f"{summary.read} documents in {summary.seconds:.0f} s with {jobs} workers")
    say_sizes(folder / "out", summary.pages)
    before = time.process_time()
    again = run([folder / "in"], folder / "out", RunOptions(jobs=jobs))
    spent = time.process_time() - before
    say(f"again, with nothing left to read: {again.seconds:.1f} s ({spent:.1f} of the processor)")
    say(f"memory of the parent: {memory[tenth]:.0f} MB after a tenth, {memory[-1]:.0f} MB after the last,")
    say(f"  {resident_mb():.0f} MB after the set was written")
    for name, clock in (("seconds", times), ("processor seconds", processor)):
        first = (clock[2 * tenth] - clock[tenth]) / tenth
        last = (clock[-1] - clock[-1 - tenth]) / tenth
        change = f"{last / first - 1:+.1%}"
        say(f"{name} a document: {first:.4f} in the second tenth, {last:.4f} in the last ({change})")


def say_sizes(out: Path, pages: int) -> None:
    """Print what a page takes on the disk, in the ledger and in the set."""
    sizes = {path: path.stat().st_size for path in out.rglob("*") if path.is_file()}
    ledger = sum(size for path, size in sizes.items() if ".extract" in path.parts)
    written = sum(sizes.values()) - ledger
    say(f"bytes a page: {ledger / pages:.0f} in the ledger, {written / pages:.0f} in the set")


def measure_cluster(folder: Path, count: int) -> None:
    """Print seconds and whether bytes agree, for one worker and a cluster of two."""
    from distributed import LocalCluster

    write_documents(folder / "in", count)
    alone = run([folder / "in"], folder / "alone", RunOptions(jobs=1))
    say(f"one worker: {alone.seconds:.1f} s")
    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(processes=True, **options) as cluster:
        address = cluster.scheduler_address
        run([folder / "in"], folder / "warm", RunOptions(cluster=address))
        two = run([folder / "in"], folder / "two", RunOptions(cluster=address))
        say(f"cluster of two: {two.seconds:.1f} s, {alone.seconds / two.seconds:.2f} times one worker")
        killer = threading.Timer(two.seconds / 2, lambda: kill_one(cluster))
        killer.start()
        hurt = run([folder / "in"], folder / "hurt", RunOptions(cluster=address))
        say(f"one worker killed in the middle: {hurt.seconds:.1f} s, {hurt.read} of {count} read")
    same = len({digest(folder / name) for name in ("alone", "two", "hurt")}) == 1
    say(f"same bytes: {same}")


def kill_one(cluster: Any) -> None:
    """Kill a Dask worker's process outright."""
    worker = next(iter(cluster.workers.values()))
    os.kill(worker.process.pid, 9)


def measure_hostile(folder: Path, count: int, jobs: int) -> None:
    """Print how every hostile file ended."""
    written = corpus().write_corpus(folder / "in", count)
    meter = Meter()
    options = RunOptions(jobs=jobs, budget=Budget(10, 10))
    summary = run([folder / "in"], folder / "out", options, meter)
    say(f"{written} files: {summary.read} read, {summary.failed} failed, {summary.skipped} skipped")
    say(f"accounted for: {summary.inputs == written}; exit code {summary.exit_code}; {summary.seconds:.0f} s")
    for reason, number in Counter(e.error[:70] for e in meter.events if e.error).most_common(12):
        say(f"  {number:4} {reason}")
    for event in sorted(meter.events, key=lambda e: -e.seconds)[:12]:
        say(f"  {event.seconds:5.1f} s {event.path} {event.status}")


def corpus() -> ModuleType:
    """The generator that the tests use."""
    spec = importlib.util.spec_from_file_location("hostile_corpus", ROOT / "tests/hostile/corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("memory", "cluster", "hostile"))
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="extract-bench-") as name:
        folder = Path(name)
        if given.what == "memory":
            measure_memory(folder, given.documents or 2000, given.jobs)
        elif given.what == "cluster":
            measure_cluster(folder, given.documents or 300)
        else:
            measure_hostile(folder, given.documents or 520, given.jobs)


if __name__ == "__main__":
    main()
