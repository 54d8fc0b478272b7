"""Tokens of a line of a dump, and the run of figures in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from extract.dump.lines import SourceLine
from normalize.lexicon import entries
from normalize.numbers import RISES_AND_FALLS

TokenKind = Literal["figure", "loose", "dash", "mark", "rule", "word"]
Shape = Literal[
    "percent", "fraction", "signed", "small", "decimal", "whole", "large", "zero", "dash", "mark", "junk"
]

DATE = re.compile(r"^\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\)?[,;.]?$|^\d{1,2}/(?:19|20)\d{2}$")
# A group of three never follows a nought and a figure: `01.002` numbers goods.
CODE = re.compile(r"^0\d{1,2}(?:\.\d{2,3})+$")
_FIGURE = re.compile(rf"^[+\-−–{RISES_AND_FALLS}]?\d[\d.,]*%?$|^\([+\-−–{RISES_AND_FALLS}]?\d[\d.,]*%?\)$")
_FRACTION = re.compile(r"^\d[\d.,]*/\d[\d.,]*$")
_LOOSE = re.compile(r"^(?=.*\d)[\w°.,¡!|>©¢/+\-%]{1,9}$|^[OolIig!°©¢>]$")
# A code that opens with capitals, one of which no reader takes for a digit: `LK1-01`, `KV-3`.
NAME_CODE = re.compile(r"^(?=[A-ZĐ]*[CFHKMNPRU-YĐ])[A-ZĐ]{1,4}\d{0,3}[-/]\d{1,4}$")
# Times and places on a road are no smudges of figures: `5h30`, `10h`, `Km12+500`.
_TIME, _CHAINAGE = (
    re.compile(r"^\(?\d{1,2}h(?:\d{2})?[),.;]?$"),
    re.compile(r"^[A-ZĐ][a-z]{0,2}\d+\+\d+[),.;]?$"),
)
_DAY, _NAMES_DAY = re.compile(r"^\d{1,2}/\d{1,2}[),.;]?$"), "ngày"
_LISTED = re.compile(r"^\d{1,3},$")  # before another that no figure is: `613, 14E`
_COUNTED_BY = frozenset(("số", "tổng", "các", "có"))
_DASH = re.compile(r"^[-–—−_]{1,3}$")
_MARK = re.compile(r"^[xX×✓]$")
# A rule read as a bracket; a formula's own brackets (`(6)=[(4)+(5)]/(3)`) are none.
_RULES = re.compile(r"([|{}¦]|(?<![=/+*:(])\[|\](?![/:*×]))")
# Before words that follow, so many figures that open a line are cells; so many with marks or a percent sign.
_FIGURES_OPEN, _PRINTED_OPEN = 3, 2
# So many sure figures stand in a run before a smudge of two letters is taken for one more.
_FIGURES_TO_BRIDGE = 4
# A lone dash before a whole number is an empty cell, before a decimal its sign.
_SIGN = re.compile(
    rf"(?:(?<=\s)|^)(?:([+{RISES_AND_FALLS}])\s+(?=\d[\d.,]*%?(?:\s|$))"
    r"|([\-−–])\s+(?=\d+[.,]\d{1,2}%?(?:\s|$)))"
)
# A lone dash that may be a decimal's sign; where it is a cell of its own this mark stands behind it.
LONE_SIGN = re.compile(r"(?<=\s)([\-−–])(?=\s+\d+[.,]\d{1,2}%?(?:\s|$))")
APART = "\u2060"
_SPLIT_DECIMAL = re.compile(r"(?<=\d) (?=[.,]\d{1,2}(?!\d))|(?<=\d[.,]) (?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line: `opens` says that it begins its line, `gap` how many blanks stand before it."""

    text: str
    kind: TokenKind
    opens: bool = False
    gap: int = 0


@lru_cache(maxsize=16384)
def kind_of(text: str) -> TokenKind:
    """What a token looks like on its own."""
    if _RULES.fullmatch(text):
        return "rule"
    if any(pattern.match(text) for pattern in (DATE, CODE, NAME_CODE, _TIME, _CHAINAGE)):
        return "word"
    if _FIGURE.match(text) or _FRACTION.match(text):
        return "figure"
    if _DASH.match(text):
        return "dash"
    if _MARK.match(text):
        return "mark"
    if not _LOOSE.match(text):
        return "word"
    letters = sum(c.isalpha() for c in text)
    return "loose" if len(text) == 1 or letters <= sum(c.isdigit() for c in text) else "word"


def tokenize(text: str) -> list[Token]:
    """The tokens of a line; drawn rules stand alone, a sign belongs to its number, `87 .94` is one."""
    text = _SPLIT_DECIMAL.sub("", _RULES.sub(r" \1 ", text.strip()))
    signed = _SIGN.sub(lambda m: (m[1] or m[2]) + "\x00", text)
    tokens: list[Token] = []
    end = 0
    for match in re.finditer(r"\S+", signed):
        gap, end = match.start() - end, match.end()
        word = match.group().rstrip(APART)
        of_day = bool(tokens) and tokens[-1].text.lower() == _NAMES_DAY and _DAY.match(word)
        kind = "word" if of_day else kind_of(word.replace("\x00", ""))
        if tokens and _LISTED.match(tokens[-1].text) and kind in ("loose", "word"):
            tokens[-1] = replace(tokens[-1], kind="word")
        tokens.append(Token(word.replace("\x00", " "), kind, not tokens, gap))
    return tokens


@lru_cache(maxsize=16384)
def shape_of(text: str) -> Shape:
    """The class of a figure, as columns differ in them."""
    bare = text.replace(" ", "").strip("()")
    if _DASH.match(bare):
        return "dash"
    if _MARK.match(bare):
        return "mark"
    if "/" in bare:
        return "fraction"
    if bare.endswith("%"):
        return "percent"
    if not _FIGURE.match(bare):
        return "junk"
    if bare[0] in "+-−–" + RISES_AND_FALLS:
        return "signed"
    if bare.strip("0") == "":
        return "zero"
    if re.match(r"^0[.,]\d", bare):
        return "small"
    if re.search(r"[.,]\d{1,2}$|[.,]\d{4,}$", bare):
        return "decimal"
    return "large" if len(bare) >= 3 else "whole"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line cut at its longest run of figures: words before it, the run, words after it.

    `zone` is the run with the drawn rules round and in it, and with smudges between its figures.
    """

    line: SourceLine
    before: tuple[Token, ...]
    run: tuple[Token, ...]
    after: tuple[Token, ...]
    zone: tuple[Token, ...] = ()


def join_words(tokens: list[Token]) -> str:
    """The words of tokens with one blank between, without rules."""
    return " ".join(t.text for t in tokens if t.kind != "rule")


def cut_line(line: SourceLine) -> FigureLine:
    """The line cut at the longest run of tokens that are figures or may be, and hold a sure figure.

    Ties go to the run further right; dashes alone make a run where there are two of them, or where the
    line is nothing else. Short smudges between figures do not end a run that has figures enough.
    """
    tokens = tokenize(line.text)
    pieces = _pieces(tokens)
    pieces += _bridged(tokens, pieces)
    best = max(pieces, key=lambda piece: (_weight(tokens, piece), piece), default=None)
    if best is None:
        return FigureLine(line, tuple(tokens), (), ())
    start, end = best
    run = tuple(t for t in tokens[start:end] if t.kind != "rule")
    first = start - 1 if start and tokens[start - 1].kind == "rule" else start
    last = end + 1 if end < len(tokens) and tokens[end].kind == "rule" else end
    return FigureLine(line, tuple(tokens[:start]), run, tuple(tokens[end:]), tuple(tokens[first:last]))


def _pieces(tokens: list[Token]) -> list[tuple[int, int]]:
    """The runs of tokens that are no words, trimmed to figures."""
    found = []
    start = 0
    while start < len(tokens):
        if tokens[start].kind == "word":
            start += 1
            continue
        end = start
        while end < len(tokens) and tokens[end].kind != "word":
            end += 1
        if trimmed := _trim(tokens, start, end):
            found.append(trimmed)
        start = end
    return found


def _bridged(tokens: list[Token], pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs joined over a smudge of one or two letters, where the longer side has figures enough."""
    found: list[tuple[int, int]] = []
    for (first, _), (_, last) in pairwise(pieces):
        if first == 0:
            continue
        between = [t for t in tokens[first:last] if t.kind == "word"]
        figures = sum(t.kind == "figure" for t in tokens[first:last])
        if figures >= _FIGURES_TO_BRIDGE and all(len(t.text) <= 2 for t in between):
            found.append((first, last))
    for first, last in pieces:  # a lone figure before the smudge makes no run of its own
        back = first - 1
        while back > 0 and tokens[back].kind == "rule":
            back -= 1
        if (
            last - first >= _FIGURES_TO_BRIDGE
            and back > 1
            and tokens[back].kind == "word"
            and len(tokens[back].text) <= 2
            and tokens[back - 1].kind == "figure"
        ):
            found.append((back - 1, last))
    return found


def _weight(tokens: list[Token], piece: tuple[int, int]) -> int:
    return sum(t.kind != "rule" for t in tokens[piece[0] : piece[1]])


def _ends_label(token: Token) -> bool:
    """Whether a smudge right after a word is the label's last word , not a figure."""
    return token.kind == "loose" and token.text[0].isalpha()


def numbers_kind(before: Sequence[str], text: str) -> bool:
    """Whether a small figure after words says which kind of a thing (`Thép tròn loại 2`), not how many there
    are (`Số nhóm 2`)."""
    if not before or len(text) > 2 or not text.isdigit():
        return False
    noun = before[-1].lower()
    counted = len(before) > 1 and before[-2].lower() in _COUNTED_BY
    return not counted and noun in _numbered_nouns()


@cache
def _numbered_nouns() -> frozenset[str]:
    return frozenset(noun for noun, _ in entries("numbered_nouns"))


def _trim(tokens: list[Token], start: int, end: int) -> tuple[int, int] | None:
    """The piece without rules at its ends and without row numbers before a word, None when no figure."""
    piece = tokens[start:end]
    sure = sum(t.kind == "figure" for t in piece)
    dashes = sum(t.kind in ("dash", "mark") for t in piece)
    alone = start == 0 and end == len(tokens)
    if not sure and not (dashes >= 2 or (dashes and alone)):
        return None
    if start == 0 and end < len(tokens):  # a row number before its label is no figure
        printed = sum(t.kind == "figure" and any(c in ".,%" for c in t.text) for t in piece)
        return (start, end) if sure >= _FIGURES_OPEN or printed >= _PRINTED_OPEN else None
    while start < end and tokens[start].kind == "rule":
        start += 1
    while start and start < end and tokens[start - 1].kind == "word" and _ends_label(tokens[start]):
        start += 1
    if start < end and numbers_kind([t.text for t in tokens[:start]], tokens[start].text):
        start += 1
    while end > start and tokens[end - 1].kind == "rule":
        end -= 1
    return (start, end) if start < end else None
