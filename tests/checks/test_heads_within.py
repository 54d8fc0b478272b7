"""Rows of words inside a table's body head the rows right below them, whichever way they are walked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.families.deltas import _with_heads, is_headed
from checks.figures import open_book
from checks.view import Sheet
from model.document import Document
from model.table import Table

WORDY = ["Thủ tục đất đai", "Kỳ này so với kỳ trước", "Chênh lệch hai kỳ", "Ghi chú của xã"]
HALF = ["Hồ sơ trực tuyến", "15", "Trả trước hạn hẹn", "Ghi chú của huyện"]
FIGURES = ["Xã Hòa Bình", "12", "15", "3"]
ROWS = st.lists(st.sampled_from([WORDY, HALF, FIGURES, ["", "", "", ""]]), min_size=1, max_size=9)


def heads_over(sheet: Sheet, row: int) -> dict[int, str]:
    """The slow way: up from the row, as far as rows of words go."""
    heads: dict[int, str] = {}
    for r in range(row - 1, sheet.table.header_rows - 1, -1):
        words = [c for c in sheet.table.rows[r] if len(c.text) > 8 and c.value is None]
        if len(words) < 3 or sum(n is not None for n in sheet.at[r]) > 1:
            break
        for cell in words:
            heads.setdefault(cell.col, cell.text)
    return heads


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_walked_once_or_up_from_each_row_the_heads_are_the_same(
    table: Callable[..., Table], document: Callable[[Sequence[Table]], Document], rows: list[list[str]]
) -> None:
    made = table("t01", [["Đơn vị", "Kỳ này", "Kỳ trước", "Tăng giảm"], *rows], 1)
    (sheet,) = open_book(document([made])).sheets
    slow = {row: heads for row in sheet.body if (heads := heads_over(sheet, row))}
    assert {row: list(heads.items()) for row, heads in _with_heads(sheet)} == {
        row: list(heads.items()) for row, heads in slow.items()
    }
    assert {row for row in sheet.body if is_headed(sheet, row)} == set(slow)


@pytest.mark.parametrize("count", [4_000])
def test_a_long_list_of_texts_ends(
    table: Callable[..., Table], document: Callable[[Sequence[Table]], Document], count: int
) -> None:
    """Each row asked all rows above it: ten thousand rows took minutes."""
    rows = [
        [f"Hồ sơ đất đai thứ {n}", str(n), "Nguyễn Văn An ở Hòa Bình", "Trả đúng hạn hẹn"]
        for n in range(count)
    ]
    (sheet,) = open_book(document([table("t01", [["Hồ sơ", "Số", "Người nộp", "Kết quả"], *rows], 1)])).sheets
    walked = sum(len(heads) for _, heads in _with_heads(sheet))
    assert walked == 3 * (count - 1)
