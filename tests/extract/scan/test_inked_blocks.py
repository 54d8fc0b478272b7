"""Pages drawn only where they have ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.prepare.inked_blocks import drawn_where_inked
from extract.scan.prepare.skew import level_matrix

WHITE = (255, 255, 255)


def fax(width: int = 413, height: int = 587, inked: float = 0.02) -> np.ndarray:
    """A page of black pixels on white, some of them at its very sides."""
    page = np.full((height, width), 255, np.uint8)
    place = np.random.default_rng(4)
    count = round(inked * page.size / 30)
    for x, y in zip(place.integers(0, width, count), place.integers(0, height, count), strict=True):
        page[y : y + 3, x : x + 10] = 0
    page[0, ::40] = page[-1, ::40] = page[::40, 0] = page[::40, -1] = 0
    return page


@pytest.mark.parametrize("lean, scale", [(0.31, 1.5), (-4.9, 1.2), (0.0, 1.47), (2.0, 3.0)])
def test_a_page_drawn_where_it_has_ink_is_the_page_drawn_whole(lean, scale):
    """Blocks drawn by themselves had rounded a pixel in 1,700 to the next grey, and a figure was read
    otherwise for it."""
    page = fax()
    matrix, size = level_matrix(page.shape[1], page.shape[0], lean, scale)
    whole = cv2.warpAffine(
        page, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE
    )
    drawn = drawn_where_inked(page, matrix, size)
    assert drawn is not None
    assert drawn.shape == whole.shape
    assert np.count_nonzero(drawn != whole) == 0


def test_a_page_whose_paper_is_not_white_is_left_to_be_drawn_whole():
    page = fax()
    matrix, size = level_matrix(page.shape[1], page.shape[0], 0.3, 1.5)
    assert drawn_where_inked(np.minimum(page, 254), matrix, size) is None
