"""What a workbook of Excel 97-2003 draws on its sheets, which xlrd leaves out: text boxes, charts, pictures,
embedded objects.

Records are those of [MS-XLS] (2.4.181 Obj, 2.4.329 TxO, 2.5.143 FtCmo).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.office.sheet.biff_formulas import BOF, EOF, records, workbook_stream, worksheets
from extract.office.sheet.page_edges import printed

_OBJECT, _TEXT, _CONTINUE, _HEADER, _FOOTER = 0x005D, 0x01B6, 0x003C, 0x0014, 0x0015
_HEAD_OF_EDGE = 3  # bytes before the letters of a header or footer
_HEAD = struct.Struct("<HH")
_COMMON, _EMBEDDED = 0x0015, 0x0009  # parts of an object's record: what it is, what it is a picture of
_CHART, _PICTURE, _NOTE = 0x05, 0x08, 0x19  # kinds of objects
_KIND_AT, _LENGTH_AT = 4, 10  # of an object, and of a text's letters, in their records
_MOST_TEXTS = 2_000


@dataclass(slots=True)
class Drawn:
    """The texts of a sheet's text boxes, the lines of its page's header and footer, and how many charts of
    its cells, pictures and embedded objects it has (by their names in `extract.office.unread`)."""

    texts: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)


def drawings_of(data: bytes) -> list[Drawn]:
    """What each worksheet of a workbook draws, in its order; [] where the file is not of Excel 97 or later or
    is damaged."""
    try:
        stream = workbook_stream(data)
        return [_drawn(stream, at) for at in worksheets(stream)] if stream else []
    except (struct.error, IndexError, ValueError):
        return []


def _drawn(stream: bytes, at: int) -> Drawn:
    drawn, depth, kind_of_object = Drawn(), 0, 0
    own = list(_own(stream, at))
    for n, (kind, body) in enumerate(own):
        depth += (kind == BOF) - (kind == EOF)
        if kind == _OBJECT:
            kind_of_object, embedded = _told(body)
            if kind_of_object == _CHART:
                drawn.seen["drawn"] += 1
            elif kind_of_object == _PICTURE:
                drawn.seen["objects" if embedded else "pictures"] += 1
        elif kind in (_HEADER, _FOOTER) and len(body) > _HEAD_OF_EDGE:
            (length,) = struct.unpack_from("<H", body)
            drawn.edges += printed(_text([body[2:]], length))
        elif kind == _TEXT and kind_of_object != _NOTE and len(drawn.texts) < _MOST_TEXTS:
            (length,) = struct.unpack_from("<H", body, _LENGTH_AT)
            text = _text([more for _, more in _continued(own, n)], length).strip()
            drawn.texts += [text] if text else []
    return drawn


def _own(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """A sheet's records without those of the charts on it."""
    depth = 0
    for kind, body in records(stream, at):
        depth += kind == BOF
        if depth == 1:
            yield kind, body
        depth -= kind == EOF


def _continued(own: list[tuple[int, bytes]], at: int) -> Iterator[tuple[int, bytes]]:
    """The records that go on with one."""
    for kind, body in own[at + 1 :]:
        if kind != _CONTINUE:
            return
        yield kind, body


def _told(body: bytes) -> tuple[int, bool]:
    """What kind of object a record is, and whether it is a picture of what is embedded."""
    kind, embedded, at = 0, False, 0
    while at + _HEAD.size <= len(body):
        part, size = _HEAD.unpack_from(body, at)
        if part == _COMMON:
            (kind,) = struct.unpack_from("<H", body, at + _KIND_AT)
        embedded = embedded or (part == _EMBEDDED and size > 0)
        at += _HEAD.size + size
    return kind, embedded


def _text(pieces: list[bytes], length: int) -> str:
    """So many letters of a text that stands in pieces, each of letters of one byte or of two."""
    text = ""
    for piece in pieces:
        if len(text) >= length or not piece:
            break
        text += piece[1:].decode("utf-16-le" if piece[0] & 1 else "latin-1", "replace")
    return text[:length].replace("\r", "\n")
