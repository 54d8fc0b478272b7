from decimal import Decimal

import pytest

from model.document import Document, Source
from model.flag import CellRef
from model.table import Cell, Table
from model.value import Value
from review.folder import FlagRow
from review.relation import relation_text


def document(rows):
    cells = tuple(
        tuple(
            Cell(r, c, text, text, value=Value(Decimal(text.replace(",", ".")))) for c, text in enumerate(row)
        )
        for r, row in enumerate(rows)
    )
    return Document(Source("d", "d.txt", ""), "text", 1, tables=(Table("t01", "", "text", 0, cells),))


def flag(row, col, found, expected, cells):
    refs = tuple(CellRef("t01", r, c) for r, c in cells)
    return FlagRow(
        "f", "d", "", "t01", row, col, 0, None, "total", "error", found, expected, "", "", "", refs, ""
    )


@pytest.mark.parametrize(
    ("rows", "at", "found", "expected", "cells", "text"),
    [
        ([["70"], ["9"], ["81"]], (2, 0), "81", "79", [(0, 0), (1, 0)], "70 + 9 = 79 ≠ 81"),
        ([["193", "191", "5"]], (0, 2), "5", "2", [(0, 0), (0, 1)], "193 − 191 = 2 ≠ 5"),
        ([["40", "80", "55,0"]], (0, 2), "55,0", "50,0", [(0, 0), (0, 1)], "100 × 40 / 80 = 50,0 ≠ 55,0"),
        (
            [["9", "4", "5"], ["3", "1", "2"], ["12", "5", "8"]],
            (2, 2),
            "8",
            "7",
            [(0, 2), (1, 2), (2, 0), (2, 1)],
            "5 + 2 = 7 ≠ 8; 12 − 5 = 7 ≠ 8",
        ),
        ([["3", "8"]], (0, 1), "8", "", [(0, 0)], "8 ↔ 3"),
        ([["8"]], (0, 0), "8", "7", [], ""),
    ],
)
def test_relations_in_figures(rows, at, found, expected, cells, text):
    assert relation_text(document(rows), flag(*at, found, expected, cells)) == text
