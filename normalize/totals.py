"""What a total row is called (`TỔNG SỐ`, `Tổng cộng (I+II)`, `Cộng toàn huyện`).

The words are lines of `lexicon/data/totals.tsv`; whoever asks whether a row sums others up asks here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalize.encodings.syllables import is_syllable
from normalize.lexicon import entries
from normalize.unicode import fold, has_digit

_EDGE = " .:;-–*#|"
# A short label that begins with a capital and is this much like a head (of 100) is that head misread: a
# letter in eight may differ. Not the first of a word that there is: `Đông Hợp` is a commune, no `Tổng hợp`.
_ALIKE = 87
# What readers write within a word for letters.
_LETTERS = str.maketrans("0156", "olso")
_MIXED_WORD = re.compile(r"\b(?=\w*[^\W\d])(?=\w*\d)\w+")
_SHORTEST, _LONGEST = 4, 12  # letters of a label that may be a head misread
_SENTENCE = 36  # signs of a text with more letters than that, however its marks are written
_OPENING = 6  # signs in which the first two letters of a text stand
# What else begins with a sum: `Tổng các khoản`, `Tổng kết`, `Tổng số hồ sơ`, `Cộng lại`.
_SUM_OF = re.compile(r"tong(?:$| [^a-z]| (?:so|cong|hop|ket|chung|toan|cac|diem|trong)\b)|cong lai\b")

# What no section's total is called.
_OF_A_WHOLE = re.compile(r"tong|toan (?:huyen|tinh|thanh pho|thi xa|xa|phuong|nganh)\b")


@cache
def _words(part: str) -> tuple[str, ...]:
    return tuple(pattern for kind, pattern, _ in entries("totals") if kind == part)


@cache
def _label() -> re.Pattern[str]:
    heads, scopes, tails, labels = ("|".join(_words(part)) for part in ("head", "scope", "tail", "label"))
    return re.compile(rf"(?:{heads})(?:{tails})?|(?:{scopes})(?:\s*[:(].*)?|{labels}")


def _key(text: str) -> str:
    """The folded label without its edge, figures within words as the letters they look like."""
    key = fold(text).strip(_EDGE)
    if not has_digit(key):
        return key
    return _MIXED_WORD.sub(lambda word: word.group().translate(_LETTERS), key)


@cache
def _openings() -> frozenset[str]:
    """The first two letters of all words of labels."""
    return frozenset(word[:2] for part in ("head", "scope", "label") for word in _words(part))


def _is_other_sentence(text: str) -> bool:
    """Whether a text longer than a misread head is told by its first letters to be no label, as most are."""
    core = text.strip(_EDGE)
    if len(core) <= _LONGEST or (len(core) <= _SENTENCE and not _is_words(core)):
        return False
    opening = core[:_OPENING]
    return not has_digit(opening) and fold(opening)[:2] not in _openings()


def _is_words(text: str) -> bool:
    """Whether a text is letters and lone blanks only: folded it is as long as it is."""
    return "  " not in text and text.replace(" ", "").isalpha()


def is_total_label(text: str) -> bool:
    """Whether a text is the label of a total row, marks lost or not. An indicator that merely begins so
    (`Tổng số hồ sơ tiếp nhận`) is none."""
    return not _is_other_sentence(text) and _is_label(text)


@lru_cache(maxsize=16384)
def _is_label(text: str) -> bool:
    key = _key(text)
    if not key:
        return False
    if key[:2] in _openings() and _label().fullmatch(key):
        return True
    misread = _SHORTEST <= len(key) <= _LONGEST and text[:1].isupper()
    return misread and any(
        fuzz.ratio(key, head) >= _ALIKE and (key[0] == head[0] or not is_syllable(key.split()[0]))
        for head in _words("head")
        if len(head) >= _SHORTEST
    )


def proper_total(text: str) -> str:
    """The words of a text that is a sum's and nothing else, and lost its marks (`Tong cong`), in its case; ''
    for any other."""
    words = _printed().get(text.strip().lower(), "")
    return words.upper() if text.isupper() else words


@cache
def _printed() -> dict[str, str]:
    return {fold(words): words for words in _words("printed")}


def sums_a_whole(text: str) -> bool:
    """Whether a text is the label of a whole table's total: no section's (`Cộng`), and no indicator that
    merely begins so (`Tổng số hộ nghèo`)."""
    return is_total_label(text) and bool(_OF_A_WHOLE.match(_key(text)))


def begins_with_sum(text: str) -> bool:
    """Whether a text begins with the words of a sum, of whatever (`Tổng số hồ sơ`): no unit's name. `é` may
    stand for `ổ` here: readers without Vietnamese write it so."""
    plain = text.lower().replace("é", "o")
    return is_total_label(text) or is_total_label(plain) or bool(_SUM_OF.match(_key(plain)))
