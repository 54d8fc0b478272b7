"""Edits of a person put into a document: a changed text is read anew, a changed value wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from emit.spreadsheet import decimal_of
from model.document import Document, Outcome
from model.errors import EditedSetError
from model.table import Cell, Column, Table
from model.value import REVIEW, DecimalMark, Repair, Value
from normalize.dates import parse_date
from normalize.numbers import NONE_MARKS, parse_like, parse_quantity, parse_range
from pipeline.run.edits import Edit

BY_HAND = "sửa tay"
_GROUP = 3  # digits after a comma that may be a group of thousands


def with_edits(document: Document, edits: Sequence[Edit]) -> Document:
    """The document as edited. An edit of one position of a cell that spans several holds for all of them.

    Raises EditedSetError for an edit that would blank a figure or that is no number where one is needed, and
    for two edits of one cell that differ.
    """
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.table_id, []).append(edit)
    tables = tuple(
        _edited(t, by_table[t.table_id], document.decimal_mark) if t.table_id in by_table else t
        for t in document.tables
    )
    return replace(document, tables=tables)


def _edited(table: Table, edits: Sequence[Edit], mark: DecimalMark) -> Table:
    wanted: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        anchor = _anchor(table.rows[edit.row][edit.col])
        other = wanted.setdefault(anchor, edit)
        if (other.text, other.value) != (edit.text, edit.value):
            raise EditedSetError(
                f"{edit.where}: this cell spans {other.where} too, where another text stands"
            )
    columns = table.columns
    rows = [list(row) for row in table.rows]
    for anchor, edit in wanted.items():
        for row in rows:
            for col, cell in enumerate(row):
                if _anchor(cell) == anchor:
                    row[col] = edited_cell(cell, edit, mark)
                    if cell.is_header:
                        columns = _renamed(columns, col, cell.text, edit.text)
    return replace(table, rows=tuple(map(tuple, rows)), columns=columns)


def _anchor(cell: Cell) -> tuple[int, int]:
    return (cell.row, cell.col) if cell.anchor == (-1, -1) else cell.anchor


def _renamed(columns: tuple[Column, ...], col: int, old: str, new: str) -> tuple[Column, ...]:
    """The columns with a header's new text in the path of the column below it."""
    return tuple(
        replace(
            c, path=tuple(new if part == " ".join(old.split()) or part == old else part for part in c.path)
        )
        if c.index == col
        else c
        for c in columns
    )


def edited_cell(cell: Cell, edit: Edit, mark: DecimalMark) -> Cell:
    """The cell as a person put it right. Raises EditedSetError where that would blank what stood there."""
    text = edit.text if edit.text_changed else cell.text
    if edit.text_changed and not text.strip() and cell.text.strip():
        raise EditedSetError(f"{edit.where}, column text: it is empty now; write - where nothing is printed")
    value, date, interval = cell.value, cell.date, cell.interval
    if edit.text_changed:
        value = parse_like(text, value, mark) if value else parse_quantity(text, mark)
        date, interval = parse_date(text), None if value else parse_range(text, mark)
        if value and cell.value:
            value = replace(value, unit=value.unit or cell.value.unit)
        if cell.is_header:
            value, date, interval = cell.value, cell.date, cell.interval
    if edit.value_changed:
        value, date = _typed(edit, cell)
        interval = None
    lost = cell.value is not None or cell.date or cell.interval is not None
    if (
        lost
        and value is None
        and not date
        and interval is None
        and not _blank(text)
        and not edit.value_changed
    ):
        raise EditedSetError(f"{edit.where}, column text: {text!r} is no number, and {cell.text!r} was one")
    old = cell.text if edit.text_changed else (cell.value.plain() if cell.value else cell.date)
    new = text if edit.text_changed else edit.value
    return replace(
        cell,
        text=text,
        value=value,
        date=date,
        interval=interval,
        status="repaired",
        confidence=1.0,
        repairs=(*cell.repairs, Repair(REVIEW, old, new, BY_HAND)),
    )


def before_edits(outcome: Outcome) -> tuple[Outcome, tuple[Edit, ...]]:
    """An input of a set of which nobody noted what was written, as it must have been, and the edits since.

    A text other than the reading is an edit where no repair says why; so is a value that is not the text's.
    """
    document = outcome.document
    if document is None:
        return outcome, ()
    edits: list[Edit] = []
    tables = tuple(_unedited_table(t, document.decimal_mark, edits) for t in document.tables)
    return replace(outcome, document=replace(document, tables=tables)), tuple(edits)


def _unedited_table(table: Table, mark: DecimalMark, edits: list[Edit]) -> Table:
    rows = []
    for row in table.rows:
        line = []
        for cell in row:
            before, edit = _unedited(cell, table.table_id, mark)
            line.append(before)
            if edit is not None:
                edits.append(edit)
        rows.append(tuple(line))
    return replace(table, rows=tuple(rows))


def _unedited(cell: Cell, table_id: str, mark: DecimalMark) -> tuple[Cell, Edit | None]:
    if cell.repairs or cell.is_header:
        return cell, None
    now = cell.value.plain() if cell.value else cell.date
    read = parse_like(cell.raw, cell.value, mark) if cell.value else None
    text_changed = cell.text != cell.raw
    value_changed = cell.value is not None and read is not None and read.amount != cell.value.amount
    if not text_changed and not value_changed:
        return cell, None
    same_as_text = parse_like(cell.text, cell.value, mark) if cell.value else None
    wins = value_changed and (same_as_text is None or same_as_text.amount != cell.value.amount)  # type: ignore[union-attr]
    edit = Edit(table_id, cell.row, cell.col, 0, cell.text, now, text_changed, wins)
    before = replace(cell, text=cell.raw, value=_read(cell, read, value_changed))
    return before, edit


def _read(cell: Cell, read: Value | None, changed: bool) -> Value | None:
    if not changed or read is None or cell.value is None:
        return cell.value
    return replace(read, unit=read.unit or cell.value.unit)


def _blank(text: str) -> bool:
    return text.strip() in NONE_MARKS


def _typed(edit: Edit, cell: Cell) -> tuple[Value | None, str]:
    """The number or day in the column `value` as typed."""
    text = edit.value.strip()
    if not text:
        if edit.text_changed and _blank(edit.text):
            return None, ""
        raise EditedSetError(
            f"{edit.where}, column value: it is empty now; write - as the text of a cell without one"
        )
    if (day := parse_date(text)) and cell.date:
        return None, day
    number = _number(text)
    if number is None:
        raise EditedSetError(f"{edit.where}, column value: {text!r} is no plain number such as 3744 or 97.88")
    decimals = max(0, -int(number.as_tuple().exponent))
    kept = cell.value or Value(number)
    return replace(kept, amount=number, decimals=decimals), ""


def _number(text: str) -> Decimal | None:
    """`97.88`, or `97,88` as a Vietnamese spreadsheet writes it; `1,204` could be two numbers and is none."""
    if text.count(",") == 1 and "." not in text and len(text.partition(",")[2]) != _GROUP:
        text = text.replace(",", ".")
    return decimal_of(text)
