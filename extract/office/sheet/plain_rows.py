"""The rows of a sheet's part as programs write most of them, told by expressions instead of a parser of XML.

A large sheet is a hundred thousand times the same few elements: a parser makes records of each and all they
hold. Rows that are written in the plainest way, which is any well-formed XML's only reading, are cut here at
once; every other row is parsed by itself, and a sheet with anything else among its rows is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from extract.office.package import parse_xml

_OPENS, _CLOSES = b"<sheetData>", b"</sheetData>"
_ROOT = re.compile(rb"<worksheet(?:\s[^<>]*)?>")
_UTF_8 = re.compile(
    rb"<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])?(?: standalone=[\"']\w+[\"'])?\s*\?>",
    re.IGNORECASE,
)
_ATTRIBUTE = (
    rb" (?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb"|x14ac:dyDescent)=\"[^\"<&>\x00-\x1f]*\""
)
_ROW = re.compile(rb"<row((?:" + _ATTRIBUTE + rb")*)(/?)>")
_ROW_BEGINS, _ROW_ENDS = b"<row", b"</row>"
_GIVEN = re.compile(r" ([\w:]+)=\"([^\"]*)\"")
_NOT_CORE = "x14ac"  # the one prefix above, which the sheet's root must declare
_TEXT = "[^<&>\x00-\x1f\ufffe\uffff]{1,1000}"  # what stands for nothing but itself
_CELL = re.compile(
    '<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?'
    f'(?: t="inlineStr"><is><t>({_TEXT})</t></is></c>'
    f'|(?: t="(n|s|b|e|str)")?(?:/>|>(?:<f(?: aca="(?:false|true)")?>({_TEXT})</f>)?<v>({_TEXT})</v></c>))'
)
_PIECES = _CELL.groups + 1  # of a row parted at its cells: what stands before each, and its groups


class PlainCell(NamedTuple):
    """A cell as written: its column's letters; its style, text, kind, formula and value where they are."""

    letters: str
    style: str | None
    text: str | None
    kind: str | None
    formula: str | None
    value: str | None


class _Span(NamedTuple):
    """Where a row begins and ends, what it says of itself, and where what it holds begins and ends."""

    begin: int
    end: int
    said: bytes
    inner: int
    behind: int


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row: its number as written, whether it is hidden, its cells as `PlainCell` lists their parts."""

    number: str | None
    hidden: str | None
    cells: Iterator[tuple[str, str | None, str | None, str | None, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A sheet's part: `rest` is all of it but its rows, a well-formed part where the whole was one."""

    name: str
    data: bytes
    rest: bytes
    spans: list[_Span]

    def each(self) -> Iterator[PlainRow | Any]:
        """The rows in order, one that is not plain as an element. Raises DamagedFileError."""
        root = _ROOT.search(self.rest)
        opens = root.group() if root else b""
        declared = f"xmlns:{_NOT_CORE}=".encode() in opens
        for span in self.spans:
            row = _plain(self.data, span, declared)
            if row is not None:
                yield row
            else:
                whole = self.data[span.begin : span.end]
                yield parse_xml(opens + whole + b"</worksheet>", self.name)[0]


def rows_of(data: bytes, name: str) -> Rows | None:
    """The rows of a part, None where something else is among them or they can't be told from it."""
    start, end = data.find(_OPENS), data.rfind(_CLOSES)
    root = _ROOT.search(data, 0, max(start, 0))
    first = start + len(_OPENS)
    if end < first or root is None or (data[: root.start()].strip() and not _UTF_8.match(data)):
        return None
    odd = any(data.find(sign, root.end()) >= 0 for sign in (b"<!", b"<?"))
    if odd or data.find(_OPENS, first) >= 0 or data.find(b"<cols", end) >= 0:
        return None
    spans = list(_spans(data, first, end))
    at = first
    for span in spans:
        if span.begin != at and data[at : span.begin].strip():
            return None
        at = span.end
    if data[at:end].strip():
        return None
    return Rows(name, data, data[:first] + data[end:], spans)


def _spans(data: bytes, at: int, end: int) -> Iterator[_Span]:
    """The rows between two places, up to the first thing that begins like one and is none."""
    while (at := data.find(_ROW_BEGINS, at, end)) >= 0:
        opened = _ROW.match(data, at, end)
        if opened is None:
            return
        inner, empty = opened.end(), bool(opened[2])
        behind = inner if empty else data.find(_ROW_ENDS, inner, end)
        if behind < 0:
            return
        whole = behind if empty else behind + len(_ROW_ENDS)
        yield _Span(at, whole, opened[1], inner, behind)
        at = whole


def _plain(data: bytes, span: _Span, declared: bool) -> PlainRow | None:
    """A row by its cells; None where it holds anything that is not written plainly."""
    try:
        text, said = data[span.inner : span.behind].decode(), span.said.decode()
    except UnicodeDecodeError:
        return None
    given = _GIVEN.findall(said)
    named = dict(given)
    pieces = _CELL.split(text)
    if len(named) < len(given) or (_NOT_CORE in said and not declared) or any(pieces[::_PIECES]):
        return None
    return PlainRow(
        named.get("r"), named.get("hidden"), zip(*(pieces[n::_PIECES] for n in range(1, _PIECES)))
    )
