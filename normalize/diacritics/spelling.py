"""How text is cut into tokens for the language model, and the one spelling it knows of each syllable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

UNKNOWN, NUMBER, BREAK, CODE = 0, 1, 2, 3
SPECIALS = ("<unk>", "<num>", "<brk>", "<code>")

# A document number or other code; a number; a word; a stop.
# Letters of listed points (`a)`) are no words; left in, `a` would be likely at the start of any sentence.
POINT = re.compile(r"(?:^|(?<=[.;:] ))\(?[a-zđ]{1,2}\)")
LM_TOKEN = re.compile(r"\d[\d.,]*(?:[/-][^\s,;]*[^\W\d_][^\s,;]*)|\d[\d.,/%]*|[^\W\d_]+|[.;:!?]")

_MOVED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip


def one_spelling(word: str) -> str:
    """A small-letter syllable with its tone where the older house style has it (`hoà` → `hòa`)."""
    tail = word[-2:]
    if tail in _MOVED and word[-3:-2] != "q":
        return word[:-2] + _MOVED[tail]
    return word


class _Bare(dict[int, str]):
    """A table for `str.translate`, filled as letters are met: each without its marks."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = found = "".join(c for c in parts if not unicodedata.combining(c))
        return found


_BARE = _Bare({ord("đ"): "d", ord("Đ"): "D"})


def bare(word: str) -> str:
    """`word` without marks, đ as d; case kept. Letter by letter: asked for every word of a vocabulary."""
    return word.translate(_BARE)


def lm_tokens(line: str) -> Iterator[str]:
    """The tokens of a line of proper text as the language model counts them."""
    for match in LM_TOKEN.finditer(POINT.sub(" ", line)):
        token = match.group()
        if token[0].isdigit():
            yield SPECIALS[CODE] if any(c.isalpha() for c in token) else SPECIALS[NUMBER]
        elif token[0].isalpha():
            yield one_spelling(token.lower())
        else:
            yield SPECIALS[BREAK]
