"""A heading read from worn print, put right against what columns of reports are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from normalize.lexicon import entries
from normalize.unicode import fold

SURE, WEAK = 0.97, 0.9
"""Confidence from which a heading keeps its marks, and below which a few of its letters may be others'."""

ALIKE, AHEAD = 0.78, 0.08
"""Share of the letters that a weak heading has in common with what it is taken for, and by which that is
ahead of the next."""

LEAST, APART = 5, 2
"""Letters from which a heading is compared, and by how many at most it is longer or shorter than what it is
taken for: `Trung bình` is no `Dân số trung bình`."""

_TAIL = re.compile(r"(.*?)(\s*\([^()]*\)?)?", re.DOTALL)
_STRAY = re.compile(r"(?<=[^\W\d_]{2})\.(?=\s+[a-zà-ỹđ(])")
_OPEN = re.compile(r"^[^()]*\([^\W\d_][^\W\d_ /²³]{0,11}$")
_EDGES = " .,;:-–—*'\"“”`~^_·•<>|\\"


def plain_heading(text: str) -> str:
    """A heading without points and strokes of dirt at its ends and behind its words (headings are no
    sentences), its last bracket round a unit closed."""
    bare = text.strip(_EDGES)
    if not any(map(str.isalpha, bare)):
        return text
    return _STRAY.sub("", f"{bare})" if _OPEN.search(bare) else bare)


def mended_heading(text: str, confidence: float, own: Mapping[str, str]) -> str:
    """A heading as it must read, or as it was read. `own` are surely read headings of the same document by
    `heading_key`.

    Other marks make it one that is known: it is that, unless it was read surely. A few other letters do where
    it was read weakly and is like no other known one; never where it has figures. What stands in brackets at
    its end is left alone.
    """
    match = _TAIL.fullmatch(text)
    body, tail = (match[1], match[2] or "") if match else (text, "")
    key = heading_key(body)
    if len(key) < LEAST or confidence >= SURE or any(map(str.isdigit, body)):
        return text
    known = {**own, **_phrases()}
    if key not in known and confidence < WEAK:
        key = _nearest(key, tuple(known))
    if key not in known:
        return text
    return _as_written(known[key], body) + tail


def heading_key(text: str) -> str:
    """The letters of a heading without marks, blanks and signs."""
    return "".join(c for c in fold(text) if c.isalpha())


def known_headings(read: Sequence[tuple[str, float]]) -> dict[str, str]:
    """Headings of a document that were read surely (texts with their confidence), by their key: those of more
    than one word and without figures."""
    sure = [_bare(text) for text, confidence in read if confidence >= SURE]
    return {heading_key(text): text for text in sure if " " in text and not any(map(str.isdigit, text))}


def _bare(text: str) -> str:
    match = _TAIL.fullmatch(text)
    return match[1] if match else text


def _nearest(key: str, known: Sequence[str]) -> str:
    """The known key that a misread one is like and no other is nearly as like; '' where there is none."""
    ranked = sorted(((fuzz.ratio(key, other) / 100, other) for other in known), reverse=True)[:2]
    (best, found), (second, _) = ranked
    if abs(len(found) - len(key)) > APART:
        return ""
    return found if best >= ALIKE and best - second >= AHEAD else ""


def _as_written(phrase: str, read: str) -> str:
    """A phrase in the capitals of what was read."""
    letters = [c for c in read if c.isalpha()]
    if letters and all(map(str.isupper, letters)):
        return phrase.upper()
    return phrase[0].lower() + phrase[1:] if letters and letters[0].islower() else phrase


@cache
def _phrases() -> Mapping[str, str]:
    return {heading_key(phrase): phrase for phrase, _ in entries("headings")}
