"""Columns that lean though lines are level: a photo whose sheet was cut out along a wrong edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.prepare.shear import LEAST_SHEAR, shear_of, sheared_back
from extract.scan.prepare.skew import level_matrix

LETTER = 8.0


def open_table(rows: int = 30) -> np.ndarray:
    """The ink (255 on 0) of a table with rules between its rows and none between its columns, at 110 dpi."""
    page = np.zeros((1280, 910), np.uint8)
    for row in range(rows):
        y = 80 + 38 * row
        cv2.line(page, (90, y), (830, y), 255, 2)
        for x, text in (
            (100, f"{row}.1"),
            (170, "Doan duong so"),
            (520, "3,600"),
            (650, "2,160"),
            (760, "1,440"),
        ):
            cv2.putText(page, text, (x, y + 26), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 255, 1)
    return page


def leaning(page: np.ndarray, degrees: float) -> np.ndarray:
    """The page with its columns leaning by `degrees`."""
    height, width = page.shape
    back = sheared_back(np.eye(2, 3), -degrees, height)
    return np.asarray(cv2.warpAffine(page, back, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


@pytest.mark.parametrize("degrees", [-2.3, -0.6, 0.5, 3.0])
def test_the_lean_of_columns_is_told_by_the_ends_of_what_lies(degrees: float) -> None:
    assert shear_of(leaning(open_table(), degrees), LETTER) == pytest.approx(degrees, abs=0.1)


def test_columns_that_stand_are_left() -> None:
    assert shear_of(open_table(), LETTER) == 0.0


def test_few_lines_tell_nothing() -> None:
    assert shear_of(leaning(open_table(rows=4), 2.0), LETTER) == 0.0
    assert shear_of(np.zeros((100, 100), np.uint8), LETTER) == 0.0


def test_a_page_of_ragged_lines_tells_nothing() -> None:
    page = np.zeros((1280, 910), np.uint8)
    rng = np.random.default_rng(3)
    for y in range(60, 1240, 24):
        start = int(rng.integers(60, 300))
        cv2.putText(page, "Uy ban nhan dan", (start, y), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 255, 1)
    assert shear_of(page, LETTER) == 0.0


@settings(max_examples=25, deadline=None)
@given(st.floats(LEAST_SHEAR, 4.0), st.floats(-3.0, 3.0), st.floats(0.5, 3.0))
def test_what_leans_in_the_level_page_stands_afterwards_and_lines_stay_level(
    shear: float, lean: float, scale: float
) -> None:
    level, (_, height) = level_matrix(900, 1200, lean, scale)
    matrix = sheared_back(level, shear, height)
    slope = np.tan(np.radians(shear))
    to_old = cv2.invertAffineTransform(level)
    column = [to_old @ [100 + slope * y, y, 1] for y in (0.0, float(height))]
    stood = [matrix @ [*old, 1] for old in column]
    assert stood[0][0] == pytest.approx(stood[1][0], abs=1e-6)
    line = [matrix @ [*(to_old @ [x, 50.0, 1]), 1] for x in (0.0, 800.0)]
    assert line[0][1] == pytest.approx(line[1][1], abs=1e-6)
