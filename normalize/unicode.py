"""The one module that owns Unicode: NFC at the entrance, folding for matching only.

`fold` forgets marks and case; `tone_key` forgets only where the tone mark sits (`hòa` and `hoà`).
Đ/đ have no decomposition in Unicode, so they are folded by hand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r".[\u0300-\u036f]*")
_D = frozenset("dđ")
_UNSEEN = str.maketrans(dict.fromkeys("\u200b\ufeff\u00ad", " "))  # signs that show as nothing, or as a blank
_MOST_SIGNS = 4096  # that are kept: all that Vietnamese has, many times
_DROPPED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))


def nfc(text: str) -> str:
    """Composed form (NFC), without zero-width marks and soft hyphens."""
    seen = text if text.isprintable() else text.translate(_DROPPED)  # most texts: none of these is printable
    return unicodedata.normalize("NFC", seen)


def squeeze(text: str) -> str:
    """`text` with every run of white space as one blank, trimmed."""
    if "  " not in text and text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text  # most texts: the only white that is printable is the blank
    if "\u200b" in text or "\ufeff" in text or "\u00ad" in text:
        text = text.translate(_UNSEEN)
    return " ".join(text.split())


class _Plain(dict[int, str]):
    """Each lower-case sign, by its code, without its marks; told when it is first asked for."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        if len(self) < _MOST_SIGNS:
            self[code] = plain
        return plain


_PLAIN = _Plain({ord("đ"): "d", ord("ð"): "d"})


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case, no marks at all, đ as d, white space squeezed: a key for matching, never for output."""
    lowered = text.lower()
    return squeeze(lowered if lowered.isascii() else lowered.translate(_PLAIN))


def is_another_word(printed: str, meant: str) -> bool:
    """Whether a printed word, which folds to the same as the one meant, bears a mark that this one has not:
    `hôn` is no `hơn`. Marks that were lost tell nothing: `dat` and `đat` may be `đạt`."""
    own, known = (
        [frozenset(part) - _D for part in _LETTER.findall(unicodedata.normalize("NFD", word.lower()))]
        for word in (printed, meant)
    )
    return any(a - b for a, b in zip(own, known, strict=False))


def _syllable_key(match: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", match.group())
    tone = next((c for c in decomposed if c in _TONES), "")
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return letters + tone


@lru_cache(maxsize=16384)
def tone_key(text: str) -> str:
    """A key equal for two spellings that differ only in case and in which vowel carries the tone mark."""
    return _WORD.sub(_syllable_key, squeeze(unicodedata.normalize("NFC", text).lower()))


def has_cased(text: str) -> bool:
    """Whether a text has letters of two cases, as all of ASCII's are, told in no time."""
    return text.lower() != text.upper()


def has_digit(text: str) -> bool:
    """Whether a text has a digit: one without holds no number, day or code."""
    return _DIGIT.search(text) is not None
