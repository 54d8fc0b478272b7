"""A cell's reading as a reviewer puts it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from model.document import Document
from model.table import Cell, Table
from model.value import REVIEW, DecimalMark, Repair, Value
from normalize.dates import parse_date
from normalize.numbers import parse_like, parse_quantity, parse_range
from pipeline.run.carried import CellKey

_EITHER = re.compile(r"[-+(]?[1-9]\d{0,2}([.,])\d{3}[)%]?")  # thousands, or a figure with three decimals
_LEAST_PEERS = 3  # sure figures that say which


def typed(cell: Cell, mark: DecimalMark, text: str, why: str) -> Cell:
    """The cell saying `text`, read as its figures are; its way there is recorded."""
    value = value_of(cell, mark, text)
    if value is not None and cell.value is not None:
        value = replace(value, unit=value.unit or cell.value.unit)
    if cell.is_header:
        value = None
    return replace(
        cell,
        text=text,
        value=value,
        interval=None if value else parse_range(text, mark),
        date=parse_date(text),
        status="repaired",
        confidence=1.0,
        repairs=(*cell.repairs, Repair(REVIEW, cell.text, text, why)),
    )


def value_of(cell: Cell, mark: DecimalMark, text: str) -> Value | None:
    """The number that a text says in a cell: by the convention of what was read there, where that was not in
    doubt; else by the document's (`3, 344` for 3,844 says nothing of its marks)."""
    if cell.value is not None and cell.status != "doubtful":
        return parse_like(text, cell.value, mark)
    return parse_quantity(text, mark)


def settled(table: Table, cell: Cell) -> Cell:
    """A cell of which a reviewer said that it was read rightly, in doubt no more. `1,980` in a column that
    was read badly may have been taken for 1.98: where all sure figures of the table that look so are
    thousands (or all have three decimals), it is what they are."""
    if cell.status != "doubtful":
        return cell
    return replace(cell, status="read", confidence=1.0, value=_as_the_table_reads(table, cell))


def _as_the_table_reads(table: Table, cell: Cell) -> Value | None:
    own = _EITHER.fullmatch(cell.text.strip())
    if own is None or cell.value is None:
        return cell.value
    peers = [
        c.value.decimals
        for line in table.body
        for c in line
        if c.value is not None and c.status != "doubtful" and (c.row, c.col) != (cell.row, cell.col)
        if (found := _EITHER.fullmatch(c.text.strip())) is not None and found[1] == own[1]
    ]
    if len(peers) < _LEAST_PEERS or len(set(peers)) > 1 or peers[0] == cell.value.decimals:
        return cell.value
    is_group = peers[0] == 0
    comma = own[1] == ","
    mark: DecimalMark = "," if comma != is_group else "."
    value = parse_quantity(cell.text, mark, thousandths=not is_group)
    return replace(value, unit=value.unit or cell.value.unit) if value is not None else cell.value


def rivals_of(cell: Cell) -> list[str]:
    """Other readings of a cell, each once, the likeliest first: a figure that a narrow cell broke over its
    lines in one piece, then what the readers had besides."""
    told = [cell.text, *(a.text for a in sorted(cell.alternatives, key=lambda a: a.cost))]
    whole = [_whole(text) for text in told]
    return [t for t in dict.fromkeys(whole) if t and t != cell.text]


def _whole(text: str) -> str:
    """A reading on one line: words apart, the pieces of a figure together."""
    return " ".join(text.split()) if any(ch.isalpha() for ch in text) else "".join(text.split())


def confirmed(document: Document, cells: Collection[CellKey]) -> Document:
    """The document with every cell of which a reviewer said that it was read rightly in doubt no more."""
    if not cells:
        return document
    tables = tuple(
        replace(
            table,
            rows=tuple(
                tuple(
                    replace(cell, status="read", confidence=1.0)
                    if cell.status == "doubtful" and (table.table_id, cell.row, cell.col) in cells
                    else cell
                    for cell in row
                )
                for row in table.rows
            ),
        )
        for table in document.tables
    )
    return replace(document, tables=tables)
