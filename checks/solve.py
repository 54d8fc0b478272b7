"""From relations that fail to the figures that are wrong: the fewest, likeliest changes that make all close.

Fellegi and Holt's principle (the smallest weighted set of wrong fields), with the typo repair of van der
Loo and de Jonge's `deductive`, and with what neither has: how each digit was read. A change is applied
only where it is the only good one and touches a reading that the reader itself doubted; elsewhere the
suspects are named, likeliest first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from checks.edits import WILD, change_cost, slips
from checks.relation import ZERO, Figure, Relation, Verdict, judge

_TARGET_BONUS = 0.7  # sums and shares are worked out by hand, and are wrong more often than their terms
_SURE_COST = 5.0  # nats: a slip of the author's in a figure the reader is sure of
_MARGIN = 1.6  # nats by which the best explanation must beat the next to be believed without more relations
_LOST = 1.0  # nats: a number that the reader did not see at all
_UNCERTAIN = 3.4  # nats: a confidence up to 0.966
_FEW = 4  # figures of a relation that a slip can be told apart in
_CROWDED = 60  # failing relations of one figure's neighbourhood past which single slips are not tried

Place = tuple[str, int, int]  # table id, row, column


@dataclass(frozen=True, slots=True)
class Change:
    """Figures given other amounts at once: what it closes and breaks, and its cost in nats."""

    amounts: tuple[tuple[int, Decimal], ...]
    closed: frozenset[int]
    broken: int
    cost: float

    @property
    def gain(self) -> int:
        return len(self.closed) - self.broken

    @property
    def figure(self) -> int:
        return self.amounts[0][0]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the relations that fail because of it, the suspects in order, and the
    amounts believed. `repaired` says that the change was applied."""

    relations: tuple[int, ...]
    suspects: tuple[int, ...]
    expected: tuple[tuple[int, Decimal], ...]
    repaired: bool


@dataclass
class Solver:
    """Searches one document. `amounts` starts as read and follows what is believed."""

    figures: Sequence[Figure]
    relations: Sequence[Relation]
    repair: bool
    amounts: list[Decimal] = field(default_factory=list)
    touching: dict[int, list[int]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.amounts = [f.amount for f in self.figures]
        for i, relation in enumerate(self.relations):
            for n in relation.figures:
                self.touching.setdefault(n, []).append(i)
        self.verdicts = [judge(r, self.amounts, self.figures) for r in self.relations]

    def failing(self) -> set[int]:
        return {i for i, v in enumerate(self.verdicts) if not v.closes}

    def solve(self) -> list[Fault]:
        """Every fault, most convincing first; afterwards `amounts` and `verdicts` are as repaired."""
        faults: list[Fault] = []
        open_ones = self.failing()
        believed = list(self.amounts)
        while open_ones:
            fault = self._joint(open_ones)
            if fault is None:
                break
            faults.append(fault)
            open_ones -= set(fault.relations)
        while open_ones:
            fault = self._single(min(open_ones), open_ones)
            faults.append(fault)
            open_ones -= set(fault.relations)
        self._settle(faults, believed)
        return faults

    def _settle(self, faults: Iterable[Fault], as_read: list[Decimal]) -> None:
        """Back to the readings, but for the changes that were applied."""
        self.amounts = as_read
        for fault in faults:
            if fault.repaired:
                for n, amount in fault.expected:
                    self.amounts[n] = amount
        self.verdicts = [judge(r, self.amounts, self.figures) for r in self.relations]

    # one change that closes several relations

    def _joint(self, open_ones: set[int]) -> Fault | None:
        """The change that closes the most open relations (two at least) and breaks none."""
        changes = [c for c in self._changes(open_ones) if len(c.closed) >= 2 and not c.broken]
        if not changes:
            return None
        changes.sort(key=lambda c: (-len(c.closed), c.cost))
        best = changes[0]
        rivals = [c for c in changes[1:] if set(c.amounts) != set(best.amounts)]
        repaired = self._may_apply(best, rivals)
        suspects = list(dict.fromkeys(n for c in changes[:5] for n, _ in c.amounts))
        self._believe(best.amounts)
        closed = [i for i in best.closed if i in open_ones]
        return Fault(tuple(sorted(closed)), tuple(suspects), best.amounts, repaired)

    def _may_apply(self, best: Change, rivals: Sequence[Change]) -> bool:
        """Weak readings only, a slip that happens, and no rival as good: one that closes as many must be
        dearer by the margin, and touch no reading as weak."""
        if not self.repair or best.cost >= WILD:
            return False
        numbering = len(best.closed) >= 2 and all(self.relations[i].kind == "structure" for i in best.closed)
        changed = [n for n, _ in best.amounts]
        if numbering and not any(self.figures[n].sure for n in changed):
            return True  # row numbers between their neighbours leave no choice
        if not self._open_to_repair(changed, len(best.closed)):
            return False
        near = [r for r in rivals if len(r.closed) >= len(best.closed) and r.closed & best.closed]
        return all(r.cost - best.cost >= _MARGIN for r in near)

    def _open_to_repair(self, changed: Sequence[int], closed: int) -> bool:
        """Readings of ink, one of them doubted; or a lone one not quite certain, when relations agree. Cells
        moved together are misplaced, not misread: one doubt speaks for them all."""
        figures = [self.figures[n] for n in changed]
        if any(f.sure or f.in_text for f in figures):
            return False
        return any(f.weak for f in figures) or (closed >= 2 and min(map(self._doubt, changed)) <= _UNCERTAIN)

    def _believe(self, amounts: Iterable[tuple[int, Decimal]]) -> None:
        for n, amount in amounts:
            self.amounts[n] = amount
        for i in {i for n, _ in amounts for i in self.touching.get(n, ())}:
            self.verdicts[i] = judge(self.relations[i], self.amounts, self.figures)

    def _changes(self, open_ones: set[int]) -> Iterator[Change]:
        """Changes of figures in open relations: single amounts, and exchanges of two neighbours."""
        count: dict[int, int] = {}
        for i in open_ones:
            for n in self.relations[i].figures:
                count[n] = count.get(n, 0) + 1
        for n, fails in count.items():
            if fails >= 2 or self.figures[n].weak:
                for amount in self._candidates(n, open_ones, fails >= 2):
                    yield self._weigh(((n, amount),), open_ones)
        yield from self._moves(open_ones, count)

    def _candidates(self, n: int, open_ones: set[int], all_slips: bool) -> list[Decimal]:
        """Amounts worth trying for a figure: what closes a relation of it, its other readings, its slips."""
        figure = self.figures[n]
        own = [i for i in self.touching[n] if i in open_ones]
        out: dict[Decimal, None] = {}
        divided = False
        for i in own:
            amount = self.closing_amount(self.relations[i], n)
            if amount is not None:
                out[amount] = None
            divided = divided or bool(self.relations[i].whole and n != self.relations[i].target)
        for amount, _ in figure.rivals:
            out[amount] = None
        if divided and all_slips and len(own) <= _CROWDED:
            out.update(dict.fromkeys(slips(figure.printed, self.amounts[n], figure.step)))
        out.pop(self.amounts[n], None)
        return list(out)

    def closing_amount(self, relation: Relation, n: int) -> Decimal | None:
        """The amount of figure `n`, to its last printed digit, that makes a relation close."""
        verdict = judge(relation, self.amounts, self.figures)
        if verdict.predicted is None:
            return None
        pull = relation.pull(n, self.amounts)
        if not pull:
            return None
        step = self.figures[n].step
        want: Decimal | None
        if n == relation.target:
            want = verdict.predicted
        elif not relation.whole:
            want = self.amounts[n] - verdict.off / pull
        else:
            want = self._for_quotient(relation, n)
        if want is None:
            return None
        return (want / step).to_integral_value() * step

    def _for_quotient(self, relation: Relation, n: int) -> Decimal | None:
        """The part or whole that gives the printed percentage: solved exactly, since it is linear in each."""
        goal = (self.amounts[relation.target] - relation.constant) / relation.scale
        f_top = sum((t.factor for t in relation.parts if t.figure == n), ZERO)
        f_low = sum((t.factor for t in relation.whole if t.figure == n), ZERO)
        top = sum((t.factor * self.amounts[t.figure] for t in relation.parts if t.figure != n), ZERO)
        low = sum((t.factor * self.amounts[t.figure] for t in relation.whole if t.figure != n), ZERO)
        slope = f_top - goal * f_low
        return (goal * low - top) / slope if slope else None

    def _moves(self, open_ones: set[int], count: dict[int, int]) -> Iterator[Change]:
        """Two neighbouring cells exchanged, in one row or one column; a row slipped by one column."""
        spots = {
            (f.ref.table_id, f.ref.row, f.ref.col): n
            for n in count
            if (f := self.figures[n]).ref is not None and not f.in_text
        }
        for (table, row, col), n in spots.items():
            for other in ((table, row, col + 1), (table, row + 1, col)):
                m = spots.get(other)
                if m is not None and self._read(m) != self._read(n):
                    amounts = ((n, self._read(m)), (m, self._read(n)))
                    yield self._weigh(amounts, open_ones, moved=True)
            if self.figures[n].blank and not self.figures[n].printed.strip():
                for step in (1, -1):
                    yield from self._slipped(spots, (table, row, col), step, open_ones)

    def _read(self, n: int) -> Decimal:
        """A figure's amount as it was read, before its column's range was heeded."""
        as_read = self.figures[n].as_read
        return self.amounts[n] if as_read is None else as_read

    def _slipped(
        self,
        spots: dict[tuple[str, int, int], int],
        gap: tuple[str, int, int],
        step: int,
        open_ones: set[int],
    ) -> Iterator[Change]:
        """The cells beside an empty one moved into it, up to where the row ends; the cell left over at the
        end is whatever a relation says it is."""
        table, row, col = gap
        chain = [spots[gap]]
        while (nxt := spots.get((table, row, col + step * len(chain)))) is not None:
            chain.append(nxt)
        for length in range(3, len(chain) + 1):
            part = chain[:length]
            moved = tuple((a, self._read(b)) for a, b in pairwise(part))
            for end in self._ends(part, moved, open_ones):
                yield self._weigh((*moved, (part[-1], end)), open_ones, moved=True)

    def _ends(
        self, chain: Sequence[int], moved: Iterable[tuple[int, Decimal]], open_ones: set[int]
    ) -> list[Decimal]:
        """What the relations of the last cell of a slipped row say it is, once the others are moved."""
        before = [(n, self.amounts[n]) for n in chain]
        for n, amount in moved:
            self.amounts[n] = amount
        last = chain[-1]
        ends = [self.closing_amount(self.relations[i], last) for i in self.touching[last] if i in open_ones]
        for n, amount in before:
            self.amounts[n] = amount
        return list(dict.fromkeys(e for e in ends if e is not None))

    def _weigh(
        self, amounts: tuple[tuple[int, Decimal], ...], open_ones: set[int], moved: bool = False
    ) -> Change:
        """What a change closes and breaks, and its cost."""
        before = [(n, self.amounts[n]) for n, _ in amounts]
        for n, amount in amounts:
            self.amounts[n] = amount
        closed, broken = set(), 0
        for i in {i for n, _ in amounts for i in self.touching.get(n, ())}:
            closes = judge(self.relations[i], self.amounts, self.figures).closes
            if closes and i in open_ones:
                closed.add(i)
            elif not closes and i not in open_ones and self.verdicts[i].closes:
                broken += 1
        for n, amount in before:
            self.amounts[n] = amount
        if moved:
            cost = 2.0 + min(self._doubt(n) for n, _ in amounts) + 0.2 * len(amounts)
        else:
            cost = sum(self.cost(n, amount) for n, amount in amounts)
        return Change(amounts, frozenset(closed), broken, cost)

    def cost(self, n: int, amount: Decimal) -> float:
        """The cost of figure `n` truly being `amount`: its other readings first, else a slip."""
        figure = self.figures[n]
        if figure.blank:
            return self._doubt(n) + (_LOST if not figure.printed.strip() else 1.0)
        slip = change_cost(figure.printed, figure.amount, amount, figure.step)
        said = [cost for other, cost in figure.rivals if other == amount]
        return self._doubt(n) + min([slip, *(min(c, 3.0) * 0.3 for c in said)])

    def _doubt(self, n: int) -> float:
        """What it costs to doubt a reading at all."""
        figure = self.figures[n]
        if figure.sure:
            return _SURE_COST
        if figure.weak:
            return 0.0
        return min(_SURE_COST, max(1.5, -math.log(max(1e-3, 1.0 - figure.confidence))))

    # one relation that nothing else explains

    def _single(self, index: int, open_ones: set[int]) -> Fault:
        """The suspects of a relation, each with what it would have to be. A weak reading whose slip is
        the only likely one is repaired; else the target is named first, unless a slip speaks louder."""
        relation = self.relations[index]
        offers: list[Change] = []
        for n in relation.figures:
            amounts = [a for a in (self.closing_amount(relation, n),) if a is not None]
            if relation.whole and self.figures[n].weak:
                amounts += [a for a, _ in self.figures[n].rivals]
            for amount in dict.fromkeys(amounts):
                if amount != self.amounts[n]:
                    change = self._weigh(((n, amount),), open_ones)
                    if index in change.closed:
                        offers.append(change)
        bonus = {relation.target: _TARGET_BONUS}
        offers.sort(key=lambda c: (c.broken > 0, c.cost + 2.0 * c.broken - bonus.get(c.figure, 0.0)))
        if not offers:
            return Fault((index,), relation.figures, (), False)
        best = offers[0]
        target = next((c for c in offers if c.figure == relation.target), None)
        repaired = not best.broken and self._lone_repair(best, offers[1:])
        if not repaired and target is not None and self._nothing_better(relation, best, target):
            best = target
        suspects = [best.figure, *(c.figure for c in offers if c.figure != best.figure)]
        if repaired:
            self._believe(best.amounts)
        closed = tuple(sorted(i for i in best.closed if i in open_ones)) if not best.broken else (index,)
        return Fault(closed or (index,), tuple(dict.fromkeys(suspects)), best.amounts, repaired)

    def _lone_repair(self, best: Change, rivals: Sequence[Change]) -> bool:
        """One relation is enough only where a doubted reading's own other reading closes it, or a common
        slip does and nothing else in it is doubted."""
        if not self._may_apply(best, []):
            return False
        figure = self.figures[best.figure]
        other_reading = any(amount == best.amounts[0][1] for amount, _ in figure.rivals)
        slip = change_cost(figure.printed, figure.amount, best.amounts[0][1], figure.step)
        if not other_reading and slip > 1.5:
            return False
        return all(r.cost - best.cost >= _MARGIN for r in rivals if not r.broken)

    def _nothing_better(self, relation: Relation, best: Change, target: Change) -> bool:
        """Whether naming the target first is as good a guess as the best offer.

        A total or a sum of many figures that were all surely read, or one in which every change breaks
        something else, is named for the figure that was worked out: any of its terms might have slipped.
        """
        figure = self.figures[best.figure]
        if figure.weak:
            return False
        added_up = relation.kind in ("total", "prose_sum") or len(relation.figures) > _FEW
        if best.broken or (figure.sure and added_up):
            return True
        return best.cost + 1.0 > target.cost - _TARGET_BONUS
