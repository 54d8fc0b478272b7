"""Lattices from rules: whole, broken, double, bent; spans; frames and underlines that are no tables."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.tables.lattice import find_lattices
from model.geometry import Segment


def grid_segments(xs, ys, skip_h=(), skip_v=()):
    """Every border of a grid as a piece of its own; `skip_*` leave out (edge, interval) pieces."""
    pieces = [
        Segment(a, y, b, y)
        for i, y in enumerate(ys)
        for j, (a, b) in enumerate(itertools.pairwise(xs))
        if (i, j) not in skip_h
    ]
    pieces += [
        Segment(x, a, x, b)
        for j, x in enumerate(xs)
        for i, (a, b) in enumerate(itertools.pairwise(ys))
        if (j, i) not in skip_v
    ]
    return pieces


XS, YS = [50, 90, 200, 260, 320], [100, 120, 140, 160]


def spans(lattice):
    return {(c.row, c.col): (c.row_span, c.col_span) for c in lattice.cells if c.row_span * c.col_span > 1}


def test_plain_grid():
    (found,) = find_lattices(grid_segments(XS, YS), 2.0)
    assert (found.n_rows, found.n_cols, len(found.cells)) == (3, 4, 12)
    assert found.col_edges == pytest.approx(XS)


def test_spans_both_ways():
    segments = grid_segments(XS, YS, skip_h={(1, 0)}, skip_v={(2, 0), (3, 0)})
    (found,) = find_lattices(segments, 2.0)
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (1, 3)}


@pytest.mark.parametrize(
    ("name", "segments"),
    [
        ("underline", [Segment(100, 50, 180, 50)]),
        ("two underlines", [Segment(100, 50, 180, 50), Segment(300, 50, 380, 50)]),
        ("frame", grid_segments([20, 575], [20, 822])),
        ("box in two", grid_segments([20, 100, 200], [20, 60])),
        ("footnote rule and bar", [Segment(50, 700, 190, 700), Segment(30, 100, 30, 300)]),
        ("nothing", []),
    ],
)
def test_no_table(name, segments):
    assert find_lattices(segments, 2.0) == []


def test_table_inside_a_page_frame():
    found = find_lattices(grid_segments([20, 575], [20, 822]) + grid_segments(XS, YS), 2.0)
    assert [t.n_cols for t in found] == [4]


def test_two_tables_on_a_page_top_first():
    below = grid_segments([60, 120, 300], [400, 420, 440, 460])
    found = find_lattices(below + grid_segments(XS, YS), 2.0)
    assert [(t.n_rows, t.n_cols) for t in found] == [(3, 4), (3, 2)]


def test_missing_outer_borders():
    segments = [s for s in grid_segments(XS, YS) if s.horizontal or s.x0 not in (XS[0], XS[-1])]
    (found,) = find_lattices(segments, 2.0)
    assert (found.n_rows, found.n_cols) == (3, 4)
    assert found.col_edges[0] == pytest.approx(XS[0], abs=2)


def test_broken_rule_keeps_its_cells():
    broken = []
    for s in grid_segments(XS, YS):
        middle = (s.x0 + s.x1) / 2
        if s.horizontal and s.y0 == 120:
            broken += [Segment(s.x0, 120, middle - 6, 120), Segment(middle + 6, 120, s.x1, 120)]
        else:
            broken.append(s)
    (found,) = find_lattices(broken, 2.0)
    assert len(found.cells) == 12


def test_header_over_some_columns_only_leaves_no_blank_corner():
    segments = grid_segments(XS, YS, skip_h={(0, 0), (0, 1)}, skip_v={(0, 0), (1, 0), (3, 0)})
    (found,) = find_lattices(segments, 2.0)
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    corner = next(c for c in found.cells if (c.row, c.col) == (0, 0))
    assert corner.box.y0 == pytest.approx(120)


def test_underline_inside_a_cell_does_not_cut_it():
    (found,) = find_lattices([*grid_segments(XS, YS), Segment(110, 131, 150, 131)], 2.0)
    assert len(found.cells) == 12


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(25, 90), min_size=2, max_size=7),
    st.lists(st.integers(14, 40), min_size=2, max_size=9),
    st.integers(0, 10_000),
    st.sampled_from([1.0, 300 / 72]),
)
def test_wobbly_grid_is_found_whole(widths, heights, seed, scale):
    """Double strokes, jitter of a point, gaps and overshoot: every cell is still found, in any unit."""
    rng = random.Random(seed)
    xs, ys = [40.0], [60.0]
    for w in widths:
        xs.append(xs[-1] + w)
    for h in heights:
        ys.append(ys[-1] + h)
    pieces = []
    for s in grid_segments(xs, ys):
        at = rng.uniform(-0.7, 0.7)
        long = rng.uniform(-1.0, 1.5)
        if s.horizontal:
            pieces.append(Segment(s.x0 - long, s.y0 + at, s.x1 + long, s.y1 + at))
        else:
            pieces.append(Segment(s.x0 + at, s.y0 - long, s.x1 + at, s.y1 + long))
        if rng.random() < 0.2:
            pieces.append(pieces[-1])
    scaled = [Segment(*(scale * v for v in (p.x0, p.y0, p.x1, p.y1))) for p in pieces]
    (found,) = find_lattices(scaled, 3.0 * scale)
    assert (found.n_rows, found.n_cols) == (len(heights), len(widths))
    covered = [
        (r, c)
        for cell in found.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(heights)) for c in range(len(widths))]


def test_a_grid_whose_rules_all_meet_is_without_doubt():
    (found,) = find_lattices(grid_segments(XS, YS, skip_h={(1, 0)}, skip_v={(2, 1)}), 2.0)
    assert found.doubt < 0.2
    (whole,) = find_lattices(grid_segments(XS, YS), 2.0)
    assert whole.doubt == 0.0


@given(share=st.floats(0.3, 0.45))
def test_borders_drawn_in_part_make_a_grid_doubtful(share):
    ys = list(range(100, 300, 20))
    pieces = grid_segments(XS, ys, skip_h={(i, j) for i in range(1, len(ys) - 1) for j in range(4)})
    pieces += [Segment(a, y, a + share * (b - a), y) for y in ys[1:-1] for a, b in itertools.pairwise(XS)]
    (found,) = find_lattices(pieces, 2.0)
    assert found.doubt > 0.5


def test_a_faint_border_on_an_edge_that_is_mostly_drawn_is_one():
    """Dots of a dotted rule faded under some figures: a quarter of the border was left."""
    pieces = grid_segments(XS, YS, skip_h={(1, 3)})
    (found,) = find_lattices([*pieces, Segment(262, YS[1], 280, YS[1])], 2.0)
    assert len(found.cells) == 12


def test_a_rule_between_columns_that_meets_nothing_parts_them():
    """Under a merged header, where a copy lost the rules between the rows, nothing was left for it to meet."""
    pieces = [Segment(50, 100, 320, 100), Segment(50, 300, 320, 300)]
    pieces += [Segment(x, 100, x, 300) for x in (50, 130, 210, 320)]
    (found,) = find_lattices([*pieces, Segment(265, 130, 265, 290)], 2.0)
    assert found.n_cols == 4


@pytest.mark.parametrize("stem", [(110, 125), (160, 175)])
def test_the_stem_of_a_letter_beside_a_rule_is_no_side_of_a_table(stem):
    """A stroke of a label, beside the first rule between columns, parted the table from there on."""
    segments = [*grid_segments(XS, [100, 150, 200]), Segment(112, stem[0], 112, stem[1])]
    (found,) = find_lattices(segments, 2.0)
    assert (found.n_rows, found.n_cols) == (2, 4)


def test_two_tables_side_by_side_are_two():
    left, right = grid_segments([50, 90, 200], YS), grid_segments([215, 260, 320], [100, 130, 170])
    assert [(t.n_rows, t.n_cols) for t in find_lattices([*left, *right], 2.0)] == [(3, 2), (2, 2)]


def test_two_tables_side_by_side_are_two_though_one_above_has_a_rule_between_them():
    """A rule between columns of another table on the page stood, looked at from above, in their corridor."""
    above = grid_segments([50, 205, 320], [20, 40, 60])
    left, right = grid_segments([50, 90, 200], YS), grid_segments([210, 260, 320], [100, 130, 170])
    found = find_lattices([*above, *left, *right], 2.0)
    assert [(t.n_rows, t.n_cols) for t in found] == [(2, 2), (3, 2), (2, 2)]


def test_a_corner_whose_top_rule_is_lost_is_a_cell_where_both_its_sides_are_drawn():
    """On top of a page the dots of a rule were lost over the first column, and its first number with them."""
    (found,) = find_lattices(grid_segments(XS, YS, skip_h={(0, 0)}), 2.0)
    assert len(found.cells) == 12
    assert not spans(found)


def test_a_header_over_some_columns_only_leaves_the_corner_outside():
    (found,) = find_lattices(grid_segments(XS, YS, skip_h={(0, 0)}, skip_v={(0, 0)}), 2.0)
    assert len(found.cells) == 11
    assert min(c.box.y0 for c in found.cells if c.col == 0) == YS[1]


def test_a_line_of_justified_print_in_one_cell_is_no_rule_between_rows():
    """A decree's cell over three rows was cut behind its fourth line, and the first row repeated."""
    frame = [Segment(50, y, 320, y) for y in (100, 300)] + [Segment(x, 100, x, 300) for x in (50, 130, 320)]
    rows = [Segment(50, y, 130, y) for y in (160, 230)]
    (plain,) = find_lattices([*frame, *rows], 2.0)
    (found,) = find_lattices([*frame, *rows, Segment(136, 200, 300, 200)], 2.0)
    assert found.row_edges == plain.row_edges and spans(found) == spans(plain)
    (split,) = find_lattices([*frame, *rows, Segment(131, 200, 300, 200)], 2.0)  # it begins at a border
    assert split.n_rows == plain.n_rows + 1


def test_rules_that_drop_beside_a_book_s_spine_are_one():
    """The last inch of each rule lay three points lower than the rest, which falls towards it: the last column
    stood outside the table, its figures in running text, and nothing told."""
    segments = [Segment(x, 60, x, 140) for x in (80, 160, 300, 500)] + [Segment(530, 64, 530, 144)]
    for y in (60, 86, 113, 140):
        segments += [Segment(80, y - 1, 500, y + 1), Segment(500, y + 2.4, 530, y + 4)]
    (lattice,) = find_lattices(segments, 3.0)
    assert (lattice.n_rows, lattice.n_cols) == (3, 4)
    assert lattice.box.x1 == pytest.approx(530)


def test_rules_that_end_where_another_begins_on_the_next_row_are_two():
    """Rows ten points high: what goes on must lie within the tolerance."""
    segments = [Segment(x, 60, x, 90) for x in (80, 160, 300, 400)]
    segments += [Segment(80, y, 160, y) for y in (60, 70, 80, 90)]
    segments += [Segment(160, y, 400, y) for y in (60, 75, 90)]
    (lattice,) = find_lattices(segments, 3.0)
    assert lattice.n_rows == 4 and any(c.row_span == 2 for c in lattice.cells)
