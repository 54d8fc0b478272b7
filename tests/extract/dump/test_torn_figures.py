"""Figures that a narrow column tore over two lines are whole before a dump of a cell a line is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.lines import SourceLine, source_lines
from extract.dump.torn_figures import with_whole_figures

WHOLE = "28.000\n\n35.000\n\n"
MORE = "400.00\n0\n180.00\n0\n170.50\n0\n300.00\n0\n"

CASES = {
    "right below": (WHOLE + "400.00\n0\n180.00\n0\n", ["400.000", "180.000"]),
    "after the other cells of the row": (
        WHOLE + "400.00\n420\n1\n0\n180.00\n474\n9\n0\n",
        ["400.000", "420", "1", "180.000", "474", "9"],
    ),
    "two on a line, a unit between": (
        WHOLE + "đồng/ 143.5 143.6\nm\n00\n00\n",
        ["đồng/ 143.500 143.600", "m"],
    ),
    "a whole one ends a row": (WHOLE + "600.00\n89\n0\n28.000\n529\n1\n163.00\n0\n", None),
    "decimals are none": ("12,5\n0\n13,5\n0\n", ["12,5", "0", "13,5", "0"]),
    "a row number with a point is none": (WHOLE + "1.\n160\n2.\n170\n", ["1.", "160", "2.", "170"]),
    "few have a rest": (WHOLE + "400.00\n0\n\n180.00\n\n170.50\n\n", ["400.00", "0", "180.00", "170.50"]),
}


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _texts(lines: list[SourceLine]) -> list[str]:
    return [line.text for line in lines if not line.blank]


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_torn_figures(text: str, wanted: list[str] | None) -> None:
    found = _texts(with_whole_figures(_lines(text)))
    whole = ["28.000", "35.000"] if text.startswith(WHOLE) else []
    if wanted is None:
        wanted = ["600.000", "89", "28.000", "529", "1", "163.000"]
    assert found == [*whole, *wanted]


def test_the_rest_may_stand_at_the_top_of_the_next_page() -> None:
    text = WHOLE + MORE + "63.00\n\f\n0\n170.50\n0\n\n1\n2\n"
    assert "63.000" in _texts(with_whole_figures(_lines(text)))


def test_a_page_number_is_no_rest() -> None:
    text = WHOLE + MORE + "63.00\n1\n\nchữ\n\f\n0\n170.50\n0\n"
    assert _texts(with_whole_figures(_lines(text)))[-4:] == ["63.000", "1", "chữ", "170.500"]


@given(st.lists(st.integers(1000, 999_999).filter(lambda n: n % 10 != 1), min_size=3, max_size=12))
def test_a_column_torn_in_its_groups_comes_back(amounts: list[int]) -> None:
    texts = [f"{amount:,}".replace(",", ".") for amount in amounts]
    torn = "\n".join(f"{text[:-1]}\n{text[-1]}" for text in texts)
    assert _texts(with_whole_figures(_lines(WHOLE + torn)))[2:] == texts
