"""Where a phrase may stand among the words of a torn header, and how well it explains them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from extract.dump.torn.printed import PrintedWord, TornHeader

# In letters explained: a letter that differs, a letter of a word that was not found, a line passed over
# within a phrase beyond one of torn-off marks.
_OTHER_LETTER, _LOST_LETTER, _LINE_PASSED = 1.7, 0.9, 0.5
# A cell's first line begins with a capital and its others do not.
_BEGUN, _PIECE, _BROKEN = 0.8, 0.8, 1.5
_LEAST_FIT = 0.25
_MOST_FUSED = 4
_MOST_LOST = 3
_LEAST_FOUND = 0.45  # of a phrase's letters, else it is no reading of them
# Places of a phrase that begin with the same word and are kept, and beginnings of it to go on from after each
# line.
_KEPT, _WAYS = 8, 6

Taken = tuple[tuple[int, int, int], ...]
"""Words of a header as (line, first, end)."""

_Way = tuple[float, float, Taken]
"""Letters explained less what speaks against it, letters found, words taken."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A phrase in the header: letters it explains less what speaks against it, the words it takes, the share
    of its letters that was found."""

    score: float
    taken: Taken
    found: float


@lru_cache(maxsize=65536)
def word_fit(key: str, printed: str) -> float:
    """The letters of a phrase's word that a printed one explains; 0 where it is another word."""
    if key == printed:
        return float(len(key))
    fit = len(key) - _OTHER_LETTER * Levenshtein.distance(key, printed)
    return fit if fit >= _LEAST_FIT else 0.0


@lru_cache(maxsize=4096)
def places_of(words: tuple[str, ...], header: TornHeader) -> tuple[Placed, ...]:
    """The best places of a phrase's words (keys), from the top line down, a run of words on each; () where
    too little of it is there."""
    ways: dict[int, list[_Way]] = {0: [(0.0, 0.0, ())]}
    for line, printed in enumerate(header.lines):
        grown: dict[int, list[_Way]] = {}
        for start, k, k2, end, fit, gain in _all_runs(words, printed):
            for known in range(max(0, k - _MOST_LOST), k + 1):
                lost = _LOST_LETTER * sum(map(len, words[known:k]))
                for score, found, taken in ways.get(known, ()):
                    passed = _LINE_PASSED * max(0, line - taken[-1][0] - 2) if taken else 0.0
                    begun = (_BEGUN if printed[start].opens == (not taken) else -_BEGUN) - _PIECE
                    way = (score + gain - lost - passed + begun, found + fit, (*taken, (line, start, end)))
                    grown.setdefault(k2, []).append(way)
        for known, found_ways in grown.items():
            ways[known] = _best_begun([*ways.get(known, []), *found_ways], _WAYS)
    letters = sum(map(len, words))
    placed = [
        Placed(score - _LOST_LETTER * sum(map(len, words[known:])), taken, found / letters)
        for known, kept in ways.items()
        for score, found, taken in kept
        if taken and found >= _LEAST_FOUND * letters
    ]
    best: dict[Taken, Placed] = {}
    for place in sorted(placed, key=lambda p: -p.score):
        if place.score > 0:
            best.setdefault(place.taken, place)
    alike = Counter[tuple[int, int]]()
    likely = []
    for place in best.values():
        alike[place.taken[0][:2]] += 1
        if alike[place.taken[0][:2]] <= _KEPT:
            likely.append(place)
    return tuple(likely)


def _best_begun(ways: list[_Way], most: int) -> list[_Way]:
    """The best of the ways that begin with the same word, for each word that some begin with."""
    begun = Counter[tuple[int, int]]()
    kept = []
    for way in sorted(ways, key=lambda w: -w[0]):
        first = way[2][0][:2] if way[2] else (-1, -1)
        begun[first] += 1
        if begun[first] <= most:
            kept.append(way)
    return kept


def _all_runs(
    words: tuple[str, ...], printed: Sequence[PrintedWord]
) -> Iterator[tuple[int, int, int, int, float, float]]:
    """Runs of a line's words that are words of the phrase: (first printed word, first word of the phrase,
    next word of the phrase, next printed word, letters explained, the same less what speaks against a run
    that breaks off though the line goes on with the phrase), the best of those alike."""
    for start in range(len(printed)):
        best: dict[tuple[int, int, int], float] = {}
        for k in range(len(words)):
            for k2, end, fit in _runs(words, k, printed, start):
                best[k, k2, end] = max(fit, best.get((k, k2, end), 0.0))
        reach = {k: max(end for k1, _, end in best if k1 == k) for k, _, _ in best}
        for (k, k2, end), fit in best.items():
            torn = k and start and word_fit(words[k - 1], printed[start - 1].key) > 0
            broken = bool(torn) + (end < reach[k])
            yield start, k, k2, end, fit, fit - _BROKEN * broken


def _runs(
    words: tuple[str, ...], k: int, printed: Sequence[PrintedWord], at: int
) -> Iterator[tuple[int, int, float]]:
    """Runs of the printed words from `at` on that are the phrase's words from `k` on: (next word of the
    phrase, next printed word, letters explained)."""
    for k2, end, fit in _steps(words, k, printed, at):
        yield k2, end, fit
        if k2 < len(words) and end < len(printed):
            for k3, end3, more in _runs(words, k2, printed, end):
                yield k3, end3, fit + more


def _steps(
    words: tuple[str, ...], k: int, printed: Sequence[PrintedWord], at: int
) -> Iterator[tuple[int, int, float]]:
    """One printed word that is one word of the phrase or several fused; two that are one word cut."""
    text = printed[at].key
    for count in range(1, min(_MOST_FUSED, len(words) - k) + 1):
        if fit := word_fit("".join(words[k : k + count]), text):
            yield k + count, at + 1, fit
    if at + 1 < len(printed):
        fit = word_fit(words[k], text + printed[at + 1].key)
        if fit > max(word_fit(words[k], text), word_fit(words[k], printed[at + 1].key)):
            yield k + 1, at + 2, fit
