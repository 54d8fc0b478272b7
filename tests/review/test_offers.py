from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.flag import CellRef, read_terms
from model.page import Reading
from model.table import Cell, Table
from model.value import Repair
from normalize.numbers import parse_quantity
from review.manner import Manner, manner_of
from review.offers import closing, doubt_of, offers_of
from tests.review.grids import document


def column(texts, alternatives=(), repairs=()):
    """A column of figures under a header, with what else was read of the last."""
    cells = [Cell(0, 0, "Diện tích", "Diện tích", True)]
    for r, text in enumerate(texts, start=1):
        cells.append(Cell(r, 0, text, text, value=parse_quantity(text, ",")))
    last = replace(
        cells[-1],
        status="doubtful",
        alternatives=tuple(Reading(t, n + 1.0, "numbers") for n, t in enumerate(alternatives)),
        repairs=tuple(Repair("place", old, texts[-1], "") for old in repairs),
    )
    return Table("t01", "", "ruled", 1, tuple((c,) for c in [*cells[:-1], last])), last


PEERS = ("258,3", "1.836,5", "71,1", "2.667,5")


@pytest.mark.parametrize(
    ("peers", "text", "others", "wanted"),
    [
        (PEERS, "28601", ("2860.1", "280,1"), ["2.860,1", "280,1"]),
        (PEERS, "1.5698", ("1.569,8",), ["1.569,8"]),
        (PEERS, "744 1", ("741",), ["744,1", "74,1", "7441"]),
        (("12", "1.304", "77"), "1 3O4", ("1304",), ["1.304"]),
        (("12%", "8%"), "154%", ("1.54%",), ["1.54%"]),  # too few to say how the column prints
        (("1,07%", "12,54%", "8,18%"), "154%", (), ["1,54%"]),
    ],
)
def test_readings_are_offered_as_the_column_prints_figures(peers, text, others, wanted):
    table, cell = column((*peers, text), others)
    assert offers_of(document(table), table, cell, ())[: len(wanted)] == wanted


def test_what_stood_there_before_a_repair_is_offered():
    table, cell = column(("Xã Đại Tiến",), repairs=("Đại Tiến (1)",))
    assert offers_of(document(table), table, cell, ()) == ["Đại Tiến (1)", "Đại Tiến"]


def test_words_are_offered_without_what_a_rule_beside_them_was_read_as():
    table, cell = column(("Xã Nam Mẫu",), ("| Nam Mẫu",), repairs=("1 Nam Mẫu",))
    assert "Nam Mẫu" in offers_of(document(table), table, cell, ())


def test_the_reading_that_closes_a_relation_comes_first():
    table, cell = column(("3", "4", "1.002", "5", "12"), ("72", "17"))
    terms = read_terms("+t01:2:0 +t01:3:0 -t01:5:0")  # 4 + 1.002 is 1.006, and 17 is no reading of it
    asked = read_terms("+t01:1:0 +t01:2:0 +t01:4:0 +5 -t01:5:0")
    assert offers_of(document(table), table, cell, [asked])[:2] == ["17", "72"]
    assert offers_of(document(table), table, cell, [terms])[:2] == ["72", "17"]
    assert "1.006" in offers_of(document(table), table, cell, [terms])


def test_a_cell_that_holds_its_neighbours_figures_offers_each():
    table, cell = column(("392 106 2.325",))
    assert set(offers_of(document(table), table, cell, ())) >= {"392", "106", "2.325"}


@pytest.mark.parametrize(
    ("terms", "at", "amount"),
    [
        ("+t01:1:0 +t01:2:0 -t01:3:0", 3, 80),
        ("+t01:1:0 +t01:2:0 -t01:3:0", 1, 10),
        ("+100*t01:1:0 /+t01:2:0 -t01:3:0", 3, 300),
        ("+100*t01:1:0 /+t01:2:0 -t01:3:0", 1, 6),
        ("+100*t01:1:0 /+t01:2:0 -t01:3:0", 2, None),  # a divisor
        ("+t01:1:0 -t01:1:0", 1, None),  # it stands there twice
        ("+t01:1:0 -t01:9:9", 1, None),  # another figure is gone
    ],
)
def test_what_a_relation_asks_of_a_figure(terms, at, amount):
    table, _ = column(("60", "20", "30"))
    assert closing(document(table), read_terms(terms), CellRef("t01", at, 0)) == amount


@pytest.mark.parametrize(
    ("text", "others", "span"),
    [
        ("2.748,5", ["2.148,5"], "2,3"),
        ("0,05S-I", ["0,05S-II"], "7,7"),
        ("632", ["682", "62"], "1,2"),
        ("Dầu diesel 0,05S", ["Dầu diesel"], ""),
        ("12", ["34"], ""),
        ("12", [], ""),
        ("", ["1"], ""),
    ],
)
def test_where_the_doubtful_sign_stands(text, others, span):
    assert doubt_of(text, others) == span


@given(st.decimals(min_value=0, max_value=10**9, places=1))
def test_a_figure_dressed_again_is_itself(amount):
    manner = Manner(1, ",", ".")
    printed = manner.printed(amount, "")
    assert manner.dressed(printed) == printed
    value = parse_quantity(printed, ",")
    assert value is not None and value.amount == amount


def test_a_column_of_two_manners_has_none():
    table, cell = column(("1,5", "12", "3,75", "8"))
    assert manner_of(table, cell, ",") is None
