"""Columns whose rules were lost all the way down, as faint faxes lose hair-lines; columns that are none."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.tables.assign import fill
from extract.tables.lattice import Lattice, LatticeCell
from extract.tables.lost_columns import with_lost_columns
from model.geometry import Box
from model.page import Word

XS = (60.0, 90.0, 190.0, 250.0, 320.0, 370.0, 440.0)
TOP, HEIGHT = 100.0, 20.0
HEAD = ["TT", "Đơn vị", "Tổng số", "Kỳ trước", "Mới", "Tỷ lệ"]
ROWS = [
    [str(i), f"Xã Bình {('Thọ', 'An', 'Lộc')[i % 3]}", f"1.{i}50", str(3 * i), "7", f"{i},50"]
    for i in range(1, 7)
]


def words_of(rows):
    """The words of rows: texts set to the left, figures to the right; letters 5 points wide, 10 high."""
    words = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            width = sum(5 * len(part) for part in text.split()) + 2.5 * text.count(" ")
            x = XS[c + 1] - 3 - width if text[:1].isdigit() and c else XS[c] + 3
            for part in text.split():
                y = TOP + r * HEIGHT
                words.append(Word(part, Box(x, y + 5, x + 5 * len(part), y + 15), 1.0, "F", 10.0))
                x = words[-1].box.x1 + 2.5
    return words


def ruled(cols, n_rows):
    """A lattice with these of the columns' edges, by their place in XS."""
    xs = tuple(XS[c] for c in cols)
    edges = tuple(TOP + HEIGHT * r for r in range(n_rows + 1))
    cells = tuple(
        LatticeCell(r, k, 1, 1, Box(a, edges[r], b, edges[r + 1]))
        for r in range(n_rows)
        for k, (a, b) in enumerate(itertools.pairwise(xs))
    )
    return Lattice(Box(xs[0], edges[0], xs[-1], edges[-1]), edges, xs, cells)


def texts(lattice, words):
    grid = fill(lattice, words, 1, "ruled")
    return [[c.text for c in grid.cells if c.row == r] for r in range(grid.n_rows)]


@given(st.sets(st.integers(1, 5)))
@settings(max_examples=40)
def test_whatever_columns_lost_their_rules_are_found_by_the_white(lost):
    words = words_of([HEAD, *ROWS])
    kept = [c for c in range(len(XS)) if c not in lost]
    assert texts(with_lost_columns(ruled(kept, 7), words), words) == [HEAD, *ROWS]


def test_a_heading_over_lost_columns_stays_whole():
    """Of a faint fax only the rule beside the labels was left; five columns of figures were one cell a row."""
    over = [
        Word("Hồ", Box(280, 105, 290, 115)),
        Word("sơ", Box(292, 105, 320, 115)),
        Word("mới", Box(323, 105, 340, 115)),
    ]
    rows = [["", "", "", "", "", ""], HEAD, *ROWS]
    words = [*words_of(rows), *over]
    found = texts(with_lost_columns(ruled((0, 1, 2, 6), 8), words), words)
    assert "Hồ sơ mới" in found[0]
    assert found[2:] == ROWS


def test_column_numbers_stand_in_the_middle_of_columns_set_to_the_right():
    """`(4)` over `27` was a column of its own."""
    numbers = [
        Word(f"({c + 1})", Box((a + b) / 2 - 7, 125, (a + b) / 2 + 7, 135))
        for c, (a, b) in enumerate(itertools.pairwise(XS))
    ]
    words = [*words_of([HEAD, [""] * 6, *ROWS]), *numbers]
    found = texts(with_lost_columns(ruled((0, 1, 2, 6), 8), words), words)
    assert found[1] == [f"({c})" for c in range(1, 7)]
    assert found[2:] == ROWS


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "Xã A", "12", "5", "7", f"{i},5"] for i in range(1, 3)],  # two rows: chance
        [["1", f"Khu {i} số", "", "", "", ""] for i in range(1, 7)],  # texts with a figure among words
        [
            ["1", "Xã A", "12" if i == 3 else "", "5" if i == 3 else "", "", ""] for i in range(6)
        ],  # one row of six
    ],
)
def test_white_in_a_few_rows_is_no_column(rows):
    lattice = ruled((0, 1, 6), len(rows) + 1)
    assert with_lost_columns(lattice, words_of([["TT", "Nội dung", "", "", "", ""], *rows])) == lattice


def test_a_whole_table_is_left_as_it_is():
    lattice = ruled(range(7), 7)
    assert with_lost_columns(lattice, words_of([HEAD, *ROWS])) == lattice
    assert with_lost_columns(lattice, ()) is lattice


def test_a_bar_in_white_is_a_piece_of_a_lost_rule():
    """Numbers, names and decrees in columns of texts: of the dotted rule between two only a piece was left."""
    xs = (63.0, 195.0)
    lines = [
        ("Không quy định", "Nghị định số 34"),
        ("Không", "Nghị định số 53"),
        ("Không", "Nghị định số 79"),
    ]
    words = []
    for r, row in enumerate(lines):
        for x, text in zip(xs, row, strict=True):
            for part in text.split():
                y = TOP + r * HEIGHT + 5
                words.append(Word(part, Box(x, y, x + 5 * len(part), y + 10), 1.0, "F", 10.0))
                x = words[-1].box.x1 + 2.5
    bar = Word("|", Box(165, 108, 166, 114), 0.5, "F", 10.0)
    assert with_lost_columns(ruled((0, 4, 6), 3), words).n_cols == 2
    found = with_lost_columns(ruled((0, 4, 6), 3), [*words, bar])
    assert found.col_edges == (60.0, 165.5, 320.0, 440.0)
    assert [row[:2] for row in texts(found, words)] == [list(row) for row in lines]


def test_a_bar_that_words_run_over_parts_nothing():
    words = [Word("Đường", Box(63, y, 93, y + 10)) for y in (105, 125, 145)]
    words += [Word("liên-thôn", Box(150, y, 200, y + 10)) for y in (105, 125, 145)]
    bar = Word("|", Box(165, 110, 166, 113))
    assert with_lost_columns(ruled((0, 4, 6), 3), [*words, bar]).n_cols == 2


def test_a_piece_of_a_heading_in_the_next_column_is_no_column():
    """`Hồ sơ tiếp nhận` ran over a rule, and the end of its last letter was read as `1` in the next column."""
    rows = [["1", "Xã An", "1.150", "7", "", ""] for _ in range(14)]
    words = [*words_of([HEAD[:4], *rows]), Word("1", Box(252, 102, 254, 109), 1.0, "F", 10.0)]
    lattice = ruled((0, 1, 2, 3, 4), 15)
    assert with_lost_columns(lattice, words) == lattice


def test_a_bar_read_with_the_word_behind_it_parts_them():
    """`3 |Ea Kly`: the rule beside the row numbers was taken for a streak, and stood before each name."""
    words = words_of([HEAD, *ROWS])
    names = [w for w in words if w.text == "Xã"]
    barred = [replace(w, text="|Xã", box=replace(w.box, x0=w.box.x0 - 5)) if w in names else w for w in words]
    found = with_lost_columns(ruled((0, 2, 3, 4, 5, 6), 7), barred)
    assert found.n_cols == 6
    assert [row[0] for row in texts(found, words)][1:] == [str(k) for k in range(1, 7)]


def test_three_numbers_that_count_on_part_a_tables_last_rows_from_their_names():
    rows = [[str(k), "Xã Bình", "12,5", "7", "", ""] for k in (13, 14, 15)]
    words = words_of([HEAD[:4], *rows])
    found = texts(with_lost_columns(ruled((0, 2, 3, 4), 4), words), words)
    assert [row[0] for row in found] == ["TT", "13", "14", "15"]
