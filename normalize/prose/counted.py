"""What a figure counts, named behind it: `ban hành 58 văn bản chỉ đạo`."""

from __future__ import annotations

import re
from functools import cache

from normalize.lexicon import entries
from normalize.prose.figures import Figure, plain_key

_COUNTED_LETTERS, _COUNTED_WORDS = 60, 6  # how far what a figure counts is followed


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for word, _ in entries(name))


def with_counted(own: str, text: str, figure: Figure) -> str:
    """The subject with what the figure counts behind it, where that is a thing of its own that the words
    before it don't name (`ban hành 58 văn bản chỉ đạo`)."""
    tail = re.split(
        r"[,;:.()](?!\d)|\s[–-]\s", text[figure.start : figure.start + _COUNTED_LETTERS], maxsplit=1
    )[0]
    words = re.sub(r"^[\d.,/%+−\s-]+", "", tail).split()
    keys = [plain_key(word) for word in words]
    end = next(
        (i for i, word in enumerate(keys) if word in _words("after_counted") or not word.isalpha()), len(keys)
    )
    counted = keys[: min(end, _COUNTED_WORDS)]
    measures = _words("measures")
    printed = [word.lower() for word in words[:2]]
    if not counted or printed[0] in measures or " ".join(printed) in measures:
        return own
    if " ".join(counted[:2]) in plain_key(own):
        return own
    return f"{own} {' '.join(words[: len(counted)])}"
