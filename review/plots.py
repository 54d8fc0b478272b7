"""Plots of the overview as SVG: bars of a document's figures, lines of an indicator over time.

Colours are classes of the style sheet; every plot has its figures in words beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from normalize.dates import last_day

_WIDE, _HIGH, _LEFT, _RIGHT, _BOTTOM, _TOP = 720, 260, 70, 12, 34, 12
_LABEL = 80.0  # from one time under the plot to the next
_ROUND = (1, 2, 2.5, 5, 10)  # what ticks are multiples of, times a power of ten
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
    times = sorted({t for s in shown for t, _ in s.points}, key=_day)
    if not times:
        return Markup("")
    values = [float(v) for s in shown for _, v in s.points]
    ticks = _ticks(min(0.0, *values), max(0.0, *values))
    low, high = ticks[0], ticks[-1]
    across = _places(times)

    def at(time: str, value: Decimal) -> tuple[float, float]:
        return across[time], _HIGH - _BOTTOM - (float(value) - low) / (high - low) * (_HIGH - _BOTTOM - _TOP)

    parts = [_axis(ticks), *_times(across)]
    for n, s in enumerate(shown):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(t, v) for t, v in s.points))
        parts.append(f'<polyline class="line c{n}" points="{points}"/>')
        for t, v in s.points:
            x, y = at(t, v)
            told = escape(f"{s.name}, {written(t)}: {v:f}")
            parts.append(
                f'<circle class="dot c{n}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{told}</title></circle>'
            )
    return Markup(  # names escaped above
        f'<svg class="plot" viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{escape(label)}">'
        + "".join(parts)
        + "</svg>"
    )


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, a handful of them."""
    wide = (high - low) / _TICKS or 1.0
    size = 10.0 ** math.floor(math.log10(wide))
    step = next(s * size for s in _ROUND if s * size >= wide)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


def _axis(ticks: Sequence[float]) -> str:
    parts = []
    for value in ticks:
        y = _HIGH - _BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (_HIGH - _BOTTOM - _TOP)
        parts.append(f'<line class="rule" x1="{_LEFT}" x2="{_WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        told = f"{value:,.6g}".replace(",", " ")
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{told}</text>')
    return "".join(parts)


def _day(time: str) -> tuple[date, str]:
    """The last day of a day, month, quarter or year, by which times are ordered."""
    return last_day(time) or date.min, time


def _places(times: Sequence[str]) -> dict[str, float]:
    """Where each time stands across the plot, as far apart as they are in the calendar."""
    days = [_day(t)[0].toordinal() for t in times]
    wide = max(1, days[-1] - days[0])
    return {t: _LEFT + (d - days[0]) / wide * (_WIDE - _LEFT - _RIGHT) for t, d in zip(times, days)}


def _times(across: Mapping[str, float]) -> list[str]:
    """The times under the plot, those left out that would stand on others; the last is always told."""
    last = max(across.values())
    parts, told = [], -_LABEL
    for time, x in across.items():
        if x == told or (x != last and (x - told < _LABEL or last - x < _LABEL)):
            continue
        anchor = "start" if x == _LEFT else "end" if x == last else "middle"
        parts.append(
            f'<text x="{x:.1f}" y="{_HIGH - 10}" text-anchor="{anchor}">{escape(written(time))}</text>'
        )
        told = x
    return parts


def written(time: str) -> str:
    """A day, month or quarter as people write it: `31/10/2024`, `10/2024`, `Q3/2024`."""
    return "/".join(reversed(time.split("-")))


def legend(series: Sequence[Series]) -> list[tuple[str, str]]:
    """The class and name of each line that is drawn."""
    return [(f"c{n}", s.name) for n, s in enumerate(s for s in series if s.points) if n < _SERIES]


def by_place(rows: Sequence[Mapping[str, str]], indicator: str) -> list[Series]:
    """The figures of one indicator by place, those with most points in time first."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if row["indicator"] == indicator and row["as_of"] and row["value"]:
            found.setdefault(row["place_name"], {}).setdefault(row["as_of"], Decimal(row["value"]))
    series = [
        Series(name, tuple(sorted(points.items(), key=lambda p: _day(p[0]))))
        for name, points in found.items()
    ]
    return sorted(series, key=lambda s: (-len(s.points), s.name))
