"""Rows with a cell too many, put right by the arithmetic and the habits of their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from math import fsum, log2

from extract.dump.relations import Relation, learn_relations
from normalize.numbers import looks_numeric, parse_number

_MOST_EXTRA = 2
_FEWEST_ROWS = 3
_RELATION_WEIGHT = 4.0  # against a copy of the row's own figures


def mend_slips(rows: list[list[str]], header: int) -> tuple[list[list[str]], set[tuple[int, int]], list[str]]:
    """Rows brought to the table's width, the positions that are now doubtful, and notes on each row.

    A row is too wide when it has more cells than the header (or than most rows). The cells to drop are
    chosen so that the relations that hold in the sound rows hold again, text and figures stand in the
    columns where the others have them, and columns that are usually equal are equal again.
    """
    width = _width(rows, header)
    if all(len(row) <= width for row in rows):
        return rows, set(), []
    sound = [row for row in rows[header:] if len(row) <= width]
    amounts = [_amounts(row, width) for row in sound]
    relations = learn_relations(amounts) if len(sound) >= _FEWEST_ROWS else ()
    doubtful: set[tuple[int, int]] = set()
    notes: list[str] = []
    mended: list[list[str]] = []
    for r, row in enumerate(rows):
        extra = len(row) - width
        if not 0 < extra <= _MOST_EXTRA or r < header or not sound:
            mended.append(row)
            continue
        best, dropped, proved = _best_drop(row, width, sound, relations)
        mended.append(best)
        last = min(dropped) + 1 if proved else width
        doubtful.update((r, c) for c in range(min(dropped), last) if looks_numeric(best[c]))
        label = next((c for c in row if c and not looks_numeric(c)), "")
        gone = ", ".join(f"“{row[c]}”" for c in dropped)
        reason = "tổng của hàng lại khớp" if proved else "theo cột của các hàng bên, tổng của hàng không khớp"
        notes.append(f"Hàng {r + 1} ({label}) thừa {extra} ô so với tiêu đề: đã bỏ {gone}; {reason}.")
    return mended, doubtful, notes


def _width(rows: Sequence[Sequence[str]], header: int) -> int:
    """The header's width; without a header the width of most rows."""
    if header:
        return max(len(r) for r in rows[:header])
    widths = [len(r) for r in rows]
    return max(set(widths), key=widths.count)


def _amounts(row: Sequence[str], width: int) -> list[Decimal | None]:
    values = [parse_number(cell) for cell in row]
    return [v.amount if v else None for v in values] + [None] * (width - len(row))


def _best_drop(
    row: list[str], width: int, sound: Sequence[Sequence[str]], relations: Sequence[Relation]
) -> tuple[list[str], tuple[int, ...], bool]:
    """The row without the cells whose loss fits best, their indices, and whether a relation proves it."""
    offers = []
    for dropped in combinations(range(len(row)), len(row) - width):
        kept = [cell for i, cell in enumerate(row) if i not in dropped]
        amounts = _amounts(kept, width)
        verdicts = [relation.holds(amounts) for relation in relations]
        held = sum(v is True for v in verdicts) - sum(v is False for v in verdicts)
        copies = fsum(log2(_run_length(row, d)) for d in dropped)
        score = _RELATION_WEIGHT * held + 2.0 * copies + _likeness(kept, sound)
        offers.append((score, tuple(-d for d in dropped), held > 0, kept))
    score, places, proved, kept = max(offers, key=lambda o: (o[0], o[1]))
    return kept, tuple(-p for p in places), proved


def _run_length(row: Sequence[str], at: int) -> int:
    """How many neighbouring cells equal the one at `at`, itself included: a slip repeats a cell, and the
    longer the run of equal cells, the likelier it holds the repeated one."""
    first = last = at
    while first > 0 and row[first - 1] == row[at]:
        first -= 1
    while last + 1 < len(row) and row[last + 1] == row[at]:
        last += 1
    return last - first + 1


def _likeness(row: Sequence[str], sound: Sequence[Sequence[str]]) -> float:
    """How well a row's cells sit in their columns: figures where figures are, equal where others are."""
    score = 0.0
    full = [other for other in sound if len(other) == len(row)]
    for c, cell in enumerate(row):
        filled = [other[c] for other in full if other[c].strip()]
        if filled and cell.strip():
            numeric = sum(looks_numeric(x) for x in filled) / len(filled)
            score += numeric if looks_numeric(cell) else 1 - numeric
        elif not cell.strip():
            score += 1 - len(filled) / max(1, len(full))
    for c in range(len(row) - 1):
        told = [other for other in full if looks_numeric(other[c]) and looks_numeric(other[c + 1])]
        if len(told) >= _FEWEST_ROWS and looks_numeric(row[c]) and looks_numeric(row[c + 1]):
            equal = sum(other[c] == other[c + 1] for other in told) / len(told)
            score += equal if row[c] == row[c + 1] else 1 - equal
    return score
