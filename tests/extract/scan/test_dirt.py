"""Dirt beside the print of a line: specks and clumps of dots go, letters, marks, dashes and broken print stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.lines.dirt import are_dashes, are_letters, without_dirt
from extract.scan.lines.print_lines import print_lines

LETTER = 30.0  # pixels

Part = tuple[int, int, int, int, int]


def letters(y: int, *xs: int) -> list[Part]:
    """Small letters and capitals of a line whose foot is at `y`."""
    return [(x, y - 30, 20, 30, 300) for x in xs]


def kept(parts: list[Part]) -> set[tuple[int, int]]:
    lines = without_dirt(print_lines(np.array(parts, np.int32), LETTER), LETTER)
    return {(int(x), int(y)) for line in lines for x, y, *_ in line.parts}


WORDS = letters(100, 100, 125, 150, 200, 225)


@pytest.mark.parametrize(
    ("dirt", "goes"),
    [
        ([(300, 80, 6, 6, 20)], True),  # far beside the line
        ([(250, 96, 5, 5, 20)], False),  # a point behind the last letter
        ([(175, 84, 12, 4, 45)], False),  # a dash between two words
        ([(50, 84, 14, 5, 60)], False),  # the dash of a list
        ([(50, 66, 14, 5, 60)], True),  # as wide a clump over the line's middle
        ([(40, 40, 18, 20, 150)], True),  # a clump of dots over the line, a line of its own
        ([(300, 80, 18, 20, 150), (330, 85, 16, 17, 120)], True),  # two clumps beside it
        ([(300, 70, 14, 30, 200)], False),  # a figure set apart
        ([(300, 79, 18, 21, 300)], False),  # a small letter set apart
    ],
)
def test_what_is_no_letter_and_stands_alone_is_dirt(dirt: list[Part], goes: bool) -> None:
    own = {(x, y) for x, y, *_ in dirt}
    found = kept([*WORDS, *dirt])
    assert {(x, y) for x, y, *_ in WORDS} <= found
    assert found.isdisjoint(own) is goes


def test_print_without_a_letter_is_left_alone() -> None:
    """Dashes, points and ditto marks fill cells by themselves."""
    parts = [(100, 84, 20, 5, 90), (300, 98, 5, 5, 20)]
    assert kept(parts) == {(100, 84), (300, 98)}


def test_a_line_of_broken_letters_is_print() -> None:
    """The lower halves of faint letters under a line of whole ones."""
    halves = [(100 + 25 * k, 150, 18, 17, 160) for k in range(6)]
    assert {(x, y) for x, y, *_ in halves} <= kept([*WORDS, *halves])


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=12))
def test_no_letter_is_ever_taken_for_dirt(places: list[tuple[int, int]]) -> None:
    dots = [(x, y, 4, 4, 14) for x, y in places]
    assert {(x, y) for x, y, *_ in WORDS} <= kept([*WORDS, *dots])


def test_letters_and_dashes_are_told_by_their_size() -> None:
    parts = np.array(
        [(0, 0, 20, 30, 300), (0, 0, 18, 20, 150), (0, 0, 12, 5, 50), (0, 0, 12, 5, 20)], np.int32
    )
    assert are_letters(parts, LETTER).tolist() == [True, False, False, False]
    assert are_dashes(parts, LETTER).tolist() == [False, False, True, False]
