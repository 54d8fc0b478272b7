"""Words taken apart where a line has no ink, and dashes by their width."""

import numpy as np
import pytest

from extract.scan.lines.print_lines import PrintLine
from extract.scan.lines.words import parted_by_gaps, printed_words
from extract.scan.readers.line_words import LineWord

LETTER = 14.0


def line(*bounds):
    """A line of parts between columns, on the foot 40."""
    parts = np.array([(x0, 20, x1 - x0, 20, 200) for x0, x1 in bounds], np.int32)
    return PrintLine(15, 46, parts, 40, LETTER)


def read(text, *columns, width):
    return LineWord(text, 0.99, 0.0, (), tuple(at / width for at in columns))


def test_figures_of_two_columns_read_as_one_are_two_words():
    """`724` and `40` in a row whose border a copier lost were read as 72440."""
    own = line((0, 10), (12, 22), (24, 34), (80, 90), (92, 102))
    found = parted_by_gaps(own, [read("72440", 5, 17, 29, 85, 97, width=102)])
    assert [word.text for word in found] == ["724", "40"]
    assert found[1].begins == pytest.approx((29 + 85) / 2 / 102)
    words = printed_words(own, [read("72440", 5, 17, 29, 85, 97, width=102)], (100, 200), (0, 0, 0))
    assert [(w.word.text, w.word.x0, w.word.x1) for w in words] == [("724", 100, 134), ("40", 180, 202)]


@pytest.mark.parametrize(
    ("text", "apart", "found"),
    [
        ("36", 10, ["3", "6"]),
        ("36", 6, ["36"]),
        ("11", 10, ["11"]),
        ("15", 14, ["15"]),
        ("15", 18, ["1", "5"]),
        ("ab", 10, ["ab"]),
    ],
)
def test_a_blank_between_two_figures_is_narrower_than_one_between_columns(text, apart, found):
    """`Thôn 3 6` was read as `Thôn 36`."""
    own = line((0, 10), (10 + apart, 20 + apart))
    words = parted_by_gaps(own, [read(text, 5, 15 + apart, width=20 + apart)])
    assert [word.text for word in words] == found


def test_signs_set_a_little_apart_stay_a_word():
    own = line((0, 10), (16, 26), (32, 42))
    word = read("724", 5, 21, 37, width=42)
    assert parted_by_gaps(own, [word]) == [word]


def test_a_word_whose_signs_have_no_places_stays_whole():
    own = line((0, 10), (80, 90))
    word = LineWord("74", 0.9, 0.0)
    assert parted_by_gaps(own, [word]) == [word]


def test_words_on_either_side_of_a_gap_are_left_alone():
    own = line((0, 10), (80, 90))
    words = [read("7", 5, width=90), LineWord("4", 0.9, 45 / 90, (), (85 / 90,))]
    assert parted_by_gaps(own, words) == words


@pytest.mark.parametrize(("width", "dash"), [(8, "-"), (16, "–"), (30, "—")])
def test_a_dash_alone_is_told_by_its_width(width, dash):
    (word,) = printed_words(line((0, width)), [read("-", width / 2, width=width)], (0, 0), (0, 0, 0))
    assert word.word.text == dash
