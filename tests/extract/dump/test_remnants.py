"""Tables of words with hardly a figure a row: kept row by row, and flagged."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _drafts(text: str) -> list[Draft]:
    return table_drafts(_lines(text))


CLOSED = """Bảng 3: Lịch ngừng cấp điện
Ngày Thời gian Khu vực Lý do
Số khách hàng
Thứ Hai,
08/7
05h30 - 10h30
Thôn Lương Thọ, xã Hoài Phú;
Sửa chữa đường dây
1.846
Thứ Tư,
10/7
Khối 1, khối 2
Thay máy biến áp
1.412
Nơi nhận:
- Công ty Điện lực;
"""


def test_a_titled_table_of_words_is_kept_by_the_figures_that_end_its_rows() -> None:
    """Its figures stood in no cell, and no flag said so."""
    (draft,) = _drafts(CLOSED)
    assert [row[-1] for row in draft.rows] == ["1.846", "1.412"]
    assert "dòng 2 đến dòng 14" in draft.doubts[0]


NUMBERED = """TT Số đăng ký Hành vi
Mức phạt (đồng) Ngày
01
CM-91452
Ngắt kết nối trên biển
25.000.000 12/11/2025
02
CM-99107
Không ghi nhật ký
7.500.000 14/11/2025
Hạn ngạch giấy phép
Vùng Được giao Đã cấp Còn lại
Vùng khơi 2.417 2.388 29
Vùng lộng 1.130 1.064 66
"""


def test_numbered_rows_with_amounts_are_no_header_of_the_table_below() -> None:
    """Two fines stood among the headings of the table of licences."""
    fines, licences = _drafts(NUMBERED)
    assert [(row[0], *row[2:]) for row in fines.rows[1:]] == [
        ("01", "25.000.000", "12/11/2025"),
        ("02", "7.500.000", "14/11/2025"),
    ]
    assert fines.doubts
    assert [row[0] for row in licences.rows[licences.header_rows or 0 :]] == ["Vùng khơi", "Vùng lộng"]


@pytest.mark.parametrize(
    "text",
    [
        "Bảng 3: Lịch\nTrong tháng 7 năm nay toàn tỉnh thu được tất cả là 1.250,5 tỷ đồng.\n1.846\n1.412\n",
        "Bảng 3: Lịch\nNgày Khu vực Lý do\nThứ Hai\nThôn Lương Thọ\nSửa chữa\n1.846\n",
        "Ngày Khu vực Lý do\nThứ Hai\nSửa chữa\n1.846\nThứ Ba\nThay máy\n1.412\n",
    ],
)
def test_prose_one_row_and_lines_without_a_title_make_no_such_table(text: str) -> None:
    assert _drafts(text) == []
