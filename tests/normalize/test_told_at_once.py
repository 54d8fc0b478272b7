"""What is told of long columns at once, or of figures by their shape, is what is told of each the long way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import log10
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.table import Cell, Column, Table
from normalize import numbers, totals
from normalize.columns import marks, type_columns, values
from normalize.columns.marks import House, Printed, house_of, house_of_bare, shape_of, shape_of_bare
from normalize.dates import parse_date
from normalize.numbers import decimal_number, is_worded, looks_numeric
from normalize.plain_numbers import (
    are_bare,
    are_numbers,
    is_decimal,
    is_grouped,
    is_mixed,
    mark_of_decimal,
    mark_of_mixed,
)
from normalize.totals import is_total_label

WHOLES = st.one_of(st.integers(0, 999), st.integers(1000, 10**8))
MARKED = st.from_regex(r"[1-9][0-9]{0,2}(\.[0-9]{3}){0,3},[0-9]{1,5}%?", fullmatch=True)
GROUPED = st.builds(lambda n, mark: f"{n:,}".replace(",", mark), WHOLES, st.sampled_from(".,"))


def turned(text: str) -> str:
    """The same print in the other house."""
    return text.translate(str.maketrans(",.", ".,"))


@given(MARKED.flatmap(lambda text: st.sampled_from([text, turned(text)])), st.sampled_from(",."),
       st.sampled_from([None, True, False]))  # fmt: skip
def test_decimals_behind_groups_are_one_number_in_every_house(text, house, thousandths):
    """Texts typed with groups and decimals were each taken apart five times, and their day looked for."""
    if is_mixed(text):
        value = numbers.parse_number(text, house, thousandths)
        assert value == numbers._read_number(text, house, thousandths) == decimal_number(text)
        assert value.mark == mark_of_mixed(text) == shape_of(text.rstrip("%"))[1]
        assert shape_of(text.rstrip("%"))[0] == "mixed"
        assert looks_numeric(text)
        assert not is_worded(text)
        assert not parse_date(text)


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("1.234,5", True), ("1,234.50%", True), ("12.345.678,9", True), ("1.234.567", False), ("1.234", False),
        ("0.123,4", False), ("1.23,4", False), ("1.234,5,6", False), ("1.234,", False), ("", False),
        ("1.234,5 ha", False), ("1." + "234." * 20 + "234,5", False),
    ],
)  # fmt: skip
def test_which_numbers_are_decimals_behind_groups(text, mixed):
    assert is_mixed(text) is mixed
    assert (decimal_number(text) is not None) is mixed
    assert bool(mark_of_mixed(text)) is mixed


@given(st.lists(st.one_of(MARKED, GROUPED, st.sampled_from(["012", "0123", "Mục 1", "", "12,5%", "7 ha"])),
                max_size=5))  # fmt: skip
def test_texts_that_are_all_numbers_are_told_at_once(texts):
    each = [is_decimal(t) or is_mixed(t) or are_bare([t]) for t in texts]
    assert are_numbers(texts) is (bool(texts) and all(each))


@given(st.lists(GROUPED, min_size=1, max_size=8), st.booleans())
def test_digits_in_groups_say_of_the_marks_what_each_of_them_does(texts, amounts):
    if are_bare(texts):
        assert house_of_bare(texts, amounts) == house_of(texts, amounts=amounts)
        assert [shape_of_bare(t) for t in texts] == [shape_of(t) for t in texts]


@given(st.lists(MARKED, min_size=1, max_size=5))
def test_decimals_behind_groups_say_of_the_marks_what_their_parts_do(texts):
    mixed = [t for t in texts if is_mixed(t)]
    dots = sum(t.count(".") > 0 for t in mixed)
    assert house_of(mixed) == House({",": len(mixed), ".": 0.0}, {",": 0.0, ".": dots}, {",": 0.0, ".": 0.0})


@given(
    st.lists(st.integers(1000, 999_999).map(lambda n: f"{n:,}".replace(",", ".")), min_size=1, max_size=9),
    st.lists(st.one_of(st.integers(0, 10**6).map(str), GROUPED.filter(is_grouped)), max_size=9),
)
def test_of_all_that_rises_the_middle_is_asked(open_texts, clear_texts):
    """The size of each figure of a column was told, to take the median of all."""
    printed = [[Printed(0, t, shape_of(t)) for t in texts] for texts in (open_texts, clear_texts)]
    open_ones, clear = printed
    sizes = [log10(a) for p in clear if (a := marks._size(p, False)) > 0]
    wanted = 0.0
    if len(sizes) >= 2:
        middle = median(sizes)
        off = [[abs(log10(marks._size(p, t)) - middle) for t in (False, True)] for p in open_ones]
        wanted = marks._NEAR * median(max(-marks._FAR, min(marks._FAR, w - d)) for w, d in off)
    assert marks._of_size(open_ones, clear) == pytest.approx(wanted)


def sheet(texts, stored, role="Số liệu"):
    """A table of one column of names and one of the texts, with the numbers a workbook keeps."""
    heads = ["Tên", role]
    rows = [[Cell(0, c, t, t, is_header=True, anchor=(0, c), sure=True) for c, t in enumerate(heads)]]
    for r, (text, number) in enumerate(zip(texts, stored, strict=True), start=1):
        name = Cell(r, 0, f"Mục {r}", f"Mục {r}", anchor=(r, 0), sure=True)
        rows.append([name, Cell(r, 1, text, text, anchor=(r, 1), sure=True, stored=number)])
    kinds = ("header", *["body"] * len(texts))
    columns = tuple(Column(c, (t,)) for c, t in enumerate(heads))
    return Table("t01", "", "text", 1, tuple(map(tuple, rows)), columns, kinds)


@given(
    st.lists(st.one_of(MARKED, GROUPED, st.integers(0, 99).map(str)), min_size=1, max_size=8),
    st.sampled_from(["Số liệu", "Tỷ lệ (%)", "Tăng, giảm (%)", "Số tiền (triệu đồng)", "Điểm"]),
)
def test_typed_decimals_get_the_value_that_they_get_the_long_way(texts, head):
    table = sheet(texts, [None] * len(texts), head)
    found = type_columns([table])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "decimal_number", lambda text: None)
        assert found == type_columns([table])


@given(st.lists(WHOLES, min_size=1, max_size=8))
def test_figures_that_a_workbook_keeps_are_each_its_own(amounts):
    """Cells of one print share a value; one whose stored number is another than its print has its own."""
    texts, stored = [str(n) for n in amounts], [Decimal(n) for n in amounts]
    (typed,), _ = type_columns([sheet(texts, stored)])
    assert [c.value.amount for c in typed.column_values(1)] == stored
    twice = sheet([*texts, texts[0]], [*stored, stored[0] + Decimal("0.25")])
    (typed,), _ = type_columns([twice])
    assert typed.column_values(1)[-1].value.amount == stored[0] + Decimal("0.25")


LABELS = st.one_of(
    st.sampled_from(["Tổng số", "Cộng toàn tỉnh", "Toàn huyện", "TONG CONG", "Số hộ nghèo theo chuẩn mới"]),
    st.text(st.sampled_from("TCcộổngntoàhuyệSố  1.:-"), max_size=40),
)


@given(LABELS)
def test_what_is_told_by_its_first_letters_is_no_total(text):
    assert is_total_label(text) == totals._is_label(text)
    assert mark_of_decimal(text) == ""


@pytest.mark.parametrize("text", ["Số hộ được giải quyết", "hồ sơ đúng hạn tại cấp xã"])
def test_most_labels_are_told_by_their_first_letters(text):
    assert totals._is_other_sentence(text)


def test_a_day_among_words_is_told(monkeypatch):
    """Words in a column of none are passed over, but for days."""
    texts = ["ngày 05 tháng 3 năm 2024", "chưa có", "12/2024"]
    table = replace(sheet(texts, [None] * 3, "Ghi chú"))
    (typed,), _ = type_columns([table])
    assert [c.date for c in typed.column_values(1)] == ["2024-03-05", "", "2024-12"]
