"""Columns that hold nothing but figures of sure print are told once for all who would ask each cell."""

from dataclasses import replace
from decimal import Decimal

import pytest

from model.copies import changed
from model.table import Cell, Column, Table
from model.value import Interval, Repair, Value


def _cell(row: int, text: str, **more: object) -> Cell:
    value = None if text == "x" else Value(Decimal(5))
    return replace(Cell(row, 0, text, text, value=value, anchor=(row, 0), sure=True), **more)


def _table(*cells: Cell) -> Table:
    head = Cell(0, 0, "Số", "Số", is_header=True, anchor=(0, 0), sure=True)
    return Table("t01", "", "text", 1, ((head,), *((cell,) for cell in cells)), (Column(0),))


@pytest.mark.parametrize("text", ["5", "1.234", "12,5%", "1.234,5"])
def test_figures_as_they_were_read_are_plain(text):
    table = _table(_cell(1, text), _cell(2, "7"))
    assert (table.plain_columns, list(table.other_columns)) == ({0}, [])
    assert table.column_lines(0) == f"\n{text}\n7"


@pytest.mark.parametrize(
    "odd",
    [
        _cell(2, "x"),
        _cell(2, "-5"),
        _cell(2, "5 người"),
        _cell(2, ".5"),
        _cell(2, "5\n7"),
        _cell(2, "5", sure=False),
        _cell(2, "5", raw="6"),
        _cell(2, "5", status="doubtful"),
        _cell(2, "5", anchor=(1, 0)),
        _cell(2, "5", value=None),
        _cell(2, "5", date="2024"),
        _cell(2, "5", interval=Interval(Value(Decimal(1)), Value(Decimal(2)))),
        _cell(2, "5", repairs=(Repair("digits", "6", "5"),)),
    ],
)
def test_a_column_with_any_other_cell_is_not_plain(odd):
    table = _table(_cell(1, "5"), odd, _cell(3, "7"))
    assert (table.plain_columns, list(table.other_columns)) == (frozenset(), [0])


def test_a_table_without_rows_has_no_plain_column():
    assert _table().plain_columns == frozenset()


def test_what_was_told_of_a_table_is_not_told_of_one_with_other_cells():
    table = _table(_cell(1, "5"), _cell(2, "7"))
    assert table.plain_columns == {0}
    assert replace(table, rows=(*table.rows, (_cell(3, "x"),))).plain_columns == frozenset()
    proved = table.with_proofs(tuple(tuple(replace(c, proofs=1) for c in row) for row in table.rows))
    assert proved.plain_columns == {0}
    assert [cell.proofs for cell in proved.column_values(0)] == [1, 1]


def test_a_table_is_never_copied_with_what_was_told_of_it():
    table = _table(_cell(1, "5"))
    assert table.plain_columns == {0}
    with pytest.raises(TypeError):
        changed(table, rows=(*table.rows, (_cell(2, "x"),)))
