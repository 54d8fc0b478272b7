"""Figures inside words (`15 ngày`, `61/2018/NĐ-CP`, `khu 8`) read a second time, by the reader of numbers.

The line network reads letters well and takes a lone figure for a letter as soon as not (`l8`, `I1`, `Ó`).
Where in a word its figures stand is known from the network's own steps; cut out there, they are read as
numbers. What both say is sure; where they differ, the word keeps both and is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.scan.lines.print_lines import Parts, PrintLine
from extract.scan.prepare.ink import Picture
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.numbers.reader import NumberReader, NumberReading

SURE = 0.97
"""Calibrated confidence of the number reader from which its figures stand against letters."""

AGAINST_FIGURES = 0.9
"""Confidence of a word below which the number reader's sure figures stand against the word's own."""

CUT, BORDER = 3, 16
"""Pixels of paper left round the ink of a run, and of white set round that."""

DISAGREES = 1.0
"""Cost in nats of the reading that was not chosen where two readers differ."""

_EDGE = " ()[]{},.;:'\"“”‘’*-–—_"
_MARKS = ".,/:-–"
_TAKEN_FOR = str.maketrans("lI|i!]jJOoQÓóSsZzBGŨ", "11111111000005522860")
_LIKE_FIGURES = r"\dlI|i!\]jJOoQÓóSsZzBGŨ"
_RUN = re.compile(rf"[{_LIKE_FIGURES}]*\d(?:[.,/:%{_LIKE_FIGURES}]*[{_LIKE_FIGURES}%])?")
_WHOLE = re.compile(rf"[{_LIKE_FIGURES}.,/:%+\-–xX]+")
_LONE = re.compile(r"[lI|i!\]jJOÓóSZBGŨL]{1,3}|(?=\S*[lI|!\]])\S{2,3}")
"""Up to three signs that figures are read as, or with a stroke among them that may be a 1."""

_PLAIN = re.compile(r"[\d.,/:%+\-–xX]+")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word beside the line of ink it was read from: `line` in pixels of the cut-out whose corner lies at
    `corner` on the page; `at` where its signs were first seen (columns of the cut-out), () if unknown."""

    word: OcrWord
    line: PrintLine
    corner: tuple[int, int]
    at: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of figures of a word: its signs, its bounds on the page, and whether it was cut from letters."""

    word: int
    start: int
    end: int
    bounds: tuple[int, int, int, int]
    cut: bool = False


def with_second_reading(
    words: Sequence[PrintedWord], picture: Picture, numbers: NumberReader, is_word: Callable[[str], bool]
) -> list[OcrWord]:
    """The words of a page's `picture`, their figures read a second time."""
    runs = [run for k, printed in enumerate(words) for run in _runs(k, printed, is_word)]
    out = [printed.word for printed in words]
    readings = numbers.read([_cut(picture, run.bounds) for run in runs]) if runs else []
    for run, reading in reversed(list(zip(runs, readings, strict=True))):  # later runs first: texts may grow
        out[run.word] = agreed(out[run.word], run.start, run.end, reading, run.cut)
    return out


def spans(text: str, is_word: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where in a word (first sign, sign after the last) figures stand, or letters that may be figures."""
    core = text.strip(_EDGE)
    start = text.find(core)
    if any(c.isdigit() for c in core):
        if _WHOLE.fullmatch(core):
            return [(start, start + len(core))]
        return [match.span() for match in _RUN.finditer(text)]
    lone = core and _LONE.fullmatch(core) and (core in ("I", "l") or not is_word(core))
    return [(start, start + len(core))] if lone else []


def _runs(index: int, printed: PrintedWord, is_word: Callable[[str], bool]) -> list[_Run]:
    word = printed.word
    whole = (round(word.x0), round(word.y0), round(word.x1), round(word.y1))
    found = []
    for start, end in spans(word.text, is_word):
        if not word.text[:start].strip(_EDGE) and not word.text[end:].strip(_EDGE):
            found.append(_Run(index, start, end, whole))
        elif len(printed.at) == len(word.text):
            first = len(word.text[:start].rstrip(_MARKS))  # a slash leans over the figure beside it
            last = len(word.text) - len(word.text[end:].lstrip(_MARKS))
            found.append(_Run(index, start, end, _bounds(printed, first, last, whole), True))
    return found


def _bounds(
    printed: PrintedWord, start: int, end: int, whole: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """The bounds on the page of a word's signs `start` to `end`: cut in the widest gap of ink between the
    places where the signs on both sides of the cut were seen."""
    x0, y0, x1, y1 = whole
    dx = printed.corner[0]
    if start:
        x0 = dx + round(_gap(printed.line.parts, printed.at[start - 1], printed.at[start]))
    if end < len(printed.at):
        x1 = dx + round(_gap(printed.line.parts, printed.at[end - 1], printed.at[end]))
    return x0, y0, max(x1, x0 + 1), y1


def _gap(parts: Parts, left: float, right: float) -> float:
    """The middle of the widest gap between parts of ink within two columns, or the middle of the columns."""
    order = np.argsort(parts[:, 0], kind="stable")
    begins = parts[order, 0].astype(float)
    reached = np.maximum.accumulate(parts[order, 0] + parts[order, 2]).astype(float)
    gaps, middles = begins[1:] - reached[:-1], (begins[1:] + reached[:-1]) / 2
    inside = (middles > left) & (middles < right) & (gaps >= 0)
    return float(middles[inside][np.argmax(gaps[inside])]) if inside.any() else (left + right) / 2


def _cut(picture: Picture, bounds: tuple[int, int, int, int]) -> Picture:
    x0, y0, x1, y1 = bounds
    part = picture[max(0, y0 - CUT) : y1 + CUT, max(0, x0 - CUT) : x1 + CUT]
    return cv2.copyMakeBorder(part, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255).astype(
        np.uint8
    )


def agreed(word: OcrWord, start: int, end: int, reading: NumberReading, cut: bool = False) -> OcrWord:
    """A word after the number reader's word on its signs `start` to `end`. Where they were `cut` from
    letters, a figure less at either end says nothing: the cut may have gone through it."""
    said = word.text[start:end]
    plain = bool(_PLAIN.fullmatch(said))
    seen = "" if reading.rejected else "".join(reading.text.split()).strip(_EDGE + _MARKS)
    if not any(c.isdigit() for c in seen):
        odd = any(c.isdigit() for c in said) and not plain
        return _marked(word, "doubtful") if odd else word
    if figures_of(said) == figures_of(seen):
        sure = plain or reading.confidence >= SURE
        text = word.text if plain else _put(word.text, start, end, seen)
        return replace(_marked(word, "confirmed" if sure else "doubtful"), text=text)
    if cut and plain and figures_of(said)[1:-1] in figures_of(seen) in figures_of(said):
        return word
    if not any(c.isdigit() for c in said) and reading.confidence < SURE:
        return word  # letters, as far as anybody knows
    other = _put(word.text, start, end, seen)
    if reading.confidence >= SURE and (not plain or word.confidence < AGAINST_FIGURES):
        chosen, left = other, word.text
    else:
        chosen, left = word.text, other
    return replace(_marked(word, "doubtful"), text=chosen, others=((left, DISAGREES), *word.others))


def figures_of(text: str) -> str:
    """The figures of a text, letters that figures are read as taken for them."""
    return re.sub(r"\D", "", text.translate(_TAKEN_FOR))


def _put(text: str, start: int, end: int, figures: str) -> str:
    return text[:start] + figures + text[end:]


def _marked(word: OcrWord, figures: str) -> OcrWord:
    """The word with what is known of its figures; a doubt of one run is the word's."""
    if figures == "doubtful" or word.figures == "doubtful":
        return replace(word, figures="doubtful")
    return replace(word, figures="confirmed")
