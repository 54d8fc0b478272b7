"""Words into cells: cut at borders, joined in lines, no blank inside a word."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from extract.tables.assign import cell_text, fill, line_text
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Word


def word(text, x, y, width=None, height=10.0, confidence=1.0):
    return Word(text, Box(x, y, x + (width or 5.0 * len(text)), y + height), confidence, "F", 10.0)


def lattice(xs, ys):
    cells = tuple(
        LatticeCell(r, c, 1, 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]))
        for r in range(len(ys) - 1)
        for c in range(len(xs) - 1)
    )
    return Lattice(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(ys), tuple(xs), cells)


def texts(grid):
    return [[c.text for c in grid.cells if c.row == r] for r in range(grid.n_rows)]


def test_words_fall_into_their_cells_and_empty_cells_stay():
    table = lattice([0, 50, 120], [0, 20, 40])
    grid = fill(table, [word("1", 5, 5), word("Xã", 55, 5), word("Đông", 70, 5)], 3, "ruled")
    assert texts(grid) == [["1", "Xã Đông"], ["", ""]]
    assert grid.page == 3


def test_two_figures_read_as_one_word_are_cut_at_the_border():
    table = lattice([0, 50, 100], [0, 20])
    grid = fill(table, [word("12,5038,20", 10, 5, 80)], 1, "ruled")
    assert texts(grid) == [["12,50", "38,20"]]


def test_a_letter_over_the_border_does_not_cut_a_word():
    table = lattice([0, 50, 100], [0, 20])
    assert texts(fill(table, [word("1.234", 27, 5, 25)], 1, "ruled")) == [["1.234", ""]]


def test_words_outside_are_left_out():
    table = lattice([0, 50, 100], [0, 20])
    assert texts(fill(table, [word("Trang", 10, 60)], 1, "ruled")) == [["", ""]]


def test_lines_of_a_cell():
    words = [word("phường", 5, 30), word("Hồ", 5, 16), word("sơ", 25, 16.4), word("Tên", 5, 2)]
    assert cell_text(words) == "Tên\nHồ sơ\nphường"


def test_turned_header_is_read_upwards():
    words = [
        Word("hạn", Box(10, 10, 20, 30), 1.0, "F", 10.0),
        Word("Đúng", Box(10, 34, 20, 60), 1.0, "F", 10.0),
    ]
    assert cell_text(words) == "Đúng hạn"


def test_pieces_of_a_word_get_no_blank():
    assert line_text([word("Vi", 0, 0, 10), word("ệt", 10.1, 0, 10), word("Nam", 23, 0)]) == "Việt Nam"


def test_confidence_is_the_lowest_word():
    table = lattice([0, 80, 160], [0, 20])
    grid = fill(table, [word("99", 5, 5, confidence=0.4), word("hồ", 30, 5, confidence=0.9)], 1, "ruled")
    assert [c.confidence for c in grid.cells] == [0.4, 1.0]


LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạốồổỗộ0123456789.,%", min_size=1, max_size=8)


@given(st.lists(LETTERS, min_size=1, max_size=6))
def test_no_blank_is_inserted_and_none_is_lost(parts):
    """Whatever the words, their text comes back with one blank between two and none inside."""
    x, words = 0.0, []
    for part in parts:
        words.append(word(unicodedata.normalize("NFD", part), x, 0, 6.0 * len(part)))
        x = words[-1].box.x1 + 3.0
    assert cell_text(words) == " ".join(unicodedata.normalize("NFC", p) for p in parts)
