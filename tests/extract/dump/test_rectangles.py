"""Figures of a stream put together by the rectangles they were written in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.dealt_shapes import Shape
from extract.dump.columnar.rectangle_sums import amounts_of, are_proved, held, worth_of
from extract.dump.columnar.rectangle_table import in_rectangles
from extract.dump.columnar.rectangles import Rectangles

SCHOOLS = (
    ("94", "463", "251", "212", "463"),
    ("12", "61", "83", "70", "153"),
    ("31", "140", "77", "93", "170"),
    ("28", "155", "64", "21", "85"),
    ("23", "107", "27", "28", "55"),
    ("92", "321", "235", "153", "388"),
    ("40", "96", "101", "59", "160"),
    ("17", "107", "89", "63", "152"),
    ("35", "118", "45", "31", "76"),
    ("186", "784", "486", "365", "851"),
)
"""Two sections with their rows and the total of all; the last column is the sum of the two before it."""
HEIGHT, WIDTH = len(SCHOOLS), len(SCHOOLS[0])


def _rows(first: int, end: int, left: int, right: int) -> list[list[str]]:
    """Figures of some rows and columns, row by row, each cell a block of its own."""
    return [[text] for row in SCHOOLS[first:end] for text in row[left:right]]


def _columns(first: int, end: int, left: int, right: int) -> list[list[str]]:
    return [[row[c]] for c in range(left, right) for row in SCHOOLS[first:end]]


WAYS = {
    "by rows": _rows(0, HEIGHT, 0, WIDTH),
    "by columns": _columns(0, HEIGHT, 0, WIDTH),
    "sections over their rows in two columns, the others by columns, the total last": [
        *_rows(0, 1, 0, 2),
        *_columns(1, 5, 0, 2),
        *_rows(5, 6, 0, 2),
        *_columns(6, 9, 0, 2),
        *_columns(0, 9, 2, 5),
        *_rows(9, 10, 0, WIDTH),
    ],
    "bands of columns": [
        *_rows(0, 1, 0, WIDTH),
        *_columns(1, 5, 0, WIDTH),
        *_rows(5, 6, 0, WIDTH),
        *_columns(6, 9, 0, WIDTH),
        *_rows(9, 10, 0, WIDTH),
    ],
}


def _figures(blocks: list[list[str]], pass_cost: float = 3.0) -> list[Dealt]:
    lines = [(text, block) for block, texts in enumerate(blocks) for text in texts]
    return [Dealt(text, line, block, pass_cost) for line, (text, block) in enumerate(lines)]


@pytest.mark.parametrize("blocks", WAYS.values(), ids=WAYS)
def test_rows_come_back_from_rectangles(blocks: list[list[str]]) -> None:
    found = Rectangles(_figures(blocks), HEIGHT, WIDTH).best(HEIGHT, WIDTH)
    assert found is not None
    assert found.rows == SCHOOLS
    assert found.proof > 0


def test_what_may_be_none_of_the_tables_is_passed_over() -> None:
    figures = _figures(WAYS["by columns"])
    figures.insert(HEIGHT, Dealt("4", 999, 999, 0.1))
    found = Rectangles(figures, HEIGHT, WIDTH).best(HEIGHT, WIDTH)
    assert found is not None
    assert found.rows == SCHOOLS


def test_figures_of_one_line_stay_in_one_row() -> None:
    figures = [Dealt(text, r, r, 3.0) for r, row in enumerate(SCHOOLS) for text in row]
    found = Rectangles(figures, HEIGHT, WIDTH).best(HEIGHT, WIDTH)
    assert found is not None
    assert found.rows == SCHOOLS


def test_an_empty_cell_is_left_empty() -> None:
    rows = (("12,5", "3"), ("13,1", "4"), ("11,9", "2"), ("14,0", "7"))
    figures = _figures([[text] for row in rows for text in row][:-1])
    found = Rectangles(figures, 4, 2, holes=1).best(4, 2, 1)
    assert found is not None
    assert found.rows == (*rows[:3], ("14,0", ""))


def test_fewer_figures_than_cells_make_no_table() -> None:
    assert Rectangles(_figures([["1", "2", "3"]]), 2, 2).best(2, 2) is None


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_figure_stands_in_one_cell(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    size = height * width
    texts = data.draw(st.lists(st.integers(0, 5000).map(str), min_size=size, max_size=size))
    found = Rectangles(_figures([[text] for text in texts]), height, width).best(height, width)
    assert found is not None
    places = [place for row in found.places for place in row]
    assert sorted(places) == list(range(size))
    assert [[texts[p] for p in row] for row in found.places] == [list(row) for row in found.rows]


def test_the_shape_that_the_figures_fit_is_taken() -> None:
    shapes = [Shape(HEIGHT, WIDTH, False, 0.0), Shape(WIDTH, HEIGHT, False, 0.0), Shape(16, 3, False, 0.0)]
    offer = in_rectangles(_figures(WAYS["bands of columns"]), shapes)
    assert offer is not None
    assert offer.rows == SCHOOLS


@pytest.mark.parametrize(
    "texts, tells",
    [
        (("300", "100", "200"), True),
        (("100", "200", "300"), True),
        (("100", "250", "150"), True),
        (("80", "20", "25,00"), True),
        (("300", "100", "201"), False),
        (("0", "0", "0"), False),
        (("300", "0", "300"), False),
        (("80", "20", "26,00"), False),
    ],
    ids=["total first", "total last", "change", "share", "off", "nothing", "one part", "another share"],
)
def test_relations_of_a_row(texts: tuple[str, ...], tells: bool) -> None:
    worth, broken = held(np.arange(3)[None, None, :], amounts_of(texts))
    assert bool(worth_of(worth, broken, 3)[0] > 0) is tells


@pytest.mark.parametrize(
    "rows, proved",
    [
        (tuple(row[2:] for row in SCHOOLS), True),
        (SCHOOLS, False),
        ((*(row[2:] for row in SCHOOLS[:-1]), ("486", "365", "852")), False),
        ((*(row[2:] for row in SCHOOLS[:-1]), ("486", "", "851")), False),
    ],
    ids=["all columns", "columns in no sum", "a row that is off", "an empty cell"],
)
def test_an_arrangement_is_proved_by_its_sums_alone(rows: tuple[tuple[str, ...], ...], proved: bool) -> None:
    assert are_proved(rows) is proved
