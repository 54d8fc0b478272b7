"""What a reviewer should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.geometry import Box

Severity = Literal["info", "warning", "error"]
FlagKind = Literal[
    "total",
    "row_sum",
    "delta",
    "percent",
    "complement",
    "prose_sum",
    "cross",
    "cross_document",
    "date",
    "rank",
    "text_vs_number",
    "formula",
    "reading",
    "structure",
    "spelling",
]


@dataclass(frozen=True, slots=True)
class CellRef:
    """Names a cell of a document: `table_id`, `row`, `col` as in cells.csv."""

    table_id: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class Flag:
    """One fault to look at. `row`/`col` are None where the fault is not one cell's.

    `message` is one plain Vietnamese sentence with the figures in it. `found` is what stands there,
    `expected` what the program believes (empty when it has no belief). `check` names the rule or reader
    that raised it. `cells` are the other cells of the failing relation, for the review page.
    """

    kind: FlagKind
    severity: Severity
    message: str
    table_id: str = ""
    row: int | None = None
    col: int | None = None
    page: int = 0
    box: Box | None = None
    found: str = ""
    expected: str = ""
    context: str = ""
    check: str = ""
    cells: tuple[CellRef, ...] = ()
