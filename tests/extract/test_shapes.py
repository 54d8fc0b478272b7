"""What figures' shapes say of them, before anybody reads them."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.pdf.shapes import NONE, shape_of, shapes, surely_shaped
from extract.pdf.specimen import MARK, Specimen

FINER = 4


def specimen(signs, size=22, font="DejaVuSans.ttf", typed=None, rule=False):
    """Signs drawn in a font, in boxes of their widths, and what they are typed as."""
    drawn = ImageFont.truetype(font, size * FINER)
    pieces = []
    for sign in signs:
        sheet = Image.new("L", (round(drawn.getlength(sign)), 2 * size * FINER), 255)
        ImageDraw.Draw(sheet).text((0, 1.4 * size * FINER), sign, 0, font=drawn, anchor="ls")
        pieces.append(
            cv2.resize(np.asarray(sheet), (sheet.width // FINER, 2 * size), interpolation=cv2.INTER_AREA)
        )
    picture = np.hstack(pieces)
    if rule:
        picture[2:4] = 0
    figures = tuple(("F", char) for char in (typed or [s if s.isdigit() else MARK + s for s in signs]))
    return Specimen(figures, size, picture, tuple(np.cumsum([p.shape[1] for p in pieces]).tolist()))


@pytest.mark.parametrize("size", [14, 18, 22, 30])
@pytest.mark.parametrize("font", ["DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSans-Bold.ttf"])
def test_no_figure_is_taken_for_another(font, size):
    """A font may call each of its figures any other."""
    every = list("0123456789")
    for turn in range(1, 10):
        assert not surely_shaped([specimen(every, size, font, [str((int(d) + turn) % 10) for d in every])])


@pytest.mark.parametrize("rule", [False, True], ids=["bare", "under a rule"])
@pytest.mark.parametrize("font", ["DejaVuSans.ttf", "DejaVuSerif.ttf"])
def test_most_figures_are_known_at_once(font, rule):
    found = surely_shaped([specimen("0123456789", font=font, rule=rule)])
    assert len(found) >= 8


def test_a_figure_that_is_called_a_sign_is_none():
    figures = list("0123456789")
    assert not surely_shaped([specimen(figures, typed=[MARK + "/"] * 10)])
    assert surely_shaped([specimen("/")]) == {("F", MARK + "/")}


def test_a_specimen_without_ink_shows_nothing():
    assert not surely_shaped(
        [Specimen((("F", "1"),), 9, np.full((30, 12), 255, np.uint8), (12,)), specimen(" ")]
    )
    assert not surely_shaped([])


def test_chances_are_those_of_classes():
    piece = np.random.default_rng(1).integers(0, 255, (20, 9), np.uint8)
    chances = shapes().chances(np.stack([shape_of(piece, 0, 20)] * 3))
    assert chances.shape == (3, NONE + 1)
    assert np.allclose(chances.sum(axis=1), 1)


def test_what_is_left_of_a_specimen_is_what_was_taken_out():
    whole = specimen("0123456789")
    left = whole.without({("F", "1"), ("F", "3")})
    assert left is not None
    assert left.text == "02456789"
    own = dict(whole.pieces())
    assert all(np.array_equal(piece, own[figure]) for figure, piece in left.pieces())
    assert whole.without(set(whole.figures)) is None
