"""From the chances of a line's signs to its words: the likeliest path, and a search where it is unsure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from extract.scan.prepare.runs import runs_of
from extract.scan.readers.ctc import Chances, beam_search
from extract.scan.readers.likely_path import Letters, LikelyPath
from model.copies import quick

IsWord = Callable[[str], bool]

_SURE_STEP = 0.9
"""Chance of every step from which a word is taken as the likeliest path has it."""

_WORD_IS_WORTH = 20.0
"""Times likelier that a text must be to stand against one that is a word."""

_MOST_OTHERS = 4
_BEAM = 10
_LEAST_CHANCE = 2e-3  # of a sign at its best step, to be thought of
_LEAST_CONFIDENCE = 0.01  # of a word: nought is ink that gave none
_PER_LOG = 0.35
"""What a word's confidence loses for each unit of the natural logarithm of its least sure step's chance:
Tesseract's own rule (a certainty of 7 ln p; 5 points of 100 for each), so that limits hold for all."""

_NO_CHANCE = 1e-9


@quick
@dataclass(frozen=True, slots=True)
class LineWord:
    """A word of a line: its text, its confidence (0..1, as Tesseract counts it), and the share of the
    picture's width (0..1) at which the blank before it was read (0 for the first). `others` are the next
    best texts, each with its cost: ln(chance of the text / chance of the other). `at` is the share of the
    width at which each of its signs was first seen; empty where the likeliest path spells another text."""

    text: str
    confidence: float
    begins: float
    others: tuple[tuple[str, float], ...] = ()
    at: tuple[float, ...] = ()


@dataclass(frozen=True)
class Signs:
    """What a network's classes stand for: `signs[class]`; `blank` is the class of nothing."""

    signs: tuple[str, ...]
    blank: int

    @cached_property
    def space(self) -> int:
        """The class of the blank between words."""
        return self.signs.index(" ")


def find_words(chances: Chances, signs: Signs, is_word: IsWord) -> list[LineWord]:
    """The words of a line's chances (steps, classes), cut at the blanks of the likeliest path."""
    path = LikelyPath(chances, signs.blank)
    space = path.classes == signs.space
    words: list[LineWord] = []
    begins = 0.0
    for start, end in runs_of(~space):
        if start:
            begins = (_run_before(space, start) + start) / 2 / len(space)
        letters = path.letters(start, end)
        if letters.runs.stop > letters.runs.start:
            word = _word(chances[letters.steps], path, letters, begins, (signs, is_word))
            if word.text:
                words.append(word)
    return words


def _word(
    chances: Chances, path: LikelyPath, letters: Letters, begins: float, language: tuple[Signs, IsWord]
) -> LineWord:
    """The word of some letters of a line's path, given their `chances`: the path's where every step is
    sure and it is a word, else what a beam search finds, a known word before an unknown one."""
    signs, is_word = language
    least = path.sureness(letters)
    greedy = "".join(signs.signs[c] for c in path.printed(letters))
    at = path.seen_at(letters)
    if least >= _SURE_STEP and is_word(greedy):
        return LineWord(greedy, _confidence(least), begins, at=at)
    found = _spelled(chances, signs)
    if not found:
        return LineWord(greedy, _confidence(least), begins, at=at)
    best, chance = _chosen(found, is_word)
    sure = max(chance, least) if best == greedy else chance
    others = tuple((text, math.log(chance / p)) for text, p in found if text != best)
    return LineWord(best, _confidence(sure), begins, others[:_MOST_OTHERS], at if best == greedy else ())


def _spelled(chances: Chances, signs: Signs) -> list[tuple[str, float]]:
    """The likeliest texts of some steps with their chances, best first."""
    likely = np.flatnonzero(chances.max(axis=0) > _LEAST_CHANCE)
    kept = [signs.blank, *(int(c) for c in likely if c not in (signs.blank, signs.space))]
    found: dict[str, float] = {}
    for classes, chance in beam_search(np.ascontiguousarray(chances[:, kept]), _BEAM):
        text = "".join(signs.signs[kept[c]] for c in classes)
        found[text] = found.get(text, 0.0) + chance
    return sorted(((t, p) for t, p in found.items() if t and p > 0), key=lambda item: -item[1])


def _chosen(found: Sequence[tuple[str, float]], is_word: IsWord) -> tuple[str, float]:
    """The likeliest text; where it is no word, one that is and is not much less likely. A single sign is what
    it looks like most: the rest of a word (`Khôn` / `g`) is none by itself."""
    best, chance = found[0]
    if len(best) == 1 or is_word(best):
        return best, chance
    known = ((t, p) for t, p in found[1:] if p * _WORD_IS_WORTH > chance and is_word(t))
    return next(known, (best, chance))


def _confidence(chance: float) -> float:
    """A word's confidence, of the chance of its least sure step."""
    return min(1.0, max(_LEAST_CONFIDENCE, 1 + _PER_LOG * math.log(max(chance, _NO_CHANCE))))


def surety(confidence: float) -> float:
    """What a word's confidence is worth in nats: -ln(chance that its least sure step is another sign)."""
    return -math.log(max(1 - math.exp((min(confidence, 1.0) - 1) / _PER_LOG), _NO_CHANCE))


def _run_before(space: npt.NDArray[np.bool_], end: int) -> int:
    """The first step of the run of blanks that ends before `end`."""
    start = end
    while start > 0 and space[start - 1]:
        start -= 1
    return start
