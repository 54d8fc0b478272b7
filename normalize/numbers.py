"""Printed numbers to values: `parse_number` for one cell, `decimal_mark` for a document's convention.

The rule of Vietnamese print is a decimal comma and thousands dots; some houses do the reverse and some
mix. A number is read by its own shape where that leaves one meaning, else by the convention it is given.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from string import ascii_letters

from model.value import DecimalMark, Interval, Unit, Value
from normalize.plain_numbers import LONGEST_NUMBER, MIXED, PLAIN, is_decimal, is_grouped, is_mixed
from normalize.unicode import fold, has_digit
from normalize.units import read_unit

NONE_MARKS = frozenset({"", "-", "–", "—", "−", "_", "--", "---", "...", "…", "__", "- -"})

_MINUS = "-−–—"
_RISES, _FALLS = "▲△↑", "▼▽↓"
RISES_AND_FALLS = _RISES + _FALLS
"""Arrows before what a figure rose or fell by."""
_EDGE = " \t\n|*'\"“”‘’"
_SPLIT_AT_MARK = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
_SPACED_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_BODY = r"\d[\d.,]*"
_SIGNED = re.compile(
    rf"^(?P<sign>[+\-−–—{RISES_AND_FALLS}]|\([+\-−–]\))?\s*(?P<body>{_BODY})\s*(?P<percent>%)?$"
)
# Accounts print a loss in brackets; (1) and (10.1) are names of columns and rows.
_BRACKETED = re.compile(
    r"^\(\s*(?P<body>\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d{2,},\d+)\s*(?P<percent>%)?\s*\)$"
)
_SHORT_BRACKETED = re.compile(rf"^\(\s*(?P<body>{_BODY})\s*(?P<percent>%)?\s*\)$")
_QUANTITY = re.compile(
    r"^(?P<number>[+\-−–(]?\s*\d[\d.,]*(?: \d{3})*\)?(?:\s*/\s*\d[\d.,]*)?)\s*(?P<unit>[^\d\s%].*)$"
)
_BETWEEN = re.compile(r"\s*(?:[-–—−÷~]|\bđến\b|\bden\b)\s*", re.IGNORECASE)
_FROM = re.compile(r"^(?:từ|tu)\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_CODE = 4  # digits from which a whole number that begins with 0 is a code: counts are padded to two
_LEAST_DONG = 500  # no price or fee in đồng is smaller: the smallest note in use is 1,000
_TOO_MANY_PERCENT = 1000
_PLACES = 3  # digits after a mark that may be a group or decimals
_FRACTION = re.compile(rf"^(?P<sign>[+\-−–])?\s*(?P<a>{_BODY})\s*/\s*(?P<b>{_BODY})$")
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_ONE_KIND_OF_GROUPS = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)")
_MIXED = re.compile(r"\d{1,3}(?:(?P<g>[.,])\d{3})(?:(?P=g)\d{3})*(?P<d>[.,])\d+")
_WORD_SIGN = {"tang": 1, "giam": -1}
# First letters of a text that is neither a number nor a range, whatever follows: none begins a sign word (or
# `từ 5 đến 7`) once marks and case are forgotten. Most words of a sheet are told so.
_WORD_BEGINS = frozenset(ascii_letters + "Đđ") - frozenset("tTgG")
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


def _body_value(
    body: str, mark: DecimalMark, thousandths: bool | None = None
) -> tuple[Decimal, int, DecimalMark | None] | None:
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
    elif _ONE_KIND_OF_GROUPS.fullmatch(body) and not _three_decimals(body, mark, thousandths):
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


def _three_decimals(body: str, mark: DecimalMark, thousandths: bool | None) -> bool:
    """Whether `ddd.ddd` is a decimal with three places: it starts with 0, its column says so
    (`thousandths`), or, where no column is asked, the house's decimal mark is a dot and a lone dot stands in
    it. A lone comma before three digits is then taken for a group in both houses: counts are far more common
    in these reports than thousandths (measured on the five seeds)."""
    if body.startswith("0"):
        return True
    lone = body.count(".") + body.count(",") == 1
    if thousandths is not None:
        return thousandths and lone
    return mark == "." and lone and "." in body


def _tidy(text: str) -> str:
    """Edge noise off, blanks inside a number closed where they stand at a mark or between groups."""
    text = text.strip(_EDGE).strip()
    if len(text.split(maxsplit=1)) <= 1:
        return text
    text = _SPLIT_AT_MARK.sub(r"\1", text)
    return _SPACED_GROUPS.sub(lambda m: m.group().replace(" ", ""), text)


def _unit_of_word(word: str) -> Unit | None:
    """The unit a word after a figure names; None when it is no unit word."""
    key = fold(word)
    for start, unit in _UNIT_WORDS:
        if key == start or key.startswith(start + " "):
            return unit
    return None


def is_worded(text: str) -> bool:
    """Whether a text is no number and no range, told at a glance: it begins as none does, or has no digit."""
    first = text[:1]
    return not first.isdecimal() and (first in _WORD_BEGINS or not has_digit(text))


def parse_number(text: str, mark: DecimalMark = ",", thousandths: bool | None = None) -> Value | None:
    """The value of a cell that is a number as a whole, else None.

    Takes signs and sign words (`Giảm 4,8`, `▼ 3`), amounts in brackets (`(7.409.043)` is negative), `%`,
    unit words after the figure (`05 hồ sơ`), fractions (`1784/1784`, `12,9/18 điểm`: the second figure is
    `of`), numbers split at a mark (`87 .94`) or grouped by blanks. Two numbers run together are not one
    number, and a long number that begins with 0 is a code. `thousandths` says whether three digits after a
    lone mark are decimals (`13,951`), as the number's column tells; None where no column is known.
    """
    return None if is_worded(text) else _number(text, mark, thousandths)


def _number(text: str, mark: DecimalMark, thousandths: bool | None) -> Value | None:
    """The number of a text that is not told at a glance to be none."""
    return decimal_number(text) or _read_number(text, mark, thousandths)


def decimal_number(text: str) -> Value | None:
    """The value of a number with decimals that is the same under every convention (`is_decimal`, `is_mixed`);
    None of any other text."""
    if "." in text and "," in text:
        return _mixed(text)
    found = PLAIN.fullmatch(text)
    if found is None:
        return None
    used: DecimalMark = "," if found["mark"] == "," else "."
    amount = text if used == "." else text.replace(",", ".")
    if found["percent"]:
        return Value(Decimal(amount[:-1]), len(found["decimals"]), None, "percent", True, used)
    return Value(Decimal(amount), len(found["decimals"]), None, "", False, used)


def _mixed(text: str) -> Value | None:
    """The number of a text that has decimals behind groups parted by the other mark."""
    found = MIXED.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        return None
    used: DecimalMark = "," if found["mark"] == "," else "."
    amount = Decimal(f"{found['whole'].replace(found['group'], '')}.{found['decimals']}")
    percent = bool(found["percent"])
    return Value(amount, len(found["decimals"]), None, "percent" if percent else "", percent, used)


@lru_cache(maxsize=16384)
def _read_number(text: str, mark: DecimalMark, thousandths: bool | None) -> Value | None:
    """The number of a text that is not told at a glance to be one, or to be none."""
    text = _tidy(text)
    if not text or len(text) > LONGEST_NUMBER:
        return None
    if text.isascii() and text.isdigit():
        return None if _is_code(text) else Value(Decimal(text))
    plain = _signed(text, mark, thousandths) or _fraction(text, mark, thousandths)
    if plain:
        return plain
    if text[0].isalpha() and (head := _HEAD_SIGN.match(text)):
        direction = _WORD_SIGN.get(fold(head["word"]))
        if direction is None:
            return None
        inner = parse_number(head["rest"], mark, thousandths)
        return _with(inner, amount=direction * abs(inner.amount)) if inner else None
    if text[-1].isalpha() and (tail := _TAIL_UNIT.match(text)):
        unit = _unit_of_word(tail["word"])
        if unit is None:
            return None
        number = tail["number"].strip()
        inner = _signed(number, mark, thousandths) or _fraction(number, mark, thousandths)
        return _with(inner, unit=unit) if inner else None
    return None


def parse_quantity(text: str, mark: DecimalMark = ",", thousandths: bool | None = None) -> Value | None:
    """As `parse_number`, and with any unit after the figure (`50.000 đồng/m³`, `12 tạ/ha`).

    A scale word is applied (`1,5 tỷ đồng` is 1500000000): figures of one column are then of one unit.
    """
    if is_worded(text):
        return None
    return decimal_number(text) or _quantity(text, mark, thousandths)


@lru_cache(maxsize=16384)
def _quantity(text: str, mark: DecimalMark, thousandths: bool | None) -> Value | None:
    if value := _number(text, mark, thousandths):
        return value
    found = _QUANTITY.match(_tidy(text))
    if not found or len(text) > LONGEST_NUMBER:
        return None
    unit = read_unit(found["unit"])
    value = parse_number(found["number"].strip(), mark, thousandths)
    if unit is None or value is None:
        return None
    if unit.power:
        amount = value.amount.scaleb(unit.power)
        whole = amount == amount.to_integral_value()
        amount = amount.quantize(Decimal(1)) if whole else amount
        value = Value(amount, value.decimals - unit.power, value.of, value.unit, False, value.mark)
    return _with(value, unit=_quantity_unit(found["unit"], unit.base, value))


def _quantity_unit(printed: str, unit: Unit, value: Value) -> Unit:
    """The unit of a quantity; a lone `đ` after a small figure may stand for điểm, which its column tells."""
    return "" if fold(printed).strip(". ") == "d" and abs(value.amount) < _LEAST_DONG else unit


def parse_range(text: str, mark: DecimalMark = ",", thousandths: bool | None = None) -> Interval | None:
    """Both ends of a printed range (`15.000 - 16.000`, `từ 5 đến 7%`), low before high; else None.

    Two years (`2021-2025`) and two numbers of which the first is the larger are no range.
    """
    if is_worded(text):
        return None
    ends = _BETWEEN.split(_FROM.sub("", _tidy(text)))
    if len(ends) != 2 or not all(end[:1].isdigit() for end in ends):
        return None
    if all(_YEAR.fullmatch(end) for end in ends):
        return None
    low, high = (parse_quantity(end, mark, thousandths) for end in ends)
    if low is None or high is None or low.of is not None or high.of is not None or low.amount > high.amount:
        return None
    return Interval(_with(low, unit=low.unit or high.unit), high)


def parse_bracketed(text: str, mark: DecimalMark = ",", thousandths: bool | None = None) -> Value | None:
    """A short amount in brackets as a negative (`(512)`), for columns whose other figures say that brackets
    are their minus; else None."""
    match = _SHORT_BRACKETED.match(_tidy(text))
    value = match and _signed(match["body"] + (match["percent"] or ""), mark, thousandths)
    return _with(value, amount=-value.amount) if value else None


def parse_like(text: str, value: Value, mark: DecimalMark = ",") -> Value | None:
    """Another reading of a figure read by the convention under which `value` was read."""
    return parse_quantity(text, value.mark or mark, value.decimals == _PLACES if value.mark else None)


def _with(value: Value, amount: Decimal | None = None, unit: Unit | None = None) -> Value:
    return Value(
        value.amount if amount is None else amount,
        value.decimals,
        value.of,
        value.unit if unit is None else unit,
        value.percent_sign,
        value.mark,
    )


def _signed(text: str, mark: DecimalMark, thousandths: bool | None) -> Value | None:
    match = _SIGNED.match(text)
    loss = None if match else _BRACKETED.match(text)
    found = match or loss
    if not found:
        return None
    body = found["body"]
    if _is_code(body) and not found["percent"]:
        return None
    read = _body_value(body, mark, thousandths)
    if thousandths is None and read and found["percent"] and read[0] >= _TOO_MANY_PERCENT:
        read = _body_value(body, mark, True)  # 93,004% has three decimals
    if not read:
        return None
    amount, decimals, used = read
    if loss or (match and (match["sign"] or "").strip("()") in ("-", "−", "–", "—", *_FALLS)):
        amount = -amount
    percent = bool(found["percent"])
    return Value(amount, decimals, None, "percent" if percent else "", percent, used)


def _is_code(body: str) -> bool:
    """Whether digits begin with 0 as codes do, not numbers."""
    return body[0] == "0" and len(body) >= _LEAST_CODE and body.isdigit()


def _fraction(text: str, mark: DecimalMark, thousandths: bool | None) -> Value | None:
    match = _FRACTION.match(text)
    if not match:
        return None
    first, second = (_body_value(match[end], mark, thousandths) for end in ("a", "b"))
    if not first or not second:
        return None
    if thousandths is None and first[0] > second[0]:
        first = _body_value(match["a"], mark, True) or first  # 13,951/15 has three decimals
    amount = -first[0] if match["sign"] and match["sign"] in _MINUS else first[0]
    return Value(amount, first[1], second[0], "ratio", False, first[2] or second[2])


def is_none_mark(text: str) -> bool:
    """Whether a cell says "nothing": empty, a dash of any kind, underscores, dots."""
    return not text[:1].isalnum() and text.strip(_EDGE).strip() in NONE_MARKS


def looks_numeric(text: str) -> bool:
    """Whether a cell is a number under either convention. A dash or an empty cell is not."""
    return not is_worded(text) and (
        is_mixed(text) or is_decimal(text) or is_grouped(text) or _looks_numeric(text)
    )


@lru_cache(maxsize=16384)
def _looks_numeric(text: str) -> bool:
    return _number(text, ",", None) is not None or _number(text, ".", None) is not None
