"""Means and unit prices that a sentence tells with what they are made from: `24 lớp cho 1.920 người (bình
quân 80 người/lớp)`, `150 suất, mỗi suất 500.000 đồng, tổng trị giá 75.000.000 đồng`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.prose.claims import Claim, Clauses
from normalize.prose.figures import Figure

_MEAN = re.compile(r"\b(?:binh quan|trung binh)\b[^\d;.]{0,20}$")
_PER = re.compile(r"\s*(?:(?:trieu|nghin|ngan|ty)\s+)?(?P<thing>[a-z]+(?: [a-z]+)?)\s?/\s?(?P<each>[a-z]+)")
_EACH = re.compile(r"\bmoi (?P<each>[a-z]+)(?: [a-z]+){0,2}\s*$")
_WHOLE = re.compile(r"\b(?:tong (?:tri gia|gia tri|so tien|kinh phi)|(?:tri gia|tong))[^\d;.]{0,20}$")
_WORD = re.compile(r"[a-z]+")
_BEHIND = 3  # words behind a figure that say what it counts


def find(clauses: Clauses) -> Iterator[Claim]:
    """The means of a sentence whose whole and number stand in it too."""
    for figure in clauses.figures:
        if figure.role != "value" or figure.unit == "percent":
            continue
        per = _PER.match(clauses.key, clauses.printed_end(figure))
        if per and _MEAN.search(clauses.key[: figure.start]):
            yield from _of(clauses, figure, per["thing"].split()[-1], per["each"], False)
        elif each := _EACH.search(clauses.key[: figure.start]):
            yield from _of(clauses, figure, clauses.noun(figure), each["each"], True)


def _of(clauses: Clauses, mean: Figure, thing: str, each: str, priced: bool) -> Iterator[Claim]:
    """The mean of the figure that counts the thing over the one that counts what it is taken of."""
    others = [f for f in clauses.figures if f is not mean and f.role == "value" and f.value.of is None]
    number = [f for f in others if clauses.noun(f) == each]
    whole = [f for f in others if f not in number and _counts(clauses, f, thing)]
    if priced:
        whole = [f for f in whole if _WHOLE.search(clauses.key[: f.start])]
    number, whole = _nearest(number, mean), _nearest(whole, mean)
    if len(number) == 1 and len(whole) == 1:
        yield Claim("mean", mean, ((whole[0], 1),), (number[0],))


def _nearest(figures: list[Figure], mean: Figure) -> list[Figure]:
    """Of several figures those that are told before the mean."""
    before = [f for f in figures if f.end <= mean.start]
    return before if len(figures) > 1 and before else figures


def _counts(clauses: Clauses, figure: Figure, thing: str) -> bool:
    if thing == "dong":
        return clauses.noun(figure) == "dong"
    words = _WORD.findall(clauses.key[clauses.printed_end(figure) :][:40])
    return thing in words[:_BEHIND]
