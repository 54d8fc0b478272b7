"""What the figures of a table and its row of column numbers say of its columns, before their headings are
known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.dump.relations import learn_relations
from extract.dump.stream.solve import amount_of
from normalize.numbering import declared
from normalize.numbers import is_none_mark
from normalize.ordinals import is_ordinal

Holds = Literal["ordinal", "words", "figures", "shares", "nothing"]
# Of a column's filled cells that say what it holds.
_MOSTLY, _HARDLY = 0.6, 0.15
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What each column holds; the sums between columns (total, parts); the column a share is taken of."""

    holds: tuple[Holds, ...]
    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    share_of: tuple[tuple[int, int], ...] = ()

    @property
    def width(self) -> int:
        return len(self.holds)

    @property
    def totals(self) -> frozenset[int]:
        return frozenset(total for total, _ in self.sums)

    @property
    def parts(self) -> frozenset[int]:
        return frozenset(c for _, parts in self.sums for c in parts)


def facts_of(body: Sequence[Sequence[str]], numbering: Sequence[str] = ()) -> ColumnFacts:
    """The facts of a table's body rows (texts) and the marks of its columns."""
    body = body[:_MOST_ROWS]
    width = len(body[0]) if body else len(numbering)
    holds = tuple(_holds([row[c] for row in body], c) for c in range(width))
    figures = [c for c in range(width) if holds[c] in ("figures", "shares", "nothing")]
    rows = [[amount_of(row[c]) if row[c].strip() else None for c in figures] for row in body]
    learnt = learn_relations(rows) if len(figures) > 2 else ()
    sums = {(figures[r.total], tuple(figures[c] for c in r.parts)) for r in learnt}
    shares = set[tuple[int, int]]()
    for col, parts, whole in declared(numbering):
        if whole:
            shares.add((col, parts[0][0]))
        elif len(parts) > 1 and all(sign > 0 for _, sign in parts):
            said = (col, tuple(c for c, _ in parts))
            sums = {said, *(s for s in sums if not _crosses(s, said))}
    return ColumnFacts(holds, tuple(sorted(_nearest(sums) if not numbering else sums)), tuple(sorted(shares)))


def numbering_in_place(marks: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The marks of the columns, moved to where the figures obey their formulas: a dump keeps no blanks for
    columns without a mark. As they are where the figures tell nothing."""
    filled = [i for i, mark in enumerate(marks) if mark.strip()]
    if not filled or not body:
        return tuple(marks)
    first, last, width = filled[0], filled[-1], len(marks)
    found = facts_of(body).sums
    sums = {(total, frozenset(parts)) for total, parts in found}

    def moved(shift: int) -> tuple[str, ...]:
        out = [""] * width
        out[first + shift : last + 1 + shift] = marks[first : last + 1]
        return tuple(out)

    def obeyed(shift: int) -> int:
        said = [
            (col, frozenset(c for c, _ in parts)) for col, parts, whole in declared(moved(shift)) if not whole
        ]
        return sum(s in sums for s in said)

    shifts = [s for s in (0, -1, 1, -2, 2) if first + s >= 0 and last + s < width]
    return moved(max(shifts, key=obeyed))


def _crosses(learnt: tuple[int, tuple[int, ...]], said: tuple[int, tuple[int, ...]]) -> bool:
    """Whether a sum that the figures seem to obey cuts through one that the column numbers state."""
    one, other = {learnt[0], *learnt[1]}, {said[0], *said[1]}
    return bool(one & other) and not (
        one <= other or other <= one or (len(one & other) == 1 and said[0] in one)
    )


def _nearest(sums: set[tuple[int, tuple[int, ...]]]) -> list[tuple[int, tuple[int, ...]]]:
    """Of the sums that a total is, the one of the fewest and nearest parts."""
    best: dict[int, tuple[int, ...]] = {}
    for total, parts in sorted(sums, key=lambda s: (len(s[1]), max(abs(c - s[0]) for c in s[1]), s)):
        best.setdefault(total, parts)
    return list(best.items())


def _holds(texts: Sequence[str], col: int) -> Holds:
    filled = [text.strip() for text in texts if text.strip()]
    if len(filled) <= _HARDLY * len(texts):
        return "nothing"
    if col == 0 and sum(is_ordinal(text) for text in filled) > _MOSTLY * len(filled):
        return "ordinal"
    if sum(text.endswith("%") for text in filled) > _MOSTLY * sum(not is_none_mark(t) for t in filled):
        return "shares"
    figures = sum(amount_of(text) is not None or is_none_mark(text) for text in filled)
    return "figures" if figures > _MOSTLY * len(filled) else "words"
