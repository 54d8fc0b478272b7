"""Who signed, and as what: the block under `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.` or a bare title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from normalize.letter.persons import person_in
from normalize.unicode import fold, squeeze

_PROXY = re.compile(
    r"(?<!\w)(?P<how>(?:TM|KT|TL|TUQ|Q|T\.M|K\.T|T\.L|T\.U\.Q)\s?\.|(?:T/M|K/T|T/L|TUQ|TM|KT|TL)(?=\s))"
    r"\s*(?P<whom>[^\W\d_].{1,60})$"
)
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
    "pho bi thu thuong truc": "Phó Bí thư Thường trực",
    "pho bi thu": "Phó Bí thư",
    "bi thu": "Bí thư",
    "uy vien thuong truc": "Ủy viên Thường trực",
    "uy vien ban thuong vu": "Ủy viên Ban Thường vụ",
    "chi huy truong": "Chỉ huy trưởng",
    "pho chi huy truong": "Phó Chỉ huy trưởng",
    "chinh uy": "Chính ủy",
    "tham muu truong": "Tham mưu trưởng",
    "tu lenh": "Tư lệnh",
    "vien truong": "Viện trưởng",
    "pho vien truong": "Phó Viện trưởng",
    "chanh an": "Chánh án",
    "pho chanh an": "Phó Chánh án",
    "chu nhiem": "Chủ nhiệm",
    "pho chu nhiem": "Phó Chủ nhiệm",
    "pho chanh thanh tra": "Phó Chánh Thanh tra",
    "tong cuc truong": "Tổng Cục trưởng",
    "pho tong cuc truong": "Phó Tổng Cục trưởng",
    "pho vu truong": "Phó Vụ trưởng",
    "thu tuong": "Thủ tướng",
    "pho thu tuong": "Phó Thủ tướng",
    "truong khoa": "Trưởng khoa",
    "truong doan": "Trưởng đoàn",
    "truong cong an": "Trưởng Công an",
    "pho truong cong an": "Phó Trưởng Công an",
    "tram truong": "Trạm trưởng",
    "pho tram truong": "Phó Trạm trưởng",
    "hat truong": "Hạt trưởng",
    "doi truong": "Đội trưởng",
    "to truong": "Tổ trưởng",
    "truong thon": "Trưởng thôn",
    "ke toan truong": "Kế toán trưởng",
    "nguoi lap bieu": "Người lập biểu",
    "phu trach": "Phụ trách",
    "thu ky": "Thư ký",
}
_DEPUTIES = {"Bộ trưởng": "Thứ trưởng"}  # where the deputy has a name of its own
_SIGNED = re.compile(r"^\W*(?:da ky|\(?da ky\)?|ky ten.*|\[.*\])\W*$")
_LIKE_TITLE, _LONG_TITLE = 82, 12  # a title with a letter or two under a seal's ring, of so many letters
_FURTHEST = 14
_RIGHT_HALF, _CENTRED = (
    220.0,
    110.0,
)  # points: titles begin right of it; how far a line begins left of its title
_STAMPED = re.compile(r"^\W*(?:da ky|ky boi|nguoi ky)\s*:\s*")
# Names under this were pen strokes or a stamp on the real scans at hand (0.03), the others names (0.99).
_READ_NAME = 0.6
_MOST_TITLE = 40
_TITLE_LINES = 4  # under `TM.` stand `KT.`, the title, and strokes of a stamp between them
_BESIDE_RECIPIENTS = 2  # lines of the block that may lie a little higher than the list beside it
# Over these lines of an act stands who enacts it, a title in capitals that nobody signs under.
_ENACTING = re.compile(r"^\W*(?:can cu|xet|theo de nghi|dieu 1)\b")
_RECIPIENTS = re.compile(r"^\W{0,3}noi nhan\b")
_LIST = re.compile(r"^\W{0,2}[-–•]\s?\w")


def read_signature(
    texts: Sequence[str], sure: Sequence[float] = (), lefts: Sequence[float | None] = ()
) -> tuple[str, str]:
    """(signer, title) of the first signature block that names one; '' for what is not printed.

    `sure` gives each line's confidence (0..1): a name that was hardly read is none. `lefts` gives the left
    edge of each line in points, None where lines have no place: a name stands under its title.
    """
    read = [text if i >= len(sure) or sure[i] >= _READ_NAME else "" for i, text in enumerate(texts)]
    best = ("", "")
    recipients = next((i for i, text in enumerate(texts) if _RECIPIENTS.match(fold(text))), 0)
    enacted = next((i for i, text in enumerate(texts) if _ENACTING.match(fold(text))), 0)
    begin = max(recipients - _BESIDE_RECIPIENTS, enacted, 0)
    over = range(max(enacted, recipients - _FURTHEST, 1), begin)  # the list may stand under the block
    for i in (*range(begin, len(texts)), *over):
        if title := _title_at(texts, i):
            signer = _name_after(read, i, _under(lefts, i))
            if signer or (not best[0] and i >= begin):
                best = (signer or best[0], title)
            if signer:
                break
    return best


def _title_at(texts: Sequence[str], i: int) -> str:
    """The title that the block starting at line `i` gives, '' when no block starts there.

    Who signs `KT.` (for) a head is that head's deputy, also where a stamp lies over the word.
    """
    line = squeeze(texts[i]).strip("*_ ")
    proxy = _PROXY.search(line)
    if not proxy:
        return _title_in(_right_column(texts[i]))
    below = texts[i + 1 : i + 1 + _TITLE_LINES]
    proxies = [proxy, *filter(None, (_PROXY.search(squeeze(t)) for t in below))]
    whom = _title_in(proxies[-1]["whom"])
    own_lines = [_right_column(text) for text in below if not _PROXY.search(squeeze(text))]
    own = next((title for title in map(_title_in, own_lines) if title), "")
    for_head = re.sub(r"\W", "", proxies[-1]["how"]) == "KT"
    if for_head and whom and own in ("", whom):
        return _DEPUTIES.get(whom, f"Phó {whom}")
    return own or whom


def _right_column(text: str) -> str:
    """The right column of a line: after wide white space, or the capitals that follow an entry of the list
    of recipients (`- UBND tỉnh; PHÓ GIÁM ĐỐC`)."""
    line = re.split(r"\s{2,}", text.strip())[-1].strip("*_ ")
    if not _LIST.match(line):
        return line
    words = line.split()
    first = len(words)
    while first and words[first - 1].isupper() and words[first - 1].isalpha():
        first -= 1
    return " ".join(words[first:])


def _title_in(text: str) -> str:
    """The title that a line (or its right column) is, in its usual case."""
    line = re.split(r"\s{2,}", text.strip())[-1]
    letters = [c for c in line if c.isalpha()]
    if not letters or len(line) > _MOST_TITLE or sum(c.isupper() for c in letters) < 0.7 * len(letters):
        return ""
    key = fold(line).strip("*_ .,:;'\"~-")
    for name in sorted(_TITLES, key=len, reverse=True):
        if key == name or key.endswith(" " + name) or key.startswith(name + " "):
            return _TITLES[name]
    near = process.extractOne(key, list(_TITLES), scorer=fuzz.ratio, score_cutoff=_LIKE_TITLE)
    return _TITLES[near[0]] if near and len(key) >= _LONG_TITLE else ""


def _under(lefts: Sequence[float | None], title: int) -> frozenset[int]:
    """The lines that surely stand in the column of the line `title`, whose lines are centred."""
    edge = lefts[title] if title < len(lefts) else None
    if edge is None or edge < _RIGHT_HALF:
        return frozenset()
    return frozenset(i for i, left in enumerate(lefts) if left is not None and left > edge - _CENTRED)


def _name_after(texts: Sequence[str], start: int, under: frozenset[int] = frozenset()) -> str:
    """The first name within the lines after a block's start; the right column where there are two. Lines of
    the list of recipients beside it do not count, unless they stand `under` the title."""
    left = _FURTHEST
    for at, text in enumerate(texts[start + 1 :], start + 1):
        if under and at not in under:
            continue
        for piece in reversed(re.split(r"\s{3,}", text.strip())):
            line = squeeze(piece).strip("*_ .")
            line = line[len(signed.group()) :] if (signed := _STAMPED.match(fold(line))) else line
            if not line or _SIGNED.match(fold(line)):
                continue
            if (person := person_in(line)) and not _title_in(line):
                return person
        if re.match(r"^\W*(?:phu luc|bieu mau|stt\b)", fold(text)):
            return ""
        left -= at in under or not _LIST.match(text)
        if not left:
            return ""
    return ""
