"""Documents for the checks' tests: grids of strings typed by the program's own column rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from model.document import Document, Source
from model.page import TextLine
from model.table import Cell, Column, RowKind, Table
from normalize.columns import type_columns
from normalize.prose.statements import read_statements

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


def build_table(
    table_id: str,
    grid: Sequence[Sequence[str]],
    header_rows: int,
    numbering_row: int | None = None,
    title: str = "",
    sure: bool = True,
) -> Table:
    """A table from strings, header texts repeated over the positions they span."""
    kinds: list[RowKind] = [
        "numbering" if r == numbering_row else "header" if r < header_rows else "body"
        for r in range(len(grid))
    ]
    rows = tuple(
        tuple(
            Cell(r, c, text, text, is_header=r < header_rows, page=1, anchor=(r, c), sure=sure)
            for c, text in enumerate(row)
        )
        for r, row in enumerate(grid)
    )
    rows = tuple(
        tuple(
            replace(cell, anchor=_anchor(grid, cell.row, cell.col, header_rows))
            if cell.is_header or len(cell.text) > 30
            else cell
            for cell in row
        )
        for row in rows
    )
    columns = tuple(
        Column(
            c,
            tuple(dict.fromkeys(grid[r][c] for r in range(header_rows) if grid[r][c] and r != numbering_row)),
            number=grid[numbering_row][c] if numbering_row is not None else "",
        )
        for c in range(len(grid[0]))
    )
    return Table(table_id, title, "ruled", header_rows, rows, columns, tuple(kinds), numbering_row)


def _anchor(grid: Sequence[Sequence[str]], r: int, c: int, header_rows: int) -> tuple[int, int]:
    text = grid[r][c]
    if r >= header_rows and not any(ch.isalpha() for ch in text):
        return r, c
    while c and grid[r][c - 1] == text and text:
        c -= 1
    while r and grid[r - 1][c] == text and text:
        r -= 1
    return r, c


def build_document(tables: Sequence[Table], prose: Sequence[str] = ()) -> Document:
    typed, mark = type_columns(list(tables), list(prose))
    lines = tuple(TextLine(text, 1, n) for n, text in enumerate(prose, start=1))
    return Document(
        Source("doc", "doc.txt", "doc.txt"),
        "text",
        1,
        decimal_mark=mark,
        tables=typed,
        lines=lines,
        statements=tuple(read_statements(lines, mark, "")),
    )


def gold_document(name: str) -> Document:
    folder = GOLD / name
    if not folder.exists():
        pytest.skip("the shared gold documents are not here")
    tables = [
        build_table(t["id"], t["grid"], t["header_rows"], t["numbering_row"], t["title"])
        for t in json.loads((folder / "tables.json").read_text("utf8"))
    ]
    return build_document(tables, (folder / "prose.txt").read_text("utf8").splitlines())


@pytest.fixture
def table() -> Callable[..., Table]:
    return build_table


@pytest.fixture
def document() -> Callable[..., Document]:
    return build_document


@pytest.fixture
def gold() -> Callable[[str], Document]:
    return gold_document


@pytest.fixture
def gold_faults() -> Callable[[str], list[dict[str, object]]]:
    """The inconsistencies a careful person lists for a gold document."""

    def read(name: str) -> list[dict[str, object]]:
        path = GOLD / name / "inconsistencies.json"
        if not path.exists():
            pytest.skip("the shared gold documents are not here")
        faults: list[dict[str, object]] = json.loads(path.read_text("utf8"))
        return faults

    return read
