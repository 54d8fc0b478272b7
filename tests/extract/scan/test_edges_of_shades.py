"""Borders that the end of a shade stands for: none beside a rule, none through print."""

import numpy as np
import pytest

from extract.scan.page import edges_of_shades
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.rule_lines import Rules
from extract.scan.prepare.screens import COARSE
from extract.scan.prepare.sheet import Prepared, Sheet
from extract.tables.lattice import Lattice
from model.geometry import Box, Segment

SCALE = 0.24  # points a pixel of 300 dpi
LETTER = 30.0
END = 300  # the pixel row at which the header's screen ends


def prepared(print_at=(), mid=()):
    """A page with a screen over a header and lines of print (y) below; `mid` are letters at (x, y)."""
    picture = np.full((700, 1600), 255, np.uint8)
    for y in print_at:
        for x in range(140, 1400, 60):
            picture[y : y + 28, x : x + 24] = 20
    for x, y in mid:
        picture[y : y + 28, x : x + 24] = 20
    screens = np.zeros((700 // COARSE, 1600 // COARSE), np.uint8)
    screens[100 // COARSE : END // COARSE, 100 // COARSE : 1500 // COARSE] = 255
    frame = Frame.of_picture(1600, 700, 1600 * SCALE, 700 * SCALE)
    sheet = Sheet(picture, frame, 300.0, 1600 * SCALE, 700 * SCALE, letter=LETTER, screens=screens)
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    return Prepared(sheet, ink, Rules((), 1.0))


TABLE = Lattice(Box(24, 24, 360, 144), (24.0, 144.0), (24.0, 360.0), ())


def rule(y_px):
    return Segment(24, y_px * SCALE, 360, y_px * SCALE)


@pytest.mark.parametrize(
    ("page", "rules", "found"),
    [
        (prepared([340]), [], True),
        (prepared([340]), [rule(END)], False),
        # print stands at the end itself, so that the border moved down; the rule is above
        (prepared([290]), [rule(END - 32)], False),
        # most cells hold two lines, those of a row number and a figure stand between them
        (prepared([256, 330], [(1420, 286), (1450, 286)]), [], False),
    ],
)
def test_where_the_end_of_a_screen_is_a_border(page, rules, found):
    assert bool(edges_of_shades([TABLE], rules, page)) is found
