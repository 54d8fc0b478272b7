"""How wide a word is in print: the proportions of the serif letters that nearly all reports are set in."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

# Thousandths of the height of the letters, by their proportions in Times, which other serif faces share
# nearly. A sans-serif face is wider by about the same share in all, so that only the scale of a line differs.
_WIDTHS = {
    250: " .,",
    278: "ijltIJ:;/\\|'",
    333: "frs()[]{}-!`",
    389: "sz",
    444: 'aceyz?"',
    500: "0123456789bdghknopquvx$_*–#",
    556: "FPS+<>=~",
    611: "ELTZ",
    667: "BCRYX",
    722: "wADGHKNOQUV",
    778: "mM&",
    833: "%",
    944: "W@—…",
}
_OF_LETTER = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters} | {"đ": 0.5}
_OTHER = 0.5
_OTHER_CAPITAL = 0.7
BLANK = 0.25
"""The blank between two words."""


@lru_cache(maxsize=4096)
def width_of(word: str) -> float:
    """The width of a word, in heights of its letters."""
    plain = normalize("NFD", word)
    return sum(_of_letter(letter) for letter in plain if not "\u0300" <= letter <= "\u036f")


def _of_letter(letter: str) -> float:
    return _OF_LETTER.get(letter, _OTHER_CAPITAL if letter.isupper() else _OTHER)
