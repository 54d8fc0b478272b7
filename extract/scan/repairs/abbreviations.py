"""Abbreviations of administrative reports (TTHC, DVCQG), which OCR misreads letter by letter: no syllable
model knows them, and one wrong letter makes another word of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from normalize.diacritics.spelling import bare

SPOKEN: Mapping[str, str] = {
    "ATGT": "an toàn giao thông", "ATTP": "an toàn thực phẩm", "BHTN": "bảo hiểm thất nghiệp",
    "BHXH": "bảo hiểm xã hội", "BHYT": "bảo hiểm y tế", "BVMT": "bảo vệ môi trường",
    "CBCC": "cán bộ công chức", "CBCCVC": "cán bộ công chức viên chức", "CCHC": "cải cách hành chính",
    "CCVC": "công chức viên chức", "CNTT": "công nghệ thông tin", "CSDL": "cơ sở dữ liệu",
    "DTTS": "dân tộc thiểu số", "DVC": "dịch vụ công", "DVCQG": "dịch vụ công quốc gia",
    "DVCTT": "dịch vụ công trực tuyến", "GDĐT": "giáo dục đào tạo", "GPMB": "giải phóng mặt bằng",
    "GTVT": "giao thông vận tải", "HĐND": "hội đồng nhân dân", "KCB": "khám chữa bệnh",
    "KHCN": "khoa học công nghệ", "KSTT": "kiểm soát thủ tục", "KSTTHC": "kiểm soát thủ tục hành chính",
    "KTXH": "kinh tế xã hội", "LĐTBXH": "lao động thương binh xã hội", "MTQG": "mục tiêu quốc gia",
    "MTTQ": "mặt trận tổ quốc", "NSNN": "ngân sách nhà nước", "NTM": "nông thôn mới",
    "PCCC": "phòng cháy chữa cháy", "PCTN": "phòng chống tham nhũng", "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật", "QSDĐ": "quyền sử dụng đất", "STT": "số thứ tự",
    "TNMT": "tài nguyên môi trường", "TTHC": "thủ tục hành chính", "UBND": "ủy ban nhân dân",
    "VBQPPL": "văn bản quy phạm pháp luật", "VPHC": "vi phạm hành chính", "XDCB": "xây dựng cơ bản",
}  # fmt: skip
"""What the usual abbreviations stand for."""

_TAKEN_FOR = {
    "B": "RE8PD", "C": "GO(E", "D": "OBĐÐP", "Đ": "DÐB", "G": "CQ6", "H": "NM", "K": "XR", "L": "I_",
    "M": "NH", "N": "MHW", "P": "FB", "Q": "OG", "S": "8G", "T": "FIY_Ï", "U": "VO", "V": "YU", "X": "KY",
}  # fmt: skip
"""What each letter is read as."""

_TOKEN = re.compile(r"(?<![\w/.\-])(?=_?[^\W\d_])[^\Wa-zà-ỹ]{3,8}(?![\w/\-])")

_BAR_LEFT = re.compile(r"(?<!\S)[—–]([^\Wa-zà-ỹ]{2,7})(?![\w/\-])")
"""An abbreviation of whose first letter only the bar was left, as where a rule of the table ran there."""

SURE = 0.97
"""Confidence from which an unusual abbreviation is left alone."""

OFTEN, OFTEN_FOR_EACH = 3, 5
"""Times an abbreviation must stand in a document before it outvotes another that stands there once, and for
each time that one stands there when it is more often (a heading printed on every page)."""

SHORT_TOKEN = 4
SHORTEST = 3


def settled_abbreviations(text: str) -> str:
    """`text` with abbreviations that are one misread letter away from a usual one (and from no other)
    written right. Words with figures in them, and codes (`12/QĐ-UBND`), are left alone."""
    text = _BAR_LEFT.sub(lambda match: _usual(f"_{match[1]}") or match.group(), text)
    return _TOKEN.sub(lambda match: _usual(match.group()) or match.group(), text)


def _usual(token: str) -> str | None:
    if token in SPOKEN or any(c.isdigit() for c in token):
        return None
    near = [known for known in SPOKEN if misread_letter(token, known)]
    if len(near) != 1:
        return None
    short = len(token) < SHORT_TOKEN and "_" not in token and bare(token) != bare(near[0])
    return None if short else near[0]  # three letters are soon another abbreviation


def count_abbreviations(texts: Sequence[str]) -> Counter[str]:
    """How often each word of capitals stands in the texts."""
    return Counter(token for text in texts for token in _TOKEN.findall(text))


def outvoted(text: str, confidence: float, counts: Mapping[str, int]) -> str:
    """`text` with abbreviations that stand seldom in a document (`counts`) and were not read surely written
    as the one that stands there often, a misread, lost or doubled letter away."""
    if confidence >= SURE:
        return text
    return _TOKEN.sub(lambda match: _commoner(match.group(), counts) or match.group(), text)


def _commoner(token: str, counts: Mapping[str, int]) -> str | None:
    if token in SPOKEN or not _has_no_vowel(token):
        return None
    own = counts.get(token, 0)
    often = OFTEN_FOR_EACH * own if own > 1 else OFTEN
    near = [
        other
        for other, times in counts.items()
        if times >= often and _has_no_vowel(other) and (misread_letter(token, other) or stutter(token, other))
    ]
    return near[0] if len(near) == 1 else None


def _has_no_vowel(token: str) -> bool:
    """Whether a word of capitals can be no syllable."""
    return not set(bare(token)[1:]) & set("AEIOUY")


def misread_letter(read: str, meant: str) -> bool:
    """Whether exactly one letter of `meant` was read as one it is often taken for."""
    if len(read) != len(meant):
        return False
    wrong = [(a, b) for a, b in zip(read, meant, strict=True) if a != b]
    return len(wrong) == 1 and (
        wrong[0][0] in _TAKEN_FOR.get(wrong[0][1], "") or bare(wrong[0][0]) == bare(wrong[0][1])
    )


def stutter(read: str, meant: str) -> bool:
    """Whether `read` is `meant` with one letter of a run of equal ones lost or added (`THC`, `TTTHC`)."""
    longer, shorter = sorted((read, meant), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or len(shorter) < SHORTEST:
        return False
    return any(
        longer[k] == longer[k + 1] and longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer) - 1)
    )
