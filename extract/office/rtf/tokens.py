"""The bytes of an RTF file as tokens: groups, control words, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<parameter>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)
TokenKind = Literal["open", "close", "word", "symbol", "bytes"]


class Token(NamedTuple):
    """A token: a control word with its parameter (None for none), a control symbol, or bytes of text."""

    kind: TokenKind
    name: str = ""
    parameter: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file. What stands behind `\\bin` is stepped over."""
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        if word := match["word"]:
            parameter = int(match["parameter"]) if match["parameter"] else None
            if word == b"bin" and parameter and parameter > 0:
                at += parameter
                continue
            yield Token("word", word.decode("ascii"), parameter)
        elif match["hex"]:
            yield Token("bytes", data=bytes([int(match["hex"], 16)]))
        elif match["symbol"]:
            yield Token("symbol", match["symbol"].decode("latin-1"))
        elif match["brace"]:
            yield Token("open" if match["brace"] == b"{" else "close")
        elif match["text"]:
            yield Token("bytes", data=match["text"])
