"""Columns decide how their cells are read: roles, units, the decimal mark, values.

`type_columns` takes tables of strings and gives tables of values. First each column's role and unit are told
(`roles`, `names`), and each row's unit (`rows`); then the figures, and figures only, say which decimal mark
the document and each table use (`marks`); then each cell is read through what its column and row say
(`readings`, `values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.table import Cell, Column, Table
from model.value import DecimalMark
from normalize.columns.marks import House, house_of, house_of_bare, house_of_plain, together
from normalize.columns.readings import Kinds, kinds_of, lenses, settled
from normalize.columns.roles import describe, is_figure
from normalize.columns.rows import row_units
from normalize.columns.spaced import groups_with_blanks
from normalize.columns.texts import ColumnTexts
from normalize.columns.values import FIGURE_ROLES, prints_losses, type_column
from normalize.unicode import has_digit

__all__ = ["table_mark", "type_columns"]

_TABLE_FIGURES = 3.0  # clear figures a table needs before its own mark stands against the document's
_CLEARLY = 4  # times as many for its own mark as against it
_SPOKEN = re.compile(
    r"(?<!\d)\d[\d.,]{0,30}\d(?=\s*(?:%|điểm|đồng|triệu|tỷ|nghìn|hồ sơ|người|hộ|tấn|ha\b|/\d+ điểm))",
    re.IGNORECASE,
)
_WORDS: dict[DecimalMark, str] = {",": "dấu phẩy", ".": "dấu chấm"}


def type_columns(tables: Sequence[Table], prose: Sequence[str] = ()) -> tuple[tuple[Table, ...], DecimalMark]:
    """Tables with roles, units and values, and the document's decimal mark.

    `prose` is the document's other text: figures before a unit word in it speak for the mark too.
    """
    described = [_described(table) for table in tables]
    document = together([*(d.house for d in described), house_of(_spoken(prose))])
    mark = document.mark()
    document = together([document, *(_settled(d.kinds, d.house, document) for d in described)])
    blanks = groups_with_blanks([cell for d in described for cell in _ruled_figures(d.table)])
    return tuple(_type_table(d, document, mark, blanks) for d in described), mark


def _ruled_figures(table: Table) -> Iterator[Cell]:
    """The cells of a ruled table's columns of figures."""
    figures = [c.index for c in table.columns if c.role in FIGURE_ROLES] if table.kind == "ruled" else []
    return (row[index] for row in table.body for index in figures)


def _spoken(texts: Sequence[str]) -> list[str]:
    return [figure for text in texts if has_digit(text) for figure in _SPOKEN.findall(text)]


@dataclass(frozen=True, slots=True)
class _Described:
    """A table whose columns have roles and units, its columns' texts, what its figures say of the marks, and
    its figures by kind."""

    table: Table
    texts: tuple[ColumnTexts, ...]
    house: House
    kinds: tuple[Kinds, ...]


def _described(table: Table) -> _Described:
    """A table's columns described, one after another: what is told of a column's texts is asked again and
    again, and a large table's are more than can be remembered."""
    units = row_units(table)
    columns: list[Column] = []
    houses: list[House] = []
    kinds: list[Kinds] = []
    all_texts = tuple([ColumnTexts(table, col) for col in range(table.n_cols)])
    for col, texts in enumerate(all_texts):
        column = describe(table, col, texts)
        columns.append(column)
        houses.append(_column_house(texts, column))
        kinds.append(kinds_of(table, column, units, texts))
    return _Described(replace(table, columns=tuple(columns)), all_texts, together(houses), tuple(kinds))


def _column_house(texts: ColumnTexts, column: Column) -> House:
    """What a column's figures say of the marks: cells of figures, and figures with a unit in words. Ordinals,
    codes, dates and names of papers are no figures."""
    filled = texts.filled
    if column.role in FIGURE_ROLES or column.role == "ratio":
        if texts.plain:
            return house_of_plain(filled)
        amounts = column.unit in ("count", "money_vnd")
        if texts.bare:
            return house_of_bare(filled, amounts)
        figures = filled if texts.numbers else [t for t in filled if not t.isdecimal() and is_figure(t)]
        return house_of(figures, amounts=amounts)
    return house_of(_spoken(filled)) if column.role in ("label", "note") else House()


def table_mark(own: House, document: DecimalMark) -> DecimalMark:
    """The decimal mark of one table: its own when at least three figures and four in five say so."""
    mark = own.mark(document)
    for_it, against = own.speaks(mark), own.speaks(document)
    return mark if for_it >= _TABLE_FIGURES and for_it >= _CLEARLY * against else document


def _settled(kinds: Sequence[Kinds], own: House, document: House) -> House:
    """What a table's columns without doubt say to those of other tables; nothing where it has a mark of its
    own."""
    if table_mark(own, document.mark()) != document.mark():
        return House()
    return settled(kinds, document)


def _type_table(described: _Described, document: House, document_mark: DecimalMark, blanks: bool) -> Table:
    table, own = described.table, described.house
    mark = table_mark(own, document_mark)
    house = own if mark != document_mark else document
    read = lenses(described.kinds, house, mark)
    losses = prints_losses(table, table.columns)
    typed = [
        type_column(table, column, texts, lens, losses, blanks)
        for column, texts, lens in zip(table.columns, described.texts, read)
    ]
    body = zip(*typed, strict=True) if typed else table.body
    rows = [*table.rows[: table.header_rows], *body]
    notes = table.notes
    if mark != document_mark:
        notes = (*notes, f"Bảng này dùng {_WORDS[mark]} thập phân, khác phần còn lại của văn bản.")
    return replace(table, rows=tuple(rows), notes=notes)
