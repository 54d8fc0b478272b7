"""One relation written for many rows (or columns): laid on the cells, and weighed by how often it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from checks.equations import Alike
from checks.figures import Book
from checks.relation import ONE, ZERO, Relation, Source, Term, judge
from checks.view import Sheet
from model.copies import copier
from model.flag import FlagKind
from normalize.numbers import is_none_mark

Spot = tuple[int, int]
_STATED = frozenset({"formula", "total", "header", "text", "prose"})
_FEWEST_TOLD = 3  # different equations that hold, for a family that nothing states to prove its figures
_MOST_DIGITS = 5  # of a figure that count as evidence
_FIGURES = 2  # of a row, for a cell of words across its columns to be no heading


_ONE_TERM = Term(0)
_of_figure: Callable[[Term, int], Term] = copier(Term, "figure")


@dataclass(frozen=True, slots=True)
class Weight:
    """How a family of relations came out. `live` could have failed, `closed` of them held, `told` counts
    the different ones that held (a row of the same figures again says nothing new), `digits` what they
    say together, `exact` whether all held to the last digit."""

    live: int
    closed: int
    told: int
    digits: float
    exact: bool

    @property
    def share(self) -> float:
        return self.closed / self.live if self.live else 0.0

    def meets(self, share: float, told: int, digits: float) -> bool:
        """Whether so many of them hold."""
        return self.share >= share and self.told >= told and self.digits >= digits

    def supports(self, source: Source) -> bool:
        """Whether a family that holds proves its figures."""
        return self.told >= (1 if source in _STATED else _FEWEST_TOLD)


def lay(
    sheet: Sheet,
    target: Spot,
    parts: Sequence[tuple[Spot, int]],
    whole: Sequence[tuple[Spot, int]] = (),
    *,
    kind: FlagKind,
    source: Source,
    scale: Decimal = ONE,
    constant: Decimal = ZERO,
    family: str = "",
    words: str = "",
) -> Relation | None:
    """The relation over these cells, or None where it cannot be told: the target is no figure, a part is
    a word, or all parts are empty. An empty cell or a dash counts as none."""
    goal = sheet.figure(*target)
    if goal is None:
        return None
    terms = _terms(sheet, parts)
    under = _terms(sheet, whole)
    if (
        not terms
        or (sheet.blanks and all(t.figure in sheet.stand_ins for t in terms))
        or under is None
        or (whole and len(under) < len(whole))
    ):
        return None
    return Relation(kind, source, goal, terms, under, scale, constant, family=family, words=words)


def _terms(sheet: Sheet, spots: Sequence[tuple[Spot, int]]) -> tuple[Term, ...] | None:
    at, blanks, known = sheet.at, sheet.blanks, sheet.terms
    plain = [n for (r, c), factor in spots if factor == 1 and (n := at[r][c]) is not None]
    if len(plain) == len(spots):  # most
        return tuple([known.get(n) or known.setdefault(n, _of_figure(_ONE_TERM, n)) for n in plain])
    out = []
    for (r, c), factor in spots:
        index = at[r][c]
        if index is None:
            index = blanks.get((r, c))
        if index is not None:
            if factor != 1:
                out.append(Term(index, Decimal(factor)))
                continue
            term = known.get(index)
            if term is None:
                known[index] = term = Term(index)
            out.append(term)
        elif not counts_as_none(sheet, r, c):
            return None
    return tuple(out)


def counts_as_none(sheet: Sheet, row: int, col: int) -> bool:
    """Whether a cell without a figure says that there is none of it: it is empty, or a dash."""
    cell = sheet.cell(row, col)
    if is_none_mark(cell.text):
        return True
    return cell.anchor not in ((-1, -1), (row, col)) and not _swallowed(sheet, row, col)


def _swallowed(sheet: Sheet, row: int, col: int) -> bool:
    """Whether a cell of ink that spans this position from words may hold its figure: it has digits, and the
    row prints figures elsewhere (`UBND xã | 673`)."""
    cell = sheet.cell(row, col)
    if cell.sure or not any(ch.isdigit() for ch in cell.text):
        return False
    return sum(sheet.at[row][c] is not None for c in sheet.numeric) >= _FIGURES


def weigh(book: Book, relations: Sequence[Relation]) -> Weight:
    """How often the relations hold among the figures as read.

    A relation is live when at least two of its figures are not zero: 0 = 0 + 0 tells nothing, nor does
    one with a cell that could not be read.
    """
    if isinstance(relations, Alike):
        return _weigh_alike(relations)
    live = closed = 0
    digits = 0.0
    told: set[tuple[Decimal, ...]] = set()
    exact = True
    for relation in relations:
        if book.unread and any(n in book.unread for n in relation.figures):
            continue
        if not relation.has_live(book.amounts, 2):
            continue
        signature = tuple([book.amounts[n] for n in relation.figures])
        live += 1
        verdict = judge(relation, book.amounts, book.figures)
        if verdict.closes and verdict.predicted is not None:
            closed += 1
            if signature not in told:
                told.add(signature)
                digits += min(len(str(abs(signature[0])).replace(".", "")), _MOST_DIGITS)
            exact = exact and not verdict.off
    return Weight(live, closed, len(told), digits, exact and closed > 0)


def _weigh_alike(relations: Alike) -> Weight:
    """The same of equations kept as arrays."""
    could_fail = relations.live > 1
    closed, told = int(np.count_nonzero(could_fail & (relations.off == 0))), relations.told()
    digits = sum([min(len(str(abs(n))), _MOST_DIGITS) for n in told[:, 0].tolist()])
    return Weight(int(np.count_nonzero(could_fail)), closed, len(told), float(digits), closed > 0)


def accept(
    book: Book,
    relations: Sequence[Relation],
    share: float,
    told: int,
    digits: float = 0.0,
    tries: int = 1,
) -> list[Relation]:
    """The relations when enough of them hold, else none; `supported`, `exact` and `tries` filled in.

    A family proves its figures when at least three different ones of it hold, or when its document says
    that it should (a formula, a total row, the words of a header).
    """
    weight = weigh(book, relations)
    if not weight.meets(share, told, digits):
        return []
    supported = weight.supports(relations[0].source)
    return [r.judged(supported, weight.exact, tries) for r in relations]


def accept_alike(
    relations: Alike, share: float, told: int, digits: float = 0.0, tries: int = 1
) -> Alike | None:
    """The same of equations kept as arrays; None where not enough of them hold."""
    weight = _weigh_alike(relations)
    if not weight.meets(share, told, digits):
        return None
    return relations.judged(weight.supports(relations.like.source), weight.exact, tries)


def per_row(sheet: Sheet, rows: Sequence[int], make: Callable[[int], Relation | None]) -> list[Relation]:
    """`make(row)` over rows, where it gives one."""
    return [r for row in rows if (r := make(row)) is not None]
