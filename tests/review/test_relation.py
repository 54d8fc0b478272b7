from decimal import Decimal

import pytest

from model.document import Document, Source
from model.flag import read_terms
from model.table import Cell, Table
from model.value import Value
from review.folder import FlagRow
from review.relation import relation_text


def value(text):
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return Value(Decimal(text), len(text.partition(".")[2])) if text[:1].isdigit() else None


def document(rows):
    cells = tuple(
        tuple(Cell(r, c, text, text, value=value(text)) for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    return Document(Source("d", "d.txt", ""), "text", 1, tables=(Table("t01", "", "text", 0, cells),))


def flag(row, col, terms):
    place = ("t01", row, col, 0, None)
    return FlagRow(
        "f", "d", "", *place, "total", "error", "", "", "", "", "", (), "", terms=read_terms(terms)
    )


CASES = [
    ([["70"], ["9"], ["81"]], (2, 0), "+t01:0:0 +t01:1:0 -t01:2:0", "70 + 9 = 79 ≠ 81"),
    ([["70"], ["9"], ["81"]], (2, 0), "+t01:2:0 -t01:0:0 -t01:1:0", "70 + 9 = 79 ≠ 81"),
    ([["70"], ["9"], ["81"]], (1, 0), "+t01:0:0 +t01:1:0 -t01:2:0", "81 − 70 = 11 ≠ 9"),
    ([["70"], ["–"], ["81"]], (2, 0), "+t01:0:0 +t01:1:0 -t01:2:0", "70 + – = 70 ≠ 81"),
    (
        [["1.300,5"], ["800,1"], ["2.200,6"]],
        (2, 0),
        "+t01:0:0 +t01:1:0 -t01:2:0",
        "1.300,5 + 800,1 = 2.100,6 ≠ 2.200,6",
    ),
    (
        [["1300,5"], ["800,1"], ["2200,6"]],
        (2, 0),
        "+t01:0:0 +t01:1:0 -t01:2:0",
        "1300,5 + 800,1 = 2100,6 ≠ 2200,6",
    ),
    ([["40", "80", "55,0"]], (0, 2), "+100*t01:0:0 /+t01:0:1 -t01:0:2", "100 × 40 / 80 = 50,0 ≠ 55,0"),
    ([["40", "80", "55,0"]], (0, 0), "+100*t01:0:0 /+t01:0:1 -t01:0:2", "100 × 40 / 80 = 50,0 ≠ 55,0"),
    (
        [["40", "50", "30", "60,0"]],
        (0, 3),
        "+100*t01:0:0 /+t01:0:1 /+t01:0:2 -t01:0:3",
        "100 × 40 / (50 + 30) = 50,0 ≠ 60,0",
    ),
    ([["có 284 hồ sơ", "280"]], (0, 1), "+t01:0:0=284 -t01:0:1", "284 = 284 ≠ 280"),
    ([["40", "0", "55,0"]], (0, 2), "+100*t01:0:0 /+t01:0:1 -t01:0:2", ""),
    ([["8"]], (0, 0), "", ""),
    ([["8"]], (0, 0), "+t02:0:0 -t01:0:0", ""),
]


@pytest.mark.parametrize(("rows", "at", "terms", "text"), CASES)
def test_the_relation_of_the_terms(rows, at, terms, text):
    assert relation_text(document(rows), flag(*at, terms)) == text
