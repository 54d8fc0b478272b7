"""Laid-out tables whose gutters close: columns by their numbers, headings beside figures, parts on two pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.layout.columns import LaidLine, laid_lines
from extract.dump.layout.marks import by_marks, mark_places
from extract.dump.layout.mends import join_torn_figures
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts
from normalize.numbering import is_part_of_numbering


def _laid(text: str) -> list[LaidLine]:
    lines = text.strip("\n").split("\n")
    return laid_lines(source_lines([lines], [lines]))


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


SHIFTED = """
(1)      (2)      (3)            (4)       (5)       (6)       (7)
1      01.001 Bắp cải trắng       đồng/kg   51,500    52,000    500
2      01.002 Cá lóc nuôi đầu vụ hè đồng/kg 163,500 163,000    -500
3      01.003 Muối hạt            đồng/kg   83,500    83,000    -500
4      01.004 Nước mắm cốt nhĩ ba miền đồng/lít 65,000 65,500    500
5      01.005 Dầu ăn              đồng/lít  40,000    40,000    0
"""


def test_words_go_to_the_columns_in_order_though_a_line_is_shifted() -> None:
    """A label wider than its column shifted the rest of its line, and two prices stood in one cell."""
    marks, *body = _laid(SHIFTED)
    found = by_marks(body, [marks])
    assert found is not None
    assert [row[-3:] for row in found[1]] == [
        ("51,500", "52,000", "500"),
        ("163,500", "163,000", "-500"),
        ("83,500", "83,000", "-500"),
        ("65,000", "65,500", "500"),
        ("40,000", "40,000", "0"),
    ]
    assert found[1][1][1] == "01.002"


def test_pieces_of_formulas_are_no_column_numbers() -> None:
    lines = _laid("(1)   (2)   (3)=(4)   (4)   (5)   (6)=(5)/\n            +(5)                (4)")
    assert len(mark_places(lines)) == 6


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        (["(3)=(4)", "(9)=(7)/"], True),
        (["+(5)", "8)", "(6)"], True),
        (["(1)", "(2)", "(4)"], True),
        (["12", "15"], False),
        (["(7.409.043)", "(12,5)"], False),
        (["Tổng", "(3)"], False),
        ([""], False),
        (["(%)", "(%)"], False),  # under `Tỷ lệ`: its unit had been lost
    ],
)
def test_pieces_of_a_row_of_column_numbers(texts: list[str], part: bool) -> None:
    assert is_part_of_numbering(texts) is part


BESIDE = """
                                  Công khai     Tiến độ       Tổng      Xếp
  STT      Đơn vị
                                  (18 điểm)    (20 điểm)      điểm      hạng
   1       Xã Hòa An                   16,2         13,9        30,1            6
   2       Xã Hòa Bình                 13,4         10,7        24,1            4
   3       Xã Hòa Lợi                   8,0         17,2        25,2           10
"""


def test_a_heading_beside_narrow_figures_is_theirs() -> None:
    """An empty column was made for it, and the figures had none."""
    (draft,) = _drafts(BESIDE)
    assert draft.n_cols == 6
    assert draft.rows[0][-1] == "Xếp hạng"


NEXT_TABLE = """
 STT    Chỉ tiêu                         Tháng 8      Tháng 9
  1     Hồ sơ nộp qua mạng                   120          140
  2     Hồ sơ nộp tại quầy                    80           75

        GIÁ CHO THUÊ MẶT BẰNG Đơn vị tính: nghìn đồng
 Số TT      Khu vực          Loại A        Loại B
  1         Chợ Bắc             850           510
  2         Chợ Nam             550           330
  3         Chợ Đông            750           450
"""


def test_a_second_heading_of_row_numbers_begins_another_table() -> None:
    first, second = _drafts(NEXT_TABLE)
    assert [row[-2:] for row in first.rows[-2:]] == [("120", "140"), ("80", "75")]
    assert [row[-2:] for row in second.rows[-3:]] == [("850", "510"), ("550", "330"), ("750", "450")]


TWO_PAGES = """
 TT    Tên hàng          Quy cách        Giá cũ      Giá mới
 1     Thóc tẻ           Loại 1           7.500       8.500
 2     Gạo tẻ            Loại 2          12.500      12.000
 3     Gạo thơm          Loại 1          18.000      18.500
\f TT    Tên hàng                         Giá cũ      Giá mới
 4     Xăng                              22.870      23.870
 5     Dầu                               18.020      18.010
 6     Gas                               38.150      38.050
"""


def test_parts_go_on_though_one_page_has_fewer_columns_of_words() -> None:
    (draft,) = _drafts(TWO_PAGES)
    assert [row[-2:] for row in draft.rows[-3:]] == [
        ("22.870", "23.870"),
        ("18.020", "18.010"),
        ("38.150", "38.050"),
    ]


def test_figures_torn_within_a_group_of_three_are_whole() -> None:
    lines = [
        ["", "165,50", ""],
        ["1", "", "2,5"],
        ["", "0", ""],
        ["", "79,50", ""],
        ["2", "", "1,5"],
        ["", "0", ""],
    ]
    rows = join_torn_figures(lines)
    assert [row for row in rows if row[0]] == [["1", "165,500", "2,5"], ["2", "79,500", "1,5"]]


@given(st.lists(st.lists(st.integers(0, 99_999), min_size=4, max_size=4), min_size=3, max_size=8))
def test_no_figure_is_lost_between_columns(rows: list[list[int]]) -> None:
    text = "(1)       (2)       (3)       (4)\n" + "\n".join(
        "".join(f"{figure:<10}" for figure in row).rstrip() for row in rows
    )
    marks, *body = _laid(text)
    found = by_marks(body, [marks])
    assert found is not None
    assert [list(row) for row in found[1]] == [[str(figure) for figure in row] for row in rows]


RANGES = """
(1)       (2)               (3)            (4)         (5)            (6)         (7)
 I    LƯƠNG THỰC, THỰC PHẨM
 1    Gạo tẻ thường    Loại 1 hoặc        đ/kg 7.500 - 10.000 8.500 - 11.000
                       tương đương
                                                     54.500 -      55.000 -
 2    Thịt lợn hơi                        đ/kg
                                                      56.000        56.500
II ĐỒ UỐNG
 3    Nước khoáng      Chai nhựa 500 ml  đ/chai   4.000 - 5.500 5.500 - 7.000
 4    Rượu vang        Chai 750 ml       đ/chai       98.500        99.500       1.000
"""


def test_ranges_are_one_figure_and_titles_of_sections_are_not_cut() -> None:
    """The dashes of prices took columns of their own, so the numbers of the columns were given up, and names
    stood in one cell with what describes the goods."""
    lines = _laid(RANGES)
    columns, rows = by_marks(lines[1:], lines[:1]) or ([], [])
    assert len(columns) == 7
    assert rows[0] == ("I", "LƯƠNG THỰC, THỰC PHẨM", "", "", "", "", "")
    assert rows[1][3:6] == ("đ/kg", "7.500 - 10.000", "8.500 - 11.000")
    assert rows[3][4:6] == ("54.500 -", "55.000 -")
    assert rows[6] == ("II", "ĐỒ UỐNG", "", "", "", "", "")
    assert rows[7][4:6] == ("4.000 - 5.500", "5.500 - 7.000")
