"""A document's number and symbol (`Số: 315/BC-STC`), also where the number was left to the pen.

The symbol is printed ahead; number and day are often written by hand or stamped, and what a reader of print
makes of pen strokes is no number (`Số:.4J2 /QĐ-UBND`). What is not surely read stays empty and is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.letter.subject import SYMBOL_TYPES
from normalize.unicode import fold, squeeze

_OPENS = re.compile(r"(?:(?<!\w)s[o06]|^\W*sa)\s{0,2}[:.;,]\s*(?P<rest>.*)$")
# The pen's strokes may hide the slash: `Số: -“TNMT-ĐĐ`.
_SLASH_LOST = re.compile(r"^[^A-ZĐ/]{0,8}(?P<symbol>[A-ZĐ]{2,}(?:[-–&][A-ZĐ]{1,8})+)\s*$")
# A slash among the figures is a stroke of the pen, the 1 of `Số:/279/QĐ-UBND`.
_SYMBOL = re.compile(
    r"^(?P<number>[^/]{0,24}?|[\d\s./]{1,12}?)\s*/\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    r"(?P<symbol>[A-ZĐa-zđ&][\w&]*(?:\s*[-–/&.]\s*[A-ZĐ][\w&]*)*)"
)
_LONE_SYMBOL = re.compile(r"^\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ]{1,6}\s?-")
# Of the Party: `Số 112-BC/ĐU`, no colon, the type before the slash.
_PARTY = re.compile(
    r"^\W*S[ốôóo]\s*[:.]?\s*(?P<number>[^/–-]{0,16}?)\s*[-–]\s*(?P<symbol>[A-ZĐ]{2,4}\s*/\s*[A-ZĐ]{1,6}(?:-[A-ZĐ]+)?)"
    r"(?=\s*$|\s+[^\W\d_][^,\d]{1,40},\s*ng[aà]y)"  # beside it, in a dump, the place and the day
)
_BLANKS = " ._…:;,-"
# A stretch of digits with the gap of a form before the slash was filled in by hand or by a stamp more often
# than not; on the real scans at hand such numbers read under this were wrong, those over it right.
SURE_FILLED = 0.985
# Under it a line was hardly read at all, and its symbol counts only if each of its parts is a known one.
_SURE_SYMBOL = 0.6
_KNOWN_BODY = re.compile(
    r"^(?:ubnd|hdnd|tu|hu|du|tthdnd|vp|vpub|bch|btv|cp|ttg|hdbc|s[a-z]{1,6}|b[a-z]{1,6})$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """`text` is the number with its symbol (`/QĐ-UBND` where only the symbol is read); `unread` says that
    something stands or ought to stand in the number's place that was not surely read."""

    text: str = ""
    unread: bool = False


def take_number(line: str, sure: float = 1.0) -> tuple[Number, str]:
    """The number that a line prints, and the line without it. `sure` is the line's confidence (0..1)."""
    if party := _PARTY.match(line):
        return _of_party(party, sure), line[party.end() :].strip()
    key = fold(line)
    if len(key) != len(line):
        return Number(), line
    match = _OPENS.search(key)
    if not match or line[: match.start()].rstrip()[-1:].islower():  # `Nghị định số. 5/...` in a sentence
        return Number(), line
    rest = line[match.start("rest") :]
    symbol = _SYMBOL.match(rest)
    if not symbol and (lost := _SLASH_LOST.match(rest)):
        return Number(f"/{lost['symbol']}", True), squeeze(line[: match.start()])
    if not symbol:
        return Number(), line
    left = squeeze(line[: match.start()] + "  " + rest[symbol.end() :])
    if sure < _SURE_SYMBOL and not _is_known(symbol["symbol"]):
        return Number("", True), left
    return _number(symbol, rest[: rest.index("/", symbol.end("number"))], sure), left


def is_symbol_alone(line: str) -> bool:
    """Whether a line begins with the slash and symbol whose number stands on the line before."""
    return bool(_LONE_SYMBOL.match(line))


def opens_number(line: str) -> bool:
    """Whether a line begins with `Số:`."""
    return bool(re.match(r"^\W*s[o06]\s{0,2}[:.;,]", fold(line)))


def _number(match: re.Match[str], before_slash: str, sure: float) -> Number:
    digits = re.sub(r"[\s._…:;,-]", "", before_slash)
    filled = before_slash.rstrip(_BLANKS) != before_slash
    read = digits.isdigit() and (sure >= SURE_FILLED or not filled)
    year = f"{match['year']}/" if match["year"] else ""
    symbol = re.sub(r"\s*([-–/&.])\s*", r"\1", match["symbol"]).replace("–", "-")
    return Number(f"{digits if read else ''}/{year}{symbol}", unread=not read)


def _of_party(match: re.Match[str], sure: float) -> Number:
    digits = re.sub(r"[\s._…:;,]", "", match["number"])
    read = digits.isdigit() and (sure >= SURE_FILLED or match["number"] == digits)
    symbol = re.sub(r"\s", "", match["symbol"])
    return Number(f"{digits if read else ''}-{symbol}", unread=not read)


def _is_known(symbol: str) -> bool:
    parts = [fold(part) for part in re.split(r"[-–/&.\s]+", symbol) if part]
    return all(part in SYMBOL_TYPES or _KNOWN_BODY.match(part) for part in parts)
