"""What might be wrong: every change of one figure, or of a few together, that failing relations suggest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from checks.equations import Alike, Equations, Verdicts
from checks.proof import chance
from checks.relation import (
    HUNDRED,
    WORKED_OUT,
    ZERO,
    Figure,
    Figures,
    Relation,
    Verdict,
    bears_out,
    judge,
    keeps,
)
from checks.search.blame import Setting, Sizes, broken_odds, guilt, misfit, moved_odds
from checks.search.padding import Padding
from checks.search.rounds import Rounds
from checks.search.slips import change_cost, fits_ink, slips, with_mark
from normalize.sums import exponent_of, half_unit, last_unit

SURE_COST = 5.0  # nats: a slip of the author's in a figure the reader is sure of
_BORNE_OUT = 20.0  # nats: an annex repeats figures of another table, which add up there (3 of 3 in gold)
_LOST = 1.0  # nats: ink that the reader could make no number of
_MOVED = 2.0  # nats: cells put in each other's places
_CROWDED = 60  # failing relations of one figure past which its single slips are not tried

Place = tuple[str, int, int]  # table id, row, column


@dataclass(frozen=True, slots=True)
class Change:
    """Figures given other amounts at once: what it closes and breaks, its cost as a slip in nats, and the log
    odds that this is what happened (checks/search/blame.py)."""

    amounts: tuple[tuple[int, Decimal], ...]
    closed: frozenset[int]
    broken: int
    cost: float
    odds: float = 0.0

    @property
    def gain(self) -> int:
        return len(self.closed) - self.broken

    @property
    def figure(self) -> int:
        return self.amounts[0][0]


@dataclass(frozen=True, slots=True)
class _Otherwise:
    """A document's figures, a few of them taken otherwise."""

    figures: Sequence[Figure]
    others: Mapping[int, Figure]

    def __getitem__(self, figure: int, /) -> Figure:
        found = self.others.get(figure)
        return self.figures[figure] if found is None else found


@dataclass
class Ledger:
    """A document's figures and relations with the amounts that are believed at the moment. `amounts` starts
    as read; `touching` lists the relations of a figure; `verdicts` go with `relations`."""

    figures: Sequence[Figure]
    relations: Sequence[Relation]
    amounts: list[Decimal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.amounts = [f.amount for f in self.figures]
        self.relations = Equations.of(self.relations)
        self.verdicts = Verdicts(self.relations, self.amounts, self.figures)

    @cached_property
    def touching(self) -> dict[int, list[int]]:
        """The relations of each figure; asked for once one is in doubt."""
        found: dict[int, list[int]] = {}
        equations = Equations.of(self.relations)
        for start, group in zip(equations.starts, equations.groups):
            named = group.figures.tolist() if isinstance(group, Alike) else (r.figures for r in group)
            for i, figures in enumerate(named, start):
                for n in figures:
                    found.setdefault(n, []).append(i)
        return found

    @cached_property
    def sizes(self) -> Sizes:
        """What is usual in the document's tables."""
        return Sizes(self.figures)

    @cached_property
    def holes(self) -> frozenset[tuple[str, int]]:
        """The rows (table id, row) with an empty cell in a column of figures."""
        empty = (f.ref for f in self.figures if f.blank and not f.printed.strip())
        return frozenset((ref.table_id, ref.row) for ref in empty if ref is not None)

    @cached_property
    def padding(self) -> Padding:
        """Which columns print noughts before their figures."""
        return Padding(self.figures)

    @cached_property
    def rounds(self) -> Rounds:
        """How round the figures of each column are."""
        return Rounds(self.figures)

    def failing(self) -> set[int]:
        """The relations that do not hold, by index."""
        return self.verdicts.failing()

    def believe(self, amounts: Iterable[tuple[int, Decimal]]) -> None:
        for n, amount in amounts:
            self.amounts[n] = amount
        for i in {i for n, _ in amounts for i in self.touching.get(n, ())}:
            self.verdicts[i] = judge(self.relations[i], self.amounts, self.figures)

    def changes(self, open_ones: set[int]) -> Iterator[Change]:
        """Changes that close two open relations or more and break none: of one figure, of two neighbours
        exchanged, of a row that slipped."""
        count: dict[int, int] = {}
        for i in open_ones:
            for n in self.relations[i].figures:
                count[n] = count.get(n, 0) + 1
        for n, fails in count.items():
            if fails >= 2 or self.figures[n].weak:
                for amount in self._candidates(n, open_ones, fails >= 2):
                    if change := self.weigh(((n, amount),), open_ones, 2):
                        yield change
        yield from self._moves(open_ones, count)

    def _candidates(self, n: int, open_ones: set[int], all_slips: bool) -> list[Decimal]:
        """Amounts worth trying for a figure: what closes a relation of it, its other readings, its slips."""
        figure = self.figures[n]
        own = [i for i in self.touching[n] if i in open_ones]
        out: dict[Decimal, None] = {}
        divided = False
        for i in own:
            amount = self.closing_amount(self.relations[i], n, self.verdicts[i])
            if amount is not None:
                out[amount] = None
            divided = divided or bool(self.relations[i].whole and n != self.relations[i].target)
        for amount, _ in figure.rivals:
            out[amount] = None
        if divided and all_slips and len(own) <= _CROWDED:
            out.update(dict.fromkeys(slips(figure.printed, self.amounts[n], figure.step)))
        out.pop(self.amounts[n], None)
        return [a for a in out if a >= 0 or figure.signed]

    def closing_amount(self, relation: Relation, n: int, verdict: Verdict | None = None) -> Decimal | None:
        """The amount of figure `n`, to its last printed digit, that makes a relation close. `verdict` is the
        relation's among the amounts as they are, where it is known."""
        verdict = verdict or judge(relation, self.amounts, self.figures)
        if verdict.predicted is None:
            return None
        pull = relation.pull(n, self.amounts)
        if not pull:
            return None
        step = self.figures[n].step
        if self.figures[n].weak:  # its decimals may be what was not read
            step = min(step, *(self.figures[m].step for m in relation.figures))
        want: Decimal | None
        if n == relation.target:
            want = verdict.predicted
        elif not relation.whole:
            want = self.amounts[n] - verdict.off / pull
        else:
            want = self._for_quotient(relation, n)
        if want is None or (want < 0 and not self.figures[n].signed):
            return None
        marked = with_mark(self.figures[n].printed, want) if step >= 1 and not self.figures[n].weak else None
        return (want / step).to_integral_value() * step if marked is None else marked

    def _for_quotient(self, relation: Relation, n: int) -> Decimal | None:
        """The part or whole that gives the printed percentage: solved exactly, since it is linear in each."""
        goal = (self.amounts[relation.target] - relation.constant) / relation.scale
        f_top = sum((t.factor for t in relation.parts if t.figure == n), ZERO)
        f_low = sum((t.factor for t in relation.whole if t.figure == n), ZERO)
        top = sum((t.factor * self.amounts[t.figure] for t in relation.parts if t.figure != n), ZERO)
        low = sum((t.factor * self.amounts[t.figure] for t in relation.whole if t.figure != n), ZERO)
        slope = f_top - goal * f_low
        return (goal * low - top) / slope if slope else None

    def _moves(self, open_ones: set[int], count: Iterable[int]) -> Iterator[Change]:
        """Two neighbouring cells exchanged, in one row or one column; a row slipped by one column."""
        spots = self._spots(count)
        yield from self._exchanges(spots, open_ones, 2)
        for (table, row, col), n in spots.items():
            if self.figures[n].blank and not self.figures[n].printed.strip():
                for step in (1, -1):
                    yield from self._slipped(spots, (table, row, col), step, open_ones)

    def exchanges(self, relation: Relation, open_ones: set[int]) -> Iterator[Change]:
        """Neighbouring cells of one relation exchanged, where that closes something."""
        return self._exchanges(self._spots(relation.figures), open_ones, 1)

    def _spots(self, figures: Iterable[int]) -> dict[Place, int]:
        """Where figures stand that are the one figure of their cell."""
        return {
            (f.ref.table_id, f.ref.row, f.ref.col): n
            for n in figures
            if (f := self.figures[n]).ref is not None and not f.in_text
        }

    def _exchanges(self, spots: dict[Place, int], open_ones: set[int], least: int) -> Iterator[Change]:
        for (table, row, col), n in spots.items():
            for other in ((table, row, col + 1), (table, row + 1, col)):
                m = spots.get(other)
                if m is not None and self.read(m) != self.read(n):
                    amounts = ((n, self.read(m)), (m, self.read(n)))
                    if change := self.weigh(amounts, open_ones, least, moved=True):
                        yield change

    def read(self, n: int) -> Decimal:
        """A figure's amount as it was read, before its column's range was heeded."""
        as_read = self.figures[n].as_read
        return self.amounts[n] if as_read is None else as_read

    def _slipped(
        self,
        spots: dict[Place, int],
        gap: Place,
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
            moved = tuple((a, self.read(b)) for a, b in pairwise(part))
            for end in self._ends(part, moved, open_ones):
                if change := self.weigh((*moved, (part[-1], end)), open_ones, 2, moved=True):
                    yield change

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

    def weigh(
        self,
        amounts: tuple[tuple[int, Decimal], ...],
        open_ones: set[int],
        least: int = 0,
        moved: bool = False,
    ) -> Change | None:
        """What a change closes and breaks, and its cost; None as soon as it is plain that it closes fewer
        than `least` of the open relations or, where some are asked for, breaks another."""
        touched = {i for n, _ in amounts for i in self.touching.get(n, ())}
        ours = touched & open_ones
        if len(ours) < least:
            return None
        before = [(n, self.amounts[n]) for n, _ in amounts]
        for n, amount in amounts:
            self.amounts[n] = amount
        figures = self._with_marks(amounts)
        after = {i: judge(self.relations[i], self.amounts, figures) for i in sorted(ours)}
        closed = {i: verdict for i, verdict in after.items() if bears_out(verdict)}
        broken: list[int] = []
        if len(closed) >= least:
            for i in touched - open_ones:
                was = self.verdicts[i]
                if was.closes and not keeps(was, judge(self.relations[i], self.amounts, figures)):
                    broken.append(i)
                    if least:
                        break
        for n, amount in before:
            self.amounts[n] = amount
        if least and (len(closed) < least or broken):
            return None
        if moved:
            cost = _MOVED + min(self.doubt(n) for n, _ in amounts) + 0.2 * len(amounts)
        else:
            cost = math.fsum(self.cost(n, amount) for n, amount in amounts)
        odds = self._odds(amounts, closed, broken, moved)
        odds -= math.fsum(misfit(self.relations[i], verdict, figures) for i, verdict in closed.items())
        return Change(amounts, frozenset(closed), len(broken), cost, odds)

    def _with_marks(self, amounts: Iterable[tuple[int, Decimal]]) -> Figures:
        """The figures, those that are given decimals which their print lacks with the rounding of these:
        `505` for 50,5 stands for anything within half a tenth."""
        marked: dict[int, Figure] = {}
        for n, amount in amounts:
            places = -exponent_of(amount)
            if places > 0 and self.figures[n].step >= 1:
                marked[n] = replace(self.figures[n], half=half_unit(places), step=last_unit(places))
        return _Otherwise(self.figures, marked) if marked else self.figures

    def _odds(
        self,
        amounts: tuple[tuple[int, Decimal], ...],
        closed: Iterable[int],
        broken: Iterable[int],
        moved: bool,
    ) -> float:
        """Log odds that figures truly are what a change says, with the amounts as they are."""
        against = {i: self._broken_odds(i) for i in broken}
        if moved:
            return moved_odds(len(amounts)) + math.fsum(against.values())
        return math.fsum(self._guilt(n, amount, sorted(closed), against) for n, amount in amounts)

    def _broken_odds(self, i: int) -> float:
        relation = self.relations[i]
        return broken_odds(relation, chance(relation, self.verdicts[i], self.amounts, self.figures))

    def _guilt(self, n: int, amount: Decimal, closed: Sequence[int], against: Mapping[int, float]) -> float:
        figure = self.figures[n]
        targets = [i for i in closed if self.relations[i].target == n]
        worked = [i for i in closed if self._works_out(i, n)]
        sources = [odds for i, odds in against.items() if self._works_out(i, n)]
        setting = Setting(
            "result" if worked else "repeat" if targets else "given",
            self.verdicts[worked[0]].off if worked else ZERO,
            tuple(self.amounts[t.figure] * t.factor for t in self.relations[worked[0]].parts)
            if worked
            else (),
            math.fsum(against.values()),
            math.fsum(sources),
            len(against) - len(sources),
        )
        odds = guilt(figure, amount, setting) + self.sizes.surprise(n, figure, amount)
        odds += self.rounds.surprise(figure, amount) + self.padding.surprise(figure, amount)
        # Where two tables differ and each bears its own figure out, the one that repeats is spoken of.
        original = against and any(self.relations[i].source == "annex" for i in closed) and not targets
        return odds - _BORNE_OUT if original else odds

    def _works_out(self, i: int, n: int) -> bool:
        """Whether a relation tells how a figure was worked out. Of area, yield and production it is open
        whether the yield was, or the production. A whole of a hundred percent was not."""
        relation = self.relations[i]
        adds_up = relation.kind in ("total", "row_sum")
        if adds_up and self.figures[n].percent and self.amounts[n] == HUNDRED:
            return False  # shares of a whole: nobody adds them up to write this
        if adds_up and relation.constant:
            return False  # answers that add up to those asked were all counted
        if relation.kind == "formula" and relation.source == "discovered" and relation.whole:
            return n == relation.target or any(t.figure == n for t in relation.parts)
        return relation.target == n and relation.kind in WORKED_OUT

    def inked(self, n: int, amount: Decimal) -> bool:
        """Whether the ink of figure `n` may say `amount`: where it gave no number, another reading says so,
        or it has as many signs and the digits that were seen."""
        figure = self.figures[n]
        if not figure.blank or any(amount == other for other, _ in figure.rivals):
            return True
        return fits_ink(figure.printed, amount, figure.step)

    def cost(self, n: int, amount: Decimal) -> float:
        """The cost of figure `n` truly being `amount`: its other readings first, else a slip."""
        figure = self.figures[n]
        if figure.blank:
            return self.doubt(n) + _LOST
        slip = change_cost(figure.printed, figure.amount, amount, figure.step)
        said = [cost for other, cost in figure.rivals if other == amount]
        return self.doubt(n) + min([slip, *(min(c, 3.0) * 0.3 for c in said)])

    def doubt(self, n: int) -> float:
        """What it costs to doubt a reading at all."""
        figure = self.figures[n]
        if figure.sure:
            return SURE_COST
        if figure.weak:
            return 0.0
        return min(SURE_COST, max(1.5, -math.log(max(1e-3, 1.0 - figure.confidence))))
