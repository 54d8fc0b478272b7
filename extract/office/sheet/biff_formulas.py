"""The formulas of a workbook of Excel 97-2003, which xlrd leaves out: sums, differences and shares as text.

Records and tokens are those of [MS-XLS] (2.4.127 Formula, 2.4.260 ShrFmla, 2.5.198 the tokens). What is not
known for sure gives no formula: other functions, names, other sheets, arrays, older formats.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from xlrd.compdoc import CompDoc, CompDocError

from extract.office.sheet.formulas import LONGEST, Formula, column_name

Place = tuple[int, int]

MOST_FORMULAS = 500_000
"""Formulas of a workbook that are read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOF, EOF = 0x0809, 0x000A  # the records at which a part begins and ends
_SHEET, _FORMULA, _SHARED = 0x0085, 0x0006, 0x04BC
_BIFF8 = 0x0600
_HEAD = struct.Struct("<HH")
_ROW_COLUMN = struct.Struct("<HH")
_FORMULA_HEAD, _FORMULA_LENGTH = 22, 20  # where a formula's tokens, and their length, stand
_SHARED_HEAD, _SHARED_LENGTH = 10, 8
_WORKSHEET = 0
_SIGNS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_BEFORE = {0x12: "+", 0x13: "-"}
_PERCENT, _BRACKET, _ATTRIBUTE, _INTEGER, _NUMBER, _OF_SHARED = 0x14, 0x15, 0x19, 0x1E, 0x1F, 0x01
_FUNCTION, _FUNCTION_OF_MANY, _CELL, _AREA, _CELL_BY, _AREA_BY = 0x21, 0x22, 0x24, 0x25, 0x2C, 0x2D
_CLASSES = 0x60  # bits of a token that say what its result is used for
_FIRST_CLASSED = 0x20
_SUM_OF_ONE, _SPACE, _ALWAYS_ANEW = 0x10, 0x40, 0x01  # kinds of attributes
_SUM = 4
_TWO_ARGUMENTS = {27: "ROUND", 212: "ROUNDUP", 213: "ROUNDDOWN"}
_RELATIVE_ROW, _RELATIVE_COLUMN, _COLUMN = 0x8000, 0x4000, 0x00FF
_ROWS, _COLUMNS = 0x10000, 0x100


class _UnknownError(Exception):
    """A token whose meaning is not known here."""


@dataclass(slots=True)
class _Sheet:
    """A sheet's formulas as they are stored, by place, and those that cells share, by their first cell."""

    own: dict[Place, bytes] = field(default_factory=dict)
    shared: dict[Place, bytes] = field(default_factory=dict)


def formulas_of(data: bytes) -> list[Mapping[Place, Formula]]:
    """The formulas of each worksheet of a workbook, in its order, by row and column; [] where the file is not
    of Excel 97 or later or is damaged."""
    try:
        stream = workbook_stream(data)
        sheets = [_sheet(stream, at) for at in worksheets(stream)] if stream else []
    except (struct.error, IndexError, ValueError):
        return []
    out: list[Mapping[Place, Formula]] = []
    for sheet in sheets:
        told = {place: _text(sheet, place, tokens) for place, tokens in sheet.own.items()}
        out.append({place: Formula(text) for place, text in told.items() if text})
    return out


def workbook_stream(data: bytes) -> bytes:
    """The stream of records; b"" where there is none."""
    if not data.startswith(_OLE):
        return b""
    try:
        memory, begin, size = CompDoc(data, logfile=io.StringIO()).locate_named_stream("Workbook")
    except (CompDocError, AssertionError, TypeError):
        return b""
    return bytes(memory[begin : begin + size]) if memory is not None else b""


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of the records from a place on, up to the end of the part that begins there."""
    depth = 0
    while at + _HEAD.size <= len(stream):
        kind, size = _HEAD.unpack_from(stream, at)
        body = stream[at + _HEAD.size : at + _HEAD.size + size]
        depth += (kind == BOF) - (kind == EOF)
        yield kind, body
        if depth <= 0:
            return
        at += _HEAD.size + size


def worksheets(stream: bytes) -> list[int]:
    """Where the worksheets begin."""
    found: list[int] = []
    for kind, body in records(stream, 0):
        if kind == BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            return []
        if kind == _SHEET and body[5] == _WORKSHEET:
            found.append(struct.unpack_from("<I", body)[0])
    return found


def _sheet(stream: bytes, at: int) -> _Sheet:
    sheet = _Sheet()
    last: Place = (0, 0)
    for kind, body in records(stream, at):
        if kind == _FORMULA and len(sheet.own) < MOST_FORMULAS:
            last = _ROW_COLUMN.unpack_from(body)
            sheet.own[last] = _tokens(body, _FORMULA_HEAD, _FORMULA_LENGTH)
        elif kind == _SHARED:
            sheet.shared[last] = _tokens(body, _SHARED_HEAD, _SHARED_LENGTH)
    return sheet


def _tokens(body: bytes, head: int, length: int) -> bytes:
    size = struct.unpack_from("<H", body, length)[0]
    return body[head : head + size]


def _text(sheet: _Sheet, place: Place, tokens: bytes) -> str:
    """A cell's formula as text; '' where it is not understood."""
    if len(tokens) == 1 + _ROW_COLUMN.size and tokens[0] == _OF_SHARED:
        tokens = sheet.shared.get(_ROW_COLUMN.unpack_from(tokens, 1), b"")
    try:
        return _Reader(tokens, place).text()
    except (_UnknownError, struct.error, IndexError):
        return ""


class _Reader:
    """Reads tokens in their order (operands before what is done with them) into text."""

    def __init__(self, tokens: bytes, place: Place) -> None:
        self._tokens, self._place = tokens, place
        self._at = 0
        self._stack: list[str] = []

    def text(self) -> str:
        """The formula."""
        while self._at < len(self._tokens):
            self._take()
            if sum(map(len, self._stack[-3:])) > LONGEST:
                raise _UnknownError
        if len(self._stack) != 1:
            raise _UnknownError
        return self._stack[0]

    def _next(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self._tokens, self._at)
        self._at += struct.calcsize(form)
        return found

    def _pop(self, count: int) -> list[str]:
        if count < 1 or len(self._stack) < count:
            raise _UnknownError
        taken = self._stack[-count:]
        del self._stack[-count:]
        return taken

    def _take(self) -> None:
        (kind,) = self._next("<B")
        if kind >= _FIRST_CLASSED:
            kind = kind & ~_CLASSES | _FIRST_CLASSED
        if kind in _SIGNS:
            self._stack.append(_SIGNS[kind].join(self._pop(2)))
        elif kind in _BEFORE:
            self._stack.append(_BEFORE[kind] + self._pop(1)[0])
        elif kind in _ACTIONS:
            _ACTIONS[kind](self)
        else:
            raise _UnknownError

    def _attribute(self) -> None:
        kind, _ = self._next("<BH")
        if kind == _SUM_OF_ONE:
            self._stack.append(f"SUM({self._pop(1)[0]})")
        elif kind not in (_SPACE, _ALWAYS_ANEW, _SPACE | _ALWAYS_ANEW):
            raise _UnknownError

    def _function(self) -> None:
        (number,) = self._next("<H")
        if number not in _TWO_ARGUMENTS:
            raise _UnknownError
        self._stack.append(f"{_TWO_ARGUMENTS[number]}({','.join(self._pop(2))})")

    def _function_of_many(self) -> None:
        count, number = self._next("<BH")
        if number != _SUM:
            raise _UnknownError
        self._stack.append(f"SUM({','.join(self._pop(count))})")

    def _cell(self) -> None:
        row, col = self._next("<HH")
        self._stack.append(_name(row, col & _COLUMN))

    def _area(self) -> None:
        top, bottom, left, right = self._next("<HHHH")
        self._stack.append(f"{_name(top, left & _COLUMN)}:{_name(bottom, right & _COLUMN)}")

    def _cell_by(self) -> None:
        row, col = self._next("<HH")
        self._stack.append(self._moved(row, col))

    def _area_by(self) -> None:
        top, bottom, left, right = self._next("<HHHH")
        self._stack.append(f"{self._moved(top, left)}:{self._moved(bottom, right)}")

    def _moved(self, row: int, col: int) -> str:
        """The name of a cell that a shared formula tells by its distance from the cell that uses it."""
        across = col & _COLUMN
        if col & _RELATIVE_ROW:
            row = (self._place[0] + row) % _ROWS
        if col & _RELATIVE_COLUMN:
            across = (self._place[1] + across) % _COLUMNS
        return _name(row, across)

    def _one(self, form: str) -> None:
        (number,) = self._next(form)
        self._stack.append(f"{number:g}" if isinstance(number, float) else str(number))

    def _wrap(self, before: str, behind: str) -> None:
        self._stack.append(f"{before}{self._pop(1)[0]}{behind}")


_ACTIONS: Mapping[int, Callable[[_Reader], None]] = {
    _PERCENT: lambda r: r._wrap("", "%"),
    _BRACKET: lambda r: r._wrap("(", ")"),
    _ATTRIBUTE: _Reader._attribute,
    _INTEGER: lambda r: r._one("<H"),
    _NUMBER: lambda r: r._one("<d"),
    _FUNCTION: _Reader._function,
    _FUNCTION_OF_MANY: _Reader._function_of_many,
    _CELL: _Reader._cell,
    _AREA: _Reader._area,
    _CELL_BY: _Reader._cell_by,
    _AREA_BY: _Reader._area_by,
}


def _name(row: int, col: int) -> str:
    """A cell's name: 0, 27 → AB1."""
    return f"{column_name(col)}{row + 1}"
