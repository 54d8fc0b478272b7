from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp

from extract.scan.readers.numbers.prepare import HEIGHT, MAX_WIDTH, MIN_WIDTH, line_parts, prepare
from extract.scan.readers.numbers.strips import line_strips
from tests.extract.readers.number_prints import framed, printed


@settings(max_examples=80, deadline=None)
@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=70)))
def test_any_crop_gives_a_strip(crop: np.ndarray) -> None:
    for strip in [prepare(crop), *line_strips(crop)]:
        assert strip.dtype == np.uint8
        assert strip.shape[0] == HEIGHT
        assert MIN_WIDTH <= strip.shape[1] <= MAX_WIDTH


def _rows_of_ink(strip: np.ndarray) -> int:
    rows = np.flatnonzero((strip > 128).any(1))
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0


@pytest.mark.parametrize("size", [16, 24, 36, 58])
def test_digits_fill_the_strip_at_any_size(size: int) -> None:
    assert 17 <= _rows_of_ink(prepare(printed("1.554", size))) <= 28


def test_rules_round_a_tall_cell_do_not_make_the_digits_small() -> None:
    bare, ruled = prepare(printed("82,44%")), prepare(framed(printed("82,44%")))
    assert abs(_rows_of_ink(bare) - _rows_of_ink(ruled)) <= 1
    assert abs(bare.shape[1] - ruled.shape[1]) <= 4


def test_specks_do_not_stretch_the_line() -> None:
    picture = np.pad(printed("237"), 40, constant_values=255)
    expected = prepare(picture).shape
    picture[3:5, 4:6] = 0
    picture[-6:-4, -7:-5] = 0
    assert abs(prepare(picture).shape[1] - expected[1]) <= 4


def test_a_lone_dash_stays_a_dash() -> None:
    strip = prepare(np.pad(printed("-"), 40, constant_values=255))
    assert 1 <= _rows_of_ink(strip) <= 12


def test_a_dash_cut_close_is_not_taken_for_a_rule() -> None:

    picture = np.full((18, 30), 255, np.uint8)
    picture[8:11, 4:26] = 0
    assert (prepare(picture) > 128).any()


@pytest.mark.parametrize(
    ("text", "lines"),
    [("1.554", 1), ("1.554\n82,4%", 2), ("1\n2\n3", 3), ("=", 1), ("-", 1), ("5=6+7", 1), ("", 1)],
)
def test_lines_of_a_cell_are_told_apart(text: str, lines: int) -> None:
    assert len(line_strips(printed(text) if text else np.full((40, 60), 255, np.uint8))) == lines


def test_faint_noise_stays_faint() -> None:
    noise = np.random.default_rng(3).normal(240, 4, (50, 90)).clip(0, 255).astype(np.uint8)
    assert prepare(noise).mean() < 60


def test_the_halves_of_a_broken_digit_are_no_two_lines() -> None:
    """A faint `3` broke at its waist and was read as `2` over `2`."""
    picture = np.pad(printed("3."), 12, constant_values=255)
    rows = np.flatnonzero((picture < 128).any(axis=1))
    waist = (rows[0] + rows[-1]) // 2
    picture[waist - 1 : waist + 2] = 255
    assert len(line_strips(picture)) == 1


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ((2, 5, 2, 40, 80), False),  # a standing rule at the left side
        ((197, 5, 2, 40, 80), False),
        ((0, 1, 200, 3, 600), False),  # a lying one along the top
        ((0, 46, 200, 3, 600), False),
        ((90, 10, 16, 30, 300), True),  # a digit
        ((96, 8, 5, 34, 160), True),  # a one amid the cell
        ((60, 24, 14, 3, 42), True),  # a dash
        ((30, 36, 1, 2, 3), False),  # a speck of three pixels
        ((30, 36, 2, 2, 4), True),
    ],
)
def test_rests_of_rules_and_specks_are_no_part_of_a_figure(part: tuple[int, ...], left: bool) -> None:
    ink = np.zeros((50, 200), np.uint8)
    x, y, width, height, area = part
    block = np.zeros(width * height, np.uint8)
    block[:area] = 255
    ink[y : y + height, x : x + width] = block.reshape(height, width)
    assert bool(line_parts(ink)) is left
