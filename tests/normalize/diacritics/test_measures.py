"""How good and how fast the repair is, on the pairs and held-out lines beside the repository."""

import csv
import lzma
import time
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from normalize.diacritics import Repairer
from normalize.diacritics.spelling import bare, one_spelling

SHARED = Path(__file__).parents[4] / "shared"
PAIRS = SHARED / "gold" / "004" / "prose_pairs.tsv"
CORPUS = SHARED / "data" / "corpus" / "legal_phapdien.txt.xz"
_RAISED = {ord(c): None for c in "¹²³⁴⁵⁶⁷⁸⁹⁰"}


def _words(line: str) -> list[str]:
    plain = unicodedata.normalize("NFC", line).translate(_RAISED)
    return [w.strip(".,;:()“”\"'…-+") or w for w in (one_spelling(w) for w in plain.split())]


def _right(true: list[str], got: list[str]) -> list[bool]:
    right = [False] * len(true)
    for op in Levenshtein.opcodes(true, got):
        if op.tag == "equal":
            right[op.src_start : op.src_end] = [True] * (op.src_end - op.src_start)
    return right


@pytest.mark.parametrize(("name", "least"), [("registers", 0.949), ("unseen", 0.937), ("apart", 0.951)])
def test_lines_of_everyday_registers(name: str, least: float) -> None:
    """Minutes, schools, land, health, farms, police, names of people. With a fifth of the sentences they had
    0.956, 0.944 and 0.958."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    repaired = Repairer.load().repair_lines([bare(line) for line in lines])
    right = [w for t, r in zip(lines, repaired, strict=True) for w in _right(_words(t), _words(r.text))]
    assert sum(right) / len(right) >= least


@pytest.mark.shared
@pytest.mark.skipif(not PAIRS.exists(), reason="../shared/gold is not there")
def test_damaged_report() -> None:
    with PAIRS.open(encoding="utf-8") as stream:
        rows = [r for r in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if len(r) == 3]
    repaired = Repairer.load().repair_lines([r[1] for r in rows])
    words = good = base = kept = 0
    for (_, raw, true), line in zip(rows, repaired, strict=True):
        before, after = _right(_words(true), _words(raw)), _right(_words(true), _words(line.text))
        words += len(after)
        good += sum(after)
        base += sum(before)
        kept += sum(a and b for a, b in zip(before, after, strict=True))
    assert good / words >= 0.96
    assert kept / base >= 0.99


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is not there")
def test_held_out_lines() -> None:
    with lzma.open(CORPUS, "rt", encoding="utf-8") as stream:
        lines = stream.read().splitlines()[-5000:-3500]
    repairer = Repairer.load()
    count = sum(len(line.split()) for line in lines)
    began = time.process_time()
    untouched = repairer.repair_lines(lines)
    proper_speed = count / (time.process_time() - began)
    assert sum(c.applied for r in untouched for c in r.changes) <= count / 10_000
    assert proper_speed >= 50_000
    repaired = repairer.repair_lines([bare(line) for line in lines])
    pairs = [(_words(line), _words(r.text)) for line, r in zip(lines, repaired, strict=True)]
    good = sum(sum(_right(true, got)) for true, got in pairs)
    assert good / sum(len(true) for true, _ in pairs) >= 0.98
