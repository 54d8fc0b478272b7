"""What a figure of a sentence is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.document import Statement
from normalize.prose.counted import begins_with_deed, with_counted
from normalize.prose.figures import Figure, plain_key
from normalize.unicode import fold, is_another_word, squeeze

COMPARED_WITH = re.compile(r"^so voi\b|^cung ky\b")
_ENDS_SUBJECT = re.compile(
    r"(?:[\s:,(*–-]|\b(?:dat|la|duoc|con|co|voi|gom|o muc|khoang|tren|hon|tong|tong cong|bang|chiem|tang|giam"
    r"|trong|theo|tai|boi|loai|ve|moi|them|so tien|dung thu|xep hang|xep thu|xep|hang|cong bo"
    r"|ban hanh|den|tu|trong do|va)"
    r"(?=[\s:,(*–-]*$))+$"
)
_OPENS_SUBJECT = re.compile(
    r"^(?:[\s\-–+*•~.,;:)(]+|\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ]\)\s+|/\s?[^\W\d]+\d?"
    r"|(?:trong do|cu the|ket qua|va|voi|trong quy|tinh den nay|den nay"
    r"|dong thoi)(?:\s*[,:]\s*|\s+(?=so\b)))+"
)
_CLAUSE = re.compile(r"[;](?!\d)|,(?!\d)|(?<![\d])\.(?=\s)|\s[+](?=\s?[^\d\s])|:\s|\btrong do\b|\(|\)")
_LONGEST_WITH_COMMA = 90
# Openings that say nothing of a figure: what it counts comes after it.
_SAYS_NOTHING = frozenset(
    ("theo do", "hien tai", "hien nay", "hien", "den nay", "ben canh do", "nhu vay", "ngoai ra", "tong cong",
     "toan bo", "da", "hien tai, da", "den nay, da", "cu the")
)  # fmt: skip
_MOST_SUBJECT = 160
# A rate of the thing said last, with nothing of its own before it.
_RATE_OF = re.compile(
    r"^(?:(?:uoc|da|va|cung|moi|chi|deu)\s+)*(?:dat|bang|chiem|tuong duong|tuong ung|ty le|ti le)"
    r"(?:\s+(?:ty le|ti le|khoang|gan|hon|tren|la|muc))*$"
)
_MONEY_OF = re.compile(
    r"(?:^|\b)(?:voi\s+)?(?:tong\s+)?(?P<what>so tien|kinh phi|tri gia)(?:\s+(?:la|hon|gan|khoang|tren"
    r"|phat|dat|uoc))*$"
)
# A price of the thing said last (`tôm sú loại 30 con/kg giá ...`, `..., hiện có giá dao động từ ...`).
_PRICE_OF = re.compile(
    r"^(?:(?:hien|nay|dang|co|ban|duoc)\s+)*(?:gia|dao dong|o muc|muc gia|don gia)"
    r"(?:\s+(?:ban|dao dong|tu|la|khoang|o muc|hon|gan|tren|duoi))*$"
)
_OF_TIME = re.compile(
    r"^(?:luy ke|cong don|uoc|rieng|trong|tinh|ca)?\s*(?:(?:den|het|ca)\s+)*(?:quy|thang|nam|ky"
    r"|tuan)(?:\s+(?:\w{1,4}|truoc|nay))*$"
)
_MONEY_WORDS, _FEW_WORDS, _HEAD_WORDS = 6, 4, 9
# Units of figures whose thing stands before them.
_SAID_BEFORE = frozenset(("percent", "percent_point", "money_vnd", "score", "rank", "date"))
_MERE_DEED = re.compile(
    r"^(?:(?:da|dang|se|co ban|deu|tiep tuc|co)\s+)*(?:dua|ban giao|thu|trien khai|cap|lap|giao|nop)$"
)
# What the first of two figures counts, and that a second one follows.
_PAIR = re.compile(r"^(?:,?\s+[^\W\d]+){0,8}\s+va\s+$")
# What closes a subject, as it is printed: its folded form is that of other words, too.
_CLOSES = {
    fold(word): word
    for word in (
        "đạt", "là", "được", "còn", "có", "với", "gồm", "khoảng", "trên", "hơn", "tổng", "cộng", "bằng",
        "chiếm", "tăng", "giảm", "trong", "theo", "tại", "bởi", "loại", "về", "mới", "thêm", "hạng", "đến",
        "từ", "và",
    )
}  # fmt: skip
_PRINTED_WORD = re.compile(r"[^\W\d_]+")
_NEAR_WORDS = 5  # between a figure and its share in brackets: `153 hồ sơ (đạt 0,02%)`


def subject_of(
    text: str, key: str, figure: Figure, before: Sequence[Figure], end_before: int, out: Sequence[Statement]
) -> str:
    """What a figure is said of: the words of its clause before it, with the total's subject for a part.

    A share in brackets and a rank after a score take the subject of the figure they stand behind.
    """
    if figure.role == "share" and out and _right_behind(key, end_before, figure.start):
        return out[-1].subject
    if figure.role == "share":
        clause = _clause_start(key, end_before, key.rfind("(", 0, figure.start))
        if own := _trimmed(text, key, clause, key.rfind("(", 0, figure.start)):
            return own[:_MOST_SUBJECT]
    if (head := _of_a_pair(text, key, figure, before)) is not None:
        pair = with_counted(head, text, figure) if head else _after(text, figure)
        return _under(_parent(key, before, figure, out), pair)
    start = _clause_start(key, end_before, figure.start)
    own = _trimmed(text, key, start, figure.start)
    told = _of_the_last(own, text[start : figure.start], figure) if out and end_before else None
    if told is not None:
        return _joined(out[-1].subject, told)
    own = _under_its_head(text, key, start, own)
    if not own and (not _opens_what_it_counts(key, start) or not figure.unit):
        own = _trimmed(text, key, end_before, start) if start > end_before else ""
    if plain_key(own) in _SAYS_NOTHING:
        own = ""
    if own and figure.role == "value" and figure.interval is None and _counts(own, figure):
        own = with_counted(own, text, figure)
    own = own or _after(text, figure) or (out[-1].subject if out and figure.interval is not None else "")
    if out and COMPARED_WITH.match(plain_key(own)):
        return out[-1].subject
    if figure.role in ("rank", "change") and out and len(own.split()) < 2:
        return out[-1].subject
    return _under(_parent(key, before, figure, out), own)


def _under(parent: str, own: str) -> str:
    return squeeze(f"{parent} / {own}" if parent and own else own or parent)[:_MOST_SUBJECT]


def _counts(own: str, figure: Figure) -> bool:
    """Whether what a figure counts stands behind it; a share's does only behind a mere deed (`Đã cơ bản đưa
    100% thủ tục`)."""
    if figure.unit != "percent":
        return figure.unit not in _SAID_BEFORE
    return bool(_MERE_DEED.match(plain_key(own)))


def _of_a_pair(text: str, key: str, figure: Figure, before: Sequence[Figure]) -> str | None:
    """What both figures of a pair are said of (`của 12 huyện, thị xã và 235 xã`, `là 28 ngày và 25 ngày`):
    the words before the first; None where more stands between them than what the first counts and an `và`."""
    last = before[-1] if before else None
    if last is None or {last.role, figure.role} != {"value"} or last.unit != figure.unit:
        return None
    between = key[last.end : figure.start]
    if figure.unit in _SAID_BEFORE or not _PAIR.match(between):
        return None
    if any(begins_with_deed(part.strip()) for part in between.split(",")):
        return None
    earlier = before[-2].end if len(before) > 1 else 0
    return _trimmed(text, key, _clause_start(key, earlier, last.start), last.start)


def _opens_what_it_counts(key: str, start: int) -> bool:
    """Whether a figure that opens its clause at `start` is followed by what it counts (`...; 100% đơn vị`):
    not after a colon, whose words before it say that."""
    return not key[:start].rstrip().endswith((":", "trong do", "(", ")"))


def _clause_start(key: str, end_before: int, place: int) -> int:
    """Where the words that a figure is said of begin: at the last clause, with what stands before its comma
    when that is short enough to be one name (`Số hóa hồ sơ, kết quả giải quyết`)."""
    marks = [(m.group().strip(), m.end()) for m in _CLAUSE.finditer(key, end_before, place)]
    if marks and marks[-1][0] == "(" and not key[marks[-1][1] : place].strip("+-− "):
        marks.pop()  # `giảm (-285 đồng/kg)`: the bracket holds the figure alone
    start = marks[-1][1] if marks else end_before
    while marks and marks[-1][0] == ",":
        earlier = marks[-2][1] if len(marks) > 1 else end_before
        if earlier == end_before > 0 or place - earlier > _LONGEST_WITH_COMMA:
            break
        start = earlier
        marks.pop()
    return start


def _trimmed(text: str, key: str, start: int, end: int) -> str:
    """The words between two places without bullets, numbers before them and verbs after them."""
    piece = key[start:end]
    opening = _OPENS_SUBJECT.match(piece)
    begin = start + (opening.end() if opening else 0)
    closing = _ENDS_SUBJECT.search(key[begin:end])
    stop = _past_names(text, begin + closing.start(), end) if closing else end
    words = text[begin:stop].strip(" \t-–+*:,;(")
    return squeeze(words) if re.search(r"[^\W\d_]{2}", words) else ""


def _past_names(text: str, start: int, end: int) -> int:
    """Where what closes a subject begins: behind the last word from `start` on that is another one as printed
    (`kết hôn` is no `hơn`, `diện tích đất` no `đạt`, `khai tử` no `từ`)."""
    names = [
        found.end()
        for found in _PRINTED_WORD.finditer(text, start, end)
        if (meant := _CLOSES.get(fold(found.group()))) and is_another_word(found.group(), meant)
    ]
    return max(names, default=start)


def _after(text: str, figure: Figure) -> str:
    """The unit words and what follows them in the clause, for a figure that opens its clause."""
    if figure.interval is not None:
        return ""
    tail = re.split(r"[,;.](?!\d)|\(", text[figure.start : figure.start + 100], maxsplit=1)[0]
    words = re.sub(r"^[\d.,/%\s]+", "", tail).strip(" )")
    return squeeze(words) if re.search(r"[^\W\d_]{2}", words) else ""


def _of_the_last(own: str, clause: str, figure: Figure) -> str | None:
    """What a figure says more of the thing the last figure was said of: '' where nothing more (`đạt 81% kế
    hoạch`, `xếp hạng 4/9`), the words where a sum of money or another time of it (`với số tiền ...`, `lũy kế
    quý I`). None where it is said of another thing. `own` are the words before the figure, trimmed, and
    `clause` as they stand."""
    key = plain_key(clause).rstrip()
    if money := _MONEY_OF.search(key):
        return clause[money.start("what") : money.end("what")] if len(key.split()) <= _MONEY_WORDS else None
    if own and _OF_TIME.match(plain_key(own)):
        return own
    if figure.role == "rank" and len(own.split()) <= 1:
        return ""
    if figure.unit == "money_vnd" and _PRICE_OF.match(key.strip(" ,;(:/")):
        return ""
    rate = figure.unit in ("percent", "ratio") and figure.role in ("value", "share")
    return "" if rate and _RATE_OF.match(key.strip(" ,;(")) else None


def _joined(subject: str, more: str) -> str:
    return (f"{subject} / {more}" if more else subject)[:_MOST_SUBJECT]


def _under_its_head(text: str, key: str, start: int, own: str) -> str:
    """The words with the head before their colon, where they are hardly more than a verb (`Tội phạm ma túy:
    bắt giữ 37 vụ`)."""
    if not begins_with_deed(own) or len(own.split()) > _FEW_WORDS or not key[:start].rstrip().endswith(":"):
        return own
    head = _trimmed(text, key, 0, key[:start].rstrip().rfind(":"))
    if not head or len(head.split()) > _HEAD_WORDS or re.search(r"[\d;]|trong do|gom", plain_key(head)):
        return own
    return f"{head} / {own}"


def _right_behind(key: str, end_before: int, start: int) -> bool:
    """Whether a share in brackets stands right behind the figure before it, no other thing named between
    them."""
    between = key[end_before : key.rfind("(", 0, start)]
    return not re.search(r"[,;:]|\.\s", between) and len(between.split()) <= _NEAR_WORDS


def _parent(key: str, before: Sequence[Figure], figure: Figure, out: Sequence[Statement]) -> str:
    """The subject of the total whose parts the figure belongs to (`trong đó`), '' outside such a list."""
    for earlier, statement in zip(reversed(before), reversed(out), strict=False):
        if earlier.role == "share":
            continue
        if re.search(
            r"^[^.]{0,80}?\b(?:trong do|gom|bao gom|chia ra)\b", key[earlier.end : figure.start]
        ) and ("." not in re.sub(r"\d[.,]\d", "", key[earlier.end : figure.start]).replace(". ", "§")):
            return statement.subject.split(" / ")[0]
    return ""
