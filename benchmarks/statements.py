"""How well the prose's figures are read: statements.csv against figures read by hand.

    python -m benchmarks.statements GOLD.json RUN_DIR [--wrong]

GOLD.json maps a document to its figures: [value, unit, words of the subject, what it is out of, change] each.
A figure is found when a statement has its value; its subject is right when the statement's holds most of the
gold's words; figures that the gold lacks count against precision.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from normalize.unicode import fold

# A subject is right with so many of the gold's words: what a clause names beside the thing differs by reader.
_SUBJECT = 0.6


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the prose, as a person or the program reads it; numbers in plain form."""

    value: str
    unit: str
    subject: str
    of: str
    change: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the figures of a document: found of the gold; unit, whole and subject right among those;
    and the read ones that the gold lacks."""

    gold: int
    found: int
    units: int
    wholes: int
    subjects: int
    extra: int


def plain(number: str) -> str:
    """A number without what its writing leaves free (`5.0`, `05`); what is none as it is."""
    try:
        return str(Decimal(number).normalize()) if number else ""
    except InvalidOperation:
        return number


def same_subject(gold: str, got: str) -> bool:
    """Whether most of the gold's words stand in `got`, folded."""
    words, given = fold(gold).split(), set(fold(got).split())
    return not words or sum(word in given for word in words) >= _SUBJECT * len(words)


def pair(gold: Sequence[Figure], read: Sequence[Figure]) -> list[tuple[Figure, Figure | None]]:
    """Each of the gold's figures with the read one of its value that suits it best, each of those once."""
    left = list(read)
    out: list[tuple[Figure, Figure | None]] = []
    for figure in gold:
        rivals = [other for other in left if plain(other.value) == plain(figure.value)]
        best = max(rivals, key=lambda other: _likeness(figure, other), default=None)
        if best is not None:
            left.remove(best)
        out.append((figure, best))
    return out


def _likeness(gold: Figure, got: Figure) -> tuple[bool, bool, bool]:
    return (
        same_subject(gold.subject, got.subject),
        gold.unit == got.unit,
        plain(gold.change) == plain(got.change),
    )


def score(pairs: Sequence[tuple[Figure, Figure | None]], read: int) -> Score:
    """Counts the pairs of a document of which `read` figures were read."""
    found = [(gold, got) for gold, got in pairs if got is not None]
    return Score(
        gold=len(pairs),
        found=len(found),
        units=sum(gold.unit == got.unit for gold, got in found),
        wholes=sum(
            plain(gold.of) == plain(got.of) and plain(gold.change) == plain(got.change) for gold, got in found
        ),
        subjects=sum(same_subject(gold.subject, got.subject) for gold, got in found),
        extra=read - len(found),
    )


def read_statements(run: Path) -> dict[str, list[Figure]]:
    """The statements of a run by document."""
    out: dict[str, list[Figure]] = {}
    with (run / "statements.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            figure = Figure(row["value"] or row["low"], row["unit"], row["subject"], row["of"], row["change"])
            out.setdefault(row["doc_id"], []).append(figure)
    return out


def _show(pairs: Sequence[tuple[Figure, Figure | None]], read: Sequence[Figure]) -> None:
    left = list(read)
    for gold, got in pairs:
        if got is not None:
            left.remove(got)
        if got is None:
            print("  missed", gold)
        elif not same_subject(gold.subject, got.subject) or gold.unit != got.unit:
            print("  differs", gold, got)
    for got in left:
        print("  extra", got)


def main() -> None:
    """Prints a line a document and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show what is missed, differs or is too much")
    args = parser.parse_args()
    told: dict[str, list[list[str]]] = json.loads(args.gold.read_text(encoding="utf-8"))
    statements = read_statements(args.run)
    scores = []
    for name, rows in told.items():
        read = statements.get(name, [])
        pairs = pair([Figure(*row) for row in rows], read)
        scores.append(score(pairs, len(read)))
        print(name, _line(scores[-1]))
        if args.wrong:
            _show(pairs, read)
    print("all", _line(_sum(scores)))


def _sum(scores: Sequence[Score]) -> Score:
    return Score(*(sum(getattr(s, name) for s in scores) for name in Score.__slots__))


def _line(found: Score) -> str:
    read = max(found.found + found.extra, 1)
    shares = {
        "recall": found.found / max(found.gold, 1),
        "precision": found.found / read,
        "units": found.units / max(found.found, 1),
        "of and change": found.wholes / max(found.found, 1),
        "subjects": found.subjects / max(found.found, 1),
    }
    return f"{found.gold} figures: " + ", ".join(f"{name} {share:.3f}" for name, share in shares.items())


if __name__ == "__main__":
    main()
