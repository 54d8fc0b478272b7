"""A curved sheet made flat: the smooth field that makes rules and lines of print straight again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.prepare.components import Stats, parts_of
from extract.scan.prepare.frame import Matrix, Mesh
from extract.scan.prepare.ink import Mask, Picture
from extract.scan.prepare.traces import Traces, line_traces, rule_traces

Floats = NDArray[np.float64]

COARSE, FINE = (4, 2), (10, 5)
"""Pieces of the spline along lines and from line to line. A book's back bends within a tenth of the page's
width, and slowly from its head to its foot."""

DEGREE = 3
"""Of the spline: smooth up to its curvature."""

STIFFNESS = 2e-3
"""Weight, against each traced point, of the spline's second differences."""

REST = 1e-5
"""The same of its size: what no line tells stays as it is."""

ROUNDS = 4
"""Fits, each with the points weighed by how near the last one came to them."""

NEAR = 0.12
"""Letter heights off its line at which a point counts half: feet of g, p, y lie a third off."""

BENT = 0.18
"""Letter heights by which the field bends lines from which a page is no longer flat: what scanners' feeds do
stays below (5 pixels at 300 dpi)."""

WORTH_A_LOOK = 0.15
"""The same from which a page is looked at more closely. 110 pages of scans gave 0.00 to 0.14, pages
of bound books and photos 0.16 to 0.9."""

INNER, LOOKS = (0.05, 0.9), 12
"""Share of the traced points within which a field is looked at, for beyond them it is guessed, and how often
each way."""

FEWEST_LINES, FEWEST_RULES, FEWEST_POINTS = 5, 3, 60
"""Lines of print, standing rules, and points on them from which a bend can be told."""

MESH_STEP_PX = 16
"""Pixels between the mesh's nodes on the measured picture: at 110 dpi 3.7 mm."""

INVERSIONS = 8
"""Steps in which the field is turned round; each shortens the error by its slope, a tenth at most."""

STRIP_ROWS = 256
"""Rows that are drawn at once, to hold no map of the whole page."""

SPLINE_4 = 4
SPLINE_3 = 3
SPLINE_6 = 6
WHITE = 255


@dataclass(frozen=True, slots=True)
class Field:
    """How far points of a picture move across lines to make them straight: a cubic spline of `pieces` along
    and across lines, over a picture of `long` by `wide` pixels."""

    weights: Floats
    long: float
    wide: float
    pieces: tuple[int, int]

    def basis(self, along: Floats, across: Floats) -> Floats:
        """The spline's base functions at points: points x functions."""
        first = _splines(along / self.long, self.pieces[0])
        second = _splines(across / self.wide, self.pieces[1])
        return np.asarray((first[:, :, None] * second[:, None, :]).reshape(len(along), -1), np.float64)

    def at(self, along: Floats, across: Floats) -> Floats:
        """How far the points there move."""
        return np.asarray(self.basis(along, across) @ self.weights, np.float64)


def may_be_bent(stood: Mask, parts: Stats, degrees: float, letter_px: float) -> bool:
    """Whether the lines of a page are worth a closer look: a quick one at the feet of its letters. `stood` is
    its print without rules, upright, its lines falling by `degrees` to the right; `parts` are its parts."""
    if letter_px <= 0:
        return False
    lines = line_traces(stood, parts, letter_px)
    if not _are_enough(lines, FEWEST_LINES):
        return False
    level = replace(lines, across=lines.across - lines.along * math.tan(math.radians(degrees)))
    height, width = stood.shape
    coarse = _fitted(level, Field(np.zeros(0), width, height, COARSE), letter_px, ROUNDS - 1)
    return _bends_by(coarse, level) > WORTH_A_LOOK * letter_px


def _are_enough(traces: Traces, fewest: int) -> bool:
    return int(traces.line.max(initial=-1)) + 1 >= fewest and len(traces.line) >= FEWEST_POINTS


def mesh_of(ink: Mask, letter_px: float) -> Mesh | None:
    """The mesh that makes a level page flat, or None where it is flat already or too little runs straight on
    it. `ink` is the page's ink mask with its rules, level; `letter_px` the usual letter's height on it."""
    lying, lying_mask = rule_traces(ink, letter_px)
    standing, standing_mask = rule_traces(np.ascontiguousarray(ink.T), letter_px)
    no_lying = cv2.subtract(ink, lying_mask)
    print_mask = np.asarray(cv2.subtract(no_lying, np.ascontiguousarray(standing_mask.T)), np.uint8)
    across = lying.with_others(line_traces(print_mask, parts_of(print_mask), letter_px))
    height, width = ink.shape
    down_field = field_of(across, width, height, letter_px, FEWEST_LINES)
    side_field = field_of(standing, height, width, letter_px, FEWEST_RULES)
    if down_field is None and side_field is None:
        return None
    x, y = np.meshgrid(
        np.arange(0, width + MESH_STEP_PX + 1, MESH_STEP_PX, dtype=np.float64),
        np.arange(0, height + MESH_STEP_PX + 1, MESH_STEP_PX, dtype=np.float64),
    )
    flat_x, flat_y = x.ravel(), y.ravel()
    bent_x: Floats = flat_x
    bent_y: Floats = flat_y
    for _ in range(INVERSIONS):  # bent + moved(bent) = flat
        moved_x = side_field.at(bent_y, bent_x) if side_field else np.zeros_like(bent_x)
        moved_y = down_field.at(bent_x, bent_y) if down_field else np.zeros_like(bent_y)
        bent_x, bent_y = flat_x - moved_x, flat_y - moved_y
    moved = np.stack([bent_x - flat_x, bent_y - flat_y], axis=1).reshape(*x.shape, 2)
    return Mesh(moved.astype(np.float32), float(MESH_STEP_PX))


def field_of(traces: Traces, long: float, wide: float, letter_px: float, fewest: int) -> Field | None:
    """The smoothest field that straightens the traced lines, None where they are straight or fewer than
    `fewest`. Most pages are straight, so a coarse field is asked first."""
    if not _are_enough(traces, fewest):
        return None
    coarse = _fitted(traces, Field(np.zeros(0), long, wide, COARSE), letter_px, ROUNDS - 1)
    if _bends_by(coarse, traces) <= BENT * letter_px:
        return None
    return _fitted(traces, Field(np.zeros(0), long, wide, FINE), letter_px, ROUNDS)


def _bends_by(field: Field, traces: Traces) -> float:
    """By how many pixels a field bends the usual line of those that it bends most, where there is print."""
    left, right = np.quantile(traces.along, INNER)
    top, bottom = np.quantile(traces.across, INNER)
    x, y = np.meshgrid(np.linspace(left, right, LOOKS), np.linspace(top, bottom, LOOKS))
    moved = field.at(x.ravel(), y.ravel()).reshape(x.shape)
    return float(np.quantile(np.ptp(moved, axis=1), INNER[1]))


def _fitted(traces: Traces, empty: Field, letter_px: float, rounds: int) -> Field:
    """The field of the same size and pieces that straightens the lines best, points far off passed over."""
    basis = empty.basis(traces.along, traces.across)
    smooth = (_stiffness(empty.pieces) * STIFFNESS + np.eye(basis.shape[1]) * REST) * len(traces.line)
    weight, near = np.ones(len(traces.line)), NEAR * letter_px
    solved: Floats = np.zeros(basis.shape[1])
    for _ in range(rounds):
        design = basis - _mean_of_line(basis, weight, traces.line)
        target = traces.across - _mean_of_line(traces.across[:, None], weight, traces.line)[:, 0]
        weighted = design * weight[:, None]
        found = np.linalg.solve(weighted.T @ design + smooth, -(weighted.T @ target))
        solved = np.asarray(found, np.float64)
        weight = 1 / (1 + ((target + design @ solved) / near) ** 2)
    return replace(empty, weights=solved)


def _mean_of_line(values: Floats, weight: Floats, line: NDArray[np.int32]) -> Floats:
    """For each point the weighted mean of its line's values (points x columns). Lines come in order."""
    begins = np.flatnonzero(np.diff(line, prepend=-1))
    total = np.add.reduceat(values * weight[:, None], begins, axis=0)
    return np.asarray((total / np.add.reduceat(weight, begins)[:, None])[line], np.float64)


def _splines(t: Floats, pieces: int) -> Floats:
    """Uniform cubic B-splines over 0..1 (de Boor 1978) at `t`: points x (pieces + 3)."""
    scaled = np.clip(t, 0.0, 1.0) * pieces
    begin = np.minimum(scaled.astype(np.intp), pieces - 1)
    u = scaled - begin
    four = np.stack(
        [
            (1 - u) ** SPLINE_3,
            SPLINE_3 * u**SPLINE_3 - SPLINE_6 * u**2 + SPLINE_4,
            -SPLINE_3 * u**SPLINE_3 + SPLINE_3 * u**2 + SPLINE_3 * u + 1,
            u**SPLINE_3,
        ],
        axis=1,
    ) / math.factorial(SPLINE_3)
    out = np.zeros((len(t), pieces + SPLINE_3))
    np.put_along_axis(out, begin[:, None] + np.arange(four.shape[1]), four, axis=1)
    return out


def _stiffness(pieces: tuple[int, int]) -> Floats:
    """The quadratic form of the second differences of the spline's weights, both ways."""

    def bending(n: int) -> Floats:
        second = np.diff(np.eye(n), n=2, axis=0)
        return np.asarray(second.T @ second, np.float64)

    along, across = (n + DEGREE for n in pieces)
    return np.asarray(
        np.kron(bending(along), np.eye(across)) + np.kron(np.eye(along), bending(across)), np.float64
    )


def drawn_flat(picture: Picture, level: Matrix, mesh: Mesh, size: tuple[int, int]) -> Picture:
    """The picture of `size` (width, height) that `level` and then `mesh` make level and flat. What comes in
    from outside is white."""
    width, height = size
    out = np.empty((height, width), np.uint8)
    x = np.arange(width, dtype=np.float32)
    (a, b, c), (d, e, f) = np.asarray(cv2.invertAffineTransform(level), np.float32)
    for top in range(0, height, STRIP_ROWS):
        bottom = min(height, top + STRIP_ROWS)
        moved = mesh.rows(top, bottom, width)
        px = moved[..., 0] + x
        py = moved[..., 1] + np.arange(top, bottom, dtype=np.float32)[:, None]
        out[top:bottom] = cv2.remap(
            picture, a * px + b * py + c, d * px + e * py + f, cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT, borderValue=(WHITE, WHITE, WHITE),
        )  # fmt: skip
    return out
