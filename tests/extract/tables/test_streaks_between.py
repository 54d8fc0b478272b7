"""A streak is no column: two columns that nearly all cells go over are one, and no text is lost."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extract.tables.streaks_between import without_streaks
from model.geometry import Box
from model.page import Grid, GridCell


def grid(rows):
    """A grid of rows of (text, columns) pairs."""
    cells = []
    for r, row in enumerate(rows):
        at = 0
        for text, span in row:
            cells.append(GridCell(r, at, text, col_span=span))
            at += span
    n_cols = sum(span for _, span in rows[0])
    return Grid(
        1, "ruled", len(rows), n_cols, tuple(cells), column_edges=tuple(100.0 * n for n in range(n_cols + 1))
    )


def layout(found):
    return [[(c.text, c.col, c.col_span) for c in found.cells if c.row == r] for r in range(found.n_rows)]


HEAD = [("Địa bàn", 1), ("Bị thương", 1), ("", 1), ("Thiệt hại", 1)]
BODY = [[(f"Xã {n}", 1), (str(n), 2), ("3.744", 1)] for n in range(6)]


def test_an_edge_that_only_parts_the_header_is_none():
    """A copier's streak through a column gave it a twin that repeats it in each row."""
    found = without_streaks(grid([HEAD, *BODY]))
    assert (found.n_cols, found.column_edges) == (3, (0.0, 100.0, 300.0, 400.0))
    assert layout(found)[0] == [("Địa bàn", 0, 1), ("Bị thương", 1, 1), ("Thiệt hại", 2, 1)]
    assert layout(found)[1] == [("Xã 0", 0, 1), ("0", 1, 1), ("3.744", 2, 1)]


def test_an_edge_that_parts_one_row_of_the_body_is_none():
    rows = [[("Địa bàn", 1), ("Bị thương", 2), ("Thiệt hại", 1)], *BODY]
    rows[3] = [("Xã 2", 1), ("", 1), ("2", 1), ("3.744", 1)]
    assert layout(without_streaks(grid(rows)))[3] == [("Xã 2", 0, 1), ("2", 1, 1), ("3.744", 2, 1)]


def test_a_figure_cut_out_beside_a_streak_is_in_doubt():
    """A streak beside 624 was the border of two rows, and what stood right of it was read surely as 524."""
    rows = [[("Địa bàn", 1), ("Mắc", 2), ("Khỏi", 1)], *BODY]
    rows[3] = [("Xã 2", 1), ("", 1), ("524", 1), ("3.744", 1)]
    cut = grid([*rows[:4], *BODY[3:]])
    boxes = {1: Box(100, 0, 200, 20), 2: Box(200, 0, 300, 20)}
    cut = replace(
        cut, cells=tuple(replace(c, box=boxes.get(c.col) if c.row == 3 else None) for c in cut.cells)
    )
    figures = {c.row: c for c in without_streaks(cut).cells if c.col == 1}
    assert figures[3].doubtful and figures[3].confidence == 0.5
    assert figures[3].box == Box(100, 0, 300, 20)
    assert not any(c.doubtful for row, c in figures.items() if row != 3)


def test_ink_that_nobody_could_read_is_kept():
    """Its cell says that something stands there."""
    unread = grid([HEAD, *BODY])
    cells = tuple(replace(c, doubtful=(c.row, c.col) == (0, 2)) for c in unread.cells)
    unread = replace(unread, cells=cells)
    assert without_streaks(unread) is unread


def test_two_columns_with_texts_are_two():
    both = [("Địa bàn", 1), ("Chết", 1), ("Bị thương", 1), ("Thiệt hại", 1)]
    spoiled = grid([both, *BODY])
    assert without_streaks(spoiled) is spoiled
    rows = [HEAD, *[[(f"Xã {n}", 1), (str(n), 1), ("", 1), ("3", 1)] for n in range(3)], *BODY[:4]]
    assert without_streaks(grid(rows)).n_cols == 4  # an empty column that half of the rows have
    sections = [HEAD, [("I. Khu vực", 4)], *[[("Xã", 1), ("1", 1), ("", 1), ("3", 1)]] * 4]
    assert without_streaks(grid(sections)).n_cols == 4


@given(
    st.lists(st.lists(st.sampled_from(["", "a", "1"]), min_size=4, max_size=4), min_size=2, max_size=9),
    st.data(),
)
def test_every_place_keeps_one_cell_and_no_text_is_lost(texts, data):
    rows = []
    for row in texts:
        cuts = data.draw(st.lists(st.booleans(), min_size=3, max_size=3))
        cells, start = [], 0
        for end, cut in enumerate([*cuts, True], start=1):
            if cut:
                cells.append((row[start], end - start))
                start = end
        rows.append(cells)
    before = grid(rows)
    after = without_streaks(before)
    places = [(c.row, k) for c in after.cells for k in range(c.col, c.col + c.col_span)]
    assert sorted(places) == list(itertools.product(range(after.n_rows), range(after.n_cols)))
    for r in range(before.n_rows):
        was, now = ([c.text for c in g.cells if c.row == r and c.text] for g in (before, after))
        assert was == now
