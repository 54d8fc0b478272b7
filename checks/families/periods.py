"""Periods whose days stand in two columns (`Từ ngày`, `Đến ngày`): none ends before it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from model.document import Document
from model.flag import Flag
from model.table import Cell, Table
from normalize.dates import PrintedDate, find_dates
from normalize.unicode import fold

CHECK = "date order"
_FIRST = re.compile(r"^tu\b|\bbat dau\b|\bkhoi cong\b|^ngay (?:tiep )?nhan\b")
_LAST = re.compile(r"^den\b|\bket thuc\b|\bhoan thanh\b|^ngay (?:hen )?tra\b")
_IN_ORDER = 2  # rows that run forwards, at least, and more than run backwards
Pair = tuple[Cell, Cell, PrintedDate, PrintedDate]


def find(document: Document) -> Iterator[Flag]:
    """A flag on the second day of each row that runs backwards, where the table's other rows do not."""
    for table in document.tables:
        for first, last in _columns(table):
            days = list(_days(table, first, last))
            backwards = [pair for pair in days if pair[2].iso > pair[3].iso]
            forwards = len(days) - len(backwards)
            if forwards >= _IN_ORDER and forwards > len(backwards):
                yield from (_flag(table, *pair) for pair in backwards)


def _columns(table: Table) -> list[tuple[int, int]]:
    """The columns that stand side by side and whose heads call them beginning and end."""
    heads = [fold(column.path[-1]) if column.path else "" for column in table.columns]
    return [
        (col, after)
        for col, after in pairwise(range(len(heads)))
        if _FIRST.search(heads[col]) and _LAST.search(heads[after])
    ]


def _days(table: Table, first: int, last: int) -> Iterator[Pair]:
    for row in table.body:
        begun, ended = row[first], row[last]
        one, two = _day(find_dates(begun.text)), _day(find_dates(ended.text))
        if one is not None and two is not None:
            yield begun, ended, one, two


def _day(found: Sequence[PrintedDate]) -> PrintedDate | None:
    """The one day of a cell, where the calendar has it."""
    return found[0] if len(found) == 1 and found[0].exists else None


def _flag(table: Table, begun: Cell, ended: Cell, one: PrintedDate, two: PrintedDate) -> Flag:
    return Flag(
        "date",
        "warning",
        f"Kỳ từ {one.text} đến {two.text} chạy ngược: ngày đầu sau ngày cuối.",
        table.table_id,
        ended.row,
        ended.col,
        ended.page,
        ended.box,
        ended.text,
        context=begun.text,
        check=CHECK,
    )
