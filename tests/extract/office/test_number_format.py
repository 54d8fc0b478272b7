"""Stored numbers as they are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.sheet import number_format
from extract.office.sheet.model import Look
from extract.office.sheet.number_format import BUILT_IN, is_date_format, is_shown_as_stored, show
from extract.office.sheet.printed import Printer
from model.value import DecimalMark

ACCOUNT = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'

CASES = [
    (0.1234, "0.00%", "12,34%", "12.34"),
    (0.125, "0%", "13%", "13"),
    (36000, "#,##0", "36.000", "36000"),
    (1234.5, "#,##0.00", "1.234,50", "1234.50"),
    (118.279569892473, "0.0", "118,3", "118.3"),
    (118.279569892473, "General", "118,2795699", "118.2795699"),
    (-5000, "#,##0_);(#,##0)", "(5.000)", "-5000"),
    (15237170, ACCOUNT, "15.237.170", "15237170"),
    (-12, ACCOUNT, "(12)", "-12"),
    (0, ACCOUNT, "-", "0"),
    (-3.5, "0.0;[Red]-0.0", "-3,5", "-3.5"),
    (1234567, "#,##0,", "1.235", "1235"),
    (12, '0" hồ sơ"', "12 hồ sơ", "12"),
    (7, "000", "007", "7"),
    (0.5, ".00", ",50", "0.50"),
    (1.005, "0.00", "1,01", "1.01"),
    (2.5, "0", "3", "3"),
    (3, '[>1]0" bậc";0', "3 bậc", "3"),
    (0.25, "# ?/?", "0,25", "0.25"),
    (5, "@", "5", "5"),
    (0, "0;-0;;@", "", None),
    (0, "#", "", None),
    (412.615, "0.000", "412,615", "412.615"),
    (1234.5, "[$₫-42A] #,##0.0", "₫ 1.234,5", "1234.5"),
]


@pytest.mark.parametrize(("stored", "code", "text", "number"), CASES)
def test_numbers(stored, code, text, number):
    shown = show(stored, code)
    assert (shown.text, shown.number) == (text, None if number is None else Decimal(number))


DATES = [
    (45291, "dd/mm/yyyy", "31/12/2023"),
    (45291, "m/d/yy", "31/12/2023"),
    (45291, "[$-42A]dd mmmm yyyy;@", "31/12/2023"),
    (45291, "mmm-yy", "12/2023"),
    (45291.5, "dd/mm/yyyy h:mm", "31/12/2023 12:00"),
    (0.3, "h:mm", "07:12"),
    (59, "dd/mm/yyyy", "28/02/1900"),
    (61, "dd/mm/yyyy", "01/03/1900"),
]


@pytest.mark.parametrize(("stored", "code", "text"), DATES)
def test_dates_stand_day_first(stored, code, text):
    assert show(stored, code).text == text and is_date_format(code)


def test_days_since_1904():
    assert show(0, "dd/mm/yyyy", since_1904=True).text == "01/01/1904"


def test_a_serial_number_out_of_the_calendar_stays_a_number():
    assert show(-5, "dd/mm/yyyy").text == "-5"


@pytest.mark.parametrize(("room", "text"), [(9.0, "-8,333333"), (5.0, "-8,33"), (100.0, "-8,333333333")])
def test_general_prints_what_its_column_has_room_for(room, text):
    assert show(-8.33333333333333, "General", room=room).text == text


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from([",", "."]))
def test_what_is_shown_is_the_number_it_is_shown_for(amount, mark):
    shown = show(float(amount), "#,##0.00", mark)
    group = "." if mark == "," else ","
    assert Decimal(shown.text.replace(group, "").replace(mark, ".")) == shown.number == amount


@given(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_no_format_breaks_the_reader(code, value):
    assert isinstance(show(value, code).text, str)


@given(
    st.one_of(st.floats(0, 1e12), st.integers(0, 10**9).map(lambda n: n / 100), st.floats(0, 1)),
    st.floats(1, 12), st.sampled_from(",."),
)  # fmt: skip
def test_a_number_that_finds_room_is_as_general_shows_it(
    value: float, room: float, mark: DecimalMark
) -> None:
    """Most numbers are their own digits; the long way must print the same."""
    amount = number_format._decimal(value)
    assert amount is not None
    text = number_format._general(amount, mark, min(room, number_format._GENERAL_ROOM))
    shown = number_format.show(value, "General", mark, room=room)
    assert (shown.text, shown.number) == (text, Decimal(text.replace(mark, ".")))


@given(st.decimals(0, 99999, places=3), st.sampled_from([4.0, 7.0, 10.5, 100.0]))
def test_a_short_decimal_is_shown_as_it_is_stored(value: Decimal, room: float) -> None:
    stored = repr(float(value))
    if is_shown_as_stored(stored, room):
        assert show(float(stored), "General", ".", room=room).text == stored


@pytest.mark.parametrize(
    "form", [*BUILT_IN.values(), "0000", "# ##0", '#,##0"đ"', "#,##0,", "[>9]#,##0;0.0", "#,###"]
)
@pytest.mark.parametrize("stored", ["7", "0", "1234", "12345678", "007"])
@pytest.mark.parametrize("typed", [[], ["1.5%", "12.5%", "13.25"]])
def test_a_whole_number_told_at_once_is_what_its_format_shows(form, stored, typed):
    cell = Printer(False, typed).number(stored, Look(form=form))
    shown = show(float(stored), form, "." if typed else ",", room=100.0)
    assert (cell.text, cell.number) == (shown.text, shown.number) or form == "General"
