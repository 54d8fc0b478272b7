"""Rows without numbers in dumps that write a cell a line."""

from __future__ import annotations

from extract.dump.cells.regular import with_rows_on_lines
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts

PLACES = ("Thị trấn Ái Nghĩa", "Xã Đại Sơn", "Xã Đại Lãnh", "Xã Đại Hưng", "Toàn huyện")


def _lines(text: str) -> list[SourceLine]:
    page = text.split("\n")
    return source_lines([page], [page])


def _report(figures: list[tuple[str, ...]]) -> str:
    rows = "\n\n".join("\n".join((name, *own)) for name, own in zip(PLACES, figures, strict=True))
    return "Bảng 1. Tiêm chủng\nXã, thị trấn\nSố trẻ\n\nSố tiêm\n%\nSố mũi\n\n" + rows + "\n"


def test_labels_with_as_many_figures_each_are_rows() -> None:
    """Every cell of a table whose rows have no numbers was a row of one column."""
    figures = [(str(200 + n), str(80 + n), f"{36 + n},1", str(130 + 3 * n)) for n in range(5)]
    (draft,) = table_drafts(_lines(_report(figures)))
    rows = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in rows] == list(PLACES)
    assert [row[1:] for row in rows] == figures
    assert not draft.doubts


def test_columns_written_one_by_one_stay_as_they_are() -> None:
    """The figures of a column are alike: they are no row's."""
    columns = [tuple(str(100 * n + k) for k in range(4)) for n in range(1, 6)]
    lines = _lines(_report(columns))
    assert with_rows_on_lines(lines) == lines
