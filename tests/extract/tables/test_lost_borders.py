"""A rule between rows that is broken over single cells; cells that are meant to go over rows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.lost_borders import with_lost_borders
from model.geometry import Box
from model.page import Word

COLS = (50.0, 80.0, 250.0, 320.0, 390.0)
HEIGHT = 20.0
TEXTS = [[str(n), f"Thôn {n}", f"1.{n}00", f"{n},5"] for n in range(1, 9)]


def table(tall, texts=TEXTS):
    """A lattice of cells a row high but for `tall` ones ((row, col): rows), and a line of print in each row."""
    edges = tuple(100 + HEIGHT * r for r in range(len(texts) + 1))
    hidden = {(r + k, c) for (r, c), span in tall.items() for k in range(1, span)}
    cells = [
        LatticeCell(r, c, span, 1, Box(COLS[c], edges[r], COLS[c + 1], edges[r + span]))
        for r in range(len(texts))
        for c in range(4)
        if (r, c) not in hidden
        for span in (tall.get((r, c), 1),)
    ]
    words = [
        Word(text, Box(COLS[c] + 4, edges[r] + 4, COLS[c] + 26, edges[r] + 15))
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
        if text
    ]
    return Lattice(Box(COLS[0], edges[0], COLS[-1], edges[-1]), edges, COLS, tuple(cells)), words


def spans(lattice):
    return {(c.row, c.col): c.row_span for c in lattice.cells if c.row_span > 1}


@pytest.mark.parametrize(
    "tall",
    [
        {(2, 2): 2},
        {(2, 0): 2, (2, 1): 2},
        {(2, 3): 3},
        {(0, 0): 2, (2, 0): 2, (4, 0): 2},  # most of the ordinals' borders are gone
        {(2, 0): 2, (2, 1): 2, (2, 2): 2, (2, 3): 2},  # the whole rule, its cells parted elsewhere
    ],
)
def test_rows_that_a_broken_rule_joined_are_parted(tall):
    whole, words = table({})
    assert with_lost_borders(table(tall)[0], words) == whole


@pytest.mark.parametrize("tall", [{(2, 0): 3}, {(0, 0): 3, (3, 0): 3}])
def test_ordinals_over_each_other_are_parted_though_the_total_below_has_none(tall):
    texts = [[*row] for row in TEXTS]
    (last,) = [r + span - 1 for (r, _), span in tall.items() if r == max(tall)[0]]
    texts[last][0] = ""
    whole, words = table({}, texts)
    assert with_lost_borders(table(tall, texts)[0], words) == whole


@pytest.mark.parametrize(
    ("tall", "texts"),
    [
        # one line over both rows
        ({(2, 1): 2}, [*TEXTS[:3], [*TEXTS[3][:1], "", *TEXTS[3][2:]], *TEXTS[4:]]),
        # a label of two lines over the count and the share of an entry, as in all others
        ({(r, c): 2 for r in range(0, 8, 2) for c in (0, 1)}, [["", *row[1:]] for row in TEXTS]),
    ],
)
def test_cells_that_go_over_rows_stay(tall, texts):
    lattice, words = table(tall, texts)
    assert with_lost_borders(lattice, words) == lattice


def test_a_line_that_stands_on_the_lost_edge_is_one_cell_of_both_rows():
    lattice, words = table({(2, 2): 2}, [*TEXTS[:2], ["3", "Thôn 3", "", "3,5"], *TEXTS[3:]])
    moved = [replace(w, box=Box(w.box.x0, 155, w.box.x1, 166)) if w.text == "1.400" else w for w in words]
    assert spans(with_lost_borders(lattice, moved)) == {(2, 2): 2}


@given(st.sets(st.tuples(st.sampled_from([0, 2, 4, 6]), st.sampled_from([1, 2, 3])), max_size=3))
def test_every_place_stays_in_one_cell(starts):
    lattice, words = table(dict.fromkeys(starts, 2))
    cells = with_lost_borders(lattice, words).cells
    covered = sorted((c.row + k, c.col) for c in cells for k in range(c.row_span))
    assert covered == [(r, c) for r in range(8) for c in range(4)]


def two_lined(second):
    """The table with one cell over two rows, whose texts have two lines each, the lower one's `second`."""
    lattice, words = table({(2, 1): 2})
    y = [100 + HEIGHT * r for r in (2, 3)]
    lines = [("Thôn", y[0] + 2), ("Ba", y[0] + 11), (second, y[1] + 2), ("Bốn", y[1] + 11)]
    kept = [w for w in words if w.text not in ("Thôn 3", "Thôn 4")]
    return lattice, [*kept, *(Word(text, Box(84, top, 110, top + 7)) for text, top in lines)]


def test_texts_of_several_lines_are_parted_where_each_row_begins_with_a_capital():
    """Two communes' names, each of two lines, were one cell over both rows of a faint fax."""
    lattice, words = two_lined("Xã")
    assert spans(with_lost_borders(lattice, words)) == {}


def test_a_text_that_goes_on_below_is_one_cell():
    lattice, words = two_lined("và")
    assert spans(with_lost_borders(lattice, words)) == {(2, 1): 2}
