"""Candidates weighed by what stands around them on both sides (`context`), before the text is searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from normalize.diacritics.beam import Lattice
from normalize.diacritics.case import shouting_lines
from normalize.diacritics.context import CAPITAL, CAPITALS, SMALL, ContextNetwork, Floats, Ints
from normalize.diacritics.readers import Reader
from normalize.diacritics.spelling import BREAK, CODE, NUMBER, SPECIALS, UNKNOWN
from normalize.diacritics.tokens import Kind, Token

# How much of the network's ln P counts beside the language model's. Of lines of other registers without marks
# .35 to .7 are the same to 0.002, of a damaged report .3 to .6 to 0.003; read by OCR .45 has 0.001 (English)
# and 0.003 (French) more than .6, since the reader's own tables say more of its letters.
_OF_STRIPPED, _OF_READ = 0.6, 0.5
_SPECIAL: Mapping[Kind, int] = {"number": NUMBER, "code": CODE, "fixed": UNKNOWN}


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

    def look(self, size: int, tokens: Sequence[Token], places: Sequence[int]) -> Floats:
        """What the network sees at each of the `size` places of a lattice."""
        return self.network.all_seen(_as_read(size, tokens, places), _capitals(size, tokens, places))

    def weigh(self, lattice: Lattice, seen: Floats, reader: Reader) -> Lattice:
        """`lattice`, each candidate with what its letters and the words around (`look`) say of it.

        A word that the network lacks counts as much as the best of its place.
        """
        starts = lattice.starts
        owner = np.repeat(np.arange(len(lattice)), np.diff(starts))
        candidates = self._numbers[lattice.ids.astype(np.int64)]
        met = candidates != UNKNOWN
        shares = np.full(len(owner), -np.inf, dtype=np.float32)
        shares[met] = self.network.log_shares_seen(seen, owner[met], candidates[met])
        top = np.maximum.reduceat(shares, starts[:-1])
        top[np.isinf(top)] = 0.0
        shares = np.where(met, shares, top[owner])
        belief = _OF_STRIPPED if reader == "none" else _OF_READ
        return replace(lattice, log_p=lattice.log_p + np.float32(belief) * shares)


def _as_read(size: int, tokens: Sequence[Token], places: Sequence[int]) -> list[str]:
    """What was read at every place of the lattice: words, and special tokens for all else."""
    out = [SPECIALS[BREAK]] * size
    for token, place in zip(tokens, places, strict=True):
        out[place] = token.text if token.kind == "word" else SPECIALS[_SPECIAL[token.kind]]
    return out


def _capitals(size: int, tokens: Sequence[Token], places: Sequence[int]) -> Ints:
    shouting = shouting_lines(tokens)
    out: npt.NDArray[np.int64] = np.full(size, SMALL, dtype=np.int64)
    for token, place in zip(tokens, places, strict=True):
        if token.kind == "word" and not shouting[token.line] and token.text[0].isupper():
            out[place] = CAPITALS if len(token.text) > 1 and token.text.isupper() else CAPITAL
    return out
