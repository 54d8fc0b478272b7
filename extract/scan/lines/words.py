"""The words of cut-outs of a page, every line of print read by the line reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extract.scan.lines.blanks import closed_up, opened
from extract.scan.lines.dirt import without_dirt
from extract.scan.lines.print_lines import (
    PrintLine,
    common_letter,
    line_picture,
    print_lines,
    print_parts,
    word_bounds,
)
from extract.scan.prepare.ink import Picture, ink_mask
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.line_words import LineWord, surety
from extract.scan.readers.montage import Piece, read_pieces
from extract.scan.readers.word_figures import ASK_ALL, PrintedWord, with_second_reading
from extract.scan.readings import Readers, is_words
from extract.scan.repairs.marks import MarkReader
from extract.scan.repairs.roman import with_numerals
from model.copies import changed
from normalize.unicode import nfc

WIDE_GAP = 1.1
"""Heights of a small letter without ink that are no gap within a word: signs set apart stand within 0.6."""

FIGURE_GAP, THIN = 0.5, 0.6
"""The same between two figures, and what each 1 adds, which stands thin in its place: figures of a number are
0.15 apart (of a typewriter 0.28, two ones of Times 0.58, a 3 and a faint 1 of a scan 1.0), with a blank
between them 0.67 and more."""

EN_DASH, EM_DASH = 0.85, 1.6
"""Heights of a small letter from which a dash is longer than a hyphen, and than an en dash: in Times hyphen
and dashes are 0.63, 1.1 and 2.2 wide, in Arial 0.5, 1.07 and 1.9."""


def read_words(pieces: Sequence[Piece], sheet: Sheet, readers: Readers) -> list[list[OcrWord]]:
    """The words of each piece, in page pixels; lines of a piece keep their order in `OcrWord.line`. Where
    there is no line reader, the engine reads the pieces."""
    if readers.lines is None:
        return read_pieces(pieces, readers.engine)
    lines = lines_of([piece.picture for piece in pieces], sheet)
    pictures = [
        closed_up(line, line_picture(piece.picture, own, k))
        for piece, own in zip(pieces, lines, strict=True)
        for k, line in enumerate(own)
    ]
    read = iter(readers.lines.read(pictures))
    printed = [
        [
            word
            for k, line in enumerate(own)
            for word in printed_words(line, next(read), (piece.x, piece.y), (0, 0, k))
        ]
        for piece, own in zip(pieces, lines, strict=True)
    ]
    found = [[printed_word.word for printed_word in own] for own in printed]
    if readers.marks is not None:
        found = in_context(found, readers.marks, readers.trust)
    found = [with_numerals(words, sheet.picture, sheet.threshold) for words in found]
    return with_figures(printed, found, sheet, readers)


def with_figures(
    printed: Sequence[Sequence[PrintedWord]],
    found: Sequence[list[OcrWord]],
    sheet: Sheet,
    readers: Readers,
    sure: float = ASK_ALL,
) -> list[list[OcrWord]]:
    """The words of texts with the figures among letters read a second time, but those of figures alone that
    were read with the confidence `sure`. `printed` are the same words as first read; a text that is a figure
    and nothing else is read as one later."""
    if readers.numbers is None:
        return list(found)
    is_word = readers.marks.is_word if readers.marks is not None else str.isalpha
    asked = [k for k, words in enumerate(found) if is_words("\n".join(word.text for word in words))]
    flat = [
        changed(first, word=word, at=first.at if len(first.word.text) == len(word.text) else ())
        for k in asked
        for first, word in zip(printed[k], found[k], strict=True)
    ]
    read = iter(with_second_reading(flat, sheet.picture, readers.numbers, is_word, sure))
    out = list(found)
    for k in asked:
        out[k] = [next(read) for _ in found[k]]
    return out


def in_context(texts: Sequence[Sequence[OcrWord]], marks: MarkReader, trust: float) -> list[list[OcrWord]]:
    """The words of texts, those that the reader left open decided by the words around them; its `trust` is
    the share of its surety that counts against these."""
    settled = marks.settled(
        [[word.text for word in text] for text in texts],
        [[word.others for word in text] for text in texts],
        [[trust * surety(word.confidence) for word in text] for text in texts],
    )
    return [
        [changed(word, text=new, others=()) for word, new in zip(text, words, strict=True)]
        for text, words in zip(texts, settled, strict=True)
    ]


def lines_of(pictures: Sequence[Picture], sheet: Sheet) -> list[list[PrintLine]]:
    """The lines of print in each picture cut from the sheet, its letters measured over all of them; on a
    dirty page without the dirt beside them."""
    parts = [print_parts(ink_mask(picture, sheet.threshold), sheet.letter) for picture in pictures]
    letter = common_letter(parts, sheet.letter)
    lines = [print_lines(own, letter) for own in parts]
    return [without_dirt(own, letter) for own in lines] if sheet.is_dirty else lines


def printed_words(
    line: PrintLine, read: Sequence[LineWord], corner: tuple[int, int], number: tuple[int, int, int]
) -> list[PrintedWord]:
    """What was read of a line, its wide blanks closed up, as words beside their ink; see `words_of_line`."""
    read = parted_by_gaps(line, opened(line, read))
    width = line.right - line.left
    return [
        PrintedWord(word, line, corner, tuple(line.left + at * width for at in own.at))
        for own, word in zip(read, words_of_line(line, read, corner, number), strict=True)
    ]


def parted_by_gaps(line: PrintLine, read: Sequence[LineWord]) -> list[LineWord]:
    """The words of a line, those taken apart in whose midst no ink is over more than a blank's width: between
    the figures of two columns a network sees much paper and may forget that it is a blank."""
    gaps = wide_gaps(line)
    if not gaps:
        return list(read)
    width = max(1, line.right - line.left)
    out: list[LineWord] = []
    for word in read:
        places = [line.left + at * width for at in word.at]
        cuts = [(bisect_left(places, middle), wide) for middle, wide in gaps]
        inside = {
            c for c, wide in cuts if 0 < c < len(word.text) and wide > _within(word.text[c - 1 : c + 1])
        }
        edges = sorted({0, len(word.text), *inside})
        if not places or len(edges) < 3:
            out.append(word)
            continue
        for start, end in pairwise(edges):
            begins = (places[start] + places[start - 1]) / 2 if start else 0.0
            out.append(
                changed(
                    word,
                    text=word.text[start:end],
                    begins=(begins - line.left) / width if start else word.begins,
                    others=(),
                    at=word.at[start:end],
                )
            )
    return out


def _within(signs: str) -> float:
    """The widest gap between two signs of a word, in heights of a small letter."""
    if not signs.isdigit():
        return WIDE_GAP
    return FIGURE_GAP + THIN * signs.count("1")


def wide_gaps(line: PrintLine) -> list[tuple[float, float]]:
    """The gaps in a line's ink that may be blanks: their middles (columns of the cut-out) and how wide they
    are, in heights of a small letter."""
    gaps = [((start + end) / 2, (end - start) / line.letter) for start, end in line.gaps]
    return [(middle, wide) for middle, wide in gaps if wide > FIGURE_GAP]


def words_of_line(
    line: PrintLine, read: Sequence[LineWord], corner: tuple[int, int], number: tuple[int, int, int]
) -> list[OcrWord]:
    """What was read of a line as words with their places on the page, `corner` being the top left corner of
    the picture from which the line is."""
    if not read:
        return []
    width = line.right - line.left
    breaks = [line.left + word.begins * width for word in read[1:]]
    dx, dy = corner
    return [
        OcrWord(
            _dash_as_wide(nfc(word.text), (x1 - x0) / line.letter),
            *(x0 + dx, y0 + dy, x1 + dx, y1 + dy),
            word.confidence,
            number,
            word.others,
        )
        for word, (x0, y0, x1, y1) in zip(read, word_bounds(line, breaks), strict=True)
    ]


def _dash_as_wide(text: str, width: float) -> str:
    """A dash that stands alone by its width, in heights of a small letter; other texts as they are."""
    if text != "-" or width < EN_DASH:
        return text
    return "–" if width < EM_DASH else "—"
