"""What a reviewer may take for a cell by one key: its other readings as its column prints figures, what stood
there before a repair, what would close the relations that fail over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from model.document import Document
from model.flag import CellRef, FlagTerm
from model.table import Cell, Table
from model.value import DecimalMark
from normalize.numbers import parse_like, parse_quantity
from normalize.sums import last_unit
from normalize.unicode import tone_key
from review.readings import rivals_of

MOST = 9  # as many as there are number keys
_HOUSE = 0.8  # of a column's figures that print as many decimals: then that is how it prints them
_LEAST_PEERS = 3  # figures from which on a column has a manner
_GROUP = 3
_SIGNS = 2  # that are mended in their place; more are typed anew


@dataclass(frozen=True, slots=True)
class Manner:
    """How a column prints its figures: digits behind the `mark`, and the sign between groups of thousands
    (''; none)."""

    decimals: int
    mark: DecimalMark
    group: str

    def dressed(self, text: str) -> str:
        """The digits of a reading as the column prints them; '' for what is no bare figure, or has too few
        digits."""
        sign, body, tail = _parts(text)
        digits = "".join(ch for ch in body if ch.isdecimal())
        if not digits or any(not (ch.isdecimal() or ch in " .,'") for ch in body):
            return ""
        whole = digits[: len(digits) - self.decimals]
        if not whole or (len(whole) > 1 and whole[0] == "0"):
            return ""
        return sign + self._grouped(whole) + self._rest(digits[len(whole) :]) + tail

    def printed(self, amount: Decimal, like: str) -> str:
        """A number as the column prints it, with the percent sign of the reading it is to replace."""
        step = last_unit(self.decimals)
        whole, _, rest = format(abs(amount).quantize(step, ROUND_HALF_UP), "f").partition(".")
        return ("-" if amount < 0 else "") + self._grouped(whole) + self._rest(rest) + _parts(like)[2]

    def _grouped(self, whole: str) -> str:
        if not self.group:
            return whole
        first = len(whole) % _GROUP or _GROUP
        parts = [whole[:first], *(whole[n : n + _GROUP] for n in range(first, len(whole), _GROUP))]
        return self.group.join(parts)

    def _rest(self, digits: str) -> str:
        return self.mark + digits if digits else ""


def _parts(text: str) -> tuple[str, str, str]:
    """A figure's sign, its body and its percent sign."""
    body = "".join(text.split("\n")).strip()
    tail = "%" if body.endswith("%") else ""
    body = body.removesuffix("%").strip()
    sign = body[0] if body[:1] in ("-", "+") else ""
    return sign, body[len(sign) :].strip(), tail


def manner_of(table: Table, cell: Cell, mark: DecimalMark) -> Manner | None:
    """How the figures of a cell's column, of its kind (shares or not), are printed; None where they differ,
    or are too few to say."""
    shares = cell.text.rstrip().endswith("%")
    peers = [
        c
        for line in table.body
        if cell.col < len(line)
        for c in (line[cell.col],)
        if c is not cell and c.value is not None and c.value.unit != "ordinal" and c.value.of is None
        if c.status != "doubtful" and c.text.rstrip().endswith("%") == shares
    ]
    if len(peers) < _LEAST_PEERS:
        return None
    (decimals, times), *_ = Counter(c.value.decimals for c in peers if c.value).most_common(1)
    if times < _HOUSE * len(peers):
        return None
    own = Counter(c.value.mark for c in peers if c.value and c.value.mark).most_common(1)
    used: DecimalMark = own[0][0] or mark if own else mark
    large = [c for c in peers if c.value and abs(c.value.amount) >= 10**_GROUP]
    groups = Counter(ch for c in large for ch in _group_sign(c.text, used))
    return Manner(decimals, used, groups.most_common(1)[0][0] if groups else "." if used == "," else ",")


def _group_sign(text: str, mark: DecimalMark) -> str:
    """The sign between groups of thousands in a printed figure; '' for none."""
    return next((ch for ch in text if ch in ".,' " and ch != mark), "")


def closing(document: Document, terms: Sequence[FlagTerm], at: CellRef) -> Decimal | None:
    """What a cell would have to say for a relation to close; None where it is no plain term of it, or the
    others can't be told."""
    own = [n for n, t in enumerate(terms) if t.cell == at and t.amount is None]
    if len(own) != 1:
        return None
    term = terms[own[0]]
    divided = any(t.divides for t in terms[own[0] :])
    amounts = [_amount(document, t) for t in terms]
    others = [(t, a) for n, (t, a) in enumerate(zip(terms, amounts)) if n != own[0]]
    if any(a is None for _, a in others) or not term.factor:
        return None
    known = [(t, a) for t, a in others if a is not None]
    return _dividend(term, known) if divided and not term.divides else _right(term, known)


def _right(term: FlagTerm, others: Sequence[tuple[FlagTerm, Decimal]]) -> Decimal | None:
    """The term that stands by itself, of what the others come to."""
    total, divisor = Decimal(0), Decimal(0)
    if term.divides:
        return None
    for t, amount in others:
        if t.divides:
            divisor += t.factor * amount
            continue
        if divisor:
            total, divisor = total / divisor, Decimal(0)
        total += t.factor * amount
    if any(t.divides for t, _ in others):
        if not divisor and others[-1][0].divides:
            return None
        total = total / divisor if divisor else total
    return -total / term.factor


def _dividend(term: FlagTerm, others: Sequence[tuple[FlagTerm, Decimal]]) -> Decimal | None:
    """The only term above a line, of what is below it and what the quotient comes to."""
    below = sum((t.factor * a for t, a in others if t.divides), Decimal(0))
    rest = sum((t.factor * a for t, a in others if not t.divides), Decimal(0))
    return -rest * below / term.factor if below else None


def _amount(document: Document, term: FlagTerm) -> Decimal | None:
    if term.amount is not None:
        return term.amount
    table = next((t for t in document.tables if term.cell and t.table_id == term.cell.table_id), None)
    if table is None or term.cell is None or term.cell.row >= table.n_rows or term.cell.col >= table.n_cols:
        return None
    value = table.rows[term.cell.row][term.cell.col].value
    return value.amount if value is not None else Decimal(0)


def offers_of(
    document: Document,
    table: Table,
    cell: Cell,
    relations: Iterable[Sequence[FlagTerm]],
) -> list[str]:
    """What the cell may say instead, the likeliest first, at most `MOST`: readings of its ink that close a
    relation, its readings as the column prints figures, what stood there before repairs, and what relations
    ask for though nobody read it. `relations` are the terms of those that fail."""
    mark = document.decimal_mark
    manner = manner_of(table, cell, mark) if not cell.is_header else None
    at = CellRef(table.table_id, cell.row, cell.col)
    wanted = [a for terms in relations if (a := closing(document, terms, at)) is not None]
    told = [cell.text, *rivals_of(cell), *(r.old for r in reversed(cell.repairs)), cell.raw, *_several(cell)]
    readings = [t for text in told for t in _dressings(text, manner) if t.strip()]
    asked = [manner.printed(a, cell.text) for a in wanted] if manner else []
    closes = [t for t in readings if _closes(t, wanted, cell, mark)]
    found: dict[object, str] = {_said(cell.text, cell, mark): ""}
    for text in (*closes, *readings, *asked):
        found.setdefault(_said(text, cell, mark), text)
    return [t for t in found.values() if t][:MOST]


def _several(cell: Cell) -> list[str]:
    """The figures of a cell into which those of its neighbours were drawn."""
    parts = cell.text.split()
    figures = len(parts) > 1 and not any(ch.isalpha() for ch in cell.text) and cell.value is None
    return sorted(set(parts), key=len, reverse=True) if figures else []


def _dressings(text: str, manner: Manner | None) -> list[str]:
    dressed = manner.dressed(text) if manner else ""
    plain = " ".join(text.split())
    return [dressed, plain] if dressed else [plain]


def _closes(text: str, wanted: Sequence[Decimal], cell: Cell, mark: DecimalMark) -> bool:
    value = parse_quantity(text, mark)
    if value is None:
        return False
    step = last_unit(value.decimals)
    return any(abs(value.amount - a) <= step for a in wanted)


def _said(text: str, cell: Cell, mark: DecimalMark) -> object:
    """What a text says: its number, or its words."""
    value = parse_like(text, cell.value, mark) if cell.value else parse_quantity(text, mark)
    if value is not None and not cell.is_header:
        return (value.amount, value.of, value.percent_sign)
    return tone_key(" ".join(text.split()))


def doubt_of(text: str, offers: Sequence[str]) -> str:
    """Where a reading differs from the likeliest other, as a field's selection tells it (`2,3`); '' where
    there is none, or the whole differs."""
    if not offers or not text:
        return ""
    other = offers[0]
    first = next((n for n, (a, b) in enumerate(zip(text, other)) if a != b), min(len(text), len(other)))
    left, right = text[first:], other[first:]
    same = next((n for n, (a, b) in enumerate(zip(reversed(left), reversed(right))) if a != b), None)
    last = len(text) - (min(len(left), len(right)) if same is None else same)
    if (first, last) == (0, len(text)) or max(last - first, len(other) - len(text) + last - first) > _SIGNS:
        return ""
    return f"{first},{last}"
