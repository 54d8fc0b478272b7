"""Which names of a pool are one letter apart from a name, told without comparing it with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONGEST_END = 6  # letters of a beginning or an end that names are sorted by

_Ends = dict[tuple[int, str], list[str]]  # names by their length and their first, or last, letters


class Neighbours:
    """Names (matching keys, none twice) by their beginnings and ends. One letter other, more, less or in its
    neighbour's place leaves two names the same beginning or the same end, in all but two letters of the
    shorter half of each."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._places = {key: at for at, key in enumerate(keys)}
        self._sorted: dict[int, tuple[_Ends, _Ends]] = {}

    def within_one(self, key: str) -> list[tuple[str, int]]:
        """The names that are `key` or one letter apart, and how many letters they differ in: nearest first,
        then as the names were given."""
        size = min(_LONGEST_END, max(0, len(key) - 2) // 2)
        begin, end = self._by_ends(size)
        found: dict[str, int] = {}
        for length in (len(key) - 1, len(key), len(key) + 1):
            for names in (begin.get((length, key[:size])), end.get((length, key[len(key) - size :]))):
                if names:
                    near = process.extract(
                        key, names, scorer=OSA.distance, score_cutoff=1, limit=None, processor=None
                    )
                    found.update((name, int(apart)) for name, apart, _ in near)
        return sorted(found.items(), key=lambda told: (told[1], self._places[told[0]]))

    def _by_ends(self, size: int) -> tuple[_Ends, _Ends]:
        if size not in self._sorted:
            begin: _Ends = defaultdict(list)
            end: _Ends = defaultdict(list)
            for key in self._places:
                begin[len(key), key[:size]].append(key)
                end[len(key), key[len(key) - size :]].append(key)
            self._sorted[size] = dict(begin), dict(end)
        return self._sorted[size]
