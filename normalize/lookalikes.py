"""Signs that readers take for one another: letters for figures, figures and signs for letters, letters for
the strokes of Roman numerals."""

from __future__ import annotations

_READ_FOR = {
    "0": "OoQÓóŨ",
    "1": "lI|¡!i",
    "2": "Zz",
    "5": "Ss",
    "6": "G",
    "8": "B",
}  # seen on rendered pages of five fonts, and in the dumps of damaged reports
FIGURES = {ord(sign): figure for figure, signs in _READ_FOR.items() for sign in signs}
"""The figure that each letter is read for, for `str.translate`."""

LETTERS = {
    ord(sign): letter
    for letter, signs in {"o": "06&", "i": "1l|", "a": "4", "s": "5"}.items()
    for sign in signs
}
"""The letter, of folded text, that each figure or sign is read for in a name, for `str.translate`. `l` and
`i` are one."""

LETTERS_OF_RUBBLE = LETTERS | {
    ord(sign): letter
    for letter, signs in {"s": "$", "b": "8", "g": "9", "e": "£€¢", "o": "©®°", "i": "!"}.items()
    for sign in signs
}
"""The same where print is so damaged that nearly any sign stands for a letter."""

STROKES = {
    "H": "II", "N": "II", "U": "II", "h": "II", "T": "I", "v": "V", "Y": "V", "y": "V", "x": "X",
    **dict.fromkeys("I1l|][!ijJÏïÍíÌìİỊịỈỉ", "I"), "V": "V", "X": "X",
}  # fmt: skip
"""What a sign may stand for in a Roman numeral: strokes, or two joined by a serif (seen on rendered pages of
five fonts, office to fax)."""


def from_lookalikes(text: str) -> str:
    """The text with letters that OCR writes for digits put back (`O`→0, `l`→1, `S`→5, `B`→8 ...)."""
    return text.translate(FIGURES)


def strokes(text: str) -> str:
    """The Roman numeral a text may stand for, stroke by stroke; '' where a sign is none."""
    shape = [STROKES.get(sign, "") for sign in text]
    return "".join(shape) if all(shape) else ""
