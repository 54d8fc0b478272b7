"""Characters of a text layer into words: what is visible, once, and whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.pdf.rules import is_white
from model.geometry import Box, Segment
from model.page import Word
from normalize.unicode import has_digit

# Shares of the type size: a wider gap parts two words; a step back or aside begins a new run.
_GAP = 0.22
_BACK = 0.6
_NO_WHITE = 0.06
_ASIDE = 0.35
# Of the type size, or across of its own width, by which a made-up bold's second strike lies off the first.
_STRUCK, _STRUCK_WIDTH = 0.12, 0.4
# A figure under this share of its neighbour's size, raised, is a footnote mark (Word sets 58-66 %).
_SUPERSCRIPT = 0.78
# Word's PDF export writes Ư and ư of some fonts as the Latin letter OI, which no Vietnamese word has.
_MISTAKEN = str.maketrans({"Ƣ": "Ư", "ƣ": "ư"})
_SUPERSCRIPT_DIGITS = str.maketrans("0123456789()*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾*")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HALF_TURN = 180
_QUARTER_TURN = 90
_THREE_QUARTERS = 270
_CELL = 0.5  # em of the grid in which doubled glyphs are sought
_RULE_PT = 4
_SHARED = 0.3  # of the lower one's height
_RAISED = 0.15  # em
_KERNED = 0.3
_NEXT_SIGN = 0.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character with its box and font. `turn` is how far clockwise (0, 90, 180, 270) it must
    be turned to stand upright; `face` tells fonts of one name apart ('' where there is one)."""

    text: str
    box: Box
    font: str
    size: float
    turn: int = 0
    face: str = ""

    @property
    def sign(self) -> tuple[str, str]:
        """The face it is set in, and what it is called there."""
        return self.face or self.font, self.text


@dataclass(frozen=True, slots=True)
class SpacedWord:
    """A word, and whether blanks typed by the author lead up to it (`Số:      /BC-STC`). `cut_from` is the
    whole figure where a rule is drawn through it and it is one of its two parts."""

    word: Word
    after_blank: bool
    cut_from: str = ""


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The characters of a page in the order of its content stream: those `shown`, and those that are drawn in
    the paper's colour on the paper, `white`. `fills` are the filled areas and pictures drawn beside them."""

    shown: tuple[Glyph, ...]
    white: tuple[Glyph, ...] = ()
    fills: tuple[Box, ...] = ()


def page_glyphs(page: Any) -> PageGlyphs:
    """The characters of a pdfplumber page, ligatures spelled out.

    Print outside the page (its middle) and the second strike of text drawn twice (a made-up bold, a white
    edge under black letters) are left out.
    """
    inside = Box(0.0, 0.0, float(page.width), float(page.height))
    fills = _dark_fills(page)
    shown: list[Glyph] = []
    white: list[Glyph] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    colour, on_white = None, False
    for char in page.chars:
        text = char["text"]
        if text.startswith("(cid:"):
            text = "\ufffd"
        box = Box(char["x0"], char["top"], char["x1"], char["bottom"])
        if not text or not inside.contains_point(*box.center):
            continue
        size = float(char.get("size") or box.height)
        glyph = Glyph(text, box, char.get("fontname") or "", size, _turn_of(char), char.get("face", ""))
        if char.get("non_stroking_color") is not colour:  # text of one colour is asked once
            colour = char.get("non_stroking_color")
            on_white = is_white(colour)
        if on_white and not any(f.contains_point(*box.center) for f in fills):
            white.append(glyph)
        elif text == " " or not _struck_before(seen, glyph):
            shown.append(glyph)
            _remember(seen, glyph)
    unseen = (glyph for glyph in white if not _struck_before(seen, glyph))
    covers = tuple(
        _area(item) for item in (*(f for f in (*page.rects, *page.curves) if f.get("fill")), *page.images)
    )
    return PageGlyphs(tuple(map(_spelled, shown)), tuple(map(_spelled, unseen)), covers)


def _spelled(glyph: Glyph) -> Glyph:
    text = _LIGATURES.get(glyph.text, glyph.text).translate(_MISTAKEN)
    return glyph if text == glyph.text else replace(glyph, text=text)


def _turn_of(char: dict[str, Any]) -> int:
    """The clockwise turn that makes a character upright, from its text matrix (PDF 32000-1, 9.4.4)."""
    a, b = char["matrix"][:2]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else _HALF_TURN
    return _QUARTER_TURN if b > 0 else _THREE_QUARTERS


def _struck_before(seen: dict[tuple[str, int, int], tuple[float, float]], glyph: Glyph) -> bool:
    """Whether the same character was already drawn within a tenth of its size, or over most of itself: no
    print sets two letters so."""
    col, row = _struck_at(glyph)
    near = _STRUCK * glyph.size
    aside = max(near, _STRUCK_WIDTH * glyph.box.width)
    for c in (col - 1, col, col + 1):
        for r in (row - 1, row, row + 1):
            known = seen.get((glyph.text, c, r))
            if (
                known is not None
                and abs(known[0] - glyph.box.x0) <= aside
                and abs(known[1] - glyph.box.y0) <= near
            ):
                return True
    return False


def _remember(seen: dict[tuple[str, int, int], tuple[float, float]], glyph: Glyph) -> None:
    seen[glyph.text, *_struck_at(glyph)] = (glyph.box.x0, glyph.box.y0)


def _struck_at(glyph: Glyph) -> tuple[int, int]:
    """The cell of a coarse grid in which a glyph begins."""
    cell = max(glyph.size * _CELL, 1.0)
    return int(glyph.box.x0 / cell), int(glyph.box.y0 / cell)


def _dark_fills(page: Any) -> list[Box]:
    """Shaded boxes and pictures on which white print can be seen."""
    shades = [r for r in page.rects if r.get("fill") and not is_white(r.get("non_stroking_color"))]
    found = map(_area, (*shades, *page.images))
    return [area for area in found if min(area.width, area.height) > _RULE_PT]


def _area(item: dict[str, Any]) -> Box:
    return Box(item["x0"], item["top"], item["x1"], item["bottom"])


def words_of(glyphs: Sequence[Glyph], segments: Iterable[Segment] = ()) -> list[SpacedWord]:
    """Words of upright glyphs, and of turned ones as tall words (read upwards or downwards).

    A word ends at a blank, at a gap of 0.22 of the type size, at a step to another line, and where one
    of the vertical rules among `segments` parts two of its letters: those of two cells, or one figure that
    lies across the rule where they touch (`cut_from`). Combining marks stay with their letter, wherever the
    file draws them.
    """
    fences = _Fences(segments)
    runs: list[list[Glyph]] = []
    blanks: list[bool] = []
    touching: list[int] = []  # runs that a rule parts from the one before, and nothing else
    blank = False
    open_run = False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank, open_run = True, False
            continue
        if runs and _is_mark(glyph.text):
            runs[-1].append(glyph)
            continue
        goes_on = open_run and _continues(runs[-1][-1], glyph)
        if not goes_on or fences.part(runs[-1][-1], glyph):
            if goes_on and _touches(runs[-1][-1], glyph):
                touching.append(len(runs))
            runs.append([])
            blanks.append(blank)
        runs[-1].append(glyph)
        blank, open_run = False, True
    words = [SpacedWord(_word(run), after) for run, after in zip(runs, blanks)]
    return _superscripts(_with_cuts(words, touching))


def _touches(left: Glyph, right: Glyph) -> bool:
    """Whether there is no white between two signs of a line: those of two cells have their margins."""
    return not right.turn and right.box.x0 - left.box.x1 < _NO_WHITE * max(left.size, right.size)


def _with_cuts(words: list[SpacedWord], touching: Iterable[int]) -> list[SpacedWord]:
    """The words, those that are figures and touch the figure before them over a rule told as parts of one."""
    for at in touching:
        first, second = words[at - 1], words[at]
        if has_digit(first.word.text) and has_digit(second.word.text):
            whole = (first.cut_from or first.word.text) + second.word.text
            words[at - 1], words[at] = replace(first, cut_from=whole), replace(second, cut_from=whole)
    return words


class _Fences:
    """Vertical rules, asked whether one stands between two letters."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._rules = sorted(
            ((s.x0 + s.x1) / 2, min(s.y0, s.y1), max(s.y0, s.y1)) for s in segments if not s.horizontal
        )

    def part(self, left: Glyph, right: Glyph) -> bool:
        if not self._rules or right.turn:
            return False
        low, high = left.box.center[0], right.box.center[0]
        middle = right.box.center[1]
        return any(low < x < high and y0 < middle < y1 for x, y0, y1 in self._rules if low < x < high)


def _is_mark(text: str) -> bool:
    return all(unicodedata.combining(c) for c in text)


def _continues(last: Glyph, glyph: Glyph) -> bool:
    """Whether `glyph` goes on with the word that ends in `last`."""
    size = max(last.size, glyph.size, 1.0)
    if last.turn != glyph.turn:
        return False
    if glyph.turn in (_QUARTER_TURN, _THREE_QUARTERS):
        gap = last.box.y0 - glyph.box.y1 if glyph.turn == _QUARTER_TURN else glyph.box.y0 - last.box.y1
        return -_BACK * size < gap < _GAP * size and abs(last.box.x1 - glyph.box.x1) < _ASIDE * size
    gap = glyph.box.x0 - last.box.x1
    if not -_BACK * size < gap < _GAP * size:
        return False
    small = min(last.size, glyph.size) < _SUPERSCRIPT * size
    return (small and _overlap(last.box, glyph.box)) or abs(last.box.y1 - glyph.box.y1) < _ASIDE * size


def _overlap(a: Box, b: Box) -> bool:
    return min(a.y1, b.y1) - max(a.y0, b.y0) > _SHARED * min(a.height, b.height)


def _word(run: Sequence[Glyph]) -> Word:
    """One word of a run of glyphs; its font is the one most of its letters have."""
    fonts: dict[str, int] = {}
    for glyph in run:
        fonts[glyph.font] = fonts.get(glyph.font, 0) + 1
    font = max(fonts, key=lambda name: fonts[name])
    letters = [g for g in run if g.font == font]
    size = sorted(g.size for g in letters)[len(letters) // 2]
    style = font.lower()
    text = unicodedata.normalize("NFC", _marked(run, size))  # a soft hyphen is the ư of TCVN3: kept
    return Word(
        text,
        Box.union(g.box for g in run),
        1.0,
        font,
        size,
        any(name in style for name in ("bold", "black", "heavy", "semibold", "-bd")),
        any(name in style for name in ("italic", "oblique", "-it")),
    )


def _marked(run: Sequence[Glyph], size: float) -> str:
    """The run's text with footnote marks (small raised figures after the first letter) as superscripts;
    powers after a letter (`m2`) are left as figures."""
    parts = []
    base: Glyph | None = None
    for glyph in run:
        raised = (
            base is not None
            and glyph.size < _SUPERSCRIPT * base.size
            and glyph.box.y1 < base.box.y1 - _RAISED * base.size
        )
        if raised and base is not None and not base.text[-1].isalpha():
            parts.append(glyph.text.translate(_SUPERSCRIPT_DIGITS))
            continue
        parts.append(glyph.text)
        if not raised:
            base = glyph
    return "".join(parts)


def _superscripts(words: Sequence[SpacedWord]) -> list[SpacedWord]:
    """Words that are wholly a raised small figure right after a figure become footnote marks of it."""
    out: list[SpacedWord] = []
    for spaced in words:
        word = spaced.word
        if out and not spaced.after_blank and word.text.isdigit() and len(word.text) <= 2:
            before = out[-1].word
            raised = (
                word.size < _SUPERSCRIPT * before.size and word.box.y1 < before.box.y1 - _RAISED * before.size
            )
            close = -_KERNED * before.size < word.box.x0 - before.box.x1 < _NEXT_SIGN * before.size
            if raised and close and before.text[-1:].isdigit():
                text = before.text + word.text.translate(_SUPERSCRIPT_DIGITS)
                out[-1] = replace(
                    out[-1], word=replace(before, text=text, box=Box.union((before.box, word.box)))
                )
                continue
        out.append(spaced)
    return out
