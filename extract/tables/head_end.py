"""Cells that a lost piece of the rule under a header made one with those of the first row below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.assign import cell_text, place_words, printed_rows
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Word
from normalize.dates import year_of
from normalize.numbers import looks_numeric
from normalize.ordinals import is_ordinal

_DEEPEST = 7
"""Rows of a header, as deep as any is read."""

_MOST = 0.5
"""Share of the columns that may lack the rule under the header; a header whose own rows most columns go over
(years under `Năm`) ends elsewhere."""

_FEWEST_FIGURES = 2
"""Figures that make a row one of the body."""

_OVER = 0.25
"""Of a line's height that may reach over the edge of its row."""


def with_head_parted(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with those cells cut that go over the lower edge of its header, words and lattice in points.

    The header ends over the first row with a label or an ordinal and, for the rest, figures, in the columns
    that have a border there; no figure stands above. A header's cell is none of the body's, so that its words
    are parted where the other columns' rule lies. A line printed on the edge leaves all as it is.
    """
    placed = place_words(lattice, words)
    texts = {cell: " ".join(cell_text(own).split()) for cell, own in zip(lattice.cells, placed)}
    for edge in range(1, min(lattice.n_rows, _DEEPEST + 1)):
        over = [c for c in lattice.cells if c.row < edge < c.row + c.row_span]
        if not _ends_at(edge, lattice, over, texts):
            if any(_is_count(text) for cell, text in texts.items() if cell.row == edge):
                return lattice
            continue
        held = [own for cell, own in zip(lattice.cells, placed) if cell in over]
        if any(_on_edge(line, lattice.row_edges[edge]) for own in held for line in printed_rows(own)):
            return lattice
        cells = [p for c in lattice.cells for p in (_halves(lattice, c, edge) if c in over else [c])]
        return replace(lattice, cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))))
    return lattice


def _ends_at(edge: int, lattice: Lattice, over: Sequence[LatticeCell], texts: dict[LatticeCell, str]) -> bool:
    """Whether the header ends at an edge between rows that the cells `over` go over."""
    open_columns = {col for c in over for col in range(c.col, c.col + c.col_span)}
    if not over or len(open_columns) > _MOST * lattice.n_cols:
        return False
    row = [(cell.col, text) for cell, text in texts.items() if cell.row == edge and text]
    above = [text for cell, text in texts.items() if cell.row + cell.row_span <= edge]
    figures = [text for col, text in row if _is_count(text)]
    named = any(
        is_ordinal(text) if not col else any(c.isalpha() for c in text)
        for col, text in row
        if text not in figures or not col
    )
    return (
        named
        and len(figures) >= _FEWEST_FIGURES
        and len(figures) * 2 > len([col for col, _ in row if col])
        and not any(_is_count(text) for text in above)
    )


def _is_count(text: str) -> bool:
    """Whether a text is a figure and no year."""
    return looks_numeric(text) and not year_of(text)


def _on_edge(line: Sequence[Word], edge: float) -> bool:
    box = Box.union(word.box for word in line)
    over = _OVER * box.height
    return box.y0 < edge - over and box.y1 > edge + over


def _halves(lattice: Lattice, cell: LatticeCell, edge: int) -> list[LatticeCell]:
    """A cell cut at an edge between its rows."""
    y, end = lattice.row_edges[edge], cell.row + cell.row_span
    upper = replace(cell, row_span=edge - cell.row, box=replace(cell.box, y1=y))
    return [upper, replace(cell, row=edge, row_span=end - edge, box=replace(cell.box, y0=y))]
