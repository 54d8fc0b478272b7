"""Figures of short rows find their columns by the totals these must add up to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.dump.lines import source_lines
from extract.dump.read import table_drafts
from extract.dump.stream.totals import ways_to_add_up


def _runs(rows: list[list[int | None]]) -> tuple[list[list[str]], list[list[int]]]:
    width = len(rows[0])
    totals = [sum(row[c] or 0 for row in rows) for c in range(width)]
    runs = [[str(a) for a in row if a is not None] for row in rows]
    return [*runs, [str(t) for t in totals]], [[c for c in range(width) if r[c] is not None] for r in rows]


ROWS: list[list[int | None]] = [
    [411, 96, None, 57],
    [208, None, 33, 18],
    [517, 142, 61, None],
    [96, 25, 14, 9],
]


def test_the_one_way_to_add_up_is_found() -> None:
    runs, columns = _runs(ROWS)
    ways = ways_to_add_up(runs, len(runs) - 1, 4)
    assert [[list(row) for row in way[:-1]] for way in ways] == [columns]


def test_a_wrong_total_in_the_report_does_not_hide_the_way() -> None:
    runs, columns = _runs(ROWS)
    runs[-1][0] = "1240"
    assert columns in [[list(row) for row in way[:-1]] for way in ways_to_add_up(runs, len(runs) - 1, 4)]


def test_columns_that_no_way_adds_up_tell_nothing() -> None:
    runs, _ = _runs(ROWS)
    runs[-1] = ["1", "2", "3", "4"]
    assert ways_to_add_up(runs, len(runs) - 1, 4) == []


def test_figures_that_cannot_be_read_tell_nothing() -> None:
    runs, _ = _runs(ROWS)
    runs[1][1] = "3S8x"
    assert ways_to_add_up(runs, len(runs) - 1, 4) == []


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(min_value=1, max_value=900)), min_size=4, max_size=4),
        min_size=3,
        max_size=5,
    )
)
def test_the_true_way_is_among_those_found(rows: list[list[int | None]]) -> None:
    runs, columns = _runs(rows)
    ways = ways_to_add_up(runs, len(runs) - 1, 4)
    found = [[list(row) for row in way[:-1]] for way in ways]
    assert columns in found or len(found) >= 48  # of very many ways only the first are looked at


HEADING_WITH_A_FIGURE = """
                         Hộ dưới                        Vay vốn
STT    Xã, phường                     Hộ nghèo                            Thoát nghèo
                          2 lao động              Đợt 1          Đợt 2
 1     An Bình            185            156          99             184          12
 2     Đông Hải           267            138         167             211           3
 3     Tân Lập            264                                        107           -
 4     Vĩnh Lợi            91             72          50              53           1
       Tổng cộng          807            366         316             555          16
"""


def test_a_heading_that_opens_with_a_figure_is_no_row() -> None:
    """A heading's second line (`2 lao động`) was taken for the row of number 2, the header lost with it, and
    every later column shifted."""
    pages = [HEADING_WITH_A_FIGURE.split("\n")]
    (draft,) = table_drafts(source_lines(pages, pages))
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[0] for row in body] == ["1", "2", "3", "4", ""]
    assert body[2][2:] == ("264", "", "", "107", "-")


TWO_TABLES_OF_A_STREAM = """
STT Xã, phường Hộ nghèo Vay vốn Thoát nghèo
1 An Bình 185 156 99
2 Đông Hải 267 138 167
3 Tân Lập 264 107
Tổng cộng 716 401 266
TÌNH HÌNH TAI NẠN GIAO THÔNG
STT Xã, phường Số vụ Bị thương Tử vong Kết quả điều tra
1 An Bình 4 3 1 02 vụ đã khởi tố
2 Đông Hải 2 2 0
3 Tân Lập 1 0 1
Tổng cộng 7 5 2
"""


def test_a_second_header_with_other_words_begins_another_table() -> None:
    """Two tables of a dump without columns were read as one, the second under the first one's header."""
    pages = [TWO_TABLES_OF_A_STREAM.split("\n")]
    first, second = table_drafts(source_lines(pages, pages))
    assert [row[-3:] for row in first.rows[-2:]] == [("264", "107", ""), ("716", "401", "266")]
    assert second.rows[-4][-4:] == ("4", "3", "1", "02 vụ đã khởi tố")


GARBLED_FIRST_NUMBER = """
STT Đơn vị Tiếp nhận Giải quyết Tồn
j Xã An Bình 185 156 29
2 Xã Đông Hải 267 138 129
3 Xã Tân Lập 264 107 157
4 Xã Vĩnh Lợi 91 72 19
5 Xã Hòa Phú 90 70 20
"""


def test_rows_above_the_first_number_that_can_be_read_are_not_missing() -> None:
    """A first row number that OCR spoilt made the whole table doubtful, as if rows before it were lost."""
    pages = [GARBLED_FIRST_NUMBER.split("\n")]
    (draft,) = table_drafts(source_lines(pages, pages))
    head = draft.header_rows or 0
    assert not [at for at in draft.doubtful if at[0] > head + 1]


A_CELL_A_LINE = """
STT
Xã, phường
Hộ dưới
1 lao động
Hộ nghèo
Tái nghèo
1
An Bình
185
156
99
2
Đông Hải
267
138
167
3
Tân Lập
264
107
31
"""


def test_a_heading_with_a_figure_does_not_take_the_first_row_number() -> None:
    """`1 lao động` of the header was the row number 1, and the first row became part of the header."""
    pages = [A_CELL_A_LINE.split("\n")]
    (draft,) = table_drafts(source_lines(pages, pages))
    assert draft.rows[draft.header_rows or 0] == ("1", "An Bình", "185", "156", "99")
