"""The failing relations of a flag, written out with their figures: `70 + 9 = 79 ≠ 81`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from model.document import Document
from model.table import Cell
from model.value import DecimalMark
from normalize.numbers import parse_number
from review.folder import FlagRow

_MOST_TERMS = 12
_HUNDRED = Decimal(100)


def relation_text(document: Document, flag: FlagRow) -> str:
    """Every relation that the flag's cells make with the figure expected, joined by `; `.

    The cells of one column, of one row, and all together are tried as a sum, a whole less its parts, and a
    percentage. Where none gives the expected figure the cells are only named; '' when there are none.
    """
    figures = [c for c in _related(document, flag) if c.value is not None]
    if not figures or not flag.found:
        return ""
    mark = document.decimal_mark
    expected = parse_number(flag.expected, mark)
    if expected is not None:
        found = {
            f"{text} = {_shown(expected.amount, mark)} ≠ {flag.found}": None
            for group in _groups(figures, flag)
            for text in _explained(group, expected.amount, expected.decimals)
        }
        if found:
            return "; ".join(found)
    return f"{flag.found} ↔ {', '.join(c.text for c in figures[:_MOST_TERMS])}"


def _related(document: Document, flag: FlagRow) -> list[Cell]:
    tables = {t.table_id: t for t in document.tables}
    found = []
    for ref in flag.cells:
        table = tables.get(ref.table_id)
        if table is None or (ref.table_id, ref.row, ref.col) == (flag.table_id, flag.row, flag.col):
            continue
        if 0 <= ref.row < table.n_rows and 0 <= ref.col < table.n_cols:
            found.append(table.rows[ref.row][ref.col])
    return found


def _groups(figures: Sequence[Cell], flag: FlagRow) -> Iterator[list[Cell]]:
    """The related cells of the flagged cell's column, of its row, and all of them."""
    yield [c for c in figures if c.col == flag.col and c.row != flag.row]
    yield [c for c in figures if c.row == flag.row and c.col != flag.col]
    yield list(figures)


def _explained(group: Sequence[Cell], expected: Decimal, decimals: int) -> Iterator[str]:
    amounts = [c.value.amount for c in group if c.value is not None]
    if not amounts:
        return
    if len(amounts) > 1 and sum(amounts) == expected:
        yield " + ".join(_terms([c for c, a in zip(group, amounts) if a]))
        return
    largest = max(range(len(amounts)), key=lambda n: abs(amounts[n]))
    rest = [n for n in range(len(amounts)) if n != largest]
    if rest and amounts[largest] - sum(amounts[n] for n in rest) == expected:
        yield " − ".join([group[largest].text, *_terms([group[n] for n in rest if amounts[n]])])
    elif len(amounts) == 2 and all(amounts):
        part, whole = sorted(range(2), key=lambda n: abs(amounts[n]))
        step = Decimal(1).scaleb(-decimals)
        share = (_HUNDRED * amounts[part] / amounts[whole]).quantize(step, ROUND_HALF_UP)
        if share == expected:
            yield f"100 × {group[part].text} / {group[whole].text}"


def _terms(figures: Sequence[Cell]) -> list[str]:
    shown = [c.text for c in figures]
    return [*shown[: _MOST_TERMS - 2], "…", shown[-1]] if len(shown) > _MOST_TERMS else shown


def _shown(amount: Decimal, mark: DecimalMark) -> str:
    return format(amount, "f").replace(".", mark)
