"""What a letter says about itself, read from its lines by the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from model.document import Metadata
from model.page import TextLine
from normalize.letter.accompanying import Accompanying, read_accompanying
from normalize.letter.bodies import canonical_body, with_place_of
from normalize.letter.dates import day_at_the_foot, signing_day
from normalize.letter.letterhead import Letterhead, read_letterhead
from normalize.letter.own_title import OwnTitle, annex_title, read_own_title
from normalize.letter.signature import read_signature
from normalize.letter.subject import DOC_TYPES, doc_type_line, read_period, read_subject, type_by_symbol
from normalize.unicode import fold, squeeze

_HEAD_LINES = 40
_BODY_OPENS = re.compile(r"^(?:kinh g\w{0,3}\b|can cu\b|thuc hien\b|dieu 1\b|[i1]\s?[.)]\s)")
_ANNEX = re.compile(r"^\W{0,3}(?:phu\s?luc\b|bieu\s+mau\b|bieu\s+so\b|danh (?:muc|sach)\b)")
_BODY_OF_PLACE = re.compile(
    r"\b(?:ubnd|uy ban nhan dan)\s+(?P<type>tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran)\b"
)
_TYPE_NAMES = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "huyen": "huyện",
    "thi xa": "thị xã",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
    "thi tran": "thị trấn",
}


def read_metadata(lines: Sequence[TextLine], titles: Sequence[str] = ()) -> Metadata:
    """The letter's own data from its lines in reading order (repaired text reads best) and the titles of
    its tables; a field that is not printed stays empty.

    What the letterhead leaves out is taken from the captions of the annexes (`Kèm theo Báo cáo số ...`).
    """
    printed = [line for line in lines if line.text.strip()]
    texts = [line.text for line in printed]
    sure = [line.confidence for line in printed]
    head_texts = _head(texts)
    named_type = doc_type_line(head_texts)
    own = read_own_title(head_texts[named_type[0] :]) if named_type else OwnTitle()
    head = read_letterhead(head_texts, sure, _lefts(printed[: len(head_texts)]))
    if not head.number and own.number:
        head = replace(
            head, number=own.number, date=own.date, issuer=own.issuer, parent="", unread=(), unread_at=()
        )
    if not head.date and (foot := day_at_the_foot(_letter(texts))).date:
        head = replace(head, date=foot.date, place=head.place or foot.place)
    titled = [
        min((s for t, s in zip(texts, sure, strict=True) if t in title), default=1.0) for title in titles
    ]
    captions = read_accompanying([*texts, *titles], head.number, [*sure, *titled])
    number = _number(head, captions)
    date = signing_day(texts, max(head.date, captions.date, key=len))
    subject = own.subject or read_subject(
        _opening(texts),
        head.end,
        named_type[0] if named_type else None,
        sure,
        _centres(printed),
        _lefts(printed),
    )
    subject = subject or annex_title(texts)
    issuer = _issuer(head, captions, texts)
    signer, signer_title = read_signature(
        _letter(texts), sure, [line.box.x0 if line.box else None for line in printed]
    )
    return Metadata(
        number=number,
        doc_type=_doc_type(named_type, captions, number, subject, texts),
        issuer=issuer,
        parent_issuer=head.parent or ("" if head.issuer else _parent_of(issuer)),
        place=_spelt_best(head.place, f"{head.parent} {issuer}", texts),
        date=date,
        subject=subject,
        signer=signer,
        signer_title=signer_title,
        period=read_period([subject, *titles], date[:4])
        or read_period(_openings(texts), date[:4], whole_years=False),
    )


def _centres(lines: Sequence[TextLine]) -> list[float | None]:
    """The middle of each line in points from the page's left edge."""
    return [(line.box.x0 + line.box.x1) / 2 if line.box is not None else None for line in lines]


def _lefts(lines: Sequence[TextLine]) -> list[float | None]:
    """The left edge of each line in points; None where it has no place or is not on the first page."""
    return [line.box.x0 if line.box is not None and line.page == lines[0].page else None for line in lines]


def unread_parts(lines: Sequence[TextLine], found: Metadata) -> tuple[tuple[str, TextLine], ...]:
    """The parts of the number and the day that the letterhead leaves unread (`number`, `day`, `month`), each
    with its line: blanks of the print, written by hand, or under a stamp. What the rest of the document tells
    (`found`) is not unread."""
    printed = [line for line in lines if line.text.strip()]
    texts = _head([line.text for line in printed])
    head = read_letterhead(texts, [line.confidence for line in printed], _lefts(printed[: len(texts)]))
    told = {
        "number": found.number[:1].isdigit(),
        "month": len(found.date) > len("2024"),
        "day": len(found.date) > len("2024-06"),
    }
    return tuple(
        (part, printed[at]) for part, at in zip(head.unread, head.unread_at, strict=True) if not told[part]
    )


def _spelt_best(place: str, bodies: str, texts: Sequence[str]) -> str:
    """The place in that spelling of its letters, the date line's or the body's name's, which the text uses
    more; the body's where both are used alike: it stands in larger print."""
    words, wanted = bodies.split(), place.split()
    spelt = {place: 0}
    for i in range(len(words) - len(wanted) + 1 if wanted else 0):
        named = words[i : i + len(wanted)]
        if [fold(w) for w in named] == [fold(w) for w in wanted]:
            spelt[" ".join(named)] = 1
    if len(spelt) < 2:
        return place
    whole = "\n".join(texts).lower()
    return max(spelt, key=lambda name: (whole.count(name.lower()), spelt[name]))


def _number(head: Letterhead, captions: Accompanying) -> str:
    """The letterhead's number; a caption's where the letterhead prints none or only its symbol."""
    if not head.number or (head.number[0] in "/-" and captions.number.endswith(head.number)):
        return captions.number or head.number
    return head.number


def _head(texts: Sequence[str]) -> list[str]:
    """The lines before the body begins."""
    for i, text in enumerate(texts[:_HEAD_LINES]):
        if i and _BODY_OPENS.match(fold(text)):
            return list(texts[:i])
    return list(texts[:_HEAD_LINES])


def _opening(texts: Sequence[str]) -> list[str]:
    """The head with a few lines after it: a subject may stand beside or under the address."""
    return list(texts[: min(len(texts), len(_head(texts)) + 8)])


def _openings(texts: Sequence[str]) -> list[str]:
    """Sentences that may name the period when no subject or title does: the first lines of the body."""
    start = len(_head(texts))
    return [squeeze(" ".join(texts[start : start + 12]))]


def _letter(texts: Sequence[str]) -> list[str]:
    """The lines of the letter itself, before its first annex."""
    for i, text in enumerate(texts):
        if i > 5 and _ANNEX.match(fold(text)) and len(text) < 160 and text.strip(" *_'-")[:5].isupper():
            return list(texts[: i + 1])
    return list(texts)


def _doc_type(
    named: tuple[int, str] | None,
    captions: Accompanying,
    number: str,
    subject: str,
    texts: Sequence[str],
) -> str:
    """The type by its printed name, the annexes' captions, the symbol, or the form of a letter."""
    if named:
        return named[1]
    if captions.doc_type in DOC_TYPES:
        return DOC_TYPES[captions.doc_type]
    if by_symbol := type_by_symbol(number):
        return by_symbol
    address = any(re.match(r"^\W*kinh g\w{0,3}\b", fold(t)) for t in texts[:_HEAD_LINES])
    return "Công văn" if address or fold(subject).startswith("v/v") else ""


def _issuer(head: Letterhead, captions: Accompanying, texts: Sequence[str]) -> str:
    """The letterhead's body; else the captions', completed by the place; else the people's committee that
    the text speaks for, with the place of the date line as its name."""
    if head.issuer:
        return with_place_of(head.issuer, head.parent)
    if captions.issuer:
        return _completed(captions.issuer, head, texts)
    if not head.place:
        return ""
    counts: dict[str, int] = {}
    for text in texts:
        for match in _BODY_OF_PLACE.finditer(fold(text)):
            counts[match["type"]] = counts.get(match["type"], 0) + 1
    named = [kind for kind in counts if any(f"{kind} {fold(head.place)}" in fold(t) for t in texts)]
    if not named:
        return ""
    kind = max(named, key=lambda k: counts[k])
    return f"Ủy ban nhân dân {_TYPE_NAMES[kind]} {head.place}"


def _completed(issuer: str, head: Letterhead, texts: Sequence[str]) -> str:
    """A body named without its place (`Văn phòng UBND tỉnh`) with the place the text gives its type."""
    key = fold(issuer)
    kind = next((k for k in sorted(_TYPE_NAMES, key=len, reverse=True) if key.endswith(" " + k)), "")
    if not kind:
        return issuer
    place = head.place or _most_named(kind, texts)
    return f"{issuer} {place}" if place else issuer


def _most_named(kind: str, texts: Sequence[str]) -> str:
    """The name that follows a type of unit most often in the text, '' when none does twice."""
    pattern = re.compile(rf"\b{kind}\s+((?:[a-z]+\s?){{1,3}})")
    counts: dict[str, int] = {}
    for text in texts:
        line = squeeze(text)
        key = fold(line)
        if len(key) != len(line):
            continue
        for match in pattern.finditer(key):
            words = line[match.start(1) : match.end(1)].split()
            name: list[str] = []
            for word in words:
                if not (word[:1].isupper() and word[1:].islower()):
                    break
                name.append(word)
            if len(name) >= 2:
                counts[" ".join(name)] = counts.get(" ".join(name), 0) + 1
    best = max(counts, key=lambda n: (counts[n], n), default="")
    return best if best and counts[best] >= 2 else ""


def _parent_of(issuer: str) -> str:
    """The committee that an office named in the captions belongs to: `Văn phòng UBND tỉnh ...`."""
    match = re.search(r"^(?:Văn phòng|Van phong)\s+(.+)$", issuer)
    return canonical_body(match[1]) if match else ""
