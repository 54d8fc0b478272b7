"""Bounds: no more is settled than came in, no more in time than was settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table
from tests.checks.conftest import build_document, build_table

Build = Callable[..., Table]
Make = Callable[..., Document]

BARE = ["TT", "Đơn vị", "Hồ sơ tiếp nhận", "Hồ sơ đã giải quyết"]
CAME = [
    ["1", "Phòng Tư pháp", "5.318", "5.298"],
    ["2", "Phòng Y tế", "7.711", "7.702"],
    ["3", "Phòng Nội vụ", "6.653", "6.640"],
    ["4", "Phòng Văn hóa", "8.117", "8.020"],
]
CARRIED = ["TT", "Đơn vị", "Kỳ trước chuyển sang", "Tiếp nhận trong kỳ", "Đã giải quyết"]
FROM_BEFORE = [
    ["1", "Xã An Mẫu", "12", "270", "263"],
    ["2", "Xã Bình Mẫu", "7", "418", "401"],
    ["3", "Xã Chi Mẫu", "0", "95", "90"],
    ["4", "Xã Dung Mẫu", "21", "199", "202"],
]
TOGETHER = ["TT", "Đơn vị", "Tổng số tiếp nhận (kể cả kỳ trước chuyển sang)", "Đã giải quyết"]
IN_TIME = ["TT", "Đơn vị", "Tổng số hồ sơ đã giải quyết", "Số hồ sơ giải quyết đúng hạn"]
SETTLED = [
    ["1", "Xã An Mẫu", "270", "263"],
    ["2", "Xã Bình Mẫu", "418", "418"],
    ["3", "Xã Chi Mẫu", "95", "90"],
    ["4", "Xã Dung Mẫu", "199", "187"],
]


def bound_flags(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.check == "row_sum/bound"]


def changed(rows: list[list[str]], row: int, col: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize(
    ("head", "rows", "row", "col", "text", "points_at"),
    [
        (BARE, CAME, 2, 2, "53", 2),  # the received lost its last digits
        (BARE, CAME, 0, 3, "52.980", 3),  # the settled has one too many
        (CARRIED, FROM_BEFORE, 1, 4, "426", 4),  # one more than there were
        (CARRIED, FROM_BEFORE, 3, 3, "19", 3),
        (TOGETHER, CAME, 2, 3, "6.654", 3),
        (IN_TIME, SETTLED, 2, 3, "900", 3),
        (IN_TIME, SETTLED, 0, 2, "27", 2),
    ],
)
def test_more_out_than_in_is_one_flag_on_the_stranger_figure(
    table: Build,
    document: Make,
    head: list[str],
    rows: list[list[str]],
    row: int,
    col: int,
    text: str,
    points_at: int,
) -> None:
    (flag,) = bound_flags(document([table("t01", [head, *changed(rows, row, col, text)], 1)]))
    assert (flag.row, flag.col, flag.severity) == (row + 1, points_at, "warning")
    assert text in flag.message


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (BARE, CAME),
        (CARRIED, FROM_BEFORE),  # 202 of 199 came in before
        (IN_TIME, SETTLED),
        (BARE, changed(CAME, 1, 3, "7.790")),  # a backlog that is not printed
        (BARE, changed(changed(CAME, 1, 2, "3"), 1, 3, "9")),  # few dossiers: a backlog, too
        (BARE, [[*r[:2], r[3], r[2] + "0"] for r in CAME]),  # so in every row: something else is meant
    ],
)
def test_rows_within_their_bounds_are_calm(
    table: Build, document: Make, head: list[str], rows: list[list[str]]
) -> None:
    assert bound_flags(document([table("t01", [head, *rows], 1)])) == []


def test_a_figure_that_a_sum_points_at_is_not_told_twice(table: Build, document: Make) -> None:
    """Settled = in time + late fails in the row: the sum speaks, the bound says nothing new."""
    grid = [["TT", "Đơn vị", "Đã giải quyết", "Đã giải quyết", "Đã giải quyết"],
            ["TT", "Đơn vị", "Tổng số", "Đúng hạn", "Quá hạn"]]  # fmt: skip
    grid += [[str(n), f"Xã Mẫu {n}", str(210 + 7 * n), str(200 + 6 * n), str(10 + n)] for n in range(1, 6)]
    grid[4][2] = "31"
    found = check_document(document([table("t01", grid, 2)])).flags
    assert [(f.row, f.col, f.check) for f in found] == [(4, 2, "row_sum/header")]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=4, max_size=8))
def test_a_table_whose_rows_all_keep_to_a_bound_has_no_such_flag(rows: list[tuple[int, int]]) -> None:
    body = [[str(n), f"Xã Mẫu {n}", "5", str(max(a, b)), str(min(a, b))] for n, (a, b) in enumerate(rows, 1)]
    assert bound_flags(build_document([build_table("t01", [CARRIED, *body], 1)])) == []
