"""The repairs of a page's readings, in the one order in which they are made.

Each says what it looks at, what it may change, and what the reading it found costs beside the one it gives,
in nats: that is how much likelier the repair holds its own text to be. What was read before the first repair
of a cell stays among the cell's alternatives at that cost, where the checks' solver weighs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.scan.readings import CellReading
from extract.scan.repairs.headings import mended_headings
from extract.scan.repairs.marks import MarkReader
from extract.scan.repairs.ordinals import settled_ordinals
from model.page import Reading

ORDINAL_COLUMNS = (0, 1)
"""Columns in which row numbers stand."""

SURELY_READ = 0.8
"""Confidence from which an ordinal that is one as it stands was read surely: bars counted in the ink give
0.83 and more, strokes that only their place explains less."""

Place = tuple[int, int]
"""A cell's row and column in its grid."""

Texts = list[str]


@dataclass(frozen=True, slots=True)
class PageRepair:
    """One repair of the cells of a page's table: given where they stand and what was read there, all texts
    anew, in the same order."""

    name: str
    looks_at: str
    may_change: str
    cost: float
    apply: Callable[[Sequence[Place], Sequence[CellReading], MarkReader | None], Texts]
    settles: bool = False
    """Whether a text that it gives is in doubt no more."""


def _marks(_: Sequence[Place], readings: Sequence[CellReading], marks: MarkReader | None) -> Texts:
    """The texts with their marks decided, line by line as they stand; those of a reader that knows its marks
    were weighed against its surety, word by word, when they were read."""
    out = [reading.text for reading in readings]
    if marks is None:
        return out
    asked = [k for k, reading in enumerate(readings) if not reading.settled]
    lines = [[line.split(" ") for line in out[k].split("\n")] for k in asked]
    settled = marks.settled([[word for line in cell for word in line] for cell in lines])
    for k, cell, words in zip(asked, lines, settled, strict=True):
        left = iter(words)
        out[k] = "\n".join(" ".join(next(left) for _ in line) for line in cell)
    return out


def _headings(_: Sequence[Place], readings: Sequence[CellReading], __: MarkReader | None) -> Texts:
    return mended_headings([reading.text for reading in readings])


def _ordinals(places: Sequence[Place], readings: Sequence[CellReading], _: MarkReader | None) -> Texts:
    out = [reading.text for reading in readings]
    for column in ORDINAL_COLUMNS:
        members = sorted(
            (k for k, (_, col) in enumerate(places) if col == column), key=lambda k: places[k][0]
        )
        texts = settled_ordinals(
            [readings[k].text for k in members], [readings[k].confidence >= SURELY_READ for k in members]
        )
        for k, text in zip(members, texts, strict=True):
            if text != readings[k].text.strip():
                out[k] = text
    return out


PAGE_REPAIRS: tuple[PageRepair, ...] = (
    PageRepair("marks", "the words around, by a language model", "the marks of letters", 2.0, _marks),
    PageRepair("headings", "the words of a heading", "its signs, a misread letter", 2.0, _headings),
    PageRepair(
        "ordinals", "the run of row numbers", "row numbers that were not read surely", 1.0, _ordinals, True
    ),
)
"""In the order in which they are made: letters before the words they make, words before row numbers."""


def repaired(
    places: Sequence[Place], readings: Sequence[CellReading], marks: MarkReader | None
) -> list[CellReading]:
    """The readings of a table's cells after every repair."""
    first = [reading.text for reading in readings]
    out = list(readings)
    for repair in PAGE_REPAIRS:
        texts = repair.apply(places, out, marks)
        for k, (text, old) in enumerate(zip(texts, out, strict=True)):
            if text != old.text:
                others = old.alternatives
                if old.text == first[k]:  # what stood between two repairs nobody has read
                    others = (Reading(old.text, repair.cost, old.engine), *others)
                out[k] = replace(
                    old, text=text, alternatives=others, doubtful=old.doubtful and not repair.settles
                )
    return out
