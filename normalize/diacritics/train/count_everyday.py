"""Counts what is written for everyday registers and writes their language model, `everyday.npz`.

    python -m normalize.diacritics.train.count_everyday CORPUS.txt.xz DATA_DIR

Its vocabulary begins with that of DATA_DIR/lm.npz, which must be there; dictionaries' syllables and those of
places' names follow. The corpus only tells which words begin with a capital within sentences. Half a minute.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from normalize.diacritics.lm import BITS, LanguageModel, load_model, pack_model
from normalize.diacritics.names import read_names
from normalize.diacritics.spelling import SPECIALS, lm_tokens
from normalize.diacritics.train.count_ngrams import domain_lines, leveled, read_lines, smooth, token_stream
from normalize.diacritics.train.credit import capital_shares, collocations, credited, credits, syllables
from normalize.diacritics.train.registers import everyday_lines, names_of_people, written_parts
from normalize.encodings.syllables import is_syllable

_ORDER = 4
# Lines of the corpus between two whose capitals are counted, and how often the law's own terms are told.
_EVERY, _TERMS = 4, 5
# A syllable of what is written is a word; a dictionary's is met so often for each word of it that has it.
_LEAST, _OF_A_WORD = 1, 4
_LONGEST_NAME = 12
# How often templates are filled, names of people made and phrases told. The more, the less is left, after
# what begins many sentences or stands before many slots, for words that were not met there: with 140, 40,000
# and 10, of lines of other registers .4 in 100 words more were wrong.
_FILLED, _PEOPLE, _REPEATED = 4, 3_000, 1
# What each different word that follows another in the law counts against the pairs written here.
_OF_THE_LAW = 0.33


def vocabulary_of(
    law: Sequence[str], lines: Iterable[str], pairs: Iterable[tuple[str, str]], places: Iterable[str]
) -> list[str]:
    """The law's words, the syllables of `lines` and `pairs` that it lacks, and marked parts of `places`."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(token for token in lm_tokens(line) if token not in SPECIALS)
    for pair in pairs:
        counts.update(dict.fromkeys(pair, _OF_A_WORD))
    known = set(law)
    met = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = [word for word, n in met if n >= _LEAST and word not in known and is_syllable(word)]
    known.update(more)
    parts = {part for name in places for part in syllables(name)} - known
    named = [p for p in sorted(parts) if len(p) <= _LONGEST_NAME and not p.replace("đ", "d").isascii()]
    words = [*law, *more, *named]
    if len(words) > 1 << BITS:
        raise ValueError(f"{len(words)} words are more than a packed n-gram can tell apart")
    return words


def with_names_apart(line: str) -> str:
    """`line` with a stop before each name within a sentence: which names follow `xã` in these lists says
    nothing of the words that do. The repairer, too, asks for a name's first word as for a sentence's."""
    words = line.split(" ")
    return " ".join(f". {b}" if a[:1].islower() and b.istitle() else b for a, b in pairwise(["", *words]))


def train(law: LanguageModel, corpus: Sequence[str], places: Sequence[str]) -> LanguageModel:
    lines = [with_names_apart(line) for line in everyday_lines(_FILLED, _PEOPLE, _REPEATED)]
    pairs = collocations()
    vocabulary = vocabulary_of(law.vocabulary, lines, pairs, places)
    ids = {word: number for number, word in enumerate(vocabulary)}
    levels = leveled(token_stream([*domain_lines() * _TERMS, *lines], ids), _ORDER)
    words, packed = credits(ids, map(with_names_apart, written_parts()), pairs, places)
    levels[1], levels[2] = credited(levels[1], words), credited(levels[2], packed)
    elsewhere = np.zeros(len(vocabulary))
    followed, kinds = np.unique(law.orders[2].keys >> np.uint64(BITS), return_counts=True)
    elsewhere[followed.astype(np.int64)] = _OF_THE_LAW * kinds
    shares = capital_shares(corpus[::_EVERY], vocabulary, names_of_people(), places)
    return LanguageModel(vocabulary, smooth(levels, len(vocabulary), elsewhere), shares)


def main() -> None:
    """Trains and writes `everyday.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    places = [name for name, _ in read_names(args.data / "places.txt.gz")]
    model = train(load_model(args.data / "lm.npz"), read_lines(args.corpus), places)
    pack_model(model, args.data / "everyday.npz")


if __name__ == "__main__":
    main()
