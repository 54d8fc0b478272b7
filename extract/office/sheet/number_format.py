"""Stored numbers as a workbook shows them: formats (ECMA-376, part 1, 18.8.30) with Vietnamese marks.

A format has up to four sections (positive; negative; zero; text). What a reader sees is what counts: 0.1234
under `0.00%` is 12,34 percent, a negative under `(#,##0)` stands in brackets, a zero under `"-"` is a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from model.copies import quick
from model.value import DecimalMark

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0 ;(#,##0)",
    38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Codes of the formats that files name by number; a date (14) as Vietnamese Windows shows it."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<exponent>[Ee][+-]0+)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<ampm>AM/PM|A/P)"
    r"|(?P<general>General)|(?P<date>[yYmMdDhHsSbB]+(?:\.0+)?)|(?P<slash>/)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_SHORT_DECIMAL = re.compile(r"(?:0|[1-9]\d*)\.\d*[1-9]", re.ASCII)
_CURRENCY = re.compile(r"^\$([^-]*)")
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
_GENERAL_ROOM = 10.5  # the width in digits of what General prints at most: ten digits and a mark
_MARK_WIDTH, _SIGN_WIDTH = 0.5, 0.67  # in digits, of text fonts
_MOST_DECIMALS = 30
_WIDE = Context(prec=400)  # Excel's numbers reach 10 to the power of 308
_SMALL = "0.000"  # what the smallest begin with
_SMALLEST_SHOWN = Decimal("0.0001")  # below, General goes over to powers of ten
_LEAP_BUG = 60  # 1900 had no 29 February, but Excel counts one as its day 60
_GROUP = 3  # digits between thousands marks; a comma after the digits cuts so many
_LAST_DAY = 2_958_466  # 31 December 9999 and a day, as a serial number
_SECONDS_A_DAY = 86_400
_EPOCH_1904 = 1904  # of workbooks made on a Mac
_EPOCH = 1899
_DECEMBER = 12
_DAY_31 = 31
_DAY_30 = 30


@quick
@dataclass(frozen=True, slots=True)
class Shown:
    """A stored number as shown: its text, and the number a reader takes from it (None for a date)."""

    text: str
    number: Decimal | None


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        return any(kind == "date" for kind, _ in self.tokens)


def show(
    value: float, code: str, mark: DecimalMark = ",", since_1904: bool = False, room: float = _GENERAL_ROOM
) -> Shown:
    """A stored number under a format code, printed with a decimal mark; groups take the other one. `room` is
    the width of its column in digits, which is as many as General prints."""
    amount = _decimal(value)
    if amount is None:
        return Shown(str(value), None)
    if code == "General" and (text := _at_once(value, room)):
        return Shown(text if mark == "." else text.replace(".", mark), amount)
    sections = parse(code)
    section, signed = _chosen(sections, amount)
    if code == "General":
        text = _general(amount, mark, min(room, _GENERAL_ROOM))
        return Shown(text, Decimal(text.replace(mark, ".")))
    if section.is_date:
        text = _date_text(section, value, since_1904)
        return Shown(text, None) if text else Shown(_general(amount, mark), amount)
    return _number_text(section, amount if signed else abs(amount), amount, mark)


@lru_cache(maxsize=512)
def groups_wholes(code: str) -> bool | None:
    """Whether a format marks the groups of a whole number above nothing; None where it does anything else to
    it than to print its digits."""
    first = parse(code)[0]
    only_digits = not first.condition and [kind for kind, _ in first.tokens] == ["digits"]
    asked = _digits_asked(first) if only_digits else None
    if asked is None or asked.power or asked.places or asked.least_whole > 1:
        return None
    return asked.groups


def is_shown_as_stored(stored: str, room: float) -> bool:
    """Whether General prints a number as the file writes it: a short decimal, told without reading it."""
    if len(stored) + _MARK_WIDTH > min(room, _GENERAL_ROOM) or stored.startswith(_SMALL):
        return False
    return _SHORT_DECIMAL.fullmatch(stored) is not None


def _at_once(value: float, room: float) -> str:
    """A number whose own digits are what General prints, as most are: they find room. '' for others."""
    text = f"{value:.15g}"
    if value <= 0 or len(text) + _MARK_WIDTH > min(room, _GENERAL_ROOM) or "e" in text:
        return ""
    if text.startswith(_SMALL):
        return ""
    return text


def is_date_format(code: str) -> bool:
    """Whether a format shows numbers as days or times."""
    return parse(code)[0].is_date


def _decimal(value: float) -> Decimal | None:
    """The number that was typed: fifteen significant digits, as Excel keeps."""
    try:
        amount = Decimal(f"{value:.15g}")
    except (InvalidOperation, ValueError):
        return None
    return amount if amount.is_finite() else None


@lru_cache(maxsize=512)
def parse(code: str) -> tuple[_Section, ...]:
    """The sections of a format code."""
    sections: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code or "General"):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            if found := _CONDITION.match(text):
                condition = found[1], Decimal(found[2])
            elif money := _CURRENCY.match(text):
                tokens.append(("quoted", money[1]))
            elif text.lower().strip("hms") == "" and text:
                tokens.append(("date", text))
        elif kind in ("quoted", "escaped"):
            tokens.append(("quoted", text))
        elif kind == "other":
            tokens.append(("percent" if text == "%" else "quoted", text))
        elif kind not in ("space", "fill"):
            tokens.append((kind, text))
    sections.append(_Section(tuple(tokens), condition))
    return tuple(sections)


def _chosen(sections: tuple[_Section, ...], amount: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether its sign is still to be printed."""
    if any(s.condition for s in sections):
        for section in sections:
            if section.condition is None or _holds(amount, section.condition):
                return section, True
        return sections[-1], True
    if amount < 0 and len(sections) > 1:
        return sections[1], False
    if amount == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _holds(amount: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": amount < limit, ">": amount > limit, "=": amount == limit,
        "<=": amount <= limit, ">=": amount >= limit, "<>": amount != limit,
    }[sign]  # fmt: skip


def _number_text(section: _Section, shown: Decimal, amount: Decimal, mark: DecimalMark) -> Shown:
    """The number under one section. A section without digits prints its words only, and then the number
    read from it is what it says (`"-"` for 0)."""
    if not section.tokens:
        return Shown("", None)  # `0;-0;;@` prints no zeros
    asked = _digits_asked(section)
    if asked is None:
        return _loose(section, shown, amount, mark)
    if not asked.pattern:
        text = "".join(text for kind, text in section.tokens if kind in ("quoted", "percent"))
        if text.strip() == "@":
            return Shown(_general(shown, mark), amount)
        return Shown(text.strip(), amount if amount == 0 and text.strip() else None)
    scaled = shown.scaleb(asked.power) if asked.power else shown
    rounded = scaled.quantize(asked.step, ROUND_HALF_UP, _WIDE)
    nothing = not rounded and "0" not in asked.pattern
    digits = "" if nothing else _grouped(abs(rounded), asked, mark)
    done = False
    out: list[str] = []
    for kind, text in section.tokens:
        if kind == "digits":
            out.append("" if done else digits)
            done = True
        elif kind in ("quoted", "percent"):
            out.append(text)
    printed = ("-" if rounded < 0 else "") + "".join(out).strip()
    if nothing:
        return Shown(printed.strip(), Decimal(0) if printed.strip() else None)
    bracketed = amount < 0 and shown >= 0
    return Shown(printed, -abs(rounded) if bracketed else rounded)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a section asks of a number's digits: its signs for digits, the power of ten they are shown in, the
    last place shown, whether groups are marked, the least digits before and behind the mark."""

    pattern: str
    power: int
    step: Decimal
    groups: bool
    least_whole: int
    places: int
    least: int


@lru_cache(maxsize=512)
def _digits_asked(section: _Section) -> _Asked | None:
    """What a section asks; None for one of General, of fractions or of powers of ten."""
    kinds = [kind for kind, _ in section.tokens]
    if any(kind in ("exponent", "general", "slash") for kind in kinds):
        return None
    pattern = "".join(text for kind, text in section.tokens if kind == "digits")
    whole, _, fraction = pattern.partition(".")
    places = min(sum(c in "0#?" for c in fraction), _MOST_DECIMALS)
    return _Asked(
        pattern,
        2 * kinds.count("percent") - _GROUP * _thousands_cut(pattern),
        Decimal(1).scaleb(-places),
        "," in whole.rstrip(","),
        whole.count("0"),
        places,
        sum(c == "0" for c in fraction),
    )


def _thousands_cut(pattern: str) -> int:
    """How many thousands a format leaves away: the commas behind its last digit."""
    whole = pattern.partition(".")[0] if "." in pattern else pattern
    tail = pattern if "." in pattern else whole
    return len(tail) - len(tail.rstrip(","))


def _grouped(value: Decimal, asked: _Asked, mark: DecimalMark) -> str:
    """Digits with marks: at least so many before the mark, at least so many behind it."""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction, least_whole = fraction[: asked.places], asked.least_whole
    while len(fraction) > asked.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = (
        whole.lstrip("0").rjust(max(least_whole, 0), "0")
        if whole.strip("0") or least_whole == 0
        else ("0" * max(least_whole, 0))
    )
    if asked.groups and whole[:1] > "0":
        whole = f"{int(whole):,}" if mark == "." else f"{int(whole):,}".replace(",", ".")
    elif asked.groups:
        parts = []
        while len(whole) > _GROUP:
            whole, part = whole[:-_GROUP], whole[-_GROUP:]
            parts.append(part)
        whole = ("." if mark == "," else ",").join([whole, *reversed(parts)])
    return f"{whole or ('0' if not fraction else '')}{mark + fraction if fraction else ''}"


def _loose(section: _Section, shown: Decimal, amount: Decimal, mark: DecimalMark) -> Shown:
    """General, fractions and powers of ten: the number in plain digits, with the section's words."""
    percents = sum(kind == "percent" for kind, _ in section.tokens)
    scaled = shown.scaleb(2 * percents)
    body = _general(scaled, mark)
    words = ["" if kind != "quoted" else text for kind, text in section.tokens]
    at = next((i for i, (k, _) in enumerate(section.tokens) if k in ("general", "digits", "slash")), 0)
    text = "".join([*words[:at], body, *words[at:]]) if section.tokens else body
    read = Decimal(body.replace(",", ".")) if mark == "," else Decimal(body)
    return Shown(text.strip() + "%" * percents, -abs(read) if amount < 0 else read)


def _general(value: Decimal, mark: DecimalMark, room: float = _GENERAL_ROOM) -> str:
    """A number under General: as many decimals as find room, no power of ten."""
    whole = len(f"{abs(value):.0f}")
    signed = value < 0 and room < _GENERAL_ROOM
    used = whole + _MARK_WIDTH + (_SIGN_WIDTH if signed else 0.0)
    places = max(0, int(room - used))
    if 0 < abs(value) < _SMALLEST_SHOWN:
        text = f"{value:f}"
    else:
        exponent = value.as_tuple().exponent
        cut = isinstance(exponent, int) and -exponent > places
        text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE) if cut else value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (text if text != "-0" else "0").replace(".", mark)


def _date_text(section: _Section, value: float, since_1904: bool) -> str:
    """A day or time. A whole date is written day first, as Vietnamese print has it, whatever the format's
    order, so that 05/06 means one day only."""
    moment = moment_of(value, since_1904)
    if moment is None:
        return ""
    letters = "".join(text.lower() for kind, text in section.tokens if kind == "date")
    day, month, year = "d" in letters, _has_month(section), "y" in letters
    clock = f"{moment:%H:%M}" if "h" in letters else ""
    parts = [f"{moment.day:02d}"] * day + [f"{moment.month:02d}"] * month + [f"{moment.year:04d}"] * year
    return " ".join(part for part in ("/".join(parts), clock) if part)


def _has_month(section: _Section) -> bool:
    """Whether an `m` means months: minutes stand behind hours or before seconds."""
    letters = [text.lower() for kind, text in section.tokens if kind == "date"]
    for i, text in enumerate(letters):
        if "m" in text:
            before = letters[i - 1] if i else ""
            after = letters[i + 1] if i + 1 < len(letters) else ""
            if not before.startswith("h") and not after.startswith("s"):
                return True
    return False


def moment_of(value: float, since_1904: bool) -> datetime | None:
    """The day and time of a serial number; None for one out of Excel's calendar."""
    if not 0 <= value < _LAST_DAY:
        return None
    if since_1904:
        start = datetime(_EPOCH_1904, 1, 1)
    else:
        start = (
            datetime(_EPOCH, _DECEMBER, _DAY_31)
            if value < _LEAP_BUG
            else datetime(_EPOCH, _DECEMBER, _DAY_30)
        )
    seconds = round(value * _SECONDS_A_DAY)
    return start + timedelta(seconds=seconds)
