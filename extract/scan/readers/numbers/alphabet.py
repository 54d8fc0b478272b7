"""The signs the number reader knows, and their places in the network's output.

Class 0 is CTC's blank (Graves et al. 2006), then one class a sign, then the class `REJECT`: "this ink is
not a number". A capital X is written `x`: once a line is scaled to one height the two look alike, and
both stand for the same tick mark.
"""

from __future__ import annotations

from collections.abc import Iterable

SIGNS = "0123456789.,%/+-()=x "
BLANK = 0
REJECT = len(SIGNS) + 1
N_CLASSES = len(SIGNS) + 2

_PRINTED_AS = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‐": "-", "_": "-", "X": "x", "×": "x", "\u00a0": " "}
)


def plain(text: str) -> str:
    """A printed string in the reader's own signs: every dash `-`, every cross `x`, single blanks."""
    return " ".join(text.translate(_PRINTED_AS).replace("…", "...").split())


def readable(text: str) -> bool:
    """Whether the reader has a sign for everything in `text`."""
    return all(sign in SIGNS for sign in plain(text))


def encode(text: str) -> list[int]:
    """Class numbers of a plain string. Raises ValueError for a sign that the reader does not know."""
    return [SIGNS.index(sign) + 1 for sign in text]


def decode(classes: Iterable[int]) -> str:
    """The string of a sequence of sign classes (blanks and `REJECT` are left out)."""
    return "".join(SIGNS[c - 1] for c in classes if BLANK < c < REJECT)
