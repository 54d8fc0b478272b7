"""Figures of a stream dealt to the columns of a table: each goes to the next free row of one of them.

Whatever order a page's reader writes a table in, it writes each column from above: by rows, by columns, by
chunks of either, whole or torn, a figure is the next one of some column. So a way to deal the figures is a
choice of a column for each, and the likeliest is the one whose columns hold like figures, whose runs are few
(down a column, or across a band of columns row by row), whose rows obey the same sums and shares, and whose
columns come out as long as the table. Many beginnings are followed up at once, each a row of the same arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.dump.columnar.dealing_fit import Known, kind_of_figure
from extract.dump.columnar.dealing_relations import Relations
from extract.dump.columnar.dealing_steps import PASSED, Step, Steps, Table
from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.figures import Rows
from extract.dump.columnar.rectangle_sums import amounts_of
from extract.dump.columnar.regular_plans import Plan, regular_plans

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

# Nats of a cell that no figure is left for.
_NEVER_FILLED = 1.8
# Beginnings followed up at first, and where these come to nothing good; how many times as many are looked at
# for sums; nats a figure of what is good.
_FEW, _MANY, _WIDER, _GOOD = 48, 144, 2, -0.8
_TOLD = 8  # ways of one dealing that are told


@dataclass(frozen=True, slots=True)
class Hand:
    """Rows of figures as they were dealt, which figures were passed over, and what it costs in nats."""

    rows: Rows
    passed: tuple[int, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """Of each beginning that was kept after a figure: which one it goes on from, and the figure's cell."""

    parents: Indices
    rows: Indices
    cols: Indices


def deal(figures: Sequence[Dealt], height: int, width: int, total: bool = False, beam: int = 0) -> list[Hand]:
    """The likeliest ways to deal figures to `width` columns of `height` rows, the best first; the last row
    may be known for a `total`. The ways that are regular are looked at first, and no others where one of them
    is good; then so many beginnings are followed up (`beam`, else few and, where these come to nothing good,
    many, with cells left empty on the way)."""
    shape = (height, width)
    found = _along(figures, shape, total, regular_plans(figures, shape))
    if found and found[0].cost < _GOOD * len(figures):
        return found
    found += _search(figures, shape, total, beam or _FEW, rare=False)
    if not beam and min(hand.cost for hand in found) >= _GOOD * len(figures):
        found += _search(figures, shape, total, _MANY, rare=True)
    return sorted(found, key=lambda hand: hand.cost)[:_TOLD]


@dataclass(slots=True)
class _Beginnings:
    """Many beginnings at once: how far each has filled its table, what it knows, what it costs."""

    table: Table
    known: Known
    relations: Relations
    costs: Numbers

    @classmethod
    def empty(cls, shape: tuple[int, int], total: bool, count: int = 1) -> _Beginnings:
        none = np.zeros(count, dtype=np.intp)
        known = Known.empty(*shape, total).at(none)
        return cls(Table.empty(*shape).at(none), known, Relations.empty(*shape).at(none), np.zeros(count))

    def ends(self) -> Numbers:
        """The nats of whole tables, those of cells left without a figure among them."""
        return np.asarray(self.costs + _NEVER_FILLED * self.table.unfilled())


def _search(
    figures: Sequence[Dealt], shape: tuple[int, int], total: bool, beam: int, *, rare: bool
) -> list[Hand]:
    """The best tables that the `beam` best beginnings come to."""
    now = _Beginnings.empty(shape, total)
    choices: list[_Choice] = []
    amounts = amounts_of([figure.text for figure in figures])
    for i, step in enumerate(_steps(figures)):
        kind = kind_of_figure(figures[i].text)
        steps = Steps.after(now.table, step, figures[i].pass_cost, rare)
        scores = now.costs[steps.parents] + steps.costs + now.known.fits(steps, kind)
        likely = np.argsort(scores, kind="stable")[: _WIDER * beam]
        steps, scores = steps.at(likely), scores[likely]
        grown = now.table.grown(steps, i)
        proofs, related = now.relations.grown(steps, amounts.values[i], amounts.slacks[i])
        scores = scores - proofs
        kept = _best(grown, scores, beam)
        steps = steps.at(kept)
        now = _Beginnings(grown.at(kept), now.known.grown(steps, kind), related.at(kept), scores[kept])
        choices.append(_Choice(steps.parents, steps.rows, steps.cols))
    ends = now.ends()
    best = np.argsort(ends, kind="stable")[:_TOLD]
    return [_hand(int(k), float(ends[k]), choices, figures, shape) for k in best]


def _along(
    figures: Sequence[Dealt], shape: tuple[int, int], total: bool, plans: Sequence[Plan]
) -> list[Hand]:
    """The tables that plans make, each a cell for each figure or None, the best first; those whose steps are
    none are left out."""
    if not plans:
        return []
    now = _Beginnings.empty(shape, total, len(plans))
    own = np.arange(len(plans))
    amounts = amounts_of([figure.text for figure in figures])
    for i, step in enumerate(_steps(figures)):
        kind = kind_of_figure(figures[i].text)
        cells = np.array([plans[int(k)][i] or (PASSED, PASSED) for k in own], dtype=np.intp).reshape(-1, 2)
        steps = Steps.after(now.table, step, figures[i].pass_cost, rare=False)
        planned = (steps.rows == cells[steps.parents, 0]) & (steps.cols == cells[steps.parents, 1])
        steps = steps.at(np.flatnonzero(planned))
        order = np.lexsort((steps.costs, steps.parents))
        _, first = np.unique(steps.parents[order], return_index=True)
        steps = steps.at(order[first])
        scores = now.costs[steps.parents] + steps.costs + now.known.fits(steps, kind)
        proofs, related = now.relations.grown(steps, amounts.values[i], amounts.slacks[i])
        table, known = now.table.grown(steps, i), now.known.grown(steps, kind)
        now, own = _Beginnings(table, known, related, scores - proofs), own[steps.parents]
    ends = now.ends()
    order = np.argsort(ends, kind="stable")
    return [_planned(plans[int(own[k])], float(ends[k]), figures, shape) for k in order]


def _planned(plan: Plan, cost: float, figures: Sequence[Dealt], shape: tuple[int, int]) -> Hand:
    rows = [[""] * shape[1] for _ in range(shape[0])]
    passed = tuple(i for i, cell in enumerate(plan) if cell is None)
    for figure, cell in zip(figures, plan, strict=True):
        if cell is not None:
            rows[cell[0]][cell[1]] = figure.text
    return Hand(tuple(map(tuple, rows)), passed, cost)


def _steps(figures: Sequence[Dealt]) -> list[Step]:
    """How each figure stands to the one before it, and whether that one ends a block of several lines."""
    steps: list[Step] = []
    below = 1
    for i in range(len(figures) - 1, -1, -1):
        before, figure = figures[i - 1], figures[i]
        same_line, same_block = figure.line == before.line, figure.block == before.block
        steps.append(Step(i == 0, same_line, same_block, False, False, below))
        below = below + 1 if same_block and not same_line else 1
    steps.reverse()
    within = [step.same_block and not step.same_line for step in steps]
    return [
        step._replace(
            ends_block=i > 0 and within[i - 1] and not step.same_block,
            second=i > 0 and within[i] and not steps[i - 1].same_block,
        )
        for i, step in enumerate(steps)
    ]


def _best(table: Table, scores: Numbers, count: int) -> Indices:
    """The best beginnings, of those that leave the same cells free and go on from the same cell the best."""
    order = np.argsort(scores, kind="stable")
    _, first = np.unique(table.keys()[order], return_index=True)
    return np.asarray(order[np.sort(first)][:count], dtype=np.intp)


def _hand(
    at: int, cost: float, choices: Sequence[_Choice], figures: Sequence[Dealt], shape: tuple[int, int]
) -> Hand:
    rows = [[""] * shape[1] for _ in range(shape[0])]
    passed: list[int] = []
    for i in range(len(figures) - 1, -1, -1):
        choice = choices[i]
        if choice.rows[at] == PASSED:
            passed.append(i)
        else:
            rows[choice.rows[at]][choice.cols[at]] = figures[i].text
        at = int(choice.parents[at])
    return Hand(tuple(map(tuple, rows)), tuple(reversed(passed)), cost)
