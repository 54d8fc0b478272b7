"""Plots of the overview as SVG: bars of a document's figures, lines of an indicator over time.

Colours are classes of the style sheet; every plot has its figures in words beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

_WIDE, _HIGH, _LEFT, _BOTTOM, _TOP = 720, 260, 70, 34, 12
_SERIES = 8  # lines that can still be told apart
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One place's figures of an indicator by day or period, in order of time."""

    name: str
    points: tuple[tuple[str, Decimal], ...]


def share_bar(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """A bar whose pieces have the widths of `parts` (class, number), with its figures as its name."""
    total = sum(n for _, n in parts)
    x, pieces = 0.0, []
    for name, number in parts:
        width = 100 * number / total if total else 0
        pieces.append(f'<rect class="{escape(name)}" x="{x:.2f}" y="0" width="{width:.2f}" height="10"/>')
        x += width
    head = '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"'
    return Markup(f'{head} aria-label="{escape(label)}">' + "".join(pieces) + "</svg>")


def line_plot(series: Sequence[Series], label: str) -> Markup:
    """Lines over time; at most as many as can be told apart. Empty for no points."""
    shown = [s for s in series if s.points][:_SERIES]
    times = sorted({t for s in shown for t, _ in s.points})
    if not times:
        return Markup("")
    values = [float(v) for s in shown for _, v in s.points]
    low, high = min(0.0, *values), max(0.0, *values)
    high = high if high > low else low + 1
    step = (_WIDE - _LEFT - 12) / max(1, len(times) - 1)

    def at(time: str, value: Decimal) -> tuple[float, float]:
        x = _LEFT + times.index(time) * step
        return x, _HIGH - _BOTTOM - (float(value) - low) / (high - low) * (_HIGH - _BOTTOM - _TOP)

    parts = [_axis(low, high), *_times(times, step)]
    for n, s in enumerate(shown):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(t, v) for t, v in s.points))
        parts.append(f'<polyline class="line c{n}" points="{points}"/>')
        for t, v in s.points:
            x, y = at(t, v)
            told = escape(f"{s.name}, {t}: {v:f}")
            parts.append(
                f'<circle class="dot c{n}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{told}</title></circle>'
            )
    return Markup(  # names escaped above
        f'<svg class="plot" viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{escape(label)}">'
        + "".join(parts)
        + "</svg>"
    )


def _axis(low: float, high: float) -> str:
    parts = []
    for n in range(_TICKS + 1):
        y = _HIGH - _BOTTOM - n / _TICKS * (_HIGH - _BOTTOM - _TOP)
        value = low + n / _TICKS * (high - low)
        parts.append(f'<line class="rule" x1="{_LEFT}" x2="{_WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.6g}</text>')
    return "".join(parts)


def _times(times: Sequence[str], step: float) -> list[str]:
    every = max(1, len(times) // 8)
    return [
        f'<text x="{_LEFT + n * step:.1f}" y="{_HIGH - 10}" text-anchor="middle">{escape(t)}</text>'
        for n, t in enumerate(times)
        if n % every == 0
    ]


def legend(series: Sequence[Series]) -> list[tuple[str, str]]:
    """The class and name of each line that is drawn."""
    return [(f"c{n}", s.name) for n, s in enumerate(s for s in series if s.points) if n < _SERIES]


def by_place(rows: Sequence[Mapping[str, str]], indicator: str) -> list[Series]:
    """The figures of one indicator by place, those with most points in time first."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if row["indicator"] == indicator and row["as_of"] and row["value"]:
            found.setdefault(row["place_name"], {}).setdefault(row["as_of"], Decimal(row["value"]))
    series = [Series(name, tuple(sorted(points.items()))) for name, points in found.items()]
    return sorted(series, key=lambda s: (-len(s.points), s.name))
