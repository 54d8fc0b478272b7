"""Batches measured: `python -m benchmarks.batch memory|cluster|hostile [--documents N] [--copies N]`.

memory   N one-page documents: memory of the parent, and seconds a document at the start and at the end
cluster  small text documents, then scanned reports, on this machine with one worker, on a Dask cluster of
         two worker processes, and on that cluster with one worker killed in the middle: seconds, and
         whether the bytes agree
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
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.run.batch import RunOptions, run
from pipeline.run.progress import DocumentEvent, Silent
from pipeline.workers.task import Budget

ROOT = Path(__file__).resolve().parent.parent
SCANS = (
    ROOT.parent / "shared/scans/office/003.pdf",
    ROOT / "samples/scans/bao-cao-lam-binh-quet.pdf",
    ROOT / "samples/scans/cong-van-nam-po-fax.tif",
    ROOT / "samples/scans/cong-van-vung-liem.pdf",
)
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
    """Processor time of this process and of all that it started, those that have ended included (Linux)."""
    found: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if fields:
            found[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    me, ticks = os.getpid(), 0
    for number, (_, spent) in found.items():
        above = number
        while above != me and above in found:
            above = found[above][0]
        ticks += spent if above == me else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def digest(folder: Path) -> str:
    """A hash of every file a run wrote, the ledger aside."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".extract" not in path.relative_to(folder).parts:
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


class Meter(Silent):
    """Notes the time, the memory and the processor time at every so many documents."""

    def __init__(self, every: int = 1) -> None:
        self._every = every
        self.points: list[tuple[float, float, float]] = []
        self.events: list[DocumentEvent] = []

    def document(self, event: DocumentEvent) -> None:
        self.events.append(event)
        if len(self.events) % self._every == 0:
            self.points.append((time.monotonic(), resident_mb(), cpu_seconds()))


def measure_memory(folder: Path, count: int, jobs: int) -> None:
    """Print the growth of the parent and the pace at both ends."""
    write_documents(folder / "in", count)
    tenth = max(1, count // 10)
    meter = Meter(tenth)
    summary = run([folder / "in"], folder / "out", RunOptions(jobs=jobs), meter)
    times, memory, processor = (list(column) for column in zip(*meter.points, strict=True))
    say(f"{summary.read} documents in {summary.seconds:.0f} s with {jobs} workers")
    say_sizes(folder / "out", summary.pages)
    before = time.process_time()
    again = run([folder / "in"], folder / "out", RunOptions(jobs=jobs))
    spent = time.process_time() - before
    say(f"again, with nothing left to read: {again.seconds:.1f} s ({spent:.1f} of the processor)")
    say(f"memory of the parent: {memory[0]:.0f} MB after a tenth, {memory[-1]:.0f} MB after the last,")
    say(f"  {resident_mb():.0f} MB after the set was written")
    for name, clock in (("seconds", times), ("processor seconds", processor)):
        paces = [(later - earlier) / tenth for earlier, later in pairwise(clock)]
        first, last = paces[0], paces[-1]
        change = f"{last / first - 1:+.1%}"
        say(f"{name} a document: {first:.4f} in the second tenth, {last:.4f} in the last ({change})")
        say("  tenth by tenth: " + " ".join(f"{pace:.4f}" for pace in paces))


def say_sizes(out: Path, pages: int) -> None:
    """Print what a page takes on the disk, in the ledger and in the set."""
    sizes = {path: path.stat().st_size for path in out.rglob("*") if path.is_file()}
    ledger = sum(size for path, size in sizes.items() if ".extract" in path.parts)
    written = sum(sizes.values()) - ledger
    say(f"bytes a page: {ledger / pages:.0f} in the ledger, {written / pages:.0f} in the set")


def write_scans(folder: Path, copies: int) -> None:
    """Copies of real scanned reports, each of other bytes: a comment after the end of a PDF."""
    folder.mkdir(parents=True)
    for file in (path for path in SCANS if path.is_file()):
        for number in range(copies):
            copy = folder / f"{file.stem}-{number:03}{file.suffix}"
            copy.write_bytes(file.read_bytes() + f"\n% copy {number}\n".encode())


def measure_cluster(folder: Path, count: int, copies: int) -> None:
    """Print seconds and whether bytes agree, for one worker and a cluster of two: `count` text documents,
    `copies` of each scanned one."""
    if count:
        write_documents(folder / "text" / "in", count)
        compare_cluster("text documents", folder / "text")
    if copies:
        write_scans(folder / "scans" / "in", copies)
        compare_cluster("scanned reports", folder / "scans")


def compare_cluster(what: str, folder: Path) -> None:
    """One worker, a cluster of two, and that with one killed, over `folder`/in."""
    from distributed import LocalCluster

    clock = cpu_seconds()
    alone = run([folder / "in"], folder / "alone", RunOptions(jobs=1))
    spent = cpu_seconds() - clock
    say(f"{alone.read} {what}, {alone.pages} pages")
    say(f"  one worker: {alone.seconds:.1f} s ({spent:.1f} of processors)")
    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(processes=True, **options) as cluster:
        address = cluster.scheduler_address
        for name, told in (("first", "first run"), ("two", "next run, its readers there from the first")):
            clock = cpu_seconds()
            two = run([folder / "in"], folder / name, RunOptions(cluster=address))
            spent = cpu_seconds() - clock
            say(
                f"  cluster of two, {told}: {two.seconds:.1f} s ({spent:.1f} of processors),"
                f" {alone.seconds / two.seconds:.2f} times one worker"
            )
        killer = threading.Timer(two.seconds / 2, lambda: kill_one(cluster))
        killer.start()
        hurt = run([folder / "in"], folder / "hurt", RunOptions(cluster=address))
        say(f"  one worker killed in the middle: {hurt.seconds:.1f} s, {hurt.read} of {alone.inputs} read")
    same = len({digest(folder / name) for name in ("alone", "first", "two", "hurt")}) == 1
    say(f"  same bytes: {same}")


def kill_one(cluster: Any) -> None:
    """Kill a Dask worker's process outright."""
    worker = next(iter(cluster.workers.values()))
    os.kill(worker.process.pid, 9)


def measure_hostile(folder: Path, count: int, jobs: int) -> None:
    """Print how every hostile file ended."""
    written = corpus().write_corpus(folder / "in", count)
    meter = Meter(max(1, count))
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


def chosen(given: int | None, usual: int) -> int:
    """A number that may have been given; 0 is one."""
    return usual if given is None else given


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("memory", "cluster", "hostile"))
    parser.add_argument("--documents", type=int)
    parser.add_argument("--copies", type=int, default=6, help="of each scanned report (0: none)")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="extract-bench-") as name:
        folder = Path(name)
        if given.what == "memory":
            measure_memory(folder, chosen(given.documents, 2000), given.jobs)
        elif given.what == "cluster":
            measure_cluster(folder, chosen(given.documents, 300), given.copies)
        else:
            measure_hostile(folder, chosen(given.documents, 520), given.jobs)


if __name__ == "__main__":
    main()
