"""Words into the cells of a lattice, and the words of a cell into its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from extract.tables.broken_tokens import room_beside
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Grid, GridCell, GridKind, Word
from normalize.unicode import nfc

# A word belongs to a cell when this share of its width lies in it; else it is cut at the border.
_INSIDE = 0.75
_TOUCHES = 0.3  # of a word's box
_LEAST_WIDTH = 1e-6
_SHORT_WORD = 3
_STICKS_OUT = 0.9  # x-heights
_UPRIGHT = 1.4  # times as high as wide
_LINES_BACK = 4
_SHARED = 0.5  # of a line's height
_SAME_MIDDLE = 0.6
_OVERLAP = 0.5
_ONE_WORD = 0.06  # line heights of white inside one word


def fill(lattice: Lattice, words: Sequence[Word], page: int, kind: GridKind) -> Grid:
    """The grid of `lattice` with the words that stand in it; words and lattice in points of the page.

    A word that runs over a border between two cells is cut there, by the share of its letters on each
    side. Words outside every cell are left out (the caller keeps them as running text). A cell's
    confidence is the lowest of its words'; an empty cell's is 1.
    """
    per_cell = place_words(lattice, words)
    cells = [
        GridCell(
            cell.row,
            cell.col,
            cell_text(found),
            cell.row_span,
            cell.col_span,
            cell.box,
            min((w.confidence for w in found), default=1.0),
            room=_room(found, cell),
        )
        for cell, found in zip(lattice.cells, per_cell)
    ]
    confidence = _mean([c.confidence for c in cells if c.text])
    return Grid(
        page,
        kind,
        lattice.n_rows,
        lattice.n_cols,
        tuple(cells),
        lattice.box,
        lattice.col_edges,
        confidence,
    )


def _room(words: Sequence[Word], cell: LatticeCell) -> tuple[float, ...]:
    """The white beside each line of a cell's words, in letters; nothing is told of turned print."""
    if is_turned(words):
        return ()
    lines = [(line[0].box.x0, line[-1].box.x1, len(line_text(line))) for line in printed_rows(words)]
    return room_beside(lines, cell.box.width)


def place_words(lattice: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    """For each cell of `lattice.cells`, in that order, its words; words over a border are cut."""
    at = {}
    for index, cell in enumerate(lattice.cells):
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.col, cell.col + cell.col_span):
                at[r, c] = index
    found: list[list[Word]] = [[] for _ in lattice.cells]
    whole, row_edges, col_edges = lattice.box, lattice.row_edges, lattice.col_edges
    for word in words:
        box = word.box
        row = _interval(row_edges, (box.y0 + box.y1) / 2)
        first, last = _interval(col_edges, box.x0), _interval(col_edges, box.x1)
        if first == last and _lies_in(box, whole) and _lies_in(box, lattice.cells[at[row, first]].box):
            found[at[row, first]].append(word)  # as most do
            continue
        if whole.covers(box) < _TOUCHES:
            continue
        across = list(dict.fromkeys(at[row, col] for col in range(first, last + 1)))
        for index, piece in _cut(word, [(i, lattice.cells[i]) for i in across]):
            if lattice.cells[index].box.covers(piece.box) > _TOUCHES:
                found[index].append(piece)
    return found


def _lies_in(box: Box, other: Box) -> bool:
    """Whether all of a box that has an area lies in another."""
    return other.x0 <= box.x0 < box.x1 <= other.x1 and other.y0 <= box.y0 < box.y1 <= other.y1


def _interval(edges: Sequence[float], value: float) -> int:
    """The index of the interval of `edges` that holds `value`, the outermost for values beyond."""
    place, last = bisect_right(edges, value) - 1, len(edges) - 2
    return last if place > last else max(place, 0)


def _cut(word: Word, cells: Sequence[tuple[int, LatticeCell]]) -> list[tuple[int, Word]]:
    """The pieces of a word that runs over `cells` (neighbours in one row), each with its cell's index."""
    width = max(word.box.width, _LEAST_WIDTH)
    shares = [max(0.0, min(word.box.x1, c.box.x1) - max(word.box.x0, c.box.x0)) / width for _, c in cells]
    best = max(range(len(cells)), key=lambda i: shares[i])
    letter = width / max(len(word.text), 1)
    if (
        shares[best] >= _INSIDE
        or len(word.text) < _SHORT_WORD
        or (1 - shares[best]) * width < _STICKS_OUT * letter
    ):
        return [(cells[best][0], word)]
    pieces = []
    start = 0
    for (index, cell), share in zip(cells, shares):
        if share <= 0:
            continue
        end = round((min(word.box.x1, cell.box.x1) - word.box.x0) / letter)
        text = word.text[start:end]
        if text.strip():
            box = Box(word.box.x0 + start * letter, word.box.y0, word.box.x0 + end * letter, word.box.y1)
            pieces.append((index, replace(word, text=text.strip(), box=box)))
        start = end
    return pieces


def text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """`words` as printed lines from the top down, each from left to right.

    Text turned by a quarter (tall words) is read from the bottom up, as Vietnamese headers print it;
    its words come back with the boxes they would have if it stood upright.
    """
    return printed_rows([_upright(w) for w in words] if is_turned(words) else words)


def _upright(word: Word) -> Word:
    """A word turned clockwise, so that text running up runs to the right."""
    box = word.box
    return replace(word, box=Box(-box.y1, box.x0, -box.y0, box.x1))


def is_turned(words: Sequence[Word]) -> bool:
    """Whether the words run upwards: most of the longer ones are much taller than wide."""
    longer = [w for w in words if len(w.text) >= _SHORT_WORD]
    tall = sum(w.box.height > _UPRIGHT * w.box.width for w in longer)
    return bool(longer) and tall * 2 > len(longer)


def printed_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by overlap in height: a word joins the line whose middle it straddles."""
    lines: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for middle, _, _, word in sorted(
        ((own.box.y0 + own.box.y1) / 2, own.box.x0, k, own) for k, own in enumerate(words)
    ):
        box = word.box
        for i in range(len(lines) - 1, max(-1, len(lines) - _LINES_BACK), -1):
            top, bottom = spans[i]
            height = min(bottom - top, box.y1 - box.y0)
            overlap = min(bottom, box.y1) - max(top, box.y0)
            if overlap > _SHARED * height and abs(middle - (top + bottom) / 2) < _SAME_MIDDLE * max(
                bottom - top, height
            ):
                lines[i].append(word)
                break
        else:
            lines.append([word])
            spans.append((box.y0, box.y1))
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]


def cell_text(words: Sequence[Word]) -> str:
    """The text of a cell: one blank between words, `\\n` between printed lines, NFC."""
    return nfc("\n".join(line_text(line) for line in text_lines(words)))


def line_text(words: Sequence[Word]) -> str:
    """The words of one line joined by blanks; pieces of one word (no visible gap between them, as
    where a font change splits `Vi` from `ệt`) are joined without one."""
    parts: list[str] = []
    previous: Word | None = None
    for word in words:
        if previous is not None and not _touching(previous, word):
            parts.append(" ")
        parts.append(word.text)
        previous = word
    return "".join(parts)


def _touching(left: Word, right: Word) -> bool:
    """Whether two neighbours are one word printed in pieces: a gap under 6 % of their height."""
    if left.confidence != 1.0 or right.confidence != 1.0:
        return False
    height = (left.box.height + right.box.height) / 2
    gap = right.box.x0 - left.box.x1
    return -_OVERLAP * height < gap < _ONE_WORD * height


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values) if values else 1.0
