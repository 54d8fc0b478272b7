from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers import (
    decimal_mark,
    from_lookalikes,
    is_none_mark,
    is_ordinal,
    looks_numeric,
    parse_number,
)

CASES = [
    # text, house's decimal mark, amount, decimals
    ("5.166", ",", "5166", 0),
    ("5,166", ".", "5166", 0),
    ("97,88%", ",", "97.88", 2),
    ("97.88%", ".", "97.88", 2),
    ("97.88", ",", "97.88", 2),
    ("-5,1", ",", "-5.1", 1),
    ("− 0,0263", ",", "-0.0263", 4),
    ("+ 3,8", ",", "3.8", 1),
    ("0,026", ",", "0.026", 3),
    ("1.234,56", ",", "1234.56", 2),
    ("1,234.5", ",", "1234.5", 1),
    ("1.234.567", ",", "1234567", 0),
    ("1 234 567", ",", "1234567", 0),
    ("87 .94", ".", "87.94", 2),
    ("1. 554", ",", "1554", 0),
    ("05 hồ sơ", ",", "5", 0),
    ("Giảm 4,8 điểm", ",", "-4.8", 1),
    ("tăng 18 bậc", ",", "18", 0),
    ("▼ 3", ",", "-3", 0),
    ("| 12 |", ",", "12", 0),
]


@pytest.mark.parametrize(("text", "mark", "amount", "decimals"), CASES)
def test_printed_numbers(text, mark, amount, decimals):
    value = parse_number(text, mark)
    assert value is not None
    assert (value.amount, value.decimals) == (Decimal(amount), decimals)


@pytest.mark.parametrize(
    ("text", "amount", "of", "unit"),
    [
        ("1784/1784", "1784", "1784", "ratio"),
        ("12,9/18 điểm", "12.9", "18", "score"),
        ("07/9", "7", "9", "ratio"),
    ],
)
def test_fractions_keep_both_figures(text, amount, of, unit):
    value = parse_number(text, ",")
    assert value is not None
    assert (value.amount, value.of, value.unit) == (Decimal(amount), Decimal(of), unit)


@pytest.mark.parametrize(
    "text", ["", "-", "31/9/2024", "70 79", "IV", "Không", "x", "12.34.5", "5=6+7", "a)", "Điều 5", "1.2.3"]
)
def test_what_is_no_number(text):
    assert parse_number(text, ",") is None


def test_two_numbers_run_together_are_not_merged():
    assert parse_number("98,5 1,2", ",") is None
    assert parse_number("12 7", ",") is None


@given(st.integers(0, 10**12), st.integers(0, 4), st.sampled_from([",", "."]), st.booleans())
def test_a_number_printed_with_groups_comes_back(whole, places, mark, negative):
    group = "." if mark == "," else ","
    digits = f"{whole:,}".replace(",", group)
    fraction = "123456"[:places] if places != 3 else ""
    text = digits + (mark + fraction if fraction else "")
    text = "-" + text if negative else text
    value = parse_number(text, mark)
    assert value is not None
    expected = Decimal(f"{whole}.{fraction or 0}")
    assert value.amount == (-expected if negative else expected)
    assert value.decimals == len(fraction)


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_exception(text):
    value = parse_number(text, ",")
    assert value is None or looks_numeric(text)
    is_ordinal(text)
    is_none_mark(text)


@pytest.mark.parametrize("text", ["1", "1.1", "IV", "a)", "(3)", "A", "b.", "12", "3.2.1"])
def test_ordinals(text):
    assert is_ordinal(text)


@pytest.mark.parametrize("text", ["12,5", "hồ sơ", "97%", "", "1.234.567,8"])
def test_no_ordinals(text):
    assert not is_ordinal(text)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["99.17", "100", "87.94"], "."),
        (["97,88%", "5.166", "3.744"], ","),
        (["5.166", "3.744"], ","),
        (["5,166", "3,744"], "."),
        ([], ","),
    ],
)
def test_the_documents_mark(texts, mark):
    assert decimal_mark(texts) == mark


def test_lookalike_letters():
    assert from_lookalikes("1O5,Sl") == "105,51"
