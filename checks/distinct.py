"""Which of a document's equations say the same as one before: told by marks, one number an equation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from checks.equations import MOST_FIGURES, Alike
from checks.relation import ONE, Relation

_WORD = 1 << 64
_TARGET, _PARTS = 3, 5  # of a sum that a constant is added to, which can't be turned round
# Steele, Lea and Flood 2014: numbers in order made into such as have nothing in common.
_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_SHIFTS = tuple(np.uint64(n) for n in (30, 27, 31))

_Key = tuple[object, ...]


class Distinct:
    """Asked of equations one after another; `figures` is how many figures they may name."""

    def __init__(self, figures: int) -> None:
        self._marks = _mixed(figures)
        self._seen: dict[int, tuple[Relation, ...]] = {}
        self._alike: list[tuple[Alike, dict[int, int]]] = []  # with the places of their marks

    def is_new(self, relation: Relation) -> bool:
        """Whether no equation before said the same."""
        key = _key(relation)
        mark = self._mark(relation, key)
        like = self._seen.get(mark, ())
        if any(_key(other) == key for other in like) or self._is_among(key, mark):
            return False
        self._seen[mark] = (*like, relation)
        return True

    def new_of(self, found: Alike) -> Alike:
        """Those of many like equations that none before said."""
        told = self._marks_of(found).tolist()
        new = np.ones(len(found), dtype=np.bool_)
        for at, mark in enumerate(told):
            if mark in self._seen or any(mark in places for _, places in self._alike):
                key = _key(found[at])
                again = any(_key(other) == key for other in self._seen.get(mark, ()))
                new[at] = not again and not self._is_among(key, mark)
        self._alike.append((found, {mark: at for at, mark in enumerate(told)}))
        return found.only(new)

    def _is_among(self, key: _Key, mark: int) -> bool:
        """Whether one of those kept as arrays says the same."""
        return any(mark in places and _key(found[places[mark]]) == key for found, places in self._alike)

    def _mark(self, relation: Relation, key: _Key) -> int:
        """One number for all equations of a key: that of its figures' own, as in `_marks_of`, where it may be
        one of those."""
        own = self._marks.item
        if isinstance(signed := key[0], frozenset) and len(signed) <= MOST_FIGURES:
            total: int = sum([own(n) * sign for n, sign in signed])
            return total % _WORD
        other = not relation.constant or relation.scale is not ONE or bool(relation.whole)
        if other or any(term.factor is not ONE for term in relation.parts):
            return hash(key) % _WORD
        parts = sum([own(term.figure) for term in relation.parts])
        return (_TARGET * own(relation.target) + _PARTS * parts + hash(relation.constant)) % _WORD

    def _marks_of(self, found: Alike) -> NDArray[np.uint64]:
        """The marks of equations kept as arrays."""
        own = self._marks[found.figures]
        target: NDArray[np.uint64] = own[:, 0]
        parts: NDArray[np.uint64] = own[:, 1:].sum(axis=1, dtype=np.uint64)
        if found.like.constant:
            constant = np.uint64(hash(found.like.constant) % _WORD)
            marked: NDArray[np.uint64] = np.uint64(_TARGET) * target + np.uint64(_PARTS) * parts + constant
            return marked
        first = found.figures.argmin(axis=1) == 0  # the target, which is taken away then
        marks: NDArray[np.uint64] = np.where(first, parts - target, target - parts)
        return marks


def _mixed(count: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each from 0 on."""
    mixed: NDArray[np.uint64] = np.arange(1, count + 1, dtype=np.uint64) * _STEP
    mixed = (mixed ^ (mixed >> _SHIFTS[0])) * _FIRST
    mixed = (mixed ^ (mixed >> _SHIFTS[1])) * _SECOND
    return mixed ^ (mixed >> _SHIFTS[2])


def _key(relation: Relation) -> _Key:
    """Equal for relations that say the same: a sum of parts, whichever of its figures is the target."""
    if relation.whole:
        return relation.target, relation.parts, relation.whole, relation.scale
    if relation.constant or abs(relation.scale) != 1:
        return relation.target, relation.parts, relation.scale, relation.constant
    scale = relation.scale
    parts = [(t.figure, int(scale if t.factor is ONE else t.factor * scale)) for t in relation.parts]
    signed = [(relation.target, -1), *parts]
    if min(signed)[1] > 0:  # of the equation and its mirror image the one whose first figure is taken away
        signed = [(n, -s) for n, s in signed]
    return frozenset(signed), ""
