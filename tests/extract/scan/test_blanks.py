"""Wide blanks closed up for the reader of a line, its words told where they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.lines.blanks import KEPT, WIDE, closed_up, opened
from extract.scan.lines.print_lines import PrintLine, line_picture
from extract.scan.readers.line_words import LineWord

LETTER = 20.0


def line(*words):
    """A line of words (first column, width) as high as small letters, and the picture it is cut from."""
    picture = np.full((60, 1200), 255, np.uint8)
    for x, width in words:
        picture[20:40, x : x + width] = 0
    parts = np.array([(x, 20, width, 20, 20 * width) for x, width in words], np.int32)
    return PrintLine(10.0, 50.0, parts, 40.0, LETTER), picture


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ([(100, 80), (190, 80)], 0),
        ([(100, 80), (300, 80)], 120 - round(KEPT * LETTER)),
        ([(100, 80), (300, 80), (700, 50)], 120 + 320 - 2 * round(KEPT * LETTER)),
    ],
)
def test_a_wide_blank_is_left_as_wide_as_a_blank_of_two_columns(words, taken):
    own, picture = line(*words)
    cut = line_picture(picture, [own], 0)
    narrow = closed_up(own, cut)
    assert cut.shape[1] - narrow.shape[1] == taken
    assert (narrow == 0).sum() == (cut == 0).sum()  # no ink is left out


def test_words_are_told_where_they_stand():
    own, _ = line((100, 80), (300, 80), (700, 50))
    taken = 120 + 320 - 2 * round(KEPT * LETTER)
    narrow = 650 - taken
    last = (700 - 100 - taken) / narrow  # where the third word begins in the closed-up line
    read = [LineWord("a", 1.0, 0.0, (), (0.0,)), LineWord("b", 1.0, last, (), (last,))]
    first, third = opened(own, read)
    assert first.at == (0.0,)
    assert third.at[0] * 650 + 100 == pytest.approx(700)


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(5, 90)), min_size=1, max_size=6))
def test_places_keep_their_order_and_stay_on_the_line(gaps):
    x, words = 10, []
    for gap, width in gaps:
        words.append((x + gap, width))
        x += gap + width
    if x > 1190:
        return
    own, _ = line(*words)
    read = [LineWord("a", 1.0, share, (), (share,)) for share in (0.0, 0.2, 0.5, 0.9, 1.0)]
    places = [word.at[0] for word in opened(own, read)]
    assert places == sorted(places)
    assert places[0] == pytest.approx(0) and places[-1] == pytest.approx(1)


def test_what_is_no_wider_stays_as_it_is():
    own, picture = line((100, 80), (180 + int(WIDE * LETTER), 80))
    cut = line_picture(picture, [own], 0)
    assert closed_up(own, cut) is cut
