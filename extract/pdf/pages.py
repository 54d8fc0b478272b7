"""A page with a text layer, read as it was typed: words, rules, grids, lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from typing import Any

from pdfminer.pdftypes import stream_value

from extract.pdf.rules import page_segments
from extract.pdf.turn import PageTurn, main_turn
from extract.pdf.typed import Look, SeenWords, seen_words, with_cut_doubts, with_ink_doubts
from extract.pdf.words import SpacedWord, page_glyphs
from extract.tables.assign import fill, line_text, printed_rows
from extract.tables.borderless import find_borderless
from extract.tables.footnote_marks import without_mark
from extract.tables.half_ruled import with_printed_rows
from extract.tables.lattice import Lattice, find_lattices
from extract.tables.ruled_head import with_ruled_heads
from model.geometry import Box, Segment
from model.page import Grid, PageContent, TextLine, Word
from normalize.encodings import decode_words
from normalize.unicode import fold, nfc

# Points: two pieces within this distance are one rule (double rules of Word stand 1.5-2.25 pt apart).
_RULE_TOLERANCE = 2.2
# Letters a page needs before its text layer can be the whole page; a signature stamp has about 60.
_ENOUGH = 25
# Letters over a picture that fills the page from which on it counts as a background, not as a scan under
# stamps and signatures.
_WRITTEN_OVER = 400
_PICTURE = re.compile(rb"/\S+\s+Do\b")
_SHOWN_TEXT = re.compile(rb"[)>\]]\s*T[jJ]\b")
_HIDDEN_TEXT = re.compile(rb"(?<![\d.])3\s+Tr\b")
_RIGHT_BLOCK = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*[-–]|[^,]{3,40}, ngay\b")
_GARBAGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_COVERED = 0.5  # of the page by one picture
_COVERED_BY_ALL = 0.7
_SOME_PICTURE = 0.05  # of the page: few letters beside it may be a stamp's
_UNKNOWN_ONE_IN = 20  # glyphs without Unicode
_FEWEST_CELLS = 3  # with text, of a table
_LEAST_SIZE = 6.0  # points
_WORD_GAP = 1.2  # em
_COLUMN_GAP = 8.0


def layer_is_trustworthy(page: Any) -> bool:
    """Whether the text layer of a pdfplumber page is the print itself, so that it can be read instead
    of the picture.

    False for pages without text, for scans under an OCR layer or under a signature's stamp text (a
    picture over most of the page, unless a whole page of visible text is typed over it), and for layers
    that are garbage: no Unicode mapping, unknown glyphs, letters that all stand in one place, for their font
    has no widths.
    """
    chars = page.chars
    text = "".join(c["text"] for c in chars)
    letters = sum(c.isalnum() for c in text)
    picture = max((_share(page, image) for image in page.images), default=0.0)
    covered = picture > _COVERED or fsum(_share(page, image) for image in page.images) > _COVERED_BY_ALL
    if covered and (letters < _WRITTEN_OVER or not _drawn_first(page)):
        return False
    if letters < _ENOUGH and picture >= _SOME_PICTURE:
        return False
    return bool(
        letters > 0 and not _unmapped(chars, text) and not _without_width(chars) and not _hidden_layer(page)
    )


def _share(page: Any, image: dict[str, Any]) -> float:
    area = max(0.0, min(image["x1"], page.width) - max(image["x0"], 0)) * max(
        0.0, min(image["bottom"], page.height) - max(image["top"], 0)
    )
    return float(area / (page.width * page.height))


def _unmapped(chars: Sequence[dict[str, Any]], text: str) -> bool:
    """More than one glyph in twenty has no Unicode meaning."""
    unknown = sum(c["text"].startswith("(cid:") for c in chars) + len(_GARBAGE.findall(text))
    return bool(unknown * _UNKNOWN_ONE_IN > max(len(chars), 1))


def _without_width(chars: Sequence[dict[str, Any]]) -> bool:
    """More than one plain letter or figure in twenty has no width. (Marks of some fonts are letters of the
    file and rightly have none.)"""
    plain = [c for c in chars if c["text"].isascii() and c["text"].isalnum()]
    without = sum(c["x0"] == c["x1"] or c["top"] == c["bottom"] for c in plain)
    return bool(without * _UNKNOWN_ONE_IN > len(plain))


def _streams(page: Any) -> list[bytes] | None:
    """The page's content streams, or None when one is damaged."""
    try:
        return [bytes(stream_value(s).get_data()) for s in page.page_obj.contents]
    except Exception:  # pdfminer raises anything on a damaged stream; the picture can still be read
        return None


def _drawn_first(page: Any) -> bool:
    """Whether the page's pictures are drawn before any of its text: a background, typed over."""
    data = b"\n".join(_streams(page) or [])
    pictures = [m.end() for m in _PICTURE.finditer(data)]
    first = _SHOWN_TEXT.search(data)
    return bool(pictures) and first is not None and pictures[-1] < first.start()


def _hidden_layer(page: Any) -> bool:
    """Whether a content stream sets invisible text (rendering mode 3), as OCR layers do, on a page
    that also has a picture."""
    if not page.images:
        return False
    streams = _streams(page)
    return streams is None or any(_HIDDEN_TEXT.search(data) for data in streams)


def read_text_page(page: Any, number: int, look: Look | None = None) -> PageContent | None:
    """What a page with a trustworthy text layer says; `number` counts from 1. None where `look` finds that
    the layer is not what is seen.

    `page` is a pdfplumber page or an `extract.pdf.view.ShownPage`. Grids stand among the lines where they
    stand on the page. Boxes are points of the page after its own /Rotate, which is applied already.
    """
    return typed_page(page, number, look)[0]


def typed_page(page: Any, number: int, look: Look | None) -> tuple[PageContent | None, SeenWords]:
    """As `read_text_page`, with the words that were seen and what is to be told of them."""
    glyphs = page_glyphs(page)
    turn = PageTurn(main_turn([g.turn for g in glyphs.shown]), float(page.width), float(page.height))
    segments = [turn.segment(s) for s in page_segments(page)]
    seen = seen_words(glyphs, segments, turn, look)
    if not seen.believed:
        return None, seen
    blocks = _laid_out(seen, segments, number)
    content = PageContent(
        number=number,
        width=float(page.width),
        height=float(page.height),
        source="text-layer",
        blocks=tuple(turn.block(b) for b in blocks),
        rotation=turn.degrees,
        warnings=seen.warnings,
        losses=seen.losses,
    )
    return content, seen


def _laid_out(seen: SeenWords, segments: Sequence[Segment], number: int) -> tuple[TextLine | Grid, ...]:
    """The words as grids and lines in reading order, in the frame in which the page is read."""
    spaced = _in_unicode(seen.words)
    words = [s.word for s in spaced]
    lattices = [with_printed_rows(t, words) for t in find_lattices(segments, _RULE_TOLERANCE)]
    ruled = [(t, _typed(fill(t, words, number, "ruled"))) for t in lattices]
    ruled = [(t, g) for t, g in ruled if _says_something(g)]
    taken = _taken([t for t, _ in ruled])
    free = [w for w in words if not _inside(w, taken)]
    loose = find_borderless(free, segments, [t.box for t, _ in ruled])
    grids = [g for _, g in ruled] + [_typed(fill(t, free, number, "borderless")) for t in loose]
    grids = [with_cut_doubts(with_ink_doubts(grid, seen.off), seen.words) for grid in grids]
    taken += _taken(loose)
    rest = [s for s in spaced if not _inside(s.word, taken)]
    return _in_order(with_ruled_heads(grids), text_blocks(rest, number))


def _in_unicode(spaced: Sequence[SpacedWord]) -> list[SpacedWord]:
    """Words in Unicode, whatever encoding their fonts are in (TCVN3, VNI): done before words are put
    together, since pieces of a word in two subsets of a font are one word only once decoded."""
    blank = {(s.word.box.x0, s.word.box.y0): s.after_blank for s in spaced}
    decoded = decode_words([s.word for s in spaced])
    return [SpacedWord(w, blank.get((w.box.x0, w.box.y0), False)) for w in decoded]


def _typed(grid: Grid) -> Grid:
    """The grid with its cells marked as coming from a text layer."""
    return replace(grid, cells=tuple(without_mark(replace(c, engine="text-layer")) for c in grid.cells))


def _says_something(grid: Grid) -> bool:
    """A grid with words in at least three cells; others are charts, frames and blank forms."""
    return sum(bool(c.text) for c in grid.cells) >= _FEWEST_CELLS


def _taken(lattices: Sequence[Lattice]) -> list[Box]:
    return [cell.box for t in lattices for cell in t.cells]


def _inside(word: Word, boxes: Sequence[Box]) -> bool:
    x, y = word.box.center
    return any(box.contains_point(x, y) for box in boxes)


def text_blocks(spaced: Sequence[SpacedWord], number: int) -> list[TextLine]:
    """Lines of running text, from the top down. Two blocks side by side (letterhead and motto, `Nơi
    nhận` and signature) are lines of their own."""
    blank = {id(s.word): s.after_blank for s in spaced}
    pieces: list[list[Word]] = []
    for line in printed_rows([s.word for s in spaced]):
        start = 0
        for i in range(1, len(line)):
            if _apart(line[i - 1], line[i:], blank[id(line[i])]):
                pieces.append(line[start:i])
                start = i
        pieces.append(line[start:])
    return [
        TextLine(nfc(line_text(p)), number, i, Box.union(w.box for w in p), tuple(p))
        for i, p in enumerate(pieces, 1)
    ]


def _apart(left: Word, rest: Sequence[Word], typed: bool) -> bool:
    """Whether a wide gap begins another block: 1.2 type sizes without blanks typed into it. With blanks
    (`Số:      /BC-STC`) it takes eight, or the motto or the place and date, which stand to the right in
    every letterhead (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    gap = (rest[0].box.x0 - left.box.x1) / max(rest[0].size, left.size, _LEAST_SIZE)
    if gap <= _WORD_GAP or (left.text.endswith(":") and gap <= _COLUMN_GAP):
        return False
    return not typed or gap > _COLUMN_GAP or bool(_RIGHT_BLOCK.match(fold(" ".join(w.text for w in rest))))


def _in_order(grids: Sequence[Grid], lines: Sequence[TextLine]) -> tuple[TextLine | Grid, ...]:
    """Grids and lines by where they begin; lines keep their order among themselves."""

    def top(block: TextLine | Grid) -> float:
        return block.box.y0 if block.box else 0.0

    merged: list[TextLine | Grid] = list(lines)
    for grid in sorted(grids, key=top):
        middle = [i for i, b in enumerate(merged) if _after(b, top(grid))]
        merged.insert(middle[0] if middle else len(merged), grid)
    return tuple(merged)


def _after(block: TextLine | Grid, top: float) -> bool:
    if block.box is None:
        return False
    return (block.box.y0 if isinstance(block, Grid) else block.box.center[1]) > top
