"""Learns what OCR does to syllables, from pairs of damaged and true lines, and writes `confusions.json`.

    python -m normalize.diacritics.train.learn_confusions OUT.json PAIRS.tsv... [--onto TABLES.json --times 3]

Two tables come out. `units`: for each true letter (small and capital apart), what it is read as, by an edit
model trained with Viterbi alignments. `words`: how often a whole syllable was read as a certain string, for
the syllables whose damage is systematic. Both are counts of confusions; no text is kept. With `--onto`
they are added to tables made before, `--times` so many.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from normalize.diacritics.channel import blended, load_tables
from normalize.diacritics.spelling import bare, one_spelling

_EDGE = ".,;:()[]{}“”\"'‘’…-–—+*/|!?<>«»=_%"
_ROUNDS = 4
_LONGEST_READING = 3
_MIN_WORD_COUNT = 2
Units = dict[str, Counter[str]]


def pair_words(raw: str, true: str) -> Iterator[tuple[str, str]]:
    """Words of a damaged line with the true words they stand for."""
    left, right = raw.split(), true.split()
    if len(left) == len(right):
        yield from zip(left, right)
        return
    keys_left, keys_right = [bare(w).lower() for w in left], [bare(w).lower() for w in right]
    for op in Levenshtein.opcodes(keys_left, keys_right):
        if op.src_end - op.src_start == op.dest_end - op.dest_start:
            yield from zip(left[op.src_start : op.src_end], right[op.dest_start : op.dest_end])


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    for row in path.read_text(encoding="utf-8").splitlines():
        cells = row.split("\t")
        if len(cells) == 3:
            yield cells[1], cells[2]


def count_words(paths: list[Path]) -> Counter[tuple[str, str]]:
    """(raw, true) words without edge punctuation, where the true one is letters alone and they are alike."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for raw_line, true_line in read_pairs(path):
            for raw, true in pair_words(raw_line, true_line):
                core, word = raw.strip(_EDGE), true.strip(_EDGE)
                if not word.isalpha() or not core:
                    continue
                if Levenshtein.normalized_similarity(bare(core).lower(), bare(word).lower()) < 0.3:
                    continue
                counts[core, word] += 1
    return counts


def _labels(word: str) -> list[str]:
    return list(word)


def _cost(units: Units, totals: dict[str, float], label: str, reading: str) -> float:
    table = units.get(label)
    if table is None:
        return 1.0 if bare(label).lower() == bare(reading).lower() else 6.0 + len(reading)
    smooth = 0.02 if len(reading) <= 1 else 0.002
    return -math.log((table.get(reading, 0) + smooth) / (totals[label] + 3.0))


def align(raw: str, word: str, units: Units, totals: dict[str, float]) -> list[tuple[str, str]]:
    """The cheapest way to read each letter of `word` as 0 to 3 characters of `raw`."""
    labels = _labels(word)
    width = len(raw) + 1
    best = [[math.inf] * width for _ in range(len(labels) + 1)]
    came = [[0] * width for _ in range(len(labels) + 1)]
    best[0][0] = 0.0
    for i, label in enumerate(labels):
        for j in range(width):
            if best[i][j] == math.inf:
                continue
            for k in range(min(_LONGEST_READING, len(raw) - j) + 1):
                cost = best[i][j] + _cost(units, totals, label, raw[j : j + k])
                if cost < best[i + 1][j + k]:
                    best[i + 1][j + k] = cost
                    came[i + 1][j + k] = k
    if best[len(labels)][len(raw)] == math.inf:
        return []
    steps: list[tuple[str, str]] = []
    j = len(raw)
    for i in range(len(labels), 0, -1):
        k = came[i][j]
        steps.append((labels[i - 1], raw[j - k : j]))
        j -= k
    return steps[::-1]


def train_units(counts: Counter[tuple[str, str]]) -> Units:
    """Letter confusions by a few rounds of aligning and counting again."""
    units: Units = {}
    totals: dict[str, float] = {}
    for _ in range(_ROUNDS):
        fresh: Units = defaultdict(Counter)
        for (raw, word), n in counts.items():
            if len(raw) > 3 * len(word):
                continue
            for label, reading in align(raw, word, units, totals):
                fresh[label][reading] += n
        units = dict(fresh)
        totals = {label: float(sum(table.values())) for label, table in units.items()}
    return units


def word_counts(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Small-letter syllable → what it was read as, where that was seen at least twice."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for (raw, word), n in counts.items():
        table[one_spelling(word.lower())][raw.lower()] += n
    return {
        word: {raw: n for raw, n in readings.most_common() if n >= _MIN_WORD_COUNT}
        for word, readings in sorted(table.items())
        if sum(readings.values()) >= 3
    }


def add_written(units: Units) -> None:
    """Adds the confusions written down by hand, as shares of each letter's count."""
    text = (Path(__file__).parent / "written_confusions.txt").read_text(encoding="utf-8")
    totals = {letter: max(sum(table.values()), 200) for letter, table in units.items()}
    for line in text.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        letters, readings = line.split("\t")
        for letter in letters:
            table = units.setdefault(letter, Counter())
            for reading in readings.split(" "):
                shown, share = reading.rsplit("=", 1)
                table[shown] += round(float(share) * totals.get(letter, 200))


def main() -> None:
    """Learns from all pairs given and writes the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--onto", type=Path, help="tables that the new ones are added to")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seen-only", action="store_true", help="none of the confusions written by hand")
    args = parser.parse_args()
    counts = count_words(args.pairs)
    units = train_units(counts)
    if not args.seen_only:
        add_written(units)
    trimmed = {
        label: {reading: n for reading, n in table.most_common(90) if n >= 2}
        for label, table in sorted(units.items())
    }
    tables: dict[str, Any] = {"units": trimmed, "words": word_counts(counts)}
    if args.onto:
        tables = blended(load_tables([args.onto]), tables, args.times)
    args.out.write_text(json.dumps(tables, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
