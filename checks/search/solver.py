"""From relations that fail to the figures that are wrong: the fewest, likeliest changes that make all close.

Fellegi and Holt's principle (the smallest weighted set of wrong fields), with the typo repair of van der
Loo and de Jonge's `deductive`, and with what neither has: how each digit was read. A change is applied
only where it is the only good one and touches a reading that the reader itself doubted; elsewhere the
suspects are named, likeliest first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from checks.relation import Relation, judge
from checks.search.beliefs import Change, Ledger
from checks.search.slips import MARK, WILD, change_cost, holds_several

_NEAR = 2.3  # nats: an explanation ten times less likely than the first is not told
_BY_CHANCE = 100  # amounts below this two relations may ask for by chance
_MARGIN = 1.6  # nats by which the best explanation must beat the next to be believed without more relations


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the relations that fail because of it, the suspects in order, and the
    amounts believed. `repaired` says that the change was applied; `rivals` are the figures that might be
    wrong instead, with what they would be, where that is not much less likely."""

    relations: tuple[int, ...]
    suspects: tuple[int, ...]
    expected: tuple[tuple[int, Decimal], ...]
    repaired: bool
    rivals: tuple[tuple[int, Decimal], ...] = ()


@dataclass
class Solver(Ledger):
    """Searches one document for its faults; without `repair` none is mended, only named."""

    repair: bool = True

    def solve(self) -> list[Fault]:
        """Every fault, those that several relations tell first; afterwards `amounts` and `verdicts` are as
        repaired."""
        faults: list[Fault] = []
        open_ones = self.failing()
        believed = list(self.amounts)
        while open_ones:
            fault = self._joint(open_ones)
            if fault is None:
                break
            faults.append(fault)
            open_ones -= set(fault.relations)
        alone: dict[int, Fault] = {}
        for index in self._by_conviction(open_ones):
            if index in open_ones:
                alone[index] = self._single(index, open_ones)
                open_ones -= set(alone[index].relations)
        faults += [alone[index] for index in sorted(alone)]
        self._settle(faults, believed)
        return faults

    def _settle(self, faults: Iterable[Fault], as_read: list[Decimal]) -> None:
        """Back to the readings, but for the changes that were applied."""
        tried = self.amounts
        self.amounts = as_read
        for fault in faults:
            if fault.repaired:
                for n, amount in fault.expected:
                    self.amounts[n] = amount
        moved = {n for n, (a, b) in enumerate(zip(tried, as_read, strict=True)) if a != b}
        for i in sorted({i for n in moved for i in self.touching.get(n, ())}):
            self.verdicts[i] = judge(self.relations[i], self.amounts, self.figures)

    def _joint(self, open_ones: set[int]) -> Fault | None:
        """The change that closes the most open relations (two at least) and breaks none."""
        changes = list(self.changes(open_ones))
        if not changes:
            return None
        changes.sort(key=lambda c: (-len(c.closed), -c.odds, c.cost))
        best = changes[0]
        rivals = [c for c in changes[1:] if set(c.amounts) != set(best.amounts)]
        repaired = self._may_apply(best, rivals)
        suspects = list(dict.fromkeys(n for c in changes[:5] for n, _ in c.amounts))
        self.believe(best.amounts)
        closed = [i for i in best.closed if i in open_ones]
        return Fault(tuple(sorted(closed)), tuple(suspects), best.amounts, repaired, _near(best, changes))

    def _may_apply(self, best: Change, rivals: Sequence[Change]) -> bool:
        """Doubted readings only, a slip that happens and that the ink bears, and no rival as good: one that
        closes as many must be dearer by the margin, and touch no reading as weak."""
        changed = [n for n, _ in best.amounts]
        if not self.repair or any(self.figures[n].sure or self.figures[n].in_text for n in changed):
            return False
        if self._told_twice(best):
            return True
        if best.cost >= WILD:
            return False
        if self._beside_a_hole(changed):
            return False
        numbering = len(best.closed) >= 2 and all(self.relations[i].kind == "structure" for i in best.closed)
        if numbering:  # row numbers between their neighbours leave no choice
            return True
        near = [r for r in rivals if len(r.closed) >= len(best.closed) and r.closed & best.closed]
        return self._doubted(best) and all(r.cost - best.cost >= _MARGIN for r in near)

    def _told_twice(self, best: Change) -> bool:
        """Whether ink that gave no figure stands where another table prints the amount again, and a relation
        of other figures asks for the same: of several digits no two come to it by chance. (What sums alone
        say is not filled in.)"""
        figure = self.figures[best.figure]
        lost = figure.weak and figure.printed.strip() and (figure.blank or holds_several(figure.printed))
        if len(best.amounts) > 1 or not lost or abs(best.amounts[0][1]) < _BY_CHANCE:
            return False
        alone = {best.figure}
        asking = [self.relations[i] for i in sorted(best.closed) if self.relations[i].supported]
        read = [r for r in asking if not any(self.figures[n].blank for n in r.figures if n != best.figure)]
        return any(
            a.kind != b.kind and "annex" in (a.source, b.source) and set(a.figures) & set(b.figures) == alone
            for a, b in combinations(read, 2)
        )

    def _beside_a_hole(self, changed: Sequence[int]) -> bool:
        """Whether figures would be exchanged in a row with an empty cell that has no part in it: the row may
        as well have slipped, and then neither stands where the other should."""
        if len(changed) < 2 or any(self.figures[n].blank for n in changed):
            return False
        rows = {(ref.table_id, ref.row) for n in changed if (ref := self.figures[n].ref) is not None}
        return bool(rows & self.holes)

    def _doubted(self, change: Change) -> bool:
        """Whether the reader doubted every figure of a change, and its ink (or, of cells put in each other's
        places, that of the other) may say what the change wants."""
        there = {self.read(n) for n, _ in change.amounts}
        for n, amount in change.amounts:
            figure = self.figures[n]
            moved = len(change.amounts) > 1 and amount in there
            if not figure.weak and not (moved and figure.blank):
                return False
            if holds_several(figure.printed) or not (moved or self.inked(n, amount)):
                return False
        return True

    def _by_conviction(self, open_ones: set[int]) -> list[int]:
        """Relations that fail alone, in the order of how far the likeliest culprit of each is ahead of the
        next: a figure that one relation blames beyond doubt is no witness when the next is heard."""

        def lead(index: int) -> float:
            odds = sorted((c.odds for c in self._offers(index, open_ones)), reverse=True)
            return odds[0] - odds[1] if len(odds) > 1 else math.inf

        leads = {index: lead(index) for index in sorted(open_ones)} if len(open_ones) > 1 else {}
        return sorted(open_ones, key=lambda index: (-leads.get(index, 0.0), index))

    def _offers(self, index: int, open_ones: set[int]) -> list[Change]:
        """Each figure of a relation that fails with what it would have to be."""
        relation = self.relations[index]
        offers: list[Change] = []
        for n in relation.figures:
            amounts = [a for a in (self.closing_amount(relation, n),) if a is not None]
            if relation.whole and self.figures[n].weak:
                amounts += [a for a, _ in self.figures[n].rivals]
            for amount in dict.fromkeys(amounts):
                if amount != self.amounts[n]:
                    change = self.weigh(((n, amount),), open_ones)
                    if change is not None and index in change.closed:
                        offers.append(change)
        return offers

    def _single(self, index: int, open_ones: set[int]) -> Fault:
        """The suspects of a relation, each with what it would have to be. A weak reading whose slip is
        the only likely one is repaired; else they are named as the odds have them."""
        relation = self.relations[index]
        offers = self._offers(index, open_ones)
        if not offers:
            return Fault((index,), relation.figures, (), False)
        offers.sort(key=lambda c: (c.broken > 0, c.cost))
        repaired = not offers[0].broken and self._lone_repair(offers[0], offers[1:], relation)
        moves = (c for c in self.exchanges(relation, open_ones) if index in c.closed)
        ranked = sorted((*offers, *moves), key=lambda c: -c.odds)
        best = offers[0] if repaired else ranked[0]
        suspects = [n for c in (best, *ranked) for n, _ in c.amounts]
        self.believe(best.amounts)
        told = not best.broken or len(best.closed) > max(
            1, best.broken
        )  # what it breaks was reckoned with it
        closed = tuple(sorted(i for i in best.closed if i in open_ones)) if told else (index,)
        first = tuple(dict.fromkeys(suspects))
        return Fault(closed or (index,), first, best.amounts, repaired, _near(best, ranked))

    def _lone_repair(self, best: Change, rivals: Sequence[Change], relation: Relation) -> bool:
        """One relation is enough only where a doubted reading's own other reading closes it, or a decimal
        mark put back does, and nothing else in it could as well, nor was read worse (11,848 was cut to 11.8
        to go with a 14,50 that had lost a digit)."""
        if not self._may_apply(best, []):
            return False
        figure = self.figures[best.figure]
        others = (self.figures[n] for n in relation.figures if n != best.figure)
        if any(other.weak and other.confidence < figure.confidence for other in others):
            return False
        other_reading = any(amount == best.amounts[0][1] for amount, _ in figure.rivals)
        slip = change_cost(figure.printed, figure.amount, best.amounts[0][1], figure.step)
        if not other_reading and slip > MARK and not figure.blank:
            return False
        return all(r.cost - best.cost >= _MARGIN for r in rivals if not r.broken)


def _near(best: Change, changes: Iterable[Change]) -> tuple[tuple[int, Decimal], ...]:
    """The single figures that other explanations of as much blame, where these are not much less likely."""
    told = {n for n, _ in best.amounts}
    near: dict[int, Decimal] = {}
    for change in changes:
        alone = len(change.amounts) == 1 and change.figure not in told
        if alone and len(change.closed) >= len(best.closed) and best.odds - change.odds <= _NEAR:
            near.setdefault(change.figure, change.amounts[0][1])
    return tuple(near.items())
