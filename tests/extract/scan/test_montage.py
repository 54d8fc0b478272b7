"""Cells stacked for one reading, and their words brought back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.readers.montage import TALLEST, Piece, read_pieces


def bar(height, width, x=0, y=0):
    picture = np.full((height, width), 255, np.uint8)
    picture[4 : height - 4, 4 : width - 4] = 0
    return Piece(picture, x, y)


@given(
    st.lists(
        st.tuples(st.integers(20, 90), st.integers(20, 400), st.integers(0, 2000), st.integers(0, 3000)),
        min_size=1,
        max_size=12,
    )
)
def test_every_word_comes_back_to_its_cell_in_page_pixels(line_engine_class, sizes):
    pieces = [bar(*size) for size in sizes]
    engine = line_engine_class([str(n) for n in range(len(pieces))])
    for n, (piece, words) in enumerate(zip(pieces, read_pieces(pieces, engine), strict=True)):
        assert [w.text for w in words] == [str(n)]
        assert (words[0].x0, words[0].y0) == (piece.x + 4, piece.y + 4)


def test_a_tall_stack_is_read_in_several_parts(line_engine_class):
    pieces = [bar(900, 50) for _ in range(40)]
    engine = line_engine_class(["a"])
    found = read_pieces(pieces, engine)
    assert all(len(words) == 1 for words in found)
    assert len(engine.shown) == 3
    assert all(picture.shape[0] <= TALLEST for picture in engine.shown)


def test_nothing_to_read_asks_nobody(no_engine):
    assert read_pieces([], no_engine) == []
    assert no_engine.asked == 0
