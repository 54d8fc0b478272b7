"""Collects pairs of syllables that go together, from lists of words and from the features of taggers.

    python -m normalize.diacritics.train.collect_collocations OUT --words LIST... --features DUMP...

LIST has a word a line, its syllables parted by blanks; DUMP is what python-crfsuite's `Tagger.dump` writes
of a tagger whose features are pairs of neighbouring syllables (`T[-1,0].lower=dịch tễ`). Only the pairs are
kept: facts of the language, no text. OUT is a gzipped table: pair, what it counts.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from normalize.diacritics.spelling import one_spelling
from normalize.encodings.syllables import is_syllable

# What a pair counts as a word of a dictionary, and as neighbours in newspapers: as if it had been met after
# so many different words. Tried from 2 to 8.
_OF_A_WORD, _OF_NEWS = 5, 3
_FEATURE = re.compile(r"^\s*\d+: T\[(-?\d),(-?\d)\](?:\.lower)?=(.*)$")

Pair = tuple[str, str]


def pairs_of_words(lines: Iterable[str]) -> Iterator[Pair]:
    """Neighbouring syllables of each word of several syllables."""
    for line in lines:
        yield from pairwise(one_spelling(part) for part in line.strip().lower().split())


def pairs_of_features(lines: Iterable[str]) -> Iterator[Pair]:
    """The pairs of neighbours among a tagger's features."""
    for line in lines:
        match = _FEATURE.match(line)
        if match and abs(int(match[1]) - int(match[2])) == 1:
            yield from pairwise(one_spelling(part) for part in match[3].lower().split())


def collect(words: Iterable[str], features: Iterable[str]) -> dict[Pair, int]:
    """Every pair of syllables with what it counts."""
    counts: Counter[Pair] = Counter()
    for found, worth in ((pairs_of_words(words), _OF_A_WORD), (pairs_of_features(features), _OF_NEWS)):
        for pair in set(found):
            if all(map(is_syllable, pair)):
                counts[pair] += worth
    return dict(sorted(counts.items()))


def main() -> None:
    """Collects and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=Path, nargs="*", default=[])
    parser.add_argument("--features", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    words = (line for path in args.words for line in path.read_text(encoding="utf-8").splitlines())
    features = (line for path in args.features for line in path.read_text(encoding="utf-8").splitlines())
    table = "".join(f"{one} {other}\t{n}\n" for (one, other), n in collect(words, features).items())
    args.out.write_bytes(gzip.compress(table.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
