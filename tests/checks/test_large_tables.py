"""What large tables are told by is what the long way tells of each cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.cell_figures import Habit, _read_figure, figure_of
from checks.conservation.grid_view import GridView
from checks.families import columns
from checks.figures import open_book
from model.document import Document, Source
from model.table import Cell, Column, Table
from model.value import Value
from normalize.numbers import parse_number

TEXTS = st.sampled_from(["1.234,5", "12,25", "97,88%", "1.234", "7", "1,234.5", "0,5%"])


def grid(rows, anchors=None, values=True):
    """A table of texts under a header; `anchors` by row and column of cells that repeat another."""
    made = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            at = (anchors or {}).get((r, c), (r, c))
            value = parse_number(text) if r and values else None
            cells.append(Cell(r, c, text, text, r == 0, value, anchor=at, sure=True))
        made.append(tuple(cells))
    heads = tuple(Column(c, (text,), "count") for c, text in enumerate(rows[0]))
    kinds = ("header", *["body"] * (len(rows) - 1))
    return Table("t01", "", "text", 1, tuple(made), heads, kinds)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_figures_of_print_of_one_meaning_are_what_they_are_one_by_one(texts):
    """Each was held against its other scale, that decimals with one meaning have not."""
    table, habit, known = grid([["Số"], *([t] for t in texts)]), Habit(0, False, 9, 3), {}
    for cell in table.column_values(0):
        assert figure_of(table, cell, cell.value, habit, known) == _read_figure(
            table, cell, cell.value, habit
        )


PLACES = st.tuples(st.integers(1, 3), st.integers(0, 2))


@given(
    st.lists(
        st.lists(st.sampled_from(["1", "", "-", "a", "..."]), min_size=3, max_size=3), min_size=3, max_size=3
    ),
    st.dictionaries(PLACES, st.one_of(PLACES, st.just((-1, -1))), max_size=3),
)
def test_a_table_without_spans_is_seen_as_one_with_some(rows, anchors):
    table = grid([["A", "B", "C"], *rows], anchors)
    view, long = GridView(table), GridView(table)
    long.__dict__["single"] = False
    assert view.wide == long.wide
    assert [view.column(c) for c in range(3)] == [long.column(c) for c in range(3)]
    assert view.single is all(at in ((-1, -1), place) for place, at in anchors.items())


def test_sums_of_parts_of_their_own_are_not_weighed_against_each_other(monkeypatch):
    """Each sum that was found had been weighed once more, to choose among one."""
    weighed = []
    weigh = columns.weigh
    monkeypatch.setattr(columns, "weigh", lambda book, found: (weighed.append(found), weigh(book, found))[1])
    book = open_book(Document(Source("a", "a", "a"), "office", 1))
    one, other = ((1, 2), [object()]), ((3, 4), [object()])
    assert list(columns._of_their_own(book, [one, other])) == [one[1], other[1]]
    assert not weighed


def test_amounts_as_binary_fractions_are_those_of_each_figure():
    rows = [["Số", "Khác"], *([str(n % 7), f"{n},5"] for n in range(30))]
    book = open_book(Document(Source("a", "a", "a"), "office", 1, tables=(grid(rows),)))
    assert book.floats.tolist() == [float(f.amount) for f in book.figures]
    assert book.halves.tolist() == [float(f.half) for f in book.figures]


@pytest.mark.parametrize("text", ["1.234,5", "12,25"])
def test_what_a_reader_doubted_keeps_its_own_figure(text):
    table = grid([["Số"], [text]])
    cell = replace(table.rows[1][0], sure=False, status="doubtful", confidence=0.4)
    found = figure_of(table, cell, Value(Decimal("1.5"), 1), Habit(0, False, 9, 3), {})
    assert found.weak
