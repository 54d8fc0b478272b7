"""A document's rows as bytes and back: columns of compressed JSON, for the ledger and the wire.

Most columns of a table's cells hold a handful of texts (`read`, `count`, '') by the thousand, and some are
the same as another (`raw` as `text`). Each text is kept once: that takes a fifth of the time and memory of
rows, and what comes back holds one string for all places of a text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from emit.listed import Listed
from emit.rows import DocumentRows
from emit.texts import Column as Told
from emit.texts import Row

BROKEN_ROWS = (zlib.error, ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What `load_rows` raises on bytes that are not what `dump_rows` wrote."""

FORMAT = 3
"""Of what `dump_rows` writes, noted beside it by whoever keeps it (the first, not noted, had rows)."""

_ROW_LISTS = frozenset({"tables", "cells", "places", "statements", "flags", "observations", "lines", "pages"})
_LONG = frozenset({"cells", "observations"})
_SIGNS = "".join(chr(n) for n in range(0x20, 0x7F) if chr(n) not in '"\\')  # one byte each in JSON
_LEVEL = zlib.Z_BEST_SPEED
_LOOK = 500  # values that tell whether a column holds many texts
_OF, _AT, _EACH = "of", "at", "each"
_BETWEEN = "\x7f"  # no text of the set holds it (`escape`); one long text is written in a tenth of the time

Column = str | int | list[str] | dict[str, Any]
"""One text for all rows; the number of an earlier column that is the same; the text of each row, in a list
or, of a long column, together (`each`); or the texts that occur (`of`), and for each row the sign of its own
(`at`)."""


def dump_rows(rows: DocumentRows, level: int = _LEVEL) -> bytes:
    """`rows` as bytes. Raises ValueError where rows of one file differ in length."""
    return dump_columns(rows, {}, level)


def dump_columns(rows: DocumentRows, columns: Mapping[str, Sequence[Told]], level: int = _LEVEL) -> bytes:
    """The same, some of whose lists are given by their columns (`document_columns`)."""
    parts = {f.name: getattr(rows, f.name) for f in fields(rows)}
    packed = {name: _columns(part) if name in _ROW_LISTS else part for name, part in parts.items()}
    packed |= {name: _packed(told) for name, told in columns.items()}
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8"), level)


def load_rows(data: bytes) -> DocumentRows:
    """The inverse of `dump_rows`; the lists that may be very long are `Listed`."""
    found: dict[str, Any] = json.loads(zlib.decompress(data))
    lists = {name: _listed(part) for name, part in found.items() if name in _ROW_LISTS}
    rows = {name: listed if name in _LONG else tuple(listed) for name, listed in lists.items()}
    return DocumentRows(**(found | rows | {"head": tuple(found["head"])}))


def _columns(rows: Sequence[Row]) -> list[Column]:
    if isinstance(rows, Listed):
        return _packed(rows.columns)
    return _packed([list(values) for values in zip(*rows, strict=True)])


def _packed(told: Sequence[Told]) -> list[Column]:
    columns: list[Column] = []
    listed: dict[int, Sequence[str]] = {}  # columns with the text of each row
    for number, values in enumerate(told):
        column = values if isinstance(values, str) else _column(values)
        if isinstance(column, list):
            same = next((n for n, others in listed.items() if others == values), None)
            if same is None:
                listed[number] = column
            else:
                column = same
        columns.append(_together(column) if isinstance(column, list) else column)
    counts = {len(values) for values in told if not isinstance(values, str)}
    if counts and max(counts) > 1 and all(isinstance(column, str) for column in columns):
        columns[0] = [str(columns[0])] * max(counts)  # some column says how many rows there are
    return columns


def _column(values: list[str]) -> Column:
    if len(set(values[:_LOOK])) > len(_SIGNS):
        return values
    distinct = dict.fromkeys(values)
    if len(distinct) == 1:
        return values[0]
    if len(distinct) > min(len(_SIGNS), len(values) // 2):
        return values
    signs = dict(zip(distinct, _SIGNS))
    return {_OF: list(distinct), _AT: "".join(map(signs.__getitem__, values))}


def _together(values: list[str]) -> Column:
    if len(values) <= _LOOK:
        return values
    text = _BETWEEN.join(values)
    return {_EACH: text} if text.count(_BETWEEN) == len(values) - 1 else values


def _listed(columns: Sequence[Column]) -> Listed:
    spread: list[Told] = []
    for column in columns:
        if isinstance(column, int):
            spread.append(spread[column])
        elif isinstance(column, dict) and _EACH in column:
            spread.append(column[_EACH].split(_BETWEEN))
        elif isinstance(column, dict):
            texts = dict(zip(_SIGNS, column[_OF]))
            spread.append(list(map(texts.__getitem__, column[_AT])))
        else:
            spread.append(column)
    (count,) = {len(values) for values in spread if not isinstance(values, str)} or {bool(columns)}
    return Listed(spread, count)
