"""Print outside ruled tables: its words, its lines, and the pieces in which it may stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import cv2
import numpy as np

from extract.scan.crossed import doubted_words
from extract.scan.lines.chunks import (
    Bounds,
    columnar_span,
    find_bodies,
    find_chunks,
    read_chunks,
    side_by_side,
    with_their_marks,
)
from extract.scan.lines.page_lines import read_lines
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import Mask
from extract.scan.prepare.sheet import Prepared, Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.line_words import surety
from extract.scan.readings import Readers
from extract.tables.assign import line_text
from extract.tables.lattice import Lattice
from model.copies import changed
from model.geometry import Box
from model.page import TextLine, Word
from normalize.unicode import nfc

PlacedWord = tuple[Word, OcrWord]
"""A word in points of the upright page, and as it was read, in pixels."""

LEAST_INK = 100
"""Pixels of ink below which there is no print."""

TALLEST = 10.0
"""Letter heights of a piece up to which it may be lines of print that touch each other."""

ANOTHER_BLOCK = 2.7
"""Letter heights of white at which another block begins beside a line (1.2 type sizes, as in text layers)."""

UNSURE, UNSURE_FIGURE = 0.5, 0.3
"""Confidence below which a sign or two alone in a line are dust, and below which figures are."""

DOUBTED = 0.5
"""Confidence of a word with a doubtful figure, and of its line, at most."""

AFTER_COLON = 18.0
"""The same after a colon: blanks are typed there (`Số:      /BC-STC`)."""

FOOT = 3
EDGE, STROKE = 0.6, 0.35  # heights of a small letter: how near to a page's edge, how wide, its shadow is
ROWS_BACK = 4  # among which a chunk's row is sought
SHARED = 0.5  # of the lower one's height
STRIP_MARGIN = 30  # pixels
FEW_SIGNS = 4
TAKEN = 0.5  # of a word's box
DIGITS_KEPT = 4  # of a confidence


@dataclass(frozen=True, slots=True)
class Prose:
    """What stands outside ruled tables: `words` in reading order, those of a line with the same
    `OcrWord.line`; `pieces` the same print, each piece of a line read by itself where print stands in
    columns."""

    words: list[PlacedWord]
    pieces: list[PlacedWord]


def read_prose(prepared: Prepared, tables: Sequence[Lattice], readers: Readers) -> Prose:
    """The print outside ruled tables: line by line with the line reader, else as the engine lays it out."""
    ink = outside(prepared, tables)
    if cv2.countNonZero(ink) < LEAST_INK:
        return Prose([], [])
    if readers.lines is None:
        words = _by_engine(prepared, ink, tables, readers)
        chunks = find_chunks(ink, prepared.sheet.letter)
        return Prose(words, _in_columns(words, prepared, chunks, readers))
    groups = _whole_lines(find_bodies(ink, prepared.sheet.letter, TALLEST), prepared.sheet.letter)
    found = read_lines(prepared.sheet, ink, groups, readers.lines, readers)
    found = doubted_words(found, prepared.rules.lines)
    lines = in_lines([word for word in found if word.confidence > 0], prepared.sheet.letter)
    words = [placed_word(word, prepared.sheet.frame) for word in settled(lines, readers)]
    pieces = [placed_word(word, prepared.sheet.frame) for word in found]
    return Prose(words, without_edge(pieces, prepared.sheet))


def _whole_lines(chunks: Sequence[Bounds], letter: float) -> list[list[Bounds]]:
    """The pieces that are read together: lines as far as no other block begins, for a word by itself does
    not tell small letters from capitals (`SỐ` for `số`); where print stands in columns, single pieces."""
    span = columnar_span(chunks, letter) or (0, 0)
    within = [c for c in chunks if span[0] <= (c[1] + c[FOOT]) / 2 <= span[1]]
    beyond = [c for c in chunks if not span[0] <= (c[1] + c[FOOT]) / 2 <= span[1]]
    groups = [*([chunk] for chunk in within), *side_by_side(beyond, ANOTHER_BLOCK * letter)]
    return with_their_marks(chunks, groups, letter)


def in_lines(words: Sequence[OcrWord], letter: float) -> list[OcrWord]:
    """Words of pieces as lines from the top down, numbered by `OcrWord.line`: what stands side by side in
    one row is one line up to where another block begins (letterhead and motto, `Nơi nhận` and signature)."""
    out: list[OcrWord] = []
    number = 0
    for row in _rows(words):
        before: OcrWord | None = None
        for word in row:
            if before is None or _begins_block(before, word, letter):
                number += 1
            out.append(changed(word, line=(0, 0, number)))
            before = word
    return out


def _begins_block(left: OcrWord, right: OcrWord, letter: float) -> bool:
    gap = right.x0 - left.x1
    return gap > (AFTER_COLON if left.text.endswith(":") else ANOTHER_BLOCK) * letter


def _rows(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Words by the row of print in which they stand, from the top down, each from left to right. Words read
    in one line stay together; lines are one row where they share most of their height."""
    lines: dict[tuple[int, int, int], list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    rows: list[list[OcrWord]] = []
    spans: list[tuple[float, float]] = []
    for line in sorted(lines.values(), key=_middle):
        top, bottom = min(w.y0 for w in line), max(w.y1 for w in line)
        for k in range(len(rows) - 1, max(-1, len(rows) - ROWS_BACK), -1):
            shared = min(bottom, spans[k][1]) - max(top, spans[k][0])
            if shared > SHARED * min(bottom - top, spans[k][1] - spans[k][0]):
                rows[k] += line
                break
        else:
            rows.append(list(line))
            spans.append((top, bottom))
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _middle(line: Sequence[OcrWord]) -> float:
    return min(w.y0 for w in line) + max(w.y1 for w in line)


def _by_engine(
    prepared: Prepared, ink: Mask, tables: Sequence[Lattice], readers: Readers
) -> list[PlacedWord]:
    """The words outside ruled tables, in the engine's reading order."""
    sheet = prepared.sheet
    _, y, _, height = cv2.boundingRect(ink)
    picture = sheet.picture.copy()
    for table in tables:
        x0, y0, x1, y1 = (round(v) for v in sheet.frame.pixels(table.box))
        picture[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = sheet.paper
    top, bottom = max(0, y - STRIP_MARGIN), y + height + STRIP_MARGIN
    found = readers.engine.read(np.ascontiguousarray(picture[top:bottom]), "page")
    moved = [replace(word, y0=word.y0 + top, y1=word.y1 + top) for word in found]
    return [placed_word(word, sheet.frame) for word in settled(moved, readers)]


def settled(words: Sequence[OcrWord], readers: Readers) -> list[OcrWord]:
    """Words of running text with their marks decided by context."""
    texts = [nfc(word.text) for word in words]
    if readers.marks is not None:
        sure = [readers.trust * surety(word.confidence) for word in words]
        texts = readers.marks.settled([texts], sureties=[sure])[0]
    return [changed(word, text=text) for word, text in zip(words, texts, strict=True)]


def outside(prepared: Prepared, tables: Sequence[Lattice]) -> Mask:
    """The page's ink without that of the ruled tables."""
    ink = prepared.ink.copy()
    for table in tables:
        x0, y0, x1, y1 = (round(v) for v in prepared.sheet.frame.pixels(table.box))
        ink[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 0
    return ink


def placed_word(word: OcrWord, frame: Frame) -> PlacedWord:
    """A word in points of the upright page beside the word as read in pixels."""
    return Word(
        nfc(word.text), frame.upright_box((word.x0, word.y0, word.x1, word.y1)), word.confidence
    ), word


def _in_columns(
    words: list[PlacedWord], prepared: Prepared, chunks: Sequence[Bounds], readers: Readers
) -> list[PlacedWord]:
    """`words`, but where print outside ruled tables stands in columns: there each piece of a line is read
    by itself."""
    sheet = prepared.sheet
    span = columnar_span(chunks, sheet.letter)
    if span is None:
        return words
    within = [c for c in chunks if span[0] <= (c[1] + c[FOOT]) / 2 <= span[1]]
    read = read_chunks(sheet, within, readers)
    kept = [(w, ocr) for w, ocr in words if not span[0] <= (ocr.y0 + ocr.y1) / 2 <= span[1]]
    return [*kept, *(placed_word(word, sheet.frame) for word in read)]


def without_edge(pieces: Sequence[PlacedWord], sheet: Sheet) -> list[PlacedWord]:
    """Pieces of print without strokes at the very edge of a page, where nobody prints: the shadow beside a
    bound book's page was a column of ones."""
    width, room = sheet.picture.shape[1], EDGE * sheet.letter
    return [
        (word, ocr)
        for word, ocr in pieces
        if len(word.text) > 1
        or ocr.x1 - ocr.x0 > STROKE * sheet.letter
        or (ocr.x0 > room and ocr.x1 < width - room)
    ]


def is_dust(text: str, confidence: float) -> bool:
    """Whether a whole line is dust, or a stroke of a signature, that was taken for a sign or two."""
    least = UNSURE_FIGURE if any(c.isdigit() for c in text) else UNSURE
    return len(text) < FEW_SIGNS and (confidence < least or not any(c.isalnum() for c in text))


def running_lines(words: Sequence[PlacedWord], taken: Sequence[Box], number: int) -> list[TextLine]:
    """The words outside tables as lines, in their order (boxes in the upright frame). A line with a figure
    that two readers read differently is not sure."""
    lines: dict[tuple[int, int, int], list[PlacedWord]] = {}
    for word, ocr in words:
        if not any(box.covers(word.box) > TAKEN for box in taken):
            lines.setdefault(ocr.line, []).append((word, ocr))
    found = []
    for placed in lines.values():
        members = [_as_sure(word, ocr) for word, ocr in placed]
        confidence = fmean(w.confidence for w in members)
        if any(ocr.figures == "doubtful" for _, ocr in placed):
            confidence = min(confidence, DOUBTED)
        if is_dust("".join(w.text for w in members), confidence):
            continue
        text = nfc(line_text(members))
        found.append(
            TextLine(
                text,
                number,
                0,
                Box.union(w.box for w in members),
                tuple(members),
                round(confidence, DIGITS_KEPT),
            )
        )
    return found


def _as_sure(word: Word, read: OcrWord) -> Word:
    """A word no surer than its figures."""
    return replace(word, confidence=min(word.confidence, DOUBTED)) if read.figures == "doubtful" else word
