"""Cells that only a lost piece of a rule made one: dotted and faint rules break over single cells."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from extract.tables.assign import place_words, printed_rows
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal

_USUAL = 0.6  # share of a column's rows that are cells by themselves, from which one over several is a fault
_OVER = 0.25  # of a line's height that may reach over the edge of its row
_MOST = 0.5  # share of the columns that part two rows, from which texts beside them are two as well


def with_lost_borders(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """`lattice` with every cell over several rows cut into them where each of the rows holds one printed line
    of it at most, or a text of its own; words and lattice in points.

    Figures and ordinals over each other are cut where the column's other cells are of one row or most other
    columns part the rows, though some of the rows hold none; texts only where both is so. Texts
    of several lines are cut where all other columns part the rows, too, and each begins with a capital.
    """
    placed = zip(lattice.cells, place_words(lattice, words))
    held = [(cell, printed_rows(own)) for cell, own in placed if cell.row_span > 1 and cell.col_span == 1]
    lined = [(cell, lines, _lined_rows(lattice, cell, lines)) for cell, lines in held if len(lines) > 1]
    wrapped = {
        cell
        for cell, lines, rows in lined
        if cell.row_span == rows < len(lines) and _begins_anew(lattice, cell, lines)
    }
    lined = [(cell, lines, rows) for cell, lines, rows in lined if rows == len(lines)]
    figures = {cell for cell, lines, _ in lined if all(map(_is_figure, lines))}
    texts = {cell for cell, _, rows in lined if cell not in figures and rows == cell.row_span}
    usual = _usual_columns(lattice)
    sure = {cell for cell in figures if cell.col in usual}
    cut = sure | {
        cell
        for cell in (figures | texts) - sure
        if (cell in figures or cell.col in usual) and _rows_apart(lattice, cell, sure)
    }
    cut |= {cell for cell in wrapped if cell.col in usual and _rows_apart(lattice, cell, cut, 1.0)}
    if not cut:
        return lattice
    cells = [piece for c in lattice.cells for piece in (_pieces(lattice, c) if c in cut else [c])]
    return replace(lattice, cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))))


def _usual_columns(lattice: Lattice) -> set[int]:
    """The columns with cells of their own in most rows, most of them a row high."""
    own, single = [0] * lattice.n_cols, [0] * lattice.n_cols
    for cell in lattice.cells:
        if cell.col_span == 1:
            own[cell.col] += cell.row_span
            single[cell.col] += cell.row_span == 1
    columns = zip(own, single, strict=True)
    return {c for c, (n, low) in enumerate(columns) if low >= _USUAL * n and n > _MOST * lattice.n_rows}


def _lined_rows(lattice: Lattice, cell: LatticeCell, lines: Sequence[Sequence[Word]]) -> int:
    """How many rows of a cell hold printed lines; 0 where a line lies over the edge between two."""
    filled = set()
    for line in lines:
        box = Box.union(word.box for word in line)
        over = _OVER * box.height
        rows = range(cell.row, cell.row + cell.row_span)
        own = [
            r
            for r in rows
            if lattice.row_edges[r] - over <= box.y0 and box.y1 <= lattice.row_edges[r + 1] + over
        ]
        if not own:
            return 0
        filled.add(own[0])
    return len(filled)


def _is_figure(line: Sequence[Word]) -> bool:
    """Whether a printed line is a figure, an ordinal or a dash."""
    text = " ".join(word.text for word in line)
    return looks_numeric(text) or is_ordinal(text) or is_none_mark(text)


def _begins_anew(lattice: Lattice, cell: LatticeCell, lines: Sequence[Sequence[Word]]) -> bool:
    """Whether the first line in each of a cell's rows begins with a capital: a text of its own, as far as the
    print tells."""
    middles = [Box.union(word.box for word in line).center[1] for line in lines]
    firsts = (
        next(line for line, y in zip(lines, middles, strict=True) if y > lattice.row_edges[row])
        for row in range(cell.row, cell.row + cell.row_span)
    )
    return all(line[0].text[:1].isupper() for line in firsts)


def _rows_apart(
    lattice: Lattice, tall: LatticeCell, sure: AbstractSet[LatticeCell], most: float = _MOST
) -> bool:
    """Whether more than the share `most` of the columns beside a cell (all, where it is 1) part all the rows
    that it goes over; `sure` ones are cut."""
    rows = range(tall.row, tall.row + tall.row_span)
    parted = [0] * lattice.n_cols
    for cell in lattice.cells:
        if cell.col_span == 1 and cell.row in rows and (cell.row_span == 1 or cell in sure):
            parted[cell.col] += cell.row_span
    others = sum(parted[col] == len(rows) for col in range(lattice.n_cols) if col != tall.col)
    beside = lattice.n_cols - 1
    return others == beside or others > most * beside


def _pieces(lattice: Lattice, cell: LatticeCell) -> list[LatticeCell]:
    """A cell cut at the edges of its rows."""
    return [
        LatticeCell(
            row,
            cell.col,
            1,
            cell.col_span,
            Box(cell.box.x0, lattice.row_edges[row], cell.box.x1, lattice.row_edges[row + 1]),
        )
        for row in range(cell.row, cell.row + cell.row_span)
    ]
