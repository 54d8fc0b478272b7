"""Empty cells filled with figures written out of order, where relations prove them."""

from __future__ import annotations

import pytest

from extract.dump.columnar.figures import total_row
from extract.dump.proved_holes import with_proved_holes

ROWS = (
    ("8.929", "7.026", "78,69"),
    ("26.359", "15.976", "60,61"),
    ("15.123", "10.029", "66,32"),
    ("24.176", "14.211", ""),
    ("2.282", "2.161", "94,70"),
)


@pytest.mark.parametrize(
    ("spare", "filled", "used"),
    [
        (("58,78", "2024"), "58,78", (0,)),
        (("2024", "58,78"), "58,78", (1,)),
        (("59,78",), "", ()),
        (("58,78", "58,78"), "", ()),
        ((), "", ()),
    ],
    ids=["proved", "in any order", "not proved", "two that would do", "none left"],
)
def test_a_figure_out_of_order_stands_where_its_share_has_it(
    spare: tuple[str, ...], filled: str, used: tuple[int, ...]
) -> None:
    """`58,78` was written among the words of the next column, and its cell stayed empty."""
    rows, found = with_proved_holes(ROWS, spare)
    assert rows[3][2] == filled
    assert found == used
    assert rows[:3] == ROWS[:3]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ((("90", "41"), ("50", "20"), ("40", "21")), 0),
        ((("50", "20"), ("40", "21"), ("90", "41")), 2),
        ((("50", "20"), ("90", "41"), ("40", "21")), None),
        ((("50", "21"), ("40", "20")), 0),
        ((("5,5", "2,1"),), None),
    ],
    ids=["first", "last", "between", "two rows", "no counts"],
)
def test_the_row_of_a_total(rows: tuple[tuple[str, ...], ...], row: int | None) -> None:
    assert total_row(rows) == row
