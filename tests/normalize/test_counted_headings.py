"""Headings that count on: a misread one among them is known by its neighbours, another heading is let stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.counted_headings import counted_headings
from normalize.ordinals import ROMAN

MONTHS = [f"T{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["Trạm", *MONTHS[:5], "Tổ", "-", *MONTHS[7:10], "11", "T12", "Năm"], ["Trạm", *MONTHS, "Năm"]),
        (["Quý!", "Quý II", "Quý III", "Quý IV"], ["Quý I", "Quý II", "Quý III", "Quý IV"]),
        (["", "2018", "2019", "20Z0", "2021"], ["", "2018", "2019", "2020", "2021"]),
        (["Vị trí 1", "Vị trí 2", "Vị tri S", "Vị trí 4"], ["Vị trí 1", "Vị trí 2", "Vị trí 3", "Vị trí 4"]),
        (["1", "T2", "T3", "T4"], ["T1", "T2", "T3", "T4"]),
        (["T1", "T2", "T3", "T1", "-", "T3", "T4"], ["T1", "T2", "T3", "T1", "T2", "T3", "T4"]),
    ],
)
def test_a_misread_heading_is_the_one_that_is_missing(read, right):
    """`T6` was read `Tổ`, `T11` as 11: the months of a table of rain had lost their names."""
    assert counted_headings(read) == right


@pytest.mark.parametrize(
    "row",
    [
        ["Năm 2020", "Năm 2021", "Ghi chú", "Năm 2023", "Năm 2024"],
        ["1", "2", "-", "4", "5"],  # numbers of columns
        ["T1", "T2", "-"],
        ["-", "T2", "T3", "T4"],  # nothing of T1 is left
        ["Tháng 8", "Tháng 9", "Tăng", "Giảm"],
        ["2018", "2019", "2021", "2022"],
        ["Số vụ", "Số vụ 2", "Số người", ""],
        ["Mũi 1", "Mũi 2", "Mũi 3", "Mũi 1"],  # of another vaccine
        [],
    ],
)
def test_what_may_be_another_heading_is_let_stand(row):
    assert counted_headings(row) == row


@given(
    st.sampled_from(["T", "Tháng ", "Năm ", "Quý ", "Đợt "]),
    st.integers(1, 9),
    st.integers(4, 6),
    st.data(),
)
def test_one_heading_between_others_is_found_again(before, begin, count, data):
    roman = before == "Quý "
    row = [before + (ROMAN[n - 1] if roman else str(n)) for n in range(begin, begin + count)]
    assert counted_headings(row) == row
    at = data.draw(st.integers(1, count - 2)) if count > 4 else 1
    hidden = [*row[:at], data.draw(st.sampled_from(["", "-", "?!"])), *row[at + 1 :]]
    assert counted_headings(hidden) == row
