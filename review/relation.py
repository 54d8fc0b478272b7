"""The relation behind a flag, written out with its figures as printed: `31 + 12 + 24 = 67 ≠ 76`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from emit.cells import row_label
from model.document import Document
from model.flag import CellRef, FlagTerm
from model.geometry import Box
from model.table import Cell
from model.value import DecimalMark
from normalize.sums import last_unit
from review.folder import FlagRow

_MOST_TERMS = 12
_GROUPED_FROM = 1000


@dataclass(frozen=True, slots=True)
class _Term:
    """A term with its number and how that is printed."""

    term: FlagTerm
    amount: Decimal
    decimals: int
    shown: str

    @property
    def product(self) -> Decimal:
        return self.term.factor * self.amount


def relation_text(document: Document, flag: FlagRow) -> str:
    """The relation of a flag's terms; '' where it has none, or a figure of it is not there any more.

    The flagged figure stands alone on the right where it is a term by itself, else the last one that is.
    """
    terms = [_figure(document, term) for term in flag.terms]
    known = [t for t in terms if t is not None]
    if not known or len(known) != len(terms):
        return ""
    alone = [t for n, t in enumerate(known) if not _in_fraction(known, n)]
    at = CellRef(flag.table_id, flag.row or 0, flag.col or 0) if flag.row is not None else None
    right = next((t for t in alone if t.term.cell == at), alone[-1] if alone else None)
    left = [t for t in known if t is not right]
    if right is None or not left or not right.term.factor:
        return ""
    total = _total(left)
    if total is None:
        return ""
    result = -total / right.term.factor
    turned = right.term.factor > 0  # the others stand with the other sign on their side
    return _equation(left, result, right, turned, document.decimal_mark)


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A figure of a relation as the page shows it: its sign, what it is the figure of, how it is printed, and
    the cell to look at (page 0: none)."""

    sign: str
    label: str
    text: str
    page: int = 0
    box: str = ""
    flagged: bool = False
    at: str = ""


def terms_of(document: Document, flag: FlagRow, chosen: str = "") -> list[ShownTerm]:
    """The figures of a flag's relation one by one, with their ink; [] where it has none that stand. `chosen`
    names the cell that the page's keys act on (`t01:3:2`), where that is not the flag's own."""
    at = CellRef(flag.table_id, flag.row or 0, flag.col or 0) if flag.row is not None else None
    known = [(term, _figure(document, term)) for term in flag.terms]
    cells = [c for term, _ in known if (c := _cell(document, term.cell)) is not None]
    one_column = len({c.col for c in cells}) == 1
    shown = []
    for term, figure in known:
        if figure is None:
            return []
        cell = _cell(document, term.cell)
        sign = "÷" if term.divides else "−" if term.factor < 0 else "+"
        times = "" if abs(term.factor) == 1 else f"{abs(term.factor).normalize():f} × "
        label = _label(document, term.cell, cell, one_column) if cell and term.cell else ""
        box = (
            f"{cell.box.x0:.1f},{cell.box.y0:.1f},{cell.box.x1:.1f},{cell.box.y1:.1f}"
            if cell and cell.box
            else ""
        )
        page = cell.page if cell and box else 0
        named = f"{term.cell.table_id}:{term.cell.row}:{term.cell.col}" if term.cell and cell else ""
        flagged = named == chosen if chosen else term.cell == at
        shown.append(ShownTerm(sign, label, times + figure.shown, page, box, flagged, named))
    return shown


def steps(terms: Sequence[ShownTerm]) -> tuple[str, str]:
    """The figures before and behind the one that a page's keys act on, each once, round and round; '' where
    there is no other."""
    named = list(dict.fromkeys(t.at for t in terms if t.at))
    now = next((t.at for t in terms if t.flagged), "")
    if len(named) < 2 and (not named or now in named):
        return "", ""
    at = named.index(now) if now in named else -1
    return named[(at - 1) % len(named)], named[(at + 1) % len(named)]


def _told(box: Box) -> str:
    return f"{box.x0:.1f},{box.y0:.1f},{box.x1:.1f},{box.y1:.1f}"


def _label(document: Document, ref: CellRef, cell: Cell, one_column: bool) -> str:
    """What tells a figure from the others: its row where all stand in one column, else its column."""
    table = next(t for t in document.tables if t.table_id == ref.table_id)
    if one_column:
        return row_label(table.rows[cell.row], table)
    column = table.columns[cell.col] if cell.col < len(table.columns) else None
    return column.path[-1] if column and column.path else ""


def _equation(left: Sequence[_Term], result: Decimal, right: _Term, turned: bool, mark: DecimalMark) -> str:
    step = last_unit(right.decimals)
    rounded = result.quantize(step, ROUND_HALF_UP)
    if rounded == right.amount != result:  # what differs lies below the printed digits
        rounded = result.quantize(step.scaleb(-2), ROUND_HALF_UP)
    sign = "=" if rounded == right.amount else "≠"
    return f"{_sum(left, turned)} = {_printed(rounded, right, mark)} {sign} {right.shown}"


def _printed(amount: Decimal, like: _Term, mark: DecimalMark) -> str:
    """A number in the way that the figure beside it is printed: groups of thousands where that has them."""
    shown, between = like.shown, "." if mark == "," else ","
    if like.decimals and (figure := re.search(rf"\d[.,]\d{{{like.decimals}}}(?!\d)", shown)):
        mark, shown = figure[0][1], shown[: figure.start() + 1]  # type: ignore[assignment]  # one of the two
        between = "." if mark == "," else ","
    grouped = abs(like.amount) >= _GROUPED_FROM and any(m in shown for m in ",.")
    if not like.decimals:
        between = next((m for m in ",." if m in shown), between)
    whole, _, rest = format(amount, ",f" if grouped else "f").partition(".")
    return whole.replace(",", between) + (f"{mark}{rest}" if rest else "")


def _figure(document: Document, term: FlagTerm) -> _Term | None:
    if term.amount is not None:
        decimals = max(0, -int(term.amount.as_tuple().exponent))
        return _Term(term, term.amount, decimals, f"{term.amount:f}".replace(".", document.decimal_mark))
    cell = _cell(document, term.cell)
    if cell is None:
        return None
    if cell.value is None:  # an empty cell or a dash counts as none
        return _Term(term, Decimal(0), 0, cell.text.strip() or "–")
    return _Term(term, cell.value.amount, cell.value.decimals, cell.text)


def _cell(document: Document, ref: CellRef | None) -> Cell | None:
    table = next((t for t in document.tables if ref and t.table_id == ref.table_id), None)
    if table is None or ref is None or ref.row >= table.n_rows or ref.col >= table.n_cols:
        return None
    return table.rows[ref.row][ref.col]


def _in_fraction(terms: Sequence[_Term], at: int) -> bool:
    """Whether a term divides, or is divided by one that comes after it."""
    return any(t.term.divides for t in terms[at:])


def _total(terms: Sequence[_Term]) -> Decimal | None:
    """What the terms come to; a divisor divides the sum before it. None for a division by nothing."""
    total, divisor = Decimal(0), Decimal(0)
    for t in terms:
        if t.term.divides:
            divisor += t.product
            continue
        if divisor:
            total, divisor = total / divisor, Decimal(0)
        total += t.product
    if any(t.term.divides for t in terms) and not divisor and terms[-1].term.divides:
        return None
    return total / divisor if divisor else total


def _sum(terms: Sequence[_Term], turned: bool) -> str:
    above = [t for t in terms if not t.term.divides]
    below = [t for t in terms if t.term.divides]
    if not below:
        return _added(above, turned)
    last = max(n for n, t in enumerate(terms) if t.term.divides)
    divided, rest = [t for t in terms[:last] if not t.term.divides], list(terms[last + 1 :])
    fraction = f"{_grouped(divided, turned)} / {_grouped(below, turned=False)}"
    return " ".join([fraction, _added(rest, turned, leads=False)]).strip()


def _grouped(terms: Sequence[_Term], turned: bool) -> str:
    text = _added(terms, turned)
    return f"({text})" if len(terms) > 1 else text


def _added(terms: Sequence[_Term], turned: bool, leads: bool = True) -> str:
    parts: list[str] = []
    if leads:  # a sum begins with what is added
        terms = sorted(terms, key=lambda t: (t.term.factor < 0) != turned)
    for t in terms:
        factor = -t.term.factor if turned else t.term.factor
        times = "" if abs(factor) == 1 else f"{abs(factor).normalize():f} × "
        sign = "−" if factor < 0 else "+"
        first = leads and not parts
        parts.append(f"{sign if not first else '−' * (factor < 0)} {times}{t.shown}".strip())
    if len(parts) > _MOST_TERMS:
        parts = [*parts[: _MOST_TERMS - 2], "+ …", parts[-1]]
    return " ".join(parts)
