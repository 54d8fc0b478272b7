"""Punch holes of a copy: what is one, and what is print."""

import cv2
import numpy as np
import pytest

from extract.scan.prepare.holes import hole_mask

A4 = (1754, 1240)  # 150 dpi: 6 mm are 35 pixels, 12 mm 71


def page_with(draw):
    page = np.zeros(A4, np.uint8)
    draw(page)
    return page


@pytest.mark.parametrize(
    ("at", "radius"), [((71, 600), 18), ((71, 1070), 18), ((40, 600), 16), ((1170, 600), 18), ((600, 60), 18)]
)
def test_a_hole_is_painted_over_with_its_edge(at, radius):
    mask = hole_mask(page_with(lambda p: cv2.circle(p, at, radius, 255, -1)), A4)
    assert mask is not None
    assert mask[at[1] - radius, at[0]] and mask[at[1] + radius, at[0]]
    assert cv2.countNonZero(mask) < 2 * 3.15 * radius**2


def test_a_hole_is_found_on_half_the_picture():
    half = cv2.resize(page_with(lambda p: cv2.circle(p, (71, 600), 18, 255, -1)), (620, 877))
    mask = hole_mask(np.where(half > 127, 255, 0).astype(np.uint8), A4)
    assert mask is not None and mask.shape == A4 and mask[600, 71]


@pytest.mark.parametrize(
    "draw",
    [
        lambda p: cv2.circle(p, (600, 800), 18, 255, -1),  # in the midst of the page
        lambda p: cv2.circle(p, (71, 600), 18, 255, 3),  # a ring: a seal, a number in a circle
        lambda p: cv2.circle(p, (71, 600), 7, 255, -1),  # a bullet
        lambda p: cv2.circle(p, (120, 600), 70, 255, -1),  # a stain
        lambda p: cv2.rectangle(p, (55, 585), (88, 618), 255, -1),  # a box filled in
        lambda p: cv2.ellipse(p, (71, 600), (18, 11), 0, 0, 360, 255, -1),
        lambda p: cv2.putText(p, "SO 12", (60, 600), cv2.FONT_HERSHEY_DUPLEX, 1.6, 255, 4),
    ],
)
def test_what_is_no_hole_stays(draw):
    assert hole_mask(page_with(draw), A4) is None
