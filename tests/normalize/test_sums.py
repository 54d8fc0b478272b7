"""Tolerances of sums follow from the digits printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.sums import half_unit, sum_tolerance


@pytest.mark.parametrize(
    ("decimals", "rounded", "expected"),
    [(0, False, "0"), (0, True, "0.5"), (1, False, "0.05"), (2, True, "0.005")],
)
def test_half_unit(decimals, rounded, expected):
    assert half_unit(decimals, rounded) == Decimal(expected)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [(["81", "12", "69"], "0"), (["10.5", "3.2", "7.4"], "0.15"), (["99.79", "12"], "0.01"), ([], "0")],
)
def test_tolerance_of_printed_digits(amounts, expected):
    assert sum_tolerance(map(Decimal, amounts)) == Decimal(expected)


@given(
    st.lists(st.decimals(min_value=0, max_value=10**6, allow_nan=False, places=5), min_size=2, max_size=2),
    st.integers(1, 3),
)
def test_what_rounding_moves_is_within(parts, decimals):
    """Two parts and their total, rounded to one number of decimals, never differ by more."""
    unit = Decimal(1).scaleb(-decimals)
    printed = [p.quantize(unit) for p in parts]
    total = sum(parts, Decimal(0)).quantize(unit)
    assert abs(sum(printed, Decimal(0)) - total) <= sum_tolerance((total, *printed))


def test_a_row_of_scores_does_not_close_without_one_of_them():
    """Eleven roundings would allow 0.06: a wrong score dropped from the row, the sum still closing."""
    scores = [Decimal(t) for t in ("15.79", "1.93", "1.96", "1.86", "2", "2", "2", "2", "2", "0", "0")]
    assert sum_tolerance(scores) < Decimal("0.04")
