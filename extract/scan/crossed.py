"""Figures through which something was taken out that looked like a rule and parts no cells: a copier's
streak, a rule of the page's other side shining through. What lost a stroke to it reads surely as less, what
kept some of its ink as another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import numpy as np

from extract.scan.cells import NO_READING
from extract.scan.inked import bounds_of
from extract.scan.prepare.rule_lines import RuleLine, Rules
from extract.scan.prepare.runs import runs_of
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readings import CellReading, is_figure_print
from extract.tables.lattice import Lattice

BESIDE = 4.0
"""Pixels beside a rule in which it takes ink along."""

EDGE = 4
"""Pixels at the top and foot of print in which a lying rule is an underline's rest."""

FIGURE, WHOLE, INSIDE = (1.1, 2.4), 0.7, 6
"""Height of a figure in heights of a small letter, the share of a cell's height from which a streak is solid,
and the pixels at the cell's borders that are not looked at."""

Bounds = tuple[int, int, int, int]

SHARE, MOST = 0.5, 40
"""Share of the print's height or width (of so many pixels at most) that a rule must run along."""

OF_FIGURES = 0.6
"""Share of a column's cells, its heads among them, from which they are figures."""

DOUBTED = 0.5
"""Confidence of a figure that was run through, at most."""


def crosses(rule: RuleLine, bounds: Bounds) -> bool:
    """Whether a rule ran through print (x0, y0, x1, y1 in pixels of the upright page) or along its side."""
    x0, y0, x1, y1 = bounds
    half = rule.thickness / 2 + BESIDE
    if rule.horizontal:
        through = rule.y0 + half > y0 + EDGE and rule.y0 - half < y1 - EDGE
        along, size = min(rule.x1, x1) - max(rule.x0, x0), x1 - x0
    else:
        through = rule.x0 + half > x0 and rule.x0 - half < x1
        along, size = min(rule.y1, y1) - max(rule.y0, y0), y1 - y0
    return through and along > SHARE * min(size, MOST)


def hides_a_figure(rule: RuleLine, bounds: Bounds, factor: float, letter: float) -> bool:
    """Whether a copier's streak through an empty cell (x0, y0, x1, y1 in pixels) may have taken a figure of
    one stroke along: of its specks some stand together as high as a 1, and not many are so long. `factor` is
    the pixels of the page a pixel of the rule's mask, `letter` the height of a small letter."""
    x0, y0, x1, y1 = bounds
    if rule.border or rule.horizontal or not (x0 < (rule.x0 + rule.x1) / 2 < x1):
        return False
    first, last = (round((y + side) / factor) - rule.left for y, side in ((y0, INSIDE), (y1, -INSIDE)))
    inked = rule.mask[:, max(0, first) : max(0, last)].any(axis=0)
    if not inked.size:
        return False
    longest = max((end - start for start, end in runs_of(np.asarray(inked))), default=0) * factor
    return FIGURE[0] * letter <= longest <= min(FIGURE[1] * letter, WHOLE * (y1 - y0))


def hidden_cells(
    lattice: Lattice, prints: Mapping[int, tuple[CellReading, Bounds]], rules: Rules, sheet: Sheet
) -> dict[int, CellReading]:
    """Cells that may have lost a figure to a copier's streak, by their place. `prints` are the readings of
    those in which print was found, and where it stands."""
    streaks = [rule for rule in rules.lines if not rule.border and not rule.horizontal]
    empty = (k for k in range(len(lattice.cells)) if k not in prints) if streaks else ()
    boxes = {k: bounds_of(lattice.cells[k].box, sheet.frame) for k in empty}
    spans = figure_spans(lattice, prints) if boxes else {}
    rows = rows_of_figures(lattice, prints, spans)
    return {
        k: CellReading("", NO_READING, doubtful=True)
        for k, box in boxes.items()
        if any(
            hides_a_figure(rule, box, rules.factor, sheet.letter)
            or (
                lattice.cells[k].row in rows
                and stands_where_figures_do(rule, box, spans.get(lattice.cells[k].col))
            )
            for rule in streaks
        )
    }


def figure_spans(
    lattice: Lattice, prints: Mapping[int, tuple[CellReading, Bounds]]
) -> dict[int, tuple[int, int]]:
    """Of each column most of whose cells hold figures, the pixels (first, last) between which these stand."""
    cells = Counter(cell.col for cell in lattice.cells if cell.col_span == 1)
    figures: dict[int, list[Bounds]] = {}
    for k, (reading, bounds) in prints.items():
        if lattice.cells[k].col_span == 1 and _is_figure(reading.text):
            figures.setdefault(lattice.cells[k].col, []).append(bounds)
    return {
        col: (min(b[0] for b in own), max(b[2] for b in own))
        for col, own in figures.items()
        if len(own) >= OF_FIGURES * cells[col]
    }


def rows_of_figures(
    lattice: Lattice,
    prints: Mapping[int, tuple[CellReading, Bounds]],
    columns: Container[int],
) -> frozenset[int]:
    """The rows that have print in half of the `columns` of figures: the name of a section stands alone."""
    cells = [(k, cell) for k, cell in enumerate(lattice.cells) if cell.col in columns]
    all_of, filled = Counter(cell.row for _, cell in cells), Counter(c.row for k, c in cells if k in prints)
    return frozenset(row for row, count in all_of.items() if 2 * filled[row] >= count)


def stands_where_figures_do(rule: RuleLine, bounds: Bounds, span: tuple[int, int] | None) -> bool:
    """Whether a streak runs down most of an empty cell, at a place where other cells of its column have their
    figures: a lone 1 was taken along with every bit of it."""
    if span is None or rule.border or rule.horizontal:
        return False
    x = (rule.x0 + rule.x1) / 2
    along = min(rule.y1, bounds[3]) - max(rule.y0, bounds[1])
    return bounds[0] < x < bounds[2] and span[0] <= x <= span[1] and along > WHOLE * (bounds[3] - bounds[1])


def doubted_where_crossed(
    readings: Sequence[CellReading], bounds: Sequence[Bounds], rules: Sequence[RuleLine]
) -> list[CellReading]:
    """The readings of cells whose print lies within `bounds`, figures that one of the `rules` ran through in
    doubt."""
    streaks = [rule for rule in rules if not rule.border]
    return [
        replace(reading, doubtful=True, confidence=min(reading.confidence, DOUBTED))
        if _is_figure(reading.text) and any(crosses(rule, own) for rule in streaks)
        else reading
        for reading, own in zip(readings, bounds, strict=True)
    ]


def doubted_words(words: Sequence[OcrWord], rules: Sequence[RuleLine]) -> list[OcrWord]:
    """Words outside tables (in pixels of the upright page), those with a figure that one of the `rules` ran
    through in doubt."""
    streaks = [rule for rule in rules if not rule.border]
    return [
        replace(word, figures="doubtful")
        if any(c.isdigit() for c in word.text) and any(crosses(rule, _bounds(word)) for rule in streaks)
        else word
        for word in words
    ]


def _bounds(word: OcrWord) -> Bounds:
    return round(word.x0), round(word.y0), round(word.x1), round(word.y1)


def _is_figure(text: str) -> bool:
    """Whether a text is a figure, or what is left of one that lost a stroke (`“1` for 41)."""
    figures, letters = sum(c.isdigit() for c in text), sum(c.isalpha() for c in text)
    return is_figure_print(text) or (figures > 0 and letters < figures)
