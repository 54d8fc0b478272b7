"""Candidates weighed by what stands around them on both sides (`context`), before the text is searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from normalize.diacritics.beam import Lattice
from normalize.diacritics.case import shouting_lines
from normalize.diacritics.context import CAPITAL, CAPITALS, SMALL, ContextNetwork, Ints
from normalize.diacritics.spelling import UNKNOWN
from normalize.diacritics.tokens import Token

# How much of the network's ln P counts beside the language model's. On lines of other registers without marks
# .3 to .5 are the same to 0.004.
_BELIEF = np.float32(0.3)


@dataclass(frozen=True)
class Surroundings:
    """A network beside the vocabulary of a language model."""

    network: ContextNetwork
    vocabulary: list[str]

    @cached_property
    def _numbers(self) -> Ints:
        """Of every word of the vocabulary, its number in the network's; `UNKNOWN` where that lacks it."""
        known = self.network.number
        return np.array([known.get(word, UNKNOWN) for word in self.vocabulary], dtype=np.int64)

    def weigh(
        self, lattice: Lattice, tokens: Sequence[Token], places: Sequence[int], chosen: Ints
    ) -> Lattice:
        """`lattice`, each candidate with what the words around say of it.

        The words around are known by their letters alone: those of the `chosen` candidate of each place. A
        word that the network lacks counts as much as the best of its place.
        """
        starts, ids = lattice.starts, lattice.ids.astype(np.int64)
        owner = np.repeat(np.arange(len(lattice)), np.diff(starts))
        candidates = self._numbers[ids]
        letters = self.network.words.letters[candidates[chosen]]
        shares = self.network.log_shares(letters, _capitals(len(lattice), tokens, places), owner, candidates)
        met = candidates != UNKNOWN
        shares[~met] = -np.inf
        top = np.maximum.reduceat(shares, starts[:-1])
        top[np.isinf(top)] = 0.0
        shares = np.where(met, shares, top[owner])
        return replace(lattice, log_p=lattice.log_p + _BELIEF * shares)


def _capitals(size: int, tokens: Sequence[Token], places: Sequence[int]) -> Ints:
    shouting = shouting_lines(tokens)
    out: npt.NDArray[np.int64] = np.full(size, SMALL, dtype=np.int64)
    for token, place in zip(tokens, places, strict=True):
        if token.kind == "word" and not shouting[token.line] and token.text[0].isupper():
            out[place] = CAPITALS if len(token.text) > 1 and token.text.isupper() else CAPITAL
    return out
