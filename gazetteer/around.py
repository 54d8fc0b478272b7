"""What stands around a unit's name in a cell: the part of it that is meant, what it lies in, that it is no
more."""

from __future__ import annotations

import re

from normalize.unicode import fold, has_digit, squeeze

_EDGE = " #.,;:|_*'\"“”‘`~=<>/\\)"
_COMMUNE_WORD = r"(?:(?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran)\s|(?:p|x|tt)\.)"
_ABOVE_WORD = (
    r"(?:(?:huyện|thị xã|thành phố|quận|tỉnh|huyen|thi xa|thanh pho|quan|tinh)\s"
    r"|(?:h|q|tp|tx|t)\.|(?:tp|tx)\s)"
)
_ENDED = re.compile(
    r"\s*(?:[(\[,–-]\s*)?\b(?:cũ|trước đây|trước (?:khi )?sáp nhập)\s*[)\]]?$"
    r"|\s*[(\[]\s*(?:cu|truoc day|truoc (?:khi )?sap nhap)\s*[)\]]?$",
    re.IGNORECASE,
)
_BEHIND, _ENDED_LAST = ")] \t\n", frozenset("ũuyp")  # what may follow such a word, and its last letter
_TYPE_BEHIND = re.compile(
    r"^(.+?)\s*[(\[]\s*(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu)\s*[)\]]?$", re.IGNORECASE
)
_COUNCIL = re.compile(
    r"(?:h\.?d\.?n\.?d|hoi dong nhan dan|dang (?:uy|bo))\s+(?=(?:xa|phuong|thi tran|dac khu)\s)"
)
_TAIL = re.compile(
    r"\s*[,;–-]\s*"
    r"(?=(?:huyện|huyen|thị xã|thi xa|thành phố|thanh pho|tp|quận|quan|tỉnh|tinh)\b|(?:[hqt]|tx)\.)",
    re.IGNORECASE,
)
_COMMUNE_FIRST = re.compile(rf"(?:UBND\s+)?{_COMMUNE_WORD}", re.IGNORECASE)
_TAIL_GLUED = re.compile(
    r"^(.{4,40}?)\s+((?:(?:huyện|thị xã|thành phố|tỉnh)\s|tp\.?\s|tx\.?\s|(?:h|tp|tx)\.)\s*\S.*)$",
    re.IGNORECASE,
)
_LIES_IN = re.compile(r"^(.{4,40}?)\s*,\s*([^\W\d_][\w' -]{2,30})$")
_BARE_LIES_IN = re.compile(r"^([^\W\d_][\w' -]{1,24}?)\s*,\s*([^\W\d_][\w' -]{1,24})$")
_PART = re.compile(rf"^(.{{2,60}}?)\s*[,;(–-]\s*({_COMMUNE_WORD}\s*\S.*)$", re.IGNORECASE)
_PART_GLUED = re.compile(
    rf"^(.{{1,60}}?\d)\s+({_COMMUNE_WORD}\s*\S.*)$"
    r"|^(.{1,60}?)\s+(?-i:(?:xã|phường|thị trấn|đặc khu)\s+\S.*)$",
    re.IGNORECASE,
)
_PARTING = ",;(–-"  # signs of which one stands between a part and what it lies in
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_PART_WORD = re.compile(
    r"(?:ban|thon|xom|to|tdp|tieu khu|tk|khu|ap|buon|lang|khom|khoi|plei|kdc|kcn|ccn|cum|doi|nong truong|"
    r"duong|ngo|ngach|hem|pho|phum|soc|chom|bon|trai|km|cho|cau|cua khau|quoc lo|ql|tinh lo|"
    r"tai dinh cu|tdc)\b"
)
_ZONE = re.compile(rf"^(.{{2,60}}?)\s*[,;(–-]\s*({_ABOVE_WORD}\s*\S.*)$", re.IGNORECASE)
_ZONE_WORD = re.compile(
    r"(?:kcn|ccn|kkt|kcx|(?:khu|cum) (?:cong nghiep|kinh te|che xuat|du lich|do thi)|(?:nong|lam) truong)\b"
)


def without_ended(text: str) -> tuple[str, bool]:
    """`text` without a word that the unit is no more (`xã A cũ`), and whether there was one."""
    if text.rstrip(_BEHIND)[-1:].lower() not in _ENDED_LAST:
        return text, False
    now = _ENDED.sub("", text).strip(_EDGE)
    return (now, True) if now and len(now) < len(text.strip(_EDGE)) else (text, False)


def type_first(text: str) -> str:
    """`Cẩm Khê (huyện)` as `huyện Cẩm Khê`; another text as it is."""
    return _TYPE_BEHIND.sub(r"\2 \1", text) if "(" in text or "[" in text else text


def is_council(text: str) -> bool:
    """Whether an elected or a party body of a commune is named, which stands for the commune as `UBND`
    does."""
    return bool(_COUNCIL.match(fold(text)))


def lying_in(text: str) -> tuple[str, str]:
    """A name and the unit that is named behind it (`xã A, huyện B`, `xã A TP B`, `xã A, B`), or the text
    alone."""
    head, *tail = _TAIL.split(text, maxsplit=1)
    if not tail and _COMMUNE_FIRST.match(head):
        found = _TAIL_GLUED.match(head) or _LIES_IN.match(head)
        if found and not re.match(_COMMUNE_WORD, found.group(2), re.IGNORECASE):
            head, tail = found.group(1), [found.group(2)]
    if not tail and (bare := _BARE_LIES_IN.match(head)) and all(map(_is_name, bare.groups())):
        head, tail = bare.group(1), [bare.group(2)]
    return head, squeeze(" ".join(tail))


def _is_name(text: str) -> bool:
    """Whether each word begins with a capital, or all are set in them: `Trung Mỹ, Bình Xuyên`."""
    return text.isupper() or all(word[0].isupper() or word.isdigit() for word in text.split())


def is_part_word(folded: str) -> bool:
    """Whether folded words begin as a hamlet's, a street block's or a zone's do (`thon 3`, `kcn tan tao`)."""
    return bool(_PART_WORD.match(folded) or _ZONE_WORD.match(folded))


def part_of(text: str) -> tuple[str, str]:
    """A hamlet, street block or industrial zone, and the unit it is said to lie in; no part and the whole
    text where none is named. A zone may lie in a district; a hamlet does in a commune (`Bản Giang, huyện B`
    is one)."""
    marked = any(mark in text for mark in _PARTING)
    glued = has_digit(text) or any(word in text for word in _COMMUNES)
    for layout, word, may in (
        (_PART, _PART_WORD, marked),
        (_PART_GLUED, _PART_WORD, glued),
        (_ZONE, _ZONE_WORD, marked),
    ):
        found = layout.match(text) if may else None
        if not found:
            continue
        part = found.group(1) or found.group(3)
        if word.match(fold(part)):
            return part.strip(_EDGE), text[len(part) :].strip(_EDGE + "(–-")
    return "", text
