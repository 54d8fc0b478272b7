"""Thin lines that come in from the edge of a page: a copier's streak, a scratch of the glass.

A table's rules end where the table does, and round it a page has margins. A streak knows nothing of what is
printed: it runs through margins, headings and tables alike, often in pieces, and leans as the paper was fed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.rule_lines import RuleLine

BAND = 0.01
"""Of the page's height: bands over which a streak's ink is counted."""

INKED = 0.3
"""Share of a band's rows that a streak inks. On 54 copies every streak, half of its rows inked, had so much;
on 16 other scans no line from an edge but one had."""

FROM_EDGE = 5
"""Bands from the edge within which a streak is there: a copier's dark edge, painted over, may take some."""

MARGIN_BANDS = 3
"""Bands on end, from where it begins, that a streak inks: a number of the page in the margin is shorter."""

MOST_GAP, MOSTLY = 6, 0.6
"""Bands on end that a streak may lose (a thick rule, a bold heading), and the share of all that it inks."""

LEAST_LENGTH = 0.15
"""Of the page's height. Shorter ones part no columns."""

MOST_STREAKS = 2
"""Lines from an edge from which they are a cut-off table's own rules, not streaks."""

THICKEST = 4
"""Pixels at the resolution of rules: what is thicker is no streak."""

ASIDE = 1
"""Pixels by which a streak moves sideways from band to band, at most."""

NEAR = 3.0
"""Pixels at the resolution of rules from a streak within which a rule is a piece of it."""

PIECE, OVERLAP = 40, 20
"""Pixels at the resolution of rules of the pieces in which a streak is taken out (it may lean), and by which
they overlap: print of one line is crossed by one piece whole."""

WHITE = 255


@dataclass(frozen=True, slots=True)
class Track:
    """Where a streak runs, top down, in pixels of the picture it was found on: `xs` its column at each of
    `ys`."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]

    def x_at(self, y: float) -> float:
        """The streak's column at a row."""
        return float(np.interp(y, self.ys, self.xs))

    def covers(self, y: float) -> bool:
        """Whether the streak goes past a row."""
        return self.ys[0] <= y <= self.ys[-1]


def tracks_from_edges(thin: Mask) -> list[Track]:
    """The standing thin lines that come in from the upper or the lower edge of a page. `thin` is its
    ink as `thin_ink` gives it, upright."""
    wider = cv2.dilate(thin, np.ones((1, 2 * ASIDE + 1), np.uint8))
    band = max(1, round(BAND * thin.shape[0]))
    starts = np.arange(0, thin.shape[0] - band + 1, band)
    ends = [*starts[1:].tolist(), thin.shape[0]]
    inked = [
        cv2.reduce(wider[y0:y1], 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] // WHITE
        for y0, y1 in zip(starts.tolist(), ends, strict=True)
    ]
    shares = np.array(inked, np.float32) / np.float32(band)
    if len(shares) <= FROM_EDGE + MARGIN_BANDS:
        return []
    middles = starts + band / 2
    below = [_track(columns, middles[::-1], band) for columns in _followed(shares[::-1])]
    return below + [_track(columns, middles, band) for columns in _followed(shares)]


def thin_ink(hat: Picture, least: float) -> Mask:
    """255 on what is inked and no wider than a standing streak, of a page that comes transposed. `hat` is how
    much darker each of its pixels is than those beside it on the page, `least` what counts as ink."""
    ink = np.asarray(cv2.threshold(hat, least, WHITE, cv2.THRESH_BINARY)[1], np.uint8)
    wide = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((THICKEST + 1, 1), np.uint8))
    return np.asarray(cv2.subtract(ink, wide), np.uint8)


def _track(columns: Sequence[int], middles: NDArray[np.float64], band: int) -> Track:
    """The track of a streak followed from an edge, out to that edge and a band beyond its last; `middles` are
    the rows of the bands from the edge on."""
    ys = [float(y) for y in middles[: len(columns)]]
    onward = float(np.sign(middles[1] - middles[0])) * FROM_EDGE * band  # where it grows faint
    ys = [ys[0] - onward, *ys, ys[-1] + onward]
    xs = [float(x) for x in (columns[0], *columns, columns[-1])]
    pairs = sorted(zip(ys, xs, strict=True))
    return Track(tuple(y for y, _ in pairs), tuple(x for _, x in pairs))


def _followed(shares: NDArray[np.float32]) -> Iterator[list[int]]:
    """The columns, band by band from the edge (the first row of `shares`), of each line that comes in there;
    none where there are more than streaks are. `shares` says how much of each band a column's ink fills."""
    found: list[list[int]] = []
    taken = np.zeros(shares.shape[1], np.bool_)
    for first in range(FROM_EDGE):
        rows = shares[first : first + MARGIN_BANDS]
        for x in np.flatnonzero((rows >= INKED).all(axis=0)).tolist():
            if taken[x]:
                continue
            columns = _columns(shares, first, x)
            taken[max(0, x - THICKEST) : x + THICKEST + 1] = True
            if columns is not None:
                found.append(columns)
    if len(found) <= MOST_STREAKS:
        yield from found


def _columns(shares: NDArray[np.float32], first: int, x: int) -> list[int] | None:
    """The columns of the line that begins in band `first` at column `x`, from the edge to its last band, or
    None where it is too short or broken for a streak."""
    columns, last, hits = [x] * first, first, 0
    for band in range(first, len(shares)):
        left = max(0, x - ASIDE)
        near = shares[band, left : x + ASIDE + 1]
        if near.max() >= INKED:
            fullest = np.flatnonzero(near == near.max()) + left
            x = int(fullest[len(fullest) // 2])
            last = band
            hits += 1
        elif band - last > MOST_GAP:
            break
        columns.append(x)
    columns = columns[: last + 1]
    long = len(columns) >= LEAST_LENGTH * len(shares)
    return columns if long and hits >= MOSTLY * (last + 1 - first) else None


def streaks_of(tracks: Sequence[Track], thin: Mask, factor: float) -> list[RuleLine]:
    """The ink of streaks as rules that are no borders, in pieces: they are to be taken out as rules are.
    `thin` is the page's ink as `thin_ink` gives it, `factor` pixels of the page a pixel of it."""
    found = []
    for track in tracks:
        top, bottom = max(0, int(track.ys[0])), min(thin.shape[1], int(track.ys[-1]))
        for y0 in range(top, bottom, PIECE):
            y1 = min(bottom, y0 + PIECE + OVERLAP)
            ends = track.x_at(y0), track.x_at(y1)
            left = max(0, round(min(ends)) - ASIDE)
            mask = thin[left : round(max(ends)) + ASIDE + 1, y0:y1].copy()
            if cv2.countNonZero(mask):
                place = (ends[0] * factor, y0 * factor, ends[1] * factor, y1 * factor)
                found.append(RuleLine(*place, factor, False, y0, left, mask, border=False))
    return found


def on_track(rule: RuleLine, tracks: Sequence[Track], factor: float) -> bool:
    """Whether a standing rule (in pixels `factor` times finer than the tracks') is a piece of a streak."""
    ends = [(rule.x0 / factor, rule.y0 / factor), (rule.x1 / factor, rule.y1 / factor)]
    return any(all(track.covers(y) and abs(track.x_at(y) - x) <= NEAR for x, y in ends) for track in tracks)
