"""Figures that a streak ran through are not sure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.crossed import (
    crosses,
    doubted_where_crossed,
    doubted_words,
    figure_spans,
    hides_a_figure,
    rows_of_figures,
    stands_where_figures_do,
)
from extract.scan.prepare.rule_lines import RuleLine
from extract.scan.readers.engine import OcrWord
from extract.scan.readings import CellReading
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box

PRINT = (100, 200, 150, 235)


def standing(x, y0=150.0, y1=300.0, border=False):
    return RuleLine(x, y0, x, y1, 4.0, False, 0, 0, np.zeros((1, 1), np.uint8), border)


def lying(y, x0=50.0, x1=400.0):
    return RuleLine(x0, y, x1, y, 4.0, True, 0, 0, np.zeros((1, 1), np.uint8), False)


@pytest.mark.parametrize(
    ("rule", "through"),
    [
        (standing(120), True),
        (standing(95), True),  # an 8 lost its left side to it
        (standing(88), False),
        (standing(160), False),
        (standing(120, 150, 205), False),  # it ends at the print's top
        (lying(217), True),
        (lying(238), False),  # an underline
        (lying(197), False),
        (lying(217, 140, 400), False),
    ],
)
def test_whether_a_streak_ran_through_print(rule, through):
    assert crosses(rule, PRINT) is through


def test_a_figure_is_doubted_and_words_are_not():
    readings = [CellReading("3", 0.999), CellReading("Thôn", 0.99), CellReading("13", 0.99)]
    bounds = [PRINT, PRINT, (300, 200, 350, 235)]
    crossed, words, whole = doubted_where_crossed(readings, bounds, [standing(120)])
    assert crossed.doubtful and crossed.confidence <= 0.5 and crossed.text == "3"
    assert words == readings[1] and whole == readings[2]


@given(st.floats(0, 500))
def test_borders_doubt_nothing(x):
    reading = CellReading("3", 0.999)
    assert doubted_where_crossed([reading], [PRINT], [standing(x, border=True)]) == [reading]


@pytest.mark.parametrize(
    ("text", "doubted"), [("“1", True), ("1.2|7", True), ("4:", True), ("Tháng 9", False), ("", False)]
)
def test_what_a_streak_left_of_a_figure_is_in_doubt(text, doubted):
    """A streak took the four of 41 along, and the rest was no figure's print."""
    (reading,) = doubted_where_crossed([CellReading(text, 0.9)], [PRINT], [standing(120)])
    assert reading.doubtful is doubted


@pytest.mark.parametrize(
    ("runs", "hidden"),
    [
        ([(20, 22), (30, 53), (60, 63)], True),  # a 1 stands in a dotted streak
        ([(20, 23), (30, 34), (60, 63)], False),  # specks alone
        ([(0, 100)], False),  # a streak without a gap
    ],
)
def test_a_figure_that_a_streak_took_along_leaves_its_cell_in_doubt(runs, hidden):
    """A 1 under a copier's streak was taken out with it; its cell seemed empty, under no flag."""
    mask = np.zeros((3, 100), np.uint8)
    for first, last in runs:
        mask[1, first:last] = 255
    streak = RuleLine(120, 0, 120, 200, 4.0, False, 0, 58, mask, False)
    assert hides_a_figure(streak, (50, 0, 200, 200), 2.0, 30.0) is hidden
    assert not hides_a_figure(streak, (150, 0, 250, 200), 2.0, 30.0)


@pytest.mark.parametrize(
    ("text", "rule", "figures"),
    [
        ("43.299,3", standing(120), "doubtful"),
        ("43.299,3", standing(120, border=True), ""),
        ("43.299,3", standing(400), ""),
        ("tấn", standing(120), ""),
    ],
)
def test_a_figure_of_a_sentence_that_a_streak_ran_through_is_in_doubt(text, rule, figures):
    word = OcrWord(text, 100, 200, 150, 235, 0.99, (0, 0, 0))
    (found,) = doubted_words([word], [rule])
    assert found.figures == figures
    assert found.text == text


def column(texts):
    """A lattice of one column of cells 100 x 40, and the print of those with a text, at their right side."""
    cells = tuple(LatticeCell(r, 0, 1, 1, Box(0, 40 * r, 100, 40 * r + 40)) for r in range(len(texts)))
    lattice = Lattice(
        Box(0, 0, 100, 40 * len(texts)), tuple(40.0 * r for r in range(len(texts) + 1)), (0.0, 100.0), cells
    )
    places = ((r, text) for r, text in enumerate(texts) if text)
    return lattice, {r: (CellReading(t, 0.9), (60, 40 * r + 8, 95, 40 * r + 32)) for r, t in places}


@pytest.mark.parametrize(
    ("texts", "x", "hidden"),
    [
        (["Số", "12", "7", "", "1.204"], 80, True),
        (["Số", "12", "7", "", "1.204"], 20, False),  # no figure of the column stands there
        (["Ghi chú", "", "7", "", ""], 80, False),
        (["Xã", "Lam", "Hồng", "", "Vân"], 80, False),
    ],
)
def test_a_streak_where_figures_stand_leaves_an_empty_cell_of_theirs_in_doubt(texts, x, hidden):
    """A lone 1 went with the streak, and no speck of it was left to tell."""
    spans = figure_spans(*column(texts))
    assert stands_where_figures_do(standing(x, 0, 200), (0, 120, 100, 160), spans.get(0)) is hidden
    assert not stands_where_figures_do(standing(x, 0, 130), (0, 120, 100, 160), spans.get(0))


def test_the_row_of_a_sections_name_lost_no_figures_to_a_streak():
    rows = [["Số", "Hộ"], ["12", "3"], ["", ""], ["7", ""], ["4", "5"]]
    cells = tuple(
        LatticeCell(r, c, 1, 1, Box(100 * c, 40 * r, 100 * c + 100, 40 * r + 40))
        for r in range(5)
        for c in range(2)
    )
    lattice = Lattice(Box(0, 0, 200, 200), tuple(40.0 * r for r in range(6)), (0.0, 100.0, 200.0), cells)
    prints = {
        k: (CellReading(rows[c.row][c.col], 0.9), PRINT) for k, c in enumerate(cells) if rows[c.row][c.col]
    }
    assert rows_of_figures(lattice, prints, {0, 1}) == {0, 1, 3, 4}
