"""What is doubtful about a table without rules: where its guessed rows or columns do not fit its figures."""

from __future__ import annotations

from dataclasses import replace

from model.page import Grid, GridCell
from normalize.numbers import is_none_mark, looks_numeric
from normalize.wraps import unwrapped

_FIGURES = 0.7  # share of a column's cells from which it is one of figures
_NAMED_ROWS = 5


def with_open_doubts(grid: Grid) -> Grid:
    """`grid` with its misfits marked when it has no rules.

    In a column of figures a cell with figures over each other is two rows taken for one, and a cell with
    figures beside each other two columns: such cells are doubtful, and a note tells their rows.
    """
    if grid.kind != "borderless":
        return grid
    suspects = {id(c) for col in range(grid.n_cols) for c in _misfits(grid, col)}
    if not suspects:
        return grid
    rows = sorted({c.row + 1 for c in grid.cells if id(c) in suspects})
    named = ", ".join(map(str, rows[:_NAMED_ROWS])) + (", …" if len(rows) > _NAMED_ROWS else "")
    note = (
        f"Bảng ở trang {grid.page} không có đường kẻ, hàng và cột được suy ra từ khoảng trắng: "
        f"{len(suspects)} ô chứa nhiều số (dòng {named} của phần bảng trên trang này); "
        "có thể các dòng hoặc cột đã bị gộp."
    )
    cells = tuple(replace(c, doubtful=True) if id(c) in suspects else c for c in grid.cells)
    return replace(grid, cells=cells, notes=(*grid.notes, note))


def _misfits(grid: Grid, col: int) -> list[GridCell]:
    """The cells of a column of figures that hold more than one."""
    cells = [c for c in grid.cells if c.col == col and c.col_span == 1 and c.row_span == 1 and c.text]
    figures = [c for c in cells if _is_figure(c.text)]
    several = [c for c in cells if not _is_figure(c.text) and _holds_several(c.text)]
    if len(figures) < _FIGURES * len(cells) or len(figures) < 2:
        return []
    return several


def _is_figure(text: str) -> bool:
    text = unwrapped(text)
    return looks_numeric(text) or is_none_mark(text)


def _holds_several(text: str) -> bool:
    """Whether a text is made of figures, two or more."""
    parts = unwrapped(text).split()
    return len(parts) > 1 and all(_is_figure(p) for p in parts)
