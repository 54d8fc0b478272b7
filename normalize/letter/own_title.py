"""Titles that say more than the subject: acts whose title holds number and day, and annexes without a letter.

Acts of before Nghị định 110/2004/NĐ-CP name themselves in their title (`NGHỊ ĐỊNH CỦA CHÍNH PHỦ số
12/1999/NĐ-CP ngày ... về việc ...`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.letter.bodies import body_of_office, canonical_body, is_body
from normalize.letter.dates import DATE, iso_date
from normalize.unicode import fold, squeeze

_OWN = re.compile(
    r"^[a-z ]{3,24}?\s+cua\s+(?P<body>[a-z ,-]{3,90}?)\s+so\s*:?\s*(?P<number>\d+)"
    r"\s*/\s*(?P<rest>[\w/ -]*?)\s+ngay\b"
)
_TITLE_LINES = 8
_ANNEX = re.compile(r"^\W{0,3}phu\s?luc\b[\s\divx.:]*$")
_ENDS_TITLE = re.compile(r"^\W*\(|^(?:i|1|a)\s?[.)]\s|^don vi|^stt\b|^\W*kem theo")
_MOST_TITLE_LINES = 4
_MOSTLY_CAPITALS = 0.9


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """What an act's title says of the act; '' for what it does not say."""

    number: str = ""
    date: str = ""
    issuer: str = ""
    subject: str = ""


def read_own_title(texts: Sequence[str]) -> OwnTitle:
    """What the title in the first of these lines says, where it names the act's own number and day."""
    title = squeeze(" ".join(texts[:_TITLE_LINES]))
    key = fold(title)
    match = _OWN.match(key)
    if not match or len(key) != len(title):
        return OwnTitle()
    day = DATE.search(key, match.end() - len("ngay"))
    issuer = body_of_office(title[match.start("body") : match.end("body")])
    if not day or not is_body(issuer):
        return OwnTitle()
    symbol = re.sub(r"\s*([-/])\s*", r"\1", title[match.start("rest") : match.end("rest")])
    date = iso_date(day["d"] or "", day["m"] or "", day["y"] or "")
    return OwnTitle(
        f"{match['number']}/{symbol}", date, canonical_body(issuer), _subject(title, day.end(), issuer)
    )


def _subject(title: str, start: int, issuer: str) -> str:
    """What follows the day in a title, without the enacting body under it."""
    rest = title[start:].strip(" ,;:.-")
    key = fold(rest)
    return rest[: -len(issuer)].strip(" ,;:.-") if key.endswith(fold(issuer)) else rest


def annex_title(texts: Sequence[str]) -> str:
    """The title of an annex that is a document of its own: the capitals under `Phụ lục I`; '' for others."""
    first = next((i for i, text in enumerate(texts) if text.strip()), None)
    if first is None or not _ANNEX.match(fold(texts[first])):
        return ""
    taken: list[str] = []
    for text in texts[first + 1 : first + 1 + _MOST_TITLE_LINES]:
        letters = [c for c in text if c.isalpha()]
        capitals = sum(c.isupper() for c in letters) >= _MOSTLY_CAPITALS * len(letters)
        if not letters or not capitals or _ENDS_TITLE.match(fold(text)):
            break
        taken.append(squeeze(text))
    return " ".join(taken)
