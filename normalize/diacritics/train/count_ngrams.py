"""Counts the corpus and writes the language model: vocabulary, cases, and a pruned 4-gram model.

    python -m normalize.diacritics.train.count_ngrams CORPUS.txt.xz DATA_DIR

Interpolated Kneser-Ney smoothing (Chen and Goodman 1999, one discount an order), pruned by count, stored as
back-off probabilities in 8 bits. The corpus's last 5,000 lines are held out. Takes minutes and 4 GB.
"""

from __future__ import annotations

import argparse
import lzma
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.lm import BITS, LanguageModel, Order, pack_model
from normalize.diacritics.spelling import BREAK, SPECIALS, lm_tokens
from normalize.diacritics.train.registers import register_lines
from normalize.encodings.syllables import is_syllable

HELD_OUT_LINES = 5000
DOMAIN_WEIGHT = 120
_COMMON = 120
_MIN_SYLLABLE, _MIN_OTHER = 4, 25
_MIN_COUNTS = {2: 1, 3: 1, 4: 2}
_DISCOUNTS = {1: 0.6, 2: 0.75, 3: 0.85, 4: 0.9}

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Level = tuple[Keys, Counts, Counts]


def read_lines(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return stream.read().splitlines()[:-HELD_OUT_LINES]


def domain_lines() -> list[str]:
    """The register's own terms, which the law seldom uses: one term a line."""
    text = (Path(__file__).parent / "domain_terms.txt").read_text(encoding="utf-8")
    return [f"{line}." for line in text.splitlines() if line and not line.startswith("#")]


def in_contexts(terms: list[str], common: list[str]) -> list[str]:
    """Each short term after each common word: a term that is new to the corpus may follow anything."""
    short = [term for term in terms if len(term.split()) <= 3]
    return [f"{word} {term}" for word in common for term in short]


def choose_vocabulary(counts: Counter[str]) -> list[str]:
    """Special tokens, then syllables, then foreign words and abbreviations without marks."""
    words = [w for w, n in counts.most_common() if n >= _MIN_SYLLABLE and is_syllable(w)]
    plain = set("abcdefghijklmnopqrstuvwxyzđ")
    others = [
        w for w, n in counts.most_common() if n >= _MIN_OTHER and not is_syllable(w) and set(w) <= plain
    ]
    return [*SPECIALS, *words, *[w for w in others if 1 < len(w) < 16]]


def token_stream(lines: list[str], ids: dict[str, int]) -> npt.NDArray[np.uint64]:
    """All tokens as ids; a line that does not end a sentence runs on into a next one in small letters."""
    stream: list[int] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        stream.extend(ids.get(t, 0) for t in lm_tokens(line))
        if not following[:1].islower():
            stream.append(BREAK)
    return np.array(stream, dtype=np.uint64)


def ngrams(stream: npt.NDArray[np.uint64], order: int) -> tuple[Keys, Counts]:
    """Distinct n-grams, packed with the first word in the highest bits, and their counts."""
    size = len(stream) - order + 1
    keys = np.zeros(size, dtype=np.uint64)
    for i in range(order):
        keys = (keys << np.uint64(BITS)) | stream[i : i + size]
    found, counts = np.unique(keys, return_counts=True)
    return found, counts.astype(np.int64)


def continuations(keys: Keys, order: int) -> tuple[Keys, Counts]:
    """How many different words stand before each (order-1)-gram, from the distinct order-grams."""
    mask = np.uint64((1 << (BITS * (order - 1))) - 1)
    found, counts = np.unique(keys & mask, return_counts=True)
    return found, counts.astype(np.int64)


def leveled(stream: npt.NDArray[np.uint64], order: int) -> dict[int, Level]:
    """What `smooth` wants of a stream of words: the n-grams of every length up to `order`."""
    keys, counts = ngrams(stream, order)
    levels: dict[int, Level] = {order: (keys, counts, counts)}
    for n in range(order - 1, 0, -1):
        keys, different = continuations(levels[n + 1][0], n + 1)
        all_keys, seen = ngrams(stream, n)
        levels[n] = (keys, different, seen[np.searchsorted(all_keys, keys)])
    return levels


def smooth(
    levels: dict[int, Level], size: int, elsewhere: npt.NDArray[np.float64] | None = None
) -> dict[int, Order]:
    """Interpolated Kneser-Ney probabilities of the kept n-grams, and back-off weights of their contexts.

    `levels[n]`: n-grams, the counts to smooth (of different words before, below the top), how often seen.
    `elsewhere`: of each word, as if it had been met so often besides, going on with any word; then the pairs
    counted here say little of a word that is known better elsewhere.
    """
    raw = levels[1]
    unigram = np.full(size, 0.0)
    unigram[raw[0].astype(np.int64)] = raw[1] - _DISCOUNTS[1]
    total = float(raw[1].sum())
    unigram = unigram / total + (1.0 - unigram.sum() / total) / size
    model = {1: Order(np.arange(size, dtype=np.uint64), np.log(unigram), np.zeros(size))}
    full = {1: (model[1].keys, unigram)}
    for order in sorted(levels)[1:]:
        keys, counts, seen = levels[order]
        contexts, where = np.unique(keys >> np.uint64(BITS), return_inverse=True)
        sums = np.bincount(where, weights=counts)
        kinds = np.bincount(where)
        lower_keys, lower_p = full[order - 1]
        mask = np.uint64((1 << (BITS * (order - 1))) - 1)
        lower = lower_p[np.searchsorted(lower_keys, keys & mask)]
        discount = _DISCOUNTS[order]
        besides = elsewhere[contexts.astype(np.int64)] if elsewhere is not None and order == 2 else 0.0
        whole = sums + besides
        p = (counts - discount) / whole[where] + ((discount * kinds + besides) / whole)[where] * lower
        full[order] = (keys, p)
        keep = seen >= _MIN_COUNTS[order]
        model[order] = Order(keys[keep], np.log(p[keep]), np.zeros(int(keep.sum())))
        weights = _back_off(model[order - 1], contexts, keys[keep], p[keep], lower[keep])
        model[order - 1] = replace(model[order - 1], back_off=weights)
        sys.stderr.write(f"order {order}: {len(keys)} found, {int(keep.sum())} kept\n")
    return model


def _back_off(
    below: Order, contexts: Keys, keys: Keys, p: npt.NDArray[np.float64], lower: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The weight of each n-gram of `below` as a context: they then sum to one."""
    where = np.searchsorted(contexts, keys >> np.uint64(BITS))
    kept = np.bincount(where, weights=p, minlength=len(contexts))
    kept_lower = np.bincount(where, weights=lower, minlength=len(contexts))
    weight = np.log(np.maximum(1.0 - kept, 1e-4) / np.maximum(1.0 - kept_lower, 1e-4))
    at = np.searchsorted(below.keys, contexts)
    at = np.minimum(at, len(below.keys) - 1)
    found = below.keys[at] == contexts
    weights = np.zeros(len(below.keys))
    weights[at[found]] = weight[found]
    return weights


def train(lines: list[str], order: int = 4) -> LanguageModel:
    counts: Counter[str] = Counter()
    registers = register_lines()
    for line in [*lines, *registers]:
        counts.update(t for t in lm_tokens(line) if t not in SPECIALS)
    vocabulary = choose_vocabulary(counts)
    ids = {w: i for i, w in enumerate(vocabulary)}
    sys.stderr.write(f"{len(vocabulary)} words\n")
    stream = token_stream(lines, ids)
    common = vocabulary[len(SPECIALS) : len(SPECIALS) + _COMMON]
    terms = token_stream(
        [*domain_lines() * DOMAIN_WEIGHT, *in_contexts(domain_lines(), common), *registers], ids
    )
    stream = np.concatenate([stream, terms])
    sys.stderr.write(f"{len(stream)} tokens\n")
    return LanguageModel(vocabulary, smooth(leveled(stream, order), len(vocabulary)))


def main() -> None:
    """Trains and writes `lm.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    pack_model(train(read_lines(args.corpus)), args.data / "lm.npz")


if __name__ == "__main__":
    main()
