"""A column of codes has one shape; what lacks it is a slip that nothing else would tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.conservation.codes import FEWEST_CODES, broken_codes, is_torn_code, shape_of
from model.table import Cell

CODES = [f"1.00{n}417.000.00.00.K{n}7" for n in range(1, 9)]


def cells(texts: list[str], sure: bool = False) -> list[Cell]:
    return [Cell(r, 1, text, text, False, page=1, anchor=(r, 1), sure=sure) for r, text in enumerate(texts)]


@pytest.mark.parametrize(
    "slip", ["1.0005 Ì 1.000.00.00.K07", "1.000412.00.00.00.K07", "l.000412.000.00.00.K07", "100.412"]
)
def test_a_code_of_another_shape_is_told(slip: str) -> None:
    assert [c.text for c in broken_codes(cells([*CODES, slip]))] == [slip]


def test_a_column_may_have_two_kinds_of_codes() -> None:
    firms = [f"43120776{n}5" for n in range(6)]
    branches = [f"43120776{n}5-00{n}" for n in range(5)]
    assert not broken_codes(cells([*firms, *branches]))
    assert [c.text for c in broken_codes(cells([*firms, "431207765", *branches]))] == ["431207765"]


@pytest.mark.parametrize(
    "column",
    [
        [*CODES[: FEWEST_CODES - 1], "khác"],  # too few
        [*CODES, "Mã số theo Cổng dịch vụ công"],  # no digit: a note
        ["2019", "2020", "2021", "2022", "2023", "năm 2"],
        [*(f"Báo cáo số {n}51/BC-UBND ngày 1{n}/02/2024" for n in range(7)), "Báo cáo số 5/BC-UBND ngày 1/2"],
        ["1.1", "1.2", "1.3", "1.4", "1.5", "1.10"],
    ],
)
def test_other_columns_have_no_codes(column: list[str]) -> None:
    assert not broken_codes(cells(column))


def test_print_that_is_sure_is_no_slip() -> None:
    assert not broken_codes(cells([*CODES, "1.0004"], sure=True))


@given(st.text(alphabet="0123456789AbÂđ./- ", max_size=20))
def test_shapes_know_no_digit_nor_letter_nor_blank(text: str) -> None:
    shape = shape_of(text)
    assert set(shape) <= set("0A./-")
    assert shape_of(shape) == shape


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("431207765 8", True),
        ("431207765 8-001", True),
        ("»%.e, 431207765 8", True),
        ("180,00 0", True),
        ("1.180.0 00", True),
        ("12,5 3", False),
        ("12,50 30", False),
        ("0905 123 456", False),
        ("1234 56", False),
        ("12345678", False),
        ("12345678 đồng", False),
        ("", False),
    ],
)
def test_a_long_code_with_a_rest_behind_a_blank_was_broken_by_its_cell(text: str, torn: bool) -> None:
    assert is_torn_code(text) is torn
