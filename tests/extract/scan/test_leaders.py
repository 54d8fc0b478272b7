"""A form's leaders are no text; ellipses, dates left open, colons, shades and figures keep their dots."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.prepare.leaders import leader_dots

LETTER = 26.0


def page(dots, size=6):
    ink = np.zeros((600, 1600), np.uint8)
    for x, y in dots:
        ink[y : y + size, x : x + size] = 255
    return ink


def row(count, x=200, y=300, step=14):
    return [(x + step * k, y) for k in range(count)]


def count(dots, size=6):
    return len(leader_dots(page(dots, size), LETTER))


@settings(max_examples=30, deadline=None)
@given(st.integers(8, 80), st.integers(10, 24), st.integers(4, 9), st.integers(0, 1000))
def test_the_dots_of_a_leader_are_all_found(dots, step, size, seed):
    wobble = np.random.default_rng(seed).integers(-1, 2, dots).tolist()
    placed = [(100 + k * step, 300 + off) for k, off in enumerate(wobble) if 100 + k * step < 1580]
    if step >= size + 3:
        assert count(placed, size) == len(placed)


@pytest.mark.parametrize(
    ("dots", "why"),
    [
        (row(3), "an ellipsis"),
        (row(5), "the day of a date, left open"),
        ([(200 + 90 * k, 300) for k in range(12)], "full stops of figures side by side"),
        ([(200 + 14 * k + (k * k * 7) % 13, 300) for k in range(12)], "dust"),
        ([dot for y in range(280, 320, 8) for dot in row(20, y=y, step=9)], "a shade"),
    ],
)
def test_other_dots_stay(dots, why):
    assert count(dots) == 0, why


def test_the_colon_before_a_leader_stays():
    """Its lower dot stands in line with the leader (`Họ và tên:.....`)."""
    colon = [(186, 300), (186, 286)]
    found = leader_dots(page([*colon, *row(20)]), LETTER)
    assert len(found) == 20 and min(x0 for x0, _, _, _ in found) > 190


def test_letters_over_a_leader_are_not_touched():
    ink = page(row(60))
    ink[262:300, 400:430] = 255  # written on the line
    assert all(x1 - x0 < LETTER / 2 and y1 - y0 < LETTER / 2 for x0, y0, x1, y1 in leader_dots(ink, LETTER))
