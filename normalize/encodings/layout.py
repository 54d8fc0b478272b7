"""PDF words and whole pages in legacy encodings → Unicode, the evidence pooled by font and by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from model.geometry import Box
from model.page import Grid, PageContent, TextLine, Word
from normalize.encodings.capitals import is_capital_font
from normalize.encodings.evidence import ENCODINGS, Encoding, decode_word, scores
from normalize.encodings.fonts import font_encoding
from normalize.encodings.runs import are_composed, decode_lines, font_name

# Gaps in parts of the type size. A PDF reader starts a new word where the font changes, and swapped glyphs
# sit in a font subset of their own: pieces that touch are one word.
_TOUCHING = 0.08
# One odd word against one that fits; a font's name counts as three of them.
_FONT_PRIOR = 12.0
_LEGACY_PRIOR = 3.0


def decode_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a page or document (in reading order) in Unicode.

    Each font is in one encoding, decided by its name and by all words set in it. Pieces of one word that
    the PDF reader set apart are joined, in legacy fonts only, so fewer words may come back. Words of a
    capital font (`.VnTimeH`) come back as capitals.
    """
    encodings = _font_encodings(words)
    if all(e == "unicode" for e in encodings.values()):
        return _composed(words)
    joined = _join_pieces(words, encodings)
    return tuple(_decode(word, encodings[word.font]) for word in joined)


def _composed(words: Sequence[Word]) -> tuple[Word, ...]:
    decoded = decode_lines([w.text for w in words])
    return tuple(replace(w, text=d.text) if d.changed else w for w, d in zip(words, decoded, strict=True))


def _font_encodings(words: Iterable[Word]) -> dict[str, Encoding]:
    """The encoding of each font, by its name and by the sum of its words' scores."""
    totals: dict[str, list[float]] = {}
    for word in words:
        total = totals.setdefault(word.font, [0.0] * len(ENCODINGS))
        for i, score in enumerate(scores(word.text)):
            total[i] += score
    chosen: dict[str, Encoding] = {}
    for font, total in totals.items():
        named = font_encoding(font)
        prior = [_FONT_PRIOR if e == named else 0.0 if e == "unicode" else -_LEGACY_PRIOR for e in ENCODINGS]
        chosen[font] = max(zip(ENCODINGS, total, prior, strict=True), key=lambda t: t[1] + t[2])[0]
    return chosen


def _decode(word: Word, encoding: Encoding) -> Word:
    text = decode_word(word.text, encoding)
    if encoding == "tcvn3" and is_capital_font(font_name(word.font)):
        text = text.upper()
    return word if text == word.text else replace(word, text=text)


def _join_pieces(words: Sequence[Word], encodings: dict[str, Encoding]) -> list[Word]:
    out: list[Word] = []
    before: Word | None = None
    for word in words:
        if before and encodings[word.font] != "unicode" and _same_word(before, word, encodings):
            first = out.pop()
            out.append(replace(first, text=first.text + word.text, box=Box.union((first.box, word.box))))
        else:
            out.append(word)
        before = word
    return out


def _same_word(left: Word, right: Word, encodings: dict[str, Encoding]) -> bool:
    """Whether two pieces touch on one line in one size, and only their font's subset tells them apart."""
    if left.font == right.font or encodings[left.font] != encodings[right.font]:
        return False
    size = max(left.size, right.size) or left.box.height or 1.0
    overlap = min(left.box.y1, right.box.y1) - max(left.box.y0, right.box.y0)
    gap = (right.box.x0 - left.box.x1) / size
    same_size = abs(left.size - right.size) < 0.05 * size
    return same_size and overlap >= 0.5 * min(left.box.height, right.box.height) and abs(gap) < _TOUCHING


def decode_page(page: PageContent) -> PageContent:
    """`page` with its lines and grid cells in Unicode; the evidence is pooled over the whole page."""
    if are_composed(_texts(page)):
        return page
    texts: list[str] = []
    for block in page.blocks:
        if isinstance(block, TextLine):
            texts.append(block.text)
        else:
            texts.append(block.title)
            texts.extend([part for cell in block.cells for part in cell.text.split("\n")])
    decoded = iter([d.text for d in decode_lines(texts)])
    blocks = tuple(
        _line(block, next(decoded)) if isinstance(block, TextLine) else _grid(block, decoded)
        for block in page.blocks
    )
    return page if blocks == page.blocks else replace(page, blocks=blocks)


def _texts(page: PageContent) -> Iterator[str]:
    for block in page.blocks:
        if isinstance(block, TextLine):
            yield block.text
        else:
            yield block.title
            yield from [cell.text for cell in block.cells]


def _line(line: TextLine, text: str) -> TextLine:
    if text == line.text:
        return line
    return replace(line, text=text, words=decode_words(line.words))


def _grid(grid: Grid, decoded: Iterable[str]) -> Grid:
    texts = iter(decoded)
    title = next(texts)
    new = [
        "\n".join([next(texts) for _ in cell.text.split("\n")]) if "\n" in cell.text else next(texts)
        for cell in grid.cells
    ]
    cells = tuple(
        [
            cell if cell.text == text else replace(cell, text=text)
            for cell, text in zip(grid.cells, new, strict=True)
        ]
    )
    if title == grid.title and all(a is b for a, b in zip(cells, grid.cells, strict=True)):
        return grid
    return replace(grid, title=title, cells=cells)
