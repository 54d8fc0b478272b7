"""The rule under a header that is lost beside one column."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.assign import place_words
from extract.tables.head_end import with_head_parted
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Word

COLS = (50.0, 80.0, 200.0, 260.0, 320.0, 380.0)
HIGH = 20.0
HEAD = ["TT", "Xã, thôn", "Số hộ", "Nam", "Nữ"]
BODY = [["I", "Xã Kim Sơn", "1.204", "601", "603"], ["1", "Thôn Đồng", "204", "101", "103"]]


def table(over, rows, head_rows=2):
    """A lattice whose columns `over` have one cell from the header into the first row below it; the other
    heads are as high as the header, print in the middle of each cell."""
    n = head_rows + len(rows)
    edges = tuple(100 + HIGH * r for r in range(n + 1))
    cells, words = [], []

    def put(r, c, span):
        cells.append(LatticeCell(r, c, span, 1, Box(COLS[c], edges[r], COLS[c + 1], edges[r + span])))

    def write(text, y, c):
        if text:
            words.append(Word(text, Box(COLS[c] + 4, y - 5, COLS[c] + 34, y + 5)))

    for c, name in enumerate(HEAD):
        put(0, c, head_rows + (c in over))
        write(name, (edges[0] + edges[head_rows]) / 2, c)
        for r, row in enumerate(rows, start=head_rows):
            write(row[c], edges[r] + HIGH / 2, c)
            if r > head_rows or c not in over:
                put(r, c, 1)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Lattice(Box(COLS[0], edges[0], COLS[-1], edges[-1]), edges, COLS, tuple(cells)), words


@pytest.mark.parametrize("over", [{0}, {1}, {2}, {4}, {0, 3}])
@pytest.mark.parametrize("head_rows", [1, 2])
def test_a_head_that_a_lost_rule_joined_to_the_first_row_is_parted(over, head_rows):
    whole, words = table(set(), BODY, head_rows)
    assert with_head_parted(table(over, BODY, head_rows)[0], words) == whole


def test_what_is_parted_holds_its_own_words():
    lattice, words = table({0}, BODY)
    parted = with_head_parted(lattice, words)
    held = {(c.row, c.col): [w.text for w in own] for c, own in zip(parted.cells, place_words(parted, words))}
    assert held[0, 0] == ["TT"]
    assert held[2, 0] == ["I"]


@pytest.mark.parametrize(
    ("over", "rows"),
    [
        ({0, 1}, [["", "", "2022", "2023", "2024"], *BODY]),  # years under their heading
        ({0, 1, 2}, BODY),  # most of the rule is gone: nothing says where it lay
        ({0}, [["", "Tổng số", "Trong đó", "Nam", "Nữ"], *BODY]),  # another row of the header
        (set(), BODY),
    ],
)
def test_heads_that_go_over_rows_stay(over, rows):
    lattice, words = table(over, rows)
    assert with_head_parted(lattice, words) == lattice


def test_a_line_printed_on_the_edge_is_not_cut():
    lattice, words = table({0}, BODY)
    edge = lattice.row_edges[2]
    words = [replace(w, box=Box(54, edge - 5, 84, edge + 5)) if w.text == "I" else w for w in words]
    assert with_head_parted(lattice, words) == lattice


def test_a_cell_of_the_body_over_two_rows_stays():
    lattice, words = table(set(), BODY)
    tall = [
        replace(c, row_span=2, box=replace(c.box, y1=c.box.y1 + HIGH)) if (c.row, c.col) == (2, 1) else c
        for c in lattice.cells
        if (c.row, c.col) != (3, 1)
    ]
    joined = replace(lattice, cells=tuple(tall))
    assert with_head_parted(joined, words) == joined


@given(st.sets(st.integers(0, 4)), st.integers(1, 3))
def test_every_place_stays_in_one_cell(over, head_rows):
    lattice, words = table(over, BODY, head_rows)
    cells = with_head_parted(lattice, words).cells
    covered = sorted((r, c.col) for c in cells for r in range(c.row, c.row + c.row_span))
    assert covered == [(r, c) for r in range(lattice.n_rows) for c in range(5)]
