"""What in a line may be repaired: words, and the codes, numbers and addresses that are left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "number", "code", "fixed"]

_CHUNK = re.compile(r"\S+")
# Inside a chunk: a word is anything between these. Signs that OCR reads for letters (¢ & € @ ©) are no edges.
_PIECE = re.compile(r"[^\s.,;:()\[\]{}\"“”«»…–—/\\|+*=<>?!_\-•·]+")
_ADDRESS = re.compile(
    r"\w@\w+\.|://|^www\.|\bfile\.\w|\w\.(?:vn|com|gov|org|net|pdf|docx?|xlsx?|jpe?g|png|zip|rar)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[-+(]*\d[\d.,:/%\-)]*\.?$")
_CODE = re.compile(r"^\(?\d{1,5}(?:/\d{4})?/[A-ZĐÐa-z][^\s,;)]*|^[A-ZĐÐ]{1,5}[a-z]?-[A-ZĐÐ][A-ZĐÐa-z-]*$")
# A line shorter than this share of a full one does not run on into a next one that starts with a capital: it
# is a heading, or a cell of a table.
_WRAPS_FROM = 0.6
_STOP = re.compile(r"[.;:!?]")
_POINT = re.compile(r"^\s*(?:[-+*]\s*)?\(?[^\s\d(]{1,2}\)")
_STARTS_ITEM = re.compile(r"^\s*(?:[-+*•]|\(?\d{1,3}[.)]|\(?[a-zđ¢]{1,2}\)|[IVX]{1,4}[.)])")
_LETTER_SIGNS = "¢€&@¥$£§©®"  # read for letters, also alone
_RUN_TOGETHER = re.compile(r"^(?:([^\W\d_]{3,}|[a-zđ]{2})\d{2,}|(\d{2,})[^\W\d_A-ZĐ][^\W\d_]+)$")
# A word and a longer figure (`trau1.245`, `ngay20/8`).
_BEFORE_FIGURE = re.compile(r"^[(\"“]?([a-zđ]{2,})(\d+(?:[.,/]\d+)+)[.,;:)\"”%]*$")
# `T10`, `QL1A`, `30h`, `100m2`, `m2`: a figure with letters of its own, and powers of a metre.
_MEASURE = re.compile(
    r"^(?:[A-ZĐ]{1,3}\d{2,}[A-Za-z]?|[A-ZĐ]{2,3}\d[A-Z]?|\d{2,}[^\W\d_i]\d?|\d{1,2}h\d{0,2}|[kcdm]?m[23])$"
)
# An abbreviation of two words (`b/c`, `đ/c`): no letter of it has marks to bring back.
_SHORTENED = re.compile(r"^\W*[^\W\d_]/[^\W\d_]\W*$")
_HORNS = ("'", "’", "‘", "`")
_NO_WORD = "$£§"
_EDGES = re.compile(rf"^[^\w{_LETTER_SIGNS}]+|[^\w{_LETTER_SIGNS}]+$")


@dataclass(frozen=True, slots=True)
class Token:
    """Characters `start` to `end` of line number `line`. `stop_before`: a sentence ended before it.
    `tail` is an apostrophe right behind it, which may be the horn of its ơ or ư; `joined` says that it ran
    together with the word before it, `printed` what stands there where that is more than its letters (two
    words that were one)."""

    line: int
    start: int
    end: int
    text: str
    kind: Kind
    stop_before: bool = False
    tail: str = ""
    joined: bool = False
    printed: str = ""


def scan(lines: list[str]) -> list[Token]:
    """All tokens of all lines in order."""
    out: list[Token] = []
    stop = True
    full = _WRAPS_FROM * _width(lines)
    before = 0
    for number, line in enumerate(lines):
        own = line.strip()
        if own and (_STARTS_ITEM.match(line) or (before < full and not own[0].islower())):
            stop = True
        before = len(own)
        found = _POINT.match(line)
        item = found.end() if found else 0
        last = 0
        for chunk in _CHUNK.finditer(line):
            for start, end, kind in _pieces(chunk.group(), chunk.start()):
                if end <= item:
                    continue
                stop = stop or bool(_STOP.search(line, last, start))
                tail = line[end : end + 1] if line[end : end + 1] in _HORNS else ""
                out.append(Token(number, start, end, line[start:end], kind, stop, tail))
                stop, last = False, end
        stop = stop or bool(_STOP.search(line, last))
    return out


def _width(lines: list[str]) -> int:
    """How long a full line is: the length that one line in five reaches."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 4 // 5] if lengths else 0


def _pieces(chunk: str, offset: int) -> list[tuple[int, int, Kind]]:
    if _ADDRESS.search(chunk) or _SHORTENED.match(chunk):
        return [(offset, offset + len(chunk), "fixed")]
    bounds = (offset, offset + len(chunk))
    if _NUMBER.match(chunk):
        return [(*bounds, "number")]
    if _CODE.match(chunk):
        return [(*bounds, "code")]
    found: list[tuple[int, int, Kind]] = []
    if joined := _BEFORE_FIGURE.match(chunk):
        start, middle, end = (offset + joined.start(1), offset + joined.start(2), offset + joined.end(2))
        return [(start, middle, "word"), (middle, end, "number")]
    for piece in _PIECE.finditer(chunk):
        text = _EDGES.sub("", piece.group())
        if text and not (len(text) == 1 and text in _NO_WORD):
            start = offset + piece.start() + piece.group().index(text)
            found.extend(_parted(text, start))
    return found


def _parted(text: str, start: int) -> list[tuple[int, int, Kind]]:
    """A word, or a word and a figure that ran together (`ngay09`): a figure is never part of a repair."""
    match = _RUN_TOGETHER.match(text)
    if _MEASURE.match(text) or (not match and not text.isdigit() and sum(map(str.isdigit, text)) > 2):
        return [(start, start + len(text), "fixed")]
    if not match:
        return [(start, start + len(text), "number" if text.isdigit() else "word")]
    cut = start + (match.end(1) if match.group(1) else match.end(2))
    first: Kind = "word" if match.group(1) else "number"
    last: Kind = "number" if match.group(1) else "word"
    return [(start, cut, first), (cut, start + len(text), last)]


# Letters of document numbers that OCR loses (Nghị định 30/2020/NĐ-CP, Phụ lục VI: abbreviations of kinds).
_CODE_REPAIRS = (
    (re.compile(r"(?<=[/\d])Q[ÐDBbdP](?=[-/]|$)"), "QĐ"),
    (re.compile(r"(?<=[/\d])N[ÐDBbdP](?=-CP|-H|/|$)"), "NĐ"),
    (re.compile(r"(?<=[/\d])C[ÐDBb](?=-)"), "CĐ"),
    (re.compile(r"H[ÐDBb]ND"), "HĐND"),
    (re.compile(r"BL[ÐDBb]TBXH"), "BLĐTBXH"),
    (re.compile(r"GD[ÐDBb]T"), "GDĐT"),
    (re.compile(r"VP[ÐDBbP]K"), "VPĐK"),
)


def repair_code(code: str) -> str:
    """A document number with the đ of its abbreviations (`1187/QD-UBND` → `1187/QĐ-UBND`)."""
    for pattern, right in _CODE_REPAIRS:
        code = pattern.sub(right, code)
    return code
