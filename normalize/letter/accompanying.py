"""What the captions of annexes say of their document: `(Kèm theo Báo cáo số 59/BC-VP ngày ... của ...)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.letter.bodies import body_of_office, canonical_body, is_body
from normalize.letter.dates import DATE, iso_date
from normalize.letter.number import SURE_FILLED
from normalize.unicode import fold, squeeze

_CAPTION = re.compile(
    r"^\W*(?:(?:ban hanh|cong bo|dinh|thong bao)\s+)?kem(?:\s+theo)?\s+(?P<type>[a-z ]{3,24}?)"
    r"\s+s[o06]\s*:?\s*(?P<number>\d*)\s*/"
    r"\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?P<symbol>[a-z&]+(?:\s*-\s*[a-z&]+)*)(?P<rest>.*)"
)
_CAPTION_LINES = 3
_SLASH_DATE = re.compile(r"ngay[\s.…_]*(?P<d>\d{0,2})[\s.…_]*/\s*(?P<m>\d{1,2})\s*/\s*(?P<y>\d{4})")
_OF_BODY = re.compile(r"\bcua\s+(?P<body>[^);:]+?)(?=\s+ve\s+viec\b|[);:]|$)")
# Forms are printed with the act of the state that prescribes them: that act is not the report's own.
_ACTS_OF_THE_STATE = ("thong tu", "thong tu lien tich", "nghi dinh", "luat", "phap lenh")
_SYMBOL_OF_THE_STATE = re.compile(r"(?:^|-)(?:cp|ttg|qh|b[a-z]{1,6}|ttlt|tctk)$")


@dataclass(frozen=True, slots=True)
class Accompanying:
    """What the annexes' captions say of their document; '' for what none prints."""

    doc_type: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""


def read_accompanying(texts: Sequence[str], number: str = "", trust: Sequence[float] = ()) -> Accompanying:
    """What the captions of annexes say of the document, each field from the caption that prints most.

    A caption opens its line, in brackets or with a capital; one with another symbol than the letterhead's
    `number` speaks of another document, and so does one that names an act of the state where there is no
    letterhead to confirm it. `trust` is each line's confidence (0..1; default: sure): under that of a number
    that may be filled in by pen, neither number nor day is taken.
    """
    symbol_printed = fold(re.sub(r"^\d*/(?:\d{4}/)?", "", number))
    found = Accompanying()
    for line, sure in _captions(texts, trust or [1.0] * len(texts)):
        key = fold(line)
        match = _CAPTION.search(key)
        if not match or len(key) != len(line) or line[:1].islower():
            continue
        symbol = re.sub(r"\s*-\s*", "-", line[match.start("symbol") : match.end("symbol")])
        if symbol_printed and fold(symbol) != symbol_printed:
            continue
        kind = match["type"].strip()
        if not symbol_printed and (kind in _ACTS_OF_THE_STATE or _SYMBOL_OF_THE_STATE.search(fold(symbol))):
            continue
        year = f"{match['year']}/" if match["year"] else ""
        rest = line[match.start("rest") :]
        found = Accompanying(
            found.doc_type or kind,
            max(found.number, f"{match['number'] if sure else ''}/{year}{symbol}", key=len),
            max(found.date, _day(match["rest"])[: None if sure else len("2024-06")], key=len),
            max(found.issuer, _body(match["rest"], rest), key=len),
        )
    return found


def _captions(texts: Sequence[str], trust: Sequence[float]) -> Iterator[tuple[str, bool]]:
    """Each line, one whose bracket is not closed together with the lines that close it; and whether all of it
    was read surely enough for figures that may be filled in by pen."""
    for i, text in enumerate(texts):
        line, last = squeeze(text), i
        for following in texts[i + 1 : i + _CAPTION_LINES]:
            if line.count("(") <= line.count(")") or "kem" not in fold(line):
                break
            line = squeeze(f"{line} {following}")
            last += 1
        yield line, min(trust[i : last + 1]) >= SURE_FILLED


def _day(key: str) -> str:
    day = _SLASH_DATE.search(key) or DATE.search(key)
    return iso_date(day["d"] or "", day["m"] or "", day["y"] or "") if day else ""


def _body(key: str, text: str) -> str:
    body = _OF_BODY.search(key)
    named = body_of_office(text[body.start("body") : body.end("body")]) if body else ""
    return canonical_body(named) if is_body(named) else ""
