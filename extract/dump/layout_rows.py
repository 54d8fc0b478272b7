"""Lines of a laid-out table grouped into rows: labels wrap over and under the line of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extract.dump.layout_columns import is_figure
from extract.dump.ordinals import read_ordinal
from normalize.unicode import fold, squeeze

Alignment = Literal["middle", "top", "bottom"]
_LONGEST_ROW = 14


def group_rows(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows' texts, the lines of a cell joined.

    Every way to part the lines into rows has a cost: a row has one line with figures and one row number,
    and its other lines stand round that line as the whole table aligns its cells (middle, top, bottom);
    the cheapest of the three alignments is taken.
    """
    offers = [_cheapest(lines, alignment) for alignment in ("middle", "top", "bottom")]
    _, cuts = min(offers, key=lambda o: o[0])
    rows = []
    for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        piece = lines[start:end]
        rows.append([squeeze(" ".join(line[c] for line in piece)) for c in range(len(piece[0]))])
    return rows


def _cheapest(lines: Sequence[Sequence[str]], alignment: Alignment) -> tuple[float, list[int]]:
    figures = [_figures(line) for line in lines]
    numbered = [read_ordinal(line[0]) is not None and bool(line[0].strip()) for line in lines]
    any_number = sum(numbered) >= 0.3 * len(lines) or sum(numbered) >= 3
    best = [0.0] + [float("inf")] * len(lines)
    came = [0] * (len(lines) + 1)
    for end in range(1, len(lines) + 1):
        for start in range(max(0, end - _LONGEST_ROW), end):
            cost = best[start] + _row_cost(lines, start, end, figures, numbered, any_number, alignment)
            if cost < best[end]:
                best[end], came[end] = cost, start
    cuts: list[int] = []
    end = len(lines)
    while end > 0:
        cuts.append(came[end])
        end = came[end]
    return best[-1], cuts[::-1]


def _figures(line: Sequence[str]) -> int:
    return sum(is_figure(c) for c in line[1:])


def _row_cost(
    lines: Sequence[Sequence[str]],
    start: int,
    end: int,
    figures: Sequence[int],
    numbered: Sequence[bool],
    any_number: bool,
    alignment: Alignment,
) -> float:
    with_figures = [i for i in range(start, end) if figures[i]]
    with_number = [i for i in range(start, end) if numbered[i]]
    cost = 3.5 * max(0, len(with_figures) - 1) + 4.0 * max(0, len(with_number) - 1)
    if not with_figures:
        cost += 0.3 if with_number else 2.2
        if not with_number and end - start == 1 and _heads_section(lines[start]):
            cost -= 1.9
    if any_number and not with_number:
        cost += 0.3 if _is_total(lines, start, end) else 1.2
    anchors = with_number or with_figures
    if not anchors:
        return cost + 0.4 * (end - start - 1)
    if with_number and with_figures and with_figures[0] != with_number[0]:
        cost += 0.8 * abs(with_figures[0] - with_number[0])
    above, below = anchors[0] - start, end - 1 - anchors[0]
    if alignment == "middle":
        off = abs(above - below)
        return cost + (0.15 if off == 1 else 0.9 * off if off else 0.0)
    return cost + 0.9 * (above if alignment == "top" else below) + 0.05


def _heads_section(line: Sequence[str]) -> bool:
    """Whether the only text of a line is in capitals or opens with a Roman number: a section's heading."""
    filled = [c for c in line if c.strip()]
    return len(filled) == 1 and (filled[0].isupper() or read_ordinal(filled[0].split()[0]) is not None)


def _is_total(lines: Sequence[Sequence[str]], start: int, end: int) -> bool:
    text = fold(" ".join(c for line in lines[start:end] for c in line[:2]))
    return text.startswith(("tong", "cong", "toan "))
