"""Who signed, and as what: the block under `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.` or a bare title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.unicode import fold, squeeze

_PROXY = re.compile(r"(?<!\w)(?P<how>TM|KT|TL|TUQ|Q|T\.M|K\.T|T\.L)\s?\.\s*(?P<whom>[^\W\d_].{1,60})$")
_TITLES: dict[str, str] = {
    "pho chu tich thuong truc": "Phó Chủ tịch Thường trực",
    "pho chu tich": "Phó Chủ tịch",
    "quyen chu tich": "Quyền Chủ tịch",
    "chu tich": "Chủ tịch",
    "pho giam doc": "Phó Giám đốc",
    "giam doc": "Giám đốc",
    "pho chanh van phong": "Phó Chánh Văn phòng",
    "chanh van phong": "Chánh Văn phòng",
    "pho truong phong": "Phó Trưởng phòng",
    "truong phong": "Trưởng phòng",
    "pho truong ban": "Phó Trưởng ban",
    "truong ban": "Trưởng ban",
    "pho cuc truong": "Phó Cục trưởng",
    "cuc truong": "Cục trưởng",
    "pho chi cuc truong": "Phó Chi cục trưởng",
    "chi cuc truong": "Chi cục trưởng",
    "pho hieu truong": "Phó Hiệu trưởng",
    "hieu truong": "Hiệu trưởng",
    "thu truong": "Thứ trưởng",
    "bo truong": "Bộ trưởng",
    "chanh thanh tra": "Chánh Thanh tra",
    "pho tong giam doc": "Phó Tổng Giám đốc",
    "tong giam doc": "Tổng Giám đốc",
    "vu truong": "Vụ trưởng",
    "bi thu": "Bí thư",
    "thu ky": "Thư ký",
}
_SIGNED = re.compile(r"^\W*(?:da ky|\(?da ky\)?|ky ten.*|\[.*\])\W*$")
_SYLLABLE = re.compile(r"^[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,6}$|^[A-ZĐÀ-Ỹ]{2,7}$")
_SURNAME_LIST = """
au bach bang bui cam cao chau chu cu dam dang danh dao dieu dinh do doan dong duong giang ha hau ho
hoang hua huynh khong khuc kieu kim ksor la lam lau le lo lu luc luong luu ly ma mac mai nghiem ngo
nguyen nhan ninh nong ong pham phan phung quach quang rcham son sung ta tang thach thai than thao
the thieu tieu to toan ton tong tran trieu trinh truong tu ung van vang vi vo vu vuong y
"""
_SURNAMES = frozenset(_SURNAME_LIST.split())
_FURTHEST = 14


def read_signature(texts: Sequence[str]) -> tuple[str, str]:
    """(signer, title) of the last signature block before the annexes; '' for what is not printed."""
    best = ("", "")
    for i in range(len(texts)):
        if title := _title_at(texts, i):
            signer = _name_after(texts, i)
            if signer or not best[0]:
                best = (signer or best[0], title)
            if signer:
                break
    return best


def _title_at(texts: Sequence[str], i: int) -> str:
    """The title that the block starting at line `i` gives, '' when no block starts there."""
    line = squeeze(texts[i]).strip("*_ ")
    proxy = _PROXY.search(line)
    if proxy:
        own = [_title_in(t) for t in texts[i + 1 : i + 4] if not _PROXY.search(squeeze(t))]
        deputy = next((t for t in own if t), "")
        if deputy:
            return deputy
        return _title_in(proxy["whom"])
    last = re.split(r"\s{2,}", texts[i].strip())[-1].strip("*_ ")
    letters = [c for c in last if c.isalpha()]
    if letters and all(c.isupper() for c in letters) and len(last) < 40:
        return _title_in(last)
    return ""


def _title_in(text: str) -> str:
    """The title that a line (or its right column) is, in its usual case."""
    line = re.split(r"\s{2,}", text.strip())[-1]
    letters = [c for c in line if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.7 * len(letters):
        return ""
    key = fold(line).strip("*_ .,:;")
    for name in sorted(_TITLES, key=len, reverse=True):
        if key == name or key.endswith(" " + name) or key.startswith(name + " "):
            return _TITLES[name]
    return ""


def _name_after(texts: Sequence[str], start: int) -> str:
    """The first name within the lines after a block's start; the right column where there are two."""
    for text in texts[start + 1 : start + 1 + _FURTHEST]:
        for piece in reversed(re.split(r"\s{3,}", text.strip())):
            line = squeeze(piece).strip("*_ .")
            if not line or _SIGNED.match(fold(line)):
                continue
            if is_person(line):
                return _person_case(line)
        if re.match(r"^\W*(?:phu luc|bieu mau|stt\b)", fold(text)):
            return ""
    return ""


def is_person(text: str) -> bool:
    """Whether a line is a person's name: two to five capitalized syllables, a known surname first.

    Academic titles before it (`TS.`, `ThS.`, `BS.`) are passed over.
    """
    words = _without_degree(text).split()
    if not 2 <= len(words) <= 5 or not all(_SYLLABLE.match(w) for w in words):
        return False
    return fold(words[0]) in _SURNAMES and _title_in(text) == ""


def _without_degree(text: str) -> str:
    return re.sub(r"^(?:(?:TS|ThS|BS|PGS|GS|KS|CN|Th\.S|T\.S)\s*\.?\s*)+(?=[A-ZĐÀ-Ỹ])", "", text).strip()


def _person_case(text: str) -> str:
    words = _without_degree(text).split()
    return " ".join(w.capitalize() if w.isupper() and len(w) > 1 else w for w in words)
