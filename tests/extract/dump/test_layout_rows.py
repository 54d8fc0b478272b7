"""Laid-out tables: rows of counts and shares, narrow columns that tear figures, headings off their figures,
parts on following pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.figures import with_marks_together
from extract.dump.layout.columns import laid_lines
from extract.dump.layout.hollow import without_hollow_columns
from extract.dump.layout.levels import levelled
from extract.dump.layout.marks import by_marks
from extract.dump.layout.mends import figures_out_of_labels
from extract.dump.layout.rows import group_rows
from extract.dump.layout.seams import parted
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts
from extract.dump.tokens import numbers_kind


def _drafts(text: str) -> list[Draft]:
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


TWO_KINDS = [
    ["A.", "Chỗ ngồi", "", ""],
    ["", "Ghế ở hành lang", "12", "30"],
    ["1.", "có đủ cho người", "28.6%", "71.4%"],
    ["", "già.", "", ""],
    ["", "Nước uống có", "20", "22"],
    ["2.", "ở mỗi tầng.", "47.6%", "52.4%"],
    ["B.", "Cán bộ", "", ""],
    ["", "Cán bộ nói", "21", "21"],
    ["", "rõ ràng và", "50.0%", "50.0%"],
    ["3.", "", "", ""],
    ["", "chỉ dẫn", "", ""],
    ["", "tận nơi.", "", ""],
]


def test_counts_and_their_shares_are_two_rows_with_one_number() -> None:
    """The number stands beside the shares, in the middle of the label, and had gone to their row."""
    assert group_rows(TWO_KINDS) == [
        ["A.", "Chỗ ngồi", "", ""],
        ["1.", "Ghế ở hành lang có đủ cho người già.", "12", "30"],
        ["", "", "28.6%", "71.4%"],
        ["2.", "Nước uống có ở mỗi tầng.", "20", "22"],
        ["", "", "47.6%", "52.4%"],
        ["B.", "Cán bộ", "", ""],
        ["3.", "Cán bộ nói rõ ràng và chỉ dẫn tận nơi.", "21", "21"],
        ["", "", "50.0%", "50.0%"],
    ]


def test_shares_of_rows_of_their_own_stay_rows() -> None:
    rows = [["1", "Số phiếu", "12", "30"], ["2", "Tỷ lệ", "28.6%", "71.4%"], ["3", "Số đơn", "7", "9"]]
    assert group_rows(rows) == rows


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=3, max_size=8))
def test_no_figure_is_lost_between_counts_and_shares(counts: list[tuple[int, int]]) -> None:
    lines = []
    for i, (a, b) in enumerate(counts, start=1):
        lines += [["", "Mục", str(a), str(b)], [f"{i}.", "dài", f"{a}.0%", f"{b}.0%"], ["", "hơn", "", ""]]
    figures = [cell for row in group_rows(lines) for cell in row[2:] if cell]
    assert figures == [cell for line in lines for cell in line[2:] if cell]


NARROW = """
 STT    Mã      Tên hàng hóa     Đơn vị     Giá       Giá     Mức
        hàng                     tính       trước     này     tăng
 (1)    (2)         (3)          (4)        (5)       (6)     (7)
        01.00                    đồng/ 143,5 144,5
1             Cát vàng loại 2                                 1,000
            1                      m       00   00
        01.00 Gạo nếp            đồng/     56,00    58,50
2                                                             2,500
            2 hương loại 1         kg          0        0
        01.00                    đồng/ 158,0 160,5
3             Muối biển loại 1                                2,500
            3                      kg      00     00
        01.00 Gạch đỏ            đồng/     73,00    73,00
4                                                             0
            4 bốn lỗ loại 3        viên        0        0
        01.00                    đồng/ 192,0 192,5
5             Cá trắm loại 2                                  500
            5                      kg      00     00
"""


def test_figures_torn_by_narrow_columns_are_whole_where_lines_are_shifted() -> None:
    """`đồng/ 143,5` had one cell and the second price none; `loại 2` was cut at its number."""
    (draft,) = _drafts(NARROW)
    body = [row for row in draft.rows[draft.header_rows or 0 :] if row[0]]
    assert [row[4:7] for row in body] == [
        ("143,500", "144,500", "1,000"),
        ("56,000", "58,500", "2,500"),
        ("158,000", "160,500", "2,500"),
        ("73,000", "73,000", "0"),
        ("192,000", "192,500", "500"),
    ]
    assert [row[1] for row in body] == ["01.001", "01.002", "01.003", "01.004", "01.005"]
    assert not draft.doubts


def test_too_few_column_numbers_tell_no_columns() -> None:
    lines = source_lines([["1   2", "3   4"]], [["1   2", "3   4"]])
    assert by_marks(laid_lines(lines), ()) is None


@pytest.mark.parametrize(
    ("before", "text", "kind"),
    [
        (["Thép", "loại"], "2", True),
        (["Số", "nhóm"], "2", False),
        (["Gạo"], "2", False),
        (["loại"], "120", False),
        ([], "2", False),
    ],
)
def test_a_small_figure_after_some_nouns_names_a_kind(before: list[str], text: str, kind: bool) -> None:
    assert numbers_kind(before, text) is kind


def test_a_heading_off_its_figures_stands_over_them() -> None:
    """`(4)` stood over a gap, and every heading after it one column too early."""
    rows = (
        ("TT", "Đơn vị", "Tổng", "Cũ", "Mới", "", "Tỷ lệ"),
        ("(1)", "(2)", "(3)", "(4)", "", "(5)", "(6)"),
        ("1", "An Bình", "30", "", "10", "20", "100"),
        ("2", "An Hải", "5", "", "2", "3", "90"),
    )
    draft = without_hollow_columns(Draft(rows, 1, 4, (1, 1, 1, 1), header_rows=2))
    assert draft.rows[:2] == (
        ("TT", "Đơn vị", "Tổng", "Cũ", "Mới", "Tỷ lệ"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
    )
    assert draft.rows[2] == ("1", "An Bình", "30", "10", "20", "100")


def test_an_empty_column_of_notes_stays() -> None:
    rows = (("TT", "Đơn vị", "Tổng", "Ghi chú"), ("1", "An Bình", "30", ""), ("2", "An Hải", "5", ""))
    draft = Draft(rows, 1, 3, (1, 1, 1), header_rows=1)
    assert without_hollow_columns(draft) == draft


PAGES = """
STT     Nội dung                Dự toán      Thực hiện     So sánh
        TỔNG CỘNG              49.563.000 32.069.001          64,7
I       Lĩnh vực giao thông    30.000.000 20.000.000          66,7
1       Sửa đường              20.000.000 15.000.000          75,0
2       Làm cầu                10.000.000  5.000.000          50,0
II      Lĩnh vực y tế          19.563.000 12.069.001          61,7

                              1
\f
STT     Nội dung                Dự toán      Thực hiện     So sánh


1       Mua thuốc              10.000.000  8.000.000          80,0
2       Sửa trạm                9.563.000  4.069.001          42,6
"""


def test_a_table_goes_on_under_a_header_printed_again_some_lines_above() -> None:
    """Two blank lines under the header had made the second page a table of its own, and the total row, whose
    figures come within a blank of each other, a line of the header."""
    (draft,) = _drafts(PAGES)
    assert draft.header_rows == 1
    assert [row[-3:] for row in draft.rows[1:]] == [
        ("49.563.000", "32.069.001", "64,7"),
        ("30.000.000", "20.000.000", "66,7"),
        ("20.000.000", "15.000.000", "75,0"),
        ("10.000.000", "5.000.000", "50,0"),
        ("19.563.000", "12.069.001", "61,7"),
        ("10.000.000", "8.000.000", "80,0"),
        ("9.563.000", "4.069.001", "42,6"),
    ]


PARTED = """
TT    Tên đường             Vị trí 1     Vị trí 2
1     Phường Bắc
      Đường số 1, từ
1.1                            3.600        2.160
      cầu đến chợ
      Đường số 2, từ
1.2                            3.300        1.980
\f
TT    Tên đường             Vị trí 1     Vị trí 2
      đình đến chợ
      Đường số 3, từ
1.3                            3.500        2.100
      sông đến trạm
      Đường số 4, từ
1.4                            2.850        1.710
      chùa đến trạm
"""


def test_the_end_of_a_row_that_a_page_parts_is_no_header() -> None:
    (draft,) = _drafts(PARTED)
    figures = [row[2:] for row in draft.rows[1:] if row[2]]
    assert figures == [("3.600", "2.160"), ("3.300", "1.980"), ("3.500", "2.100"), ("2.850", "1.710")]


def test_a_figure_among_the_words_of_a_label_has_the_next_column() -> None:
    rows = [
        ["1", "Thị trấn Hồ", "866", "19"],
        ["2", "Xã Đồng", "938", "28"],
        ["3", "Xã Bình", "214", "8"],
        ["4", "Xã Gia 51 Thuận", "", "9"],
        ["5", "Thép loại 2", "", "7"],
    ]
    assert figures_out_of_labels(rows, 2)[3:] == [
        ["4", "Xã Gia Thuận", "51", "9"],
        ["5", "Thép loại 2", "", "7"],
    ]


def test_a_label_keeps_its_figure_where_the_next_column_holds_words() -> None:
    rows = [
        ["1", "Tổ 5", "", "3"],
        ["2", "Chợ", "ngày", "4"],
        ["3", "Bến", "đêm", "6"],
        ["4", "Ga", "-", "8"],
    ]
    assert figures_out_of_labels(rows, 2) == rows


def _part(first: int, page: int, *rows: tuple[str, ...]) -> Draft:
    return Draft(tuple(rows), first, first + len(rows) - 1, (page,) * len(rows), header_rows=1)


def test_a_part_whose_labels_hold_its_first_figures_has_their_column_again() -> None:
    before = _part(1, 1, ("TT", "Xã", "Tổng", "Cũ"), ("1", "An", "866", "19"))
    after = _part(5, 2, ("TT", "Xã", "Cũ"), ("2", "Bình 51 Tây", "9"), ("3", "Cao 1.870", "57"))
    assert levelled(before, after)[1].rows[1:] == (("2", "Bình Tây", "51", "9"), ("3", "Cao", "1.870", "57"))


def test_parts_with_one_header_and_other_columns_are_doubted_both() -> None:
    before = _part(1, 1, ("TT", "Xã", "Tổng", "Cũ"), ("1", "An", "866", "19"))
    after = _part(5, 2, ("TT", "Xã", "Tổng Cũ"), ("2", "Bình", "51 9"))
    assert all(draft.doubts for draft in parted(before, after, ()))
    assert parted(before, before, ()) == (before, before)


def test_two_column_numbers_in_one_cell_doubt_the_table() -> None:
    rows = (
        ("TT", "Giá cũ Giá mới", "", "Mức"),
        ("(1)", "(2) (3)", "", "(4)"),
        ("1", "12.500", "12.000", "-500"),
    )
    assert with_marks_together(Draft(rows, 1, 3, (1, 1, 1), header_rows=2)).doubts
    right = (("TT", "Giá cũ", "Giá mới", "Mức"), ("(1)", "(2)", "(3)", "(4)"), rows[2])
    assert not with_marks_together(Draft(right, 1, 3, (1, 1, 1), header_rows=2)).doubts


NEXT_TABLE = """
TT    Tên đường             Vị trí 1     Vị trí 2
1     Phố Bắc                  3.600        2.160
2     Phố Nam                  3.300        1.980
3     Phố Đông                 3.500        2.100
                                    Phí
STT   Tên thủ tục     Thời hạn      (đồng)     Căn cứ
1     Cấp giấy        13 ngày       Không      Luật
2     Đổi giấy        5 ngày        Không      Luật
3     Thu giấy        7 ngày        Không      Luật
"""


def test_a_table_ends_before_the_heading_of_the_next() -> None:
    """The words over a table of words stood in the last row of the one before, which took its heading along."""
    first = _drafts(NEXT_TABLE)[0]
    assert first.last_line == 4
    assert first.rows[-1] == ("3", "Phố Đông", "3.500", "2.100")


def test_a_part_with_less_of_the_heading_that_counts_on_is_doubted() -> None:
    before = _part(1, 1, ("TT", "Xã", "Số liệu tháng trước", "Tỷ lệ"), ("1", "An", "866", "19"))
    after = _part(3, 2, ("TT", "", "Số liệu", "Tỷ lệ"), ("2", "Bình", "51", "9"))
    assert all(draft.doubts for draft in parted(before, after, ()))
    anew = _part(3, 2, ("TT", "", "Số liệu", "Tỷ lệ"), ("1", "Bình", "51", "9"))
    assert parted(before, anew, ()) == (before, anew)
