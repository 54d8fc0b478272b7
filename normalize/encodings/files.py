"""The bytes of a text file → Unicode text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from model.errors import EncodingError
from normalize.encodings.evidence import ENCODINGS, scores
from normalize.encodings.runs import decode_lines
from normalize.encodings.syllables import is_syllable
from normalize.encodings.tables import byte_view
from normalize.encodings.whole import whole_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORDS = re.compile(r"[^\W\d_]+")
# A UTF-8 file with a few broken bytes is still UTF-8; more broken bytes than this and it is something else.
_BROKEN_SHARE = 0.01
_LEAST_RIGHT = 0.3


def decode_bytes(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32 (by mark, or by its zero bytes), Windows-1258, or raw
    TCVN3, VNI, VPS, VISCII, VIQR or Telex bytes. NFC, line ends as `\\n`.
    Raises EncodingError when the bytes are no text in any of them.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return decode_shown(data[len(mark) :].decode(name, errors="replace"))
    if not data:
        return ""
    wide = _wide(data)
    if wide and not _binary(data.decode(wide, errors="replace")):
        return decode_shown(data.decode(wide, errors="replace"))
    if _binary(data.decode("latin-1")):
        raise EncodingError("the file holds binary data, not text")
    try:
        return decode_shown(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", errors="replace")
    high = sum(b >= 0x80 for b in data)
    if loose.count("\ufffd") <= max(1.0, _BROKEN_SHARE * high):
        return decode_shown(loose)
    return _single_byte(data)


def ends_in_a_letter(data: bytes) -> bool:
    """Whether a text in UTF-8 ends amid the bytes of a letter: it was cut off there."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end == len(data) and error.reason == "unexpected end of data"
    return False


def _binary(text: str) -> bool:
    """Whether more than one character in fifty is a control character that text has no use for."""
    return len(_CONTROLS.findall(text)) > len(text) // 50


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of text in Latin letters is zero."""
    if len(data) < 4 or len(data) % 2:
        return ""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    half = min(len(data), 4000) // 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.05 * half else ""


def decode_shown(text: str) -> str:
    """Text whose characters may still be a legacy encoding's code points, or the keys it was typed with."""
    text = text.replace("\r\n", "\n")
    found = "\n".join(d.text for d in decode_lines(text.split("\n")))
    whole = whole_text(text)
    return whole if whole != text and _right(whole) >= _right(found) else found


def _right(text: str) -> float:
    """The share of the words with marks that are Vietnamese syllables.

    Without such words 1, or 0 where a third of the text is signs."""
    marked = [w for w in _WORDS.findall(text) if not w.isascii()]
    if marked:
        return sum(map(is_syllable, marked)) / len(marked)
    return 0.0 if sum(not c.isascii() for c in text) > 0.3 * len(text) else 1.0


def _single_byte(data: bytes) -> str:
    shown = "".join(byte_view(b) for b in data)
    candidates = [decode_shown(shown)]
    try:
        windows = unicodedata.normalize("NFC", data.decode("cp1258"))
        candidates.append(windows.replace("\r\n", "\n"))
    except UnicodeDecodeError:
        pass
    best = max(candidates, key=_right)
    odd_words = sum(scores(w)[ENCODINGS.index("unicode")] < -3 for w in best.split())
    if _right(best) < _LEAST_RIGHT and odd_words > 3:
        raise EncodingError("the file's bytes are in no encoding the program knows")
    return best
