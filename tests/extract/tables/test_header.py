"""Tables understood: depth of the header, paths of columns, numbering row, spans, kinds of rows."""

import pytest

from extract.tables.header import header_depth, understand
from extract.tables.raw import RawTable
from model.page import GridCell


def raw(rows, spans=(), header_rows=None):
    size = {(r, c): (rs, cs) for r, c, rs, cs in spans}
    hidden = {
        (r + y, c + x) for (r, c), (rs, cs) in size.items() for y in range(rs) for x in range(cs) if y or x
    }
    cells = tuple(
        GridCell(r, c, text, *size.get((r, c), (1, 1)), doubtful=text == "?8", engine="text-layer")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in hidden
    )
    return RawTable("", "ruled", len(rows), len(rows[0]), cells, (1,) * len(rows), header_rows)


TWO_LEVELS = [
    ["STT", "Đơn vị", "Tiếp nhận", "", "Ghi chú"],
    ["", "", "Tổng số", "Trực tuyến", ""],
    ["1", "Xã Đông", "15", "10", ""],
    ["2", "Xã Tây", "25", "20", "đạt"],
    ["", "TỔNG SỐ", "40", "30", ""],
]
TWO_LEVEL_SPANS = [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1)]


def test_two_levels_and_their_paths():
    table = understand(raw(TWO_LEVELS, TWO_LEVEL_SPANS), "t01")
    assert table.header_rows == 2
    assert [c.name for c in table.columns] == [
        "STT", "Đơn vị", "Tiếp nhận / Tổng số", "Tiếp nhận / Trực tuyến", "Ghi chú",
    ]  # fmt: skip
    assert [c.text for c in table.rows[1]] == ["STT", "Đơn vị", "Tổng số", "Trực tuyến", "Ghi chú"]
    assert table.row_kinds == ("header", "header", "body", "body", "total")


def test_spanning_cells_share_an_anchor():
    table = understand(raw(TWO_LEVELS, TWO_LEVEL_SPANS), "t01")
    assert table.rows[0][3].text == "Tiếp nhận"
    assert table.rows[0][3].anchor == table.rows[0][2].anchor == (0, 2)
    assert table.rows[0][3].is_header


def test_numbering_row_is_header():
    rows = [["STT", "Đơn vị", "A", "B"], ["(1)", "(2)", "(3)", "(4)=(3)/2"], ["1", "Xã", "5", "6"]]
    table = understand(raw(rows), "t01")
    assert (table.header_rows, table.numbering_row) == (2, 1)
    assert table.columns[3].number == "(4)=(3)/2"
    assert table.columns[3].path == ("B",)


def test_section_row_keeps_its_text_in_the_first_cell():
    rows = [["STT", "Đơn vị", "Số"], ["I. UBND CÁC XÃ", "", ""], ["1", "Xã", "5"]]
    table = understand(raw(rows, [(1, 0, 1, 3)]), "t01")
    assert table.row_kinds == ("header", "section", "body")
    assert [c.text for c in table.rows[1]] == ["I. UBND CÁC XÃ", "", ""]


def test_merged_label_stands_in_every_row():
    rows = [["STT", "Loại", "Số"], ["1", "Đất ở", "5"], ["2", "", "6"]]
    table = understand(raw(rows, [(1, 1, 2, 1)]), "t01")
    assert [row[1].text for row in table.body] == ["Đất ở", "Đất ở"]


def test_header_known_to_the_reader_is_kept():
    assert understand(raw([["a", "b"], ["c", "d"], ["e", "f"]], header_rows=2), "t01").header_rows == 2


def test_doubt_and_surety_are_carried():
    table = understand(raw([["STT", "Số"], ["1", "?8"]]), "t01")
    assert table.rows[1][1].status == "doubtful"
    assert table.rows[1][1].sure


def test_lines_of_a_cell_become_one_line():
    table = understand(raw([["STT", "Tên\nđơn vị"], ["1", "Xã\nĐông"]]), "t01")
    assert table.rows[0][1].raw == "Tên đơn vị"
    assert table.rows[1][1].text == "Xã Đông"


@pytest.mark.parametrize(
    ("rows", "spans", "depth"),
    [
        ([["1", "Xã", "5"], ["2", "Xã", "6"]], (), 0),
        ([["NHÓM", "Tháng 1", "Tháng 2"], ["Lương thực", "101,2", "99,8"]], (), 1),
        ([["NHÓM", "So với", ""], ["", "2019", "2020"], ["Chung", "101,2", "99"]], [(0, 1, 1, 2), (0, 0, 2, 1)], 2),
        ([["STT", "Tên thủ tục", "Căn cứ"], ["1", "Cấp giấy phép", "Luật"]], (), 1),
        ([["STT", "Số", "Giá", ""], ["", "", "A", "B"], ["1", "Xã", "3", "4"]], [(0, 2, 1, 2)], 2),
    ],
)  # fmt: skip
def test_depth(rows, spans, depth):
    table = raw(rows, spans)
    assert header_depth(table.cells, table.n_rows, table.n_cols) == depth


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        ([["r", "Tên hàng", "Giá"], ["1", "Gạo", "15.000"]], 1),
        ([["r", "Tên hàng", "Giá"], ["I", "LƯƠNG THỰC", ""]], 1),
        ([["b", "Gạo nếp", "15.000"], ["1", "Loại 1", "15.000"]], 0),
        ([["b", "Gạo nếp", ""], ["1", "Loại 1", "15.000"]], 0),
        ([["b", "Gạo nếp", "Sở A"], ["c", "Gạo tẻ", "Sở B"]], 0),
        ([["(1)", "(2)", "(3)"], ["1", "Gạo", "15.000"]], 1),
        ([["E", "Tên hàng", "Giá"], ["(1)", "(2)", "(3)"], ["1", "Gạo", "15.000"]], 2),
    ],
)
def test_head_of_the_ordinals_misread_as_a_letter(rows, depth):
    cells = [GridCell(r, c, t) for r, row in enumerate(rows) for c, t in enumerate(row)]
    assert header_depth(cells, len(rows), 3) == depth


def test_a_head_that_spans_rows_and_reads_like_a_letter_begins_no_body():
    """A shaded `TT` over two rows of heads was read as `E`: the table had no header, and its seam was refused."""
    rows = [["E", "Đơn vị", "Hồ sơ", ""], ["", "", "Tổng số", "Quá hạn"], ["1", "Xã A", "5", "0"]]
    table = raw(rows, [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)])
    assert header_depth(table.cells, table.n_rows, table.n_cols) == 2


def test_a_head_that_spans_rows_and_reads_like_a_figure_begins_no_body():
    """A shaded `TT` between dirt was read as `7`: two rows of heads stood in the body."""
    rows = [["7", "Đơn vị", "Hồ sơ", ""], ["", "", "Tổng số", "Quá hạn"], ["1", "Xã A", "5", "0"]]
    table = raw(rows, [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)])
    assert header_depth(table.cells, table.n_rows, table.n_cols) == 2


def test_a_row_of_figures_over_two_lines_is_no_header():
    rows = [["7", "Xã A", "5", "0"], ["", "", "6", "1"], ["1", "Xã B", "5", "0"]]
    table = raw(rows, [(0, 0, 2, 1), (0, 1, 2, 1)])
    assert header_depth(table.cells, table.n_rows, table.n_cols) == 0


def test_a_first_row_whose_figures_count_up_is_data():
    """`1 | x1 | 11 | 12 | 13` under the heads was taken for a row of column numbers, and left the table."""
    rows = [["TT", "Tên", "A", "B", "C"], ["1", "x1", "11", "12", "13"], ["2", "x2", "21", "22", "23"]]
    cells = [GridCell(r, c, t) for r, row in enumerate(rows) for c, t in enumerate(row)]
    assert header_depth(cells, 3, 5) == 1
