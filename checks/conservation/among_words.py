"""Figures that ended among the words of another cell, where white space alone told rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.conservation.grid_view import GridView, letters_in
from checks.conservation.misfit import SEVERAL, Misfit

FEWEST_LETTERS = 4
"""Of the words beside a figure: a unit has fewer, or the cell has a value."""

_MARKED = r"[+\-−–]?\d{1,3}(?:\.\d{3})*(?:[.,]\d+)%?"
_BESIDE = re.compile(rf"(?:^|\s){_MARKED}(?=\s|$)")
_AFTER_NAME = re.compile(rf"\s{_MARKED}(?:$|\s+(?P<next>\S))")


def figures_among_words(view: GridView) -> Iterator[Misfit]:
    """The cells in which a figure with a mark stands beside words: in a column of figures, or in one of names
    where the figure is the last word, or what follows begins anew (`Mía 4.972,6 Tổng cộng`)."""
    for row in view.rows:
        for col in range(view.table.n_cols):
            cell = view.own(row, col)
            if cell is None or cell.value is not None or cell.date or letters_in(cell.text) < FEWEST_LETTERS:
                continue
            if _stands_among(cell.text, col in view.figure_columns):
                yield Misfit(row, col, SEVERAL)


def _stands_among(text: str, of_figures: bool) -> bool:
    if of_figures:
        return _BESIDE.search(text) is not None
    return any(not found["next"] or found["next"].isupper() for found in _AFTER_NAME.finditer(text))
