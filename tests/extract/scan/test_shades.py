"""Print under a shade is kept, its dots go; cells without a shade are left alone."""

import cv2
import numpy as np
import pytest

from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import ink_mask
from extract.scan.prepare.rule_lines import Rules
from extract.scan.prepare.shades import FEWEST_DOTS, dots_in, with_shades_of, without_shades
from extract.scan.prepare.sheet import Prepared, Sheet

CELL = (20, 20, 420, 180)
LETTER = 30.0


def printed(text="So 12,5"):
    page = np.full((200, 440), 255, np.uint8)
    cv2.putText(page, text, (60, 115), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 5)
    return page


def dithered(page, share, tone, seed, size=1):
    """The page's cell with dots of a shade that cover `share` of it."""
    x0, y0, x1, y1 = CELL
    dots = np.random.default_rng(seed).random(((y1 - y0) // size, (x1 - x0) // size)) < share
    dots = np.kron(dots, np.ones((size, size), bool))
    out = page.copy()
    part = out[y0 : y0 + dots.shape[0], x0 : x0 + dots.shape[1]]
    part[dots] = np.minimum(part[dots], tone)
    return out


def prepared(page):
    sheet = Sheet(
        page, Frame.of_picture(440, 200, 105.6, 48.0), 300.0, 105.6, 48.0, threshold=150, letter=LETTER
    )
    return Prepared(sheet, ink_mask(page, 150), Rules((), 2.0))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("share", "tone", "size"), [(0.5, 125, 1), (0.2, 125, 2), (0.05, 0, 3), (0.4, 140, 2)]
)
def test_dots_go_and_print_stays(share, tone, size, seed):
    plain = printed()
    clean = without_shades(prepared(dithered(plain, share, tone, seed, size)), [CELL])
    print_ink, ground = (
        plain < 40,
        cv2.dilate((plain < 150).astype(np.uint8), np.ones((25, 25), np.uint8)) == 0,
    )
    assert (clean.ink[print_ink] > 0).mean() > 0.9
    assert (clean.ink[ground] > 0).mean() < 0.002


@pytest.mark.parametrize("text", ["", "-", "12.345.678", "ii ;:., ..."])
def test_a_plain_cell_is_no_shade(text):
    page = prepared(printed(text))
    assert without_shades(page, [CELL]) is page


def test_a_text_set_full_to_the_borders_is_no_shade():
    page = np.full((200, 440), 255, np.uint8)
    for y in range(55, 190, 45):
        cv2.putText(page, "day kin o nay den le", (24, y), cv2.FONT_HERSHEY_SIMPLEX, 1.15, 0, 3)
    assert dots_in(ink_mask(page, 150)[20:180, 20:420], LETTER) < FEWEST_DOTS


def test_faint_print_that_a_page_break_cut_at_the_border_is_no_shade():
    """A cell full of small print whose letters break: odd pieces beside many letters are no dots, though the
    last line reaches the border."""
    page = np.full((900, 440), 255, np.uint8)
    for line in range(20):
        cv2.putText(page, "Ho so de nghi cap lai", (34, 44 + 43 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 90, 2)
    rng = np.random.default_rng(1)
    for y, x in zip(rng.integers(60, 850, 30), rng.integers(60, 380, 30)):
        page[y : y + 3, x : x + 3] = np.minimum(page[y : y + 3, x : x + 3], 150)
    page = page[:875]
    box = (20, 4, 420, 875)
    sheet = Sheet(
        page,
        Frame.of_picture(440, 875, 105.6, 210.0),
        300.0,
        105.6,
        210.0,
        threshold=180,
        ink=80,
        letter=20.0,
    )
    plain = Prepared(sheet, ink_mask(page, 180), Rules((), 2.0))
    assert without_shades(plain, [box]) is plain


def test_a_cell_cut_in_two_is_looked_at_again():
    """A column painted over as one cell, then cut into rows: its header was no shaded cell, and was not voted
    on."""
    page = prepared(dithered(printed(), 0.05, 0, 1, 3))
    once = without_shades(page, [CELL])
    x0, y0, x1, y1 = CELL
    halves = [(x0, y0, x1, 100), (x0, 100, x1, y1)]
    again = with_shades_of(once, halves)
    assert set(again.shaded) == set(halves)
    assert np.array_equal(again.shaded[halves[0]], page.sheet.picture[y0:100, x0:x1])
    assert with_shades_of(once, [CELL]) is once


def test_a_row_without_height_is_no_reason_to_give_a_page_up():
    """Two rules of a lattice may round to one row of pixels: the cells between them have no picture."""
    page = prepared(dithered(printed(), 0.05, 0, 1, 3))
    x0, y0, x1, y1 = CELL
    flat = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x1, y0, x1, y1)]
    assert set(without_shades(page, [CELL, *flat]).shaded) == {CELL}
    assert with_shades_of(page, flat) is page
