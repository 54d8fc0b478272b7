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

from extract.scan.lines.print_lines import Parts, PrintLine, white_between
from extract.scan.prepare.ink import Picture
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.figure_runs import (
    EDGE,
    LEANING,
    figures_of,
    is_letter_like,
    is_plain,
    is_roman_year,
    may_be_figures,
    says,
    short_word,
    spans,
)
from extract.scan.readers.numbers.reader import NumberReader, NumberReading

SURE, LIKELY, LIKELIER = 0.97, 0.9, 0.7
"""Calibrated confidences of the number reader. Of 600 runs on which it and the line network differed (5,800
printed lines, clean, worn, faxed, some at 150 dpi, in 60 fonts: benchmarks/word_figures.py) it was right, not
cut from letters and with as many figures, in 126 of 126 from the second on and 8 of 10 from the third."""

SURE_WORD, BAD_WORD = 0.98, 0.5
"""Confidence of a word from which its figures stand where the number reader saw fewer (right in 16 of 16) or
was shown what was cut from letters (250 of 251), and the one below which nothing in it is sure."""

LATER, NOT_LATER = (0.2, 0.4), (0.0, 0.0)
"""Letter heights behind where they were seen that a letter and the figure after it, or a figure and the mark
after it, are looked for, and a figure and the letter after it. With these the number reader reads 122 of 133
cut runs as the line network does, without 103."""

MOST_LOST = 2
"""Figures that the number reader may have fewer and be right: slashes that the line network took for ones."""

CUT, BORDER = 3, 16
"""Pixels of paper left round the ink of a run, and of white set round that."""

DISAGREES = 1.0
"""Cost in nats of the reading that was not chosen where two readers differ."""

BESIDE = " ().,-–"
"""Signs beside a run that the number reader knows: whatever else stands there is cut off."""

_NO_END = frozenset("0123456789/")
"""Signs with which no figure was seen to end: a point, a bracket or a percent sign shows that it did."""

ASK_ALL = 2.0
"""A confidence that no word has."""

NOT_CUT = (False, False)


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
    """A run of figures of a word: its signs, its bounds on the page, and whether it was cut from letters to
    its left and to its right."""

    word: int
    start: int
    end: int
    bounds: tuple[int, int, int, int]
    cut: tuple[bool, bool] = NOT_CUT


def with_second_reading(
    words: Sequence[PrintedWord],
    picture: Picture,
    numbers: NumberReader,
    is_word: Callable[[str], bool],
    sure: float = ASK_ALL,
) -> list[OcrWord]:
    """The words of a page's `picture`, their figures read a second time unless they were read with the
    confidence `sure` and are no letters."""
    runs = [
        run
        for k, printed in enumerate(words)
        for run in _runs(k, printed, is_word)
        if printed.word.confidence < sure or not is_plain(printed.word.text[run.start : run.end])
    ]
    out = [printed.word for printed in words]
    readings = numbers.read([_cut(picture, run.bounds) for run in runs]) if runs else []
    for run, reading in reversed(list(zip(runs, readings, strict=True))):  # later runs first: texts may grow
        out[run.word] = agreed(out[run.word], run.start, run.end, reading, run.cut)
    return out


def _runs(index: int, printed: PrintedWord, is_word: Callable[[str], bool]) -> list[_Run]:
    word = printed.word
    whole = (round(word.x0), round(word.y0), round(word.x1), round(word.y1))
    found = []
    places = spans(word.text, is_word)
    if not places and word.confidence < SURE_WORD:
        places = short_word(word.text, is_word)
    for start, end in places:
        if not word.text[:start].strip(BESIDE) and not word.text[end:].strip(BESIDE):
            found.append(_Run(index, start, end, whole))
        elif len(printed.at) == len(word.text):
            first = len(word.text[:start].rstrip(LEANING))
            last = len(word.text) - len(word.text[end:].lstrip(LEANING))
            cut = bool(word.text[:start].strip(EDGE)), bool(word.text[end:].strip(EDGE))
            found.append(_Run(index, start, end, _bounds(printed, first, last, whole), cut))
    return found


def _bounds(
    printed: PrintedWord, start: int, end: int, whole: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """The bounds on the page of a word's signs `start` to `end`: cut in the widest gap of ink between the
    places where the signs on both sides of the cut were seen, or a little later."""
    x0, y0, x1, y1 = whole
    parts, at, letter = printed.line.parts, printed.at, printed.line.letter
    dx = printed.corner[0]
    if start:
        x0 = dx + round(_gap(parts, at[start - 1] + LATER[0] * letter, at[start] + LATER[1] * letter))
    if end < len(at):
        later = NOT_LATER if printed.word.text[end].isalpha() else LATER
        x1 = min(x1, dx + round(_gap(parts, at[end - 1] + later[0] * letter, at[end] + later[1] * letter)))
    return x0, y0, max(x1, x0 + 1), y1


def _gap(parts: Parts, left: float, right: float) -> float:
    """The middle of the widest gap between parts of ink within two columns, or the middle of the columns."""
    reached, begins = white_between(parts)
    gaps, middles = begins - reached, (begins + reached) / 2
    inside = (middles > left) & (middles < right) & (gaps >= 0)
    return float(middles[inside][np.argmax(gaps[inside])]) if inside.any() else (left + right) / 2


def _cut(picture: Picture, bounds: tuple[int, int, int, int]) -> Picture:
    x0, y0, x1, y1 = bounds
    part = picture[max(0, y0 - CUT) : y1 + CUT, max(0, x0 - CUT) : x1 + CUT]
    return cv2.copyMakeBorder(part, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255).astype(
        np.uint8
    )


def agreed(
    word: OcrWord, start: int, end: int, reading: NumberReading, cut: tuple[bool, bool] = NOT_CUT
) -> OcrWord:
    """A word after the number reader's word on its signs `start` to `end`, which were `cut` from letters on
    one side or the other."""
    said = word.text[start:end]
    plain = is_plain(said)
    seen = "" if reading.rejected else "".join(reading.text.split()).strip(EDGE + LEANING)
    by_itself = (
        _marked(word, "confirmed")
        if plain and word.confidence >= SURE_WORD
        else _doubted(word, _put(word.text, start, end, ""))
    )
    if not any(c.isdigit() for c in seen):
        return by_itself if any(c.isdigit() for c in said) else word
    if is_letter_like(said, seen):
        return word
    if is_roman_year(said, seen):
        return _marked(word, "confirmed")
    if word.text[end : end + 1] in tuple(",.") and seen.startswith(said + word.text[end]):
        seen = said  # dirt after a word's own comma
    if reading.confidence < SURE and not may_be_figures(said) and not any(c.isdigit() for c in said):
        return word
    if figures_of(said) == figures_of(seen) or says(said, seen):
        return _confirmed(word, start, end, reading)
    if plain and _is_cut_from(figures_of(seen), figures_of(said), cut):
        return _marked(word, "confirmed") if figures_of(said) in figures_of(seen) else by_itself
    if not any(c.isdigit() for c in said) and reading.confidence < SURE:
        return word  # letters, as far as anybody knows
    second, sure = _who_is_right(word, said, reading, any(cut))
    other = _put(word.text, start, end, seen)
    chosen, left = (other, word.text) if second else (word.text, other)
    if sure:
        return replace(_marked(word, "confirmed"), text=chosen, others=((left, DISAGREES), *word.others))
    return replace(_doubted(word, left), text=chosen)


def _confirmed(word: OcrWord, start: int, end: int, reading: NumberReading) -> OcrWord:
    """A word in whose figures both agree, with the marks that its ink has: in bad ink the line network loses
    them (022020 for 02/2020), and between bold figures it sees no slash or comma."""
    said, seen = word.text[start:end], " ".join(reading.text.split()).strip(EDGE + LEANING)
    poor = word.confidence < BAD_WORD
    sure = reading.confidence >= (LIKELIER if poor or not is_plain(said) else 0)
    lost = reading.confidence >= LIKELY and len(_marks(seen)) > len(_marks(said))
    if not is_plain(said):
        seen = seen.replace(" ", "")
    elif not lost and not (poor and word.confidence < reading.confidence):
        seen = said
    text = _put(word.text, start, end, seen)
    if sure:
        return replace(_marked(word, "confirmed"), text=text)
    left = word.text if figures_of(said) != "".join(filter(str.isdigit, said)) else _put(text, start, end, "")
    return replace(_doubted(word, left), text=text)


def _marks(figures: str) -> list[str]:
    """The marks between figures."""
    return re.findall(r"(?<=\d)[.,/](?=\d)", figures)


def _doubted(word: OcrWord, other: str) -> OcrWord:
    """The word in doubt, beside what stands there if its figures are wrong."""
    return replace(_marked(word, "doubtful"), others=((other, DISAGREES), *word.others))


def _who_is_right(word: OcrWord, said: str, reading: NumberReading, cut: bool) -> tuple[bool, bool]:
    """(whether the number reader's word counts, whether that is sure) where it saw other figures than the
    line network `said`, and the run was `cut` from letters or not. Readers lose figures and take one for
    another; they seldom make one up."""
    own, seen, confidence = figures_of(said), figures_of(reading.text), reading.confidence
    more = len(seen) - len(own)
    if is_plain(said) and word.confidence >= SURE_WORD and (cut or more < 0):
        return False, True
    stopped_short = own.startswith(seen) and reading.text.strip()[-1:] in _NO_END
    if is_plain(said) and ((cut and more > 0) or (more < 0 and stopped_short)):
        return False, False  # a letter's stroke, or a figure at the end that was not looked at
    second = confidence >= (LIKELY if more and is_plain(said) else LIKELIER) and more >= -MOST_LOST
    sure = confidence >= (SURE if more or not is_plain(said) else LIKELY) and more >= 0
    return second, sure and word.confidence >= BAD_WORD if second else word.confidence >= SURE_WORD


def _is_cut_from(seen: str, said: str, cut: tuple[bool, bool]) -> bool:
    """Whether what was seen differs from what was said by a figure at an edge at which it was cut from
    letters: the cut went through a figure, or took a stroke of a letter along."""
    left, right = cut
    return any(
        seen[a : len(seen) - b] == said[c : len(said) - d]
        for a, c in ((0, 0), (1, 0), (0, 1))[: 3 if left else 1]
        for b, d in ((0, 0), (1, 0), (0, 1))[: 3 if right else 1]
        if len(seen) > a + b
    )


def _put(text: str, start: int, end: int, figures: str) -> str:
    return text[:start] + figures + text[end:]


def _marked(word: OcrWord, figures: str) -> OcrWord:
    """The word with what is known of its figures; a doubt of one run is the word's."""
    if figures == "doubtful" or word.figures == "doubtful":
        return replace(word, figures="doubtful")
    return replace(word, figures="confirmed")
