"""The head of a column of row numbers, misread on bad paper."""

from __future__ import annotations

import pytest

from extract.tables.header import understand
from extract.tables.raw import RawTable
from model.page import GridCell
from model.table import Table
from pipeline.readings import with_ordinals


def table(head: str, firsts: list[str], engine: str = "tesseract") -> Table:
    """A table of two columns whose first is headed by `head`."""
    rows = [(head, "Đơn vị"), *((first, f"Xã {first}") for first in firsts)]
    cells = tuple(
        GridCell(r, c, text, confidence=0.7, engine=engine)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return understand(
        RawTable("", "ruled", len(rows), 2, cells, header_rows=1, row_pages=(1,) * len(rows)), "t01"
    )


@pytest.mark.parametrize(
    ("head", "firsts", "engine", "meant"),
    [
        ("Tr", ["1", "2", "3", "4"], "tesseract", "TT"),
        ("SFT", ["1", "2", "3", "4"], "tesseract", "STT"),
        ("Tr", ["a", "xã", "lẻ", "4"], "tesseract", "Tr"),
        ("Tr", ["1", "2", "3", "4"], "text", "Tr"),
        ("ST T", ["1", "2", "3", "4"], "text", "STT"),
        ("S TT", ["1", "2", "3", "4"], "tesseract", "STT"),
        ("T T", ["1", "2", "3", "4"], "text", "TT"),
        ("Số TT", ["1", "2", "3", "4"], "text", "Số TT"),
        ("ST T", ["a", "xã", "lẻ", "4"], "text", "ST T"),
    ],
)
def test_it_is_mended_over_row_numbers_read_from_ink(
    head: str, firsts: list[str], engine: str, meant: str
) -> None:
    (mended,) = with_ordinals([table(head, firsts, engine)])
    cell = mended.rows[0][0]
    assert cell.text == meant and cell.raw == head and mended.columns[0].path == (meant,)
    assert [repair.old for repair in cell.repairs] == ([head] if meant != head else [])
