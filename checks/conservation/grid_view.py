"""A table as the net sees it: which columns hold figures, which cells are its own, what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from model.table import Cell, Role, Table
from normalize.columns.heads import head_key
from normalize.columns.names import names_by_head
from normalize.columns.values import FIGURE_ROLES
from normalize.numbers import is_none_mark, is_worded, looks_numeric
from normalize.ordinals import is_ordinal

NO_FIGURES: frozenset[Role] = frozenset({"ordinal", "date", "place", "note"})
"""Roles of columns whose digits are names, days or words."""

FIGURE_SHARE = 0.5
"""Of a column's filled cells, from which it is one of figures."""

FEWEST_FIGURES = 2
"""Cells of figures that make a column one of figures."""

ORDINAL_COLUMNS = 2
"""The first columns, in which row numbers stand."""

LONGEST_ORDINAL = 4
"""Digits of a row number."""

PAIR = 2
"""Figures of a range."""

PAIRED_SHARE = 0.8
"""Of a column's filled cells, from which one that prints a count with its share beside it holds pairs."""

_NO_ANCHOR = (-1, -1)
_FIGURE = re.compile(r"\d[\d.,]*")
_PAIRED = re.compile(r"[+\-−–]?\d[\d.,]*\s*%?\s*\(\s*[+\-−–]?\d[\d.,]*\s*%?\s*\)")
_BETWEEN = re.compile(r"\d[\d.,]*%?\s*[-–—/:xX×]\s*\d")


def digits_in(text: str) -> int:
    """How many digits a text holds."""
    return sum(c.isdigit() for c in text)


def letters_in(text: str) -> int:
    """How many letters a text holds."""
    return sum(c.isalpha() for c in text)


def figures_in(text: str) -> list[str]:
    """The parts of a text, told by blanks and line breaks, that are figures by themselves."""
    return [part for part in text.split() if looks_numeric(part)]


def holds_several(text: str) -> bool:
    """Whether a text is made of figures, two or more, that nothing ties to each other: no range, fraction
    or product."""
    if text.isalnum() or is_worded(text) or len(parts := text.split()) < 2:
        return False  # one part, or its first is no figure
    return all(map(looks_numeric, parts)) and not _BETWEEN.search(text)


def is_range(text: str) -> bool:
    """Whether a text ties two figures to each other (`15.000 - 16.000`, `12/18`, `3 x 4`) and no more."""
    return bool(_BETWEEN.search(text)) and letters_in(text) <= 1 and len(_FIGURE.findall(text)) == PAIR


def is_paired(text: str) -> bool:
    """Whether a text is a figure with another beside it in brackets (`64 (20,0%)`, `25 (12)`)."""
    return "(" in text and _PAIRED.fullmatch(text.strip()) is not None


@dataclass(frozen=True)
class GridView:
    """One table. Its rows are the body's without sections and numbering rows; cells that only repeat a
    span's anchor, and cells that span columns, belong to no column."""

    table: Table

    @cached_property
    def rows(self) -> tuple[int, ...]:
        table = self.table
        kinds = table.row_kinds or ("body",) * table.n_rows
        return tuple(r for r in range(table.header_rows, table.n_rows) if kinds[r] in ("body", "total"))

    @cached_property
    def single(self) -> bool:
        """Whether every cell of the body is its own, and of one place, as in most large tables."""
        return all(
            ((at := c.anchor)[0] == c.row and at[1] == c.col) or at == _NO_ANCHOR
            for col in self.table.other_columns
            for c in self.table.column_values(col)
        )

    @cached_property
    def wide(self) -> frozenset[tuple[int, int]]:
        """Anchors of cells that span columns."""
        if self.single:
            return frozenset()
        spanned = [row for row in self.table.body if any(c.anchor[1] != c.col for c in row)]
        anchors = Counter((c.row, c.anchor) for row in spanned for c in row if c.anchor != (-1, -1))
        return frozenset(anchor for (_, anchor), n in anchors.items() if n > 1)

    def own(self, row: int, col: int) -> Cell | None:
        """The cell of a place, None where another's span covers it or it spans columns."""
        cell = self.table.rows[row][col]
        if cell.anchor not in ((-1, -1), (row, col)) or (row, col) in self.wide:
            return None
        return cell

    def places_of(self, row: int, col: int) -> list[tuple[int, int]]:
        """Every place that a cell with its anchor there covers."""
        table = self.table
        rows = range(row, table.n_rows)
        below = takewhile(lambda r: table.rows[r][col].anchor == (row, col), rows)  # a span is a rectangle
        found = [(r, c.col) for r in below for c in table.rows[r] if c.anchor == (row, col)]
        return found or [(row, col)]

    def column(self, col: int) -> tuple[Cell, ...]:
        """The cells of a column that say something."""
        return self._columns[col]

    @cached_property
    def _columns(self) -> tuple[tuple[Cell, ...], ...]:
        """Each column's cells that say something; asked for once a misfit."""
        table, rows = self.table, self.table.rows
        own = [(row, rows[row]) for row in self.rows]
        whole = table.plain_columns if len(own) == len(table.body) else ()
        return tuple(
            tuple(table.column_values(col) if col in whole else self._said(own, col))
            for col in range(table.n_cols)
        )

    def _said(self, rows: Sequence[tuple[int, Sequence[Cell]]], col: int) -> list[Cell]:
        """The cells of a column that say something, of the rows (each with its number)."""
        if self.single:
            column = [cells[col] for _, cells in rows]
            return [c for c in column if c.text[:1].isalnum() or not is_none_mark(c.text)]
        wide = self.wide
        return [
            cell
            for row, cells in rows
            if ((at := (cell := cells[col]).anchor) == (row, col) or at == _NO_ANCHOR)
            and (cell.text[:1].isalnum() or not is_none_mark(cell.text))
            and not (wide and (row, col) in wide)
        ]

    def role(self, col: int) -> Role:
        """What a column holds, by its header and cells."""
        return self.table.columns[col].role if col < len(self.table.columns) else "label"

    @cached_property
    def figure_columns(self) -> tuple[int, ...]:
        return tuple(
            col
            for col in range(self.table.n_cols)
            if col not in self.paired_columns and self._of_figures(col)
        )

    @cached_property
    def paired_columns(self) -> frozenset[int]:
        """Columns nearly all of whose cells print two figures, the second in brackets: texts, as the author
        set them, not figures of two columns that ran together."""
        return frozenset(col for col in range(self.table.n_cols) if self._of_pairs(col))

    def _of_pairs(self, col: int) -> bool:
        if col in self.table.plain_columns:
            return False
        filled = self.column(col)
        pairs = sum(cell.value is None and is_paired(cell.text) for cell in filled)
        return pairs >= FEWEST_FIGURES and pairs >= PAIRED_SHARE * len(filled)

    def _of_figures(self, col: int) -> bool:
        if self.role(col) in NO_FIGURES:
            return False
        filled = self.column(col)
        if col in self.table.plain_columns:
            return len(filled) >= FEWEST_FIGURES
        figures = sum(cell.value is not None or holds_several(cell.text) for cell in filled)
        return figures >= FEWEST_FIGURES and figures >= FIGURE_SHARE * len(filled)

    @cached_property
    def figure_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for col in self.figure_columns for cell in self.column(col))

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Each column's header texts, joined."""
        header = self.table.rows[: self.table.header_rows]
        return tuple(" ".join(row[col].text for row in header).strip() for col in range(self.table.n_cols))

    @cached_property
    def bare_columns(self) -> tuple[int, ...]:
        """Columns with a header and no print below it, of a table that was read from ink. Notes may be blank,
        and in sure print the author left a column empty."""
        body = self.table.body
        if len(self.rows) < FEWEST_FIGURES or all(cell.sure for row in body for cell in row):
            return ()
        return tuple(
            col
            for col, head in enumerate(self.heads)
            if head and self.role(col) != "note" and not any(row[col].text.strip() for row in body)
        )

    @cached_property
    def leads(self) -> tuple[int, ...]:
        """The leading numbers of the first column's ordinals (`3` of 3, 3.4 and 3.4.1), from the top down;
        none where the column counts nothing."""
        texts = [cell.text.strip(" .)(") for cell in self.column(0)] if self.table.n_cols else []
        heads = [text.split(".")[0] for text in texts if is_ordinal(text)]
        leads = [int(h) for h in heads if h.isdecimal() and len(h) <= LONGEST_ORDINAL]
        counted = len(leads) >= FEWEST_FIGURES and len(leads) >= FIGURE_SHARE * len(texts)
        return tuple(leads) if counted else ()

    @cached_property
    def ordinals(self) -> tuple[int, ...]:
        """The whole numbers of the first column that counts its rows, from the top down."""
        for col in range(min(ORDINAL_COLUMNS, self.table.n_cols)):
            columns = self.table.columns
            if col < len(columns) and columns[col].path and names_by_head(head_key(columns[col].path[-1])):
                continue  # codes of accounts or goods leave numbers out
            if col and self.role(col) in FIGURE_ROLES:
                continue  # small figures beside names
            texts = [cell.text.strip(" .)(") for cell in self.column(col)]
            numbers = [int(t) for t in texts if t.isdecimal() and len(t) <= LONGEST_ORDINAL]
            counted = sum(is_ordinal(text) for text in texts)
            if len(numbers) >= FEWEST_FIGURES and counted >= FIGURE_SHARE * len(texts):
                return tuple(numbers)
        return ()
