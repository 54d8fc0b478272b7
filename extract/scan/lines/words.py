"""The words of cut-outs of a page, every line of print read by the line reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from extract.scan.readers.line_network.reader import LineWord
from extract.scan.readers.montage import Piece, read_pieces
from extract.scan.readers.word_figures import ASK_ALL, PrintedWord, with_second_reading
from extract.scan.readings import Readers, is_words
from extract.scan.repairs.marks import MarkReader
from extract.scan.repairs.roman import with_numerals
from normalize.unicode import nfc


def read_words(pieces: Sequence[Piece], sheet: Sheet, readers: Readers) -> list[list[OcrWord]]:
    """The words of each piece, in page pixels; lines of a piece keep their order in `OcrWord.line`. Where
    there is no line reader, the engine reads the pieces."""
    if readers.lines is None:
        return read_pieces(pieces, readers.engine)
    lines = lines_of([piece.picture for piece in pieces], sheet)
    pictures = [
        line_picture(piece.picture, own, k)
        for piece, own in zip(pieces, lines, strict=True)
        for k in range(len(own))
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
        found = in_context(found, readers.marks)
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
        replace(first, word=word, at=first.at if len(first.word.text) == len(word.text) else ())
        for k in asked
        for first, word in zip(printed[k], found[k], strict=True)
    ]
    read = iter(with_second_reading(flat, sheet.picture, readers.numbers, is_word, sure))
    out = list(found)
    for k in asked:
        out[k] = [next(read) for _ in found[k]]
    return out


def in_context(texts: Sequence[Sequence[OcrWord]], marks: MarkReader) -> list[list[OcrWord]]:
    """The words of texts, those that the reader left open decided by the words around them."""
    settled = marks.settled(
        [[word.text for word in text] for text in texts], [[word.others for word in text] for text in texts]
    )
    return [
        [replace(word, text=new, others=()) for word, new in zip(text, words, strict=True)]
        for text, words in zip(texts, settled, strict=True)
    ]


def lines_of(pictures: Sequence[Picture], sheet: Sheet) -> list[list[PrintLine]]:
    """The lines of print in each picture cut from the sheet, its letters measured over all of them."""
    parts = [print_parts(ink_mask(picture, sheet.threshold), sheet.letter) for picture in pictures]
    letter = common_letter(parts, sheet.letter)
    return [print_lines(own, letter) for own in parts]


def printed_words(
    line: PrintLine, read: Sequence[LineWord], corner: tuple[int, int], number: tuple[int, int, int]
) -> list[PrintedWord]:
    """What was read of a line as words beside their ink; see `words_of_line`."""
    width = line.right - line.left
    return [
        PrintedWord(word, line, corner, tuple(line.left + at * width for at in own.at))
        for own, word in zip(read, words_of_line(line, read, corner, number), strict=True)
    ]


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
        OcrWord(nfc(word.text), x0 + dx, y0 + dy, x1 + dx, y1 + dy, word.confidence, number, word.others)
        for word, (x0, y0, x1, y1) in zip(read, word_bounds(line, breaks), strict=True)
    ]
