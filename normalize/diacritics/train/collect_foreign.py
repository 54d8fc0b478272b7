"""Collects words of other languages and names of other peoples that stand in Vietnamese texts.

    python -m normalize.diacritics.train.collect_foreign CORPUS.xz OUT.txt

Words without marks that are no Vietnamese ones, of the everyday sentences and of the list beside this
module, and those that the corpus holds often enough; none that is two Vietnamese words without their blank. A
word that is always met with a capital is written with one. Nothing else of the texts is kept.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from normalize.diacritics.lm import everyday_model
from normalize.diacritics.spelling import SPECIALS, bare
from normalize.encodings.syllables import is_syllable

_HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST, _LONGEST = 4, 12
_SHORTEST_TOLD, _SHORTEST_MET = 3, 4  # shorter ones of the corpus are scraps (`ngh`)


def counted(lines: Iterable[str], forms: frozenset[str], marked: bool) -> Counter[str]:
    """Words that are none of the forms; `marked`: those with marks, too, without them."""
    found: Counter[str] = Counter()
    for line in lines:
        for word in _WORD.findall(line):
            plain = bare(word)
            if plain.isascii() and (marked or word.isascii()) and plain.lower() not in forms:
                found[plain] += 1
    return found


def chosen(found: Counter[str], least: int, shortest: int, forms: frozenset[str]) -> set[str]:
    """Of those, the ones met often enough that are no two of the forms; in small letters where they were met
    so."""
    out: set[str] = set()
    for word, n in found.items():
        small = word.lower()
        joined = any(small[:at] in forms and small[at:] in forms for at in range(1, len(small)))
        abbreviation = len(word) > 1 and word.isupper()
        if n >= least and not joined and not abbreviation and shortest <= len(word) <= _LONGEST:
            out.add(small if found[small] >= least else word)
    return out


def main() -> None:
    """Writes the words, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    words = everyday_model().vocabulary[len(SPECIALS) :]
    forms = frozenset(bare(word) for word in words if is_syllable(word))
    listed = (_HERE / "foreign_words.txt").read_text(encoding="utf-8").splitlines()
    known = {word for line in listed if not line.startswith("#") for word in line.split()}
    with gzip.open(_HERE / "told.txt.gz", "rt", encoding="utf-8") as stream:
        known |= chosen(counted(stream, forms, marked=True), 1, _SHORTEST_TOLD, forms)
    with lzma.open(args.corpus, "rt", encoding="utf-8") as stream:
        known |= chosen(counted(stream, forms, marked=False), _LEAST, _SHORTEST_MET, forms)
    known = {word for word in known if word.lower() not in forms}
    args.out.write_text("\n".join(sorted(known)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
