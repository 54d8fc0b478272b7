"""A page's contents as objects and operators (PDF 1.7, 7.8.2), as pdfminer has them, in a fifth of its time.

pdfminer reads contents sign by sign, whatever may be in them, which took a third of the time of a page.
Contents as programs write them are of few kinds of words, which one expression tells; where anything else
stands among them (images in line, comments, names with `#`, words that run into each other) all of them are
left to pdfminer, so that what is read is the same for any file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pdfminer.psparser import ESC_STRING, KWD, LIT, PSKeyword, PSLiteral

_WORD = re.compile(
    rb"""\s*(?:
        ([+-]?[0-9]+(?=[\s\[\]()<>/]|\Z))
        | ([+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?=[\s\[\]()<>/]|\Z))
        | ([A-Za-z][A-Za-z0-9*]*(?=[\s\[\]()<>/]|\Z) | ['"])
        | <((?:[0-9A-Fa-f]{2})*)>(?!>)
        | \(([^()\\]*)\)
        | \(((?:[^()\\]|\\[^\r])*)\)
        | /([^\x00-\x20\x7f-\xff\#/%\[\]()<>{}]+)(?=[\s\[\]()<>/]|\Z)
        | (\[) | (\]) | (<<) | (>>)
        | \Z
        | (.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_INTEGER, _REAL, _OPERATOR, _HEX, _STRING, _ESCAPED, _NAME, _ARRAY, _ARRAY_END, _DICT, _DICT_END = range(
    1, 12
)

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_BYTES = 256
_MOST = 16 << 20  # bytes of contents whose objects are held at once: 500 MB at worst; a full page has 0.5 MB
_IN_LINE = frozenset({b"BI", b"ID"})  # of a picture, whose data follow
_TRUTHS = {b"true": True, b"false": False}


class _UnusualError(Exception):
    """What this module leaves to pdfminer."""


def plain_contents(streams: Iterable[bytes]) -> list[Any] | None:
    """The operands and operators (PSKeyword) of a page's content streams in their order, as pdfminer's parser
    gives them; None where it is to be asked. No word goes on from one stream to the next, arrays may."""
    reader, size = _Reader(), 0
    try:
        for data in streams:
            size += len(data)
            if size > _MOST:
                return None
            reader.read(data)
    except _UnusualError:
        return None
    return reader.found if not reader.outer else None


class _Reader:
    """`found` are the objects of the array or dictionary that is open; of the contents where none is: then
    there are no `outer` ones."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self.outer: list[tuple[int, list[Any]]] = []  # what each open one is, and what it stands in

    def read(self, data: bytes) -> None:
        """Read on in one more stream. Raises _UnusualError."""
        found = self.found
        for word in _WORD.finditer(data):
            kind = word.lastindex
            if kind == _HEX:
                found.append(bytes.fromhex(word[_HEX].decode("ascii")))
            elif kind == _INTEGER:
                found.append(int(word[_INTEGER]))
            elif kind == _REAL:
                found.append(float(word[_REAL]))
            elif kind == _OPERATOR:
                found.append(self._operator(word[_OPERATOR]))
            elif kind == _STRING:
                found.append(word[_STRING])
            elif kind == _NAME:
                found.append(LIT(word[_NAME].decode("ascii")))
            elif kind == _ESCAPED:
                found.append(_ESCAPE.sub(_unescaped, word[_ESCAPED]))
            elif kind in (_ARRAY, _DICT):
                self.outer.append((kind, found))
                self.found = found = []
            elif kind in (_ARRAY_END, _DICT_END):
                found = self._closed(kind)
            elif kind is not None:
                raise _UnusualError

    def _operator(self, name: bytes) -> PSKeyword | bool:
        if name in _TRUTHS:
            return _TRUTHS[name]
        if self.outer or name in _IN_LINE:
            raise _UnusualError
        return KWD(name)

    def _closed(self, kind: int) -> list[Any]:
        """The objects round the array or the dictionary that ends, with it."""
        opened, around = self.outer.pop() if self.outer else (0, [])
        if opened + 1 != kind:
            raise _UnusualError
        around.append(self.found if kind == _ARRAY_END else _dictionary(self.found))
        self.found = around
        return around


def _dictionary(objects: list[Any]) -> dict[str, Any]:
    names = objects[::2]
    if len(objects) % 2 or not all(isinstance(name, PSLiteral) for name in names):
        raise _UnusualError
    return {name.name: value for name, value in zip(names, objects[1::2], strict=True)}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    """What an escape stands for (PDF 1.7, table 3); other signs go with their backslash, as in pdfminer."""
    if escape[1] is None:
        code = ESC_STRING.get(escape[2])
        return b"" if code is None else bytes((code,))
    code = int(escape[1], 8)
    if code >= _BYTES:
        raise _UnusualError
    return bytes((code,))
