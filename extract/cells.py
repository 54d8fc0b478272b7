"""The cells of a table on a scanned page: words read, numbers read twice, weak ones read again."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.montage import Piece, read_pieces
from extract.ocr.engine import Engine, OcrWord
from extract.ocr.marks import MarkReader
from extract.ocr.numbers.reader import NumberReader, NumberReading
from extract.ordinals import settled_ordinals
from extract.preprocess.ink import Mask, Picture
from extract.preprocess.orientation import turned
from model.page import Reading
from normalize.unicode import nfc

Bounds = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels of the upright page

NUMERIC = re.compile(r"[+\-−–(]?\s*\d[\d\s.,/%+\-−–()=xX:]*")
"""What a figure, ordinal, fraction, formula or date looks like once read."""

DASHES = frozenset("-–—−_.")

WEAK = 0.82
"""Word confidence of Tesseract below which a text cell is read again alone."""

SURE = 0.97
"""Calibrated confidence of the number reader that needs no other reader beside the page pass."""

CUT = 3
"""Pixels of paper left round the ink of a cut-out cell."""

BORDER = 16
"""Pixels of white set round a cut-out for readers that look at its edges."""

INSET = 4
"""Pixels inside a cell's borders where rests of the rules may lie."""


@dataclass(frozen=True, slots=True)
class CellInk:
    """A cell to be read: its row and column in the lattice, and where its ink lies."""

    row: int
    col: int
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class CellReading:
    """What stands in a cell; see `model.page.GridCell` for the meaning of the fields."""

    text: str
    confidence: float
    alternatives: tuple[Reading, ...] = ()
    doubtful: bool = False
    engine: str = ""


EMPTY = CellReading("", 1.0)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads: `engine` words, `numbers` figures (None without its weights: `engine` in English then
    takes its place), `marks` decides Vietnamese marks by their context (None: as the engine read them)."""

    engine: Engine
    numbers: NumberReader | None
    marks: MarkReader | None = None


def inked_bounds(ink: Mask, bounds: Bounds, letter: float) -> Bounds | None:
    """Where ink lies within a cell, or None when the cell is empty.

    Dust smaller than a full stop and rests of rules along the border are passed over.
    """
    x0, y0, x1, y1 = bounds
    x0, y0, x1, y1 = max(0, x0 + INSET), max(0, y0 + INSET), x1 - INSET, y1 - INSET
    part = ink[y0:y1, x0:x1]
    if part.size == 0 or cv2.countNonZero(part) < 6:
        return None
    height, width = part.shape
    stats = cv2.connectedComponentsWithStats(part, connectivity=8)[2][1:]
    x, y, w, h, area = stats.T
    least = max(6.0, 0.02 * letter * letter)
    at_side = ((x <= 1) | (x + w >= width - 1)) & (w <= 6) & (h > 1.2 * w)
    at_end = ((y <= 1) | (y + h >= height - 1)) & (h <= 6) & (w > 2.5 * h)
    real = (area >= least) & ~at_side & ~at_end
    if not real.any():
        return None
    left, top, right, bottom = _around(stats[real])
    # Marks (the dot below, a comma) may be as small as dust: near the print they belong to it.
    near = 0.4 * letter
    marks = (area >= 5) & ~at_side & ~at_end
    marks &= (x + w > left - near) & (x < right + near) & (y + h > top - near) & (y < bottom + near)
    left, top, right, bottom = _around(stats[real | marks])
    return x0 + left, y0 + top, x0 + right, y0 + bottom


def _around(stats: NDArray[np.int32]) -> Bounds:
    """The bounds of connected components (rows of x, y, width, height, area)."""
    return (
        int(stats[:, 0].min()),
        int(stats[:, 1].min()),
        int((stats[:, 0] + stats[:, 2]).max()),
        int((stats[:, 1] + stats[:, 3]).max()),
    )


def cut(picture: Picture, bounds: Bounds, margin: int = CUT) -> Piece:
    """The ink of a cell, cropped tight."""
    x0, y0 = max(0, bounds[0] - margin), max(0, bounds[1] - margin)
    return Piece(picture[y0 : bounds[3] + margin, x0 : bounds[2] + margin], x0, y0)


def read_cells(
    picture: Picture,
    cells: Sequence[CellInk],
    words: Sequence[Sequence[OcrWord]],
    readers: Readers,
    letter: float,
) -> list[CellReading]:
    """A reading for each cell, given the page pass's `words` of each."""
    readings = [page_reading(found) for found in words]
    pieces = [cut(picture, cell.bounds) for cell in cells]
    for index in turned_cells(cells, readings, letter):
        readings[index] = read_turned(pieces[index], readings[index], readers.engine)
    numeric = numeric_cells(cells, readings)
    figures = read_figures([pieces[i] for i in numeric], [readings[i] for i in numeric], readers)
    for index, reading in zip(numeric, figures, strict=True):
        readings[index] = reading
    read_by_figures = {i for i, r in zip(numeric, figures, strict=True) if r.engine != readers.engine.name}
    weak = [i for i, r in enumerate(readings) if i not in read_by_figures and is_weak(r)]
    for index, reading in zip(
        weak, read_again([pieces[i] for i in weak], [readings[i] for i in weak], readers), strict=True
    ):
        readings[index] = reading
    readings = [unread(c, letter) if not r.text else r for c, r in zip(cells, readings, strict=True)]
    return with_ordinals(cells, with_marks(readings, readers.marks))


def unread(cell: CellInk, letter: float) -> CellReading:
    """A cell whose ink nobody could read: doubtful when the ink is as high as a letter, else dirt."""
    height = cell.bounds[3] - cell.bounds[1]
    return CellReading("", 0.2, doubtful=True) if height >= 0.6 * letter else EMPTY


def with_marks(readings: Sequence[CellReading], marks: MarkReader | None) -> list[CellReading]:
    """Texts with their marks decided by context; what the engine read stays among the alternatives."""
    if marks is None:
        return list(readings)
    lines = [[line.split(" ") for line in r.text.split("\n")] for r in readings]
    settled = marks.settled([[word for line in cell for word in line] for cell in lines])
    out = []
    for reading, cell, words in zip(readings, lines, settled, strict=True):
        left = iter(words)
        text = "\n".join(" ".join(next(left) for _ in line) for line in cell)
        if text != reading.text:
            literal = Reading(reading.text, 2.0, "tesseract-vie")
            reading = replace(reading, text=text, alternatives=(literal, *reading.alternatives))
        out.append(reading)
    return out


def with_ordinals(cells: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """Ordinals of the first two columns settled by their run; what was read stays among the alternatives."""
    out = list(readings)
    for column in (0, 1):
        members = sorted(
            (i for i, cell in enumerate(cells) if cell.col == column), key=lambda i: cells[i].row
        )
        texts = settled_ordinals([readings[i].text for i in members])
        for index, text in zip(members, texts, strict=True):
            old = readings[index]
            if text != old.text.strip():
                literal = Reading(old.text, 1.0, old.engine)
                out[index] = replace(
                    old, text=text, alternatives=(literal, *old.alternatives), doubtful=False
                )
    return out


def page_reading(words: Sequence[OcrWord]) -> CellReading:
    """The words of one cell from the page pass: a blank between words, a line break between lines."""
    lines: dict[tuple[int, int, int], list[OcrWord]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    ordered = sorted(lines.values(), key=lambda line: min(w.y0 for w in line))
    text = "\n".join(" ".join(w.text for w in sorted(line, key=lambda w: w.x0)) for line in ordered)
    if not words:
        return CellReading("", 0.0)
    letters = sum(len(w.text) for w in words)
    confidence = sum(w.confidence * len(w.text) for w in words) / max(letters, 1)
    lowest = min(w.confidence for w in words)
    return CellReading(
        nfc(text.replace("⁄", "/")), min(confidence, (confidence + lowest) / 2), engine="tesseract"
    )


def is_weak(reading: CellReading) -> bool:
    """Whether a reading is to be tried again alone."""
    return not reading.text or reading.confidence < WEAK


def looks_numeric(text: str) -> bool:
    """Whether a text is a figure and nothing else."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(NUMERIC.fullmatch(line) for line in lines)


def is_dash(text: str) -> bool:
    """Whether a text is the lone dash that stands for none."""
    return bool(text.strip()) and set(text.strip()) <= DASHES


def numeric_cells(cells: Sequence[CellInk], readings: Sequence[CellReading]) -> list[int]:
    """The cells to be read as figures: those that look like one, short ones that were badly read, and
    all short ones of columns in which most are figures."""
    by_column: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        by_column[cell.col].append(index)
    chosen: set[int] = set()
    for members in by_column.values():
        figures = [i for i in members if looks_numeric(readings[i].text) or is_dash(readings[i].text)]
        chosen.update(figures)
        chosen.update(i for i in members if is_weak(readings[i]) and is_short(readings[i].text))
        if len(figures) * 2 >= len(members):
            chosen.update(i for i in members if is_short(readings[i].text))
    return sorted(chosen)


def is_short(text: str) -> bool:
    """Whether a text in a column of figures may be a misread figure: a header's words are longer."""
    letters = sum(c.isalpha() for c in text)
    return len(text) <= 14 and letters <= 5


def read_figures(pieces: Sequence[Piece], page: Sequence[CellReading], readers: Readers) -> list[CellReading]:
    """Cells of figures read by the number reader, beside what the page pass read; where the two are not
    of one mind, Tesseract's English data is asked too."""
    if not pieces:
        return []
    if readers.numbers is None:
        english = [page_reading(w) for w in read_pieces(pieces, readers.engine, "eng")]
        return [two_readers(a, b) for a, b in zip(page, english, strict=True)]
    own = readers.numbers.read([with_border(piece.picture, BORDER) for piece in pieces])
    open_cells = [i for i, (a, b) in enumerate(zip(page, own, strict=True)) if not settled(a, b)]
    third = read_pieces([pieces[i] for i in open_cells], readers.engine, "eng") if open_cells else []
    english_of = {i: page_reading(w) for i, w in zip(open_cells, third, strict=True)}
    weighed = [weigh(a, b, english_of.get(i)) for i, (a, b) in enumerate(zip(page, own, strict=True))]
    return [sure_dash(r) if is_dash_shape(p) else r for p, r in zip(pieces, weighed, strict=True)]


def is_dash_shape(piece: Piece) -> bool:
    """Whether a cell's ink is one short flat stroke."""
    height, width = piece.picture.shape[0] - 2 * CUT, piece.picture.shape[1] - 2 * CUT
    return bool(height <= 10 and 1.5 * height <= width <= 60)


def sure_dash(reading: CellReading) -> CellReading:
    """A dash by its shape: no reader has to be asked for more."""
    if not is_dash(reading.text):
        return reading
    return replace(reading, text="-", confidence=max(reading.confidence, 0.98), doubtful=False)


def key(text: str) -> str:
    """A reading's figures and signs, for telling whether two readers saw the same."""
    plain = text.replace("−", "-").replace("–", "-").replace("—", "-").replace("_", "-").replace("X", "x")
    return re.sub(r"\s+", "", plain).strip("|")


def settled(page: CellReading, own: NumberReading) -> bool:
    """Whether the number reader and the page pass need no third: they agree, or the page pass has
    nothing to say against a sure figure, or both see words."""
    if own.rejected or not own.text:
        return not looks_numeric(page.text)
    if key(own.text) == key(page.text):
        return own.confidence > 0.5
    return own.confidence >= SURE and not is_plainly_text(page) and not looks_numeric(page.text)


def is_plainly_text(page: CellReading) -> bool:
    """Whether the page pass surely read words."""
    return sum(c.isalpha() for c in page.text) >= 2 and page.confidence >= 0.85


def weigh(page: CellReading, own: NumberReading, english: CellReading | None) -> CellReading:
    """One reading out of two or three; a majority is sure, a lone voice is doubtful."""
    if own.rejected or not own.text:
        return not_a_figure(page, own, english)
    others = [reading for reading in (page, english) if reading is not None and reading.text]
    against = Reading(own.text, 1.0, "numbers")
    if any(key(reading.text) == key(own.text) for reading in others):
        confidence = max(own.confidence, 1 - (1 - own.confidence) * 0.1)
        return CellReading(own.text, confidence, own.alternatives, own.confidence < 0.5, "numbers")
    if len(others) == 2 and key(others[0].text) == key(others[1].text):
        figure = looks_numeric(page.text)
        confidence = 0.7 if figure else page.confidence
        return CellReading(page.text, confidence, (against, *own.alternatives), figure, page.engine)
    if is_plainly_text(page) or (is_words(page.text) and own.confidence < 0.6):
        doubtful = not is_plainly_text(page)
        return replace(page, alternatives=(against, *own.alternatives), doubtful=doubtful)
    sure = own.confidence >= SURE and not looks_numeric(page.text)
    confidence = own.confidence if sure else own.confidence * 0.8
    return CellReading(own.text, confidence, with_others(own, others), not sure, "numbers")


def not_a_figure(page: CellReading, own: NumberReading, english: CellReading | None) -> CellReading:
    """What stands where the number reader sees no figure: the page pass's words; a figure that only the
    page pass saw is doubtful, and surer when the English data saw it too."""
    if not looks_numeric(page.text):
        return page
    if english is not None and key(english.text) == key(page.text):
        return replace(
            page, alternatives=(*page.alternatives, *own.alternatives), confidence=0.9 * page.confidence
        )
    others = (Reading(english.text, 1.0, "tesseract-eng"),) if english is not None and english.text else ()
    return replace(page, alternatives=(*others, *own.alternatives), doubtful=True)


def is_words(text: str) -> bool:
    """Whether a text is neither a figure nor a dash."""
    return bool(text) and not looks_numeric(text) and not is_dash(text)


def with_others(own: NumberReading, others: Sequence[CellReading]) -> tuple[Reading, ...]:
    """The number reader's alternatives and what the others read, cheapest first, each text once."""
    cost = -math.log(max(1 - own.confidence, 1e-3)) if own.confidence < 1 else 7.0
    known = {key(own.text)}
    found = []
    for reading in sorted(
        (*own.alternatives, *(Reading(r.text, cost, r.engine) for r in others)), key=lambda r: r.cost
    ):
        if reading.text and key(reading.text) not in known:
            known.add(key(reading.text))
            found.append(reading)
    return tuple(found)


def two_readers(page: CellReading, english: CellReading) -> CellReading:
    """Without a number reader: agreement of the two languages makes a sure cell, anything else a
    doubtful one (English reads figures better)."""
    if key(page.text) == key(english.text):
        return replace(
            english, confidence=max(0.97, page.confidence, english.confidence), engine="tesseract-eng"
        )
    if not english.text or is_plainly_text(page) or sum(c.isalpha() for c in page.text) > 3:
        return page
    if not page.text or is_dash(page.text) or looks_numeric(english.text):
        others = (Reading(page.text, 1.0, "tesseract-vie"),) if page.text else ()
        return CellReading(english.text, 0.6 * english.confidence + 0.1, others, True, "tesseract-eng")
    return replace(page, alternatives=(Reading(english.text, 1.0, "tesseract-eng"),), doubtful=True)


def read_again(pieces: Sequence[Piece], page: Sequence[CellReading], readers: Readers) -> list[CellReading]:
    """Weak text cells read alone, a little larger; the surer reading stays, the other is kept beside it."""
    out = []
    for piece, first in zip(pieces, page, strict=True):
        second = page_reading(readers.engine.read(bordered(piece.picture, 1.3), "block"))
        out.append(surer(first, second))
    return out


def bordered(picture: Picture, scale: float) -> Picture:
    """A cut-out enlarged, in a white border."""
    larger = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return with_border(larger.astype(np.uint8), 20)


def with_border(picture: Picture, width: int) -> Picture:
    """A picture with white round it."""
    return cv2.copyMakeBorder(picture, width, width, width, width, cv2.BORDER_CONSTANT, value=255).astype(
        np.uint8
    )


def surer(first: CellReading, second: CellReading) -> CellReading:
    """The better of two readings of one cell, the other among its alternatives when it differs."""
    if first.text == second.text:
        return replace(first, confidence=max(first.confidence, second.confidence, 0.9 if first.text else 0.0))
    best, other = (second, first) if second.confidence > first.confidence + 0.02 else (first, second)
    others = (Reading(other.text, 1.0, "tesseract-vie"),) if other.text else ()
    return replace(best, alternatives=others, doubtful=best.confidence < 0.6)


def turned_cells(cells: Sequence[CellInk], readings: Sequence[CellReading], letter: float) -> list[int]:
    """Cells whose print seems to run upwards: much taller than wide, and badly read."""
    found = []
    for index, (cell, reading) in enumerate(zip(cells, readings, strict=True)):
        x0, y0, x1, y1 = cell.bounds
        if y1 - y0 > 2.2 * (x1 - x0) and y1 - y0 > 4 * letter and reading.confidence < WEAK:
            found.append(index)
    return found


def read_turned(piece: Piece, upright: CellReading, engine: Engine) -> CellReading:
    """A cell read as print that runs upwards (as Vietnamese headers have it) or, failing that, downwards."""
    tries: list[Callable[[], Picture]] = [
        lambda: turned(piece.picture, 90),
        lambda: turned(piece.picture, 270),
    ]
    best = upright
    for attempt in tries:
        reading = page_reading(engine.read(bordered(attempt(), 1.0), "block"))
        if reading.confidence > best.confidence:
            best = reading
        if best.confidence >= WEAK:
            break
    return best
