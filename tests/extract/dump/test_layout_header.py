"""Headers of laid-out tables: where they begin under a letterhead, wrapped headings, headings a blank apart."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    lines = text.strip("\n").split("\n")
    return table_drafts(source_lines([lines], [lines]))


LETTER = """
       ỦY BAN NHÂN DÂN TỈNH MẪU               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      ỦY BAN NHÂN DÂN HUYỆN MẪU                   Độc lập - Tự do - Hạnh phúc
              Số: 12/BC-UBND                     Mẫu, ngày 9 tháng 10 năm 2024

                                     BÁO CÁO
                            Kết quả thực hiện nhiệm vụ
"""
TITLES = [
    "                      Biến động các loại rừng năm 2024 (ha)",
    "                          Biểu 04. Tiến độ trồng rừng",
    "  Đến ngày 15 tháng 9, tiến độ của các xã như sau:",
]
WRAPPED = """
                 Diện tích      Sản lượng      Rừng sản
     Xã                                                      Độ che phủ
                   (ha)            (m3)           xuất
Xã An Mẫu             615          3.893             615          63,3
Xã Bình Mẫu           152            879             100          57,8
Xã Chi Mẫu            340          2.312             340          68,0
"""


@pytest.mark.parametrize("title", TITLES)
def test_a_header_does_not_begin_in_the_letterhead_over_it(title: str) -> None:
    """Without a blank line or a heading of row numbers the whole letterhead stood in the header."""
    (draft,) = _drafts(LETTER + title + WRAPPED)
    assert draft.rows[0] == ("Xã", "Diện tích (ha)", "Sản lượng (m3)", "Rừng sản xuất", "Độ che phủ")
    assert draft.header_rows == 1


def test_a_heading_that_goes_on_in_small_letters_is_no_group() -> None:
    """`Còn` over `thiếu` was taken for a heading over its neighbour, too."""
    text = """
                                            Còn
 TT     Đơn vị             Có mặt                      Hợp đồng
                                           thiếu
 1      UBND xã An Mẫu          17              1             6
 2      UBND xã Bình Mẫu        14              4             3
 3      UBND xã Chi Mẫu         21              2             5
"""
    (draft,) = _drafts(text)
    assert draft.rows[0] == ("TT", "Đơn vị", "Có mặt", "Còn thiếu", "Hợp đồng")


def test_headings_a_blank_apart_go_to_their_columns() -> None:
    """`Tên vật tư Tồn đầu kỳ` headed the names, and the stock's column had no heading."""
    text = """
 STT      Tên vật tư Tồn đầu kỳ          Nhận        Tồn cuối kỳ
  1       Găng tay             195        746            614
  2       Khẩu trang           140        440             71
  3       Cồn                   46        323            123
"""
    (draft,) = _drafts(text)
    assert draft.rows[0] == ("STT", "Tên vật tư", "Tồn đầu kỳ", "Nhận", "Tồn cuối kỳ")


def test_a_row_number_pushed_in_by_its_font_is_no_part_of_the_label() -> None:
    text = """
TT        Trường            Số lớp      Số học sinh
8    TH Sơn Mẫu                23           623
 9 TH Thanh Mẫu                17           716
10 TH Kiên Mẫu                  8           254
11 TH Biên Mẫu                 30           877
12   TH Chũ Mẫu                26           628
13   TH Cấm Mẫu                 8           257
"""
    (draft,) = _drafts(text)
    assert [row[:2] for row in draft.rows[1:4]] == [
        ("8", "TH Sơn Mẫu"),
        ("9", "TH Thanh Mẫu"),
        ("10", "TH Kiên Mẫu"),
    ]


def test_headings_turned_on_their_side_belong_to_the_header_whatever_stands_between() -> None:
    """A dump leaves blank lines for the letters of a turned heading: the whole header was lost."""
    text = """
                                                                                Trung bình




                                                                                             Yếu, kém
                                                                                                        Hạnh kiểm
TT           Tên trường     Số lớp   Số học sinh                                                                    Bỏ học




                                                                Khá
                                                    Giỏi
                                                                                                           tốt


 1   THCS Phong Mẫu          20         436          56         275          101               4           433       4
 2   THCS Hương Mẫu          15         311          55         137           98               1           287       1
 3   THCS Môn Mẫu            25         569         134         234          195               6           551       0
"""
    (draft,) = _drafts(text)
    heads = [" ".join(filter(None, column)) for column in zip(*draft.rows[: draft.header_rows], strict=True)]
    names = ["Tên trường", "Số lớp", "Giỏi", "Khá", "Trung bình", "Yếu, kém", "Hạnh kiểm tốt", "Bỏ học"]
    assert all(any(name in head for head in heads) for name in names)


def test_titles_over_a_blank_line_stay_out_of_a_header_that_is_not_turned() -> None:
    """Where the heading of row numbers stood right over the rows, lone titles above a blank line were drawn in."""
    text = """
BÁO CÁO
Số hộ theo khu vực

STT  Đơn vị             Số hộ    Hộ nghèo
1    Xã Chi Mẫu         1.204    88
2    Xã Cò Mẫu          3.861    142
3    Xã Bon Mẫu         1.530    97
"""
    (draft,) = _drafts(text)
    assert draft.rows[0] == ("STT", "Đơn vị", "Số hộ", "Hộ nghèo")


def test_a_heading_that_goes_on_below_is_not_cut_nor_a_title() -> None:
    """A line of two headings one blank apart began as captions do, and was dropped; one was cut at a capital over
    a line that goes on under both parts."""
    text = """
                           Thống kê tại Đài khí Thống kê tại Đài khí
TT        Trạm             tượng vùng tháng 8   tượng vùng tháng 9
                           Số lượt   Tỷ lệ      Số lượt   Tỷ lệ
1    Trạm Mẫu Một               120    12,5          130    13,5
2    Trạm Mẫu Hai               240    25,0          250    26,0
3    Trạm Mẫu Ba                600    62,5          580    60,5
"""
    (draft,) = _drafts(text)
    assert draft.rows[0][2] == "Thống kê tại Đài khí tượng vùng tháng 8"
    assert draft.rows[0][4] == "Thống kê tại Đài khí tượng vùng tháng 9"
