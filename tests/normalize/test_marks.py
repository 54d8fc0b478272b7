"""What three digits after a lone mark are, by the figures beside them."""

from __future__ import annotations

import pytest

from normalize.columns.marks import Printed, decimal_odds, shape_of

COUNTS = ["17,132", "20,251", "8,806", "20,220", "16,372", "25,924", "23,124", "29,986", "14,210"]


@pytest.mark.parametrize(
    ("others", "decimals"),
    [
        (["14,50"], False),  # of ten figures one: it lost a digit
        (["14,50", "3,7"], True),
        (["14,50", "3,7", "12,25"], True),
        ([], False),
    ],
)
def test_one_decimal_among_many_figures_of_three_digits_tells_nothing(
    others: list[str], decimals: bool
) -> None:
    """One figure that had lost a digit made a table's thousands decimals: 26,678 was 26.678, without a flag."""
    odds = decimal_odds(
        [Printed(i, text, shape_of(text)) for i, text in enumerate([*COUNTS, *others])], ",", ""
    )
    assert odds is not None
    assert (odds > 1.0) is decimals
