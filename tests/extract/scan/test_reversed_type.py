"""Light print on dark ground: set dark on light where it stands, all other print left as it is."""

import cv2
import numpy as np
import pytest

from extract.scan.prepare.reversed_type import reversed_type

DPI = 200
MM = DPI / 25.4
PAPER = 244
GROUNDS = {"black": (0, 0, 0), "blue": (150, 84, 47), "green": (53, 130, 84), "grey": (110, 110, 110)}


def page(ground=(0, 0, 0), print_on_it=(255, 255, 255), lean=0.0, light=None):
    """A page with two lines of print and, at 60 to 72 mm, a panel of three cells parted by light rules."""
    picture = np.full((round(297 * MM), round(210 * MM), 3), PAPER, np.uint8)
    for y, text in ((40, "BAO CAO TONG HOP"), (50, "Ket qua 9 thang dau nam")):
        cv2.putText(picture, text, (round(40 * MM), round(y * MM)), 0, 1.4, (20, 20, 20), 5)
    for x0, x1, text in ((30, 45, "TT"), (45, 110, "Co so y te"), (110, 180, "Luot kham")):
        corners = (round(x0 * MM) + 1, round(60 * MM)), (round(x1 * MM) - 1, round(72 * MM))
        cv2.rectangle(picture, *corners, ground, -1)
        cv2.putText(picture, text, (corners[0][0] + 12, round(68 * MM)), 0, 1.1, print_on_it, 3)
    cv2.putText(picture, "1  Tram Dong 63 13.341", (round(32 * MM), round(79 * MM)), 0, 1.1, (20, 20, 20), 3)
    if lean:
        turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), lean, 1)
        size = (picture.shape[1], picture.shape[0])
        picture = cv2.warpAffine(picture, turn, size, borderValue=(PAPER,) * 3)
    if light is not None:
        picture = (picture * light(picture)[..., None]).astype(np.uint8)
    return picture


def row(picture, y_mm, x0_mm=48, x1_mm=108):
    """A strip of a picture, grey."""
    strip = picture[round((y_mm - 3) * MM) : round((y_mm + 3) * MM), round(x0_mm * MM) : round(x1_mm * MM)]
    return strip if strip.ndim == 2 else cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=list(GROUNDS))
@pytest.mark.parametrize("grey", [False, True])
def test_a_panel_becomes_print_on_paper(ground, grey):
    picture = page(ground)
    picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if grey else picture
    before = picture.copy()
    out = reversed_type(picture, DPI)
    assert np.array_equal(picture, before)  # the picture given is left as it is
    assert out is not None and out.shape == picture.shape
    strip = row(out, 66)
    assert np.median(strip) > PAPER - 10
    assert 0.03 < np.mean(strip < 100) < 0.4
    assert np.array_equal(row(out, 79), row(picture, 79))  # the first row below
    assert np.array_equal(row(out, 40), row(picture, 40))


def test_a_panel_keeps_a_border_and_the_rules_between_its_cells():
    out = reversed_type(page(), DPI)
    across = out[round(66 * MM), round(25 * MM) : round(185 * MM)].min(axis=1)
    dark = np.flatnonzero(np.diff((across < 60).astype(int)) == 1)
    assert any(abs(x / MM + 25 - 45) < 1 for x in dark) and any(abs(x / MM + 25 - 110) < 1 for x in dark)
    down = out[round(55 * MM) : round(75 * MM), round(75 * MM)].min(axis=1)
    assert any(abs(y / MM + 55 - 60) < 1 for y in np.flatnonzero(down < 60))


@pytest.mark.parametrize("lean", [-3.2, -1.0, 2.5])
def test_a_panel_on_a_page_that_leans(lean):
    out = reversed_type(page(lean=lean), DPI)
    assert out is not None and np.mean(out < 100) < np.mean(page(lean=lean) < 100) / 2


def test_a_panel_in_the_uneven_light_of_a_photo():
    def light(picture):
        across = np.linspace(1.0, 0.5, picture.shape[1], dtype=np.float32)
        return np.tile(across, (picture.shape[0], 1))

    out = reversed_type(page(light=light), DPI)
    assert out is not None and np.median(row(out, 66)) > 150


@pytest.mark.parametrize(
    "picture",
    [
        page((200, 200, 200), (20, 20, 20)),  # a shade under dark print
        page((0, 0, 0), (0, 0, 0)),  # bars without print
        page((PAPER, PAPER, PAPER), (20, 20, 20)),
        np.full((600, 600), 255, np.uint8),
        np.zeros((600, 600), np.uint8),
        np.full((64, 64, 3), 128, np.uint8),
    ],
)
def test_what_has_no_light_print_is_left_alone(picture):
    assert reversed_type(picture, DPI) is None


def test_the_black_edges_of_a_copy_are_no_panel():
    picture = page((PAPER, PAPER, PAPER), (20, 20, 20))
    picture[:, : round(12 * MM)] = 0
    cv2.putText(picture, "1999", (4, 900), 0, 1.0, (255, 255, 255), 3)
    assert reversed_type(picture, DPI) is None
