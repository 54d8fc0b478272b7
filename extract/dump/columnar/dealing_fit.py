"""How well a figure fits a cell, by what the column and the row hold so far, for many beginnings at once.

What a column holds is its figures' makes and sizes in powers of ten (a mean and the sum of squared distances
from it), what a row holds the makes of its figures and by how much their sizes are off their columns' means.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log10

import numpy as np
from numpy.typing import NDArray

from extract.dump.columnar.dealing_steps import PASSED, Steps
from extract.dump.columnar.figures import make_of, size_of

Numbers = NDArray[np.float64]

_MAKES = ("whole", "decimal", "whole%", "decimal%", "fraction")
# Spread of sizes in powers of ten: of a column's before its figures tell (as so many would), of a row's
# figures round what the others of the row lead to expect; nats of a size that is nowhere near.
_SPREAD, _PRIOR, _ROW_SPREAD, _MOST_APART = 0.7, 2.0, 0.3, 3.0
# Of a make before the figures tell; how far the row's makes count beside the column's.
_OTHER_MAKE, _BY_ROW = 0.3, 0.15

Kind = tuple[int, float] | None
"""A figure's make, as its place among the makes, and its size; None of one that tells nothing."""


def kind_of_figure(text: str) -> Kind:
    """The make and size of a figure."""
    make, size = make_of(text), size_of(text)
    return (_MAKES.index(make), size) if make and size is not None else None


@dataclass(frozen=True, slots=True)
class Known:
    """What the columns (n, width) and rows (n, height) of n beginnings hold."""

    counts: Numbers
    means: Numbers
    squares: Numbers
    makes: Numbers
    row_counts: Numbers
    row_offs: Numbers
    row_makes: Numbers

    @classmethod
    def empty(cls, height: int, width: int, total: bool) -> Known:
        """One beginning that holds nothing; of a `total` in the last row the size is about known."""
        row_counts, row_offs = np.zeros((1, height)), np.zeros((1, height))
        if total:
            row_counts[:, -1], row_offs[:, -1] = 1.0, log10(height)
        counts, means, squares = np.zeros((1, width)), np.zeros((1, width)), np.zeros((1, width))
        makes, row_makes = np.zeros((1, width, len(_MAKES))), np.zeros((1, height, len(_MAKES)))
        return cls(counts, means, squares, makes, row_counts, row_offs, row_makes)

    def at(self, chosen: NDArray[np.intp]) -> Known:
        """What the beginnings `chosen` hold."""
        return Known(*[getattr(self, name)[chosen] for name in _FIELDS])

    def fits(self, steps: Steps, kind: Kind) -> Numbers:
        """The nats of the figure in the cells that the steps choose; 0 of those that pass it over."""
        out = np.zeros(len(steps.parents))
        if kind is None:
            return out
        make, size = kind
        put = np.flatnonzero(steps.rows != PASSED)
        at, row, col = steps.parents[put], steps.rows[put], steps.cols[put]
        count = self.counts[at, col]
        spread = np.sqrt((self.squares[at, col] + _PRIOR * _SPREAD * _SPREAD) / (count + _PRIOR))
        apart = (size - self.means[at, col]) / spread
        sizes = 0.5 * apart * apart + np.log(spread)
        others = self.row_counts[at, row]
        expected = self.means[at, col] + self.row_offs[at, row] * others / (others + 1.0)
        by_row = 0.5 * ((size - expected) / _ROW_SPREAD) ** 2 + log(_ROW_SPREAD)
        sizes = np.minimum(np.where(others > 0, np.minimum(sizes, by_row), sizes), _MOST_APART)
        makes = (1.0 - _BY_ROW) * _share(self.makes[at, col], make)
        makes += _BY_ROW * _share(self.row_makes[at, row], make)
        out[put] = np.where(count > 0, sizes - np.log(makes), 0.0)  # every column has one first figure
        return out

    def grown(self, steps: Steps, kind: Kind) -> Known:
        """What is known after the steps."""
        new = self.at(steps.parents)
        if kind is None:
            return new
        make, size = kind
        put = np.flatnonzero(steps.rows != PASSED)
        row, col = steps.rows[put], steps.cols[put]
        count = new.counts[put, col]
        off = size - new.means[put, col]
        told = count > 0
        others = new.row_counts[put, row]
        whole = (new.row_offs[put, row] * others + off) / (others + 1.0)
        new.row_offs[put, row] = np.where(told, whole, new.row_offs[put, row])
        new.row_counts[put, row] = others + told
        mean = new.means[put, col] + off / (count + 1.0)
        new.squares[put, col] += np.where(told, off * (size - mean), 0.0)
        new.means[put, col] = mean
        new.counts[put, col] = count + 1.0
        new.makes[put, col, make] += 1.0
        new.row_makes[put, row, make] += 1.0
        return new


_FIELDS = tuple(Known.__dataclass_fields__)


def _share(makes: Numbers, make: int) -> Numbers:
    """How likely a make is among the makes (n, makes) of a column or row."""
    return np.asarray((makes[:, make] + _OTHER_MAKE) / (makes.sum(axis=1) + len(_MAKES) * _OTHER_MAKE))
