"""The texts that the network of surroundings (`context.py`) is trained on, as numbers of words."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.context import CAPITAL, CAPITALS, SMALL
from normalize.diacritics.spelling import (
    BREAK,
    CODE,
    LM_TOKEN,
    NUMBER,
    POINT,
    SPECIALS,
    UNKNOWN,
    lm_tokens,
    one_spelling,
)
from normalize.diacritics.train.count_ngrams import read_lines
from normalize.diacritics.train.registers import everyday_lines, phrases, sentences

# Words that the vocabulary lacks (names of other peoples, foreign ones) are seen if met so often, the most
# frequent ones.
_LEAST_MET, _MOST_STRANGE = 4, 12_000
# How often a template is filled and how many names are made; how often a sentence is told beside a phrase,
# and in how many orders all are: what stands next to them else says which sentence it is.
_FILLED, _PEOPLE, _TOLD, _ORDERS = 60, 15_000, 2, 4
_OFTEN = "8"  # credit of a pair of a dictionary that is told twice
_SEED = 5


@dataclass(frozen=True, slots=True)
class Text:
    """Of every token: its word's number (those of strange words follow the vocabulary's; `UNKNOWN` where it
    is neither) and what its capitals say."""

    words: npt.NDArray[np.int16]
    capitals: npt.NDArray[np.int8]


def read_text(lines: Sequence[str], number: Mapping[str, int]) -> Text:
    """The tokens of all lines; a line runs on into a next one in small letters."""
    words: list[int] = []
    capitals: list[int] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        shouts = sum(map(str.isupper, line)) > sum(map(str.islower, line))
        for match in LM_TOKEN.finditer(POINT.sub(" ", line)):
            token = match.group()
            shown, word = SMALL, BREAK
            if token[0].isdigit():
                word = CODE if any(c.isalpha() for c in token) else NUMBER
            elif token[0].isalpha():
                word = number.get(one_spelling(token.lower()), UNKNOWN)
                shown = SMALL if shouts or token[0].islower() else _capitals(token)
            words.append(word)
            capitals.append(shown)
        if not following[:1].islower():
            words.append(BREAK)
            capitals.append(SMALL)
    return Text(np.array(words, dtype=np.int16), np.array(capitals, dtype=np.int8))


def _capitals(word: str) -> int:
    return CAPITALS if len(word) > 1 and word.isupper() else CAPITAL


def strange_words(texts: Mapping[str, Sequence[str]], vocabulary: Sequence[str]) -> list[str]:
    """The words of `texts` that the vocabulary lacks, those met most often first."""
    known = set(vocabulary)
    counts: Counter[str] = Counter()
    for lines in texts.values():
        for line in lines:
            counts.update(token for token in lm_tokens(line) if token not in known)
    return [word for word, n in counts.most_common(_MOST_STRANGE) if n >= _LEAST_MET and word not in SPECIALS]


def texts_of(corpus: Path, packages: Path) -> dict[str, list[str]]:
    """The lines of every kind of text, by its name in `fit_context`."""
    software = [
        line for path in sorted(packages.glob("*.txt")) for line in path.read_text("utf-8").splitlines()
    ]
    made = everyday_lines(_FILLED, _PEOPLE, 0)
    told = [*(f"{phrase}." for phrase in phrases()), *sentences() * _TOLD]
    pairs = _compounds()
    told = [line for n in range(_ORDERS) for line in random.Random(_SEED + n).sample(told, len(told))]
    for lines in (made, pairs):
        random.Random(_SEED).shuffle(lines)
    return {"law": read_lines(corpus), "packages": software, "made": made, "told": told, "compounds": pairs}


def _compounds() -> list[str]:
    packed = (Path(__file__).parent / "collocations.txt.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return [f"{pair}." for pair, credit in rows for _ in range(2 if credit == _OFTEN else 1)]
