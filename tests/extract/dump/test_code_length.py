"""Which arrangement of figures is written down shortest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.code_length import code_length
from extract.dump.columnar.figures import Rows, sums_of

SHARES: Rows = tuple(
    row
    for n in range(20, 52, 4)
    for row in ((str(n), str(300 + n), str(300 + 2 * n)), (f"{n / 9:.2f}%", f"{40 + n / 9:.2f}%", f"{60 + n / 9:.2f}%"))
)  # fmt: skip
SUMS: Rows = tuple(
    (str(a + b), str(a), str(b)) for a, b in zip(range(31, 95, 7), range(411, 500, 9), strict=False)
)


def _flat(rows: Rows) -> list[str]:
    return [text for row in rows for text in row]


def _as_wide(rows: Rows, width: int) -> Rows:
    texts = _flat(rows)
    return tuple(tuple(texts[i : i + width]) for i in range(0, len(texts) - width + 1, width))


@pytest.mark.parametrize(("rows", "other"), [(SHARES, 4), (SHARES, 8), (SUMS, 2), (SUMS, 5)])
def test_the_tables_own_columns_are_shortest(rows: Rows, other: int) -> None:
    wrong = _as_wide(rows, other)
    left = len(_flat(rows)) - len(_flat(wrong))
    assert code_length(rows, sums_of(rows)) < code_length(wrong, sums_of(wrong), left)


@given(st.lists(st.integers(100, 900), min_size=8, max_size=40))
def test_what_is_left_out_is_no_gain(amounts: list[int]) -> None:
    """Figures left out cost no less than a table without them."""
    rows = tuple((str(a), str(a + 1)) for a in amounts)
    assert code_length(rows[:-1], (), 2) > code_length(rows[:-1], (), 0)
