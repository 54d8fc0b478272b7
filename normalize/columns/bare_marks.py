"""What a long column of bare digits, in groups or not, says of its marks: what `marks.decimal_odds` tells
figure by figure, asked of all of its texts at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from normalize.columns.marks import bare_odds, sums_odds

_GROUP = 1000  # what a figure is over the same with three decimals


class BareFigures:
    """A column's `texts`, all bare digits or such in groups (`are_bare`), and the `rows` they stand in, from
    the top down."""

    def __init__(self, texts: Sequence[str], rows: Sequence[int]) -> None:
        lines = "\n".join(texts)
        self._texts, self._rows = texts, rows
        self._used = [mark for mark in ",." if mark in lines]
        self._marks = [text.count(".") + text.count(",") for text in texts]
        self._amounts = list(map(int, lines.replace(".", "").replace(",", "").split("\n")))

    def open_ones(self, mark: str) -> list[int]:
        """The amounts, as groups, of the figures that leave it open what three digits after a mark are."""
        if mark not in self._used:
            return []
        if len(self._used) == 1:
            return [n for n, marks in zip(self._amounts, self._marks) if marks == 1]
        found = zip(self._amounts, self._marks, self._texts)
        return [n for n, marks, text in found if marks == 1 and mark in text]

    def odds(self, mark: str, unit: str, sums: float) -> float:
        """Log-odds that three digits after a lone `mark`, of which there are some, are decimals, by what the
        figures say themselves, their `sums` among it."""
        open_ones = sorted(self.open_ones(mark))
        grouped = True in [m > 1 and mark in text for m, text in zip(self._marks, self._texts)]
        return bare_odds(unit, self._clear, self._wholes, grouped, open_ones) + sums

    def sums(self, total_rows: Sequence[int]) -> float:
        """What the column's totals say: the figures of `total_rows`, which sum up the rows before them."""
        if not total_rows:
            return 0.0
        found = zip(self._amounts, self._marks)
        as_decimals = [n if marks == 1 else n * _GROUP for n, marks in found]
        return sums_odds(self._closing(as_decimals, total_rows), self._closing(self._amounts, total_rows))

    def _closing(self, amounts: Sequence[int], total_rows: Sequence[int]) -> list[bool]:
        """Whether each total is the sum of the rows since the one before, two at least."""
        sums, rows, found, first = [0, *accumulate(amounts)], self._rows, [], 0
        for total in total_rows:
            at = bisect_left(rows, total)
            since, first = first, bisect_left(rows, total + 1)
            if at < len(rows) and rows[at] == total and at - since >= 2:
                found.append(sums[at] - sums[since] == amounts[at])
        return found

    @cached_property
    def _clear(self) -> list[int]:
        """The amounts other than nothing of figures that leave nothing open, in order."""
        return sorted([n for n, marks in zip(self._amounts, self._marks) if marks != 1 and n])

    @cached_property
    def _wholes(self) -> list[int]:
        """The digits of each figure other than nothing without a mark."""
        found = zip(self._amounts, self._marks, self._texts)
        return [len(text) for n, marks, text in found if not marks and n]
