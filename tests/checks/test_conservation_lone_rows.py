"""The net: a row of figures alone in the running text, and a header that stands again among the rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.conservation import conservation_flags
from checks.conservation.among_words import figures_among_words
from checks.conservation.grid_view import GridView
from checks.conservation.lone_rows import ends_in_figures
from model.document import RunningLine
from model.geometry import Box
from model.table import Table
from tests.checks.net_tables import HEAD, ROWS, typed


def placed(table: Table, name: str, page: int, top: float) -> Table:
    """A table at a height of a page, its rows 20 points high."""
    rows = tuple(
        tuple(replace(c, page=page, box=Box(60 + 90 * c.col, top + 20 * r, 140 + 90 * c.col, top + 20 * r + 20)) for c in row)
        for r, row in enumerate(table.rows)
    )  # fmt: skip
    return replace(table, table_id=name, rows=rows, page_first=page, page_last=page)


def pieces(page: int, y: float, *texts: str) -> list[RunningLine]:
    return [
        RunningLine(page, n, t, t, Box(60 + 90 * n, y, 130 + 90 * n, y + 11)) for n, t in enumerate(texts)
    ]


def told(tables: list[Table], lines: list[RunningLine]) -> list[tuple[str, str | None]]:
    flags = conservation_flags(tables, (), lines)
    return [(f.table_id, f.found) for f in flags if "nằm ngoài bảng" in f.message]


def test_one_row_of_a_page_that_stands_in_no_table_is_told_on_the_tables_beside_it() -> None:
    """Rows alone on top of a page, and tables of two rows, were running text; only three rows were told."""
    tables = [
        placed(typed(ROWS), "t01", 1, 500),
        placed(typed(ROWS), "t02", 2, 200),
        placed(typed(ROWS), "t03", 2, 500),
    ]
    row = pieces(2, 60, "Hàng hóa khác", "86,0", "88,1")
    assert told(tables, row) == [("t01", "Hàng hóa khác 86,0 88,1"), ("t02", "Hàng hóa khác 86,0 88,1")]
    assert told([], row) == [("", "Hàng hóa khác 86,0 88,1")]


def test_rows_between_the_same_tables_are_told_at_once() -> None:
    tables = [placed(typed(ROWS), "t01", 1, 100)]
    rows = pieces(1, 500, "Vận chuyển", "235,0", "237,0") + pieces(
        1, 520, "Luân chuyển", "7 284,2", "9 885,7"
    )
    [flag] = [f for f in conservation_flags(tables, (), rows) if "nằm ngoài bảng" in f.message]
    assert "có 2 dòng số" in flag.message


@pytest.mark.parametrize(
    "texts",
    [
        ("Số:", "05", "/BC-TVT", "Độc lập - Tự do - Hạnh phúc"),
        ("2", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("0", "20", "40", "60"),  # the axis of a chart
    ],
)
def test_lines_level_with_each_other_that_are_no_row(texts: tuple[str, ...]) -> None:
    assert told([placed(typed(ROWS), "t01", 1, 200)], pieces(1, 60, *texts)) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Rau các loại 5 011,3 4 927,3 98,32", True),
        ("Xã An 12 7 5", True),
        ("các trung tâm số 1, 2, 3.", False),
        ("Tổng kinh phí 1 204 567", False),
        ("Điện thoại 024 3825 6677", False),
        ("Năm 2024 có 15 hồ sơ", False),
        ("12 7 5", False),
    ],
)
def test_a_line_that_ends_in_figures(text: str, row: bool) -> None:
    assert ends_in_figures(text) == row


def test_a_header_among_the_rows_is_told_on_the_table() -> None:
    """Two tables of one width under each other were one, and no message said so."""
    flags = conservation_flags([typed([*ROWS, HEAD, *ROWS])], ())
    assert any("ghi lại tiêu đề cột" in f.message and f.row is None for f in flags)
    assert not any("ghi lại tiêu đề" in f.message for f in conservation_flags([typed(ROWS)], ()))


@pytest.mark.parametrize(
    ("text", "col", "told"),
    [
        ("Xã An 4.972,6 Tổng cộng", 1, True),
        ("Xã An 5.178,3", 1, True),
        ("Nhà rộng trên 70,5 m2", 1, False),
        ("Tỷ lệ (%) 7,4", 2, True),
        ("Số hộ", 2, False),
    ],
)
def test_a_figure_among_words_is_told_where_white_space_alone_told_the_cells(
    text: str, col: int, told: bool
) -> None:
    """Of two tables that ran into each other, headers and figures shared cells, and none was flagged."""
    rows = [list(row) for row in ROWS]
    rows[2][col] = text
    table = replace(typed(rows, sure=True), kind="borderless")
    assert bool(list(figures_among_words(GridView(table)))) == told
