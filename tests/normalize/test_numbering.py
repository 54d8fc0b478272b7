"""What numbering rows declare."""

from __future__ import annotations

import pytest

from normalize.numbering import (
    Formula,
    column_number,
    declared,
    is_numbering,
    is_part_of_numbering,
    read_formula,
)


@pytest.mark.parametrize(
    ("mark", "formula"),
    [
        ("5=6+7", Formula(5, ((6, 1), (7, 1)))),
        ("(9)=(8)/(6)", Formula(9, ((8, 1),), ((6, 1),))),
        ("(10)=(4)-(6)", Formula(10, ((4, 1), (6, -1)))),
        ("8 = 9 + 10", Formula(8, ((9, 1), (10, 1)))),
        ("7=5/3*100%", Formula(7, ((5, 1),), ((3, 1),))),
        ("7=5/3x100", Formula(7, ((5, 1),), ((3, 1),))),
        ("(12)=(3)+(4)-(5)", Formula(12, ((3, 1), (4, 1), (5, -1)))),
        ("6=4:(4+5)", Formula(6, ((4, 1),), ((4, 1), (5, 1)))),
        ("(5)", None),
        ("A", None),
        ("5=6*", None),
        ("", None),
    ],
)
def test_formulas(mark: str, formula: Formula | None) -> None:
    assert read_formula(mark) == formula


@pytest.mark.parametrize(("mark", "number"), [("5=6+7", 5), ("(9)", 9), ("12", 12), ("A", None), ("", None)])
def test_column_numbers(mark: str, number: int | None) -> None:
    assert column_number(mark) == number


def test_a_formula_that_names_a_missing_column_is_left_out() -> None:
    assert declared(["A", "B", "1", "2", "3=1+2", "4=7-1"]) == [(4, ((2, 1), (3, 1)), ())]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("(1) | (2) | (3)=(1)+(2)", True),
        ("A | B | 1 | 2 | 3 | 4=2+3", True),
        ("STT | (1) | (2) | (3) | (4)", True),  # a head that reaches down beside them
        ("1 | (@) | 3 | 4 | 5", True),  # one was misread
        ("(1) | (2) | 3J=ỤF (2) | (4) | (5)", True),
        ("1 | 2 | 3 | 8 | 5 | 6 | 7 | 8", False),  # two steps of seven are wrong
        ("1 | | 3 | 4 | 5", True),
        ("1 | x1 | 11 | 12 | 13", False),
        ("1 | x1 | 11 | 12 | 13 | 14 | 15 | 16", False),
        ("1 | Xã A | 2 | 3 | 4", False),
        ("1 | Xã A | 3 | 4 | 5", False),
        ("1 | Xã A | 2 | 3 | 4 | 5 | 6 | 7", False),
        ("1 | x1 | 2 | 3 | 4", False),
    ],
)
def test_rows_that_number_columns_and_rows_of_data_that_count(row: str, expected: bool) -> None:
    assert is_numbering([text.strip() for text in row.split("|")]) is expected


def test_units_that_narrow_headings_break_after_their_figure_number_no_columns() -> None:
    """`(12   (20   (18` over `điểm)` ended a header of points, whose last lines were a row's."""
    assert not is_part_of_numbering(["(12", "(20", "(18"])
    assert is_part_of_numbering(["(3)=(4", "(5)"])


def test_a_formula_in_square_brackets_is_part_of_the_column_numbers_and_told_at_once() -> None:
    """`(14)=[(8)+(9)]/(7)` was tried in so many ways that a page ran out of time."""
    assert is_part_of_numbering(["(4)=[(2)+(3)]/(1)"])
    assert not is_part_of_numbering(["(14)=" + "+".join(f"({n})" for n in range(10, 40)) + "?"])
