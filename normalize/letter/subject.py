"""Type of document, subject and reporting period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.unicode import fold, squeeze

DOC_TYPES: dict[str, str] = {
    "bao cao": "Báo cáo",
    "quyet dinh": "Quyết định",
    "thong bao": "Thông báo",
    "ke hoach": "Kế hoạch",
    "to trinh": "Tờ trình",
    "nghi quyet": "Nghị quyết",
    "chi thi": "Chỉ thị",
    "huong dan": "Hướng dẫn",
    "chuong trinh": "Chương trình",
    "cong van": "Công văn",
    "cong dien": "Công điện",
    "giay moi": "Giấy mời",
    "bien ban": "Biên bản",
    "de an": "Đề án",
    "phuong an": "Phương án",
    "quy che": "Quy chế",
    "quy dinh": "Quy định",
    "thong tu": "Thông tư",
    "nghi dinh": "Nghị định",
    "phieu trinh": "Phiếu trình",
    "thong cao": "Thông cáo",
    "luat": "Luật",
    "ket luan thanh tra": "Kết luận thanh tra",
    "ket luan": "Kết luận",
    "giay uy quyen": "Giấy ủy quyền",
    "giay gioi thieu": "Giấy giới thiệu",
    "phieu chuyen": "Phiếu chuyển",
    "phieu gui": "Phiếu gửi",
    "ban thoa thuan": "Bản thỏa thuận",
    "ban ghi nho": "Bản ghi nhớ",
    "loi keu goi": "Lời kêu gọi",
}
SYMBOL_TYPES = {
    "bc": "Báo cáo",
    "qd": "Quyết định",
    "tb": "Thông báo",
    "kh": "Kế hoạch",
    "ttr": "Tờ trình",
    "nq": "Nghị quyết",
    "ct": "Chỉ thị",
    "hd": "Hướng dẫn",
    "ctr": "Chương trình",
    "cd": "Công điện",
    "gm": "Giấy mời",
    "bb": "Biên bản",
    "da": "Đề án",
    "pa": "Phương án",
    "qc": "Quy chế",
    "qyd": "Quy định",
    "tt": "Thông tư",
    "nd": "Nghị định",
    "kl": "Kết luận",
}
_ABOUT = re.compile(r"(?<!\w)v\s?/\s?v\s*:?\s*", re.IGNORECASE)
_BODY_START = re.compile(
    r"^(?:kinh g\w{0,3}\b|can cu\b|thuc hien\b.{25}|xet\b|theo\b|de\b|nham\b|trong\b|ngay\b|sau khi\b"
    r"|noi nhan|[ivx]{1,4}\s?[.)-]\s?\w|\d{1,2}\s?[.)]\s?\w|[a-d]\s?[.)]\s?\w|phan\s|[-–+*•]"
    r"|\(\s*(?!linh vuc|lan |dot |giai doan|sua doi|bo sung|thay the)"
    r"|phu luc|dieu 1|quyet dinh:|so\s?:|stt\b|http|don vi\s?(?:tinh)?\s?:)"
)
# What a type's name says of who issues (`KẾ HOẠCH LIÊN NGÀNH`), no word of the subject.
_ISSUED_JOINTLY = re.compile(r"^\W*lien (?:nganh|tich|so|bo)\W*$")
# Or of who issues it (`QUYẾT ĐỊNH CỦA UỶ BAN NHÂN DÂN TỈNH …`), in the form in use until 2004.
_ISSUED_BY = "cua "
# The stamp of the office that a letter came to, under its subject: whose it is, `ĐẾN`, a number and a day.
_ARRIVED = re.compile(r"^\W*(?:CÔNG VĂN )?(?:ĐẾN|Đến)(?=\W*$|\W+(?:[Ss][ốỐ]|[Nn]gày|NGÀY)\b)")
# Who enacts, in capitals between the subject and the enacting lines.
_ENACTS = re.compile(
    r"^(?:pho\s)?(?:chu tich|uy ban|ubnd|hoi dong nhan dan|hdnd|giam doc|bo truong|thu tuong|chinh phu"
    r"|hieu truong|vien truong|chi cuc truong|truong phong|tong giam doc|chi huy truong"
    r"|ban (?:thuong vu|chap hanh|chi huy|chi dao)"
    r"|tong cuc truong|cuc truong|chanh|truong ban|so truong|thu truong|quoc hoi|khoa\b|ky hop)\b"
)
# A line of a scan is no part of a subject where it was hardly read: a stamp or a note by hand lies there.
_READ_SUBJECT = 0.7
# Lines of a title lie within 2 points of one middle on the real scans at hand; the indent of a paragraph, one
# centimetre by Nghị định 30/2020/NĐ-CP, moves its first line's middle by 14.
_OFF_THE_MIDDLE = 9.0
_MOST_SUBJECT_LINES = 9
_SAME_EDGE, _PARAGRAPHS_SEEN = 0.8, 12  # points between edges of one column of print; lines looked on
_MOSTLY_CAPITALS = 0.9
_MOTTO = re.compile(r"^(?:cong hoa xa hoi|doc lap\s?-\s?tu do)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# `đầu` is often misread (`diu`); a word of other letters is another (`cuối`).
_MONTHS_OF_YEAR = re.compile(
    r"(?<!\d)(?P<m>\d{1,2}|sau|chin)\s+thang\s+(?:d[a-z]{2}\s+)?nam(?:\s+(?P<y>(?:19|20)\d\d))?"
)
_QUARTER = re.compile(r"quy\s+(?P<q>iv|i{1,3}|[1-4])(?:\s*(?:nam|/|[-–])?\s*(?P<y>(?:19|20)\d\d))?(?!\w)")
_MONTH = re.compile(r"(?<!ngay )(?<!\d )thang\s+(?P<m>\d{1,2})\s*(?:nam|/|[-–.])\s*(?P<y>(?:19|20)\d\d)")
_LONE_MONTH = re.compile(r"(?<!\d )thang\s+(?P<m>\d{1,2})\b(?!\s*/)")
_YEAR = re.compile(r"\bnam\s+(?P<y>(?:19|20)\d\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def is_type(text: str) -> bool:
    """Whether a line is nothing but what kind of document it opens, in capitals (`BÁO CÁO`)."""
    return text.isupper() and fold(text).strip(" .:") in DOC_TYPES


def doc_type_line(texts: Sequence[str]) -> tuple[int, str] | None:
    """The first line that is the name of a type of document, alone or with the subject after it.

    The name stands in capitals; `BÁO CÁO` counts, `Báo cáo số 5` in a sentence does not.
    """
    for i, text in enumerate(texts):
        line = squeeze(text).strip(" *:.")
        key = fold(line)
        letters = [c for c in line if c.isalpha()]
        if key in DOC_TYPES and letters and line[0].isupper():
            return i, DOC_TYPES[key]
        opening = next((k for k in DOC_TYPES if key.startswith(k + " ")), "")
        if opening and line[: len(opening)].isupper() and len(key) < 160:
            return i, DOC_TYPES[opening]
    return None


def type_by_symbol(number: str) -> str:
    """The type that a symbol names (`59/BC-VP` → Báo cáo); Công văn for one that names only bodies."""
    parts = [fold(p) for p in re.split(r"[/-]", number) if p and not p.isdigit()]
    if not parts:
        return ""
    return SYMBOL_TYPES.get(parts[0], "Công văn" if len(parts) > 1 else "")


def read_subject(
    texts: Sequence[str],
    head_end: int,
    type_at: int | None,
    sure: Sequence[float] = (),
    centres: Sequence[float | None] = (),
    lefts: Sequence[float | None] = (),
) -> str:
    """The subject: `V/v ...` with the lines it runs over, else the lines under the type's name.

    Where neither is printed, the lines over `Kính gửi` are taken; '' when there are none either. `sure` gives
    each line's confidence: a subject ends before one that was hardly read. `centres` gives the middle of each
    line on its page in points, None where lines have no place: what stands under the type's name stands in
    the middle with it, and the body's first line does not. `lefts` gives their left edges: a paragraph
    begins where others begin.
    """
    read = [text if i >= len(sure) or sure[i] >= _READ_SUBJECT else "" for i, text in enumerate(texts)]
    for i, text in enumerate(texts):
        match = _ABOUT.search(text)
        if match and match.start() < 60 and (type_at is None or i < type_at):
            below = _to_stamp(read[i + 1 : i + 1 + _MOST_SUBJECT_LINES])
            return _joined([_column_of(text[match.start() :]), *below], keep_first=True)
    if type_at is not None:
        line = squeeze(texts[type_at]).strip(" *:.-_")
        name = next((k for k in DOC_TYPES if fold(line).startswith(k)), "")
        under = min(_in_the_middle(read, type_at, centres), _first_paragraph(type_at + 2, lefts))
        rest = line[len(name) :]
        after: Sequence[str] = read[type_at + 1 : under]
        if _is_issuer(rest):
            rest, after = "", _from_about(after)
        rest = "" if _ISSUED_JOINTLY.match(fold(rest)) else rest
        return _joined([rest, *_to_unread(after)])
    address = next((i for i, t in enumerate(texts[:12]) if re.match(r"^kinh g", fold(t))), 0)
    return _joined(texts[head_end:address]) if address > head_end else ""


def _in_the_middle(texts: Sequence[str], type_at: int, centres: Sequence[float | None]) -> int:
    """The index of the first line under the type's name that does not stand in the middle with it; all lines
    where the first does not, or where lines have no place: such a title is set otherwise."""
    middle = centres[type_at] if type_at < len(centres) else None
    if middle is None:
        return len(texts)
    for i in range(type_at + 1, min(len(texts), len(centres))):
        centre = centres[i]
        if centre is not None and abs(centre - middle) > _OFF_THE_MIDDLE:
            return i if i > type_at + 1 else len(texts)
    return len(texts)


def _first_paragraph(start: int, lefts: Sequence[float | None]) -> int:
    """The index of the first line from `start` that begins where a later one does, as paragraphs and not
    lines in the middle; past all lines where none does, or where the title's first line begins so too."""
    first = lefts[start - 1] if start <= len(lefts) else None
    for i in range(start, min(len(lefts), start + _MOST_SUBJECT_LINES)):
        left, later = lefts[i], lefts[i + 1 : i + 1 + _PARAGRAPHS_SEEN]
        if left is None or first is None or abs(first - left) <= _SAME_EDGE:
            continue
        if any(x is not None and abs(x - left) <= _SAME_EDGE for x in later):
            return i
    return len(lefts) + start


def _is_issuer(rest: str) -> bool:
    """Whether what follows a type's name on its line says in capitals whose paper it is."""
    key = fold(rest).strip()
    return key.startswith(_ISSUED_BY) and _enacts(squeeze(rest).strip()[len(_ISSUED_BY) :])


def _from_about(texts: Sequence[str]) -> Sequence[str]:
    """The lines from the one that says what it is about, where only capitals, the issuer's name, precede."""
    about = next((i for i, text in enumerate(texts) if fold(text).startswith("ve ")), 0)
    return texts[about:] if all(map(_in_capitals, texts[:about])) else texts


def _to_stamp(texts: Sequence[str]) -> Sequence[str]:
    """The lines before a stamp of arrival."""
    end = next((i for i, text in enumerate(texts) if _ARRIVED.match(text)), len(texts))
    if end < len(texts) and end and _in_capitals(texts[end - 1]):
        end -= 1  # the name of the office that it came to
    return texts[:end]


def _to_unread(texts: Sequence[str]) -> Sequence[str]:
    """The lines before the first that was hardly read, once one has been read."""
    first = next((i for i, text in enumerate(texts) if text), len(texts))
    end = next((i for i, text in enumerate(texts) if i > first and not text), len(texts))
    return texts[:end]


def _column_of(text: str) -> str:
    """The left column of a line that carries two."""
    return re.split(r"\s{3,}", text.strip())[0]


def _joined(lines: Sequence[str], keep_first: bool = False) -> str:
    taken: list[str] = []
    for text in lines[: _MOST_SUBJECT_LINES + 1]:
        line = squeeze(_column_of(text)).strip("*_ ─—'")
        key = fold(line)
        if not re.search(r"\w", line) or (taken and len(line) == 1):  # a speck beside the print
            continue
        goes_on = bool(taken) and line[0].islower() and not re.match(r"^[a-z]\s?[.)]", key)
        if _BODY_START.match(key) and not goes_on and not (keep_first and not taken):
            break
        if taken and (_enacts(line) or _MOTTO.match(key)):
            break
        if taken and _ENACTS.match(key) and not goes_on and taken[-1][-1] not in ";,":
            break
        if (
            "ngay" in key
            and re.search(r"ngay\b.{0,14}thang\b.{0,8}nam\b", key)
            and "," in key
            and not goes_on
        ):
            continue
        taken.append(line)
        if line.endswith((".", ":")):
            break
    return squeeze(" ".join(taken)).rstrip(" .;:")


def _enacts(line: str) -> bool:
    """Whether a line says in capitals who enacts."""
    return _in_capitals(line) and bool(_ENACTS.match(fold(line)))


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _MOSTLY_CAPITALS * len(letters)


def read_period(texts: Sequence[str], year: str = "", whole_years: bool = True) -> str:
    """The reporting period that the texts (subject first, then titles) speak of, ISO as far as printed.

    `tháng 10 năm 2024` → 2024-10, `Quý II năm 2022` → 2022-Q2, `9 tháng đầu năm 2023` → 2023-09 (the last
    month of the span), `năm 2023` → 2023 (with `whole_years`). `year` stands in where a text names none.
    """
    for text in texts:
        key = fold(text)
        fallback = next(iter(_ANY_YEAR.findall(key)), year)
        offers = [o for o in (_span(key, fallback), _quarter(key, fallback), _month(key)) if o]
        if offers:
            return min(offers)[1]
    for text in texts:
        key = fold(text)
        if (match := _LONE_MONTH.search(key)) and year and 1 <= int(match["m"]) <= 12:
            return f"{year}-{int(match['m']):02d}"
        if whole_years and (match := _YEAR.search(key)):
            return match["y"]
    return ""


def _span(key: str, fallback: str) -> tuple[int, str] | None:
    match = _MONTHS_OF_YEAR.search(key)
    if not match:
        return None
    months = {"sau": 6, "chin": 9}.get(match["m"]) or int(match["m"])
    year = match["y"] or _year_after(key, match.end()) or fallback
    if not year or not 1 <= months <= 12 or "cuoi" in key[match.start() : match.end()]:
        return None
    return match.start(), f"{year}-{months:02d}"


def _year_after(key: str, start: int) -> str:
    found = _ANY_YEAR.search(key, start)
    return found.group() if found else ""


def _quarter(key: str, fallback: str) -> tuple[int, str] | None:
    match = _QUARTER.search(key)
    if not match:
        return None
    quarter = _ROMAN.get(match["q"]) or int(match["q"])
    year = match["y"] or _year_after(key, match.end()) or fallback
    return (match.start(), f"{year}-Q{quarter}") if year else None


def _month(key: str) -> tuple[int, str] | None:
    match = _MONTH.search(key)
    if not match or not 1 <= int(match["m"]) <= 12:
        return None
    return match.start(), f"{match['y']}-{int(match['m']):02d}"
