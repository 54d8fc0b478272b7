"""Printed numbers to values: `parse_number` for one cell, `decimal_mark` for a document's convention.

The rule of Vietnamese print is a decimal comma and thousands dots; some houses do the reverse and some
mix. A number is read by its own shape where that leaves one meaning, else by the convention it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from model.value import DecimalMark, Unit, Value
from normalize.unicode import fold

NONE_MARKS = frozenset({"", "-", "–", "—", "−", "_", "--", "---", "...", "…", "__", "- -"})

_MINUS = "-−–—"
_EDGE = " \t\n|*'\"“”‘’"
_SPLIT_AT_MARK = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
_SPACED_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_BODY = r"\d[\d.,]*"
_SIGNED = re.compile(rf"^(?P<sign>[+\-−–—▲▼↑↓]|\([+\-−–]\))?\s*(?P<body>{_BODY})\s*(?P<percent>%)?$")
_FRACTION = re.compile(rf"^(?P<sign>[+\-−–])?\s*(?P<a>{_BODY})\s*/\s*(?P<b>{_BODY})$")
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_ONE_KIND_OF_GROUPS = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)")
_MIXED = re.compile(r"\d{1,3}(?:(?P<g>[.,])\d{3})(?:(?P=g)\d{3})*(?P<d>[.,])\d+")
_WORD_SIGN = {"tang": 1, "giam": -1}
_UNIT_WORDS: tuple[tuple[str, Unit], ...] = (
    ("phan tram", "percent"),
    ("diem %", "percent_point"),
    ("diem phan tram", "percent_point"),
    ("diem so", "score"),
    ("diem", "score"),
    ("ho so", "count"),
    ("thu tuc", "count"),
    ("tthc", "count"),
    ("bac", "rank"),
    ("dong", "money_vnd"),
    ("vnd", "money_vnd"),
)
_TAIL_UNIT = re.compile(
    r"^(?P<number>[^A-Za-zÀ-ỹĐđ]*\d[^A-Za-zÀ-ỹĐđ]*?)\s*(?P<word>[A-Za-zÀ-ỹĐđ][\w %]*)\.?$"
)
_HEAD_SIGN = re.compile(r"^(?P<word>[A-Za-zÀ-ỹĐđ]+)\s*:?\s*(?P<rest>[\d(].*)$")
_ROMAN = re.compile(r"^(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_ORDINAL = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-zĐđ]|[A-Za-zĐđ]\d{1,2})[.)/]?\)?$")


def _body_value(body: str, mark: DecimalMark) -> tuple[Decimal, int, DecimalMark | None] | None:
    """Digits with marks to (value, decimals, the mark that was used), or None for a shape no number has."""
    body = body.rstrip(".,")
    group: DecimalMark = "." if mark == "," else ","
    used: DecimalMark | None = None
    if body.isdigit():
        whole, fraction = body, ""
    elif mixed := _MIXED.fullmatch(body):
        if mixed["g"] == mixed["d"]:
            whole, fraction = re.sub(r"[.,]", "", body), ""
            if not _ONE_KIND_OF_GROUPS.fullmatch(body):
                return None
        else:
            whole, _, fraction = body.rpartition(mixed["d"])
            whole = whole.replace(mixed["g"], "")
            used = "," if mixed["d"] == "," else "."
    elif _ONE_KIND_OF_GROUPS.fullmatch(body) and not _three_decimals(body, mark):
        whole, fraction = re.sub(r"[.,]", "", body), ""
    elif body.count(mark) == 1 and group not in body:
        whole, _, fraction = body.partition(mark)
        used = mark
    elif body.count(group) == 1 and mark not in body:
        whole, _, fraction = body.partition(group)
        used = group
    else:
        return None
    try:
        return Decimal(f"{whole or 0}.{fraction or 0}") if fraction else Decimal(whole), len(fraction), used
    except InvalidOperation:
        return None


def _three_decimals(body: str, mark: DecimalMark) -> bool:
    """Whether `ddd.ddd` is a decimal with three places: it starts with 0, or the house's decimal mark is
    a dot and a lone dot stands in it. A lone comma before three digits is taken for a group in both
    houses: counts are far more common in these reports than thousandths (measured on the five seeds)."""
    if body.startswith("0"):
        return True
    return mark == "." and body.count(".") == 1 and "," not in body


def _tidy(text: str) -> str:
    """Edge noise off, blanks inside a number closed where they stand at a mark or between groups."""
    text = text.strip(_EDGE).strip()
    text = _SPLIT_AT_MARK.sub(r"\1", text)
    return _SPACED_GROUPS.sub(lambda m: m.group().replace(" ", ""), text)


def _unit_of_word(word: str) -> Unit | None:
    """The unit a word after a figure names; None when it is no unit word."""
    key = fold(word)
    for start, unit in _UNIT_WORDS:
        if key == start or key.startswith(start + " "):
            return unit
    return None


@lru_cache(maxsize=65536)
def parse_number(text: str, mark: DecimalMark = ",") -> Value | None:
    """The value of a cell that is a number as a whole, else None.

    Takes signs and sign words (`Giảm 4,8`, `▼ 3`), `%`, unit words after the figure (`05 hồ sơ`),
    fractions (`1784/1784`, `12,9/18 điểm`: the second figure is `of`), numbers split at a mark (`87 .94`)
    or grouped by blanks. Two numbers run together are not one number.
    """
    text = _tidy(text)
    if not text or len(text) > 60:
        return None
    plain = _signed(text, mark) or _fraction(text, mark)
    if plain:
        return plain
    if text[0].isalpha() and (head := _HEAD_SIGN.match(text)):
        direction = _WORD_SIGN.get(fold(head["word"]))
        if direction is None:
            return None
        inner = parse_number(head["rest"], mark)
        return _with(inner, amount=direction * abs(inner.amount)) if inner else None
    if text[-1].isalpha() and (tail := _TAIL_UNIT.match(text)):
        unit = _unit_of_word(tail["word"])
        if unit is None:
            return None
        inner = _signed(tail["number"].strip(), mark) or _fraction(tail["number"].strip(), mark)
        return _with(inner, unit=unit) if inner else None
    return None


def _with(value: Value, amount: Decimal | None = None, unit: Unit | None = None) -> Value:
    return Value(
        value.amount if amount is None else amount,
        value.decimals,
        value.of,
        value.unit if unit is None else unit,
        value.percent_sign,
        value.mark,
    )


def _signed(text: str, mark: DecimalMark) -> Value | None:
    match = _SIGNED.match(text)
    if not match:
        return None
    read = _body_value(match["body"], mark)
    if not read:
        return None
    amount, decimals, used = read
    if (match["sign"] or "").strip("()") in ("-", "−", "–", "—", "▼", "↓"):
        amount = -amount
    percent = bool(match["percent"])
    return Value(amount, decimals, None, "percent" if percent else "", percent, used)


def _fraction(text: str, mark: DecimalMark) -> Value | None:
    match = _FRACTION.match(text)
    if not match:
        return None
    first, second = _body_value(match["a"], mark), _body_value(match["b"], mark)
    if not first or not second:
        return None
    amount = -first[0] if match["sign"] and match["sign"] in _MINUS else first[0]
    return Value(amount, first[1], second[0], "ratio", False, first[2] or second[2])


def is_none_mark(text: str) -> bool:
    """Whether a cell says "nothing": empty, a dash of any kind, underscores, dots."""
    return text.strip(_EDGE).strip() in NONE_MARKS


@lru_cache(maxsize=65536)
def looks_numeric(text: str) -> bool:
    """Whether a cell is a number under either convention. A dash or an empty cell is not."""
    return parse_number(text, ",") is not None or parse_number(text, ".") is not None


@lru_cache(maxsize=65536)
def is_ordinal(text: str) -> bool:
    """Whether a cell is the number of a row: `1`, `1.1`, `IV`, `a)`, `(3)`, `A1`, `B.`."""
    text = text.strip(_EDGE).strip()
    return bool(_ORDINAL.match(text) or _ROMAN.match(text.strip("().").upper()))


def mark_evidence(texts: Iterable[str]) -> tuple[float, float]:
    """How strongly printed numbers speak for (decimal comma, decimal dot).

    Digits that cannot be a group (one, two, or more than three after a single mark, or three after a
    leading 0) count 1; groups count 0.25 for the other mark, since either house may print them.
    """
    comma = dot = 0.0
    for text in texts:
        for body in re.findall(r"(?<![\d/.,])\d[\d.,]*\d(?![\d/])", _tidy(text)):
            if mixed := _MIXED.fullmatch(body):
                if mixed["d"] == mixed["g"]:
                    comma, dot = comma + 0.25 * (mixed["g"] == "."), dot + 0.25 * (mixed["g"] == ",")
                else:
                    comma, dot = comma + (mixed["d"] == ","), dot + (mixed["d"] == ".")
            elif re.fullmatch(r"\d+[.,]\d+", body):
                group = _GROUPS.fullmatch(body) and not body.startswith("0")
                weight = 0.25 if group else 1.0
                sign = "," if "," in body else "."
                speaks_for_comma = (sign == ",") != bool(group)
                comma, dot = comma + weight * speaks_for_comma, dot + weight * (not speaks_for_comma)
    return comma, dot


def decimal_mark(texts: Iterable[str], default: DecimalMark = ",") -> DecimalMark:
    """The decimal mark that the printed numbers of a document (or table) use; `default` on a tie."""
    comma, dot = mark_evidence(texts)
    if comma == dot:
        return default
    return "," if comma > dot else "."


_LOOKALIKE = str.maketrans("OoQlI|¡!iSsBGZz", "000111111558622")


def from_lookalikes(text: str) -> str:
    """The text with letters that OCR writes for digits put back (`O`→0, `l`→1, `S`→5, `B`→8 ...)."""
    return text.translate(_LOOKALIKE)
