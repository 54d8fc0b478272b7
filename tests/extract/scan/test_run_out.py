"""Lines that come in from a page's edge: copiers' streaks, never a table's rules."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.scan.prepare.rule_lines import RuleLine
from extract.scan.prepare.run_out import Track, on_track, streaks_of, thin_ink, tracks_from_edges
from extract.scan.prepare.streaks import with_streaks_marked

HEIGHT, WIDTH, LEAST = 1750, 1240, 40.0


def page() -> NDArray[np.uint8]:
    """How much darker than its neighbours each pixel of an empty page is."""
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def thin(hat: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page's thin ink, upright."""
    return np.ascontiguousarray(thin_ink(np.ascontiguousarray(hat.T), LEAST).T)


def streak(
    hat: NDArray[np.uint8], x: int, y0: int, y1: int, *, share: float = 0.6, drift: float = 0.0
) -> None:
    """A line a pixel wide of which a share of the rows is inked, in no order."""
    inked = np.random.default_rng(7).random(HEIGHT) < share
    for y in range(y0, y1):
        if inked[y]:
            hat[y, round(x + drift * (y - y0))] = 200


@pytest.mark.parametrize("share", [0.45, 0.6, 1.0])
@pytest.mark.parametrize("drift", [0.0, 0.015, -0.02])
def test_a_streak_out_to_the_foot_of_the_page_is_followed(share: float, drift: float) -> None:
    hat = page()
    streak(hat, 600, 360, HEIGHT - 8, share=share, drift=drift)
    (track,) = tracks_from_edges(thin(hat))
    assert track.covers(400) and track.covers(1740) and not track.covers(200)
    for y in (500, 1000, 1600):
        assert track.x_at(y) == pytest.approx(600 + drift * (y - 360), abs=2)


def test_a_streak_from_the_head_of_the_page_is_followed() -> None:
    hat = page()
    streak(hat, 300, 4, 1200)
    (track,) = tracks_from_edges(thin(hat))
    assert track.covers(10) and not track.covers(1400)


def test_a_streak_goes_on_behind_a_bold_heading() -> None:
    hat = page()
    streak(hat, 600, 360, HEIGHT)
    hat[900:980, 500:700] = 0  # swallowed by letters that are no thin line
    (track,) = tracks_from_edges(thin(hat))
    assert track.covers(500)


@pytest.mark.parametrize(
    ("what", "x", "y0", "y1"),
    [
        ("a table's rule ends above the margin", 600, 200, 1600),
        ("a page number stands in the margin", 620, HEIGHT - 60, HEIGHT - 40),
        ("a short scratch parts no columns", 600, HEIGHT - 200, HEIGHT),
    ],
)
def test_what_is_no_streak(what: str, x: int, y0: int, y1: int) -> None:
    hat = page()
    hat[y0:y1, x] = 200
    assert tracks_from_edges(thin(hat)) == [], what


def test_rules_of_a_table_that_was_cut_off_are_no_streaks() -> None:
    hat = page()
    for x in (200, 500, 800):
        hat[300:, x] = 200
    assert tracks_from_edges(thin(hat)) == []


def test_a_thick_border_is_no_streak() -> None:
    hat = page()
    hat[300:, 600:606] = 200
    assert tracks_from_edges(thin(hat)) == []


def test_the_ink_of_a_streak_is_taken_out_line_of_print_by_line() -> None:
    """Every stretch as long as a line of print is high lies whole in one piece, so that a figure crossed is
    known to be."""
    hat = page()
    streak(hat, 600, 360, HEIGHT)
    pieces = streaks_of(tracks_from_edges(thin(hat)), thin(hat).T, 2.0)
    assert pieces and not any(piece.border or piece.horizontal for piece in pieces)
    for y in range(800, 3400, 7):
        assert any(piece.y0 <= y and y + 30 <= piece.y1 for piece in pieces)


def standing(x: float, y0: float, y1: float, tone: float) -> RuleLine:
    return RuleLine(x, y0, x, y1, 2.0, False, 0, 0, np.zeros((1, 1), np.uint8), tone=tone)


def lying(y: float) -> RuleLine:
    return RuleLine(100.0, y, 900.0, y, 2.0, True, 0, 0, np.zeros((1, 1), np.uint8))


def test_a_rule_on_a_streaks_way_is_no_border_unless_it_is_as_dark_and_long_as_one() -> None:
    rows = [lying(y) for y in range(400, 1001, 100)]
    others = [standing(x, 400, 1000, 0.9) for x in (100.0, 900.0)]
    track = Track((300.0, 1700.0), (500.0, 500.0))
    piece, border = standing(500.0, 350, 1020, 0.4), standing(501.0, 400, 1000, 0.9)
    assert on_track(piece, [track], 1.0)
    assert not on_track(standing(520.0, 400, 1000, 0.9), [track], 1.0)
    for own, kept in ((piece, False), (border, True)):
        marked = with_streaks_marked([*others, own], rows, 1.0, [track])
        assert [rule.border for rule in marked if abs(rule.x0 - 500) < 2] == [kept]
