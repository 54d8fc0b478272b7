"""A flag carries its relation: written, read back, and true of the table it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from model.document import Document
from model.flag import KINDS, SEVERITIES, CellRef, FlagKind, FlagTerm, Severity, read_terms, write_terms
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

_CELLS = st.builds(CellRef, st.sampled_from(["t01", "t12"]), st.integers(0, 300), st.integers(0, 40))
_AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
_TERMS = st.one_of(
    st.builds(FlagTerm, st.sampled_from([Decimal(1), Decimal(-1), Decimal(100), Decimal("-0.01")]), _CELLS),
    st.builds(FlagTerm, st.just(Decimal(1)), _CELLS, _AMOUNTS, st.booleans()),
    st.builds(FlagTerm, st.sampled_from([Decimal(1), Decimal(-1)]), st.none(), _AMOUNTS),
)


@given(st.lists(_TERMS))
def test_terms_come_back_as_written(terms: list[FlagTerm]) -> None:
    assert read_terms(write_terms(terms)) == tuple(terms)


@pytest.mark.parametrize("text", ["t01:3:2", "+t01:3", "+x", "+2**t01:3:2"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        read_terms(text)


def test_every_kind_and_severity_is_in_the_table() -> None:
    assert set(KINDS) == set(get_args(FlagKind))
    assert set(SEVERITIES) == set(get_args(Severity))
    assert sorted(k.order for k in KINDS.values()) == list(range(len(KINDS)))


def test_a_flag_of_a_total_names_its_rows_with_factors(table: Build, document: Make) -> None:
    grid = [["TT", "Đơn vị", "Quá hạn"], ["1", "Xã An Mẫu", "51"], ["2", "Xã Bình Mẫu", "12"]]
    grid += [["3", "Xã Chi Mẫu", "18"], ["", "TỔNG SỐ", "79"]]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert write_terms(flag.terms) == "+t01:1:2 +t01:2:2 +t01:3:2 -t01:4:2"


def test_a_flag_of_a_percentage_divides(table: Build, document: Make) -> None:
    grid = [["TT", "Nội dung", "Số liệu", "Tỷ lệ (%)"], ["1", "Một phần", "27", "9,57%"]]
    grid += [["2", "Toàn trình", "71", "25,18%"], ["3", "Còn lại", "184", "62,25%"]]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert write_terms(flag.terms) == "+100*t01:3:2 /+t01:1:2 /+t01:2:2 /+t01:3:2 -t01:3:3"
