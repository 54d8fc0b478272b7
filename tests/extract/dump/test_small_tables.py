"""Small tables of dumps: two rows a cell a line, twins under each other, one row under a header."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _drafts(text: str) -> list[Draft]:
    return table_drafts(_lines(text))


def _body(draft: Draft) -> list[tuple[str, ...]]:
    return list(draft.rows[draft.header_rows or 0 :])


FACTORS = """Ghi chú: dấu x là không có khu vực 2.

Hệ số
Hai mặt đường
Sâu trên 25 m
Thấp hơn đường
Đô thị
1,2
0,7
0,85
Nông thôn
1,1
0,8
0,90

Nơi nhận:
"""


def test_two_rows_alike_a_cell_a_line_are_a_table() -> None:
    """Six figures were too few: the table stood in no cell, and nothing said so."""
    (draft,) = _drafts(FACTORS)
    assert _body(draft) == [("Đô thị", "1,2", "0,7", "0,85"), ("Nông thôn", "1,1", "0,8", "0,90")]


def test_rows_whose_figures_are_all_of_a_kind_may_be_columns_and_are_doubted() -> None:
    (draft,) = _drafts("Loại\nNăm trước\nNăm nay\nTrạm bơm\n12\n14\nCống\n31\n35\n")
    assert _body(draft) == [("Trạm bơm", "12", "14"), ("Cống", "31", "35")]
    assert any("theo hàng hay theo cột" in doubt for doubt in draft.doubts)


def test_columns_written_one_after_another_are_no_rows_of_a_small_table() -> None:
    drafts = _drafts("Loại\nTrạm bơm\nCống\nSố lượng\n12\n14\nTỷ lệ (%)\n46,2\n53,8\n")
    assert not any("46,2" in row and "53,8" in row for draft in drafts for row in draft.rows)


def test_names_that_open_with_the_word_over_them_are_no_headings_of_figures() -> None:
    """Columns of like figures, each in a block with its heading, were rows of as many cells."""
    assert not any("90" in row and "40" in row for draft in _drafts(COMMUNES) for row in draft.rows)
    assert not any("90" in row and "40" in row for draft in _drafts(TURNS) for row in draft.rows)


COMMUNES = "Xã\nXã An\nXã Bình\nXã Cao\nNăm trước\n90\n40\n30\nNăm nay\n180\n80\n60\n"
TURNS = "Tổ\nAn\nBình\nCao\nVòng 3\n90\n40\n30\nVòng 1\n180\n80\n60\nVòng 2\n126\n56\n42\n"


DASHES = """Vị trí
Chỉ tiêu
Đăng ký
Đạt
Còn thiếu
Văn phòng
2
9
4,5
-
Địa chính
3
8
2,7
-
Ngân sách
1
7
7,0
-
Cộng
6
24
4,0
-
"""


def test_dashes_that_end_rows_without_numbers_are_no_bullets_of_the_next() -> None:
    (draft,) = _drafts(DASHES)
    assert _body(draft) == [
        ("Văn phòng", "2", "9", "4,5", "-"),
        ("Địa chính", "3", "8", "2,7", "-"),
        ("Ngân sách", "1", "7", "7,0", "-"),
        ("Cộng", "6", "24", "4,0", "-"),
    ]


TWINS = """Theo giới tính
Giới tính Số người %
Nam 15 51,7
Nữ 14 48,3
Cộng 29 100,0
Theo trình độ
Trình độ Số người %
Đại học 22 75,9
Thạc sĩ 3 10,3
Cao đẳng 4 13,8
Cộng 29 100,0
"""


def test_the_same_headings_after_another_name_head_a_twin() -> None:
    """Both stood in one table."""
    assert [[row[0] for row in _body(draft)] for draft in _drafts(TWINS)] == [
        ["Nam", "Nữ", "Cộng"],
        ["Đại học", "Thạc sĩ", "Cao đẳng", "Cộng"],
    ]


HEADED = """TT Nguyên nhân Tháng 5 Tháng 6 Cộng
I Lưới điện trung áp 10 13 58
1 Do sét 3 3 14
2 Do cây cối 7 10 44
II Lưới điện hạ áp 6 7 41
1 Quá tải 1 2 19
2 Xe đụng cột 5 5 22
Tổng số vụ 16 20 99
II. ĐỘ TIN CẬY CUNG CẤP ĐIỆN
Chỉ số Đơn vị Kế hoạch Thực hiện Tỷ lệ Đánh giá
MAIFI lần 1,620 0,873 53,89%
SAIDI phút 486,500 231,884 47,66%
"""


def test_a_numbered_heading_below_a_total_goes_on_with_no_row_number() -> None:
    """`II.` after a section II made the table below one with the table above."""
    assert [len(_body(draft)) for draft in _drafts(HEADED)] == [7, 2]


ONE_ROW = """Thẩm phán Phân công Giải quyết Tỷ lệ Công bố
Nguyễn Hòa 107 97 90,65 41
Lê Nga 108 97 89,81 65
Võ Lưu 57 47 82,46 32
Cộng 272 241 88,60 138
Các chỉ tiêu khác
Phiên tòa rút kinh nghiệm
Phiên tòa trực tuyến
Hòa giải thành tại Tòa án
Tỷ lệ hòa giải thành
Bản án phải thi hành
12 7 98 61,25% 54/54
"""


def test_a_row_of_figures_alone_under_headings_is_no_row_of_the_table_above() -> None:
    judges, others = _drafts(ONE_ROW)
    assert [row[0] for row in _body(judges)] == ["Nguyễn Hòa", "Lê Nga", "Võ Lưu", "Cộng"]
    assert _body(others)[0][-5:] == ("12", "7", "98", "61,25%", "54/54")
    assert any("một hàng" in doubt for doubt in others.doubts)


AGAIN = """1. Doanh thu bán lẻ
Đơn vị
Tháng 4
Tháng 5
So sánh (%)
Tổng số
120
143
119,2
Lương thực
80
90
112,5
Hàng may mặc
40
53
132,5
2. Doanh thu vận tải
Đơn vị
Tháng 4
Tháng 5
So sánh (%)
Tổng số
61
65
106,6
Hành khách
20
22
110,0
Hàng hóa
41
43
104,9
"""


def test_a_header_again_under_a_numbered_heading_is_a_twin_though_pages_are_not_known() -> None:
    """Without page marks it was taken for the next page's: both stood in one table."""
    assert [[row[0] for row in _body(draft)] for draft in _drafts(AGAIN)] == [
        ["Tổng số", "Lương thực", "Hàng may mặc"],
        ["Tổng số", "Hành khách", "Hàng hóa"],
    ]


HEADINGS = """II. CHỈ TIÊU CHỦ YẾU
Chỉ tiêu
Năm trước
Năm nay
So sánh (%)
Thẻ mới
3.000
3.680
122,7
Vốn tài liệu
26.840
27.527
102,6
Lượt đọc
98.000
119.854
122,3
III. CƠ CẤU VỐN TÀI LIỆU
Môn loại
Số bản
Tỷ lệ
Chính trị
8.029
26,1
Kỹ thuật
1.370
4,5
Văn học
16.362
53,2
"""


def test_the_number_of_a_heading_over_a_table_numbers_no_row() -> None:
    """`III.` went on after `II.` over the table above: both tables were one."""
    assert [row[0] for draft in _drafts(HEADINGS)[-1:] for row in _body(draft)] == [
        "Chính trị",
        "Kỹ thuật",
        "Văn học",
    ]


BESIDE = """Theo giới tính Theo trình độ
Giới tính Số người % Trình độ Số người %
Nam - nữ 15 51,7 Đại học 22 75,9
Nữ 14 48,3 Thạc sĩ 3 10,3
Cộng 29 100,0 Cao đẳng 4 13,8
Cộng 29 100,0
"""


def test_two_tables_side_by_side_under_the_same_headings_are_two() -> None:
    """They were one, and the last row of the right one stood in the left one's columns."""
    assert [_body(draft) for draft in _drafts(BESIDE)] == [
        [("Nam - nữ", "15", "51,7"), ("Nữ", "14", "48,3"), ("Cộng", "29", "100,0")],
        [
            ("Đại học", "22", "75,9"),
            ("Thạc sĩ", "3", "10,3"),
            ("Cao đẳng", "4", "13,8"),
            ("Cộng", "29", "100,0"),
        ],
    ]


def test_a_lone_half_that_may_be_either_table_s_leaves_both_together() -> None:
    assert len(_drafts(BESIDE.replace("Cộng 29 100,0 Cao", "Trẻ em 29 100,0 Cao"))) == 1
