"""Unicode → legacy encodings, with what was lost on the way: for round trips and for samples."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from normalize.encodings import mojibake
from normalize.encodings.evidence import Encoding
from normalize.encodings.tables import from_table, to_table, to_viqr


@dataclass(frozen=True, slots=True)
class Encoded:
    """`text` shows the legacy bytes as Windows-1252 does; `readable` is what a reader gets back at best:
    the input, but for the capitals that the encoding prints with small letters' codes."""

    text: str
    readable: str


def encode_text(text: str, encoding: Encoding) -> Encoded:
    """`text` in a legacy encoding. Characters that are no Vietnamese letters stand as they are."""
    composed = unicodedata.normalize("NFC", text)
    if encoding == "unicode":
        return Encoded(composed, composed)
    if encoding == "mojibake":
        return Encoded(mojibake.make(composed), composed)
    if encoding == "viqr":
        return Encoded(to_viqr(composed), composed)
    legacy = to_table(composed, encoding)
    return Encoded(legacy, from_table(legacy, encoding))
