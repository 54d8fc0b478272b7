"""The rules of a scanned page as a lattice needs them, and lattices made finer by what is printed in them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.lines.running_text import placed_word
from extract.scan.prepare.sheet import Prepared
from extract.scan.readers.engine import OcrWord
from extract.tables.half_ruled import with_printed_rows
from extract.tables.head_end import with_head_parted
from extract.tables.late_columns import with_headings_over
from extract.tables.lattice import Lattice
from extract.tables.lost_borders import with_lost_borders
from extract.tables.lost_columns import with_lost_columns
from extract.tables.slivers import without_slivers
from model.geometry import Segment
from model.page import Word


def upright_segments(prepared: Prepared) -> list[Segment]:
    """The rules that part cells, in points of the upright page."""
    s = prepared.sheet.frame.upright_scale
    lines = (r for r in prepared.rules.lines if r.border)
    return [Segment(r.x0 * s, r.y0 * s, r.x1 * s, r.y1 * s, r.thickness * s) for r in lines]


def finer_columns(lattice: Lattice, words: Sequence[Sequence[OcrWord]], prepared: Prepared) -> Lattice:
    """The lattice with the columns that its cells' print shows: slivers of rules are none, lost ones are."""
    placed = _placed(words, prepared)
    return with_lost_columns(without_slivers(lattice, upright_segments(prepared), placed), placed)


def finer_rows(lattice: Lattice, words: Sequence[Sequence[OcrWord]], prepared: Prepared) -> Lattice:
    """The lattice cut by what was read in its cells, where rules between rows were lost."""
    placed = _placed(words, prepared)
    parted = with_head_parted(with_printed_rows(lattice, placed), placed)
    return with_headings_over(with_lost_borders(parted, placed), upright_segments(prepared), placed)


def _placed(words: Sequence[Sequence[OcrWord]], prepared: Prepared) -> list[Word]:
    """The words of all cells, in points of the upright page."""
    return [placed_word(word, prepared.sheet.frame)[0] for cell in words for word in cell]
