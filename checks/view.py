"""A table as the checks see it: where its figures stand, how its rows are named and nested."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from string import digits

import numpy as np
from numpy.typing import NDArray

from checks.relation import Term
from model.table import Cell, Column, Role, RowKind, Table
from normalize.columns.heads import head_key
from normalize.numbers import is_none_mark
from normalize.ordinals import is_ordinal, read_ordinal
from normalize.totals import is_total_label
from normalize.unicode import fold

_OF_WHICH = re.compile(r"tr[oô]ng [dđ][oóố]\b", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"^(?:[ivxIVX]+|[0-9]+)[.)]?\s+")  # before a label in the same cell
_NUMBER_BEGINS = frozenset("ivxIVX" + digits)
_LABEL_START = 4  # signs of a cell among which a label has a letter
_SKIPPED: frozenset[Role] = frozenset({"ordinal", "date"})
NO_SUM: frozenset[Role] = frozenset({"percent", "rank", "ratio", "ordinal", "date"})


@dataclass(frozen=True, slots=True)
class TextFigure:
    """A number inside a cell's text: its figure, the folded words before and after it, its fraction's
    second number (`84,9/100`) as a figure of its own."""

    figure: int
    before: str
    after: str
    of: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One table. `at[r][c]` is the index of the cell's figure; `of[r, c]` that of a fraction's second
    number; `texts[r, c]` the numbers inside a cell of words; `blanks[r, c]` stands in for a cell of ink that
    was read as empty or as no number. Cells that repeat a span's anchor have none.
    """

    table: Table
    at: tuple[tuple[int | None, ...], ...]
    of: dict[tuple[int, int], int]
    texts: dict[tuple[int, int], tuple[TextFigure, ...]]
    blanks: dict[tuple[int, int], int] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> tuple[RowKind, ...]:
        table = self.table
        given: tuple[RowKind, ...] = table.row_kinds or tuple(
            "header" if r < table.header_rows else "body" for r in range(table.n_rows)
        )
        return tuple(
            "total" if kind in ("body", "section") and self.has_figures(r) and self.says_total(r) else kind
            for r, kind in enumerate(given)
        )

    @cached_property
    def body(self) -> tuple[int, ...]:
        """Rows with figures, top down."""
        return tuple(
            r
            for r in range(self.table.header_rows, self.table.n_rows)
            if self.has_figures(r) and self.kinds[r] not in ("header", "numbering")
        )

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """Columns of figures: at least a third of their filled body cells are numbers."""
        return tuple(c for c in range(self.table.n_cols) if self._numeric(c))

    def _numeric(self, col: int) -> bool:
        if self.column(col).role in _SKIPPED:
            return False
        at = self.at
        if col in self.table.plain_columns:
            return True
        filled = [
            c for c in self.table.column_values(col) if c.text[:1].isalnum() or not is_none_mark(c.text)
        ]
        figures = sum([at[c.row][col] is not None for c in filled])
        return figures > 0 and 3 * figures >= len(filled)

    def has_figures(self, row: int) -> bool:
        return row in self._figured or row in self._told

    @cached_property
    def _figured(self) -> frozenset[int]:
        """Rows in which some cell is a figure."""
        nothing = {None}
        return frozenset([row for row, figures in enumerate(self.at) if not nothing.issuperset(figures)])

    @cached_property
    def _told(self) -> frozenset[int]:
        """Rows with numbers inside cells of words."""
        return frozenset(r for r, _ in self.texts)

    @cached_property
    def stand_ins(self) -> frozenset[int]:
        """The figures that stand in for cells without a number."""
        return frozenset(self.blanks.values())

    def figure(self, row: int, col: int) -> int | None:
        """The cell's figure, or the stand-in of one that was printed but could not be read."""
        index = self.at[row][col]
        if index is None and self.cell(row, col).text.strip():
            return self.blanks.get((row, col))
        return index

    def column(self, col: int) -> Column:
        return self.table.columns[col] if col < len(self.table.columns) else Column(col)

    def head(self, col: int) -> str:
        """The column's header words, folded (`head_key`), top down."""
        return head_key(self.column(col).name)

    def leaf(self, col: int) -> str:
        path = self.column(col).path
        return head_key(path[-1]) if path else ""

    def group(self, col: int) -> tuple[str, ...]:
        """The headers over a column's own, folded."""
        return tuple(fold(p) for p in dict.fromkeys(self.column(col).path[:-1]))

    def with_table(self, table: Table) -> Sheet:
        """The sheet over its table as it became. What was told of the rows and columns stands where no text
        changed and no cell gained or lost a value."""
        if not _alike(table, self.table):
            return replace(self, table=table)
        copy = object.__new__(Sheet)
        copy.__dict__.update(self.__dict__, table=table)
        return copy

    def cell(self, row: int, col: int) -> Cell:
        return self.table.rows[row][col]

    @cached_property
    def terms(self) -> dict[int, Term]:
        """The figures as terms as they are, each made once for all equations of it."""
        return {}

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The figures of the body rows (down) in all columns (across), -1 where there is none."""
        rows = [[-1 if n is None else n for n in self.at[r]] for r in self.body]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.table.n_cols)

    def says_total(self, row: int) -> bool:
        """Whether a label of the row begins with words of a total."""
        cells = self.table.rows[row]
        for cell in cells if row < self.table.header_rows else [cells[c] for c in self._others]:
            text = cell.text
            if cell.value is not None:
                continue
            if not text[:1].isalpha() and not any(ch.isalpha() for ch in text[:_LABEL_START]):
                continue
            if is_total_label(_ROW_NUMBER.sub("", text) if text[:1] in _NUMBER_BEGINS else text):
                return True
        return False

    @cached_property
    def _others(self) -> Sequence[int]:
        """The columns that may hold anything but plain figures."""
        return self.table.other_columns

    @cached_property
    def label_col(self) -> int:
        """The column that names the rows: the place column, else the wordiest one."""
        for c in range(self.table.n_cols):
            if self.column(c).role == "place":
                return c
        words = [
            (sum(len(x.text) for x in self.table.column_values(c) if x.value is None), -c)
            for c in range(min(self.table.n_cols, 4))
            if self.column(c).role not in ("ordinal", "note")
        ]
        return -max(words)[1] if words else 0

    def label(self, row: int) -> str:
        """The row's name as printed."""
        return self._labels[row]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all rows, folded."""
        return tuple(map(fold, self._labels))

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple([self._label(row) for row in range(self.table.n_rows)])

    def _label(self, row: int) -> str:
        text = self.table.rows[row][self.label_col].text if self.table.n_cols else ""
        if text.strip() and not is_ordinal(text.strip()):
            return " ".join(text.split())
        words = [c.text for c in self.table.rows[row] if c.value is None and any(x.isalpha() for x in c.text)]
        return " ".join(words[0].split()) if words else ""

    def ordinal(self, row: int) -> str:
        """The row's own number (`IV`, `1.1`, `a)`), folded, or ''."""
        for cell in self.table.rows[row][: self.label_col + 1]:
            text = cell.text.strip()
            if text and (cell.value is None or self.column(cell.col).role == "ordinal") and is_ordinal(text):
                return fold(text).strip("().")
        return ""

    @cached_property
    def levels(self) -> dict[int, int]:
        """How deep each body row stands: 1 for `I`/`A`, 2 for `1`, 3 for `1.1`, 5 for `a)`, 6 for none, 7 for
        a part of the row above (`Trong đó: giờ cao điểm`), which no sum counts with those it is a part of."""
        return {r: _level(self.ordinal(r), self.cell(r, 0).text, self.label(r)) for r in self.body}

    def percentish(self, col: int) -> bool:
        return self.column(col).role == "percent" or self.column(col).unit == "percent"


def _alike(new: Table, old: Table) -> bool:
    """Whether all texts of two tables of one shape are the same, and the same cells have values."""
    plain = new.plain_columns & old.plain_columns
    if any(new.column_lines(c) != old.column_lines(c) for c in plain):
        return False
    others, depth = [c for c in range(old.n_cols) if c not in plain], old.header_rows
    pairs = [
        *zip(chain.from_iterable(new.rows[:depth]), chain.from_iterable(old.rows[:depth]), strict=True),
        *((a[c], b[c]) for a, b in zip(new.rows[depth:], old.rows[depth:], strict=True) for c in others),
    ]
    return False not in [
        a is b or (a.text == b.text and (a.value is None) == (b.value is None)) for a, b in pairs
    ]


def _level(ordinal: str, raw: str, label: str) -> int:
    if not ordinal:
        return 7 if label[:1] in "Tt" and _OF_WHICH.match(label) else 6
    if ordinal.isdigit():
        return 2
    if "." in ordinal:
        return 2 + ordinal.count(".")
    if raw.strip().endswith(")"):
        return 5
    number = read_ordinal(ordinal.upper())
    if (number is not None and number.kind == "roman") or raw.strip("(). ").isupper():
        return 1
    return 5
