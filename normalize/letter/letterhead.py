"""The letterhead: number and symbol, issuing body and its parent, place, date.

Layout of Nghị định 30/2020/NĐ-CP, Phụ lục I: bodies on the left with the number under them, the
national motto on the right with place and date under it; a dump may write the two columns interleaved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.letter.bodies import is_body, issuing_bodies
from normalize.letter.dates import Dateline, take_date
from normalize.letter.number import Number, is_symbol_alone, opens_number, take_number
from normalize.letter.subject import DOC_TYPES, doc_type_line
from normalize.unicode import fold, has_digit, squeeze

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
# Alignments of the motto with OCR lines of the dumps at hand score 72 and more, other lines under 60.
_MOTTO_SCORE = 70
_BODY_AS_MOTTO = 90  # a body of the Party or `Bảo hiểm xã hội Việt Nam` is spelled much like a motto
_REST_OF_MOTTO = ("nam", "viet nam", "chu nghia viet nam")  # on the next line where the column is narrow
_SAME_COLUMN = 6.0  # points that lines of a column may begin left of its motto, whose lines are centred
_BROKEN_NUMBER = re.compile(r"^\d*\s*/")
_BROKEN_DATE, _LONE_YEAR = re.compile(r"^(?:thang|nam)\b"), re.compile(r"^(?:19|20)\d\d$")
_ABOUT = re.compile(r"^\W*v\s?/\s?v\b")
# Names of documents stand in capitals under the letterhead and are no bodies.
NOT_BODIES = frozenset(DOC_TYPES)
_LONGEST_CANONICAL = 60


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead says; `end` is the index of the first line after it. `unread` names the parts that
    are left blank or were not surely read (`number`, `day`, `month`), `unread_at` the line of each."""

    number: str = ""
    issuer: str = ""
    parent: str = ""
    place: str = ""
    date: str = ""
    end: int = 0
    unread: tuple[str, ...] = ()
    unread_at: tuple[int, ...] = ()


def read_letterhead(
    texts: Sequence[str], sure: Sequence[float] = (), lefts: Sequence[float | None] = ()
) -> Letterhead:
    """The letterhead in the first lines of a document; empty fields where nothing is printed.

    `sure` gives each line's confidence (0..1); without it all are print. `lefts` gives the left edge of each
    line in points, None where lines have no place. Bodies stand above the name of the type of document and
    above the subject, left of the motto: who enacts and what is enacted comes after them.
    """
    right = _right_column(texts, lefts)
    trust = list(sure) or [1.0] * len(texts)
    titled = doc_type_line(texts)
    over_from = titled[0] if titled else len(texts)
    number, dateline = Number(), Dateline()
    bodies: list[str] = []
    end = 0
    at = {"number": 0, "day": 0, "month": 0}
    for i, text in enumerate(_mended(texts)):
        line = _without_motto(text)
        found, line = take_number(line, trust[i])
        day, line = take_date(line)
        if (found.text or found.unread) and not number.text:
            number, end = found, i + 1
            at["number"] = i
        if len(day.date) > len(dateline.date):
            dateline, end = Dateline(day.place or dateline.place, day.date, day.unread), i + 1
            at["day"] = at["month"] = i
        elif day.place and not dateline.place:
            dateline = Dateline(day.place, dateline.date, dateline.unread)
        over_from = min(over_from, i) if _ABOUT.match(fold(line)) else over_from
        if i >= over_from or i in right:
            continue
        if not number.text and not dateline.date and (left := _body_line(line)):
            bodies.append(left)
            end = i + 1
        elif line != text and _body_line(line) and not has_digit(line):
            bodies.append(_body_line(line))
        if line != squeeze(text):
            end = i + 1
    parent, issuer = issuing_bodies(bodies)
    unread = (*(("number",) if number.unread else ()), *(dateline.unread if dateline.date else ()))
    lines_unread = tuple(at[part] for part in unread)
    return Letterhead(number.text, issuer, parent, dateline.place, dateline.date, end, unread, lines_unread)


def _right_column(texts: Sequence[str], lefts: Sequence[float | None]) -> frozenset[int]:
    """The lines that stand in the column of the motto, and what of a motto stands on a line of its own."""
    mottoes = [i for i, text in enumerate(texts) if _without_motto(text) != squeeze(text)]
    alone = [i for i in mottoes if not any(c.isalpha() for c in _without_motto(texts[i]))]
    edges = [left for i in alone if i < len(lefts) and (left := lefts[i]) is not None]
    under = [
        i for i, left in enumerate(lefts) if edges and left is not None and left >= min(edges) - _SAME_COLUMN
    ]
    rest = [i for i, text in enumerate(texts) if mottoes and fold(text).strip() in _REST_OF_MOTTO]
    return frozenset((*under, *rest))


def _mended(texts: Sequence[str]) -> list[str]:
    """The lines with a number or a date that was broken over lines put on its first line; the lines that
    gave their text are empty."""
    lines = list(texts)
    for i, text in enumerate(lines):
        key = fold(text)
        wanted = _BROKEN_NUMBER if re.fullmatch(r"s[o06]\s*[:.]\s*\d*", key) else None
        wanted = _BROKEN_DATE if re.search(r",\s*ngay\s*\d*$|,\s*ngay\s*\d*\s*thang\s*\d*$", key) else wanted
        wanted = _LONE_YEAR if re.search(r",\s*ngay\s*\d*\s*thang\s*\d*\s*nam$", key) else wanted
        if opens_number(text) and "/" not in text and i + 1 < len(lines) and is_symbol_alone(lines[i + 1]):
            wanted = _BROKEN_NUMBER
        for k in range(i + 1, min(i + 3, len(lines))):
            if wanted is None or not wanted.match(fold(lines[k])):
                break
            lines[i] = f"{lines[i]} {lines[k]}"
            lines[k] = ""
    return lines


def _without_motto(text: str) -> str:
    """The line without the national motto in it, however badly that was read."""
    line = squeeze(text)
    for motto in _MOTTOES:
        key = fold(line)
        if len(key) != len(line) or len(key) < 0.6 * len(motto):
            continue
        least = _BODY_AS_MOTTO if is_body(line) else _MOTTO_SCORE
        found = fuzz.partial_ratio_alignment(motto, key, score_cutoff=least)
        if found and len(key) >= len(motto) * 0.6:
            start, end = found.dest_start, found.dest_end
            while start > 0 and line[start - 1] != " ":
                start -= 1
            while end < len(line) and line[end] != " ":
                end += 1
            line = squeeze(line[:start] + "  " + line[end:])
    return line


def _body_line(line: str) -> str:
    """A line of the left column: capitals that name a body or go on with its name; '' otherwise."""
    text = line.strip(" *-_─—.:'")
    letters = [c for c in text if c.isalpha()]
    key = fold(text)
    if len(letters) < 3 or "/" in text or key in NOT_BODIES:
        return ""
    if key in _REST_OF_MOTTO:
        return ""
    upper = sum(c.isupper() for c in letters) >= 0.8 * len(letters)
    canonical = re.match(r"^(?:uy ban nhan dan|ubnd|so|phong|van phong)\s", key)
    if not upper and not (
        canonical and len(text) < _LONGEST_CANONICAL and text[0].isupper() and text[-1] not in ".;:,"
    ):
        return ""
    return text
