"""Rows whose figures a narrow column tears, written as lines above, in and below their middle."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts
from extract.dump.torn_order import woven
from extract.dump.torn_rows import with_whole_rows


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _texts(text: str) -> list[str]:
    return [line.text for line in with_whole_rows(_lines(text)).lines if not line.blank]


PRICES = """STT Mã Mặt hàng Đơn vị Kỳ trước Kỳ này Tăng Tỷ lệ Ghi chú
01.00 Bột giặt gói đồng/ 46,00 47,50
1 1,500 3.26
1 lớn hộp 0 0
01.00 đồng/ 118,5 118,0 Giá tại
2 Sữa tươi -500 -0.42
2 thùng 00 00 chợ
01.00 Dây điện loại đồng/
3 9,000 9,000 0 0.00
3 4 mét
01.00 Ống nhựa phi đồng/ 57,00 57,00
4 0 0.00 Giá bán lẻ
4 90 cây 0 0
"""


def test_a_row_torn_over_three_lines_is_one_line() -> None:
    """The first figures of a torn row, its number and its ends stood in three rows, without a word."""
    assert _texts(PRICES)[1:] == [
        "1 01.001 Bột giặt gói lớn đồng/hộp 46,000 47,500 1,500 3.26",
        "2 01.002 Sữa tươi đồng/thùng 118,500 118,000 -500 -0.42 Giá tại chợ",
        "3 01.003 Dây điện loại 4 đồng/mét 9,000 9,000 0 0.00",
        "4 01.004 Ống nhựa phi 90 đồng/cây 57,000 57,000 0 0.00 Giá bán lẻ",
    ]


def test_the_table_of_torn_rows_has_its_columns() -> None:
    (draft,) = table_drafts(_lines(PRICES))
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[1] for row in body] == ["01.001", "01.002", "01.003", "01.004"]
    assert [row[3:7] for row in body] == [
        ("46,000", "47,500", "1,500", "3.26"),
        ("118,500", "118,000", "-500", "-0.42"),
        ("9,000", "9,000", "0", "0.00"),
        ("57,000", "57,000", "0", "0.00"),
    ]


def test_a_page_that_ends_within_a_torn_row_leaves_it_whole() -> None:
    """The row's ends were the first figures of the next page, and a mark of decimals for all its prices."""
    more = "01.00 Đinh đồng/ 21,00 22,00\n5 1,000 4.76\n5 hộp 0 0\n"
    text = PRICES + more + "6\n01.00\nVôi bột\nđồng/\n33,00\n34,50\n1,500\n4.55\n\f6\nbao\n0\n0\n"
    assert _texts(text)[-1] == "6 01.006 Vôi bột đồng/bao 33,000 34,500 1,500 4.55"


@pytest.mark.parametrize(
    "text",
    [
        "Xã Phú An 12,50 7,25\n1 0 3\nXã Phú Hòa 9,75 8,50\n2 4 5\nXã Phú Lộc 3,25 6,50\n3 7 1",
        "1\nXã A\n97,55\n2\nXã B\n98,44\n3\nXã C\n91,10\n4\nXã D\n93,25\n5\nXã E\n95,40",
        "Cá\n2,15 Giá\nchợ\n2\nTôm\n0,85\n3\nMực\n4,46 Giá\n4\nMuối\n0,10",
        "Tỷ lệ 0,50 0,25\n0 5\nTỷ lệ 0,75 0,50\n0 0",
    ],
)
def test_decimals_are_not_torn_figures(text: str) -> None:
    """Few of a column's decimals happen to stand over digits that would make them groups of three."""
    assert _texts(text) == text.split("\n")


@given(st.lists(st.integers(100_000, 999_999), min_size=3, max_size=8))
def test_no_digit_is_lost_or_won(amounts: list[int]) -> None:
    rows = [f"{a:,}" for a in amounts]
    text = "\n".join(
        f"Hàng số đồng/ {row[:5]} {row[:5]}\n{i} 12 0.50\nkg {row[5:]} {row[5:]}"
        for i, row in enumerate(rows, start=1)
    )
    digits = sorted(re.sub(r"\D", "", text))
    assert sorted(re.sub(r"\D", "", "".join(_texts(text)))) == digits
    assert [line.split()[-4:-2] for line in _texts(text)] == [[row, row] for row in rows]


KNOWN = [("900", "30", "870", "95,5"), ("700", "40", "660", "88,0"), ("650", "25", "625", "91,2")]


def test_sums_tell_the_order_of_a_row_on_two_lines() -> None:
    """A total's torn figures are not neighbours: the one between them fitted on a line."""
    found = woven(("16.956", "16.462"), ("494", "99,6"), KNOWN)
    assert found is not None
    assert found.figures == ("16.956", "494", "16.462", "99,6")


def test_an_order_that_nothing_tells_is_not_sure() -> None:
    found = woven(("120",), ("130",), [("121", "122"), ("119", "125")])
    assert found is not None
    assert not found.sure
    assert woven(("120",), ("130",), [("1", "2", "3")]) is None


def test_rows_in_a_presumed_order_are_doubted() -> None:
    text = "STT Loại Số tiền Năm trước Ghi\n" + "\n".join(
        f"Khoản chi thứ {i} 11,5{i} 12,7{i}\n{i} 51 62\nxã {i} {i}" for i in range(1, 6)
    )
    (draft,) = table_drafts(_lines(text))
    assert any("phỏng đoán" in doubt for doubt in draft.doubts)


FEES = """                      400.00
 1   Học phí                    420     1    168.000.000
                        0
                      180.00
 2   Tiền ăn                    474     9    767.880.000
                        0
 3   Dạy thêm         28.000    529     1     14.812.000
                      300.00
 4   Trông trẻ                  363     4    435.600.000
                        0
 5   Sổ liên lạc      43.000    522     4     89.784.000
"""


def test_a_rows_own_figure_is_no_rest_of_a_torn_one() -> None:
    """`400.00` over `420 1 168.000.000` was 400.001, without a flag; its nought stands below the row."""
    assert [re.sub(r"\s+", " ", text).strip() for text in _texts(FEES)] == [
        "1 Học phí 400.000 420 1 168.000.000",
        "2 Tiền ăn 180.000 474 9 767.880.000",
        "3 Dạy thêm 28.000 529 1 14.812.000",
        "4 Trông trẻ 300.000 363 4 435.600.000",
        "5 Sổ liên lạc 43.000 522 4 89.784.000",
    ]
