"""Where, among rules of one width over each other, one table ends and the next begins: its caption stands
between the foot of the one and the top of the other."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.ladder_head import blocks_of
from extract.tables.printed import Line
from normalize.dates import year_of
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal_head

_CAPTION_PIECES = 2  # a title and, at the other side, the unit
_FEWEST = 2  # names of a header, and figures of the row below


def table_starts(bands: Sequence[Sequence[Line]], em: float) -> list[int]:
    """The first band of each table, 0 before all. `bands` are the printed lines between each two rules that
    go from side to side; the one before a further table's first is its caption, or white, and belongs to
    none."""
    return [
        0,
        *(
            i + 1
            for i in range(1, len(bands) - 1)
            if _is_caption(bands[i]) and begins_table(bands[i + 1 :], em)
        ),
    ]


def between_rows(lines: Sequence[Line]) -> list[float]:
    """The height between two rows of figures that no rule parts, all there is between two rules."""
    each = [sum(c.figure for c in line.chunks) for line in lines]
    if len(lines) != _FEWEST or min(each) < _FEWEST:
        return []
    return [(lines[0].box.y1 + lines[1].box.y0) / 2]


def _is_caption(band: Sequence[Line]) -> bool:
    """Whether a band holds a title, its unit, or nothing. A figure may be the unit misread (`96`: `%`)."""
    pieces = [c for line in band for c in line.chunks]
    return all(len(line.chunks) <= _CAPTION_PIECES for line in band) and sum(c.figure for c in pieces) <= (
        len(pieces) > 1
    )


def begins_table(bands: Sequence[Sequence[Line]], em: float) -> bool:
    """Whether the first of some bands is a header: it names the ordinals' column, or has words up to the last
    column of the figures that stand below. Under a section's name stands a row of figures itself."""
    head = blocks_of(bands[0], em)
    if any(is_ordinal_head(text) for _, text in head):
        return True
    figures = [t for _, t in head if (looks_numeric(t) or is_none_mark(t)) and not year_of(t)]
    if figures or len(head) < _FEWEST or len(bands) == 1:
        return False
    row = sorted(c.box.x1 for line in bands[1][:1] for c in line.chunks if c.figure)
    return len(row) >= _FEWEST and max(box.x1 for box, _ in head) > row[-_FEWEST]
