"""A row under a table that its rules do not hold is one of its rows; a sentence is none."""

import pytest

from extract.tables.assign import fill
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.row_below import rows_below, with_rows
from model.geometry import Box
from model.page import Word

EM = 10.0
COLS = (50.0, 90.0, 210.0, 290.0, 370.0)
ROWS = (100.0, 120.0, 140.0, 160.0)
BODY = [["TT", "Xã", "Số hộ", "Nghèo"], ["1", "Vụ Bản", "4.876", "52"], ["2", "Quý Hòa", "2.239", "113"]]


def line(y, *pieces):
    """Words of a line: (text, left), letters half an em wide, blanks a quarter."""
    words = []
    for text, left in pieces:
        for part in text.split():
            words.append(Word(part, Box(left, y, left + 5.0 * len(part), y + 11), 1.0, "F", EM))
            left += 5.0 * len(part) + 2.5
    return words


def lattice():
    cells = tuple(
        LatticeCell(r, c, 1, 1, Box(COLS[c], ROWS[r], COLS[c + 1], ROWS[r + 1]))
        for r in range(3)
        for c in range(4)
    )
    return Lattice(Box(COLS[0], ROWS[0], COLS[-1], ROWS[-1]), ROWS, COLS, cells)


def read(rows=BODY):
    words = [
        w for r, row in enumerate(rows) for w in line(ROWS[r] + 4, *zip(row, (60.0, 95.0, 260.0, 340.0)))
    ]
    return fill(lattice(), words, 1, "ruled")


TOTAL = (("Toàn huyện", 95.0), ("36.378", 255.0), ("2.290", 340.0))


def test_a_total_whose_rules_were_not_found_is_a_row_of_its_table():
    """The shaded total of a table with pale rules stood in the running text, without a flag."""
    words = line(164, *TOTAL)
    found = rows_below(lattice(), read(), words)
    assert found is not None and (found.row_edges, found.col_edges) == ((160.0, 180.0), COLS)
    whole = with_rows(read(), fill(found, words, 1, "borderless"))
    assert [[c.text for c in whole.cells if c.row == r] for r in range(whole.n_rows)] == [
        *BODY,
        ["", "Toàn huyện", "36.378", "2.290"],
    ]
    assert whole.box == Box(50, 100, 370, 180) and whole.kind == "ruled"


def test_a_name_over_two_columns_is_one_cell():
    found = rows_below(lattice(), read(), line(164, ("Tổng cộng toàn huyện", 60.0), *TOTAL[1:]))
    assert [(c.col, c.col_span) for c in found.cells] == [(0, 2), (2, 1), (3, 1)]


def test_rows_follow_each_other():
    found = rows_below(lattice(), read(), [*line(164, ("3", 65.0), *TOTAL), *line(184, *TOTAL)])
    assert found.row_edges == (160.0, 180.0, 200.0)


@pytest.mark.parametrize(
    "words",
    [
        [],
        line(164, ("Ghi chú: trong đó 113 hộ thuộc xã Quý Hòa và 52 hộ của Vụ Bản", 60.0)),  # a note
        line(164, ("Nơi nhận:", 60.0), ("CHỦ TỊCH", 260.0)),
        line(164, ("36.378", 255.0)),  # one figure: a number of a page
        line(200, *TOTAL),  # too far off
        line(164, ("36.378", 190.0), ("2.290", 340.0)),  # over the edge of a column
        line(164, ("36.378", 400.0), ("2.290", 440.0)),  # beside the table
    ],
)
def test_other_lines_are_left_alone(words):
    assert rows_below(lattice(), read(), words) is None


def test_a_frame_round_headings_has_no_row_below():
    """Under a dark header of two lines two rows of the body had become one."""
    heads = [["TT", "Xã", "Số", "Nghèo"], ["", "", "hộ", "(hộ)"], ["A", "B", "C", "D"]]
    assert rows_below(lattice(), read(heads), line(164, *TOTAL)) is None
