"""Damaged files judged by figures lost: `python -m benchmarks.damage DIR [--kind NAME] [--seed N]`.

Every file of the damaged corpus (tests/hostile/damage.py, rot.py) is read by a run into DIR. A figure that
a person sees on the page and that is in no cell and no line is lost; one that nobody sees and that is in one
is planted. Both are silent where no flag of severity warning or error stands in their document and its status
is `ok`. What the sound file of the same kind loses as well is the reader's, not the damage's.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.run.batch import RunOptions, run

ROOT = Path(__file__).resolve().parent.parent
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_MUTANTS = 90


@dataclass(frozen=True, slots=True)
class Case:
    """A file of the corpus: its name in the folder, the kind of sound file it is compared with, and what a
    person sees and does not see on it."""

    file: str
    family: str
    data: bytes
    seen: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return self.file.rpartition(".")[0].endswith("sound")


def corpus(seed: int = 0) -> list[Case]:
    """All damaged files, the same each time; another seed draws others of the same kinds."""
    sys.path.insert(0, str(ROOT / "tests" / "hostile"))
    damage, rot = import_module("damage"), import_module("rot")
    typed = [(m.name.partition(" ")[0], ".pdf", m) for m in damage.everything(seed)]
    return [_case(*made) for made in (*typed, *rot.rotten(seed), *rot.mutants(_MUTANTS, seed))]


def _case(family: str, suffix: str, made: Any) -> Case:
    return Case(made.name.replace(" ", "-") + suffix, family, made.data, made.seen, made.unseen)


def figures_of(texts: Iterable[str]) -> Counter[str]:
    """How often each figure stands in texts."""
    return Counter(found for text in texts for found in _FIGURE.findall(text))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run says of a document."""

    status: str
    figures: Counter[str]
    is_flagged: bool


def readings(out: Path) -> dict[str, Reading]:
    """What a set says of each document, by its id."""
    texts: dict[str, list[str]] = defaultdict(list)
    for row in _rows(out / "cells.csv"):
        texts[row["doc_id"]].append(row["text"])
    for row in _rows(out / "lines.csv"):
        texts[row["doc_id"]].append(row["text"])
    flagged = {
        r["doc_id"]
        for r in _rows(out / "flags.csv")
        if r["severity"] in ("warning", "error") and r["kind"] != "spelling"  # which says nothing of figures
    }
    return {
        row["doc_id"]: Reading(row["status"], figures_of(texts[row["doc_id"]]), row["doc_id"] in flagged)
        for row in _rows(out / "documents.csv")
    }


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def judge(cases: Iterable[Case], found: dict[str, Reading]) -> list[tuple[Case, list[str], list[str]]]:
    """Files with silent faults: the figures lost, and those planted."""
    cases = list(cases)
    spared = {
        case.family: figures_of(case.seen) - found[Path(case.file).stem].figures
        for case in cases
        if case.is_sound
    }
    out = []
    for case in cases:
        reading = found[Path(case.file).stem]
        lost = figures_of(case.seen) - reading.figures - spared.get(case.family, Counter())
        planted = [figure for figure in case.unseen if reading.figures[figure] > 0]
        if reading.status == "ok" and not reading.is_flagged and (lost or planted):
            out.append((case, list(lost.elements()), planted))
    return out


def say(words: str) -> None:
    sys.stdout.write(words + "\n")


def main() -> None:
    """Write the corpus, read it, print what was silent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--kind", default="", help="only files with this in their name, and the sound ones")
    parser.add_argument(
        "--seed", type=int, default=0, help="other figures, places and damages of the same kinds"
    )
    parser.add_argument("--every", type=int, default=1, help="only one file in so many, and the sound ones")
    options = parser.parse_args()
    numbered = enumerate(corpus(options.seed))
    cases = [c for n, c in numbered if c.is_sound or (options.kind in c.file and n % options.every == 0)]
    source = options.folder / "in"
    source.mkdir(parents=True, exist_ok=True)
    for old in source.iterdir():
        old.unlink()
    for case in cases:
        (source / case.file).write_bytes(case.data)
    summary = run([source], options.folder / "out", RunOptions(jobs=options.jobs))
    found = readings(options.folder / "out")
    faults = judge(cases, found)
    seen = sum(len(case.seen) for case in cases)
    lost = sum(len(lost) for _, lost, _ in faults)
    for case, gone, planted in faults:
        say(f"  {case.file}: lost {', '.join(gone) or '-'}; planted {', '.join(planted) or '-'}")
    ends = Counter(reading.status for reading in found.values())
    say(
        f"{len(cases)} files in {summary.seconds:.0f} s: "
        + ", ".join(f"{n} {s}" for s, n in sorted(ends.items()))
    )
    flagged_sound = [c.file for c in cases if c.is_sound and found[Path(c.file).stem].is_flagged]
    say(f"sound files with a flag: {', '.join(flagged_sound) or 'none'}")
    say(
        f"silent: {lost} of {seen} figures lost ({lost / seen:.2%}), in {len(faults)} files;"
        f" {sum(len(p) for *_, p in faults)} planted"
    )


if __name__ == "__main__":
    main()
