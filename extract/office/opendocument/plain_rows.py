"""The rows of a spreadsheet's content as LibreOffice writes most of them, told by expressions instead of a
parser of XML (`extract.office.sheet.plain_rows` does the same for .xlsx).

Rows that are written in the plainest way, which is any well-formed XML's only reading, are cut out of the
content; in their place stands an empty row that says which they are. Everything else is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RUN = "extract-rows"
"""What a row says that stands for plain ones: the number of their run."""

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {"table": f"{_SPACE}table:1.0", "office": f"{_SPACE}office:1.0", "text": f"{_SPACE}text:1.0"}
_CALCEXT = b" xmlns:calcext="  # what it binds is of no matter
_UTF_8 = re.compile(rb"<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])?\s*\?>", re.IGNORECASE)
_SAID = r'[^"<&>\x00-\x1f]{0,200}'
_TEXT = r"[^<&>\x00-\x1f]{0,1000}"  # what stands for nothing but itself
_NONE = ("\ufffe", "\uffff")  # signs that no XML holds
_CELL = (
    f'<table:table-cell(?: table:style-name="({_SAID})")?'
    f'(?: office:value-type="({_SAID})"(?: office:currency="{_SAID}")?(?: office:value="({_SAID})")?)?'
    f'(?: calcext:value-type="{_SAID}")?><text:p>({_TEXT})</text:p></table:table-cell>'
    '|<table:table-cell(?: table:number-columns-repeated="([0-9]{1,5})")?/>'
)
_BEGINS, _ENDS = "<table:table-row", "</table:table-row>"
_ANY_CELL = re.sub("[(](?![?])", "(?:", _CELL)
_ROW = re.compile(f'{_BEGINS}(?: table:style-name="{_SAID}")?>(?:{_ANY_CELL})+{_ENDS}'.encode())
_CELLS = re.compile(_CELL)


PlainCell = tuple[str, str, str, str, str]
"""A cell as written: its style, kind, value and text, or, of empty ones, how many they are ('' for one)."""


@dataclass(frozen=True, slots=True)
class Content:
    """A spreadsheet's content: `rest` is all of it but its plain rows, which stand in `data` from place to
    place (`runs`)."""

    rest: bytes
    data: bytes = b""
    runs: tuple[tuple[int, int], ...] = ()

    def rows(self, run: str) -> Iterator[list[PlainCell]]:
        """The cells of each row of a run."""
        begin, end = self.runs[int(run)]
        ends = _ENDS.encode()
        while begin < end:
            behind = self.data.find(ends, begin, end) + len(ends)
            yield _CELLS.findall(self.data[begin:behind].decode())
            begin = behind


def parted(data: bytes) -> Content:
    """The content without its plain rows, and these; the whole where they can't be told from other things."""
    if not _is_told(data):
        return Content(data)
    runs: list[tuple[int, int]] = []
    begins = _BEGINS.encode()
    at = data.find(begins)
    while at >= 0:
        row = _ROW.match(data, at)
        if row is not None and runs and runs[-1][1] == at:
            runs[-1] = runs[-1][0], row.end()
        elif row is not None:
            runs.append(row.span())
        at = data.find(begins, at + 1 if row is None else row.end())
    if not runs:
        return Content(data)
    pieces, last = [], 0
    for number, (begin, end) in enumerate(runs):
        pieces += [data[last:begin], f'{_BEGINS} {RUN}="{number}"/>'.encode()]
        last = end
    return Content(b"".join([*pieces, data[last:]]), data, tuple(runs))


def _is_told(data: bytes) -> bool:
    """Whether rows in the content are what they look like: its prefixes mean what they usually do, and
    neither comments nor instructions stand among them."""
    head = _UTF_8.match(data)
    if head is None or RUN.encode() in data or not _is_text(data):
        return False
    if data.find(b"<!", head.end()) >= 0 or data.find(b"<?", head.end()) >= 0:
        return False
    bound = [f' xmlns:{prefix}="{space}"'.encode() for prefix, space in _SPACES.items()]
    named = [f"xmlns:{prefix}=".encode() for prefix in (*_SPACES, "calcext")]
    root = data[head.end() : data.find(b">", head.end())]
    return all(space in root for space in (*bound, _CALCEXT)) and all(data.count(n) == 1 for n in named)


def _is_text(data: bytes) -> bool:
    """Whether bytes are UTF-8 of signs that XML may hold."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return not any(sign in text for sign in _NONE)
