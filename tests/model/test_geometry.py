"""Boxes: the share of one that lies in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.geometry import Box

sides = st.floats(-1000, 1000, allow_nan=False)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    (x0, x1), (y0, y1) = sorted((draw(sides), draw(sides))), sorted((draw(sides), draw(sides)))
    return Box(x0, y0, x1, y1)


@given(boxes(), boxes())
def test_the_share_covered_is_that_of_the_common_box(one: Box, other: Box) -> None:
    common = one.intersection(other)
    assert one.covers(other) == (common.area / other.area if common and other.area else 0.0)


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (Box(0, 0, 10, 10), 1.0),
        (Box(5, 5, 15, 15), 0.25),
        (Box(10, 0, 20, 10), 0.0),
        (Box(-30, -30, -20, -20), 0.0),
        (Box(3, 3, 3, 9), 0.0),
    ],
)
def test_covers(other: Box, share: float) -> None:
    assert Box(0, 0, 10, 10).covers(other) == share
