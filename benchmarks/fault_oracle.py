"""Who could be told at best: the posterior of one who knows how the fault was drawn.

The oracle knows the table's relations, that all of them held which hold in the good table, the kind of the
fault and its distribution (benchmarks/fault_kinds.py), and that every cell was as likely. It does not know
the cell. Its odds that the likeliest cell is the culprit are a ceiling for every checker that sees figures
only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from benchmarks.fault_kinds import origins, outcomes
from benchmarks.fault_tables import Spot, document_of
from checks.figures import open_book
from checks.registry import relations_of
from checks.relation import ZERO, Relation, judge
from checks.search.beliefs import Ledger
from model.table import Table
from normalize.numbers import parse_number


class Oracle:
    """Of one good table: its figures, its relations, and which of them hold."""

    def __init__(self, table: Table) -> None:
        self._book = open_book(document_of(table))
        self._ledger = Ledger(self._book.figures, relations_of(self._book))
        (sheet,) = self._book.sheets
        self._at = sheet.at
        self._mark = self._book.mark
        self._open = self._ledger.failing()

    def told(self, changes: dict[Spot, str]) -> list[Relation]:
        """The relations of the good table that fail once its cells say something else."""
        before = self._say(changes)
        failed = sorted(self._ledger.failing() - self._open)
        self._ledger.believe(before)
        return [self._ledger.relations[i] for i in failed]

    @cached_property
    def targets(self) -> set[Spot]:
        """Cells that some relation works out."""
        refs = (self._book.figures[r.target].ref for r in self._ledger.relations)
        return {(ref.row, ref.col) for ref in refs if ref is not None}

    def ceiling(
        self, texts: dict[Spot, str], spots: Iterable[Spot], culprit: Spot, printed: str, kind: str
    ) -> float:
        """Odds that the cell which is likeliest to be wrong is the culprit. `texts` are those of the good
        table, `spots` the cells that may have been drawn."""
        before = self._say({culprit: printed})
        blamed = {n for i in self._ledger.failing() - self._open for n in self._ledger.relations[i].figures}
        odds: dict[Spot, float] = {}
        for spot in spots:
            n = self._at[spot[0]][spot[1]]
            if n is not None and n in blamed:
                said = printed if spot == culprit else texts[spot]
                odds[spot] = self._odds(n, said, kind)
        self._ledger.believe(before)
        whole = math.fsum(odds.values())
        return max(odds.values()) / whole if whole else 1.0

    def _odds(self, n: int, said: str, kind: str) -> float:
        """Odds that a figure was spoilt into what it says, summed over what it may have said."""
        was = self._ledger.amounts[n]
        odds = 0.0
        for truth in origins(said, kind):
            value = parse_number(truth, self._mark)
            if value is None:
                continue
            self._ledger.amounts[n] = value.amount
            if self._holds(n):  # asked first: the odds of what may have been drawn cost far more
                odds += outcomes(truth, kind).get(said, 0.0)
        self._ledger.amounts[n] = was
        return odds

    def _holds(self, n: int) -> bool:
        """Whether all holds that must once figure `n` is put right: all that fails, and all it touches."""
        ledger = self._ledger
        asked = {*ledger.failing(), *ledger.touching.get(n, ())} - self._open
        return all(judge(ledger.relations[i], ledger.amounts, ledger.figures).closes for i in sorted(asked))

    def _say(self, changes: dict[Spot, str]) -> list[tuple[int, Decimal]]:
        """Makes cells say something else, nothing where that is no number; returns what they said before."""
        before: list[tuple[int, Decimal]] = []
        now: list[tuple[int, Decimal]] = []
        for (row, col), text in changes.items():
            n = self._at[row][col]
            value = parse_number(text, self._mark)
            if n is not None:
                before.append((n, self._ledger.amounts[n]))
                now.append((n, value.amount if value is not None else ZERO))
        self._ledger.believe(now)
        return before
