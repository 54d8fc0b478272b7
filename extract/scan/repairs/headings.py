"""Slips that the words of a heading give away: a lost per-cent sign, a zero for the letter o."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.unicode import fold

_SHARE = re.compile(r"(?i)\b(?:tỷ|tỉ)\s+(?:lệ|trọng)\b|\bphần\s+trăm\b")
_LOST = re.compile(r"\(\s*(?:[°o]/o|[⁄/Y]%|%)?\s*\)")
_FOUR = re.compile(r"\(\s*4\s*\)\s*\Z")
_COLUMN = re.compile(r"\(\s*\d{1,2}\s*\)")
_ZERO = re.compile(r"(^|(?<=\s))[Ss]0(?=\s+(?:với|sánh)\b)")

_PER_CENT = re.compile(r"\(\s*@\s*%\s*\)")
"""The rings of a heavy per-cent sign beside its bracket, read once more as `@`."""

_LAND = re.compile(r"(?i)\b(?:đất|diện tích)\b")
_SQUARE = re.compile(r"(?<=[/(]m)\s?[?°*\"'”’^2]\s?(?=\))")
"""The small two of `m²`, which no reader has: land is priced and measured by the square metre."""

_DETAIL = re.compile(r"(?i)(?<=\(ch)ỉ(?=\s+tiết\b)")
"""`(Chỉ tiết` is no Vietnamese: the dot of the i was read as a hook."""

_SIGNED = ((re.compile(r"\bT\wng(?=\s*\(\+\))"), "Tăng"), (re.compile(r"\bGi\wm(?=\s*\([-–]\))"), "Giảm"))
"""The words that a heading's signs belong to: `Tăng (+)/Giảm (-)`."""


_UNITS = (
    "ha", "tạ/ha", "tấn/ha", "kg/ha", "người/km²", "đ/kg", "đồng/kg", "đồng/m²", "đồng/m³", "đồng/người",
    "đồng/hộ", "triệu đồng/ha", "triệu đồng/người", "con/hộ", "hộ/người", "‰/năm", "%/năm",
    "tấn", "điểm", "người", "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "nghìn tấn", "triệu lượt",
)  # fmt: skip
"""Units in brackets that have a slash, read as a stroke or a mark, or look like a syllable without theirs."""

_SLASHES = "[/!|lI1f]"
_BRACKETED = re.compile(r"\(\s*([^()\d]{2,20}?)\s*\)")
_UNIT_SHAPES = tuple((re.compile(re.escape(fold(u)).replace("/", _SLASHES)), u) for u in _UNITS)
SHORT_HEAD = 8
LONGEST_HEAD = 120


def _with_unit(match: re.Match[str]) -> str:
    """A bracketed unit as it must read (`(tạ!hà)`), anything else as it was read."""
    said = match[1]
    if said in _UNITS or said != said.lower():
        return match[0]
    key = fold(said)
    unit = next((unit for shape, unit in _UNIT_SHAPES if shape.fullmatch(key)), None)
    return match[0] if unit is None else f"({unit})"


def mended_headings(texts: Sequence[str]) -> list[str]:
    """The texts of one table's cells with per-cent signs after words of shares (`Tỷ lệ ( )`) and the usual
    words of headings (`S0 với`, `(Chỉ tiết`, `Tầng (+)`) as they must read. `(4)` is a lost sign only in a
    table whose columns bear no numbers in brackets."""
    numbered = sum(
        bool(_COLUMN.search(text)) for text in texts if len(text) <= SHORT_HEAD or not _SHARE.search(text)
    )
    return [_mended(text, numbered > 0) for text in texts]


def _mended(text: str, numbered: bool) -> str:
    text = _BRACKETED.sub(_with_unit, text)
    text = _PER_CENT.sub("(%)", text)
    if _LAND.search(text) and len(text) <= LONGEST_HEAD:
        text = _SQUARE.sub("²", text)
    text = _ZERO.sub(lambda match: "so" if match.start() else "So", text)
    text = _DETAIL.sub(lambda match: "I" if match.group().isupper() else "i", text)
    for pattern, word in _SIGNED:
        text = pattern.sub(word, text)
    said = _SHARE.search(text)
    if said is None or len(text) > LONGEST_HEAD:
        return text
    tail = _LOST.sub("(%)", text[said.end() :], count=1)
    if not numbered and "%" not in text:
        tail = _FOUR.sub("(%)", tail, count=1)
    return text[: said.end()] + tail
