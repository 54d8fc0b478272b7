"""The name of an office read from worn print (`56 Gido dye`, `S6Y Té`), put right by what offices are
called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.lexicon import entries
from normalize.lookalikes import LETTERS
from normalize.unicode import fold

# Share of a name's letters that may be others, and by how many letters the next name must differ more; of a
# name that the document itself has elsewhere a few more may.
_OTHERS, _OTHERS_OF_OWN, _AHEAD = 0.25, 0.3, 2
_SHORTEST = 5  # letters
_NO_LETTER = re.compile(r"[^a-z]")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,5}")


def office_key(text: str) -> str:
    """The letters of a name, folded and without blanks, signs that are read for letters taken for them."""
    return _NO_LETTER.sub("", fold(text).translate(LETTERS))


@cache
def _offices() -> Mapping[str, str]:
    return {office_key(name): name for name, _ in entries("offices")}


def is_office(text: str) -> bool:
    """Whether a text is the name of a known office, but for its marks."""
    return office_key(text) in _offices()


def office_of(raw: str, own: Iterable[str] = ()) -> tuple[str, float] | None:
    """The office that a name as read is meant for, and how many of its letters agree (0..1); None where it is
    like no office, or like two. `own` are offices whose names were read elsewhere in the document. An
    abbreviation at its end (`tỉnh HD`) stays."""
    head, _, tail = raw.strip().rpartition(" ")
    if head and _ABBREVIATION.fullmatch(tail):
        found = _nearest(head, frozenset())
        whole = found is not None and len(found[0].split()) <= len(head.split())
        return (f"{found[0]} {tail}", found[1]) if found and whole else None
    return _nearest(raw, frozenset(map(office_key, own)))


def _nearest(raw: str, own: frozenset[str]) -> tuple[str, float] | None:
    key = office_key(raw)
    if len(key) < _SHORTEST:
        return None
    ranked = process.extract(key, list(_offices()), scorer=Levenshtein.distance, limit=2)
    (name, distance, _), (_, second, _) = ranked[0], ranked[1]
    most = (_OTHERS_OF_OWN if name in own else _OTHERS) * len(name)
    rivals = second - distance < _AHEAD and (name not in own or ranked[1][0] in own)
    if distance > most or (distance and rivals):
        return None
    return _offices()[name], 1 - distance / len(name)
