"""What a flag proposes: what would stand in the whole place it points at, where that is likelier than not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from checks.figures import Book
from checks.messages import amount_of, number
from checks.relation import Figure, judge
from checks.search.slips import SWAPPED, WILD, change_cost, holds_several
from checks.search.solver import Fault, Solver
from model.table import Cell
from model.value import DecimalMark

_SHOWN = 2  # rivals named in one sentence
_AGREEING = 2  # relations that ask for one amount, for it to be likely though other readings are in doubt


def digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def printed(amount: Decimal, decimals: int, old: str, mark: DecimalMark) -> str:
    """The repaired number in the style of the reading it replaces: its groups, sign and percent sign."""
    whole, _, fraction = format(abs(amount), f".{decimals}f").partition(".")
    group = "." if mark == "," else ","
    if len(whole) > 3 and (group in old or len(digits(old)) <= 3):
        whole = number(Decimal(whole), mark)
    text = whole + (mark + fraction if fraction else "")
    sign = "-" if amount < 0 else "+" if old.strip().startswith("+") else ""
    return sign + text + ("%" if old.rstrip().endswith("%") else "")


def whole_text(figure: Figure, cell: Cell | None) -> str:
    """What stands in the place a figure is flagged in: the whole cell, or the figure of running text."""
    return cell.text if cell is not None else figure.shown or figure.printed


def proposal(book: Book, solver: Solver, group: Sequence[Fault], cell: Cell | None) -> str:
    """The whole place with the amount that is believed of the first suspect; '' where it is as likely wrong.

    Of print that was surely read the relation says what the author should have written. Of a reading of ink
    it says what stands there only where one slip explains the reading, and every other figure of the relation
    was surely read or several relations ask for the same.
    """
    fault = group[0]
    culprit = fault.suspects[0]
    figure = book.figures[culprit]
    wanted = dict(fault.expected).get(culprit)
    if all(solver.relations[i].kind == "structure" for i in fault.relations):
        return ""  # a row number out of its run says that a row is missing as well as that it was misread
    if wanted is None or not (figure.sure or _likely(book, solver, group, culprit, wanted)):
        return ""
    if _one_of_many(solver, group, culprit, wanted) or not _pinned(solver, fault, culprit, wanted):
        return ""
    if cell is None:
        own, slash, rest = (figure.shown or figure.printed).partition("/")
        percent = "%" if own.rstrip().endswith("%") else ""
        return amount_of(figure, wanted, book.mark) + percent + slash + rest
    decimals = max(0, -int(figure.step.as_tuple().exponent), -int(wanted.normalize().as_tuple().exponent))
    old = figure.printed if figure.in_text or _is_fraction(cell) else cell.text
    mark = cell.value.mark if cell.value is not None and cell.value.mark else book.mark
    new = printed(wanted, decimals, old, mark)
    if not (figure.in_text or _is_fraction(cell)):
        return new
    own = old.split("/", maxsplit=1)[0].strip()
    place = re.search(rf"(?<![\d.,]){re.escape(own)}(?!\d)", cell.text)
    if place is None:
        return ""
    return cell.text[: place.start()] + printed(wanted, decimals, own, mark) + cell.text[place.end() :]


def _pinned(solver: Solver, fault: Fault, culprit: int, wanted: Decimal) -> bool:
    """Whether the fault's relations leave one amount. Of a figure that a rounded share was worked out from
    they tell the first digits only, unless a slip explains the rest; nor do they tell how its one mark is
    meant. A share that comes out only were it cut off, not rounded, is one of two."""
    figure = solver.figures[culprit]
    if figure.otherwise == wanted and not figure.sure:
        return False
    if any(_cut_off(solver, i, culprit, wanted) for i in fault.relations):
        return False
    if change_cost(figure.printed, figure.amount, wanted, figure.step) <= SWAPPED:
        return True
    for i in fault.relations:
        relation, amounts = solver.relations[i], solver.amounts
        if not relation.whole or culprit == relation.target:
            return True
        reach = abs(relation.pull(culprit, amounts)) * figure.step
        if reach > relation.slack(amounts, solver.figures):
            return True
    return not fault.relations


def _cut_off(solver: Solver, relation: int, culprit: int, wanted: Decimal) -> bool:
    """Whether a relation holds with an amount only because digits may have been cut off."""
    equation = solver.relations[relation]
    amounts = {n: solver.amounts[n] for n in equation.figures} | {culprit: wanted}
    verdict = judge(equation, amounts, solver.figures)
    return not solver.figures[culprit].sure and abs(verdict.off) > verdict.slack


def _one_of_many(solver: Solver, group: Sequence[Fault], culprit: int, wanted: Decimal) -> bool:
    """Whether another figure may as well be wrong: of area, yield and production under one relation
    any may be, unless a slip explains this one; of a sum its total, unless an addend was doubted."""
    relations = [solver.relations[i] for i in sorted({i for fault in group for i in fault.relations})]
    figure = solver.figures[culprit]
    if len(relations) != 1 or figure.weak or figure.blank:
        return False
    if (
        relations[0].kind == "formula"
        and relations[0].source == "discovered"
        and len(relations[0].figures) > 2
    ):
        return change_cost(figure.printed, figure.amount, wanted, figure.step) > SWAPPED
    return not figure.sure and relations[0].kind in ("total", "row_sum") and culprit != relations[0].target


def _is_fraction(cell: Cell) -> bool:
    return cell.value is not None and cell.value.of is not None


def _likely(book: Book, solver: Solver, group: Sequence[Fault], culprit: int, wanted: Decimal) -> bool:
    figure = book.figures[culprit]
    if holds_several(figure.printed) or not solver.inked(culprit, wanted):
        return False
    other_reading = any(wanted == amount for amount, _ in figure.rivals)
    slip = change_cost(figure.printed, figure.amount, wanted, figure.step)
    if not figure.blank and not other_reading and slip >= WILD:
        return False
    relations = {i for fault in group for i in fault.relations if dict(fault.expected).get(culprit) == wanted}
    if len(relations) >= _AGREEING:
        return True
    others = {n for i in relations for n in solver.relations[i].figures if n != culprit}
    return bool(relations) and not any(book.figures[n].weak or book.figures[n].blank for n in others)


def other_readings(cell: Cell) -> tuple[str, ...]:
    """The rivals of a doubted reading that its column allows: other readings with as many digits and signs.

    A reader's guess that only drops a digit (`57` of 357) is no rival: it is the same ink read in part.
    """
    size = len(digits(cell.text))
    found = (" ".join(a.text.split()) for a in cell.alternatives)
    fit = (t for t in found if t and t != cell.text.strip() and len(digits(t)) == size and _is_figure(t))
    return tuple(dict.fromkeys(fit))[:_SHOWN]


def _is_figure(text: str) -> bool:
    return any(ch.isdigit() for ch in text) and not any(ch.isalpha() or ch.isspace() for ch in text)
