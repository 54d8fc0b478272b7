"""The columns of cells.csv. A large sheet has a hundred thousand cells with thirty texts each, most of which
are one text for all or a few: column by column they are told in a third of the time and memory of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter

from emit.escape import escape, join_list
from emit.texts import NO_BOX, NO_ENDS, Column, box_texts, column_of, end_texts, number_text, plain_texts
from model.place import PlaceMention
from model.table import Cell, Table
from model.table import Column as TableColumn

_NO_ANCHOR = (-1, -1)


def row_label(row: Sequence[Cell], table: Table) -> str:
    """What a row is about: its place, else its label, else its first cell with words in it."""
    return _row_label(row, _naming_columns(table))


def _naming_columns(table: Table) -> tuple[frozenset[int], frozenset[int]]:
    """The columns of places, and those of labels."""
    places, labels = (
        frozenset(c.index for c in table.columns if c.role == role) for role in ("place", "label")
    )
    return places, labels


def _row_label(row: Sequence[Cell], naming: Sequence[frozenset[int]]) -> str:
    for columns in naming:
        for cell in row if columns else ():
            if cell.col in columns and cell.text.strip():
                return cell.text
    for cell in row:
        if cell.value is None and any(c.isalpha() for c in cell.text):
            return cell.text
    return ""


def cell_columns(tables: Sequence[Table], places: Mapping[str, Iterable[PlaceMention]]) -> list[Column]:
    """The columns of cells.csv behind doc_id, of all tables in their order; none where there is no cell."""
    filled = [table for table in tables if table.n_rows and table.n_cols]
    counts = [sum(map(len, table.rows)) for table in filled]
    of_tables = [_columns_of(table, places.get(table.table_id, ())) for table in filled]
    return [_joined(parts, counts) for parts in zip(*of_tables, strict=True)]


def _joined(parts: Sequence[Column], counts: Sequence[int]) -> Column:
    """Columns of tables under each other."""
    first = parts[0]
    if len(parts) == 1 or (isinstance(first, str) and all(part == first for part in parts)):
        return first
    spread = (repeat(part, n) if isinstance(part, str) else part for part, n in zip(parts, counts))
    return list(chain.from_iterable(spread))


def _columns_of(table: Table, mentions: Iterable[PlaceMention]) -> list[Column]:
    """A table's columns, in the order of `columns.CELLS`."""
    cells = [cell for row in table.rows for cell in row]
    others = _others(table)
    widths = [len(row) for row in table.rows]
    codes = {m.row: m.unit.code for m in mentions if m.unit is not None}
    kinds = table.row_kinds
    texts = [text if (text := cell.text).isalnum() else escape(text) for cell in cells]
    raw = [text if cell.raw == cell.text else escape(cell.raw) for cell, text in zip(cells, texts)]
    values = iter(plain_texts([value for cell in cells if (value := cell.value) is not None]))
    return [
        table.table_id,
        _by_row(map(str, range(table.n_rows)), widths),
        column_of(cells, "col", str),
        column_of(cells, "is_header", _truth),
        texts,
        texts if raw == texts else raw,
        [cell.date if cell.value is None else next(values) for cell in cells],
        _seconds(cells, others),
        *_of_columns(table, cells),
        *_of_rows(table, cells, widths, codes),
        column_of(cells, "page", lambda page: str(page) if page else ""),
        *_boxes(cells),
        column_of(cells, "confidence", number_text),
        column_of(cells, "status", str),
        _few(cells, others, "repairs", lambda cell: escape(join_list([str(r) for r in cell.repairs]))),
        column_of(cells, "proofs", str),
        _by_row((kinds[r] if r < len(kinds) else "" for r in range(table.n_rows)), widths),
        column_of(cells, "sure", _truth),
        _few(cells, others, "alternatives", lambda cell: escape(_alternatives(cell))),
        _anchors(cells) if any(_anchors(others)) else "",
        *_ends(cells, others),
    ]


def _others(table: Table) -> Sequence[Cell]:
    """The cells that may say more than their figure: all but those of columns of plain ones."""
    header = chain.from_iterable(table.rows[: table.header_rows])
    return [*header, *chain.from_iterable(map(table.column_values, table.other_columns))]


def _anchors(cells: Sequence[Cell]) -> list[str]:
    """Where the cells that repeat another stand."""
    return [
        "" if (at := cell.anchor) == _NO_ANCHOR or at == (cell.row, cell.col) else f"{at[0]}:{at[1]}"
        for cell in cells
    ]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _by_row(texts: Iterable[str], widths: Sequence[int]) -> list[str]:
    """A text a row, for each of its cells."""
    return list(chain.from_iterable(map(repeat, texts, widths)))


def _few(cells: Sequence[Cell], others: Sequence[Cell], field: str, shown: Callable[[Cell], str]) -> Column:
    """A column of which few cells say something: those (all among `others`) whose `field` is not empty."""
    if not any(map(attrgetter(field), others)):
        return ""
    said = list(map(attrgetter(field), cells))
    return [shown(cell) if told else "" for cell, told in zip(cells, said)]


def _seconds(cells: Sequence[Cell], others: Sequence[Cell]) -> Column:
    """The second figures of fractions."""
    if all(cell.value is None or cell.value.of is None for cell in others):
        return ""
    of = [value.of if (value := cell.value) is not None else None for cell in cells]
    return ["" if second is None else format(second, "f") for second in of]


def _of_columns(table: Table, cells: Sequence[Cell]) -> tuple[Column, Column, Column]:
    """The unit of each cell, the role of its column and what that is called."""
    known: list[TableColumn | None] = [*table.columns, *repeat(None, table.n_cols - len(table.columns))]
    named = [(c.role, escape(c.name)) if c else ("", "") for c in known]
    units = [c.unit if c else "" for c in known]
    return (
        [
            (value.unit or units[cell.col]) if (value := cell.value) is not None else _unit(cell, units)
            for cell in cells
        ],
        [named[cell.col][0] for cell in cells],
        [named[cell.col][1] for cell in cells],
    )


def _unit(cell: Cell, units: Sequence[str]) -> str:
    """The unit of a cell without a value."""
    if cell.interval is not None:
        return cell.interval.high.unit or units[cell.col]
    return "date" if cell.date else ""


def _of_rows(
    table: Table, cells: Sequence[Cell], widths: Sequence[int], codes: Mapping[int, str]
) -> tuple[Column, Column]:
    """What each cell's row is about, and the code of its place; headers are about nothing."""
    naming = _naming_columns(table)
    labels = _by_row((escape(_row_label(row, naming)) for row in table.rows), widths)
    places = _by_row((codes.get(r, "") for r in range(table.n_rows)), widths) if codes else []
    return (
        ["" if cell.is_header else label for cell, label in zip(cells, labels)],
        ["" if cell.is_header else code for cell, code in zip(cells, places)] if codes else "",
    )


def _boxes(cells: Sequence[Cell]) -> tuple[Column, ...]:
    boxes = [cell.box for cell in cells]
    if not any(boxes):
        return NO_BOX
    return tuple(map(list, zip(*map(box_texts, boxes))))


def _ends(cells: Sequence[Cell], others: Sequence[Cell]) -> tuple[Column, ...]:
    if not any(cell.interval for cell in others):
        return NO_ENDS
    ranges = [cell.interval for cell in cells]
    return tuple(map(list, zip(*map(end_texts, ranges))))


def _alternatives(cell: Cell) -> str:
    return json.dumps(
        [[a.text, round(a.cost, 3), a.engine] for a in cell.alternatives],
        ensure_ascii=False,
        separators=(",", ":"),
    )
