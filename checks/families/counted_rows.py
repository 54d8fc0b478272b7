"""Which rows a total row may count, by where they stand and how deep they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.view import Sheet
from normalize.columns.rows import unit_column
from normalize.unicode import fold

Rows = NDArray[np.int64]
# Rows of a level; all but totals; sections of these; totals; of a unit of measure (`unit:người`).
RowsOf = int | str
_UNIT = "unit:"


@dataclass(frozen=True, slots=True)
class RowSet:
    """Neighbours among the rows of one kind: those from `first` to before `end` of all there are."""

    kind: RowsOf
    first: int
    end: int
    rows: Rows


class RowSets:
    """The sets of rows that the totals of a table may count."""

    def __init__(self, sheet: Sheet) -> None:
        kinds, levels = sheet.kinds, sheet.levels
        plain = [r for r in sheet.body if kinds[r] != "total"]
        by_level: dict[int, list[int]] = {}
        for row in plain:
            by_level.setdefault(levels[row], []).append(row)
        listed: dict[RowsOf, list[int]] = {level: by_level[level] for level in sorted(by_level)}
        listed["plain"] = plain
        listed["section"] = [r for r in plain if kinds[r] == "section"]
        listed["total"] = [r for r in sheet.body if kinds[r] == "total"]
        self._units = _units(sheet)
        for unit in sorted(set(self._units.values())):
            listed[unit] = [r for r in plain if self._units.get(r) == unit]
        self.body = np.array(sheet.body, dtype=np.int64)
        self.of: dict[RowsOf, Rows] = {kind: np.array(rows, np.int64) for kind, rows in listed.items()}

    def candidates(self, total: int) -> list[RowSet]:
        """Sets of two rows and more that a total row may count, each once, likeliest first: rows of one level
        above it (or below it, when it stands first), over the whole table or since the total before it;
        of such rows those of its unit, where a table has several."""
        found: list[RowSet] = []
        for after, before in self._spans(total):
            for kind, rows in self.of.items():
                if str(kind).startswith(_UNIT) and kind != self._units.get(total):
                    continue
                first, end = np.searchsorted(rows, (after + 1, before)).tolist()
                own = rows[first:end]
                if len(own) >= 2 and not any(_same(own, other.rows) for other in found):
                    found.append(RowSet(kind, first, end, own))
        return found

    def longest(self, total: int) -> list[int]:
        """The largest of these sets, the likeliest of several."""
        found = max(self.candidates(total), key=lambda s: len(s.rows), default=None)
        rows: list[int] = found.rows.tolist() if found is not None else []
        return rows

    def _spans(self, total: int) -> list[tuple[int, int]]:
        """Between which rows, both left out, the rows stand."""
        body, totals = self.body, self.of["total"]
        if not len(body):
            return []
        top, bottom = int(body[0]) - 1, int(body[-1]) + 1
        spans: list[tuple[int, int]] = []
        if body[0] < total:
            spans.append((top, total))
            if last := int(np.searchsorted(totals, total)):
                spans.append((int(totals[last - 1]), total))
        if body[-1] > total:
            spans.append((total, bottom))
            following = int(np.searchsorted(totals, total, side="right"))
            if following < len(totals):
                spans.append((total, int(totals[following])))
        return spans


def _units(sheet: Sheet) -> dict[int, str]:
    """The unit of measure that a column of such gives each row; none where all have the same."""
    column = unit_column(sheet.table)
    if column is None:
        return {}
    texts = {row: fold(sheet.table.rows[row][column].text) for row in sheet.body}
    named = {row: f"{_UNIT}{text}" for row, text in texts.items() if text}
    return named if len(set(named.values())) > 1 else {}


def _same(some: Rows, others: Rows) -> bool:
    if len(some) != len(others) or some[0] != others[0] or some[-1] != others[-1]:
        return False
    return bool(np.array_equal(some, others))
