"""Print under a shade is kept, its dots go; cells without a shade are left alone."""

import cv2
import numpy as np
import pytest

from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import ink_mask
from extract.scan.prepare.rule_lines import Rules
from extract.scan.prepare.shades import FEWEST_DOTS, dots_in, without_shades
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
