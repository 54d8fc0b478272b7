"""Cells of a page set one below the other, so that one engine pass reads them without mixing them up.

Read in place, the cells of a row make one line with wide gaps, which Tesseract reads badly: on a worn
page of 130 cells it lost the whole column of ordinals and half the header. Stacked, every cell is a short
paragraph of its own; the same page read without a slip, in half the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.scan.prepare.ink import Picture
from extract.scan.readers.engine import Engine, Language, OcrWord

GAP = 24
"""White pixels between two cells, at reading resolution: about a line's height of 8 pt print."""

MARGIN = 30
"""White pixels left and right of a cell."""

CUT = 3
"""Pixels of paper left round the ink of a cut-out."""

TALLEST = 16_000
"""Pixels of a montage; Tesseract takes pictures up to 32,767."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cut-out of a page: `x`, `y` are its top left corner in page pixels."""

    picture: Picture
    x: int
    y: int


def read_pieces(pieces: Sequence[Piece], engine: Engine, language: Language = "vie") -> list[list[OcrWord]]:
    """The words of each piece, in page pixels; lines of a piece keep their order in `OcrWord.line`."""
    found: list[list[OcrWord]] = [[] for _ in pieces]
    for batch in _batches(pieces):
        page, tops = _stack([pieces[index] for index in batch])
        for word in engine.read(page, "block", language):
            place = int(np.searchsorted(tops, (word.y0 + word.y1) / 2 + GAP / 2, side="right")) - 1
            index = batch[min(max(place, 0), len(batch) - 1)]
            piece, top = pieces[index], tops[min(max(place, 0), len(batch) - 1)]
            found[index].append(_on_page(word, piece.x - MARGIN, piece.y - top))
    return found


def _batches(pieces: Sequence[Piece]) -> list[list[int]]:
    """Piece numbers, as many to a montage as its height allows."""
    batches: list[list[int]] = []
    height = TALLEST
    for index, piece in enumerate(pieces):
        need = piece.picture.shape[0] + GAP
        if height + need > TALLEST:
            batches.append([])
            height = GAP
        batches[-1].append(index)
        height += need
    return batches


def _stack(pieces: Sequence[Piece]) -> tuple[Picture, list[int]]:
    """(the montage, the row at which each piece begins)."""
    width = max(piece.picture.shape[1] for piece in pieces) + 2 * MARGIN
    page = np.full((sum(p.picture.shape[0] + GAP for p in pieces) + GAP, width), 255, np.uint8)
    tops, top = [], GAP
    for piece in pieces:
        rows, columns = piece.picture.shape
        page[top : top + rows, MARGIN : MARGIN + columns] = piece.picture
        tops.append(top)
        top += rows + GAP
    return page, tops


def _on_page(word: OcrWord, dx: int, dy: int) -> OcrWord:
    return replace(word, x0=word.x0 + dx, y0=word.y0 + dy, x1=word.x1 + dx, y1=word.y1 + dy)
