"""Columns of laid-out tables: of words that come within a blank of each other, of codes, of figures grouped by
blanks, under headings; tables side by side and below each other."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.layout.columns import LaidLine, Segment, columns_of, grouped_by_blanks, laid_lines
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _body(draft: Draft) -> list[tuple[str, ...]]:
    return list(draft.rows[draft.header_rows or 0 :])


def test_figures_grouped_by_blanks_are_whole() -> None:
    """`12 197` was 12 and 197 in two columns, in every row and without a flag."""
    text = """
                     Đơn vị tính   Tháng 8   Tháng 9    Cộng dồn   So cùng kỳ
Than mẫu             Tấn              12 197    13 020     105 434      92,85
Đá mẫu               M3               34 697    36 692     283 912      98,11
Gạo mẫu              Tấn              14 846    14 745     124 551     123,14
"""
    (draft,) = _drafts(text)
    assert _body(draft)[0] == ("Than mẫu", "Tấn", "12 197", "13 020", "105 434", "92,85")


@pytest.mark.parametrize(
    ("lines", "grouped"),
    [
        (["a  12 197  3", "b  13 020  4", "c  14 333  5"], True),  # a group of its own begins with no nought
        (["a  12 197  3", "b  13 220  4", "c  14 333  5"], False),  # three rows may look so by chance
        ([f"a  {n} {n + 100}  3" for n in range(20, 30)], True),
        (["a  12 197  3", "b  13 020  4", "c  14 33  5"], False),
        (["a  12 197  3", "b  13 020  4", "c  14 333  5.000"], False),  # this table groups by points
    ],
)
def test_what_groups_figures(lines: list[str], grouped: bool) -> None:
    assert grouped_by_blanks(laid_lines(source_lines([lines], [lines]))) is grouped


def test_codes_of_several_digits_number_the_rows() -> None:
    """`010101 Nông nghiệp` was one label, as one of its codes came within a blank of the names."""
    text = """
Mã số             Chỉ tiêu             Đơn vị      6 tháng    Cả năm
 0101   Tổng giá trị sản xuất          Tỷ đồng       502,9    1005,8
010101 Nông nghiệp                     Tỷ đồng       808,3    1616,6
010102 Công nghiệp                     Tỷ đồng       120,7     241,4
 0102   Thu nhập bình quân             Triệu          13,0      26,0
"""
    (draft,) = _drafts(text)
    assert [row[:2] for row in _body(draft)] == [
        ("0101", "Tổng giá trị sản xuất"),
        ("010101", "Nông nghiệp"),
        ("010102", "Công nghiệp"),
        ("0102", "Thu nhập bình quân"),
    ]


def test_numbers_that_names_end_with_are_no_column() -> None:
    """`Thôn Đông 3` gave its number to a column of its own, which no heading names."""
    text = """
STT          Tên thôn                 Xã          Số hộ     Nhân khẩu
 1     Thôn Vĩnh Mẫu 1              Ái Mẫu         344        1.059
 2     Thôn Đông 3                  Ái Mẫu         272          951
 3     Bản Nà Mẫu 4                 Ái Mẫu         462        1.794
 4     Thôn Đoài 5                  Ái Mẫu         282          986
"""
    (draft,) = _drafts(text)
    assert [row[1] for row in _body(draft)] == [
        "Thôn Vĩnh Mẫu 1",
        "Thôn Đông 3",
        "Bản Nà Mẫu 4",
        "Thôn Đoài 5",
    ]


def test_columns_of_words_within_a_blank_of_each_other() -> None:
    text = """
 TT  Tên đường           Từ                  Đến                Vị trí 1   Vị trí 2
 1   Hoàng Mẫu        UBND xã             Ngã tư chợ              8,450      5,070
 2   Nguyễn Mẫu       Cổng trường THCS Kênh Ba Mẫu                7,900      4,740
 3   Trần Mẫu         Ngã tư chợ          Kênh Ba Mẫu             4,900      2,940
 4   Lê Mẫu           Trạm y tế           Cổng trường THCS       10,450      6,270
 5   Phan Mẫu         Cổng trường THCS Trạm y tế                  6,950      4,170
 6   Bùi Mẫu          Cầu Sắt             Trạm y tế               6,050      3,630
"""
    (draft,) = _drafts(text)
    assert [row[2:4] for row in _body(draft)] == [
        ("UBND xã", "Ngã tư chợ"),
        ("Cổng trường THCS", "Kênh Ba Mẫu"),
        ("Ngã tư chợ", "Kênh Ba Mẫu"),
        ("Trạm y tế", "Cổng trường THCS"),
        ("Cổng trường THCS", "Trạm y tế"),
        ("Cầu Sắt", "Trạm y tế"),
    ]


def test_columns_of_words_that_shift_from_row_to_row_stand_under_their_headings() -> None:
    text = """
STT           Tên thủ tục                    Thời hạn giải quyết      Địa điểm           Phí       Số hồ sơ
      Đăng ký biến động quyền sử dụng đất, 26 ngày làm việc kể từ    Trung tâm Phục
 1                                                                                      20.000     12
      quyền sở hữu tài sản gắn liền đất    ngày nhận đủ hồ sơ         vụ hành chính
      Cấp giấy phép xây dựng mới cho nhà ở 10 ngày làm việc kể từ    Bộ phận Một cửa
 2                                                                                      30.000     41
      riêng lẻ tại khu vực chưa quy hoạch  ngày nhận đủ hồ sơ         UBND cấp xã
                                             05 ngày làm việc kể từ   Bộ phận Một cửa
 3    Đăng ký khai sinh                                                                 40.000      7
                                             ngày nhận đủ hồ sơ       UBND cấp xã
"""
    (draft,) = _drafts(text)
    assert draft.rows[0] == ("STT", "Tên thủ tục", "Thời hạn giải quyết", "Địa điểm", "Phí", "Số hồ sơ")
    assert [row[4] for row in _body(draft)] == ["20.000", "30.000", "40.000"]
    assert _body(draft)[2][1:3] == ("Đăng ký khai sinh", "05 ngày làm việc kể từ ngày nhận đủ hồ sơ")


def test_a_percentage_that_ends_a_wrapped_label_begins_no_row() -> None:
    """`70%` alone under a label was a row of its own."""
    text = """
 TT      Tiêu chí                            Điểm     Tự chấm
 1       Xây dựng thể chế                    5,5      4,12
 1.1     Ban hành kế hoạch                   1,5      1,12
         Tỷ lệ hồ sơ trực tuyến đạt trên
 1.2                                         2,5      2,25
         70%
         Tỷ lệ hồ sơ đúng hạn đạt trên
 1.3                                         3,5      3,25
         95%
"""
    (draft,) = _drafts(text)
    assert [row[1] for row in _body(draft)] == [
        "Xây dựng thể chế",
        "Ban hành kế hoạch",
        "Tỷ lệ hồ sơ trực tuyến đạt trên 70%",
        "Tỷ lệ hồ sơ đúng hạn đạt trên 95%",
    ]


def test_a_paper_whose_number_a_narrow_column_broke_is_whole() -> None:
    text = """
 TT     Tên dự án                 Quyết định             Kế hoạch      Giải ngân
                                  Số 1593/QĐ-
 1      Kiên cố hóa kênh          UBND ngày             14,117,000     5,413,160
                                  03/07/2023
                                  Số 3381/QĐ-
 2      Nâng cấp đường            UBND ngày             13,020,000     4,217,972
                                  02/06/2023
"""
    (draft,) = _drafts(text)
    assert [row[2] for row in _body(draft)] == [
        "Số 1593/QĐ-UBND ngày 03/07/2023",
        "Số 3381/QĐ-UBND ngày 02/06/2023",
    ]


SIDES = """
             Đăng ký kinh doanh                                               Hộ tịch
         Chỉ tiêu           Tháng 8 Tháng 9                        Chỉ tiêu        Tháng 8 Tháng 9
 Doanh nghiệp mẫu              5.583   2.528               Khai sinh                  5.973     146
 Hộ kinh doanh mẫu             4.689   7.078               Khai tử                    8.427     189
 Tạm ngừng                     8.618   4.496               Kết hôn                    6.141     418

                                      Giá một số mặt hàng
              Nội dung                        Ngày 05           Ngày 15        Ngày 25     Bình quân
Gạo mẫu (đồng/kg)                                12.500             6.700         50.000        23.067
Cá mẫu (đồng/kg)                                 71.700            35.600        117.700        75.000
"""


def test_two_tables_side_by_side_and_one_below() -> None:
    """All three were one table, the figures of the first one in the second's labels."""
    first, second, third = _drafts(SIDES)
    assert (first.title, second.title) == ("Đăng ký kinh doanh", "Hộ tịch")
    assert _body(first)[1] == ("Hộ kinh doanh mẫu", "4.689", "7.078")
    assert _body(second)[1] == ("Khai tử", "8.427", "189")
    assert third.rows[0] == ("Nội dung", "Ngày 05", "Ngày 15", "Ngày 25", "Bình quân")
    assert not any(draft.doubts for draft in (first, second, third))


def test_groups_with_the_same_headings_are_no_tables_side_by_side() -> None:
    text = """
                                     Hộ nghèo              Hộ cận nghèo
TT    Xã          Tổng số hộ
                                 Số hộ    Tỷ lệ (%)      Số hộ    Tỷ lệ (%)
1     Vụ Mẫu           4.876         52        1,07        283         5,80
2     Quý Mẫu          2.239        113        5,05         33         1,47
3     Miền Mẫu         4.404        143        3,25        104         2,36
"""
    (draft,) = _drafts(text)
    assert _body(draft)[0] == ("1", "Vụ Mẫu", "4.876", "52", "1,07", "283", "5,80")


def test_a_numbered_caption_or_an_announcement_parts_two_tables() -> None:
    """`Biểu 2. ...` was taken for a row, and both tables for one."""
    text = """
                 Biểu 1. Số vụ theo loại hình
              Loại hình             Số vụ         Tăng, giảm
   Tai nạn giao thông                 21              -6
   Cháy, nổ                           40              -6
   Trộm cắp tài sản                    4             -13
    Trong đó, thiệt hại về người và tài sản cụ thể như sau:

                 Biểu 2. Thiệt hại theo địa bàn
       Địa bàn              Chết      Bị thương      Thiệt hại (triệu đồng)
Thuận Mẫu                     3               20                       3.744
Trà Mẫu                       1                2                       4.817
"""
    first, second = _drafts(text)
    assert _body(first)[-1] == ("Trộm cắp tài sản", "4", "-13")
    assert second.rows[0] == ("Địa bàn", "Chết", "Bị thương", "Thiệt hại (triệu đồng)")


def test_a_text_whose_place_is_wider_than_its_letters_is_no_error() -> None:
    """A pushed text keeps the place of its column: looking for its letter there failed whole documents."""
    wide = Segment(0, 20, "Đạt")
    line = LaidLine(source_lines([["Đạt"]], [["dat"]])[0], (wide, Segment(24, 26, "12")))
    other = laid_lines(source_lines([["Tổ một   Đã họp   12"]], [["to mot da hop 12"]]))[0]
    assert columns_of([line, other, other, other, other])
