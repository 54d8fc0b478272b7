"""The cells of a table on a scanned page: words read, numbers read twice, weak ones read again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import turned
from extract.scan.figures import read_figures, with_border
from extract.scan.prepare.components import parts_of
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.readers.engine import Engine, OcrWord
from extract.scan.readers.figure_runs import EDGE
from extract.scan.readers.montage import CUT, Piece
from extract.scan.readings import EMPTY, CellReading, Readers, is_dash, is_figure_print, page_reading
from extract.scan.repairs.order import repaired
from model.page import Reading

Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels of the upright page

BARS = frozenset("IHl|Ị")
"""What ones are read as."""

LONE_BARS = frozenset("l|")
"""What a Roman I alone among words is read as."""

TALL, TALLEST_LINE = 1.3, 1.8
"""How much taller than wide, and how many letters high, ink is that may be print running upwards: `Mũi 1` in
one line, `Sởi-Rubella` in two."""

UNSURE = 0.6
"""Confidence of the better of two readings below which a text is doubtful."""

INSET = 4
"""Pixels inside a cell's borders where rests of the rules may lie."""

LEAST_INK = 6  # pixels of a cell that holds print
MARK_SHARE = 0.02  # of an x-height squared: the least print of a sign
LEAST_MARK = 6.0
RULE_THICK = 6  # pixels of what is left of a rule at a cell's edge
UPRIGHT_RULE = 1.2  # times as high as wide
LYING_RULE = 2.5  # times as wide as high
BESIDE = 0.4  # x-heights from a line's parts that a dot may lie
LEAST_PART = 5  # pixels of a component that is no speck
BOTTOM = 3
NO_READING = 0.2  # confidence of print that no reader made anything of
TALL_AS_PRINT = 0.6  # x-heights from which ink may be print
FEW_SIGNS = 4  # signs of a reading that may be slips of strokes
SHORT_TEXT = 14
FEW_LETTERS = 5
WORDS_LETTERS = 2  # of a reading that was voted on, from which it is words and not read again
ROOM = 1.3  # x-heights of paper round what is read again
PAD = 20  # pixels of paper round an enlarged piece
TWO_READERS = 0.9  # confidence of what two readings agree on
CLEARLY_SURER = 0.02
FEWEST_WORDS, WORD_SHARE = 8, 0.5
"""Words of two signs and more in a tall cell, and the share of them that the language has, from which its
print stands upright however badly it was read."""

QUARTER = 90
THREE_QUARTERS = 270


@dataclass(frozen=True, slots=True)
class CellInk:
    """A cell to be read: its row and column in the lattice, and where its ink lies; whether its words were
    read in several ways already and voted on."""

    row: int
    col: int
    bounds: Bounds
    voted: bool = False


def inked_bounds(ink: Mask, bounds: Bounds, letter: float) -> Bounds | None:
    """Where ink lies within a cell, or None when the cell is empty.

    Dust smaller than a full stop and rests of rules along the border are passed over.
    """
    x0, y0, x1, y1 = bounds
    x0, y0, x1, y1 = max(0, x0 + INSET), max(0, y0 + INSET), x1 - INSET, y1 - INSET
    part = ink[y0:y1, x0:x1]
    if part.size == 0 or cv2.countNonZero(part) < LEAST_INK:
        return None
    height, width = part.shape
    stats = parts_of(part)
    x, y, w, h, area = stats.T
    least = max(LEAST_MARK, MARK_SHARE * letter * letter)
    at_side = ((x <= 1) | (x + w >= width - 1)) & (w <= RULE_THICK) & (h > UPRIGHT_RULE * w)
    at_end = ((y <= 1) | (y + h >= height - 1)) & (h <= RULE_THICK) & (w > LYING_RULE * h)
    real = (area >= least) & ~at_side & ~at_end
    if not real.any():
        return None
    left, top, right, bottom = _around(stats[real])
    # Marks (the dot below, a comma) may be as small as dust: near the print they belong to it.
    near = BESIDE * letter
    marks = (area >= LEAST_PART) & ~at_side & ~at_end
    marks &= (x + w > left - near) & (x < right + near) & (y + h > top - near) & (y < bottom + near)
    left, top, right, bottom = _around(stats[real | marks])
    return x0 + left, y0 + top, x0 + right, y0 + bottom


def _around(stats: NDArray[np.int32]) -> Bounds:
    """The bounds of connected components (rows of x, y, width, height, area)."""
    corner, size = stats[:, :2], stats[:, 2 : BOTTOM + 1]
    left, top = corner.min(axis=0).tolist()
    right, bottom = (corner + size).max(axis=0).tolist()
    return left, top, right, bottom


def cut(picture: Picture, bounds: Bounds, margin: int = CUT) -> Piece:
    """The ink of a cell, cropped tight."""
    x0, y0 = max(0, bounds[0] - margin), max(0, bounds[1] - margin)
    return Piece(picture[y0 : bounds[BOTTOM] + margin, x0 : bounds[2] + margin], x0, y0)


def read_cells(
    picture: Picture,
    cells: Sequence[CellInk],
    words: Sequence[Sequence[OcrWord]],
    readers: Readers,
    letter: float,
) -> list[CellReading]:
    """A reading for each cell, given the page pass's `words` of each."""
    settled = readers.trust > 0 and readers.marks is not None
    readings = [page_reading(found, readers.first, settled) for found in words]
    pieces = [cut(picture, cell.bounds) for cell in cells]
    for index in turned_cells(cells, readings, letter, readers.weak):
        if readers.marks is not None and reads_upright(words[index], readers.marks.is_word):
            continue
        readings[index] = read_turned(pieces[index], readings[index], readers.engine)
    elected = {i for i, c in enumerate(cells) if c.voted and letters_of(readings[i].text) >= WORDS_LETTERS}
    numeric = [i for i in numeric_cells(cells, readings, readers.weak) if i not in elected]
    figures = read_figures([pieces[i] for i in numeric], [readings[i] for i in numeric], readers, letter)
    # A figure on which its readers differ is no surer when one of them says the same again.
    weighed = {
        i
        for i, r in zip(numeric, figures, strict=True)
        if r.engine != readings[i].engine or (r.doubtful and is_figure_print(r.text))
    }
    for index, reading in zip(numeric, figures, strict=True):
        readings[index] = reading
    passed = weighed | elected if readers.reads_again else range(len(readings))
    weak = [i for i, r in enumerate(readings) if i not in passed and is_weak(r, readers.weak)]
    for index, reading in zip(
        weak, read_again([pieces[i] for i in weak], [readings[i] for i in weak], readers), strict=True
    ):
        readings[index] = reading
    readings = [unread(c, letter) if not r.text else r for c, r in zip(cells, readings, strict=True)]
    return repaired([(cell.row, cell.col) for cell in cells], readings, readers.marks)


def letters_of(text: str) -> int:
    """How many letters a reading has."""
    return sum(c.isalpha() for c in text)


def unread(cell: CellInk, letter: float) -> CellReading:
    """A cell whose ink nobody could read: doubtful when the ink is as high as a letter, else dirt."""
    height = cell.bounds[BOTTOM] - cell.bounds[1]
    return CellReading("", NO_READING, doubtful=True) if height >= TALL_AS_PRINT * letter else EMPTY


def is_weak(reading: CellReading, weak: float) -> bool:
    """Whether a reading is to be tried again alone: `weak` is its reader's own bound."""
    return not reading.text or reading.confidence < weak


def numeric_cells(cells: Sequence[CellInk], readings: Sequence[CellReading], weak: float) -> list[int]:
    """The cells to be read as figures: those that look like one or hold one letter, short ones that were
    badly read (below `weak`), and all short ones of columns in which most are figures."""
    by_column: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        by_column[cell.col].append(index)
    chosen: set[int] = set()
    for members in by_column.values():
        figures = [i for i in members if is_figure_print(readings[i].text) or is_dash(readings[i].text)]
        chosen.update(figures)
        chosen.update(i for i in members if is_sign(readings[i].text))
        chosen.update(i for i in members if is_weak(readings[i], weak) and is_short(readings[i].text))
        if len(figures) * 2 >= len(members):
            chosen.update(i for i in members if is_short(readings[i].text))
    return sorted(chosen)


def is_sign(text: str) -> bool:
    """Whether a text is a few signs with one letter at most, or bars: a misread dash, ones read as `I`."""
    return 0 < len(text) <= FEW_SIGNS and (sum(c.isalpha() for c in text) <= 1 or set(text) <= BARS)


def is_short(text: str) -> bool:
    """Whether a text in a column of figures may be a misread figure: a header's words are longer."""
    letters = sum(c.isalpha() for c in text)
    return len(text) <= SHORT_TEXT and letters <= FEW_LETTERS


def read_again(pieces: Sequence[Piece], page: Sequence[CellReading], readers: Readers) -> list[CellReading]:
    """Weak text cells read alone, a little larger; the surer reading stays, the other is kept beside it."""
    out = []
    for piece, first in zip(pieces, page, strict=True):
        second = page_reading(
            readers.engine.read(bordered(piece.picture, ROOM), "block"), readers.engine.name
        )
        out.append(surer(first, second))
    return out


def bordered(picture: Picture, scale: float) -> Picture:
    """A cut-out enlarged, in a white border."""
    larger = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return with_border(larger.astype(np.uint8), PAD)


def surer(first: CellReading, second: CellReading) -> CellReading:
    """The better of two readings of one cell, the other among its alternatives when it differs.

    The figures in a text are weighed apart. Those of the `first` reading were looked at by the number reader
    where it says so, and stand in the words of whichever of the two was the more confident; where one of them
    was doubtful, what the `second` reading bears out is sure. Other figures on which the two differ are
    doubtful."""
    if first.text == second.text:
        confidence = max(first.confidence, second.confidence, TWO_READERS if first.text else 0.0)
        return replace(first, confidence=confidence, doubtful=False)
    surely = second.confidence > first.confidence + CLEARLY_SURER
    best, other = (second, first) if surely else (first, second)
    others = (Reading(other.text, 1.0, f"{other.engine}-vie"),) if other.text else ()
    known = tuple(reading for reading in first.alternatives if reading.text != best.text)
    weak = best.confidence < UNSURE
    if _figures(first.text) == _figures(second.text):
        text = (_with_figures(best.text, first.text) if first.figures else "") or best.text
        return replace(best, text=text, alternatives=(*others, *known), doubtful=weak)
    if not first.figures:
        return replace(best, alternatives=(*others, *known), doubtful=True, figures="doubtful")
    borne_out = next((r for r in first.alternatives if _figures(r.text) == _figures(second.text)), None)
    if borne_out is not None:
        mended = _with_signs(first.text, borne_out.text, second.text)
        first = replace(first, text=mended, figures="confirmed")
    text = _with_figures(best.text, first.text) or first.text
    open_figures = first.figures == "doubtful"
    return replace(
        best,
        text=text,
        alternatives=known if open_figures else (),
        doubtful=weak or open_figures,
        figures=first.figures,
    )


def _with_signs(read: str, without: str, second: str) -> str:
    """The reading `without` the figures that were none, the signs that the `second` saw in their place put
    back (`Lĩnh vực 1`, an I): where both have as many words, its own."""
    pairs = list(zip(read.split(" "), second.split(" ")))
    if "\n" in read or read.count(" ") != second.count(" ") or len(_figures(without)) >= len(_figures(read)):
        return without
    return " ".join(("I" if b in LONE_BARS else b) if _figures(a) != _figures(b) else a for a, b in pairs)


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _with_figures(text: str, figures: str) -> str:
    """`text` with its words that hold figures taken from another reading of the same lines (`figures`), or ''
    where a line has not as many of them there."""
    lines, others = ([line.split(" ") for line in whole.split("\n")] for whole in (text, figures))
    if [len(_figured(line)) for line in lines] != [len(_figured(line)) for line in others]:
        return ""
    left = iter([word for line in others for word in _figured(line)])
    return "\n".join(" ".join(next(left) if _figured([word]) else word for word in line) for line in lines)


def _figured(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(c.isdigit() for c in word)]


def turned_cells(
    cells: Sequence[CellInk], readings: Sequence[CellReading], letter: float, weak: float
) -> list[int]:
    """Cells whose print seems to run upwards: taller than wide, more than a line high, and badly read (below
    `weak`)."""
    found = []
    for index, (cell, reading) in enumerate(zip(cells, readings, strict=True)):
        x0, y0, x1, y1 = cell.bounds
        tall = y1 - y0 > TALL * (x1 - x0) and y1 - y0 > TALLEST_LINE * letter
        if tall and reading.confidence < weak:
            found.append(index)
    return found


def reads_upright(words: Sequence[OcrWord], is_word: Callable[[str], bool]) -> bool:
    """Whether badly read words are words all the same: print that runs upwards gives hardly one."""
    long = [text for word in words if len(text := word.text.strip(EDGE)) > 1]
    return len(long) >= FEWEST_WORDS and sum(map(is_word, long)) >= WORD_SHARE * len(long)


def read_turned(piece: Piece, upright: CellReading, engine: Engine) -> CellReading:
    """A cell read as print that runs upwards (as Vietnamese headers have it) or, failing that, downwards."""
    tries: list[Callable[[], Picture]] = [
        lambda: turned(piece.picture, QUARTER),
        lambda: turned(piece.picture, THREE_QUARTERS),
    ]
    best = upright
    for attempt in tries:
        reading = page_reading(engine.read(bordered(attempt(), 1.0), "block"), engine.name)
        if reading.confidence > best.confidence:
            best = reading
        if best.confidence >= engine.weak:
            break
    return best
