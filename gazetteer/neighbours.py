"""Which names of a pool are one letter apart from a name, told without comparing it with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONGEST_END = 6  # letters of a beginning or an end that names are sorted by

_Ends = dict[tuple[int, str], list[int]]  # places of names by their length and their first, or last, letters


class Neighbours:
    """Names (matching keys, none twice) by their beginnings and ends. One letter other, more, less or in its
    neighbour's place leaves two names the same beginning or the same end, in all but two letters of the
    shorter half of each."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._sorted: dict[int, tuple[_Ends, _Ends]] = {}

    def within_one(self, key: str) -> list[tuple[str, int]]:
        """The names that are `key` or one letter apart, and how many letters they differ in: nearest first,
        then as the names were given."""
        size = min(_LONGEST_END, max(0, len(key) - 2) // 2)
        begin, end = self._by_ends(size)
        places: set[int] = set()
        for length in (len(key) - 1, len(key), len(key) + 1):
            places.update(begin.get((length, key[:size]), ()))
            places.update(end.get((length, key[len(key) - size :]), ()))
        listed = sorted(places)
        names = [self._keys[at] for at in listed]
        near = process.extract(key, names, scorer=OSA.distance, score_cutoff=1, limit=None, processor=None)
        return [(name, int(apart)) for name, apart, _ in sorted(near, key=lambda found: found[1:])]

    def _by_ends(self, size: int) -> tuple[_Ends, _Ends]:
        if size not in self._sorted:
            begin: _Ends = defaultdict(list)
            end: _Ends = defaultdict(list)
            for at, key in enumerate(self._keys):
                begin[len(key), key[:size]].append(at)
                end[len(key), key[len(key) - size :]].append(at)
            self._sorted[size] = dict(begin), dict(end)
        return self._sorted[size]
