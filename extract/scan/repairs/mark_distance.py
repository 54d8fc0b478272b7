"""How far two spellings of a Vietnamese word are apart that differ in their marks, as print blurs them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import fsum

from normalize.diacritics.spelling import bare

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_TONE_COST = {"hook": 1.0, "dot of i": 1.6, "above": 2.6, "lost above": 3.2, "below": 4.5}
_SHAPE_COST = 4.0
_STROKE_COST = 5.0


class _Horned(dict[int, str]):
    """A table for `str.translate`, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = found = "ʊ" if "\u031b" in parts else bare(parts[0])
        return found


_HORNED = _Horned()


def horned(word: str) -> str:
    """`word` without marks, but with ơ and ư as one letter of their own: small prints of them look alike."""
    return word.translate(_HORNED)


@lru_cache(maxsize=65536)
def mark_distance(read: str, meant: str) -> float:
    """What it costs (as a negative log-likelihood) that `meant` was read as `read`, letter by letter.

    Marks above are lost or taken for each other easily, the dot below rarely. The weights were set on
    200 dpi scans of the project's own printing.
    """
    if len(read) != len(meant):
        return 99.0
    return fsum(_letter_distance(a, b) for a, b in zip(read, meant, strict=True) if a != b)


def _letter_distance(read: str, meant: str) -> float:
    if "đ" in (read, meant):
        return _STROKE_COST
    tone_a, shape_a = _tone_and_shape(read)
    tone_b, shape_b = _tone_and_shape(meant)
    cost = _SHAPE_COST if shape_a != shape_b else 0.0
    if tone_a == tone_b:
        return cost
    if "nặng" in (tone_a, tone_b):
        return cost + _TONE_COST["below"]
    if not cost and shape_a == "i" and {tone_a, tone_b} == {"", "hỏi"}:
        return _TONE_COST["dot of i"]
    if not cost and shape_a != shape_a[0] and {tone_a, tone_b} == {"sắc", "hỏi"}:
        return _TONE_COST["hook"]
    if cost and not (tone_a and tone_b):
        return cost + 1.0  # one mark above taken for another: ã for ẩ, õ for ô
    return cost + _TONE_COST["above" if tone_a and tone_b else "lost above"]


@lru_cache(maxsize=512)
def _tone_and_shape(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[c] for c in parts if c in _TONES), "")
    return tone, "".join(c for c in parts if c not in _TONES)
