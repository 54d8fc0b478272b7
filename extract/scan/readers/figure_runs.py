"""Where in a word figures stand, or letters that figures are read as: what is read a second time."""

from __future__ import annotations

import re
from collections.abc import Callable

from normalize.lookalikes import FIGURES
from normalize.unicode import fold

EDGE = " ()[]{},.;:'\"“”‘’*-–—_"
"""Signs round a word that are no part of a figure."""

LEANING = ".,/:-–"
"""Marks that lean over the figure beside them: what is cut out among letters takes them along."""

_STROKES, _ZEROS, _OTHERS = r"lI|i!\[\]jJ", "OoÓóŨÚú?", "QSsZzBG"
"""Signs that ones, noughts (and sixes and sevens), and the other figures are read as. The last stand beside
figures on their own account, too: house 8B, QĐ."""

_LIKE = rf"\d{_STROKES}{_ZEROS}{_OTHERS}"
_STRANGER = r"(?<=[\d.,/])[^\sA-Za-zĐđ](?=\d)"
"""A sign between two figures that is no plain letter: what became of a figure or a mark."""

_RUN = re.compile(rf"(?:[.,/:%{_LIKE}]|{_STRANGER})*\d(?:[.,/:%{_LIKE}]|{_STRANGER})*")
_WHOLE = re.compile(rf"[{_LIKE}.,/:%+\-–xX]+")
_LONE = re.compile(r"[lI|i!\[\]jJOÓóSZBGŨÚúL]{1,3}|(?=\S*[lI|!\]])\S{2,3}")
"""Up to three signs that figures are read as, or with a stroke among them that may be a 1."""

_BARS = re.compile(r"[lI|!\[\]]+")
"""Roman numerals or ones: the number reader passes over the first (80 of 80) and reads the others."""

_ROMAN_YEAR = re.compile(r"(I{1,3})/((?:19|20)\d\d)")

_ROUND, _UPRIGHT = frozenset("oq"), frozenset("ilj")
"""Letters, marks apart, that the number reader itself takes for 0 and for 1 (a third of those shown to it);
it took none of 600 others for a figure."""

_SHORT = range(1, 4)

_PLAIN = re.compile(r"[\d.,/:%+\-–xX]+")
_HEAD, _HEAD_OF_WORD = re.compile(rf"^[{_ZEROS}{_OTHERS}]+"), re.compile(r"^\D+")
_TAIL, _TAIL_OF_WORD = re.compile(rf"[.,/:{_OTHERS}]+$"), re.compile(r"\D+$")
_MARKS_BEFORE = re.compile(r"^[.,/:]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_BARRED = "lI|i![]jJ"
_TAKEN_FOR_BUT_BARS = {sign: figure for sign, figure in FIGURES.items() if figure != "1"}
_TAKEN_FOR = _TAKEN_FOR_BUT_BARS | str.maketrans(_BARRED, "1" * len(_BARRED))


def spans(text: str, is_word: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where in a word (first sign, sign after the last) figures stand, or letters that may be figures.
    Letters beside letters are letters (`QH` before 14, `QĐ` after 2024), and so is one that ends a word
    though it looks like a figure (house 8B)."""
    core = text.strip(EDGE if text.count("[") == text.count("]") else EDGE.replace("[]", ""))
    start = text.find(core)
    if any(c.isdigit() for c in core):
        if _WHOLE.fullmatch(core) and not core.endswith(tuple(_OTHERS)):
            return [(start, start + len(core))]
        return [_without_letters(text, *match.span(), is_word) for match in _RUN.finditer(text)]
    asked = _BARS.fullmatch(core) or not is_word(core)
    lone = core and (len(core) == 1 or (_LONE.fullmatch(core) and asked))
    return [(start, start + len(core))] if lone else []


def short_word(text: str, is_word: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where a word of up to three signs stands in a text that is no small word: where it was not read surely
    it may be a figure, whatever it looks like (`LÙ` for 10). The number reader took none of 570 such words
    surely for one."""
    core = text.strip(EDGE)
    start = text.find(core)
    if len(core) not in _SHORT or (core.islower() and is_word(core)):
        return []
    return [(start, start + len(core))]


def _without_letters(text: str, start: int, end: int, is_word: Callable[[str], bool]) -> tuple[int, int]:
    """A run of figures without the letters and marks at its ends. A marked letter right before a figure that
    makes no word with those before it may be a figure (`Kmó2` for Km62)."""
    if start and text[start - 1].isalpha() and not _is_marked_stranger(text, start, is_word):
        start += _length(_HEAD_OF_WORD if text[start - 1].islower() else _HEAD, text[start:end])
    if end < len(text) and text[end].isalpha():
        end -= _length(_TAIL_OF_WORD, text[start:end])
    start += _length(_MARKS_BEFORE, text[start:end])
    return start, end - _length(_TAIL, text[start:end])


def _is_marked_stranger(text: str, at: int, is_word: Callable[[str], bool]) -> bool:
    """Whether one marked letter stands between the letters of a word and a figure, and the word with it is
    none."""
    letter = text[at]
    if not letter.isalpha() or letter.isascii() or not text[at + 1 : at + 2].isdigit():
        return False
    before = _LETTERS_BEFORE.search(text[:at])
    return before is not None and not is_word(before[0] + letter)


def _length(pattern: re.Pattern[str], text: str) -> int:
    """How many signs of `text` the pattern takes."""
    match = pattern.search(text)
    return match.end() - match.start() if match else 0


def is_plain(run: str) -> bool:
    """Whether a run is of figures and their marks alone."""
    return bool(_PLAIN.fullmatch(run))


def says(run: str, seen: str) -> bool:
    """Whether a run of figures, letters that figures are read as taken for them, is what the number reader
    has `seen`, marks apart. A stroke read as a letter may stand for a 1, for a slash (`2!2!2006`), or
    beside a 1 for nothing: one stroke was read twice (`25I1` for 251)."""
    digits = run.translate(_TAKEN_FOR_BUT_BARS)
    pattern = ""
    for at, sign in enumerate(digits):
        if sign in _BARRED:
            pattern += "[1/]?" if "1" in digits[max(0, at - 1) : at + 2] else "[1/]"
        elif sign.isdigit() or sign == "/":
            pattern += sign if sign.isdigit() else "/?"
    return bool(re.fullmatch(pattern, re.sub(r"[^\d/]", "", seen)))


def is_roman_year(run: str, seen: str) -> bool:
    """Whether a run is a Roman numeral of bars before a year (`II/2023`) of which the number reader has
    `seen` the year, but not as many ones as there are bars: they are serifed, and it knows no such letter."""
    match = _ROMAN_YEAR.fullmatch(run)
    if match is None:
        return False
    figures, year = re.sub(r"\D", "", seen), match[2]
    return figures.endswith(year) and figures != "1" * len(match[1]) + year


def is_letter_like(letter: str, figure: str) -> bool:
    """Whether the number reader sees a `figure` in any letter of this kind, so that its word says nothing."""
    plain = fold(letter)
    return len(letter) == 1 and (
        (figure == "0" and plain in _ROUND)
        or (figure == "1" and plain in _UPRIGHT and not _BARS.fullmatch(letter))
    )


def may_be_figures(run: str) -> bool:
    """Whether every sign of a run is a figure, a mark, or one that figures are read as."""
    return bool(_WHOLE.fullmatch(run))


def figures_of(text: str) -> str:
    """The figures of a text, letters that figures are read as taken for them."""
    return re.sub(r"\D", "", text.translate(_TAKEN_FOR))
