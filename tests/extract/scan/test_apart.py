"""Figures that stand apart in one cell are read one by one: none is made of two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.apart import figures_apart, read_apart
from extract.scan.readers.numbers.reader import NumberReading
from model.page import Reading

LETTER = 20.0


def picture(*strokes):
    """A cell's ink: dark columns (first, last) on white."""
    width = max((last for _, last in strokes), default=0) + 10
    out = np.full((30, width), 255, np.uint8)
    for first, last in strokes:
        out[5:25, first:last] = 20
    return out


class Reader:
    """Says what stands in a picture by how many pixels of ink are in its middle row."""

    def __init__(self, **said):
        self.said = said

    def __call__(self, pictures):
        return [self.said[f"w{int((p[15] < 160).sum())}"] for p in pictures]


READER = Reader(
    w30=NumberReading("283", 0.999, (Reading("288", 2.0, "numbers"),)),
    w40=NumberReading("5.80", 0.98),
    w70=NumberReading("2835.80", 0.998),
    w12=NumberReading("", 0.0, rejected=True),
)


def test_two_figures_far_apart_are_no_figure():
    """`283` and `5.80`, between which a copied rule was lost, were 2835.80."""
    (found,) = read_apart([picture((10, 40), (90, 130))], LETTER, READER)
    assert (found.text, found.confidence, found.rejected) == ("283 5.80", 0.98, False)


def test_a_blank_between_thousands_parts_nothing():
    (found,) = read_apart([picture((10, 40), (50, 90))], LETTER, READER)
    assert found.text == "2835.80"


def test_one_figure_keeps_what_else_it_may_be():
    (found,) = read_apart([picture((10, 40))], LETTER, READER)
    assert found == READER.said["w30"]


def test_a_figure_beside_a_word_is_no_figure():
    (found,) = read_apart([picture((10, 40), (90, 102))], LETTER, READER)
    assert found.rejected and found.text == ""


def test_readings_go_to_their_own_cells():
    pictures = [picture((10, 40)), picture((10, 40), (90, 130)), picture((5, 45))]
    assert [r.text for r in read_apart(pictures, LETTER, READER)] == ["283", "283 5.80", "5.80"]
    assert read_apart([], LETTER, READER) == []


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8), st.lists(st.integers(1, 80), min_size=8, max_size=8)
)
def test_no_ink_is_lost_and_every_wide_gap_parts(widths, gaps):
    strokes, at = [], 3
    for width, gap in zip(widths, gaps):
        strokes.append((at, at + width))
        at += width + gap
    parts = figures_apart(picture(*strokes), LETTER)
    assert sum(int((p < 160).sum()) for p in parts) == 20 * sum(widths)
    assert len(parts) == 1 + sum(gap + 1 > 1.2 * LETTER for gap in gaps[: len(widths) - 1])


@pytest.mark.parametrize("shape", [(30, 40), (1, 1)])
def test_an_empty_picture_is_one(shape):
    assert len(figures_apart(np.full(shape, 255, np.uint8), LETTER)) == 1
