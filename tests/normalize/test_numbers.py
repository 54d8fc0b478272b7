from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.value import DecimalMark
from normalize import numbers
from normalize.numbers import (
    is_none_mark,
    is_worded,
    looks_numeric,
    parse_like,
    parse_number,
    parse_quantity,
    parse_range,
)
from normalize.plain_numbers import are_bare, are_plain, is_decimal, is_grouped, mark_of_decimal
from normalize.unicode import has_digit

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
    is_none_mark(text)


@pytest.mark.parametrize(
    ("text", "amount"), [("(7.409.043)", "-7409043"), ("(602,5)", "-602.5"), ("(1.250)", "-1250")]
)
def test_accounts_print_a_loss_in_brackets(text, amount):
    value = parse_number(text, ",")
    assert value is not None
    assert value.amount == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["(1)", "(10.1)", "(12)", "02123845012", "0212.3.843.777", "04120", "000123"]
)
def test_names_of_columns_codes_and_telephones_are_no_numbers(text):
    assert parse_number(text, ",") is None


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("50.000 đồng/m³", "50000", "money_vnd"),
        ("6.000 đồng/m”", "6000", "money_vnd"),
        ("1,5 tỷ đồng", "1500000000", "money_vnd"),
        ("850 triệu đồng", "850000000", "money_vnd"),
        ("12 nghìn con", "12000", "count"),
        ("61,5 tạ/ha", "61.5", "other"),
        ("14,5đ", "14.5", ""),
        ("1.500đ/kg", "1500", "money_vnd"),
        ("-7,2 %", "-7.2", "percent"),
    ],
)
def test_quantities(text, amount, unit):
    value = parse_quantity(text, ",")
    assert value is not None
    assert (value.amount, value.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("15.000 - 16.000", "15000", "16000"),
        ("61.000-64.000", "61000", "64000"),
        ("12.000 – 14.500 đồng/kg", "12000", "14500"),
        ("từ 5 đến 7%", "5", "7"),
        ("15.000 đ/kg - 16.000 đ/kg", "15000", "16000"),
        ("2,5÷3,2", "2.5", "3.2"),
    ],
)
def test_ranges_keep_both_ends(text, low, high):
    found = parse_range(text, ",")
    assert found is not None
    assert (found.low.amount, found.high.amount) == (Decimal(low), Decimal(high))
    assert parse_quantity(text, ",") is None


@pytest.mark.parametrize(
    "text", ["2021-2025", "0212-3843777", "64.000 - 61.000", "-5", "12", "5 - a", "1/2 - 3/4"]
)
def test_what_is_no_range(text):
    assert parse_range(text, ",") is None


def test_another_reading_is_read_as_its_figure_was():
    score = parse_number("13,951", ",", True)
    count = parse_number("13.951", ",", False)
    assert parse_like("13,957", score).amount == Decimal("13.957")
    assert parse_like("13.957", count).amount == Decimal(13957)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("93,004%", "93.004"),
        ("93.004 %", "93.004"),
        ("13,951/15", "13.951"),
        ("1.784/1.784", "1784"),
        ("250%", "250"),
    ],
)
def test_a_sign_or_a_whole_tells_three_decimals_where_no_column_does(text, amount):
    value = parse_number(text, ",")
    assert value is not None
    assert value.amount == Decimal(amount)


@given(
    st.from_regex(r"[A-Za-zĐđ]{1,5}[ .:]{0,2}[0-9A-Za-zăđ.,%/() –-]{0,8}", fullmatch=True),
    st.sampled_from(",."),
)
def test_a_text_that_begins_as_no_number_is_told_by_its_first_letter(text, mark):
    """What is passed over at once is what reading it through gives as well."""
    if is_worded(text):
        for blank in ("", " "):  # a blank before it has it read through
            assert parse_number(blank + text, mark) is None
            assert parse_quantity(blank + text, mark) is None
            assert parse_range(blank + text, mark) is None


@pytest.mark.parametrize("text", ["Giảm 4,8", "tăng 3", "từ 5 đến 7%", "Tăng: 12", "giam 5"])
def test_words_that_go_before_a_figure_are_read_through(text):
    assert not is_worded(text)
    assert parse_number(text) or parse_range(text)


@given(st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=30))
def test_no_shape_of_a_number_is_met_by_a_text_without_digits(text):
    """What is passed over for want of a digit would have been passed over by every pattern."""
    patterns = (numbers._SIGNED, numbers._BRACKETED, numbers._FRACTION, numbers._QUANTITY, numbers._TAIL_UNIT)
    assert not any(pattern.match(text) for pattern in patterns)
    assert not has_digit(text) and is_worded(text)


@given(
    st.integers(0, 10**14), st.sampled_from(",."), st.from_regex(r"\A[0-9]{1,6}\Z"), st.sampled_from(["", "%"]),
    st.sampled_from(",."), st.sampled_from([None, True, False]),
)  # fmt: skip
def test_a_plain_decimal_is_what_it_is_when_read_by_its_shape(
    whole: int, mark: DecimalMark, decimals: str, percent: str, house: DecimalMark, thousandths: bool | None
) -> None:
    """Plain decimals are told at a glance; the long way must say the same of each."""
    text = f"{whole}{mark}{decimals}{percent}"
    if is_decimal(text):
        value = numbers.parse_number(text, house, thousandths)
        assert value == numbers._read_number(text, house, thousandths)
        assert value is not None
        assert str(value.amount) == f"{whole}.{decimals}"
        assert (mark_of_decimal(text), value.percent_sign) == (mark, bool(percent))
    else:
        assert len(decimals) == 3
        assert mark_of_decimal(text) == ""


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        (["12", "0", "05", "1234567"], True),
        (["12,5", "0.25", "97,88%", "3"], True),
        (["12,5", "Mục 2"], False),
        (["0123"], False),  # a code
        (["1.234"], False),  # a group or thousandths
        (["12\n5"], False),
        (["12", ""], False),
        ([], False),
    ],
)
def test_texts_that_are_all_plain_figures_are_told_at_once(texts: list[str], plain: bool) -> None:
    assert are_plain(texts) is plain


@given(st.lists(st.from_regex(r"[0-9]{1,5}([.,][0-9]{1,4})?%?", fullmatch=True), min_size=1, max_size=6))
def test_plain_texts_are_plain_one_by_one(texts: list[str]) -> None:
    if are_plain(texts):
        assert all(t.isdecimal() or is_decimal(t) for t in texts)
        assert all(parse_quantity(t) is not None for t in texts)


@given(st.from_regex(r"[0-9]{1,4}([.,][0-9]{3}){0,3}|[0-9.,]{1,9}", fullmatch=True))
def test_digits_in_groups_are_a_number_without_a_unit_under_every_convention(text):
    if is_grouped(text):
        marks: tuple[DecimalMark, DecimalMark] = (",", ".")
        read = [parse_quantity(text, mark, decimals) for mark in marks for decimals in (None, True, False)]
        assert all(value is not None and not value.unit and value.of is None for value in read)
    if are_bare([text]):
        assert is_grouped(text) or (text.isdecimal() and parse_quantity(text) is not None)
