"""Long runs of ink: what OpenCV's opening finds, in less time."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.prepare.runs import long_runs, runs_of, tall_runs


def mask_of(text):
    return np.array([[255 if sign == "#" else 0 for sign in row] for row in text.split()], np.uint8)


@pytest.mark.parametrize(
    ("mask", "shortest", "found"),
    [
        ("..###..", 3, "..###.."),
        ("..##...", 3, "......."),
        ("#..####", 4, "....###"),  # of an even length, a pixel further on
        ("..####.", 4, "...####"),
        (".###.## .....#.", 3, ".###.## ......."),
        ("....... #######", 7, "....... #######"),
    ],
)
def test_runs_that_are_long_enough_stay(mask, shortest, found):
    assert np.array_equal(long_runs(mask_of(mask), shortest), mask_of(found))


@given(
    st.integers(1, 24),
    st.integers(1, 90),
    st.integers(1, 60),
    st.floats(0, 1),
    st.integers(0, 2**32 - 1),
)
def test_long_runs_are_an_opening(height, width, shortest, share, seed):
    mask = (np.random.default_rng(seed).random((height, width)) < share).astype(np.uint8) * 255
    lying = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    assert np.array_equal(long_runs(mask, shortest), lying)
    assert np.array_equal(tall_runs(np.ascontiguousarray(mask.T), shortest), lying.T)


@pytest.mark.parametrize(
    ("inked", "runs"),
    [
        ([], []),
        ([0, 0], []),
        ([1], [(0, 1)]),
        ([1, 1, 0, 0, 1], [(0, 2), (4, 5)]),
        ([0, 7, 0, 255, 255, 0], [(1, 2), (3, 5)]),
    ],
)
def test_runs_of_a_row(inked, runs):
    assert runs_of(np.array(inked, np.uint8)) == runs
