"""The signs that the letter reader knows, and their places in the network's output.

Class 0 is CTC's blank (Graves et al. 2006), then one class a sign: the Vietnamese letters with their marks
as single signs (NFC), the other letters of the alphabet, figures, and the signs that reports print.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BLANK = 0

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SMALL = (
    "".join(unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES)
    + "bcdđfghjklmnpqrstvwxz"
)
_OTHERS = " 0123456789.,:;()/%+-=“”'*&|<>[]!?_°²³≥≤…@#"
SIGNS = _SMALL + _SMALL.upper() + _OTHERS
N_CLASSES = len(SIGNS) + 1

_CLASS = {sign: k + 1 for k, sign in enumerate(SIGNS)}
_PRINTED_AS = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‐": "-", "‘": "'", "’": "'", "`": "'", '"': "”", "„": "“", "×": "x",
     "•": "*", "\u00a0": " ", "{": "(", "}": ")", "$": "S", "º": "°", "½": "1/2"}
)  # fmt: skip


def plain(text: str) -> str:
    """A printed string in the reader's own signs (every dash `-`, single blanks); signs that it does not
    know are left out."""
    spelled = unicodedata.normalize("NFC", text).translate(_PRINTED_AS)
    return " ".join("".join(sign for sign in spelled if sign in _CLASS).split())


def encode(text: str) -> list[int]:
    """Class numbers of a plain string. Raises KeyError for a sign that the reader does not know."""
    return [_CLASS[sign] for sign in text]


def decode(classes: Iterable[int]) -> str:
    """The string of a sequence of classes, blanks of CTC left out."""
    return "".join(SIGNS[c - 1] for c in classes if c != BLANK)
