"""Records copied with changes are what `dataclasses.replace` makes."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields, replace
from decimal import Decimal

import pytest

from checks.relation import Relation
from model.copies import changed, quick
from model.flag import CellRef
from model.geometry import Box
from model.page import GridCell, Reading, TextLine, Word
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


@pytest.mark.parametrize("kind", [Cell, GridCell, Value, Box, CellRef, Word, TextLine, Reading, Relation])
def test_a_quick_record_is_made_of_the_same_fields_in_the_same_order(kind):
    given = {field.name: object() for field in fields(kind)}
    for made in (kind(*given.values()), kind(**given)):
        assert {name: getattr(made, name) for name in given} == given
    needed = {f.name: object() for f in fields(kind) if f.default is MISSING}
    assert all(getattr(kind(**needed), f.name) == f.default for f in fields(kind) if f.name not in needed)
    with pytest.raises(TypeError):
        kind(colour="red", **needed)


def test_a_quick_record_stays_frozen():
    with pytest.raises(FrozenInstanceError):
        Cell(0, 0, "a", "a").text = "b"
    with pytest.raises(FrozenInstanceError):
        Relation("total", "total", 1, ()).target = 2


def test_a_record_whose_fields_need_work_is_refused():
    @dataclass(frozen=True, slots=True)
    class Listed:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Listed"):
        quick(Listed)
