"""How a column prints its figures, and what is typed or read put in that manner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers import parse_quantity
from review.manner import Manner, cleaned, completed, manner_of, parted, regrouped
from review.offers import is_misfit, offers_of
from tests.review.grids import document
from tests.review.test_offers import column

THOUSANDS = ("12.000", "1.250.000", "730.000", "96.000", "9.000")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1.694 000", "1.694.000"),
        ("10,713 000", "10.713.000"),
        ("2.240.00", ""),
        ("12 5", ""),
        ("0 250", ""),
        ("-1 250%", "-1.250%"),
        ("1.250 đồng", ""),
    ],
)
def test_groups_that_stand_apart_are_put_together(text, wanted):
    assert regrouped(text, ",") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0,0C", "0,00"),
        ("1.201,)0", "1.201,0"),
        ("l2", "12"),
        ("Không", ""),
        ("—", ""),
        ("5,42 — I", "5,42  1"),
        ("5 — , I", ""),
    ],
)
def test_what_can_be_no_sign_of_a_figure_is_taken_out(text, wanted):
    assert cleaned(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1.5671.148", {"1.567", "1.148"}),
        ("13.7093920", {"13.709"}),
        ("392 106 2.325", {"392", "106", "2.325"}),
        ("- - 1 1.805' 1.617. r -", {"1", "1.805", "1.617"}),
        ("2.325", set()),
        ("Không", set()),
    ],
)
def test_figures_that_ran_together_are_offered_apart(text, wanted):
    assert set(parted(text)) == wanted


@pytest.mark.parametrize(
    ("peers", "typed", "wanted"),
    [
        (THOUSANDS, "4755", "4.755"),
        (THOUSANDS, "124k", "124.000"),
        (THOUSANDS, "2kk", "2.000.000"),
        (THOUSANDS, "124", "124"),  # nothing is guessed
        (THOUSANDS, "1.5", "1.5"),
        (THOUSANDS, "không", "không"),
        (("1200", "5400", "7350"), "4755", "4755"),  # a column without signs between thousands
        (("12,5", "3,25", "7,75", "8,25"), "475", "475"),  # a mark is never put in
        (("12", "7"), "124k", "124.000"),
        (("12%", "8%", "7%"), "9", "9"),
    ],
)
def test_what_is_typed_is_written_as_the_column_prints_it(peers, typed, wanted):
    table, cell = column((*peers, "8"))
    assert completed(table, cell, ",", typed) == wanted


@given(
    st.integers(0, 10**12),
    st.sampled_from([THOUSANDS, ("1200", "5400", "7350"), ("1,5", "2,5", "3,5"), ("7",)]),
)
def test_a_typed_number_stays_what_it_is(amount, peers):
    table, cell = column((*peers, "8"))
    said = parse_quantity(completed(table, cell, ",", str(amount)), ",")
    assert said is not None and said.amount == amount


@given(st.integers(1, 10**6))
def test_a_manner_met_is_met_again(amount):
    house = Manner(0, ",", ".")
    assert house.is_met(house.completed(str(amount)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("1.201.)0", "1.201.000"), ("3.909.20", "3.909.000"), ("7", ""), ("1.2x.000", ""), ("12.34.1", "")],
)
def test_the_end_that_a_column_shares_is_offered(text, wanted):
    table, cell = column((*THOUSANDS, text))
    house = manner_of(table, cell, ",")
    assert house is not None and house.end == "000"
    assert house.ended(text) == wanted


def test_a_column_in_doubt_throughout_still_has_a_manner():
    table, cell = column((*THOUSANDS, "4.226.020"))
    assert offers_of(document(table), table, cell, ())[0] == "4.226.000"


def test_digits_that_print_alike_are_offered_where_readings_differ():
    table, cell = column(("158.500", "93.500", "77.500", "153.000"), ("15.000",))
    assert "158.000" in offers_of(document(table), table, cell, ())


@pytest.mark.parametrize(("text", "wanted"), [("12.000", False), ("1.201.)0", True), ("1.694 000", True)])
def test_what_the_column_does_not_print_so_is_a_misfit(text, wanted):
    table, cell = column((*THOUSANDS, text))
    assert is_misfit(document(table), table, cell) is wanted


def test_where_no_figure_shows_a_sign_a_number_stays_as_it_was_typed():
    table, cell = column(("12", "7", "31", "8"))
    assert completed(table, cell, ",", "8123") == "8123"
    assert completed(table, cell, ",", "8k") == "8.000"
