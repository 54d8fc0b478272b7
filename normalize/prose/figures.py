"""Figures in running text: where they stand, what they count, and which digits are no figures at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from model.value import DecimalMark, Interval, Unit, Value
from normalize.numbers import parse_number
from normalize.prose.misread import is_misread_word
from normalize.prose.unit_words import UNITS
from normalize.unicode import fold, is_another_word, squeeze
from normalize.units import read_unit

FigureRole = Literal["value", "change", "rank", "share"]

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
# What may follow a figure: no word and no more digits, but a unit that runs into it (`285đồng/kg`, `12kg`).
_AFTER = r"(?![\w/]|[.,]\d)|(?=(?:dong|d|ho so|kg|tan|ta|ha|km|m[23]?|lit|con|ho|nguoi)\b)"
_SPACED = r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?"  # thousands grouped with blanks: `1 759,92`


def _figure(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/.,–-])(?P<sign>[+−-](?=\d))?(?P<a>{number})(?:\s*/\s*(?P<b>{number}))?(?P<percent>\s?%)?"
        rf"(?:{_AFTER})"
    )


_FIGURE, _FIGURE_OR_SPACED = _figure(_NUMBER), _figure(f"{_SPACED}|{_NUMBER}")
_MARKED_GROUP = re.compile(r"\d[.,]\d{3}(?!\d)")
# Words of what is numbered (folded).
_IN_A_ROW = (
    "thang|quy|ngay|dieu|khoan|bieu|mau|phu luc|to|khu|phuong|khoa|ky|gio|dot|vong|phien|tap|trang|hang"
    "|giai doan|chi so|truc|de an"
)
# Behind these and words of small places and parts a second figure counts (`thôn 3 120 hộ`).
_ONE_OF_A_ROW = re.compile(
    r"(?<!\w)(?:thon|xom|ap|ban|buon|lang|khom|doi|lop|khoi|tang|cum|lo|dong|thu|loai|nhom|muc|chuong|tiet"
    rf"|quan|{_IN_A_ROW}|(?<!dan )so)\s*$"
)
_OF_A_ROW_DIGITS = 2  # of the number of one of a row
# The upper end of a range right after its lower one: `từ 15.000 đến 16.000 đồng`, `5-7%`.
UP_TO = re.compile(rf"\s*(?:den|[-–—])\s*(?P<b>{_SPACED}|{_NUMBER})(?P<percent>\s?%)?(?:{_AFTER})")
# A rate or score of thousands is one with three decimals.
_RATED, _TOO_MANY = frozenset({"percent", "percent_point", "score"}), 1000
_SCALED = re.compile(r"^\s*(?:nghin|ngan|van|trieu|ty)\s+[^\W\d]+(?:\s[^\W\d]+)?")
# What a number after these words names is no amount (folded, at the end of the text before it).
_NAMED = re.compile(
    rf"(?:(?<!\w)(?:{_IN_A_ROW}|nam|diem|muc do|dieu khoan|phu luc so|bieu so|mau so|nghi dinh|thong tu"
    r"|cong van|nhom chi so|(?<!binh )quan|so hieu|nhiem ky|cap do|bo chi so|quyet dinh|ke hoach|cua khau"
    r"|dien thoai|so|tu nam|den nam|luc|tu|phi)"
    r"|(?:\bso|dien thoai|so hieu|mau so|bieu so|fax|ma so|nam|ngay|thang)\s*:|[-–]|\d\s?/|\bvao)\s*$"
)
# Parts of documents and forms are numbered, whatever follows: `Phụ lục 01 KẾT QUẢ ...`.
_FROM, _LEADS_ON = re.compile(r"\btu\s*$"), re.compile(r"^\s*(?:len|xuong|con)\b.{0,5}\d")  # `từ 45 lên 60`
_LAST_WORD = re.compile(r"[^\W\d_]+\s*:?\s*$")
# Words that name what is numbered, as printed, where others fold to the same.
_NAMING = {
    fold(word): word
    for word in (
        "kỳ", "hạng", "quý", "khóa", "trục", "điều", "đợt", "từ", "số", "tổ", "phí", "tập", "giờ",
        "mẫu", "tháng", "vòng", "khẩu", "đoạn", "độ",
    )
}  # fmt: skip
_NUMBERED = re.compile(r"(?<!\w)(?:phu luc(?: so)?|bieu(?: so)?|mau so|dieu|khoan|trang|chuong|muc)\s*$")
_CAPITAL = re.compile(r"\s+[A-ZĐÀ-Ỹ]")
_NAMED_AFTER = re.compile(r"^\s*(?:/\s*[^\W\d]|thang\b|gio\b|-\s*\d{4}|/\d{4})")
_AGED, _AGE = (
    re.compile(r"\b(?:tre|tre em|duoi|tren|tu|du|em|nguoi|den)\s*$"),
    re.compile(r"^\s*(?:thang\s+)?tuoi\b"),
)
_DAYS = re.compile(r"^\s*(?:ngay\b(?!\s*\d)(?:\s+lam viec)?|gio\b)")  # a span of time
_HOURS_OF_DAY = 24
_NOT_TEN_THOUSAND = re.compile(r"\s*(?:v[ăâ]n|v[ậấẫầắằẵẳ]n)\b", re.IGNORECASE)
_RANK_BEFORE = re.compile(
    r"(?<!\w)(?:xep(?: thu| hang)*|dung thu(?: hang)?|(?<!mat )hang|vi tri)(?:\s+thu)?\s*:?\s*$"
)
_CHANGE_BEFORE = re.compile(
    r"(?<!\w)(?P<word>tang|giam|rut ngan|cao hon|thap hon|vuot|tut|len)(?:\s+(?:them|khoang"
    r"|gan|tren|la|so))?\s*:?\s*\(?\s*\+?$"
    r"|(?<!\w)(?P<over>cao hon|thap hon|vuot)\s+(?:so voi\s+)?(?:chi tieu|ke hoach|du toan|cung ky|muc"
    r"|nam|thang|quy"
    r"|binh quan)\b[^\d,;:.()]{0,24}$"
)
_SHARE_BEFORE = re.compile(
    r"\(\s*(?:dat|ch[a-z]{1,3}m|bang|ty le|ti le|tuong ung|khoang|dat ty le|dat ti le|chiem ty le)?\s*$"
)
# `tặng 180 xe`, whose letters are those of `tăng`.
_GIVEN = re.compile(r"\bt[ặạ]ng\s+(?:\w+\s+)?$", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}/(?:19|20)\d\d|(?:ngay|thang|quy"
    r"|nam(?!\s+\d{1,3} \d{3}(?!\d)))\s+\d{1,4}(?![.,]?\d)"
    r"(?:\s*(?:thang|nam|/|[-–])\s*\d{1,4})*|(?<=trong\s)\d{1,2}\s+thang(?:\s+dau"
    r"|\s+cuoi)?(?:\s+nam)?(?:\s+\d{4})?"
)
# The time of day, with what it is off Greenwich's in an electronic signature (`08:34:29 +07.00`).
_CLOCK = re.compile(r"(?<![\d:])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s*[+−-]\d{1,2}[.:]?\d{2}(?!\d))?")
_REFERENCE = re.compile(r"\d+\s*/\s*(?:\d{4}\s*/\s*)?[a-zđ][\w&]*(?:\s?-\s?[a-zđ&]+)*")
_WORDS = re.compile(r"^\s*[^\W\d]+(?:\s?[23](?!\d))?(?:/[^\W\d]+)?(?:\s[^\W\d]+)?")
_PRICED = re.compile(
    r"^\s*(?:co |hien |dang |ban )*(?:gia|o muc|dao dong)\b"
    r"|^\s*(?:(?:la|tu)\s+)?[\d.,]+(?:\s?-\s?[\d.,]+)?\s?(?:dong|d/)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words whose marks must be seen, since others with their letters stand before amounts (`thu`, `mức`).
_NUMBERED_AS_MARKED = re.compile(r"(?<!\w)(?:[Tt]hứ|[Mm]ục|[Tt]iết|[Cc]hương)$")
_KIND_GOES_ON = re.compile(r"-[A-ZĐ]")  # `Ron 95-III`
# What a package holds (`đồng/thùng 24 lon`, `Hộp 10 vỉ x 10 viên`), folded.
_PACKAGES = frozenset({"hop", "thung", "chai", "lo", "goi", "vi", "x"})
_PIECES = re.compile(r"^\s*(?:vi|vien|goi|lon|chai|ong|tuyp|to)\b")
_MEN = re.compile(r"(?<!\w)(?<!Việt )(?<!iền )[Nn]am(?=\s*:?\s*\d{1,3}(?!\d))")
_LONGEST_CODE = 4
_TWO_SCALES = re.compile(rf"(?P<a>{_NUMBER})\s*ty\s+(?P<b>{_NUMBER})\s*trieu\b(?:\s+dong\b)?")
_BILLION, _MILLION, _NEXT_SCALE = 9, 6, 1000
# Words that a unit table knows and that begin other things in sentences.
_NO_UNITS = frozenset(
    {"m", "g", "l", "do", "phan", "de", "cong", "mau", "sao", "ban", "bo", "doi", "an", "the", "bac", "hang"}
)
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\S+\.(?:gov|com|vn)\S*")


_NEAR = 80  # words further from a figure say nothing of it


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text: its place (`start`, `end`, unit word included), value, unit and part in the
    sentence: a value, a change (`giảm 4,8 điểm`, signed), a rank, a share in brackets. A range is one
    figure, whose `value` is its lower end."""

    start: int
    end: int
    value: Value
    unit: Unit
    role: FigureRole
    printed: str
    counted: bool = False
    interval: Interval | None = None


@lru_cache(maxsize=4096)
def plain_key(text: str) -> str:
    """The text folded letter by letter, as long as itself, so that places in one are places in the other."""
    return "".join((fold(c)[:1] or " ") if not c.isspace() else " " for c in text)


def _with_men(text: str, key: str) -> str:
    """The folded text without `nam` that counts men: `nam 20, nữ 24` names no year (`năm`)."""
    if text.isascii():
        return key
    for men in _MEN.finditer(text):
        key = f"{key[: men.start()]}{'*' * len(men.group())}{key[men.end() :]}"
    return key


def find_figures(text: str, mark: DecimalMark, damaged: bool = False) -> list[Figure]:
    """The amounts in a text, in order; dates, numbers of documents, years and names are passed over.

    `text` has single blanks (`squeeze`); `damaged` says that its marks were lost in an OCR that read some
    words as digits.
    """
    key = _with_men(text, plain_key(text))
    taken = [m.span() for pattern in (_URL, _DATE, _CLOCK, _REFERENCE) for m in pattern.finditer(key)]
    figures = []
    for match in _printed(key):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        figure = (
            _range_at(text, key, match, mark, taken)
            or _two_scales_at(text, key, match, mark)
            or _figure_at(text, key, match, mark, damaged)
        )
        if figure:
            figures.append(figure)
            taken.append((figure.start, figure.end))
    return figures


def _printed(key: str) -> Iterator[re.Match[str]]:
    """Where figures stand in a folded text. Digits over blanks are one figure's groups (`1 759,92`), unless
    the text marks its groups otherwise, begins with them, or the first ones tell one of a row."""
    pattern = _FIGURE if _MARKED_GROUP.search(key) else _FIGURE_OR_SPACED
    at = 0
    while match := pattern.search(key, at):
        first, blank, _ = match["a"].partition(" ")
        if blank:
            before = key[max(0, match.start() - _NEAR) : match.start()]
            of_a_row = len(first) <= _OF_A_ROW_DIGITS and _ONE_OF_A_ROW.search(before)
            if of_a_row or not before.strip(" -–+*•("):
                match = _FIGURE.match(key, match.start()) or match
        yield match
        at = match.end()


def _range_at(
    text: str, key: str, match: re.Match[str], mark: DecimalMark, taken: Sequence[tuple[int, int]]
) -> Figure | None:
    """The range that begins with a figure, where its upper end follows and has a unit; else None."""
    upper = UP_TO.match(key, match.end())
    if upper is None or match["b"] or any(a < upper.end() and upper.start() < b for a, b in taken):
        return None
    low, high = parse_number(match["a"], mark), parse_number(upper["b"], mark)
    unit, scale, length = _unit_after(
        key[upper.end() : upper.end() + _NEAR], bool(upper["percent"] or match["percent"])
    )
    if low is None or high is None or low.amount >= high.amount or not unit:
        return None
    ends = [replace(_scaled(value, scale), unit=unit) for value in (low, high)]
    printed = text[match.start() : upper.end()].strip()
    return Figure(
        match.start(), upper.end() + length, ends[0], unit, "value", printed, True, Interval(ends[0], ends[1])
    )


def _two_scales_at(text: str, key: str, match: re.Match[str], mark: DecimalMark) -> Figure | None:
    """A sum said in two scales (`8 tỷ 450 triệu đồng`) as one figure; None where a figure is none."""
    said = _TWO_SCALES.match(key, match.start())
    if said is None:
        return None
    upper, lower = parse_number(said["a"], mark), parse_number(said["b"], mark)
    if upper is None or lower is None or lower.amount >= _NEXT_SCALE:
        return None
    amount = upper.amount.scaleb(_BILLION) + lower.amount.scaleb(_MILLION)
    value = Value(amount.quantize(Decimal(1)), unit="money_vnd", mark=upper.mark)
    printed = text[match.start() : said.end()].strip()
    return Figure(match.start(), said.end(), value, "money_vnd", "value", printed, True)


def _is_named(text: str, start: int, before: str) -> bool:
    """Whether the words before a figure make it a name (`kỳ 2`, `hạng 3`), as they are printed: who signs
    (`đã ký 12 hợp đồng`) names nothing."""
    if not _NAMED.search(before):
        return False
    words = _LAST_WORD.search(text, max(0, start - _NEAR), start)
    meant = _NAMING.get(fold(words.group().strip(" :"))) if words else None
    return not (words and meant and is_another_word(words.group().strip(" :"), meant))


def _figure_at(text: str, key: str, match: re.Match[str], mark: DecimalMark, damaged: bool) -> Figure | None:
    before = key[max(0, match.start() - _NEAR) : match.start()]
    after = key[match.end() : match.end() + _NEAR]
    value = parse_number(squeeze(text[match.start() : match.end()]).replace(" ", ""), mark)
    if (
        value is None
        or (_NAMED_AFTER.match(after) and not _lasts(value, after))
        or (_AGED.search(before) and _AGE.match(after))
    ):
        return None
    unit, scale, length = _unit_after(after, bool(match["percent"]))
    if scale and _NOT_TEN_THOUSAND.match(text, match.end()):
        unit, scale, length = "", 0, 0  # `192 vận động viên`, whose letters are those of `vạn đồng`
    if not unit and (days := _DAYS.match(after)):
        unit, length = "other", days.end()
    if unit in _RATED and value.of is None and abs(value.amount) >= _TOO_MANY:
        value = (
            parse_number(f"{match['sign'] or ''}{match['a']}".replace(" ", ""), mark, True) or value
        )  # 13,951 điểm
    if is_misread_word(value, unit, before, after, damaged):
        return None
    rank = bool(_RANK_BEFORE.search(before))
    if not rank and _of_a_name(text, match, unit, after[length:]):
        return None
    change = None if _GIVEN.search(text[: match.start()]) else _CHANGE_BEFORE.search(before)
    named = _is_named(text, match.start(), before) and not (_FROM.search(before) and _LEADS_ON.match(after))
    if named and not rank and not change and (not unit or _NUMBERED.search(before)):
        return None
    opens = match.start() < _NEAR and not before.strip(" -–+*•")
    if opens and not match["percent"] and (not unit or _CAPITAL.match(text[match.end() :])):
        return None  # the number of a heading or a footnote
    if before.endswith("(") and after.startswith(")") and not match["percent"]:
        return None
    if value.of is not None and not unit:
        unit = "rank" if rank else "ratio"
    if rank and unit in ("", "ratio", "count"):
        unit = "rank"
    role: FigureRole = "value"
    if change:
        role = "change"
    elif rank:
        role = "rank"
    elif _SHARE_BEFORE.search(before) and match["percent"]:
        role = "share"
    value = _scaled(value, scale)
    if change and (change["word"] or change["over"]) in ("giam", "rut ngan", "thap hon", "tut"):
        value = replace(value, amount=-abs(value.amount))
    counted = bool(unit) and unit not in ("percent",)
    printed = text[match.start() : match.end()].strip()
    return Figure(
        match.start(), match.end() + length, replace(value, unit=unit), unit, role, printed, counted
    )


def _lasts(value: Value, after: str) -> bool:
    """Whether a number of hours is a span and no time of day: more than a day has."""
    return after.lstrip().startswith("gio") and value.amount > _HOURS_OF_DAY


def _scaled(value: Value, scale: int) -> Value:
    """The value times the power of ten of its scale word (`1,5 tỷ`)."""
    if not scale:
        return value
    amount = value.amount.scaleb(scale)
    whole = amount == amount.to_integral_value()
    return replace(
        value, amount=amount.quantize(Decimal(1)) if whole else amount, decimals=value.decimals - scale
    )


def _unit_after(after: str, percent: bool) -> tuple[Unit, int, int]:
    """(unit, power of ten, length of the unit word) that the text after a number gives it."""
    if percent:
        return "percent", 0, 0
    for pattern, unit, scale in UNITS:
        if match := pattern.match(after):
            return unit, scale, match.end()
    words_after = _SCALED.match(after) or _WORDS.match(after)
    words = words_after.group().split() if words_after else []
    for count in range(len(words), 0, -1):
        printed = " ".join(words[:count])
        if (found := read_unit(printed)) and printed not in _NO_UNITS:
            end = len(after) - len(after.lstrip()) + len(printed)
            return found.base, found.power, end
    return "", 0, 0


def _of_a_name(text: str, match: re.Match[str], unit: str, after: str) -> bool:
    """Whether a figure is part of a name and no amount: a year, a kind (`OM 18`, `Nàng Hoa 9 giá ...`,
    `Ron 95-III`), one of a row (`Kỳ họp thứ 8`), what a package holds (`hộp 500g có giá`, `chục 10 quả`)."""
    before = text[: match.start()].rstrip(" (")
    words = before.split()[-2:]
    last = words[-1] if words else ""
    priced = bool(_PRICED.match(after))
    counts = unit in ("", "other", "count")
    if counts and (re.search(r"/[^\W\d]+$", last) or (unit and priced)):
        return True
    if counts and plain_key(last) in _PACKAGES and _PIECES.match(plain_key(text[match.end() :])):
        return True
    if unit or match["b"]:
        return False
    if _NUMBERED_AS_MARKED.search(before) or _KIND_GOES_ON.match(text[match.end() :]):
        return True
    if _YEAR.fullmatch(match["a"]) and not last.endswith((":", "là", "đạt")):
        return True
    capitals = last.isupper() and last.isalpha() and len(last) <= _LONGEST_CODE
    return capitals or (priced and any(word[:1].isupper() for word in words))
