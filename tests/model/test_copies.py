"""Records copied with changes are what `dataclasses.replace` makes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from model.copies import changed
from model.page import GridCell
from model.table import Cell
from model.value import Value

RECORDS = (
    (Cell(1, 2, "7", "7", anchor=(1, 2)), {"value": Value(Decimal(7)), "status": "proved", "proofs": 3}),
    (GridCell(0, 1, "a", row_span=2), {"row": 5, "col": 0}),
    (Value(Decimal("1.5"), 1), {"unit": "percent"}),
    (Value(Decimal("1.5"), 1), {}),
)


@pytest.mark.parametrize(("record", "changes"), RECORDS)
def test_a_copy_is_what_replace_makes(record, changes):
    copy = changed(record, **changes)
    assert copy == replace(record, **changes)
    assert hash(copy) == hash(replace(record, **changes))
    assert copy is not record


def test_the_record_stays_as_it_was():
    cell = Cell(0, 0, "a", "a")
    changed(cell, text="b")
    assert cell.text == "a"


def test_a_field_that_is_none_is_refused():
    with pytest.raises(KeyError):
        changed(Value(Decimal(1)), colour="red")
