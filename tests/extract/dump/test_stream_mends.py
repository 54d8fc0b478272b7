"""Lines of dumps without columns put right: ranges, torn figures, marks of labels, rows of two kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.lines import in_capitals, is_caption, source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _figures(draft: Draft, width: int) -> list[tuple[str, ...]]:
    return [row[-width:] for row in draft.rows[draft.header_rows or 0 :]]


NAMES = """STT Tên công trình Vốn Kế hoạch Giải ngân Tỷ lệ
1 Đường liên xóm
xã Hòa An
120 100 20 16,7
2 Nhà văn hóa giai đoạn 2
Xã Hòa Bình
140 120 20 14,3
3 Trạm bơm cấp I
Xã Hòa Lợi
90 70 20 22,2
4 Kè suối đoạn 3
Xã Hòa Mỹ
95 60 35 36,8
"""


def test_a_name_that_ends_with_a_figure_goes_on() -> None:
    """`giai đoạn 2` made a row of its own with a 2 among its figures, and the row's own had no number."""
    (draft,) = _drafts(NAMES)
    rows = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert _figures(draft, 4)[1] == ("140", "120", "20", "14,3")


STAFF = """STT Họ tên Ngày sinh Hệ số Phụ cấp Tổng Tiền
1 Hà Lan
25/08/197
1
3,99 3,99 9.336.600
2 Vi Hùng
11/03/198
6
3,66 0,40 4,06 9.500.400
3 Lê Hoa
08/01/198
1
3,33 0,20 3,53 8.260.200
4 Lô Sơn
20/02/198
0
4,32 0,40 4,72 11.044.800
5 Hà Tâm
02/02/199
8
3,00 3,00 7.020.000
"""


def test_torn_dates_are_whole_and_empty_cells_stand_where_sums_have_them() -> None:
    """The last digit of a date was a figure, and coefficients without an allowance stood a column to the left."""
    (draft,) = _drafts(STAFF)
    rows = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert _figures(draft, 4)[0] == ("3,99", "", "3,99", "9.336.600")
    assert _figures(draft, 4)[4] == ("3,00", "", "3,00", "7.020.000")
    assert "25/08/1971" in rows[0][1]


QUARTERS = """STT Loại vụ việc Quý I Quý II Quý III Quý IV Cả năm
1 Cháy nhà dân 33 32 29 23 117
2 Đuối nước 40 38 5 12 95
3 Đánh bạc 21 14 14 27 76
4 Sạt lở đất 10 12 11 13 46
5 Cháy rừng 19 31 50
"""


def test_a_sum_that_holds_wherever_cells_are_empty_proves_no_column() -> None:
    """Two quarters of four stood in the first ones, and their sum, which holds in any, had proved them."""
    (draft,) = _drafts(QUARTERS)
    assert any("thiếu ô" in doubt for doubt in draft.doubts)
    (whole,) = _drafts("".join(QUARTERS.splitlines(keepends=True)[:-1]))
    assert not whole.doubts


RANGES = """STT Mặt hàng Kỳ trước Kỳ này Tăng
1 Cam sành 21.500 - 23.000 22.000 - 24.000
2 Bưởi da xanh 31.000 32.500 1.500
3 Xoài cát 18.000 18.000 0
4 Thanh long 12.000 - 14.500 12.500 - 15.000
5 Chôm chôm 16.000 15.500 -500
"""


def test_ranges_are_one_figure_where_lines_would_have_too_many() -> None:
    """`21.500 - 23.000` was a figure, an empty cell and a figure, and the row's others went to wrong columns."""
    (draft,) = _drafts(RANGES)
    cells = {cell for row in draft.rows for cell in row}
    assert {"21.500 - 23.000", "22.000 - 24.000", "12.000 - 14.500", "12.500 - 15.000"} <= cells


DASHES = """STT Đơn vị Quý I Quý II Quý III
1 Xã Hòa An 12 - 15
2 Xã Hòa Bình 14 16 18
3 Xã Hòa Lợi 11 - 17
4 Xã Hòa Mỹ 19 21 25
"""


def test_a_dash_for_an_empty_cell_is_no_range() -> None:
    (draft,) = _drafts(DASHES)
    assert _figures(draft, 3) == [
        ("12", "-", "15"),
        ("14", "16", "18"),
        ("11", "-", "17"),
        ("19", "21", "25"),
    ]


LABELS = """STT Xã Hộ Đạt Chưa
1 Tân Phú 120 100 20
2 Tân Lập (1) 140 120 20
3 Tân An 90 70 20
- Trong đó hộ nghèo 15 10 5
- 8 6 2
4 Tân Mỹ (2) 75 60 15
"""


def test_what_belongs_to_a_label_takes_no_column() -> None:
    """The mark of a footnote and a list's dash stood in the first column and pushed the figures on."""
    (draft,) = _drafts(LABELS)
    assert _figures(draft, 3) == [
        ("120", "100", "20"),
        ("140", "120", "20"),
        ("90", "70", "20"),
        ("15", "10", "5"),
        ("8", "6", "2"),
        ("75", "60", "15"),
    ]


TORN = """TT Xã Lúa Ngô Rau
1 Hòa Bình 1.204,5 88,1 40,2
2 Hòa Lợi 1.310,7 92,4 38,9
3 Hòa An 988,2 75,0 41,6
Tổng cộng
3.503,
4
255,5 120,7
"""


def test_a_torn_figure_is_whole_again() -> None:
    (draft,) = _drafts(TORN)
    assert _figures(draft, 3)[-1] == ("3.503,4", "255,5", "120,7")


TWO_KINDS = """STT Câu hỏi
1 2 3
1 Nơi ngồi chờ
có đủ ghế
71 20 9
71.0% 20.0% 9.0%
2 Lối đi rộng
64 24 12
64.0% 24.0% 12.0%
3 Bảng chỉ dẫn rõ
58 30 12
58.0% 30.0% 12.0%
"""


def test_counts_and_the_shares_under_them_are_two_rows() -> None:
    """Both kinds stood side by side, as six columns, and no cell of the second was where it belongs."""
    (draft,) = _drafts(TWO_KINDS)
    assert ("71", "20", "9") in _figures(draft, 3)
    assert ("71.0%", "20.0%", "9.0%") in _figures(draft, 3)


TWO_TABLES = """STT Chỉ tiêu Tháng 8 Tháng 9
1 Hồ sơ nộp qua mạng 120 140
2 Hồ sơ nộp tại quầy 80 75
BẢNG GIÁ CHO THUÊ MẶT BẰNG CHỢ NĂM 2024
Số TT Vị trí, khu vực Loại A Loại B
1 Chợ Trung tâm
1.1 Dãy phía đông gần cổng chính 850 510
1.2 Dãy phía tây 550 330
2 Chợ Bắc
2.1 Dãy phía nam 750 450
"""


def test_a_title_in_capitals_and_rows_counted_anew_begin_another_table() -> None:
    first, second = _drafts(TWO_TABLES)
    assert _figures(first, 2) == [("120", "140"), ("80", "75")]
    assert ("850", "510") in _figures(second, 2)


REPEATED = """STT
Câu hỏi
Hài lòng
1
2
3
1.
Nơi ngồi chờ
11
22
33
2.
Lối đi
44
55
66
\fSTT
Câu hỏi
Hài lòng
1
2
3
3.
Bảng chỉ dẫn
77
88
99
4.
Chỗ để xe
12
23
34
"""


def test_column_numbers_printed_again_are_no_figures() -> None:
    (draft,) = _drafts(REPEATED)
    assert _figures(draft, 3) == [
        ("11", "22", "33"),
        ("44", "55", "66"),
        ("77", "88", "99"),
        ("12", "23", "34"),
    ]


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Biểu mẫu số 3", True),
        ("Biểu mẫu 05/TH", True),
        ("Biểu mẫu dễ điền, có bản hướng dẫn", False),
        ("Biểu số 02. Chỉ tiêu", True),
        ("PHỤ LỤC II", True),
    ],
)
def test_what_opens_an_annex(text: str, caption: bool) -> None:
    (line,) = source_lines([[text]], [[text]])
    assert is_caption(line) is caption


def test_a_title_is_in_capitals() -> None:
    assert in_capitals("BẢNG GIÁ CHO THUÊ MẶT BẰNG của UBND xã")
    assert not in_capitals("TỔNG NGUỒN THU")
    assert not in_capitals("Bảng giá cho thuê mặt bằng chợ")


@given(st.lists(st.lists(st.integers(100, 9_999), min_size=4, max_size=4), min_size=3, max_size=9))
def test_figures_are_neither_lost_nor_made(rows: list[list[int]]) -> None:
    lines = [f"{i} Xã Tân Phú {' '.join(map(str, row))}" for i, row in enumerate(rows, start=1)]
    (draft,) = _drafts("\n".join(["STT Xã Một Hai Ba Bốn", *lines]))
    assert _figures(draft, 4) == [tuple(map(str, row)) for row in rows]


CODED = """STT Mã hàng Tên hàng Giá cũ Giá mới Tăng
(1) (2) (3) (4) (5) (6)
I
NHÓM HÀNG THỨ NHẤT
1
01.00
1
Bắp cải
90,50
0
91,50
0
1,000
2
01.00
2
Cá lóc
29,00
0
28,50
0
-500
3
01.003
Muối hạt
84,50
0
85,50
0
1,000
II
NHÓM HÀNG THỨ HAI
4
02.004
Dầu ăn
39,00
0
41,50
0
2,500
5
02.005
Nước mắm
51,50
0
51,00
0
-500
"""


def test_codes_have_a_column_and_what_is_torn_off_them_numbers_no_row() -> None:
    """`01.00` over `1` was a figure and a row number, `90,50` over `0` two figures."""
    (draft,) = _drafts(CODED)
    rows = [row for row in draft.rows[draft.header_rows or 0 :] if row[1]]
    assert [(row[0], row[1], *row[-3:]) for row in rows] == [
        ("1", "01.001", "90,500", "91,500", "1,000"),
        ("2", "01.002", "29,000", "28,500", "-500"),
        ("3", "01.003", "84,500", "85,500", "1,000"),
        ("4", "02.004", "39,000", "41,500", "2,500"),
        ("5", "02.005", "51,500", "51,000", "-500"),
    ]


NUMBERED_IN_LINES = """STT
Đơn vị
Tổng
Cũ
Mới
Đúng hạn
(1)
(2)
(3)=(4)
+(5)
(4)
(5)
(6)
1
Xã An
16
5
11
15
2
Xã Bình
23
9
14
20
3
Xã Cao
31
12
19
30
"""


def test_column_numbers_one_a_line_are_one_row() -> None:
    (draft,) = _drafts(NUMBERED_IN_LINES)
    assert draft.rows[(draft.header_rows or 0) - 1] == ("(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)")
    assert _figures(draft, 4) == [("16", "5", "11", "15"), ("23", "9", "14", "20"), ("31", "12", "19", "30")]


@pytest.mark.parametrize(("head", "place"), [("STT Giá (%)", 1), ("STT Giá kỳ", 2)])
def test_a_header_of_shares_that_cannot_be_parted_stands_over_no_figures(head: str, place: int) -> None:
    """Prices under `... Tỷ lệ tăng, giảm (%) ...` over all columns were read as percentages: 80.000 as 80."""
    rows = [
        f"{n}\nHàng loại tốt {name}\n{n}1.500\n{n}1.700\n{n}00\n1,{n}2" for n, name in enumerate("ABCDEF", 1)
    ]
    (draft,) = _drafts("\n".join([head, *rows]))
    assert draft.rows[0].index(head) == place
    assert draft.rows[-1][2:] == ("61.500", "61.700", "600", "1,62")


TORN_CODES = """TT Ký hiệu lô Tờ Diện tích Giá
1 LK1-
01 14 135,6 6.800
2 LK1-
02 14 90,0 6.700
3 LK1-
03 14 143,0 7.200
"""


def test_a_code_that_a_narrow_cell_tears_at_its_hyphen_is_whole() -> None:
    """`01` was a figure of the row, before which stood all others a column to the right."""
    (draft,) = _drafts(TORN_CODES)
    rows = draft.rows[draft.header_rows or 0 :]
    assert rows[0] == ("1", "LK1-01", "14", "135,6", "6.800")


TORN_FORMULA = """TT Cơ quan Giao Có Thiếu Nữ Khác
5=2-
A B 1 2 3=1-2 4 6
4
Phòng Tài chính
1 6 4 2 1 3 1
và Kế hoạch
2 Phòng Nội vụ 8 8 1 3 7 1
3 Thanh tra 7 7 1 3 3 1
Văn phòng
4 9 9 2 3 3 2
huyện
"""


def test_the_rest_of_a_formula_below_the_column_numbers_is_no_rows_number() -> None:
    """Rows were counted from the formula's end, so that the next ones' numbers were figures."""
    (draft,) = _drafts(TORN_FORMULA)
    rows = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0][2:] == ("6", "4", "2", "1", "3", "1")
