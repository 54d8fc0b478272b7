"""Columns whose figures are names: codes, telephones, accounts, numbers of papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from normalize.lexicon import entries
from normalize.unicode import has_digit

# Procedures of the national database (1.012275, 2.001449.000.00.00.H40) and units of the H-code list.
_PROCEDURE = re.compile(r"[1-3]\.0\d{5}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?")
_OFFICE = re.compile(r"(?:\d{3}\.){0,1}(?:\d{2}\.){0,2}H\d{2}(?:\.\d{1,4})*")
# A telephone with its leading zero: nine to eleven digits, in groups or not.
_TELEPHONE = re.compile(r"(?=(?:\D*\d){9,12}\D*$)\(?(?:\+84|0)[\d\s.)(-]+")
# A code of goods: no amount in groups of three begins with a nought (`01.001`).
_GOODS = re.compile(r"0\d{1,2}(?:\.\d{3})+")
_NAME = re.compile("|".join(shape.pattern for shape in (_PROCEDURE, _OFFICE, _TELEPHONE, _GOODS)))
_CODE_CELL = re.compile(r"[A-Za-zĐđ]{0,4}\.?\d[\w.\-/ ]*|[A-Za-zĐđ]{1,3}\d?")
_CODED = re.compile(r"\bma\b")  # codes, in groups of three too
_COUNT = re.compile(r"0|[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d{0,8}")
_FEWEST_SUMMED = 3
_MOST = 0.8  # of a column's texts that must be names for all of it to be


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern, _ in entries("names")))


def names_by_head(head: str) -> bool:
    """Whether a folded header says that what stands below are codes, telephones, accounts or the like."""
    return bool(_heads().search(head))


def is_name(text: str) -> bool:
    """Whether a cell's figures are a name by their own shape: a procedure's code, a telephone."""
    return has_digit(text) and bool(_NAME.fullmatch(text.strip()))


def is_name_column(texts: Sequence[str], head: str) -> bool:
    """Whether a column names its rows by figures: its header says so, or nearly all its shapes. Papers,
    vehicles and plots may also be counted under such a header (`Số hợp đồng`)."""
    if not texts:
        return False
    if names_by_head(head) and sum(bool(_CODE_CELL.fullmatch(t.strip())) or is_name(t) for t in texts) >= (
        _MOST * len(texts)
    ):
        return bool(_CODED.search(head)) or not _are_counts(texts)
    others = 0
    for text in texts:
        others += not is_name(text)
        if len(texts) - others < _MOST * len(texts):
            return False  # most columns show soon that they are none
    return True


def _are_counts(texts: Sequence[str]) -> bool:
    """Whether figures are counted, not named: some are nought or in groups of thousands, or the first or the
    last is the sum of the others. No name is."""
    if not all(_COUNT.fullmatch(text.strip()) for text in texts):
        return False
    amounts = [int(re.sub(r"[.,]", "", text)) for text in texts]
    if any(not n for n in amounts) or any(not text.strip().isdecimal() for text in texts):
        return True
    whole = sum(amounts)
    return len(amounts) >= _FEWEST_SUMMED and whole in (2 * amounts[0], 2 * amounts[-1])
