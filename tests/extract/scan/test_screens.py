"""Grounds of dots are taken out of a page before its rules are looked for; the print in them stays."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.prepare.rules import find_rules
from extract.scan.prepare.screens import COARSE, without_screens
from extract.scan.prepare.shade_edges import screen_edges

LETTER = 30.0
HEADER = (100, 100, 1500, 300)
COLUMNS = (100, 400, 800, 1150, 1500)
ROWS = (100, 200, 300, 420, 540)


def table(rule_tone: int = 110, words: bool = True) -> np.ndarray:
    """A ruled table of four columns; its header has two rows and words, its body figures."""
    page = np.full((700, 1600), 255, np.uint8)
    for y in ROWS:
        page[y : y + 2, 100:1502] = rule_tone
    for x in COLUMNS:
        page[100:542, x : x + 2] = rule_tone
    for left, right in itertools.pairwise(COLUMNS):
        for y in (165, 265) if words else ():
            cv2.putText(page, "Ho so", (left + 60, y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 6)
        for y in (380, 500):
            cv2.putText(page, "1.250", (right - 130, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    return page


def dotted(page: np.ndarray, share: float, tone: int, seed: int, size: int = 2) -> np.ndarray:
    """The page with dots of a shade over its header, `size` pixels a side."""
    x0, y0, x1, y1 = HEADER
    dots = np.random.default_rng(seed).random(((y1 - y0) // size, (x1 - x0) // size)) < share
    dots = np.kron(dots, np.ones((size, size), bool))
    out = page.copy()
    part = out[y0 : y0 + dots.shape[0], x0 : x0 + dots.shape[1]]
    part[dots] = np.minimum(part[dots], tone)
    return out


def in_header(mask: np.ndarray) -> np.ndarray:
    x0, y0, x1, y1 = HEADER
    return mask[y0 + 12 : y1 - 12, x0 + 12 : x1 - 12]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("share", [0.25, 0.4, 0.6])
def test_the_dots_of_a_screen_go_and_its_print_stays(share: float, seed: int) -> None:
    plain = table()
    found = without_screens(dotted(plain, share, 150, seed), 255, 60, LETTER)
    assert found is not None
    ink = cv2.dilate((plain < 250).astype(np.uint8), np.ones((9, 9), np.uint8))
    assert (in_header(found.picture)[in_header(plain) < 40] < 160).mean() > 0.95
    assert (in_header(found.picture)[in_header(ink) == 0] < 200).mean() < 0.002


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule_tone", [60, 110, 130])
def test_rules_of_the_dots_own_tone_are_found_in_a_screen(rule_tone: int, seed: int) -> None:
    """A header dithered in grey lost its rules, the lowest too: its rows were one, and the first of the body
    with them."""
    found = without_screens(dotted(table(rule_tone), 0.45, 145, seed), 255, 60, LETTER)
    assert found is not None
    rules = find_rules(found.ruled, 300.0, 195.0).lines

    def covered(at: float, horizontal: bool) -> float:
        near = [
            r for r in rules if r.horizontal == horizontal and abs((r.y0 if horizontal else r.x0) - at) < 8
        ]
        return sum(r.length for r in near)

    assert all(covered(y, True) > 1100 for y in ROWS)
    assert all(covered(x, False) > 350 for x in COLUMNS)


def test_stems_that_stand_under_each_other_make_no_rule_in_a_screen() -> None:
    page = table(words=False)
    for y in (145, 185, 245, 285):
        cv2.putText(page, "lililil", (480, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 5)
    found = without_screens(dotted(page, 0.45, 150, 1), 255, 60, LETTER)
    assert found is not None
    lines = [r for r in find_rules(found.ruled, 300.0, 195.0).lines if not r.horizontal]
    assert not [r for r in lines if 440 < r.x0 < 760]


def test_a_screen_of_the_ink_s_own_tone_is_told_by_its_strokes() -> None:
    """A page dithered to black and white: dots as black as the letters, and far finer."""
    plain = table(rule_tone=0)
    found = without_screens(dotted(plain, 0.35, 0, 2, size=1), 255, 0, LETTER)
    assert found is not None
    letters = in_header(plain < table(rule_tone=0, words=False))
    assert (in_header(found.picture)[letters] < 128).mean() > 0.85
    far = cv2.dilate((plain < 250).astype(np.uint8), np.ones((13, 13), np.uint8)) == 0
    assert (in_header(found.picture)[in_header(far)] < 128).mean() < 0.01


def text_page() -> np.ndarray:
    page = np.full((900, 1600), 255, np.uint8)
    for y in range(60, 880, 46):
        cv2.putText(
            page, "Bao cao ket qua giai quyet ho so 1.250", (40, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 0, 4
        )
    return page


def test_print_however_dense_is_no_screen() -> None:
    assert without_screens(text_page(), 255, 0, LETTER) is None
    assert without_screens(table(), 255, 0, LETTER) is None


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.0, 0.0015))
def test_specks_are_no_screen(seed: int, share: float) -> None:
    page = text_page()
    page[np.random.default_rng(seed).random(page.shape) < share] = 0
    assert without_screens(page, 255, 0, LETTER) is None


def test_a_leader_of_dots_and_dotted_rules_are_no_screen() -> None:
    page = np.full((600, 1600), 255, np.uint8)
    for y in range(60, 580, 60):
        page[y : y + 3, 40:1560:9] = page[y : y + 3, 41:1560:9] = page[y : y + 3, 42:1560:9] = 0
    assert without_screens(page, 255, 0, LETTER) is None


def test_a_tiny_picture_has_none() -> None:
    assert without_screens(np.full((5, 5), 255, np.uint8), 255, 0, LETTER) is None


def screen_over(rows: tuple[int, int], height: int = 700) -> np.ndarray:
    mask = np.zeros((height // COARSE, 1600 // COARSE), np.uint8)
    mask[rows[0] // COARSE : rows[1] // COARSE, 100 // COARSE : 1500 // COARSE] = 255
    return mask


def test_a_screen_ends_where_a_row_does() -> None:
    picture, bounds = np.full((700, 1600), 255, np.uint8), (100, 100, 1500, 560)
    edges = screen_edges(screen_over((100, 300)), picture, bounds, LETTER, 200.0)
    assert len(edges) == 1 and all(abs(y - 300) <= COARSE for y in edges[0])
    edges = screen_edges(screen_over((220, 340)), picture, bounds, LETTER, 200.0)
    assert len(edges) == 2 and all(abs(e - y) <= COARSE for (_, e), y in zip(edges, (220, 340), strict=True))


def test_the_end_of_a_screen_cuts_no_print() -> None:
    picture, bounds = np.full((700, 1600), 255, np.uint8), (100, 100, 1500, 560)
    for x in range(140, 1400, 60):
        picture[290:318, x : x + 24] = 20  # a line of print across the end of the screen at 300
    edges = screen_edges(screen_over((100, 300)), picture, bounds, LETTER, 200.0)
    assert all(abs(end - 300) <= COARSE and not 288 < edge < 320 for end, edge in edges)


def test_a_shade_of_a_few_cells_ends_no_row() -> None:
    picture, mask = np.full((700, 1600), 255, np.uint8), np.zeros((175, 400), np.uint8)
    mask[25:75, 25:120] = 255
    assert screen_edges(mask, picture, (100, 100, 1500, 560), LETTER, 200.0) == []
    assert screen_edges(np.zeros((175, 400), np.uint8), picture, (100, 100, 1500, 560), LETTER, 200.0) == []
