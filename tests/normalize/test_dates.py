from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import find_dates, last_day, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30/9/2024", "2024-09-30"),
        ("ngày 05 tháng 3 năm 2024", "2024-03-05"),
        ("10/2024", "2024-10"),
        ("31/9/2024", ""),
        ("07/9", ""),
        ("2024", ""),
        ("1784/1784", ""),
    ],
)
def test_a_cell_that_is_a_day(text, iso):
    assert parse_date(text) == iso


def test_a_day_that_does_not_exist_is_found_with_its_neighbour():
    (found,) = find_dates("Thống kê đến ngày 31/09/2024 trên Cổng")
    assert not found.exists
    near = found.nearest()
    assert near is not None
    assert near.text == "30/09/2024"


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from("/.-"))
def test_every_printed_day_comes_back(day, sign):
    assert parse_date(f"{day.day}{sign}{day.month:02d}{sign}{day.year}") == day.isoformat()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-10-05", date(2024, 10, 5)),
        ("2024-02", date(2024, 2, 29)),
        ("2022-Q2", date(2022, 6, 30)),
        ("2023", date(2023, 12, 31)),
        ("", None),
        ("2024-13", None),
        ("chưa rõ", None),
    ],
)
def test_the_last_day_of_what_is_printed(printed, day):
    assert last_day(printed) == day
