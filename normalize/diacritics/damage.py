"""Which lines need repair at all: a quick look, so that proper text goes through untouched and fast."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

Damage = Literal["none", "stripped", "ocr"]

# Letters that only proper Vietnamese text has: an OCR engine without `vie` cannot write them.
_PROPER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# Other Vietnamese letters but é: engines for western languages write some, so they count in short lines only,
# and there only where no longer lines beside them hold such letters alone.
_WESTERN = re.compile("[àáâãèêìíòóôõùúýÀÁÂÃÈÊÌÍÒÓÔÕÙÚÝ]")
_SHORT = 15
_READ_SHARE = 0.02
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\s.,;:()\[\]\"“”/\\|+*=<>?!_\-]+")
# Proper text has 0.17 such letters a letter (0.08 in a poor line), damaged text none or a few names' worth
# (measured on the held-out lines of the legal corpus and on damaged reports).
_PROPER_SHARE = 0.035
_REACH = 3
_LEAST_VIETNAMESE = 0.6
_LEAST_WORDS, _LEAST_OWN = 3, 5
# In a document that is mostly proper, so many words in a row must lack their marks to be held for damaged:
# names without marks fill columns of a table.
_LEAST_RUN = 25
_MOSTLY = 0.5


class _Shares:
    """Of lines, the letters that only proper text has, and the letters, as they are asked for: most lines of
    sound text show at a glance what they are."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._known: dict[int, tuple[int, int]] = {}

    def __getitem__(self, at: int) -> tuple[int, int]:
        if at not in self._known:
            line = self.lines[at]
            proper, letters = len(_PROPER.findall(line)), len(_LETTERS.findall(line))
            if letters < _SHORT:
                western = len(_WESTERN.findall(line))
                proper += western if western and not self._read_beside(at) else 0
            self._known[at] = proper, letters
        return self._known[at]

    def _read_beside(self, at: int) -> bool:
        """Whether the longer lines around hold letters of western languages, and none of proper text."""
        near = [line for line in self._near(at) if len(_LETTERS.findall(line)) >= _SHORT]
        letters, proper, western = (
            sum(len(kind.findall(line)) for line in near) for kind in (_LETTERS, _PROPER, _WESTERN)
        )
        return western > _READ_SHARE * letters and proper < _PROPER_SHARE * letters

    def _near(self, at: int) -> Sequence[str]:
        return self.lines[max(0, at - _REACH) : at + _REACH + 1]

    def is_sound(self, at: int) -> bool:
        """Whether a line has its share of proper letters."""
        line = self.lines[at]
        if len(_PROPER.findall(line)) >= _PROPER_SHARE * len(line):
            return True
        proper, letters = self[at]
        return proper >= _PROPER_SHARE * letters

    def around(self, at: int) -> list[tuple[int, int]]:
        """Those of a line and its neighbours."""
        return [self[i] for i in range(max(0, at - _REACH), min(len(self.lines), at + _REACH + 1))]


def share_damaged(lines: Sequence[str], is_bare: Callable[[str], bool]) -> float:
    """The share (0..1) of the letters that stand in damaged lines."""
    kinds = classify(lines, is_bare)
    if all(kind == "none" for kind in kinds):
        return 0.0
    letters = [len(_LETTERS.findall(line)) for line in lines]
    return sum(n for n, kind in zip(letters, kinds, strict=True) if kind != "none") / sum(letters)


def classify(lines: Sequence[str], is_bare: Callable[[str], bool]) -> list[Damage]:
    """What each line needs. `is_bare` says whether a word without its marks is Vietnamese.

    A line is damaged when it and its neighbours lack proper letters, and most of its words are Vietnamese
    but for their marks: tables of English or chemical names are left alone.
    """
    shares = _Shares(lines)
    suspects = {i for i in range(len(lines)) if not shares.is_sound(i) and _suspect(shares, i)}
    damage: list[Damage] = ["none"] * len(lines)
    for i in sorted(suspects):
        around = [lines[j] for j in range(i - _REACH, i + _REACH + 1) if j in suspects]
        damage[i] = _kind(lines[i], around, is_bare)
    if all(kind == "none" for kind in damage):
        return damage
    of_all = [shares[i] for i in range(len(lines))]
    total = sum(letters for _, letters in of_all)
    sound = sum(letters for proper, letters in of_all if proper >= _PROPER_SHARE * letters)
    return _long_runs(lines, damage) if sound > _MOSTLY * total else damage


def _long_runs(lines: Sequence[str], damage: list[Damage]) -> list[Damage]:
    """`damage` without runs of few words; lines without letters do not end a run."""
    out = list(damage)
    run: list[int] = []
    words = 0
    for i, line in enumerate([*lines, "ắ"]):
        if i < len(lines) and damage[i] != "none":
            run.append(i)
            words += len(_WORDS.findall(line))
        elif _LETTERS.search(line):
            if words < _LEAST_RUN:
                for j in run:
                    out[j] = "none"
            run, words = [], 0
    return out


def _suspect(shares: _Shares, i: int) -> bool:
    """Whether a line that is not sound stands among lines that are not."""
    near = shares.around(i)
    return sum(p for p, _ in near) < _PROPER_SHARE * sum(n for _, n in near)


def _kind(line: str, around: Sequence[str], is_bare: Callable[[str], bool]) -> Damage:
    own = _words(line)
    words = _words(" ".join(around))
    if not _vietnamese(own, _LEAST_OWN, is_bare) and not _vietnamese(words, _LEAST_WORDS, is_bare):
        return "none"
    clean = all(c.isascii() for text in around for c in text if c.isalpha())
    letters_only = [w for w in words if w.isalpha() and not w.isupper()]
    all_bare = sum(map(is_bare, letters_only)) >= 0.93 * len(letters_only)
    odd = sum(not w.isalpha() and not w[0].isdigit() for w in words)
    return "stripped" if clean and all_bare and odd <= 0.02 * len(words) else "ocr"


def _words(text: str) -> list[str]:
    return [w for w in _WORDS.findall(text) if any(c.isalpha() for c in w)]


def _vietnamese(words: Sequence[str], least: int, is_bare: Callable[[str], bool]) -> bool:
    """Whether most of `words` are Vietnamese but for their marks; fewer than `least` must all be."""
    bare = sum(map(is_bare, words))
    if len(words) < least:
        return bool(words) and bare == len(words)
    return bare >= _LEAST_VIETNAMESE * len(words)
