"""Where a header's shade ends a row ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.prepare.shade_edges import cuts_print, shade_edges

LETTER, CONTRAST = 30.0, 235.0


def table(tones: list[tuple[int, int]], width: int = 900, lines: bool = True) -> np.ndarray:
    """A table's rows as bands of (height, tone), with a line of print in the middle of each."""
    bands = []
    for height, tone in tones:
        band = np.full((height, width), tone, np.uint8)
        if lines:
            middle = height // 2
            for x in range(40, width - 200, 60):
                band[middle - 12 : middle + 12, x : x + 22] = 20
        bands.append(band)
    return np.vstack(bands)


@pytest.mark.parametrize("tone", [217, 226, 240])
def test_a_header_s_shade_ends_at_the_border_of_its_row(tone: int) -> None:
    picture = table([(150, tone), (60, 255), (60, 255), (60, 255)])
    (edge,) = shade_edges(picture, (0, 0, 900, picture.shape[0]), LETTER, CONTRAST)
    assert abs(edge - 150) <= LETTER / 4


def test_a_shaded_total_row_has_two_edges() -> None:
    picture = table([(60, 255), (60, 255), (70, 217), (60, 255), (60, 255)])
    edges = shade_edges(picture, (0, 0, 900, picture.shape[0]), LETTER, CONTRAST)
    assert len(edges) == 2
    assert all(abs(found - meant) <= LETTER / 4 for found, meant in zip(edges, (120, 190), strict=True))


@given(st.lists(st.integers(40, 120), min_size=1, max_size=8), st.integers(200, 255))
def test_rows_of_one_tone_have_no_edges(heights: list[int], tone: int) -> None:
    picture = table([(height, tone) for height in heights])
    assert shade_edges(picture, (0, 0, 900, picture.shape[0]), LETTER, CONTRAST) == []


def test_no_border_cuts_through_print() -> None:
    """Worn paper darkens somewhere in a row: two lines of a heading were cut apart, the letters with them."""
    picture = table([(60, 255), (90, 235), (90, 255), (60, 255)], lines=False)
    for x in range(40, 700, 60):
        picture[136:166, x : x + 22] = 20  # a line of print across the change of tone at 150
    edges = shade_edges(picture, (0, 0, 900, picture.shape[0]), LETTER, CONTRAST)
    assert all(not 130 <= edge <= 170 for edge in edges)


def test_what_is_too_small_has_none() -> None:
    assert shade_edges(np.full((20, 900), 255, np.uint8), (0, 0, 900, 20), LETTER, CONTRAST) == []
    assert shade_edges(np.full((400, 20), 255, np.uint8), (0, 0, 20, 400), LETTER, CONTRAST) == []


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ([(100, 22), (140, 22)], True),  # 13, at mid-height beside cells of two lines
        ([(100, 22)], False),  # a blot
        ([(50, 3), (300, 3), (600, 3)], False),  # rules between columns
        ([], False),
    ],
)
def test_a_border_that_would_run_through_print_is_none(letters: list[tuple[int, int]], cut: bool) -> None:
    ink = np.zeros((200, 900), np.uint8)
    for x, width in letters:
        ink[80:120, x : x + width] = 255
    assert cuts_print(ink, 100, (0, 900), LETTER) is cut
    assert not cuts_print(ink, 160, (0, 900), LETTER)
    assert not cuts_print(ink, 100, (895, 890), LETTER)
