"""Small reports of the kinds that were once read wrongly: values, units, ranges, proofs, and who is flagged.

`figures/expect.json` says of each file what is right. A cell is named by a text of its row and its column, a
part of the header's path or `#3` for the fourth column.
- `cells`, `unit`, `text`: what stands in cells.csv; `range`: its low and its high
- `flagged`, `unflagged`: whether a flag of severity warning or error points at the cell; `calm`: no such flag
- `proved`, `unproved`: its status; `place`: the code its row resolves to
- `one`: the only flags there are, each a cell's (or of running text: null, null) and its `expected` (null: any)
- `kinds`: kinds of flags there must be; `count`: the only kind there is, and how often
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from model.document import Document, Source
from model.flag import Flag
from model.table import Cell
from normalize.unicode import fold
from pipeline.document import read_document
from pipeline.settings import Settings

FOLDER = Path(__file__).with_name("figures")
CASES: dict[str, dict[str, Any]] = json.loads((FOLDER / "expect.json").read_text("utf8"))
Spot = tuple[str, Cell]


def spots(document: Document, row: str, column: str) -> Iterator[Spot]:
    """The cells that a case names, with their table."""
    for table in document.tables:
        for line in table.body:
            if not any(fold(row) in (fold(c.text), fold(c.raw)) for c in line):
                continue
            for cell in line:
                path = fold(" / ".join(table.columns[cell.col].path))
                if str(cell.col) == column[1:] if column.startswith("#") else fold(column) in path:
                    yield table.table_id, cell


def spot(document: Document, row: str, column: str) -> Spot:
    found = next(spots(document, row, column), None)
    assert found is not None, f"no cell {row} / {column}"
    return found


def standing(document: Document) -> list[Flag]:
    return [f for f in document.flags if f.severity != "info"]


def flagged(document: Document, row: str, column: str) -> bool:
    table, cell = spot(document, row, column)
    places = [(f.table_id, f.row, f.col) for f in standing(document)]
    return (table, cell.row, cell.col) in places or (table, cell.row, None) in places


def amount(cell: Cell) -> Decimal | None:
    return cell.value.amount if cell.value is not None else None


@pytest.fixture(scope="module")
def read() -> dict[str, Document]:
    """Every case, read once."""
    return {name: read_document(Source(name, name, str(FOLDER / name)), Settings()) for name in CASES}


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_a_small_report_says(read: dict[str, Document], name: str) -> None:
    document, case = read[name], CASES[name]
    for row, column, right in case.get("cells", ()):
        found = amount(spot(document, row, column)[1])
        assert found == (Decimal(right) if right else None), f"{row} / {column}"
    for row, column, right in case.get("unit", ()):
        value = spot(document, row, column)[1].value
        assert value is not None
        assert value.unit == right, f"{row} / {column}"
    for row, column, right in case.get("text", ()):
        assert spot(document, row, column)[1].text.strip() == right
    for row, column, low, high in case.get("range", ()):
        ends = spot(document, row, column)[1].interval
        assert ends is not None
        assert (ends.low.amount, ends.high.amount) == (Decimal(low), Decimal(high))
    for row, code in case.get("place", ()):
        _, cell = spot(document, row, "#0")
        units = (m.unit for _, found in document.places for m in found if m.row == cell.row)
        codes = {unit.code for unit in units if unit is not None}
        assert codes == ({code} if code else set())


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_a_small_report_proves_and_flags(read: dict[str, Document], name: str) -> None:
    document, case = read[name], CASES[name]
    for row, column in case.get("proved", ()):
        assert spot(document, row, column)[1].status == "proved", f"{row} / {column}"
    for row, column in case.get("unproved", ()):
        assert spot(document, row, column)[1].status != "proved", f"{row} / {column}"
    for row, column in case.get("flagged", ()):
        assert flagged(document, row, column), f"{row} / {column}"
    for row, column in case.get("unflagged", ()):
        assert not flagged(document, row, column), f"{row} / {column}"
    said = [f.kind for f in standing(document)]
    assert set(case.get("kinds", ())) <= set(said)
    for kind, times in case.get("count", ()):
        assert said == [kind] * times
    if "one" in case:
        told = {(f.table_id, f.row, f.col): f.expected for f in standing(document)}
        assert len(standing(document)) == len(told) == len(case["one"]), standing(document)
        for row, column, expected in case["one"]:
            table_id, cell = spot(document, row, column) if row else ("", None)
            place = (table_id, cell.row, cell.col) if cell else next(iter(told))
            assert place in told, f"{row} / {column}"
            assert expected is None or told[place] == expected
    if case.get("calm"):
        assert [f.message for f in standing(document)] == []
