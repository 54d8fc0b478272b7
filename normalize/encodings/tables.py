"""The code tables of TCVN3 (TCVN 5712:1993, VN3), VNI (VNI-Win), VPS and VIQR (RFC 1456), both ways.

Legacy text is kept here as a string whose characters are the code points that the encoding's bytes have in
Windows-1252: that is how Word files, PDF text layers and wrongly opened text files show it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VOWELS = "aăâeêioôơuưy"


def _toned(vowel: str) -> tuple[str, ...]:
    """The vowel without tone and with huyền, hỏi, ngã, sắc, nặng."""
    return tuple(unicodedata.normalize("NFC", vowel + mark) for mark in _MARKS)


# Each row: a vowel without tone, then huyền, hỏi, ngã, sắc, nặng; bytes in hex.
_TCVN3_ROWS = {
    "a": "61 b5 b6 b7 b8 b9",
    "ă": "a8 bb bc bd be c6",
    "â": "a9 c7 c8 c9 ca cb",
    "e": "65 cc ce cf d0 d1",
    "ê": "aa d2 d3 d4 d5 d6",
    "i": "69 d7 d8 dc dd de",
    "o": "6f df e1 e2 e3 e4",
    "ô": "ab e5 e6 e7 e8 e9",
    "ơ": "ac ea eb ec ed ee",
    "u": "75 ef f1 f2 f3 f4",
    "ư": "ad f5 f6 f7 f8 f9",
    "y": "79 fa fb fc fd fe",
}
_TCVN3_CAPITALS = {"Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7, "đ": 0xAE}
_VPS_ROWS = {
    "a": "61 e0 e4 e3 e1 e5",
    "ă": "e6 a2 a3 a4 a1 a5",
    "â": "e2 c0 c4 c5 c3 c6",
    "e": "65 e8 c8 eb e9 cb",
    "ê": "ea 8a 8b cd 89 8c",
    "i": "69 ec cc ef ed ce",
    "o": "6f f2 d5 f5 f3 86",
    "ô": "f4 d2 b0 87 d3 b6",
    "ơ": "d6 a9 aa ab a7 ae",
    "u": "75 f9 fb db fa f8",
    "ư": "dc d8 ba bb d9 bf",
    "y": "79 ff 9b cf 9a 9c",
}
# Capitals that VPS has above 0x7F; the others are printed with the small letter's code.
_VPS_CAPITALS = {
    "À": 0x80, "Ả": 0x81, "Ã": 0x82, "Á": 0xC1, "Â": 0xC2, "Ấ": 0x83, "Ầ": 0x84, "Ẩ": 0x85, "Ă": 0x88,
    "Ắ": 0x8D, "Ằ": 0x8E, "Ẳ": 0x8F, "Ẵ": 0xF0, "É": 0xC9, "È": 0xD7, "Ẻ": 0xDE, "Ẽ": 0xFE, "Ê": 0xCA,
    "Ế": 0x90, "Ề": 0x93, "Ể": 0x94, "Ễ": 0x95, "Ó": 0xB9, "Ò": 0xBC, "Ỏ": 0xBD, "Õ": 0xBE, "Ô": 0xD4,
    "Ố": 0x96, "Ồ": 0x97, "Ổ": 0x98, "Ỗ": 0x99, "Ơ": 0xF7, "Ớ": 0x9D, "Ờ": 0x9E, "Ở": 0x9F, "Ỡ": 0xA6,
    "Ú": 0xDA, "Ù": 0xA8, "Ủ": 0xD1, "Ũ": 0xAC, "Ư": 0xD0, "Ứ": 0xAD, "Ừ": 0xAF, "Ử": 0xB1, "Í": 0xB4,
    "Ì": 0xB5, "Ỉ": 0xB7, "Ĩ": 0xB8, "Ý": 0xDD, "Ỳ": 0xB2, "Ỷ": 0xFD, "Ỹ": 0xB3, "Đ": 0xF1, "đ": 0xC7,
}  # fmt: skip
# VNI writes a mark after its letter; a few letters have one code of their own.
_VNI_MARKS = {
    "a": " ø û õ ù ï",
    "ă": "ê è ú ü é ë",
    "â": "â à å ã á ä",
    "e": " ø û õ ù ï",
    "ê": "â à å ã á ä",
    "o": " ø û õ ù ï",
    "ô": "â à å ã á ä",
    "u": " ø û õ ù ï",
}
_VNI_SINGLES = dict(zip("ơưđiìỉĩíịỵ", "ôöñiìæóíòî"))
_VIQR_TONES = dict(zip(_MARKS[1:], "`?~'."))
_VIQR_VOWELS = tuple("aAeEoOuUiIyY")
_VIQR_SHAPES = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+"}


def byte_view(code: int) -> str:
    """The character that byte `code` shows as in Windows-1252 (C1 controls where that has none)."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """`to_unicode`: legacy strings (1 or 2 characters) → letter; `from_unicode`: the way back.

    A letter the encoding lacks stands in `from_unicode` with its small letter's code.
    """

    to_unicode: dict[str, str]
    from_unicode: dict[str, str]


def _single_byte(rows: dict[str, str], capitals: dict[str, int]) -> CodeTable:
    to_unicode: dict[str, str] = {}
    from_unicode: dict[str, str] = {}
    for vowel, codes in rows.items():
        for letter, code in zip(_toned(vowel), codes.split(), strict=True):
            view = byte_view(int(code, 16))
            to_unicode[view] = letter
            from_unicode[letter] = view
            from_unicode[letter.upper()] = letter.upper() if letter in "aeiouy" else view
    for letter, number in capitals.items():
        to_unicode[byte_view(number)] = letter
        from_unicode[letter] = byte_view(number)
    return CodeTable({k: v for k, v in to_unicode.items() if k != v}, from_unicode)


def _vni() -> CodeTable:
    from_unicode: dict[str, str] = {}
    for vowel, marks in _VNI_MARKS.items():
        base = unicodedata.normalize("NFD", vowel)[0]
        for letter, mark in zip(_toned(vowel), marks.split(" "), strict=True):
            from_unicode[letter] = base + mark
    for vowel, base in (("ơ", "ô"), ("ư", "ö"), ("y", "y")):
        for letter, mark in zip(_toned(vowel), _VNI_MARKS["a"].split(" "), strict=True):
            from_unicode[letter] = base + mark
    from_unicode.update(_VNI_SINGLES)
    from_unicode.update({k.upper(): v.upper() for k, v in list(from_unicode.items())})
    to_unicode = {v: k for k, v in from_unicode.items() if k != v}
    for legacy, letter in list(to_unicode.items()):
        if len(legacy) == 2:
            to_unicode[legacy[0] + legacy[1].swapcase()] = letter
    return CodeTable(to_unicode, from_unicode)


@cache
def table(encoding: str) -> CodeTable:
    """The table of `tcvn3`, `vni` or `vps`. Raises KeyError for any other name."""
    makers = {
        "tcvn3": lambda: _single_byte(_TCVN3_ROWS, _TCVN3_CAPITALS),
        "vps": lambda: _single_byte(_VPS_ROWS, _VPS_CAPITALS),
        "vni": _vni,
    }
    return makers[encoding]()


@cache
def _vni_pattern() -> re.Pattern[str]:
    keys = sorted(table("vni").to_unicode, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)))


@cache
def _viqr_letters() -> dict[str, str]:
    """Letter → VIQR spelling, small and capital."""
    spelled: dict[str, str] = {}
    for vowel in _VOWELS:
        shape = _VIQR_SHAPES.get(vowel, vowel)
        for letter, mark in zip(_toned(vowel), _MARKS, strict=True):
            spelled[letter] = shape + _VIQR_TONES.get(mark, "")
    spelled.update({k.upper(): v[0].upper() + v[1:] for k, v in list(spelled.items())})
    return {k: v for k, v in spelled.items() if k != v} | {"đ": "dd", "Đ": "DD"}


# Codes of VPS capitals that Windows-1252 shows as punctuation: letters only after another capital.
_PUNCTUATION = "…“”•–—˜"
_VPS_QUOTES = re.compile("(?<=[A-ZĐÀ-Ý\u1ea0-\u1ef9])(?:[“•˜](?=[^\\W\\d_]|\\s|$)|[”…–—](?=[^\\W\\d_]))")
# A tone typed before the circumflex (`e.^`) is as good as one after it: nothing else reads so.
_VIQR_UNIT = re.compile(r"\\(.)|([dD])[dD]|([aAeEoOuUiIyY])(?:([`?~'.])(\^)|([(^+*]?)([`?~'.]?))", re.DOTALL)
_VIQR_COMBINING = {"(": "\u0306", "^": "\u0302", "+": "\u031b", "*": "\u031b"} | {
    v: k for k, v in _VIQR_TONES.items()
}
_SHAPED = {"(": "aA", "^": "aAeEoO", "+": "oOuU", "*": "oOuU"}


def _viqr_unit(match: re.Match[str]) -> str:
    escaped, dd, vowel, early, late, shape, tone = match.groups()
    shape, tone = late or shape, early or tone
    if escaped is not None:
        return escaped
    if dd is not None:
        return "đ" if dd == "d" else "Đ"
    if shape and vowel not in _SHAPED[shape]:
        return match.group()
    return unicodedata.normalize(
        "NFC", vowel + _VIQR_COMBINING.get(shape, "") + _VIQR_COMBINING.get(tone, "")
    )


def from_viqr(text: str) -> str:
    """VIQR read strictly: a mark after a vowel is its mark, a backslash takes the next character as is."""
    return _VIQR_UNIT.sub(_viqr_unit, text)


def to_viqr(text: str) -> str:
    """`text` (NFC) in VIQR, characters that would be read as marks escaped with a backslash."""
    letters = _viqr_letters()
    out: list[str] = []
    for char in text:
        last = out[-1] if out else ""
        if char == "\\":
            out.append("\\\\")
        elif (char in "(^+*`?~'." and last[:1] in _VIQR_VOWELS) or (char in "dD" and last in ("d", "D")):
            out.append("\\" + char)
        else:
            if char in "đĐ" and last in ("d", "D"):
                out[-1] = "\\" + last
            out.append(letters.get(char, char))
    return "".join(out)


def from_table(text: str, encoding: str) -> str:
    """Legacy text (as Windows-1252 shows it) → Unicode, NFC; characters outside the table stay."""
    mapping = table(encoding).to_unicode
    if encoding == "vni":
        return unicodedata.normalize("NFC", _vni_pattern().sub(lambda m: mapping[m.group()], text))
    if encoding == "vps":
        return _VPS_QUOTES.sub(lambda m: mapping[m.group()], "".join(_vps_letters(text, mapping)))
    return "".join(mapping.get(c, c) for c in text)


def _vps_letters(text: str, mapping: dict[str, str]) -> Iterator[str]:
    return (c if c in _PUNCTUATION else mapping.get(c, c) for c in text)


def to_table(text: str, encoding: str) -> str:
    """Unicode (NFC) → legacy text; letters the encoding lacks as their small letters."""
    mapping = table(encoding).from_unicode
    return "".join(mapping.get(c, c) for c in text)
