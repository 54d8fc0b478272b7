"""The letterhead: number and symbol, issuing body and its parent, place, date.

Layout of Nghị định 30/2020/NĐ-CP, Phụ lục I: bodies on the left with the number under them, the
national motto on the right with place and date under it; a dump may write the two columns interleaved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.letter.subject import DOC_TYPES
from normalize.unicode import fold, squeeze

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
# Alignments of the motto with OCR lines of the dumps at hand score 72 and more, other lines under 60.
_MOTTO_SCORE = 70
_NUMBER = re.compile(r"(?<!\w)s[o06]\s{0,2}[:.]\s*(?P<rest>.*)$")
_SYMBOL = re.compile(
    r"^(?P<number>[\d\s._…]*?)\s*(?P<slash>/)\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    r"(?P<symbol>[A-ZĐa-zđ&][\w&]*(?:\s*[-–/&.]\s*[A-ZĐ][\w&]*)*)"
)
_BLANK = r"[\s.…_/]*"
_DATE = re.compile(
    rf"ng[aà]y\s*(?P<d>\d{{0,2}}){_BLANK}th[aáà]ng\s*(?P<m>\d{{0,2}}){_BLANK}n[aăâ]m\s*(?P<y>\d{{4}})?",
    re.IGNORECASE,
)
_BROKEN_NUMBER = re.compile(r"^\d*\s*/")
_BROKEN_DATE = re.compile(r"^(?:thang|nam)\b")
_PLACE = re.compile(r"(?P<place>[^\W\d_][^,\d:;/]{1,40}),\s*$")
_CAPTION = re.compile(
    r"kem theo\s+(?P<type>[a-z ]{3,24}?)\s+s[o06]\s*:?\s*(?P<number>\d*)\s*/"
    r"\s*(?P<symbol>[a-z&]+(?:\s*-\s*[a-z&]+)*)(?P<rest>.*)"
)
_CAPTION_OPENS_BY = 14
_SLASH_DATE = re.compile(r"ngay[\s.…_]*(?P<d>\d{0,2})[\s.…_]*/\s*(?P<m>\d{1,2})\s*/\s*(?P<y>\d{4})")
_OF_BODY = re.compile(r"\bcua\s+(?P<body>[^)]+)\)?")
_BODY_HEAD_LIST = """
uy ban nhan dan; ubnd; hoi dong nhan dan; hdnd; so; phong; van phong; ban; bo; chi cuc; cuc;
tong cuc; trung tam; cong an; truong; thanh tra; bao hiem; dang uy; chi nhanh; toa an; vien; uy ban;
kho bac; ngan hang; dai hoc; benh vien; cong ty; huyen uy; tinh uy; thanh uy; mat tran; hoi; to;
doan; buu dien; chinh phu; thu tuong chinh phu
"""
_BODY_HEADS = [head.strip() for head in _BODY_HEAD_LIST.split(";")]
_UNIT_TYPES = (
    "tinh",
    "thanh pho",
    "tp",
    "quan",
    "huyen",
    "thi xa",
    "tx",
    "phuong",
    "xa",
    "thi tran",
    "tt",
    "dac khu",
)
# Names of documents stand in capitals under the letterhead and are no bodies.
NOT_BODIES = frozenset(DOC_TYPES)
_SHORT = ("UBND", "HĐND")
_CAPITALIZED_AFTER = {"va", "-", "–", ","}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead says; `end` is the index of the first line after it."""

    number: str = ""
    issuer: str = ""
    parent: str = ""
    place: str = ""
    date: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Accompanying:
    """What an annex's `(Kèm theo Báo cáo số 59/BC-VP ngày ... của ...)` says of its document."""

    doc_type: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""


def read_letterhead(texts: Sequence[str]) -> Letterhead:
    """The letterhead in the first lines of a document; empty fields where nothing is printed."""
    number = place = date = ""
    bodies: list[str] = []
    end = 0
    for i, text in enumerate(_mended(texts)):
        line = _without_motto(text)
        found_number, line = _take_number(line)
        found_place, found_date, line = _take_date(line)
        if found_number and not number:
            number, end = found_number, i + 1
        if len(found_date) > len(date):
            place, date, end = found_place or place, found_date, i + 1
        place = place or found_place
        if not number and not date and (left := _body_line(line)):
            bodies.append(left)
            end = i + 1
        elif line != text and _body_line(line) and not _has_digits(line):
            bodies.append(_body_line(line))
        if line != squeeze(text):
            end = i + 1
    parent, issuer = issuing_bodies(bodies)
    return Letterhead(number, issuer, parent, place, date, end)


def _mended(texts: Sequence[str]) -> list[str]:
    """The lines with a number or a date that was broken over lines put on its first line; the lines that
    gave their text are empty."""
    lines = list(texts)
    for i, text in enumerate(lines):
        key = fold(text)
        wanted = _BROKEN_NUMBER if re.fullmatch(r"s[o06]\s*[:.]\s*\d*", key) else None
        wanted = _BROKEN_DATE if re.search(r",\s*ngay\s*\d*$|,\s*ngay\s*\d*\s*thang\s*\d*$", key) else wanted
        for k in range(i + 1, min(i + 3, len(lines))):
            if wanted is None or not wanted.match(fold(lines[k])):
                break
            lines[i] = f"{lines[i]} {lines[k]}"
            lines[k] = ""
    return lines


def _has_digits(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _without_motto(text: str) -> str:
    """The line without the national motto in it, however badly that was read."""
    line = squeeze(text)
    for motto in _MOTTOES:
        key = fold(line)
        if len(key) != len(line) or len(key) < 0.6 * len(motto):
            continue
        found = fuzz.partial_ratio_alignment(motto, key, score_cutoff=_MOTTO_SCORE)
        if found and len(key) >= len(motto) * 0.6:
            start, end = found.dest_start, found.dest_end
            while start > 0 and line[start - 1] != " ":
                start -= 1
            while end < len(line) and line[end] != " ":
                end += 1
            line = squeeze(line[:start] + "  " + line[end:])
    return line


def _take_number(line: str) -> tuple[str, str]:
    """(number with symbol, the line without it); the symbol alone where the number is blank."""
    key = fold(line)
    if len(key) != len(line):
        return "", line
    match = _NUMBER.search(key)
    if not match or line[: match.start()].rstrip()[-1:].islower():  # `Nghị định số. 5/...` in a sentence
        return "", line
    rest = line[match.start("rest") :]
    symbol = _SYMBOL.match(rest)
    if not symbol:
        return "", line
    return _joined_number(symbol), squeeze(line[: match.start()] + "  " + rest[symbol.end() :])


def _joined_number(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match["number"])
    year = f"{match['year']}/" if match["year"] else ""
    symbol = re.sub(r"\s*([-–/&.])\s*", r"\1", match["symbol"]).replace("–", "-")
    return f"{digits}/{year}{symbol}"


def _take_date(line: str) -> tuple[str, str, str]:
    """(place, ISO date as far as printed, the line without them)."""
    match = _DATE.search(line)
    if not match:
        return "", "", line
    before = line[: match.start()]
    place = _PLACE.search(before)
    if not place and before.strip(" ,"):
        return "", "", line  # a day in a sentence, not the letterhead's
    date = iso_date(match["d"], match["m"], match["y"] or "")
    named = squeeze(place["place"]) if place else ""
    if "  " in named:
        named = named.rsplit("  ", 1)[-1]
    left = before[: place.start()] if place else ""
    return named, date, squeeze(left + "  " + line[match.end() :])


def iso_date(day: str, month: str, year: str) -> str:
    """ISO 8601 as far as printed: a day without its month is dropped."""
    if not year:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _body_line(line: str) -> str:
    """A line of the left column: capitals that name a body or go on with its name; '' otherwise."""
    text = line.strip(" *-_─—.")
    letters = [c for c in text if c.isalpha()]
    key = fold(text)
    if len(letters) < 3 or "/" in text or key in NOT_BODIES:
        return ""
    upper = sum(c.isupper() for c in letters) >= 0.8 * len(letters)
    canonical = re.match(r"^(?:uy ban nhan dan|ubnd|so|phong|van phong)\s", key) and len(text) < 60
    if not upper and not (canonical and text[0].isupper() and text[-1] not in ".;:,"):
        return ""
    return text


def issuing_bodies(lines: Sequence[str]) -> tuple[str, str]:
    """(parent, issuer) from the lines of the left column; the last body named issues the document."""
    bodies: list[str] = []
    for line in lines:
        key = fold(line)
        opens = any(key == head or key.startswith(head + " ") for head in _BODY_HEADS)
        unit = any(key.startswith(kind + " ") for kind in _UNIT_TYPES)
        if opens and not unit:
            bodies.append(line)
        elif bodies:
            bodies[-1] = f"{bodies[-1]} {line}"
    named = list(dict.fromkeys(canonical_body(body) for body in bodies))
    if not named:
        return "", ""
    return (named[-2] if len(named) > 1 else ""), named[-1]


def canonical_body(text: str) -> str:
    """A body's name in its usual case: `Ủy ban nhân dân huyện Định Hóa`, `Sở Tài chính`. `UBND` and `HĐND`
    stay as short as they are printed."""
    text = re.sub(r"\bTP\b\.?", "thành phố", squeeze(text).strip(" .,;:()*-"))
    words = text.split()
    if sum(w.isupper() for w in words) <= len(words) // 2 and not text.isupper():
        return text[:1].upper() + text[1:]
    return _recased([w.lower() if w.isupper() and w not in _SHORT else w for w in words])


def _recased(words: list[str]) -> str:
    """Lower-case words with the capitals a body's name has: its first word, the field it is named for,
    and every word of a place after its type."""
    keys = [fold(w) for w in words]
    out = list(words)
    place_from = next(
        (i + len(kind.split()) for i in range(1, len(words)) for kind in _unit_type_at(keys, i)), len(words)
    )
    head = next(
        (
            len(h.split())
            for h in sorted(_BODY_HEADS, key=len, reverse=True)
            if keys[: len(h.split())] == h.split()
        ),
        1,
    )
    out[0] = out[0] if out[0] in _SHORT else out[0].capitalize()
    for i in range(1, len(words)):
        if words[i] in _SHORT:
            continue
        if i >= place_from or i == head or (i > head and keys[i - 1].strip(",") in _CAPITALIZED_AFTER):
            out[i] = out[i].capitalize()
        if i > head and keys[i - 1].endswith(","):
            out[i] = out[i].capitalize()
    for i in range(1, len(words)):
        for kind in _unit_type_at(keys, i):
            for k in range(len(kind.split())):
                out[i + k] = words[i + k].lower()
        if keys[i] == "va" or keys[i : i + 3] == ["uy", "ban", "nhan"]:
            out[i] = words[i].lower() if keys[i] == "va" else words[i].capitalize()
    return " ".join(out)


def _unit_type_at(keys: Sequence[str], i: int) -> list[str]:
    """The type of unit that stands at word `i`, with a name after it."""
    for kind in sorted(_UNIT_TYPES, key=len, reverse=True):
        size = len(kind.split())
        if list(keys[i : i + size]) == kind.split() and i + size < len(keys):
            return [kind]
    return []


def read_accompanying(texts: Sequence[str], number: str = "") -> Accompanying:
    """What the captions of annexes say of the document, each field from the caption that prints most.

    A caption opens its line; one with another symbol than the letterhead's `number` speaks of another
    document.
    """
    symbol_printed = fold(number.partition("/")[2])
    found = Accompanying()
    for text in texts:
        line = squeeze(text)
        key = fold(line)
        match = _CAPTION.search(key)
        if not match or len(key) != len(line) or match.start() > _CAPTION_OPENS_BY:
            continue
        digits = match["number"]
        symbol = re.sub(r"\s*-\s*", "-", line[match.start("symbol") : match.end("symbol")])
        if symbol_printed and fold(symbol) != symbol_printed:
            continue
        named = f"{digits}/{symbol}"
        rest_key, rest = match["rest"], line[match.start("rest") :]
        day = _SLASH_DATE.search(rest_key) or _DATE.search(rest_key)
        date = iso_date(day["d"], day["m"], day["y"] or "") if day else ""
        body = _OF_BODY.search(rest_key)
        issuer = canonical_body(rest[body.start("body") : body.end("body")]) if body else ""
        found = Accompanying(
            found.doc_type or match["type"].strip(),
            max(found.number, named, key=len),
            max(found.date, date, key=len),
            max(found.issuer, issuer, key=len),
        )
    return found
