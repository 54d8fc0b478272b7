"""Dumps that write a table column after column, put together again or kept and flagged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.columnar.figures import arrange
from extract.dump.lines import source_lines
from extract.dump.pages import read_text
from extract.dump.titles import begins_table
from model.page import Grid

NAMES = ("Xã An", "Xã Bình", "Phường Cao", "Xã Dũng", "Xã Én", "Xã Giang")
RECEIVED = ("120", "85", "1.240", "64", "310", "96")
ON_TIME = ("118", "85", "1.201", "60", "300", "96")
LATE = ("2", "0", "39", "4", "10", "0")
RATE = ("98,3", "100,0", "96,9", "93,8", "96,8", "100,0")
NUMBERS = tuple(str(n) for n in range(1, 7))
COLUMNS = (RECEIVED, ON_TIME, LATE, RATE)


def dump(*parts: tuple[str, ...], gap: str = "\n") -> str:
    """Parts with a blank line between them, a value a line."""
    return "BÁO CÁO THÁNG 5\n\n" + "\n\n".join(gap.join(part) for part in parts) + "\n"


def the_grid(text: str) -> Grid:
    (grid,) = [grid for page in read_text(text) for grid in page.grids]
    return grid


def body(grid: Grid) -> list[tuple[str, ...]]:
    head = grid.header_rows or 0
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return [tuple(row) for row in rows[head:]]


ROWS = list(zip(NUMBERS, NAMES, *COLUMNS, strict=True))

DUMPS = {
    "a block a column": dump(("STT",), NUMBERS, ("Đơn vị", *NAMES), *COLUMNS),
    "a heading before each column": dump(
        ("STT",),
        NUMBERS,
        ("Đơn vị", *NAMES),
        ("Tiếp nhận", *RECEIVED),
        ("Đúng hạn", *ON_TIME),
        ("Quá hạn", *LATE),
        ("Tỷ lệ", *RATE),
    ),
    "a value a block": dump(("STT",), NUMBERS, NAMES, RECEIVED, ON_TIME, LATE, RATE, gap="\n\n"),
    "row numbers before their labels": dump(
        ("STT", "Đơn vị"), tuple(f"{n} {name}" for n, name in zip(NUMBERS, NAMES, strict=True)), *COLUMNS
    ),
    "labels over two lines": dump(("STT",), NUMBERS, *((name, "miền núi") for name in NAMES), *COLUMNS),
    "the page's number among the figures": dump(NUMBERS, NAMES, RECEIVED, ("1",), ON_TIME, LATE, RATE),
    "columns, and columns written by rows": dump(
        NUMBERS, NAMES, RECEIVED, tuple(x for row in zip(ON_TIME, LATE, strict=True) for x in row), RATE
    ),
}


@pytest.mark.parametrize("text", DUMPS.values(), ids=DUMPS)
def test_columns_stand_side_by_side_again(text: str) -> None:
    found = body(the_grid(text))
    assert [(row[0], *row[2:]) for row in found] == [(row[0], *row[2:]) for row in ROWS]
    assert all(row[1].startswith(name) for row, name in zip(found, NAMES, strict=True))


def test_a_total_row_has_no_number_and_may_lack_a_figure() -> None:
    total = ("TỔNG SỐ",)
    text = dump(
        NUMBERS,
        total + NAMES,
        ("1.915", *RECEIVED),
        ("1.860", *ON_TIME),
        ("55", *LATE),
        ("97,1", *RATE),
        ("4", "1", "5", "6", "3", "1"),
    )
    found = body(the_grid(text))
    assert found[0] == ("", "TỔNG SỐ", "1.915", "1.860", "55", "97,1", "")
    assert found[1][-1] == "4"


def test_a_table_goes_on_where_its_row_numbers_do() -> None:
    half = [tuple(column[:3]) for column in (NUMBERS, NAMES, *COLUMNS)]
    rest = [tuple(column[3:]) for column in (NUMBERS, NAMES, *COLUMNS)]
    grid = the_grid(dump(*half) + "\f" + "\n\n".join("\n".join(part) for part in rest))
    assert body(grid) == ROWS
    assert grid.row_pages[-1] == 2


def test_a_guessed_order_is_doubted_and_sums_lift_the_doubt() -> None:
    assert not the_grid(DUMPS["a block a column"]).doubts
    unlike = dump(NUMBERS, NAMES, ("7", "9", "12", "5", "8", "3"), ("4", "6", "1", "2", "9", "5"), gap="\n\n")
    assert the_grid(unlike).doubts


def test_what_fits_no_rows_is_kept_and_named_with_its_lines() -> None:
    text = dump(NUMBERS, NAMES[:4], RECEIVED, ON_TIME[:5], LATE)
    grids = [grid for page in read_text(text) for grid in page.grids]
    kept = " ".join(cell.text for grid in grids for cell in grid.cells).split()
    assert set(RECEIVED + ON_TIME[:5] + LATE) <= set(kept)
    assert all(grid.doubts or any(c.doubtful for c in grid.cells) for grid in grids)


def test_figures_of_a_letterhead_are_no_table() -> None:
    assert not read_text("Số: 12/BC\n\n1\n\n2\n\nKrông, ngày 3\n\n15\n\n7,5\n")[0].grids


def test_rubble_is_one_column_with_its_lines_in_the_flag() -> None:
    grid = the_grid("Kết quả\n\n" + "\n\n".join(f"{n},5" for n in (31, 7, 22, 9, 14, 3, 18, 6, 40)) + "\n")
    assert grid.n_cols == 1
    assert "từ dòng 3 đến dòng 19" in grid.doubts[0]


figures = st.lists(st.integers(1, 999).map(str), min_size=4, max_size=4)


@given(st.lists(figures, min_size=3, max_size=6))
def test_an_arrangement_neither_loses_nor_makes_figures(columns: list[list[str]]) -> None:
    found = arrange(columns, 4, page=99)
    assert found is not None
    assert [list(c) for c in zip(*found.rows, strict=True)] == columns


def test_unlike_figures_make_no_column() -> None:
    assert arrange([["1,5", "3", "2,5", "4", "7", "8,5"]], 3, page=9) is None


BANDS = (
    ("63,2", "59,7", "65,4"),
    ("18,9", "18,6", "16,6"),
    ("15,3", "12,6", "26,5"),
    ("35,8", "32,6", "41,2"),
    ("29,7", "26,1", "34,6"),
    ("60,6", "55,0", "65,9"),
)


def _banded(heights: tuple[int, ...]) -> str:
    """Rows in bands: each column's figures of a band are a block."""
    blocks, at = [], 0
    for height in heights:
        blocks += [tuple(row[c] for row in BANDS[at : at + height]) for c in range(3)]
        at += height
    return dump(("Thu ngân sách", "Chi ngân sách", "Kết dư"), *blocks)


@pytest.mark.parametrize("heights", [(1, 2, 3), (3, 1, 2), (2, 1, 1, 2)])
def test_bands_of_blocks_are_rows_whatever_stands_beside_them(heights: tuple[int, ...]) -> None:
    grid = the_grid(_banded(heights))
    assert [row[-3:] for row in body(grid)] == list(BANDS)
    assert grid.doubts


def test_blocks_of_one_length_are_columns_though_no_row_numbers_fit() -> None:
    """Rows counted anew in each section have no run of numbers as long as the columns."""
    text = dump(("I", "1", "2", "II", "1", "2"), ("Khu một", *NAMES[:2], "Khu hai", "khác"), *COLUMNS)
    grid = the_grid(text)
    assert [row[-4:] for row in body(grid)] == list(zip(*COLUMNS, strict=True))
    assert grid.doubts


def test_rows_written_one_after_another_are_no_columns() -> None:
    text = "\n".join(f"{n}\n{name}\n{a}\n{b}\n{c}" for n, name, a, b, c, _ in ROWS)
    found = body(the_grid("STT\nXã\nTiếp nhận\nĐúng hạn\nQuá hạn\n" + text))
    assert [row[-3:] for row in found] == [row[2:5] for row in ROWS]


def test_rows_go_on_under_a_sections_heading_at_the_pages_foot() -> None:
    """The last row number was the section's, and the next page's rows were a table of their own."""
    first = dump(
        ("STT",),
        ("I", "1", "2", "3", "4", "II"),
        ("Nhóm một", *NAMES[:4], "Nhóm hai"),
        ("120", "231", "341", "155"),
        ("20", "31", "41", "55"),
        ("140", "262", "382", "210"),
    )
    second = ("5\n6\n7\n8", "Xã Hòa\nXã Lâm\nXã Mỹ\nXã Nam", "220\n131\n311\n175", "26\n38\n47\n51")
    grid = the_grid(first + "\f" + "\n\n".join((*second, "246\n169\n358\n226")))
    rows = body(grid)
    assert [row[0] for row in rows] == ["I", "1", "2", "3", "4", "II", "5", "6", "7", "8"]
    assert rows[-1][2:] == ("175", "51", "226")


def test_a_title_in_capitals_over_another_head_opens_a_table() -> None:
    first = "STT\nĐơn vị\n1\n2\n3\nXã A\nXã B\nXã C\n" + "".join(
        f"\n{n}\n{n + 7}\n" for n in (120, 340, 560, 780)
    )
    text = (first + "KẾT QUẢ LỰA CHỌN NHÀ THẦU\nTT\nTên gói\n").split("\n")
    lines = source_lines([text], [text])
    title = next(i for i, line in enumerate(lines) if line.text.startswith("KẾT"))
    assert begins_table(lines, title)
    assert not begins_table(lines[title - 1 :], 1)
    assert not begins_table(lines, 2)
