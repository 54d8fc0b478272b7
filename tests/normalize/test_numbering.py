"""What numbering rows declare."""

from __future__ import annotations

import pytest

from normalize.numbering import Formula, column_number, declared, read_formula


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
