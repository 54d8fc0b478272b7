"""The printed lines of a cell as one text: where a line was broken inside a word, a figure or a formula,
no blank belongs between its halves."""

from __future__ import annotations

import re

from normalize.encodings.syllables import is_syllable
from normalize.unicode import squeeze

_FORMULA = re.compile(r"[\d\s()\[\]=+\-–*×x:/.,%÷]*=[\d\s()\[\]=+\-–*×x:/.,%÷]*")
_PROCEDURE = re.compile(r"^[\w¡|]\.\w{6}\.[\w.()¡|]{2,20}$")
_HYPHENED = re.compile(r"[^\W_]-$")
_OPEN_FIGURE = re.compile(r"(?:^|[\s(])[+\-−–]?(?:\d[\d.,]*,|\d[\d.,]*\d\d[.])$")
_DIGITS_LEFT = re.compile(r"^\d{1,3}(?:[.,]\d+)*\)?%?$")
_MARK_LEFT = re.compile(r"^[.,]\d+\)?%?$")
_FIGURE = re.compile(r"^[+\-−–(]?\d[\d.,]*$")
_FINAL = re.compile(r"^(?P<rest>ng|nh|ch|[cgmnpth])(?=$|[\s.,;:)/])")
_METRE = "m"  # stands below a word as a unit more often than as its last letter
_SLASH_ENDS, _SLASH_BEGINS = re.compile(r"[^\W_]/$"), re.compile(r"^/[^\W_]")
_CLOSES = re.compile(r"^[)\]](?=$|[\s.,;:])")
_DATE = re.compile(r"(?:(?:0?[1-9]|[12]\d|3[01])/)?(?:0?[1-9]|1[0-2])/(?:19|20)\d\d")
_PAPER = re.compile(r"\d{1,5}/(?:(?:19|20)\d\d/)?[A-ZĐ]{1,6}\d{0,2}(?:-[A-ZĐ]+)*-[A-ZĐ]*")
"""Number and symbol of a paper (Nghị định 30/2020/NĐ-CP, Phụ lục I: `34/2015/NĐ-CP`, `12/QĐ-UBND`)."""
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_CONSONANTS = re.compile(r"^[BCDĐGHKLMNPQRSTVX]{1,4}$")
_LONGEST_ABBREVIATION = 4


def unwrapped(text: str) -> str:
    """The printed lines of `text` on one line.

    Halves meet without a blank after a hyphen that ends a word (`Sởi-`, `Rubella`), within a formula of
    columns (`(7)=(6)-`, `(5)`), within the code of an administrative procedure (`1.002464.000.`,
    `00.00.H48`), within a figure whose mark ends the line (`202.398,`, `4`), before letters that only end a
    syllable (`tươn`, `g`), within an abbreviation cut by a narrow column (`ST`, `T`), at a slash (`đồng/`,
    `m²`), before the bracket that closes one (`(đồng`, `)`) and within a date or the number of a paper
    (`34/2015/N`, `Đ-CP`).
    """
    if text.isalnum():
        return text  # most figures
    if text.isprintable():
        return squeeze(text)  # most texts: nothing that breaks a line is
    broken = text.splitlines()
    if len(broken) <= 1:
        return squeeze(text)
    lines = [line for raw in broken if (line := squeeze(raw))]
    if len(lines) > 1 and _FORMULA.fullmatch(" ".join(lines)):
        return "".join(line.replace(" ", "") for line in lines)
    if len(lines) > 1 and _PROCEDURE.match("".join(lines)):
        return "".join(lines)
    joined = ""
    for line in lines:
        joined = joined + line if not joined or _is_cut(joined, line) else f"{joined} {line}"
    return joined


def _is_cut(upper: str, lower: str) -> bool:
    """Whether the end of a line and the begin of the next are halves of one word or figure."""
    if _HYPHENED.search(upper) and lower[0].isalnum():
        return True
    if _CLOSES.match(lower) and upper.count("(") + upper.count("[") > upper.count(")") + upper.count("]"):
        return True
    if (_SLASH_ENDS.search(upper) and lower[0].isalnum()) or _SLASH_BEGINS.search(lower):
        return True
    if _is_paper_or_date(upper.rsplit(maxsplit=1)[-1], lower.split(maxsplit=1)[0]):
        return True
    if _OPEN_FIGURE.search(upper) and _DIGITS_LEFT.match(lower):
        return True
    if _FIGURE.match(upper) and _MARK_LEFT.match(lower):
        return True
    if _CONSONANTS.match(upper) and _CONSONANTS.match(lower):
        return len(upper) + len(lower) <= _LONGEST_ABBREVIATION
    final, word = _FINAL.match(lower), _LAST_WORD.search(upper)
    if final is None or word is None or lower == _METRE:
        return False
    return is_syllable((word[0] + final["rest"]).lower())


def _is_paper_or_date(upper: str, lower: str) -> bool:
    """Whether two pieces are a date or the number of a paper together, and the upper one is none."""
    whole = (upper + lower.rstrip(".,;:)")).lstrip("(")
    return (
        any(kind.fullmatch(whole) and not kind.fullmatch(upper) for kind in (_DATE, _PAPER)) and "/" in upper
    )
