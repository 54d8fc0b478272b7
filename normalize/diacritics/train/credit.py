"""What words and pairs of words are credited with beside the sentences that are counted.

Smoothing asks in how many contexts a word was met. What is written for everyday registers stands in few, and
what a dictionary has stands in none: both are credited as if they had been met in more.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.lm import BITS
from normalize.diacritics.spelling import CODE, SPECIALS, UNKNOWN, lm_tokens, one_spelling
from normalize.diacritics.train.count_ngrams import Level

# As if met after so many different words. Tried on lines of other registers: twice as much gives the same to
# 0.001, six times as much (which was best for a fifth of the sentences) 0.002 less.
_WRITTEN_WORD, _WRITTEN_PAIR, _COLLOCATED_WORD, _NAME = 5.0, 1.5, 3.0, 0.7
# Beginnings with a capital, beside those counted: as if every word had been met so often, and so many of
# these with a capital; what a name of the lists counts for each person's and each place's name, and at most.
_PRIOR, _PRIOR_CAPITALS, _PERSON, _PLACE, _MOST_NAMES = 15.0, 0.45, 60.0, 4.0, 200.0

Ids = Mapping[str, int]

_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = frozenset((UNKNOWN, CODE))
_NO_CASE = frozenset('.;:!?"“-–(')


def collocations() -> dict[tuple[str, str], float]:
    """Pairs of syllables that go together, and what each counts (`collect_collocations`)."""
    with gzip.open(Path(__file__).parent / "collocations.txt.gz", "rt", encoding="utf-8") as stream:
        rows = (line.rstrip("\n").split("\t") for line in stream)
        return {(pair.split(" ")[0], pair.split(" ")[1]): float(n) for pair, n in rows}


def credits(
    ids: Ids, written: Iterable[str], pairs: Mapping[tuple[str, str], float], names: Iterable[str]
) -> tuple[dict[int, float], dict[int, float]]:
    """Word number → credit, and packed pair → credit."""
    words: defaultdict[int, float] = defaultdict(float)
    packed: defaultdict[int, float] = defaultdict(float)
    for (one, other), worth in pairs.items():
        first, second = ids.get(one, 0), ids.get(other, 0)
        if first and second:
            packed[(first << BITS) | second] += worth
            for number in (first, second):
                words[number] += _COLLOCATED_WORD
    for part in written:
        numbers = [ids.get(token, 0) for token in lm_tokens(part)]
        for number in numbers:
            if number >= len(SPECIALS):
                words[number] += _WRITTEN_WORD
        for first, second in pairwise(numbers):
            if {first, second}.isdisjoint(_NO_WORDS):
                packed[(first << BITS) | second] += _WRITTEN_PAIR
    for name in names:
        for part in syllables(name):
            if part in ids and ids[part] not in words:
                words[ids[part]] = _NAME
    return words, packed


def credited(level: Level, credit: Mapping[int, float]) -> Level:
    """`level` (n-grams, counts to smooth, how often seen) with the credits added, new n-grams among them."""
    keys, counts, seen = level
    added = np.array(sorted(credit), dtype=np.uint64)
    worth = np.array([credit[int(key)] for key in added])
    every = np.union1d(keys, added)
    totals, times = np.zeros(len(every)), np.zeros(len(every))
    at = np.searchsorted(every, keys)
    totals[at] += counts
    times[at] += seen
    at = np.searchsorted(every, added)
    totals[at] += worth
    times[at] += np.maximum(worth, 1.0)
    return every, totals, times


def syllables(name: str) -> list[str]:
    """A name's syllables in the spelling that the model knows."""
    return [one_spelling(part.lower()) for part in name.split() if part.isalpha()]


def capital_shares(
    lines: Iterable[str], vocabulary: list[str], people: Iterable[str], places: Iterable[str]
) -> npt.NDArray[np.uint8]:
    """Of every word, in how many of 255 places within sentences it begins with a capital."""
    capitals: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for line in lines:
        for word in _within_sentences(line):
            known = one_spelling(word.lower())
            met[known] += 1
            capitals[known] += word[0].isupper()
    named: defaultdict[str, float] = defaultdict(float)
    for names, worth in ((people, _PERSON), (places, _PLACE)):
        for name in names:
            for part in syllables(name):
                named[part] += worth
    shares = []
    for word in vocabulary:
        more = min(named[word], _MOST_NAMES)
        shares.append((capitals[word] + more + _PRIOR_CAPITALS) / (met[word] + more + _PRIOR))
    return np.clip(np.rint(np.array(shares) * 255.0), 1, 254).astype(np.uint8)


def _within_sentences(line: str) -> list[str]:
    """The words of a line whose case says something: no first words, nothing set in capitals alone."""
    if sum(map(str.isupper, line)) > sum(map(str.islower, line)):
        return []
    out: list[str] = []
    last = 0
    for match in _WORD.finditer(line):
        gap, first = line[last : match.start()], last == 0
        last = match.end()
        word = match.group()
        if not first and not _NO_CASE.intersection(gap) and not (len(word) > 1 and word.isupper()):
            out.append(word)
    return out
