"""What single lines of dumps without columns are: row numbers, kinds of things, notes."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _body(draft: Draft) -> tuple[tuple[str, ...], ...]:
    return draft.rows[draft.header_rows or 0 :]


KINDS = """STT
Mặt hàng
Kỳ trước
Kỳ này
1
Gạch men loại
2
95.000
96.500
2
Ngói đỏ hạng
1
12.000
12.500
3
Vôi bột
3.000
3.200
"""


def test_a_figure_on_its_own_line_may_end_a_name() -> None:
    """`loại` over `2` was a label and a figure, and the row's others went a column further."""
    (draft,) = _drafts(KINDS)
    assert [row[1:] for row in _body(draft)] == [
        ("Gạch men loại 2", "95.000", "96.500"),
        ("Ngói đỏ hạng 1", "12.000", "12.500"),
        ("Vôi bột", "3.000", "3.200"),
    ]


NOTES = """STT
Mặt hàng
Kỳ này
Tăng (%)
Ghi chú
1
Cá khô
95.000
2,15 Giá tại
chợ
2
Tôm khô
12.000
0,85
3
Mực khô
33.000
4,46 Bán lẻ
4
Muối
3.000
0,10
"""


def test_a_rows_last_figure_may_share_its_line_with_a_note() -> None:
    """The figure was a word of the note, and the row short of one."""
    (draft,) = _drafts(NOTES)
    assert [row[2:] for row in _body(draft)] == [
        ("95.000", "2,15", "Giá tại chợ"),
        ("12.000", "0,85", ""),
        ("33.000", "4,46", "Bán lẻ"),
        ("3.000", "0,10", ""),
    ]


MARKS = """TT Đơn vị
Tổng
số
Còn
lại
(1) (2)
(3)=(4)
+(5)
(4) (5)
(6)=(3)/
(4)
1
Xã Tân
Hòa
150 100 50 1,50
2
Xã Tân
Lập
90 60 30 1,50
3
Xã Tân
Phú
40 20 20 2,00
"""


def test_the_first_row_has_its_number_after_broken_column_numbers() -> None:
    """`(1) (2)` counted as the first row, so that the first row's number was a figure."""
    (draft,) = _drafts(MARKS)
    rows = [row for row in _body(draft) if row[1]]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert rows[0][-4:] == ("150", "100", "50", "1,50")


STREETS = """STT
Tên đường
Vị trí 1 Vị trí 2
1 Xã Tân Hòa
1.1
Đường liên xã, đoạn từ cống số
7 đến chợ
2.650 1.590
1.2
Đường liên xã, đoạn từ cống số
9 đến ngã ba
2.600 1.560
2 Xã Tân Lập
2.1
Đường huyện, đoạn từ cầu số
2 đến trường học
900 540
"""


def test_a_figure_that_goes_on_with_a_name_numbers_no_row() -> None:
    """`7 đến chợ` was row 7, so that `1.2` was the last figure of its row and each row's number the next one's."""
    (draft,) = _drafts(STREETS)
    assert [(row[0], row[-2:]) for row in _body(draft)] == [
        ("1", ("", "")),
        ("1.1", ("2.650", "1.590")),
        ("1.2", ("2.600", "1.560")),
        ("2", ("", "")),
        ("2.1", ("900", "540")),
    ]
