"""Specks of dotted rules: a table's are found, a form's leaders, a streak, a shade and points of figures are not."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.prepare.dotted_grid import dotted_grids

WIDTH, HEIGHT = 1240, 1750
COLUMNS, ROWS = (180, 250, 480, 620, 760, 900), tuple(range(400, 1001, 60))
NEAR = 4


def paper():
    return np.full((HEIGHT, WIDTH), 255, np.uint8)


def speckle(page, rng, at, start, end, standing, share):
    """Specks of two pixels every eight, of which a share is left."""
    for along in range(start, end, 8):
        if rng.random() < share:
            off = int(rng.integers(-1, 2))
            y, x = (along, at + off) if standing else (at + off, along)
            page[y : y + 2, x : x + 2] = 60


def table(seed, share=0.6, print_it=True):
    """A page with a table of dotted rules, and figures in its cells."""
    rng, page = np.random.default_rng(seed), paper()
    for x in COLUMNS:
        speckle(page, rng, x, ROWS[0], ROWS[-1], True, share)
    for y in ROWS:
        speckle(page, rng, y, COLUMNS[0], COLUMNS[-1], False, share)
    if print_it:
        for right in COLUMNS[1:]:
            for y in ROWS[:-1]:
                figure(page, right - 12, y + 22)
    return page


def figure(page, right, y):
    """A number of four digits with a point, as boxes, ending at `right`."""
    for k in range(4):
        page[y : y + 16, right - 10 * k - 8 : right - 10 * k] = 0
    page[y + 13 : y + 15, right - 31 : right - 29] = 0


def found(page):
    rules = [r for r in dotted_grids(page, 255, 255.0, 1.0, []) if r.border]
    return sorted(r.x0 for r in rules if not r.horizontal), sorted(r.y0 for r in rules if r.horizontal)


def close(found, drawn):
    return len(found) == len(drawn) and all(abs(a - b) <= NEAR for a, b in zip(found, drawn, strict=True))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 0.6, 0.9]))
def test_a_table_of_specks_has_its_columns_and_outer_rows(seed, share):
    standing, lying = found(table(seed, share))
    assert close(standing, COLUMNS)
    assert abs(lying[0] - ROWS[0]) <= NEAR and abs(lying[-1] - ROWS[-1]) <= NEAR
    assert all(min(abs(y - row) for row in ROWS) <= NEAR for y in lying)


def test_a_column_with_fewer_specks_is_told_by_the_others():
    page, rng = table(3), np.random.default_rng(5)
    page[:, COLUMNS[3] - 4 : COLUMNS[3] + 5] = 255
    speckle(page, rng, COLUMNS[3], ROWS[0], ROWS[-1], True, 0.2)
    assert close(found(page)[0], COLUMNS)


def test_a_streak_through_a_table_is_no_column():
    page, rng = table(4), np.random.default_rng(6)
    speckle(page, rng, 690, 100, 1700, True, 0.7)
    assert close(found(page)[0], COLUMNS)


def test_no_column_runs_through_the_points_of_figures():
    """Points of figures that are set to the right stand under each other as specks of a rule would."""
    page = table(7)
    page[ROWS[0] + 2 : ROWS[-1] - 2, COLUMNS[2] + 2 : COLUMNS[3] - 2] = 255
    for y in range(ROWS[0] + 4, ROWS[-1] - 20, 20):
        figure(page, COLUMNS[3] - 12, y)
    assert close(found(page)[0], COLUMNS)


@pytest.mark.parametrize("what", ["leaders", "streaks", "shade", "blank", "figures"])
def test_specks_of_other_things_make_no_table(what):
    page, rng = paper(), np.random.default_rng(8)
    if what == "leaders":
        for y in range(300, 1200, 50):
            speckle(page, rng, y, 400, 1100, False, 1.0)
    elif what == "streaks":
        for x in (300, 620, 900):
            speckle(page, rng, x, 20, 1740, True, 0.7)
    elif what == "shade":
        for y, x in rng.integers((400, 180), (520, 900), (900, 2)).tolist():
            page[y : y + 2, x : x + 2] = 60
    elif what == "figures":
        for right in COLUMNS[1:]:
            for y in range(400, 1000, 24):
                figure(page, right, y)
    assert found(page) == ([], [])


def test_what_is_taken_out_are_the_specks_alone():
    """A rule's mask holds no place without a speck: print beside it is not painted over."""
    page = table(9, print_it=False)
    for rule in dotted_grids(page, 255, 255.0, 1.0, []):
        assert 0 < np.count_nonzero(rule.mask) <= 0.7 * rule.mask.size
        assert rule.thickness < 4


def test_half_of_a_table_is_none():
    """Specks of three columns were left of six: the rest of each row stood outside a ruled table."""
    page = table(3)
    for y in ROWS[:-1]:
        for right in (980, 1060, 1140):
            figure(page, right, y + 22)
    assert found(page) == ([], [])


def letters(page, y, x0, x1):
    """Letters side by side, with paper between."""
    for x in range(x0, x1 - 8, 11):
        page[y : y + 14, x : x + 8] = 0


def starts(page):
    rules = [r for r in dotted_grids(page, 255, 255.0, 1.0, []) if r.border and not r.horizontal]
    return [r.y0 for r in sorted(rules, key=lambda r: r.x0)]


def test_columns_begin_under_the_heading_that_runs_over_them():
    """Each rule was drawn from the table's top, and cut `Hồ sơ tiếp nhận` into a piece a column."""
    page = table(3)
    top = ROWS[0]
    page[top + 4 : top + 22, COLUMNS[2] + 20 : COLUMNS[4] - 20] = 255
    letters(page, top + 6, COLUMNS[2] + 30, COLUMNS[4] - 30)
    found = starts(page)
    assert abs(found[3] - (top + 20)) <= NEAR
    assert all(abs(y - top) <= NEAR for k, y in enumerate(found) if k != 3)


def test_a_line_through_print_parts_no_rows():
    """Points, marks and dots of a shade lay in line through a header of two lines."""
    page = table(3)
    y = ROWS[0] + 30
    for left, right in itertools.pairwise(COLUMNS):
        page[y - 10 : y + 12, left + 6 : right - 6] = 255
        letters(page, y - 7, left + 10, right - 10)
    speckle(page, np.random.default_rng(1), y, COLUMNS[0], COLUMNS[-1], False, 0.9)
    assert not any(abs(at - y) <= NEAR for at in found(page)[1])
