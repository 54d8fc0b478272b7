"""Figures that a sentence repeats in words: `250.000 đồng (Hai trăm ... đồng)`, `07 (bảy) hồ sơ`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.value import DecimalMark
from normalize.number_words import spelled
from normalize.prose.figures import Figure, find_figures, plain_key
from normalize.unicode import squeeze

_BRACKET = re.compile(
    r"\((?P<said>(?:(?:so tien )?(?:viet |ghi )?bang chu|so tien)\s*:?\s*)?(?P<words>[^()\d]{2,160})\)"
)
_NEAR = 16  # letters between a figure and its words
_WORD = re.compile(r"[a-z]+")
_ENDS = frozenset(("dong", "chan", "viet", "nam", "vnd"))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A figure with the number that the words behind it spell, and these as printed."""

    figure: Figure
    number: int
    words: str


def find(text: str, mark: DecimalMark) -> Iterator[Spelled]:
    """The figures of a sentence that words in brackets repeat, with nothing in these but the number and what
    it counts."""
    key = plain_key(text)
    brackets = list(_BRACKET.finditer(key))
    if not brackets:
        return
    figures = find_figures(text, mark)
    for bracket in brackets:
        before = [f for f in figures if f.start < bracket.start()]
        if not before or bracket.start() - before[-1].end > _NEAR:
            continue
        found = spelled(text[bracket.start("words") : bracket.end("words")])
        if found is None:
            continue
        number, rest = found
        figure = before[-1]
        around = _WORD.findall(
            key[figure.start : bracket.start()] + key[bracket.end() : bracket.end() + _NEAR]
        )
        if set(_WORD.findall(" ".join(rest))) <= {*around, *_ENDS}:
            yield Spelled(figure, number, squeeze(text[bracket.start("words") : bracket.end("words")]))
