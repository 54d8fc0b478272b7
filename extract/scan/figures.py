"""Cells of figures: the number reader's word beside the page pass's, and who is believed when they differ."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from extract.scan.apart import read_apart
from extract.scan.prepare.ink import Picture
from extract.scan.readers.montage import CUT, Piece, read_pieces
from extract.scan.readers.numbers.reader import NumberReader, NumberReading
from extract.scan.readings import (
    CellReading,
    Readers,
    is_dash,
    is_figure_print,
    is_plainly_text,
    is_words,
    key,
    page_reading,
)
from model.page import Reading

SURE = 0.97
"""Calibrated confidence of the number reader that needs no other reader beside the page pass."""

BORDER = 16
"""Pixels of white set round a cut-out for readers that look at its edges."""


CODE_SURE = 0.8
"""Confidence of the page pass from which a code of figures and letters is taken as read."""

_CODE = re.compile(r"\d[\d.]{3,}[.\-/][A-ZĐ]{1,3}\d{0,3}")
"""Codes such as those of administrative procedures (`1.012345.H01`)."""

_INNER_MARK = re.compile(r"(?<=\d)[.,](?=\d)")
_BARS = re.compile(r"I{2,3}\.?")
ROMAN_SURE = 0.96
"""Confidence of a Roman numeral of bars that the number reader does not take for ones: it passed over 80 of
80 numerals in twenty fonts and read 79 of 80 `11` and `111` there."""

DASH_HIGH = 10  # pixels
DASH_SHAPE = 1.5  # times as wide as high
DASH_WIDE = 60
DASH_SURE = 0.98
NUMBER_DOUBT = 0.5  # confidence from which the number reader is believed
SECOND_READER = 0.1  # of the doubt that stays where two agree
PAGE_FIGURE = 0.7
NUMBER_WEAK = 0.6
TWO_MINDS = 0.8
TWO_MINDS_PAGE = 0.9
LEAST_DOUBT = 1e-3
MOST_NATS = 7.0
AGREED = 0.97
FEW_LETTERS = 3
ENGLISH_SHARE = 0.6
ENGLISH_LEAST = 0.1
WHITE = 255


def read_figures(
    pieces: Sequence[Piece], page: Sequence[CellReading], readers: Readers, letter: float
) -> list[CellReading]:
    """Cells of figures read by the number reader, beside what the page pass read; where the two are not
    of one mind, Tesseract's English data is asked too. `letter` is the page's letter height in pixels."""
    if not pieces:
        return []
    name = readers.engine.name
    if readers.numbers is None:
        english = [page_reading(w, f"{name}-eng") for w in read_pieces(pieces, readers.engine, "eng")]
        return [two_readers(a, b) for a, b in zip(page, english, strict=True)]
    own = read_apart([piece.picture for piece in pieces], letter, partial(bordered_numbers, readers.numbers))
    open_cells = [i for i, (a, b) in enumerate(zip(page, own, strict=True)) if not settled(a, b)]
    third = read_pieces([pieces[i] for i in open_cells], readers.engine, "eng") if open_cells else []
    english_of = {i: page_reading(w, f"{name}-eng") for i, w in zip(open_cells, third, strict=True)}
    weighed = [weigh(a, b, english_of.get(i)) for i, (a, b) in enumerate(zip(page, own, strict=True))]
    return [sure_dash(r) if is_dash_shape(p) else r for p, r in zip(pieces, weighed, strict=True)]


def bordered_numbers(reader: NumberReader, pictures: Sequence[Picture]) -> list[NumberReading]:
    """What the number reader says of pictures, each with white round it."""
    return reader.read([with_border(picture, BORDER) for picture in pictures])


def is_dash_shape(piece: Piece) -> bool:
    """Whether a cell's ink is one short flat stroke."""
    height, width = piece.picture.shape[0] - 2 * CUT, piece.picture.shape[1] - 2 * CUT
    return bool(height <= DASH_HIGH and DASH_SHAPE * height <= width <= DASH_WIDE)


def sure_dash(reading: CellReading) -> CellReading:
    """A dash by its shape: no reader has to be asked for more, unless one saw a letter or figure in it."""
    if any(
        c.isalnum() and unicodedata.category(c) != "Lm" for c in reading.text
    ):  # a lone ˆ is a letter, too
        return reading
    others = reading.alternatives
    if reading.text and not is_dash(reading.text):
        others = (Reading(reading.text, 1.0, reading.engine), *others)
    return CellReading("-", max(reading.confidence, DASH_SURE), others, False, reading.engine)


def settled(page: CellReading, own: NumberReading) -> bool:
    """Whether the number reader and the page pass need no third: they agree, or the page pass has
    nothing to say against a sure figure, or both see words."""
    if not is_figure(own):
        return not is_figure_print(page.text)
    if key(own.text) == key(page.text):
        return own.confidence > NUMBER_DOUBT
    return own.confidence >= SURE and not is_plainly_text(page) and not is_figure_print(page.text)


def is_figure(own: NumberReading) -> bool:
    """Whether the number reader saw a figure, a dash or a tick: brackets and stops alone are rests of
    something else."""
    text = own.text.strip()
    return not own.rejected and (any(c.isdigit() for c in text) or is_dash(text) or text == "x")


def weigh(page: CellReading, own: NumberReading, english: CellReading | None) -> CellReading:
    """One reading out of two or three; a majority is sure, a lone voice is doubtful."""
    if not is_figure(own):
        return not_a_figure(page, own, english)
    others = [reading for reading in (page, english) if reading is not None and reading.text]
    against = Reading(own.text, 1.0, "numbers")
    agreed = any(key(reading.text) == key(own.text) for reading in others)
    if agreed and lost_a_line(page.text, own.text):
        beside = (Reading(page.text, 1.0, page.engine), *own.alternatives)
        return CellReading(own.text, own.confidence * TWO_MINDS, beside, True, "numbers")
    if agreed:
        confidence = max(own.confidence, 1 - (1 - own.confidence) * SECOND_READER)
        return CellReading(own.text, confidence, own.alternatives, own.confidence < NUMBER_DOUBT, "numbers")
    if own.confidence >= SURE and others and all(lost_marks(reading.text, own.text) for reading in others):
        return CellReading(own.text, own.confidence * TWO_MINDS, with_others(own, others), True, "numbers")
    if len(others) == 2 and key(others[0].text) == key(others[1].text):
        figure = is_figure_print(page.text)
        confidence = PAGE_FIGURE if figure else page.confidence
        return CellReading(page.text, confidence, (against, *own.alternatives), figure, page.engine)
    if _CODE.fullmatch(page.text.strip()):  # its letters are out of the number reader's alphabet
        return replace(page, alternatives=(against, *own.alternatives), doubtful=page.confidence < CODE_SURE)
    if is_plainly_text(page) or (is_words(page.text) and own.confidence < NUMBER_WEAK):
        doubtful = not is_plainly_text(page)
        return replace(page, alternatives=(against, *own.alternatives), doubtful=doubtful)
    sure = own.confidence >= SURE and not is_figure_print(page.text)
    confidence = own.confidence if sure else own.confidence * TWO_MINDS
    return CellReading(own.text, confidence, with_others(own, others), not sure, "numbers")


def lost_marks(read: str, own: str) -> bool:
    """Whether a reading has the digits that the number reader saw without a mark between them (`15`, `1,5`):
    Tesseract's networks pass over marks, the number reader makes none up as a rule."""
    same = re.sub(r"\D", "", read) == re.sub(r"\D", "", own)
    return same and is_figure_print(read) and len(_INNER_MARK.findall(read)) < len(_INNER_MARK.findall(own))


def lost_a_line(page: str, own: str) -> bool:
    """Whether the page pass saw figures in a further line of a cell that the number reader passed over (the
    faint rest of a broken code): readers lose figures, and make none up."""
    seen, kept = ("".join(filter(str.isdigit, text)) for text in (page, own))
    return page.count("\n") > own.count("\n") and len(seen) > len(kept) and kept in seen


def not_a_figure(page: CellReading, own: NumberReading, english: CellReading | None) -> CellReading:
    """What stands where the number reader sees no figure: the page pass's words; a figure that only the
    page pass saw is doubtful, and surer when the English data saw it too."""
    if not is_figure_print(page.text):
        bars = own.rejected and _BARS.fullmatch(page.text.strip())
        return replace(page, confidence=max(page.confidence, ROMAN_SURE)) if bars else page
    if english is not None and key(english.text) == key(page.text):
        return replace(
            page,
            alternatives=(*page.alternatives, *own.alternatives),
            confidence=TWO_MINDS_PAGE * page.confidence,
        )
    others = (Reading(english.text, 1.0, english.engine),) if english is not None and english.text else ()
    return replace(page, alternatives=(*others, *own.alternatives), doubtful=True)


def with_others(own: NumberReading, others: Sequence[CellReading]) -> tuple[Reading, ...]:
    """The number reader's alternatives and what the others read, cheapest first, each text once."""
    cost = -math.log(max(1 - own.confidence, LEAST_DOUBT)) if own.confidence < 1 else MOST_NATS
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
        return replace(english, confidence=max(AGREED, page.confidence, english.confidence))
    if not english.text or is_plainly_text(page) or sum(c.isalpha() for c in page.text) > FEW_LETTERS:
        return page
    if not page.text or is_dash(page.text) or is_figure_print(english.text):
        others = (Reading(page.text, 1.0, f"{page.engine}-vie"),) if page.text else ()
        return CellReading(
            english.text, ENGLISH_SHARE * english.confidence + ENGLISH_LEAST, others, True, english.engine
        )
    return replace(page, alternatives=(Reading(english.text, 1.0, english.engine),), doubtful=True)


def with_border(picture: Picture, width: int) -> Picture:
    """A picture with white round it."""
    return cv2.copyMakeBorder(picture, width, width, width, width, cv2.BORDER_CONSTANT, value=WHITE).astype(
        np.uint8
    )
