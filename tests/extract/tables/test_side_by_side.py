"""Tables that stand side by side on a page are tables of their own."""

from extract.tables.borderless import find_borderless
from extract.tables.corridors import segments_apart
from extract.tables.lattice import find_lattices
from extract.tables.side_by_side import words_apart
from model.geometry import Box, Segment
from model.page import Word

EM = 10.0
LEFT, RIGHT = (60.0, 90.0, 180.0, 240.0, 290.0), (310.0, 340.0, 430.0, 490.0, 540.0)


def word(text, x, y):
    return Word(text, Box(x, y, x + 0.5 * EM * len(text), y + 1.1 * EM), 1.0, "F", EM)


def listed(xs, first, rows, y=120.0, head=("STT", "Tên", "Số", "Tỷ")):
    """A table of four columns: an ordinal, a name, two figures."""
    words = [word(text, x + 3, y - 18) for text, x in zip(head, xs)]
    for i in range(rows):
        row = (str(first + i), f"Xã{i}", f"{i + 1}2", f"{i},5")
        words += [word(text, x + 3, y + 16 * i) for text, x in zip(row, xs)]
    return words


def frame(xs, rows, top=100.0, height=16.0):
    """All rules of a grid."""
    ys = [top + height * i for i in range(rows + 1)]
    across = [Segment(xs[0], y, xs[-1], y) for y in ys]
    return across + [Segment(x, ys[0], x, ys[-1]) for x in xs]


def test_a_second_name_of_the_ordinals_column_begins_a_second_table():
    lattices = find_borderless(listed(LEFT, 1, 6) + listed(RIGHT, 19, 6), [], [])
    assert [(t.n_rows, t.n_cols) for t in lattices] == [(7, 4), (7, 4)]


def test_rows_of_two_tables_need_not_stand_level():
    lattices = find_borderless(
        listed(LEFT, 1, 6) + listed(RIGHT, 19, 5, head=("STT", "Tên", "Số", "Tỷ")), [], []
    )
    assert [t.n_rows for t in lattices] == [7, 6]


def test_rules_that_leave_the_same_white_part_two_tables():
    heads = ("Tên", "Loại", "Số", "Tỷ")
    words = listed(LEFT, 1, 6, head=heads) + listed(RIGHT, 19, 6, head=heads)
    rules = [Segment(xs[0], y, xs[-1], y) for xs in (LEFT, RIGHT) for y in (99.0, 117.0, 216.0)]
    parts = [part for part in words_apart(words, rules, EM) if part]
    assert [len(part) for part in parts] == [28, 28]


def test_one_table_stays_one():
    words = listed(LEFT, 1, 6)
    assert words_apart(words, [], EM) == [words]


def test_two_grids_beside_each_other_are_two():
    segments = frame(LEFT, 6) + frame(tuple(x - 8 for x in RIGHT), 5)
    assert len(segments_apart(segments, 2.2)) == 2
    assert [(t.n_rows, t.n_cols) for t in find_lattices(segments, 2.2)] == [(6, 4), (5, 4)]


def test_a_narrow_column_under_the_tables_own_rules_is_no_corridor():
    segments = frame((60.0, 90.0, 105.0, 180.0, 240.0), 6)
    assert segments_apart(segments, 2.2) == [segments]
    [lattice] = find_lattices(segments, 2.2)
    assert lattice.n_cols == 4
