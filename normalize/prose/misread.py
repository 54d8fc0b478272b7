"""Words of running text that OCR without Vietnamese reads as figures (measured on a damaged report)."""

from __future__ import annotations

import re
from decimal import Decimal

from model.value import Value

_FOR_WORDS = frozenset(map(Decimal, (6, 13, 14, 16, 18, 86)))  # `đó`, `là`, `lệ`, `số`
_FOR_IS = frozenset(map(Decimal, (13, 14, 18)))  # `là`
_RATE_BEFORE = re.compile(r"(?<![\d\w])t[iy]\s*$")  # `tỉ lệ`, `tỷ lệ`
_FIGURES_BEHIND = re.compile(r"\s+\d|\s+(?:da|duoc|dang|phi|lieu)\b")
_OF_DATA = re.compile(r"\s+lieu\s+(?!vac|thuoc)")  # `số liệu`, which looks like doses
# What a figure of things follows: a sign, or a word that leads to how many there are.
_LEADS_TO_FIGURE = re.compile(
    r"(?:[:(,;+–-]|\b(?:co|duoc|la|gom|dat|voi|tren|hon|khoang|gan|con|them|moi|tai|cho|o|va|den|tu|so"
    r"|trong|ban hanh|tiep nhan|giai quyet|cong bo|thu|cap|xay dung|to chuc|kiem tra|xu ly|mo|ca|tong"
    r"|thieu|xay ra|thanh lap|ket nap|trao|tang|giam|bo tri|cu|huy dong|ho tro|phat hien|bat|hoan thanh))\s*$"
)


def is_misread_word(value: Value, unit: str, before: str, after: str, damaged: bool) -> bool:
    """Whether a bare figure is a word: `là` (14) and `lệ` (16) before a figure, `số` (86) before a
    verb, `đó` (6) of `trong đó`. In a text that lost its marks (`damaged`) also where it stands in a verb's
    place (`thanh toán 13 nội dung mới`): nothing before it leads to a number, and words follow.

    `before` and `after` are the folded texts beside the figure.
    """
    if unit not in ("", "count", "other") or value.of is not None or value.amount not in _FOR_WORDS:
        return False
    if re.search(r"\btrong\s*$", before) and re.match(r"\s*,|\s+\d", after):
        return not unit
    words_behind = re.match(r"\s+[“\"]|\s+[^\W\d]{2}", after)
    if _RATE_BEFORE.search(before) and words_behind:
        return True
    if damaged and value.amount in _FOR_IS and words_behind and not _LEADS_TO_FIGURE.search(before):
        return not unit
    return bool((_FIGURES_BEHIND if not unit else _OF_DATA).match(after))


_WORDS_BACK = (
    (re.compile(r"(?<=\btrong )6(?=,|\s+\d)", re.IGNORECASE), "đó"),
    (re.compile(r"\b86(?= (?:đã|được|đang|chưa)\b)"), "số"),
    (re.compile(r"(?<=\bt[iỉyỷ] )1[68](?= \d)", re.IGNORECASE), "lệ"),
)


def with_words_for_figures(sentence: str) -> str:
    """A sentence of a damaged text with the words back that were read as figures and whose neighbours say
    so: a list of parts opens with `trong đó`, not `trong 6`, and `86 đã giải quyết` is a subject."""
    for pattern, word in _WORDS_BACK:
        sentence = pattern.sub(word, sentence)
    return sentence
