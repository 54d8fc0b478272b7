"""Which figure of a short row stands in which column: learned from the full rows of the same table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, fsum, log

from extract.dump.tokens import Shape, Token, shape_of

_COARSE: dict[Shape, str] = {
    "percent": "percent",
    "fraction": "plain",
    "signed": "signed",
    "small": "plain",
    "decimal": "plain",
    "whole": "plain",
    "large": "plain",
    "zero": "plain",
    "dash": "dash",
    "mark": "mark",
    "junk": "junk",
}
_ROUNDS = 4
_MOST_PATTERNS = 4000
_FINE_PRIOR = 0.15  # of a shape never met in a column: additive smoothing
_FINE_MASS = 1.5
_COARSE_PRIOR = 0.2
_COARSE_MASS = 1.2
_LEAST_CHANCE = 0.1
_OPENS_PRIOR = 0.5
_FINE_WEIGHT = 0.75
_COARSE_WEIGHT = 0.25
_OPENS_WEIGHT = 0.7
_SIGNS, _SIGN_WEIGHT = (
    ("+", "-", "−", "–"),
    0.7,
)  # a column of differences has signs, one of shares or counts has none
_TOGETHER_PRIOR = 0.4
_TOGETHER_MASS = 0.8
_POSSIBLE = 0.05  # chance from which a column is one that a figure may stand in
_E = 2.718281828


MayBe = Callable[[Sequence[Token], Sequence[int]], bool]


@dataclass(frozen=True, slots=True)
class Placement:
    """The columns of a row's figures, how sure (0..1) that they are these, and all that they may stand in."""

    columns: tuple[int, ...]
    sureness: float
    possible: frozenset[int] = frozenset()


class ColumnModel:
    """Counts of what stands in each column: shapes, signs, line beginnings, emptiness."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.fine: list[Counter[str]] = [Counter() for _ in range(width)]
        self.coarse: list[Counter[str]] = [Counter() for _ in range(width)]
        self.opens: list[Counter[bool]] = [Counter() for _ in range(width)]
        self.signed: list[Counter[bool]] = [Counter() for _ in range(width)]
        self.together: Counter[tuple[int, int]] = Counter()
        self.rows = 0.0

    def learn(self, run: Sequence[Token], columns: Sequence[int], weight: float) -> None:
        """Counts a row whose figures are known to stand in `columns`."""
        self.rows += weight
        for token, col in zip(run, columns, strict=True):
            shape = shape_of(token.text)
            self.fine[col][shape] += weight  # type: ignore[assignment]
            self.coarse[col][_COARSE[shape]] += weight  # type: ignore[assignment]
            self.opens[col][token.opens] += weight  # type: ignore[assignment]
            self.signed[col][token.text[:1] in _SIGNS] += weight  # type: ignore[assignment]
            for other in columns:
                self.together[col, other] += weight  # type: ignore[assignment]

    def fits(self, token: Token, col: int) -> float:
        """The log-likelihood of a figure in a column."""
        shape = shape_of(token.text)
        total = sum(self.fine[col].values())
        fine = (self.fine[col][shape] + _FINE_PRIOR) / (total + _FINE_MASS)
        coarse = (self.coarse[col][_COARSE[shape]] + _COARSE_PRIOR) / (total + _COARSE_MASS)
        if shape in ("dash", "junk"):  # a dash or a smudge may stand anywhere
            fine, coarse = max(fine, _LEAST_CHANCE), max(coarse, _LEAST_CHANCE)
        opens = (self.opens[col][token.opens] + _OPENS_PRIOR) / (total + 1.0)
        signed = (self.signed[col][token.text[:1] in _SIGNS] + _OPENS_PRIOR) / (total + 1.0)
        looks = log(_FINE_WEIGHT * fine + _COARSE_WEIGHT * coarse)
        return looks + _OPENS_WEIGHT * log(opens) + _SIGN_WEIGHT * log(signed)

    def rates(self) -> list[list[float]]:
        """For each column (second index) how often it is filled where another (first) is; on the diagonal how
        often at all."""
        return [
            [
                (self.together[other, col] + _TOGETHER_PRIOR)
                / ((self.rows if other == col else self.together[other, other]) + _TOGETHER_MASS)
                for col in range(self.width)
            ]
            for other in range(self.width)
        ]


def _filled_together(rates: Sequence[Sequence[float]], columns: Sequence[int]) -> float:
    """The log-likelihood that just these columns are filled, from pairs of columns."""
    score = 0.0
    for col in range(len(rates)):
        found = [rates[other][col] for other in columns if other != col] or [rates[col][col]]
        score += log(fsum(found) / len(found)) if col in columns else log(1 - max(found))
    return score


def place_rows(
    runs: Sequence[Sequence[Token]], width: int, may_be: MayBe = lambda run, columns: True
) -> list[Placement | None]:
    """The columns of each row's figures; None for a row with none, or with more than there are columns.

    Full rows teach a model of the columns; short rows are placed by it, and teach it in turn, the surer
    the more (expectation maximization, a few rounds). None is surer than the full rows alone make it: what
    short rows teach each other may be wrong in all of them. `may_be` says which columns a short row's figures
    may stand in; where it leaves none, they may stand in any.
    """
    first = ColumnModel(width)
    for run in runs:
        if len(run) == width:
            first.learn(run, range(width), 1.0)
    model = first
    placed: list[Placement | None] = [None] * len(runs)
    for _ in range(_ROUNDS):
        refined = ColumnModel(width)
        rates = model.rates()
        for i, run in enumerate(runs):
            placed[i] = _likeliest(_chances(model, rates, run, width, may_be))
            if placement := placed[i]:
                refined.learn(run, placement.columns, placement.sureness if len(run) < width else 1.0)
        model = refined
    rates = first.rates()
    for i, run in enumerate(runs):
        placement = placed[i]
        if placement and placement.sureness > 0 and len(run) < width:
            chances = _chances(first, rates, run, width, may_be)
            sure = min(placement.sureness, chances.get(placement.columns, 0.0))
            possible = {c for columns, chance in chances.items() if chance >= _POSSIBLE for c in columns}
            placed[i] = Placement(placement.columns, sure, frozenset((*possible, *placement.columns)))
    return placed


def _likeliest(chances: Mapping[tuple[int, ...], float]) -> Placement | None:
    best = max(chances, key=lambda columns: (chances[columns], [-c for c in columns]), default=None)
    return Placement(best, chances[best]) if best is not None else None


def _chances(
    model: ColumnModel, rates: Sequence[Sequence[float]], run: Sequence[Token], width: int, may_be: MayBe
) -> dict[tuple[int, ...], float]:
    """The columns that a row's figures may stand in, each with its probability; {} for a row with none."""
    if not run or len(run) > width:
        return {}
    if len(run) == width:
        return {tuple(range(width)): 1.0}
    if comb(width, len(run)) > _MOST_PATTERNS:
        return {tuple(range(len(run))): 0.0}
    fits = [[model.fits(token, col) for col in range(width)] for token in run]
    every = list(combinations(range(width), len(run)))
    scores = {
        columns: fsum(fits[i][col] for i, col in enumerate(columns)) + _filled_together(rates, columns)
        for columns in [columns for columns in every if may_be(run, columns)] or every
    }
    top = max(scores.values())
    mass = fsum(_E ** (score - top) for score in scores.values())
    return {columns: _E ** (score - top) / mass for columns, score in scores.items()}
