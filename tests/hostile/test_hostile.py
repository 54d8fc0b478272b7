"""A part of the hostile corpus through the real reader: nothing hangs, nothing is lost, every file has a
reason. The whole corpus: `python -m benchmarks.batch hostile`."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus

from pipeline.run.batch import RunOptions, run
from pipeline.workers.task import Budget

EVERY = 12  # of the corpus's files, one in so many is read here
SECONDS = 240

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed"),
]


def files(folder: Path) -> list[Path]:
    return sorted(Path(parent) / name for parent, _, names in os.walk(folder) for name in names)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "in"
    write_corpus(folder, 300)
    kept = [p for p in files(folder) if p.parent.name in ("names", "links") or "deep" in p.parts]
    for number, path in enumerate(p for p in files(folder) if p not in kept):
        if number % EVERY:
            path.unlink()
    return folder


def test_every_hostile_file_ends_with_a_reason(hostile: Path, tmp_path: Path) -> None:
    summary = run([hostile], tmp_path / "out", RunOptions(jobs=2, budget=Budget(8, 8)))
    assert summary.inputs == summary.read + summary.failed + summary.skipped
    links = sum(p.is_symlink() and p.is_dir() for p in hostile.rglob("*"))
    assert summary.inputs == len(files(hostile)) + links
    assert summary.seconds < SECONDS
    with (tmp_path / "out/documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == summary.inputs
    assert all(r["error"] for r in rows if r["status"] != "ok")
    assert len({r["doc_id"] for r in rows}) == len(rows)
    assert all(len(r["doc_id"].splitlines()) == 1 for r in rows)
    outside = {p.relative_to(tmp_path).parts[0] for p in files(tmp_path)}
    assert outside == {"out"}


def test_no_cell_of_hostile_input_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    part = tmp_path / "in"
    part.mkdir()
    (part / "formulas.tsv").write_text("A\tB\tC\n=1+1\t@x\t+y\n=cmd|'/c calc'!A0\t-z\t-5\n", encoding="utf-8")
    shutil.copy(part / "formulas.tsv", part / "=cmd.tsv")
    run([part], tmp_path / "out", RunOptions(jobs=1, formats=("csv", "xlsx")))
    for path in (tmp_path / "out").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [c for c in row if c[:1] in ("=", "@", "+", "\t")], path
                assert all(c == "-" or c[1:2].isdigit() for c in row if c[:1] == "-"), path
