"""A table of a document, understood: header, columns with roles, rows with kinds, cells with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from model.copies import quick
from model.geometry import Box
from model.page import GridKind, Reading, WorkedOut
from model.value import Interval, Repair, Status, Unit, Value

Role = Literal[
    "ordinal",
    "label",
    "place",
    "count",
    "percent",
    "delta",
    "score",
    "ratio",
    "money",
    "rank",
    "date",
    "note",
    "empty",
]
RowKind = Literal["header", "numbering", "section", "body", "total"]

_NO_ANCHOR = (-1, -1)
_PLAIN_LINES = re.compile(r"[0-9.,%\n]+")
_NOT_FIRST = ("\n\n", "\n.", "\n,", "\n%")  # how no figure begins, nor a text without a sign


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """One grid position. A cell that spans several positions stands in each, with the same `anchor`.

    `raw` as read; `text` after repair; `value` when the cell is a number; `date` when it is a day
    (ISO 8601, as far as printed); `interval` when it is a range of numbers. `proofs` counts the
    independent relations that confirm the value.
    """

    row: int
    col: int
    raw: str
    text: str
    is_header: bool = False
    value: Value | None = None
    date: str = ""
    page: int = 0
    box: Box | None = None
    confidence: float = 1.0
    status: Status = "read"
    proofs: int = 0
    repairs: tuple[Repair, ...] = ()
    alternatives: tuple[Reading, ...] = ()
    anchor: tuple[int, int] = (-1, -1)
    interval: Interval | None = None
    stored: Decimal | None = None  # the number a workbook keeps, as shown (`model.page.GridCell`)
    worked_out: WorkedOut | None = None  # what a workbook's formula says of it
    sure: bool = False  # came from a text layer or a text file: the print itself, not a reading of ink


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `path` is its header texts from the top down; `number` its mark in the numbering row
    (`5=6+7`), empty when there is none."""

    index: int
    path: tuple[str, ...] = ()
    role: Role = "label"
    unit: Unit = ""
    number: str = ""

    @property
    def name(self) -> str:
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a table goes on over a page break: `row` is the first grid row of the new page.

    `proof` says what proves that the parts belong together (`header repeated`, `ordinals run on`,
    `columns align`, `totals close`); empty when nothing does.
    """

    row: int
    page: int
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table, over all its pages. `rows[r][c]` is rectangular and includes the header rows. `notes`
    say what was guessed, `doubts` what may make the table wrong as a whole; both in plain Vietnamese."""

    table_id: str
    title: str
    kind: GridKind
    header_rows: int
    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...] = ()
    row_kinds: tuple[RowKind, ...] = ()
    numbering_row: int | None = None
    page_first: int = 1
    page_last: int = 1
    seams: tuple[Seam, ...] = ()
    confidence: float = 1.0
    unit_note: str = ""
    notes: tuple[str, ...] = field(default=())
    doubts: tuple[str, ...] = ()
    _told: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def n_rows(self) -> int:
        return len(self.rows)

    @property
    def n_cols(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[self.header_rows :]

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row

    def column_values(self, col: int) -> Sequence[Cell]:
        """The cells of one column below the header."""
        if "columns" not in self._told:
            self._told["columns"] = tuple(zip(*self.body)) or ((),) * self.n_cols
        found: tuple[tuple[Cell, ...], ...] = self._told["columns"]
        return found[col]

    def column_lines(self, col: int) -> str:
        """The texts of a column below the header, each behind a line feed: what hardly any text of a long
        column has is looked for in all of them at once."""
        lines: dict[int, str] = self._told.setdefault("lines", {})
        if col not in lines:
            lines[col] = "\n".join(["", *[cell.text for cell in self.column_values(col)]])
        return lines[col]

    @property
    def plain_columns(self) -> frozenset[int]:
        """The columns that hold nothing below the header but figures of sure print as they were read, each in
        a cell of its own, written with digits, marks and `%` alone."""
        if "plain" not in self._told:
            self._told["plain"] = frozenset([c for c in range(self.n_cols) if self._is_plain(c)])
        found: frozenset[int] = self._told["plain"]
        return found

    @property
    def other_columns(self) -> Sequence[int]:
        """All other columns."""
        plain = self.plain_columns
        return [c for c in range(self.n_cols) if c not in plain]

    def _is_plain(self, col: int) -> bool:
        lines = self.column_lines(col)
        if (
            not lines
            or lines.count("\n") > self.n_rows - self.header_rows
            or _PLAIN_LINES.fullmatch(lines) is None
            or any(sign in lines for sign in _NOT_FIRST)
        ):
            return False
        return False not in [
            cell.value is not None
            and cell.sure
            and (cell.text is cell.raw or cell.text == cell.raw)
            and cell.status != "doubtful"
            and (((at := cell.anchor)[0] == cell.row and at[1] == col) or at == _NO_ANCHOR)
            and not (cell.is_header or cell.repairs or cell.alternatives or cell.date)
            and cell.interval is None
            for cell in self.column_values(col)
        ]

    def with_proofs(self, rows: tuple[tuple[Cell, ...], ...]) -> Table:
        """The table with rows of which only what proves them is otherwise: what was told of its columns
        stands."""
        made = replace(self, rows=rows)
        made._told.update({name: told for name, told in self._told.items() if name != "columns"})
        return made
