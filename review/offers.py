"""What a reviewer may take for a cell by one key: its other readings as its column prints figures, what stood
there before a repair, what would close the relations that fail over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from model.document import Document
from model.flag import CellRef, FlagTerm
from model.table import Cell, Table
from model.value import DecimalMark
from normalize.numbers import parse_quantity
from normalize.sums import last_unit
from normalize.unicode import tone_key
from review.manner import Manner, cleaned, manner_of, parted, regrouped
from review.readings import rivals_of, value_of
from review.vocabulary import alike

MOST = 9  # as many as there are number keys
_LOOK_ALIKE = {
    "0": "689",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "91",
    "5": "63",
    "6": "580",
    "7": "12",
    "8": "360",
    "9": "048",
}
_SEVERAL = 2  # blanks in a text from which on it holds several figures
_SIGNS = 2  # that are mended in their place; more are typed anew


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
    relation, its readings as the column prints figures, what stood there before repairs, what its column says
    elsewhere, and what relations ask for though nobody read it. `relations` are the terms of those that
    fail."""
    mark = document.decimal_mark
    manner = manner_of(table, cell, mark) if not cell.is_header else None
    at = CellRef(table.table_id, cell.row, cell.col)
    wanted = [a for terms in relations if (a := closing(document, terms, at)) is not None]
    told = [cell.text, *rivals_of(cell), *(r.old for r in reversed(cell.repairs)), cell.raw]
    if manner is not None or _is_figure(cell):
        readings = _figures(told, cell, manner, mark)
        elsewhere: list[str] = []
    else:
        readings = [" ".join(text.split()) for text in told if text.strip()]
        readings += [bare for text in told if (bare := _words_alone(text))]
        elsewhere = alike(document, table, cell)
    asked = [manner.printed(a, cell.text) for a in wanted] if manner else []
    closes = [t for t in readings if _closes(t, wanted, cell, mark)]
    found: dict[object, str] = {_said(cell.text, cell, mark): ""}
    for text in (*closes, *elsewhere, *readings, *asked):
        found.setdefault(_said(text, cell, mark), text)
    return [t for t in found.values() if t][:MOST]


def is_misfit(document: Document, table: Table, cell: Cell) -> bool:
    """Whether a figure can't be right as it was read: its column prints figures otherwise, or it is none."""
    mark = document.decimal_mark
    manner = manner_of(table, cell, mark) if not cell.is_header else None
    if manner is not None:
        return not manner.is_met(cell.text)
    return _is_figure(cell) and parse_quantity(cell.text, mark) is None


def _is_figure(cell: Cell) -> bool:
    """Whether a cell is a figure, or what is left of one."""
    digits = sum(ch.isdecimal() for ch in cell.text)
    return not cell.is_header and (cell.value is not None or digits * 2 > len("".join(cell.text.split())))


def _words_alone(text: str) -> str:
    """A text without pieces that hold no letter: a rule read as `1`, a mark of a footnote."""
    return " ".join(piece for piece in text.split() if any(map(str.isalpha, piece)))


def _figures(told: Sequence[str], cell: Cell, manner: Manner | None, mark: DecimalMark) -> list[str]:
    """The readings of a figure: as the column prints figures, with the end that its column shares, then as
    they stand; what is no figure last."""
    bare = [text for t in told for text in dict.fromkeys((" ".join(t.split()), cleaned(t))) if text]
    bare += [text.lstrip("0") for text in bare if text[0] == "0" and text.lstrip("0")[:1].isdecimal()]
    pieces = sorted((part for text in told for part in parted(text)), key=len, reverse=True)
    whole = [text for text in bare if text.count(" ") < _SEVERAL]
    dressed = [d for text in whole for d in _dressings(text, manner, mark)]
    ended = [e for text in whole if (e := manner.ended(text))] if manner else []
    both = [*ended[:1], *dressed, *ended[1:], *whole, *pieces, *bare]
    both += lookalikes(cell.text, both)
    met = [t for t in both if (manner.is_met(t) if manner else parse_quantity(t, mark) is not None)]
    return [*met, *(t for t in both if t not in met)]


def lookalikes(text: str, others: Iterable[str]) -> list[str]:
    """A figure with each digit in which other readings differ replaced by those that print like it: the digit
    most of them doubt first."""
    found: list[str] = []
    for place, _ in _doubts(text, others).most_common():
        first, last = map(int, place.split(","))
        if last - first == 1:
            found += [text[:first] + digit + text[last:] for digit in _LOOK_ALIKE.get(text[first], "")]
    return found


def _dressings(text: str, manner: Manner | None, mark: DecimalMark) -> list[str]:
    """A reading as its column prints figures; where that can't be told, with its groups of thousands put
    right."""
    return [d for d in ((manner.dressed(text) if manner else ""), regrouped(text, mark)) if d]


def _closes(text: str, wanted: Sequence[Decimal], cell: Cell, mark: DecimalMark) -> bool:
    value = parse_quantity(text, mark)
    if value is None:
        return False
    step = last_unit(value.decimals)
    return any(abs(value.amount - a) <= step for a in wanted)


def _said(text: str, cell: Cell, mark: DecimalMark) -> object:
    """What a text says: its number, or its words."""
    value = value_of(cell, mark, text)
    if value is not None and not cell.is_header:
        return (value.amount, value.of, value.percent_sign)
    return tone_key(" ".join(text.split()))


def doubt_of(text: str, offers: Sequence[str]) -> str:
    """Where a reading differs from most of the others, of two the likelier, as a field's selection tells it
    (`2,3`); '' where there is none, or the whole differs."""
    return next((place for place, _ in _doubts(text, offers).most_common()), "")


def _doubts(text: str, others: Iterable[str]) -> Counter[str]:
    """Where other readings differ from one, and how many do: in a digit, else in a mark."""
    digits = _digits(text)
    found = [
        (_digits(other) != digits, place) for other in others if text and (place := _difference(text, other))
    ]
    return Counter(place for differs, place in found if differs) or Counter(place for _, place in found)


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdecimal())


def _difference(text: str, other: str) -> str:
    first = next((n for n, (a, b) in enumerate(zip(text, other)) if a != b), min(len(text), len(other)))
    left, right = text[first:], other[first:]
    same = next((n for n, (a, b) in enumerate(zip(reversed(left), reversed(right))) if a != b), None)
    last = len(text) - (min(len(left), len(right)) if same is None else same)
    if (first, last) == (0, len(text)) or max(last - first, len(other) - len(text) + last - first) > _SIGNS:
        return ""
    return f"{first},{last}"
