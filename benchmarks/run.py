"""This project and others over the same scanned pages, in one run, on the same cores: make bench

    python -m benchmarks.run [--profiles office real print-shaded] [--prints DIR] [--only 003] [--jobs 2]

Scans are taken from ../shared/scans, or from samples/scans where there are none; `real` are the real
documents of ../shared/real that have gold, `print-X` the made-up papers printed and damaged (DIR/X, by
print_scan.py). Prints a table: pages a second and processor seconds a page (of the program and all it
started), this project's as a multiple of each other's, the memory of the largest single process, the shared
scorer's figures, TEDS with texts and by structure alone (benchmarks/teds.py);
then one worker against all, and where this project's time goes. On a busy machine only the processor seconds
can be compared. A program that is not installed is named and left out (`pip install .[bench]` brings them).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.teds import Score, scored
from benchmarks.time_profile import where_time_goes

_OURS = "extract"
_RIVALS = ("bare", "ocrmypdf", "img2table", "searchable")
_TOLD = ("img2table", "ocrmypdf", "pdfplumber", "pypdfium2", "pytesseract", "tesserocr")
_KINDS = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"}
_MISSING = 14


@dataclass(frozen=True, slots=True)
class Result:
    """One program over the files of one profile. `why` says why there are no figures."""

    name: str
    pages: int
    seconds: float = 0.0
    cores: float = 0.0  # processor seconds, the kernel's too
    peak_mb: float = 0.0
    why: str = ""
    score: dict[str, float] | None = None
    teds: Score | None = None

    @property
    def speed(self) -> float:
        """Pages a second, 0 where the program did not run."""
        return self.pages / self.seconds if self.seconds and not self.why else 0.0

    @property
    def cost(self) -> float:
        """Processor seconds a page."""
        return self.cores / max(self.pages, 1)


@dataclass(frozen=True, slots=True)
class Pages:
    """The scanned files of a profile and the folder of their gold."""

    files: list[Path]
    gold: Path


def scans(shared: Path, profile: str, only: Sequence[str], prints: Path | None = None) -> Pages:
    """The scanned files of a profile, or the samples when the shared scans are not there."""
    folder, gold = shared / "scans" / profile, shared / "gold"
    if profile == "real":
        folder, gold = shared / "real", shared / "gold-real"
    elif profile.startswith("print-") and prints is not None:
        folder, gold = prints / profile.removeprefix("print-"), shared / "gold-paper"
    folder = folder if folder.is_dir() else Path("samples/scans")
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in _KINDS)
    if profile == "real":
        files = [p for p in files if (gold / p.stem).is_dir()]
    return Pages([p for p in files if not only or p.stem in only], gold)


def page_count(file: Path) -> int:
    if file.suffix.lower() == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(file) as document:
            return len(document)
    from PIL import Image

    with Image.open(file) as picture:
        return int(getattr(picture, "n_frames", 1))


def timed(command: Sequence[str | Path], limit: float) -> tuple[int, float, float, float, str]:
    """(exit code, seconds, those of processors, MB of its largest process, last line of stderr) of a command.

    After `limit` seconds it is killed with all it started.
    """
    with tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            list(command), stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        timer = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().strip().splitlines()
    cores = usage.ru_utime + usage.ru_stime
    return process.returncode, seconds, cores, usage.ru_maxrss / 1024, said[-1] if said else ""


def versions(rival_python: str) -> str:
    """The versions of what is compared with, as its Python has them."""
    told = "(f'{d.name} {d.version}' for d in importlib.metadata.distributions())"
    asked = f"import importlib.metadata; print(*{told}, sep='\\n')"
    run = subprocess.run([rival_python, "-c", asked], capture_output=True, text=True, check=False)
    return ", ".join(
        sorted(line for line in run.stdout.splitlines() if line.partition(" ")[0].lower() in _TOLD)
    )


def command_of(name: str, files: list[Path], out: Path, jobs: int, rival_python: str) -> list[str | Path]:
    """What to run for a program over the files."""
    if name == _OURS:
        return [
            sys.executable,
            "-m",
            "cli",
            "run",
            *files,
            "--out",
            out,
            "--jobs",
            str(jobs),
            "--fresh",
            "-q",
        ]
    python = sys.executable if name == "bare" else rival_python
    return [python, "-m", "benchmarks.rivals", name, *files, "--out", out, "--jobs", str(jobs)]


def measure(name: str, inputs: Pages, jobs: int, args: argparse.Namespace, out: Path) -> Result:
    """Run one program over the files and score what it wrote."""
    files = inputs.files
    pages = sum(page_count(f) for f in files)
    code, seconds, cores, peak, said = timed(
        command_of(name, files, out, jobs, args.rival_python), args.limit
    )
    if code:
        return Result(name, pages, why=said if code == _MISSING else f"exit {code}: {said}")
    found = score(args.shared, inputs, out)
    alike = scored(inputs.gold, out, [file.stem for file in files]) if found is not None else None
    return Result(name, pages, seconds, cores, peak, score=found, teds=alike)


def score(shared: Path, inputs: Pages, out: Path) -> dict[str, float] | None:
    """The shared scorer's figures over the documents read, or None where there is no gold or no set."""
    scorer, gold = shared / "bench" / "score.py", inputs.gold
    if not scorer.exists() or not (out / "documents.csv").exists():
        return None
    with tempfile.TemporaryDirectory() as name:
        for file in inputs.files:
            if (gold / file.stem).is_dir():
                Path(name, file.stem).symlink_to((gold / file.stem).resolve())
        if not any(Path(name).iterdir()):
            return None
        run = subprocess.run(
            [sys.executable, scorer, name, out, "--json"], capture_output=True, text=True, check=False
        )
    if run.returncode:
        return None
    figures: dict[str, float] = json.loads(run.stdout)["all"]
    return figures


def table(profile: str, results: list[Result]) -> str:
    """One profile's results as Markdown."""
    ours = next((r for r in results if r.name == _OURS), results[0])
    lines = [
        f"### {profile}, {results[0].pages} pages",
        "| program | pages/s | extract is | processor s a page | extract is | peak MB | cells F1 | numbers"
        " | silent | TEDS | structure |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in results:
        if r.why:
            lines.append(f"| {r.name} | left out: {r.why} | | | | | | | | | |")
            continue
        rival = r.name != _OURS and r.speed and ours.cost
        faster = f"{ours.speed / r.speed:.2f} x" if rival else ""
        cheaper = f"{r.cost / ours.cost:.2f} x" if rival else ""
        found = r.score or {}
        marks = " | ".join(
            f"{found[k]:.3f}" if found.get(k) is not None else "" for k in ("cells_f1", "numbers", "silent")
        )
        trees = f"{r.teds.content:.3f} | {r.teds.structure:.3f}" if r.teds else " | "
        costs = f"{r.speed:.2f} | {faster} | {r.cost:.2f} | {cheaper} | {r.peak_mb:.0f}"
        lines.append(f"| {r.name} | {costs} | {marks} | {trees} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--profiles", nargs="+", default=["office", "real"])
    parser.add_argument("--prints", type=Path, help="the printed papers, a folder a profile")
    parser.add_argument("--only", nargs="*", default=[], help="documents by name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rival-python", default=sys.executable, help="the Python that has the rivals")
    parser.add_argument("--limit", type=float, default=1800.0, help="seconds a program may take")
    parser.add_argument("--without", nargs="*", default=[], help="programs to leave out")
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    say = sys.stdout.write
    say(f"Compared with {versions(args.rival_python)}.\n\n")
    with tempfile.TemporaryDirectory() as tmp:
        for profile in args.profiles:
            inputs = scans(args.shared, profile, args.only, args.prints)
            names = [n for n in (_OURS, *_RIVALS) if n not in args.without]
            results = [measure(n, inputs, args.jobs, args, Path(tmp, profile, n)) for n in names]
            say(table(profile, results) + "\n\n")
            if args.jobs > 1 and results[0].speed:
                alone = measure(_OURS, inputs, 1, args, Path(tmp, profile, "alone"))
                say(f"{args.jobs} workers against one: {results[0].speed / max(alone.speed, 1e-9):.2f} x\n\n")
            say(where_time_goes(inputs.files[:1]) + "\n\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
