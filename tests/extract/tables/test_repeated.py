"""A header met again on the next page: what is the same though the copy was read otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.alignment import identity
from extract.tables.repeated import Repeat, repeated_header

HEAD = [
    ["STT", "Loại cây", "Diện tích (ha)", "Sản lượng", "Sản lượng"],
    ["STT", "Loại cây", "Diện tích (ha)", "Kỳ trước", "Kỳ này"],
]
BODY = [["7", "Cà phê", "1.250", "3.100", "3.240"], ["8", "Hồ tiêu", "310", "640", "655"]]


def again(rows, depth, count="", head=HEAD, head_depth=2, n_cols=5):
    return repeated_header(head, head_depth, rows, depth, identity(n_cols), count)


def with_cell(rows, col, text):
    return [[text if c == col else t for c, t in enumerate(row)] for row in rows]


@pytest.mark.parametrize(
    ("rows", "depth", "found"),
    [
        (HEAD + BODY, 2, Repeat(2, 2)),
        (with_cell(HEAD, 1, "") + BODY, 2, Repeat(2, 2)),  # a cell's header is lost
        (with_cell(HEAD, 0, "~ 5 n STế“") + BODY, 2, Repeat(2, 2)),  # ... or rubbish
        (HEAD + BODY, 0, Repeat(2, 2)),  # ... and so taken for a body
        (HEAD + BODY, 3, Repeat(2, 2)),  # a row of the body taken into the header
        (HEAD[1:] + BODY, 1, Repeat(1, 2)),  # only the lowest row
        (BODY, 0, None),
        ([["STT", "Vật nuôi", "Tổng đàn", "Xuất chuồng", "Ước cả năm"], *BODY], 1, None),
    ],
)
def test_header_met_again(rows, depth, found):
    assert again(rows, depth) == found


def test_header_misread_on_the_first_page_is_told_by_the_second():
    assert again(HEAD + BODY, 2, head=with_cell(HEAD, 0, "r"), head_depth=0) == Repeat(2, 2)


@pytest.mark.parametrize(("count", "found"), [("runs on", True), ("", False), ("begins anew", False)])
def test_half_of_the_columns_are_enough_where_the_ordinals_run_on(count, found):
    rows = with_cell(with_cell(HEAD, 1, "kl#y"), 2, "„.t") + BODY
    assert bool(again(rows, 2, count)) == found


def test_rows_counted_anew_under_a_like_header_are_a_table_of_their_own():
    other = with_cell(with_cell(HEAD, 1, "Vật nuôi"), 2, "Tổng đàn (con)")
    assert again([*other, ["1", "Trâu", "12", "13", "14"]], 2, "begins anew") is None


@given(st.integers(0, 4), st.text("aeio~^”.", max_size=5))
def test_one_misread_cell_never_parts_a_table(col, text):
    assert again(with_cell(HEAD, col, text) + BODY, 2) == Repeat(2, 2)
