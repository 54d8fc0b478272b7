"""Headings over columns whose rules begin below them, and columns that are slivers of a worn rule."""

import pytest

from extract.tables.late_columns import with_headings_over
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.slivers import without_slivers
from model.geometry import Box, Segment
from model.page import Word

COLS = (50.0, 90.0, 200.0, 260.0, 320.0, 380.0)
ROWS = (100.0, 140.0, 160.0, 180.0)


def lattice(rows=ROWS, cols=COLS):
    cells = tuple(
        LatticeCell(r, c, 1, 1, Box(cols[c], rows[r], cols[c + 1], rows[r + 1]))
        for r in range(len(rows) - 1)
        for c in range(len(cols) - 1)
    )
    return Lattice(Box(cols[0], rows[0], cols[-1], rows[-1]), rows, cols, cells)


def standing(late, cols=COLS):
    """The rules between columns; those of `late` columns begin at the height given."""
    return [Segment(x, late.get(c, ROWS[0]), x, ROWS[-1]) for c, x in enumerate(cols)]


def words(text, middle, y):
    """Words set around a middle; letters 5 points wide, 10 high."""
    width = 5 * len(text)
    x, out = middle - width / 2, []
    for part in text.split():
        out.append(Word(part, Box(x, y - 5, x + 5 * len(part), y + 5), 1.0, "F", 10.0))
        x = out[-1].box.x1 + 5
    return out


def names():
    return [*words("TT", 70, 120), *words("Đơn vị", 145, 120),
            *words("Nam", 230, 132), *words("Nữ", 290, 132), *words("Trẻ", 350, 132)]  # fmt: skip


def spans(found):
    return {(c.row, c.col): (c.row_span, c.col_span) for c in found.cells if c.row_span * c.col_span > 1}


def test_a_heading_over_three_columns_is_one_cell_over_their_names():
    read = [*names(), *words("Trong đó chia ra", 290, 110)]
    found = with_headings_over(lattice(), standing({3: 118.0, 4: 121.0}), read)
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 3)}
    assert found.n_rows == 4 and 115 <= found.row_edges[1] <= 127
    assert [c.col for c in found.cells if c.row == 1] == [2, 3, 4]


def test_a_heading_whose_names_have_a_row_of_their_own_is_one_cell():
    rows = (100.0, 120.0, 140.0, 160.0)
    read = [*words("Trong đó chia ra", 290, 110), *(w for w in names() if w.box.center[1] > 125)]
    found = with_headings_over(lattice(rows), standing({3: 120.0, 4: 120.0}), read)
    assert spans(found) == {(0, 2): (1, 3)}


@pytest.mark.parametrize(
    ("late", "heading", "middle"),
    [
        ({}, "Trong đó chia ra", 290.0),  # the rules begin at the top
        ({3: 118.0, 4: 121.0}, "", 290.0),  # no heading
        ({3: 118.0, 4: 121.0}, "Số", 230.0),  # over one column
        ({3: 118.0, 4: 121.0}, "Trong đó chia", 236.0),  # over two, in the middle of neither two nor three
    ],
)
def test_columns_without_a_heading_over_them_are_left(late, heading, middle):
    read = [*names(), *(words(heading, middle, 110) if heading else [])]
    assert with_headings_over(lattice(), standing(late), read) == lattice()


def test_two_headings_side_by_side_are_two_cells():
    cols = (50.0, 90.0, 150.0, 210.0, 270.0, 330.0)
    read = [*words("TT", 70, 120), *words("Trong đó", 150, 110), *words("Hộ nghèo", 270, 110),
            *words("Nam", 120, 132), *words("Nữ", 180, 132), *words("Số", 240, 132), *words("Lệ", 300, 132)]  # fmt: skip
    rules = standing({2: 118.0, 3: 119.0, 4: 118.0}, cols)
    assert spans(with_headings_over(lattice(cols=cols), rules, read)) == {
        (0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)
    }  # fmt: skip


def test_a_sliver_between_two_pieces_of_a_rule_is_no_column():
    cols = (50.0, 90.0, 95.0, 200.0)
    rules = [Segment(90, 100, 90, 180), Segment(95, 140, 95, 150)]
    read = [*words("TT", 70, 120), *words("Đơn vị", 145, 120)]
    found = without_slivers(lattice(cols=cols), rules, read)
    assert found.col_edges == (50.0, 90.0, 200.0)
    assert found.cells == lattice(cols=(50.0, 90.0, 200.0)).cells


def test_a_narrow_column_with_figures_is_one():
    cols = (50.0, 90.0, 95.0, 200.0)
    read = [*words("TT", 70, 120), *words("1", 92.5, 150)]
    assert without_slivers(lattice(cols=cols), [], read) == lattice(cols=cols)
