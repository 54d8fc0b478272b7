"""Pictures on a typed page that may hold a table or text of their own: where they are, and how what OCR read
of them is put among what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.pdf.view import Item, ShownPage
from model.geometry import Box
from model.page import Grid, PageContent, TextLine

LEAST_SHARE = 0.02
"""Share of the page from which a picture may hold a table: a strip of three columns and two rows at reading
size takes 2 %; emblems, seals and signatures take up to 1.5 %."""

MOST_OVER = 12
"""Typed characters over a picture from which it is a ground, not a picture of its own."""

SURE = 0.5
"""Confidence of a picture's reading from which it stands among what was typed."""

FEWEST_LETTERS = 6
"""Letters and figures in a picture from which it holds text; drawings give one or two."""


def text_pictures(page: ShownPage) -> list[Box]:
    """The boxes of pictures large enough for a table that nobody has typed over."""
    sheet = Box(0.0, 0.0, page.width, page.height)
    found = []
    for image in page.images:
        box = sheet.intersection(Box(image["x0"], image["top"], image["x1"], image["bottom"]))
        if box is None or box.area < LEAST_SHARE * sheet.area:
            continue
        over = sum(_is_over(char, box) for char in page.chars)
        if over < MOST_OVER:
            found.append(box)
    return found


def _is_over(char: Item, box: Box) -> bool:
    return box.contains_point((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)


def with_pictures(typed: PageContent, read: PageContent) -> PageContent:
    """The typed page with what OCR `read` of its pictures, in reading order. A picture whose figures could
    not be read surely is told as a loss, one without text as a warning."""
    texts = [cell.text for grid in read.grids for cell in grid.cells] + [line.text for line in read.lines]
    signs = sum(char.isalnum() for text in texts for char in text)
    if signs < FEWEST_LETTERS:
        return replace(typed, warnings=(*typed.warnings, "a picture gave no text"))
    if read.confidence < SURE:
        loss = "Trang có hình chứa chữ và số nhưng không đọc được chắc chắn; nên xem lại bản gốc."
        return replace(typed, losses=(*typed.losses, loss))
    return replace(
        typed,
        blocks=_numbered(_merged(typed.blocks, read.blocks)),
        dpi=read.dpi,
        confidence=min(typed.confidence, read.confidence),
        doubts=(*typed.doubts, *read.doubts),
    )


def _merged(typed: Sequence[TextLine | Grid], read: Sequence[TextLine | Grid]) -> list[TextLine | Grid]:
    """Blocks of pictures, each before the first typed block that begins below its top."""
    merged = list(typed)
    at = 0
    for block in read:
        below = [n for n in range(at, len(merged)) if _top(merged[n]) > _top(block)]
        at = below[0] if below else len(merged)
        merged.insert(at, block)
        at += 1
    return merged


def _top(block: TextLine | Grid) -> float:
    return block.box.y0 if block.box else 0.0


def _numbered(blocks: Sequence[TextLine | Grid]) -> tuple[TextLine | Grid, ...]:
    number = 0
    out: list[TextLine | Grid] = []
    for block in blocks:
        if isinstance(block, TextLine):
            number += 1
            block = replace(block, number=number)
        out.append(block)
    return tuple(out)
