"""Printed rules: pieces joined into straight rules, rules that touch gathered into sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from model.geometry import Segment

MOST_OF_EXTENT = 0.6
"""Share of a table's extent over which a rule that meets nothing parts its columns or rows all the same."""

_BROKEN = 6  # tolerances of white in a broken rule
_LEAST_LENGTH = 1e-6
_QUARTER = 4
_ALIGNED = 1.5  # tolerances


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical rule: `at` is its constant coordinate, `start..end` where it runs.
    `inked` are the pieces of it that are really drawn."""

    at: float
    start: float
    end: float
    inked: tuple[tuple[float, float], ...]

    @property
    def length(self) -> float:
        return self.end - self.start


def cluster(values: Iterable[float], gap: float) -> list[list[float]]:
    """`values` sorted and cut where two neighbours lie more than `gap` apart."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= gap:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def joined_rules(segments: Sequence[Segment], tolerance: float) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules: pieces on one line (within the tolerance, drifting slowly where a
    sheet is bent, or going on where the other ends) with gaps of at most six tolerances are one rule."""
    across = [_Piece.of(s.y0, s.y1, s.x0, s.x1) for s in segments if s.horizontal]
    along = [_Piece.of(s.x0, s.x1, s.y0, s.y1) for s in segments if not s.horizontal]
    return _joined(across, tolerance), _joined(along, tolerance)


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    """A piece of a rule: its middle, where it runs, and where it lies at its start and at its end."""

    at: float
    start: float
    end: float
    first: float
    last: float

    @staticmethod
    def of(first: float, last: float, start: float, end: float) -> _Piece:
        if start > end:
            first, last, start, end = last, first, end, start
        return _Piece((first + last) / 2, start, end, first, last)

    def goes_on_in(self, other: _Piece, tolerance: float) -> bool:
        """Whether another piece begins where this one ends: beside a book's spine the last inch of a rule
        may lie lower than the rest of it."""
        return abs(other.start - self.end) <= tolerance and abs(other.first - self.last) <= tolerance


def _joined(pieces: list[_Piece], tolerance: float) -> list[Rule]:
    """Rules from pieces; see `joined_rules`."""
    by_place: list[list[_Piece]] = []
    for piece in sorted(pieces):
        group = by_place[-1] if by_place else []
        if group and (piece.at - group[-1].at <= tolerance or _linked(group, piece, tolerance)):
            group.append(piece)
        else:
            by_place.append([piece])
    rules = []
    for group in by_place:
        group.sort(key=lambda p: p.start)
        run: list[tuple[float, float, float]] = []
        reach = float("-inf")
        for piece in group:
            if run and piece.start - reach > _BROKEN * tolerance:
                rules.append(_rule(run))
                run = []
                reach = float("-inf")
            run.append((piece.at, piece.start, piece.end))
            reach = max(reach, piece.end)
        rules.append(_rule(run))
    return rules


def _linked(group: Sequence[_Piece], piece: _Piece, tolerance: float) -> bool:
    """Whether a piece goes on where one of a group ends, or ends where one begins."""
    return any(own.goes_on_in(piece, tolerance) or piece.goes_on_in(own, tolerance) for own in group)


def _rule(run: Sequence[tuple[float, float, float]]) -> Rule:
    weight = fsum(max(end - start, _LEAST_LENGTH) for _, start, end in run)
    at = fsum(place * max(end - start, _LEAST_LENGTH) for place, start, end in run) / weight
    inked: list[tuple[float, float]] = []
    for _, start, end in run:
        if inked and start <= inked[-1][1]:
            inked[-1] = (inked[-1][0], max(inked[-1][1], end))
        else:
            inked.append((start, end))
    return Rule(at, inked[0][0], max(end for _, end in inked), tuple(inked))


def coverage(rules: Sequence[Rule], start: float, end: float, tolerance: float) -> float:
    """The share (0..1) of start..end that the rules ink; ends within the tolerance are not asked for."""
    inset = min(tolerance, (end - start) / _QUARTER)
    low, high = start + inset, end - inset
    if high <= low:
        return 0.0
    pieces = sorted(
        (max(a, low), min(b, high)) for rule in rules for a, b in rule.inked if a < high and b > low
    )
    inked, reach = 0.0, low
    for a, b in pieces:
        if b > reach:
            inked += b - max(a, reach)
            reach = b
    return inked / (high - low)


def connected_rules(
    across: Sequence[Rule], along: Sequence[Rule], tolerance: float
) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of horizontal and vertical rules that touch or cross (within two tolerances).

    A rule that touches nothing but lies wholly within one set's outline joins the smallest such set,
    when that set has crossings: it is a piece of a broken rule.
    """
    reach = 2 * tolerance
    parent = list(range(len(across) + len(along)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(along, len(across)):
            if h.start - reach <= v.at <= h.end + reach and v.start - reach <= h.at <= v.end + reach:
                parent[root(i)] = root(j)
    sets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        sets.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(along, len(across)):
        sets.setdefault(root(j), ([], []))[1].append(rule)
    crossed = [s for s in sets.values() if s[0] and s[1]]
    for rows, columns in (s for s in sets.values() if not (s[0] and s[1])):
        for rule in rows:
            _adopt(rule, crossed, tolerance, horizontal=True)
        for rule in columns:
            _adopt(rule, crossed, tolerance, horizontal=False)
    return crossed


def _adopt(
    rule: Rule, sets: Sequence[tuple[list[Rule], list[Rule]]], tolerance: float, horizontal: bool
) -> None:
    """Add a rule that touches nothing to the smallest set whose outline holds it, when it continues a line of
    that set (another of its rules lies at the same place) or goes over most of its extent (a rule between
    columns that begins under a merged header, where the rules between the rows are lost)."""
    fitting = []
    for rows, columns in sets:
        own, other = (rows, columns) if horizontal else (columns, rows)
        low, high = min(r.at for r in other), max(r.at for r in other)
        aligned = any(abs(r.at - rule.at) <= _ALIGNED * tolerance for r in own)
        if (aligned and low - tolerance <= rule.start and rule.end <= high + tolerance) or _parts(
            rule, own, tolerance
        ):
            fitting.append((high - low, own))
    if fitting:
        min(fitting, key=lambda f: f[0])[1].append(rule)


def _parts(rule: Rule, own: Sequence[Rule], tolerance: float) -> bool:
    """Whether a rule lies among a set's rules of its direction and goes along most of their extent."""
    first, last = min(r.start for r in own), max(r.end for r in own)
    beside = min(r.at for r in own) < rule.at < max(r.at for r in own)
    inside = first - tolerance <= rule.start and rule.end <= last + tolerance
    return beside and inside and rule.length >= MOST_OF_EXTENT * (last - first)
