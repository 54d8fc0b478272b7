"""A rule between columns that is lost over single cells; cells that are meant to go over columns."""

import numpy as np
import pytest

from extract.scan.lost_sides import with_lost_sides
from extract.scan.prepare.frame import Frame
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box

COLS = (50.0, 150.0, 250.0, 350.0)
ROWS = tuple(100.0 + 30 * n for n in range(7))
LETTER = 10.0
FRAME = Frame.of_picture(400, 400, 400.0, 400.0)


def table(wide):
    """A lattice of three columns, its cells a column wide but for `wide` ones ((row, col): columns)."""
    hidden = {(r, c + k) for (r, c), span in wide.items() for k in range(1, span)}
    cells = [
        LatticeCell(r, c, 1, span, Box(COLS[c], ROWS[r], COLS[c + span], ROWS[r + 1]))
        for r in range(6)
        for c in range(3)
        if (r, c) not in hidden
        for span in (wide.get((r, c), 1),)
    ]
    return Lattice(Box(COLS[0], ROWS[0], COLS[-1], ROWS[-1]), ROWS, COLS, tuple(cells))


def printed(*prints):
    """The ink of a page: pieces of print (row, first pixel column, last), ten pixels high."""
    ink = np.zeros((400, 400), np.uint8)
    for row, x0, x1 in prints:
        ink[int(ROWS[row]) + 10 : int(ROWS[row]) + 20, x0:x1] = 255
    return ink


@pytest.mark.parametrize(
    ("wide", "prints"),
    [
        ({(2, 1): 2}, [(2, 190, 210), (2, 290, 310)]),  # figures set in the middle of their columns
        ({(2, 0): 2}, [(2, 60, 130), (2, 225, 245)]),  # a name set left, a figure set right
        ({(2, 0): 3}, [(2, 60, 70), (2, 190, 210), (2, 290, 310)]),
        ({(2, 1): 2, (3, 0): 2}, [(2, 190, 210), (2, 290, 310), (3, 60, 130), (3, 190, 210)]),
        ({(2, 1): 2}, [(2, 190, 210), (2, 249, 252), (2, 290, 310)]),  # a rest of the rule itself
        # a coloured rule of which a dithering copier left a third
        ({(r, 1): 2 for r in range(1, 5)}, [(r, x, x + 20) for r in range(1, 5) for x in (190, 290)]),
    ],
)
def test_columns_that_a_lost_rule_joined_are_parted(wide, prints):
    assert with_lost_sides(table(wide), printed(*prints), FRAME, LETTER) == table({})


@pytest.mark.parametrize(
    ("wide", "prints"),
    [
        ({(2, 1): 2}, [(2, 230, 270)]),  # print in the middle of both
        ({(2, 1): 2}, [(2, 230, 248), (2, 254, 280)]),  # two words, a blank at the edge by chance
        ({(2, 1): 2}, [(2, 160, 200)]),  # nothing in one of the columns
        ({(r, 1): 2 for r in range(5)}, [(r, x, x + 20) for r in range(5) for x in (190, 290)]),  # as a rule
    ],
)
def test_cells_that_are_meant_to_go_over_columns_stay(wide, prints):
    lattice = table(wide)
    assert with_lost_sides(lattice, printed(*prints), FRAME, LETTER) is lattice


def test_a_cell_is_cut_only_where_white_runs_down_it():
    found = with_lost_sides(table({(2, 0): 3}), printed((2, 60, 80), (2, 180, 300)), FRAME, LETTER)
    assert [(c.col, c.col_span) for c in found.cells if c.row == 2] == [(0, 1), (1, 2)]


def test_a_clump_of_dots_is_no_column_s_print():
    """Beside `Ngô`, over three columns, dots of the header's shade made a column of their own."""
    ink = printed((2, 190, 210))
    ink[int(ROWS[2]) + 10 : int(ROWS[2]) + 15, 290:296] = 255
    lattice = table({(2, 1): 2})
    assert with_lost_sides(lattice, ink, FRAME, LETTER) is lattice
