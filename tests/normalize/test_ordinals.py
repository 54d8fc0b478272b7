import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.ordinals import (
    ROMAN,
    begins_anew,
    counts_on,
    counts_over,
    is_ordinal,
    is_ordinal_head,
    mended_head,
    read_ordinal,
    roman_value,
    runs_on,
    succession_cost,
)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1.10", "number", (1, 10)),
        ("01", "number", (1,)),
        ("(7)", "number", (7,)),
        ("2.3.", "number", (2, 3)),
        ("2.3)", "number", (2, 3)),
        ("3.2.1/", "number", (3, 2, 1)),
        ("IV.", "roman", (4,)),
        ("XL", "roman", (40,)),
        ("đ)", "letter", (5,)),
        ("|B|", "letter", (2,)),
    ],
)
def test_what_numbers_a_row(text: str, kind: str, value: tuple[int, ...]) -> None:
    ordinal = read_ordinal(text)
    assert ordinal is not None
    assert (ordinal.kind, ordinal.value) == (kind, value)
    assert is_ordinal(text)


@pytest.mark.parametrize("text", ["01.002", "1.0", "0", "a", "12,5", "1234", "IIII", "", "hồ sơ", "97%"])
def test_what_numbers_no_row(text: str) -> None:
    assert read_ordinal(text) is None


@pytest.mark.parametrize("text", ["88.960", "1.234.567", "12.345"])
def test_amounts_in_thousands_are_no_row_numbers(text: str) -> None:
    assert read_ordinal(text) is None
    assert not is_ordinal(text)


@pytest.mark.parametrize("text", ["a", "A1", "b.", "iv", "(3)", "Đ"])
def test_what_may_stand_in_a_column_of_row_numbers(text: str) -> None:
    assert is_ordinal(text)


@pytest.mark.parametrize("text", ["12,5", "hồ sơ", "97%", "", "1.234.567,8", "A123"])
def test_what_stands_in_none(text: str) -> None:
    assert not is_ordinal(text)


@given(st.text(max_size=12))
def test_any_text_is_asked_without_an_exception(text: str) -> None:
    ordinal = read_ordinal(text)
    assert ordinal is None or (all(n > 0 for n in ordinal.value) and is_ordinal(text))


@given(st.integers(1, 89))
def test_numerals_count_what_they_are_read_as(n: int) -> None:
    numeral = "L" * (n // 50) + ("XL" if n % 50 >= 40 else "X" * (n % 50 // 10))
    numeral += ("", *ROMAN[:9])[n % 10]
    if "LXL" not in numeral:
        assert read_ordinal(numeral) is not None
        assert roman_value(numeral) == n


@pytest.mark.parametrize(
    ("before", "after"),
    [("1", "2"), ("1.9", "1.10"), ("2.3", "3"), ("2", "2.1"), ("a)", "b)"), ("e)", "g)"), ("e)", "f)"),
     ("I", "II"), ("đ)", "e)"), ("2.3.1", "2.4")],
)  # fmt: skip
def test_what_follows_costs_nothing(before: str, after: str) -> None:
    assert succession_cost(read_ordinal(before), read_ordinal(after)) == 0


@pytest.mark.parametrize(("before", "after"), [("3", "8"), ("a)", "g)"), ("2.1", "4.7"), ("III", "II")])
def test_what_does_not_follow_is_dear(before: str, after: str) -> None:
    assert succession_cost(read_ordinal(before), read_ordinal(after)) > 1


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (["1", "2", "3"], ["4", "5"], True),
        (["1", "2", "3"], ["1", "2"], False),
        (["3.4", "a)", "b)"], ["3.5"], True),
        (["3.4", "a)", "b)"], ["c)"], True),
        (["IV", "V"], ["VI", "1"], True),
        (["3.7", "IV"], ["4.1"], True),
        (["4"], ["4.1"], True),
        (["3.2"], ["4"], True),
        (["12"], ["", "x", "13"], True),
        (["12"], ["15"], False),
        ([], ["1"], False),
        (["5"], ["a)"], False),
    ],
)
def test_runs_on(above, below, expected):
    assert runs_on(above, below) is expected


@pytest.mark.parametrize(
    ("above", "below", "go_on"),
    [
        (["2018", "2019"], ["2020", "2021"], True),
        (["2015", "2020"], ["2025"], True),
        (["2019", "2018"], ["2017"], True),
        (["2018", "2019"], ["2021"], False),
        (["2019"], ["2020"], False),
        (["Tổng", "2019"], ["2020"], False),
        (["2019", "2019"], ["2019"], False),
        (["2018", "2019"], [], False),
    ],
)
def test_rows_named_by_years_run_on(above, below, go_on):
    assert runs_on(above, below) is go_on


def test_rows_count_on_after_some_that_were_badly_read() -> None:
    assert counts_on(["7", "8"], ["Đơn vị", "?", "9", "10", "11"])
    assert not counts_on(["7", "8"], ["?", "9", "11", "12"])
    assert not counts_on(["x"], ["1", "2", "3"])
    assert counts_over(["1", "2"], ["?", "4"])
    assert not counts_over(["1", "2"], ["?", "5"])


@pytest.mark.parametrize(
    ("texts", "anew"), [(["", "1"], True), (["I"], True), (["a)"], False), (["2"], False), ([], False)]
)
def test_a_count_begins_anew(texts: list[str], anew: bool) -> None:
    assert begins_anew(texts) is anew


@pytest.mark.parametrize(
    ("head", "is_one"),
    [("STT", True), ("Số TT", True), ("S.TT", False), ("Mục", True), ("MỤC", True), ("muc", True), ("Mức", False),
     ("MỨC", False), ("mực", False)],
)  # fmt: skip
def test_a_head_that_numbers_rows_is_told_by_its_marks(head, is_one):
    """`Mức` (an amount) was once taken for `Mục`: changes of whole thousands had no values."""
    assert is_ordinal_head(head) == is_one


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Tr", "TT"), ("Tỉ", "TT"), ("“TT", "TT"), ("SFT", "STT"), ("SĨT", "STT"), ("cSTT *", "STT"), ("ẨSTT", "STT"),
        ("STT 3", "STT"), ("STT (1)", "STT (1)"), ("7", "TT"), ("(1)", "(1)"), ("1", "1"),
        ("$TT", "STT"), ("STT", "STT"), ("Số TT", "Số TT"), ("Tên", "Tên"), ("Xã", "Xã"), ("Tổ", "Tổ"),
        ("TTHC", "TTHC"), ("I", "I"), ("", ""),
    ],
)  # fmt: skip
def test_a_head_of_row_numbers_is_mended_only_where_it_can_be_no_other_word(read, meant):
    assert mended_head(read) == meant
