"""Where laid-out tables begin and end, and texts that stand one blank after their neighbour's figures."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.figures import figures_together
from extract.dump.layout.columns import laid_lines
from extract.dump.layout.figure_edges import with_figures_apart
from extract.dump.layout.mends import part_stuck_figures
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _bodies(text: str) -> list[list[tuple[str, ...]]]:
    return [list(draft.rows[draft.header_rows or 0 :]) for draft in _drafts(text)]


EDGES = """
TT     Hạng mục            Dự toán       Đã chi   Ghi chú
1      Kè bờ suối            48,5          40,0 Đang thi công
2      Cống qua đường         7,25         12,5 Chờ thanh toán
3      Sân nhà văn hóa      112,0           9,0 Đạt yêu cầu
4      Nhà để xe             31,0          8,75 Đang thi công
"""


def test_a_row_that_wide_letters_pushed_is_parted_like_the_others() -> None:
    pushed = EDGES.replace(
        "3      Sân nhà văn hóa      112,0           9,0 ",
        "3      Sân nhà văn hóa      112,0             9,0 ",
    )
    (body,) = _bodies(pushed)
    assert body[2][-2:] == ("9,0", "Đạt yêu cầu")


def test_quantities_and_addresses_are_one_text() -> None:
    """All of one unit, or of one length and make: the figure belongs to the words."""
    for texts in (("12 tháng", "24 tháng", "36 tháng"), ("12 Lý Bôn", "45 Bà Triệu", "78 Lê Lai")):
        lines = [f"{n}      Hồ sơ loại {n}      {text}" for n, text in enumerate(texts, start=1)]
        laid = laid_lines(source_lines([lines], [lines]))
        assert with_figures_apart(laid) == laid


UNDER_A_TOTAL = """
                  Bảng 1. Thu tiền nước
       Khu vực           Số hộ      Khối lượng     Thành tiền     Tỷ lệ
Khu Đông                   120           1.540         9.240       0,31
Khu Tây                     96           1.210         7.260       0,25
Khu Nam                    150           2.180        13.080       0,44
Tổng cộng                  366           4.930        29.580       1,00
       II. CHẤT LƯỢNG NƯỚC
       Chỉ tiêu          Đầu vào       Đầu ra        Giới hạn
Độ đục                       12            1,5            2,0
Độ cứng                     180            160            300
"""


def test_headings_over_other_columns_begin_another_table() -> None:
    """A section's number looked like a row's, and its table's headings like words of a row."""
    first, second = _drafts(UNDER_A_TOTAL)
    assert len(first.rows) - (first.header_rows or 0) == 4
    assert second.rows[0] == ("Chỉ tiêu", "Đầu vào", "Đầu ra", "Giới hạn")
    assert [row[1:] for row in second.rows[1:]] == [("12", "1,5", "2,0"), ("180", "160", "300")]


def test_a_table_after_blank_lines_under_a_title_is_its_own_though_its_headings_are_years() -> None:
    text = """
 TT       Nội dung                    Số liệu
 1        Diện tích vườn                2.450
 2        Số gốc chè                    9.300
 3        Số lao động                      23


                     Sản lượng qua các năm
      Loại            2021        2022        2023
Chè xanh               410         455         502
Chè đen                120         133         149
"""
    first, second = _bodies(text)
    assert first[-1] == ("3", "Số lao động", "23")
    assert [row[1:] for row in second] == [("410", "455", "502"), ("120", "133", "149")]


SECTIONS = """
TT    Mã số     Họ và tên              Lý thuyết     Thực hành     Tổng điểm
I. Trung tâm dạy nghề và hỗ trợ việc làm thanh niên, cơ sở 1: 04 thí sinh
1     HV01      Trần Thị Mơ                 7,50          8,25         15,75
2     HV02      Lê Văn Đào                  6,00          7,75         13,75
II. Trung tâm dạy nghề và hỗ trợ việc làm thanh niên, cơ sở 2: 03 thí sinh
3     HV03      Phạm Thị Mận                8,00          8,50         16,50
4     HV04      Vũ Văn Lê                   5,25          6,00         11,25
"""


def test_a_long_section_title_parts_no_table_whose_rows_count_on() -> None:
    """It was taken for running text: each section was a table, the first without a header."""
    (draft,) = _drafts(SECTIONS)
    assert draft.header_rows == 1
    body = draft.rows[1:]
    assert [row[0] for row in body if row[-1]] == ["1", "2", "3", "4"]
    assert [row[-1] for row in body] == ["", "15,75", "13,75", "", "16,50", "11,25"]


MIDDLE = """
    Đơn vị                        Chỉ      Đăng       Đạt
                                  tiêu      ký
Phòng Văn hóa thể thao và
                                     2       19        12
du lịch
Phòng Kinh tế hạ tầng và
                                     3       18        11
đô thị
Phòng Tài chính kế hoạch
                                     1       17        10
tổng hợp
Tổng                                 6       54        33
"""


def test_the_first_figure_between_the_lines_of_a_label_is_no_row_number() -> None:
    """`2`, `3` and `1` stood first on their lines, behind labels of two lines round them."""
    (body,) = _bodies(MIDDLE)
    assert [row[-3:] for row in body] == [
        ("2", "19", "12"),
        ("3", "18", "11"),
        ("1", "17", "10"),
        ("6", "54", "33"),
    ]
    assert body[0][0] == "Phòng Văn hóa thể thao và du lịch"


def test_quantities_of_one_unit_are_labels() -> None:
    hours = "\n".join(f"{h:02} giờ           {h},15      {h},27      {h},33" for h in (1, 4, 7, 13))
    (body,) = _bodies(f"  Giờ             Trạm A    Trạm B    Trạm C\n{hours}\n")
    assert [row[0] for row in body] == ["01 giờ", "04 giờ", "07 giờ", "13 giờ"]


def test_a_whole_figure_in_the_next_numbered_row_is_no_rest_of_a_decimal() -> None:
    """`85,4` of row 1 over `79` of row 2 made 85,479."""
    text = """
TT    Thông số        Đợt 1      Đợt 2      Đợt 3
1     Nhu cầu oxy      85,4       46,5       90,7
2     Chất rắn           79         70        140
3     Tổng Nitơ       31,25      28,54      21,77
4     Tổng Phốt pho   3,291      4,845      3,664
"""
    (body,) = _bodies(text)
    assert [row[2:] for row in body][:2] == [("85,4", "46,5", "90,7"), ("79", "70", "140")]


def test_rows_that_all_have_as_many_figures_fill_the_columns_in_order() -> None:
    """A row in bold stood further left than the others: its last figures had columns of their own."""
    text = """
Nội dung             Tổng       Tỉnh      Huyện           Dân góp    Kết quả
Tổng số              246,0      105,0      98,7    42,3
Cầu thôn Thượng      181,7       65,0      80,0               36,7   Đang làm
Cầu thôn Hạ           56,4       40,0         -    16,4              Hoàn thành
Cầu thôn Trung         7,9          -       5,9                  -   Hoàn thành
"""
    (body,) = _bodies(text)
    assert [row[1:5] for row in body][:2] == [
        ("246,0", "105,0", "98,7", "42,3"),
        ("181,7", "65,0", "80,0", "36,7"),
    ]


def test_a_code_before_labels_of_two_lines_is_no_row_number() -> None:
    """The code of the total row stood alone on its line: the numbers further left were left in the labels."""
    text = """
TT                Chỉ tiêu              Mã số       Năm nay        Năm trước
1 Tiền gửi ngân hàng                      110       240.100          204.819
2 Phải thu của khách                      120        62.607           60.589
3 Hàng tồn kho cuối kỳ                    130       253.691          299.449
  TỔNG CỘNG TÀI SẢN (300 =
                                          300       556.398          564.857
  110 + 120 + 130)
"""
    (body,) = _bodies(text)
    assert [row[0] for row in body] == ["1", "2", "3", ""]
    assert body[-1][-3:] == ("300", "556.398", "564.857")


TWO_TABLES = """
          Theo giới tính                          Theo trình độ
  Giới tính   Số người       %          Trình độ      Số người       %
  Nam               15    51,7          Đại học             22    75,9
  Nữ                14    48,3          Thạc sĩ              3    10,3
  Cộng              29   100,0          Cao đẳng             4    13,8
                                        Cộng                29   100,0
"""


def test_two_tables_side_by_side_with_labels_of_their_own_are_two() -> None:
    """Their headings differ in the first only: they were one table of six columns."""
    left, right = _drafts(TWO_TABLES)
    assert (left.title, right.title) == ("Theo giới tính", "Theo trình độ")
    assert left.rows[-1] == ("Cộng", "29", "100,0")
    assert len(right.rows) == 5


def test_one_row_at_the_foot_of_a_page_is_its_tables_whose_header_the_next_page_repeats() -> None:
    head = """
       Loại đất              Vị trí 1     Vị trí 2     Vị trí 3
"""
    rows = """Đất trồng cây lâu năm         16.000       12.500        9.000
Đất rừng sản xuất              5.200        4.100        2.900
Đất nuôi trồng thủy sản       18.500       14.400       10.400
"""
    first = "Đất trồng cây hằng năm        21.500       16.800       12.000\n"
    (body,) = _bodies(f"{head}{first}\n\n\n     1\f{head}{rows}")
    assert [row[1] for row in body] == ["21.500", "16.000", "5.200", "18.500"]


OF_WORDS = """
                              Lịch ngừng cấp nước
                                                                          Số
    Ngày        Giờ              Khu vực                 Lý do           khách
Thứ Hai      05h30 -     Thôn An Lạc, thôn Bình     Thay ống gang 200    1.846
             10h30       Hòa xã Phú Lâm             bằng ống nhựa
Thứ Tư       06h00 -     Khối 1 và khối 2 thị       Vệ sinh bể chứa        412
             14h00       trấn Ngọc Sơn              nước sạch
Thứ Sáu      14h30 -     Toàn bộ xã Tân Hải         Đấu nối tuyến        1.287
             16h00       và xã Tân Lập              ống mới
"""


def test_a_table_of_words_with_one_column_of_figures_is_a_table() -> None:
    """A line of words with one figure showed no columns: its rows went into the header or nowhere."""
    body = _bodies(UNDER_A_TOTAL + OF_WORDS)[-1]
    assert [row[-1] for row in body] == ["1.846", "412", "1.287"]


def test_a_headings_second_line_that_opens_with_a_figure_is_no_row() -> None:
    """`10 ngày`, far right of all labels, was the first row's number: its words went into the row's figures."""
    text = """
                    Phải     Đã       Mất kết nối (chiếc)
   Nhóm tàu          lắp     lắp    6 giờ -    Trên     Cộng
                                    10 ngày   10 ngày
Tàu vỏ thép        1.179    1.178      39         3        42
Tàu vỏ gỗ             54       52      21         6        27
Tàu khác              20       18       4         1         5
"""
    (body,) = _bodies(text)
    assert body[0] == ("Tàu vỏ thép", "1.179", "1.178", "39", "3", "42")


def test_figures_that_a_label_reached_are_parted_where_rows_have_as_many() -> None:
    lines = [
        "Thương binh hạng 1        4    3     4   11",
        "Thương binh hạng 3 và 4 10    6     8   24",
        "Thân nhân liệt sĩ đang hưởng 28 15  36   79",
        "Bệnh binh                19    7    11   37",
        "Người có công            12    5     9   26",
        "Cộng                     84   46    75  205",
        "",  # of a number alone
    ]
    found = part_stuck_figures(laid_lines(source_lines([lines], [lines])))
    texts = [[s.text for s in line.segments] for line in found]
    assert texts[1] == ["Thương binh hạng 3 và 4", "10", "6", "8", "24"]
    assert texts[2] == ["Thân nhân liệt sĩ đang hưởng", "28", "15", "36", "79"]
    assert all(line.segments[0].end < line.segments[1].start for line in found[:-1])


def test_numbers_of_a_list_in_words_are_not_figures_run_together() -> None:
    assert figures_together("Một phần các thôn Lương Thọ 1, 2, 3 xã Phú Lâm") == 0
    assert figures_together("412 1.287") == 2


GROUPED = """
                       Năm 2023       Năm 2024      So sánh (%)
Tổng diện tích         65 966,7       64 753,1            98,16
Lúa                    10 654,3       10 042,2            94,25
Ngô                    41 310,2       41 260,0            99,88
Đậu tương               3 187,4        2 992,1            93,87
Lạc                     5 264,9        4 980,3            94,59
Rau các loại            5 011,3        4 927,3            98,32

5. Vận tải hành khách của địa phương 5 tháng
                    5 tháng năm 2023 5 tháng năm 2024     So sánh (%)
Vận chuyển                     235,0            237,0          100,85
Luân chuyển                  7 284,2          9 885,7          135,71
"""


def test_two_headings_under_a_title_after_a_blank_line_begin_a_table() -> None:
    """The rows of the table of two stood in the one above; alone, their groups of digits were columns."""
    first, second = _bodies(GROUPED)
    assert len(first) == 6
    assert [row[1:] for row in second] == [("235,0", "237,0", "100,85"), ("7 284,2", "9 885,7", "135,71")]
