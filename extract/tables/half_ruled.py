"""Tables with rules between columns but not between rows: tall ruled rows cut into the printed ones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extract.tables.assign import place_words, printed_rows
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.printed import printed_lines, type_size
from extract.tables.row_glue import Body, body_rows
from extract.tables.whitespace import Region
from model.geometry import Box
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal

# Stacked figures that must stand side by side in two columns before a ruled row counts as several: two
# figures over each other are one stacked cell (a score and its change), three are rows.
_FEWEST_ROWS = 3

# Share of a ruled row's columns that its own cells must cover: one whose rules below were lost, too, goes on
# in the next row.
_COVERED = 0.75


def with_printed_rows(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with every tall row that holds several printed rows cut into them; else unchanged.

    Words and lattice in points. A row is cut when at least two of its columns hold three or more figures
    or ordinals over each other (two, where the first column stacks ordinals).
    """
    per_cell = place_words(lattice, words)
    cuts: dict[int, tuple[float, ...]] = {}
    for row in range(lattice.n_rows):
        own_row = [(c, w) for c, w in zip(lattice.cells, per_cell) if c.row == row and c.row_span == 1]
        members = sorted(own_row, key=lambda m: m[0].col)
        covered = sum(c.col_span for c, _ in members)
        if covered < _COVERED * lattice.n_cols or len(members) < 2 or members[0][0].col:
            continue
        texts = [_line_texts(own) for _, own in members]
        fewest = 2 if len(texts[0]) >= 2 and all(map(is_ordinal, texts[0])) else _FEWEST_ROWS
        if sum(_stacked(lines, fewest) for lines in texts) < 2:
            continue
        body = _printed_body(lattice, [c for c, _ in members], [w for _, own in members for w in own])
        if len(body.edges) > fewest:
            cuts[row] = body.edges[1:-1]
    return _cut(lattice, cuts) if cuts else lattice


def _line_texts(words: Sequence[Word]) -> list[str]:
    return ["".join(w.text for w in line) for line in printed_rows(words)]


def _stacked(texts: Sequence[str], fewest: int) -> bool:
    """Whether a cell holds at least `fewest` figures or ordinals over each other, and little else."""
    hits = sum(looks_numeric(t) or is_none_mark(t) or is_ordinal(t) for t in texts)
    return hits >= fewest and hits >= 0.8 * len(texts)


def _printed_body(lattice: Lattice, cells: Sequence[LatticeCell], words: Sequence[Word]) -> Body:
    """The printed rows of a ruled row, by ordinals and figures."""
    em = type_size(words)
    lines = printed_lines(words, em)
    edges = (*(c.box.x0 for c in sorted(cells, key=lambda c: c.col)), lattice.col_edges[-1])
    region = Region(tuple(lines), 0, len(lines) - 1, edges, None, (), em)
    return body_rows(region)


def _cut(lattice: Lattice, cuts: dict[int, tuple[float, ...]]) -> Lattice:
    """The lattice with further row edges in the rows of `cuts`."""
    shift = list(itertools.accumulate((len(cuts.get(r, ())) for r in range(lattice.n_rows)), initial=0))
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        inner = cuts.get(cell.row) if cell.row_span == 1 else None
        if inner is None:
            span = shift[cell.row + cell.row_span] - shift[cell.row] + cell.row_span
            cells.append(replace(cell, row=cell.row + shift[cell.row], row_span=span))
            continue
        bounds = (cell.box.y0, *inner, cell.box.y1)
        for i, (top, bottom) in enumerate(itertools.pairwise(bounds)):
            box = Box(cell.box.x0, top, cell.box.x1, bottom)
            cells.append(LatticeCell(cell.row + shift[cell.row] + i, cell.col, 1, cell.col_span, box))
    edges = tuple(sorted({*lattice.row_edges, *(y for ys in cuts.values() for y in ys)}))
    return Lattice(lattice.box, edges, lattice.col_edges, tuple(cells))
