"""A header printed on several pages of a table, each of its cells as most or the surest of them read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from extract.tables.seams import Part
from model.page import GridCell, Reading

SURER = 0.05
"""Votes by which another page's reading must lead that of the first: a page's voice is its confidence."""

LITERAL_COST = 1.0
"""What the first page's reading costs beside the one that was elected."""

NOT_INK = frozenset(("text-layer", "text", "office"))
"""Who says what stands there, instead of reading it."""

Place = tuple[int, int, int, int]
"""A cell's row, column, and how many of each it spans."""


def with_heads_elected(parts: Sequence[Part]) -> list[Part]:
    """The parts of a table, the header of the first one as all pages that repeat it read it. Each cell is
    elected by itself, among those of its place and span; what the first page read stays beside it."""
    head = parts[0]
    again = [
        {_place(cell): cell for cell in part.grid.cells if cell.row < part.first}
        for part in parts[1:]
        if part.first == head.header
        and part.grid.n_cols == head.grid.n_cols
        and "header repeated" in part.proof
    ]
    if not again:
        return list(parts)
    cells = tuple(
        _elected(cell, [page[_place(cell)] for page in again if _place(cell) in page])
        if cell.row < head.header
        else cell
        for cell in head.grid.cells
    )
    return [replace(head, grid=replace(head.grid, cells=cells)), *parts[1:]]


def _place(cell: GridCell) -> Place:
    return cell.row, cell.col, cell.row_span, cell.col_span


def _elected(cell: GridCell, others: Sequence[GridCell]) -> GridCell:
    """A cell of the header with the text that has most votes among its own and those of `others`. Figures
    on which pages differ are in doubt."""
    if cell.engine in NOT_INK:
        return cell
    others = [one for one in others if not _goes_on(cell.text, one.text)]
    votes: dict[str, list[float]] = defaultdict(list)
    for one in (cell, *others):
        votes[" ".join(one.text.split())].append(_voice(one))
    counts = {text: fsum(voices) for text, voices in votes.items()}
    own = " ".join(cell.text.split())
    best = max(counts, key=lambda text: counts[text])
    if best == own or counts[best] < counts[own] + SURER:
        return cell
    new = max((c for c in others if " ".join(c.text.split()) == best), key=lambda c: c.confidence)
    literal = (Reading(cell.text, LITERAL_COST, cell.engine),) if cell.text else ()
    return replace(
        cell,
        text=new.text,
        confidence=new.confidence,
        alternatives=(*literal, *new.alternatives),
        doubtful=new.doubtful or _digits(cell.text) != _digits(new.text),
        engine=new.engine,
    )


def _goes_on(own: str, other: str) -> bool:
    """Whether another page's header has the same lines and more in small letters below: the rest of a row
    that the page before began stands there, and no rule parts them."""
    lines, longer = ([" ".join(line.split()) for line in text.split("\n")] for text in (own, other))
    more = longer[len(lines) :]
    return bool(own and more) and longer[: len(lines)] == lines and more[0][:1].islower()


def _voice(cell: GridCell) -> float:
    """How much a reading counts: its confidence, by the share of its signs that are letters or figures."""
    signs = [c for c in cell.text if not c.isspace()]
    return cell.confidence * sum(c.isalnum() or c in "()%/" for c in signs) / max(1, len(signs))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
