"""The law's language model and one of everyday registers, asked as one by those who bring marks back.

What everyday words are met with comes from dictionaries and from lists of phrases. That says much of a word
whose marks were lost, and little against one that was read with its marks; who weighs readings of ink asks
the law's model alone (`own_model`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from normalize.diacritics.lm import (
    BITS,
    Float32s,
    Keys,
    LanguageModel,
    everyday_model,
    holds,
    own_model,
)
from normalize.diacritics.spelling import BREAK, UNKNOWN

_LEAST = 1e-12  # of any word: the law's model gives words that it lacks nothing


@dataclass(frozen=True)
class Mixture:
    """Both models, and the everyday one's share (0..1); its vocabulary goes on where the law's ends."""

    law: LanguageModel
    everyday: LanguageModel
    share: float

    @property
    def vocabulary(self) -> list[str]:
        return self.everyday.vocabulary

    @property
    def capitals(self) -> npt.NDArray[np.uint8]:
        return self.everyday.capitals

    @property
    def top(self) -> int:
        return max(self.law.top, self.everyday.top)

    @cached_property
    def alone(self) -> Float32s:
        """ln P of each word of the vocabulary, whatever stands before it."""
        law = np.zeros(len(self.vocabulary), dtype=np.float32)
        law[: len(self.law.vocabulary)] = np.exp(self.law.orders[1].log_p[:])
        return self._mixed(law, np.exp(self.everyday.orders[1].log_p[:]))

    def log_p(self, contexts: Keys, words: Keys, named: npt.NDArray[np.bool_]) -> Float32s:
        """ln P(word | context) for many at once, both models mixed.

        Where a name begins (`named`), a dictionary's pairs say nothing of it (`tại Tứ Kỳ` was `tài Tứ Kỳ`, by
        `tài tứ`): the everyday model is asked as for a first word.

        A word that nobody knows may follow anything: which words the law has before its few foreign ones says
        nothing (`xã Đăk Tơ Pang` was `xa Dak ...`, since abbreviations seldom follow a `xã`).
        """
        known = words < np.uint64(len(self.law.vocabulary))
        asked = np.where(known, words, np.uint64(UNKNOWN))
        law = np.where(known, np.exp(self.law.mixed_log_p(contexts, asked)), np.float32(0.0))
        before = np.where(named, np.uint64(BREAK), contexts)
        mixed = self._mixed(law, np.exp(self.everyday.log_p(before, words)))
        result: Float32s = np.where(words == np.uint64(UNKNOWN), self.alone[UNKNOWN], mixed)
        return result

    def met(self, first: Sequence[int], second: Sequence[int]) -> bool:
        """Whether any of the second words was met right behind any of the first."""
        one, other = np.array(first, dtype=np.uint64), np.array(second, dtype=np.uint64)
        pairs = (one[:, None] << np.uint64(BITS)) | other[None, :]
        return any(
            bool(holds(model.orders[2].keys, pairs.ravel()).any()) for model in (self.law, self.everyday)
        )

    def _mixed(self, law: Float32s, everyday: Float32s) -> Float32s:
        total = (1.0 - self.share) * law + self.share * everyday + _LEAST
        result: Float32s = np.log(total).astype(np.float32)
        return result


def own_mixture(share: float) -> Mixture:
    """Both models of this package. Raises OSError without them."""
    return Mixture(own_model(), everyday_model(), share)
