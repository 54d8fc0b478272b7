"""The words of a column's header, as its role is told by them."""

from __future__ import annotations

import re
from functools import lru_cache

from normalize.unicode import fold, is_another_word

# Words that tell a role, as printed, where others fold to the same.
_TELLING = {fold(word): word for word in ("tăng", "giảm", "giá", "điểm", "hạng", "tờ")}
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def head_key(head: str) -> str:
    """A header's text folded, with the words that only fold to one that tells a role (`giám sát`, `nhà cao
    tầng`, `người già`) kept from being taken for it."""
    return fold(head if head.isascii() else _WORD.sub(_apart, head))


def _apart(word: re.Match[str]) -> str:
    meant = _TELLING.get(fold(word[0]))
    return f"_{word[0]}" if meant and is_another_word(word[0], meant) else word[0]
