"""Strokes at a page's edge are its shadow, no column."""

from types import SimpleNamespace

import numpy as np

from extract.scan.lines.running_text import without_edge
from extract.scan.readers.engine import OcrWord
from model.geometry import Box
from model.page import Word

SHEET = SimpleNamespace(picture=np.full((900, 600), 255, np.uint8), letter=20.0)


def piece(text, x0, x1):
    return Word(text, Box(x0, 100, x1, 120), 0.9), OcrWord(text, x0, 100, x1, 120, 0.9, (0, 0, 0))


def test_the_shadow_beside_a_page_is_no_column():
    """`I` at the edge of a bound book's page ran two tables with unlike columns into one, in silence."""
    shadow, far = piece("I", 597, 599), piece("I", 300, 304)
    figure, word = piece("7", 580, 592), piece("II", 590, 599)
    assert without_edge([far, shadow, figure, word], SHEET) == [far, figure, word]
    assert without_edge([piece("l", 1, 3)], SHEET) == []
