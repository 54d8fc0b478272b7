"""What the search found, written back: cells proved, repaired or doubted, and one flag for each fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.figures import Book
from checks.messages import amount_of, name_of, sentence, with_rivals
from checks.proposals import digits, printed, proposal, whole_text
from checks.relation import ONE, WORKED_OUT, Figure, Relation, Term
from checks.search.slips import COMMON, MARK, change_cost, left_of
from checks.search.solver import Fault, Solver
from checks.view import Sheet
from checks.whole_rows import slip_flag, slipped_rows, stale_flag, stale_totals
from model.copies import copier
from model.flag import KINDS, CellRef, Flag, FlagTerm, Severity
from model.page import Reading
from model.table import Cell, Table
from model.value import BY_RELATIONS, DecimalMark, Repair, Status, Value
from normalize.numbers import parse_number
from normalize.sums import last_unit

_with_proofs: Callable[[Cell, Status, int], Cell] = copier(Cell, "status", "proofs")
_FAR = Decimal("0.25")
_FAR_OFF = 50  # times the amount that was read


def updated_tables(
    book: Book, solver: Solver, faults: Sequence[Fault], proved: dict[int, int]
) -> tuple[Table, ...]:
    """The document's tables with statuses, proofs, repairs and repaired values."""
    repaired = {n: (amount, fault) for fault in faults if fault.repaired for n, amount in fault.expected}
    left = [f for f in faults if f.suspects and not f.repaired]
    of_rows = {id(f) for found in stale_totals(book, solver, left).values() for f in found}
    accused = {fault.suspects[0] for fault in left if id(fault) not in of_rows}
    marked = accused | repaired.keys()
    all_sure = False not in [figure.sure for figure in book.figures]
    out = []
    for sheet in book.sheets:
        if not sheet.blanks and not marked and all_sure:
            out.append(sheet.table.with_proofs(_proved_rows(sheet, proved)))
            continue
        rows = []
        holed = {r for r, _ in sheet.blanks}
        for r, row in enumerate(sheet.table.rows):
            cells = list(row)
            for c, own in enumerate(sheet.at[r]):
                if own is not None and own not in marked and book.figures[own].sure:
                    cells[c] = _judged(cells[c], proved.get(own, 0), False)  # most
                    continue
                n = sheet.blanks.get((r, c)) if own is None else own
                if n is None or (own is None and n not in repaired and n not in accused):
                    continue
                if n in repaired:
                    amount, fault = repaired[n]
                    cells[c] = _repaired(book, solver, cells[c], amount, fault, proved.get(n, 0))
                elif not book.figures[n].sure and _gainsaid(solver, n, proved, holes=r in holed):
                    cells[c] = _as_read(book, cells[c])
                else:
                    cells[c] = _judged(cells[c], proved.get(n, 0), n in accused)
            rows.append(tuple(cells))
        out.append(replace(sheet.table, rows=tuple(rows)))
    return tuple(out)


def _proved_rows(sheet: Sheet, proved: Mapping[int, int]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table of sure print in which no figure is at fault."""
    return tuple(
        [
            tuple(
                [
                    cell
                    if own is None or not ((count := proved.get(own, 0)) or cell.proofs)
                    else _with_proofs(cell, "proved", count)
                    if count and cell.status != "repaired"
                    else _judged(cell, count, False)
                    for cell, own in zip(row, figures)
                ]
            )
            for row, figures in zip(sheet.table.rows, sheet.at)
        ]
    )


def _gainsaid(solver: Solver, n: int, proved: dict[int, int], holes: bool) -> bool:
    """Whether a mark that only the column's range had put back (on ink) is not borne out by any relation, and
    either one fails or the row has `holes`: its figures may have slipped into each other's columns."""
    figure = solver.figures[n]
    if figure.as_read is None or figure.as_read == figure.amount or n in proved:
        return False
    return holes or any(not solver.verdicts[i].closes for i in solver.touching.get(n, ()))


def _as_read(book: Book, cell: Cell) -> Cell:
    """The cell as it was read, in doubt, with what it was mended to as its other reading."""
    value = parse_number(cell.raw, book.mark)
    if value is None or cell.value is None:
        return cell
    kept = tuple(r for r in cell.repairs if r.kind not in ("digits", "decimal"))
    value = replace(value, unit=cell.value.unit)
    rivals = (*cell.alternatives, Reading(cell.text, MARK, "column"))
    as_read = replace(cell, text=cell.raw, value=value, repairs=kept, alternatives=rivals)
    return replace(as_read, status="doubtful", proofs=0)


def _judged(cell: Cell, count: int, accused: bool) -> Cell:
    if accused:  # sure print was read well, whatever its author meant
        return _with_proofs(cell, "read" if cell.sure else "doubtful", count)
    if count:
        return _with_proofs(cell, "repaired" if cell.status == "repaired" else "proved", count)
    return cell if not cell.proofs else _with_proofs(cell, cell.status, 0)


def _repaired(book: Book, solver: Solver, cell: Cell, amount: Decimal, fault: Fault, count: int) -> Cell:
    value = cell.value or Value(amount)
    decimals = max(value.decimals, -int(amount.as_tuple().exponent), 0)
    if abs(amount) > _FAR_OFF * abs(value.amount) > 0:  # the mark itself was misread
        decimals = max(0, -int(amount.normalize().as_tuple().exponent))
        amount = amount.quantize(last_unit(decimals))
    mark: DecimalMark = value.mark or book.mark
    text = printed(amount, decimals, cell.text, mark)
    kinds = ", ".join(dict.fromkeys(solver.relations[i].kind for i in fault.relations))
    kind = "decimal" if digits(text) == digits(cell.text) else "digits"
    repair = Repair(kind, cell.text, text, f"{len(fault.relations)} {BY_RELATIONS} ({kinds})", 0.95)
    new = Value(amount, decimals, value.of, value.unit, value.percent_sign, value.mark)
    return replace(
        cell, text=text, value=new, status="repaired", proofs=count, repairs=(*cell.repairs, repair)
    )


def fault_flags(book: Book, solver: Solver, faults: Sequence[Fault], proved: Collection[int]) -> list[Flag]:
    """One flag a fault that was not repaired; relations that share a culprit share its flag, and so do the
    cells of a row that slipped by a column and of a total that fails in most of its columns."""
    sheets = {s.table.table_id: s for s in book.sheets}
    left = [f for f in faults if f.suspects and not f.repaired]
    slipped, stale = slipped_rows(book, left), stale_totals(book, solver, left)
    flags = [slip_flag(sheets, row, found) for row, found in slipped.items()]
    flags += [stale_flag(book, sheets, row, found) for row, found in stale.items() if row not in slipped]
    moved = {id(f) for rows in (slipped, stale) for found in rows.values() for f in found}
    by_culprit: dict[object, list[Fault]] = {}
    for fault in left:
        if id(fault) not in moved:
            culprit = fault.suspects[0]
            by_culprit.setdefault(_place(book.figures[culprit], culprit), []).append(fault)
    return flags + [_flag(book, sheets, solver, group, proved) for group in by_culprit.values()]


def _place(figure: Figure, index: int) -> object:
    """What a flag stands on: a cell, or a figure of the prose."""
    return figure.ref if figure.ref is not None else index


def _flag(
    book: Book, sheets: dict[str, Sheet], solver: Solver, group: Sequence[Fault], proved: Collection[int]
) -> Flag:
    relations = [solver.relations[i] for fault in group for i in fault.relations]
    first = group[0]
    culprit = first.suspects[0]
    figure = book.figures[culprit]
    own = [r for r in relations if r.target == culprit] or relations
    relation = min(own, key=lambda r: KINDS[r.kind].telling)
    believed = dict(first.expected).get(culprit)
    if believed is None:
        believed = relation.predicted(book.amounts) or figure.amount
    message = sentence(book, sheets, relation, relation.kind, figure, believed)
    if relation.target != culprit:
        message = _not_target(book, sheets, relation, culprit, believed)
    if len(relations) == 1 and relation.kind in WORKED_OUT:
        message = with_rivals(book, sheets, message, first.rivals)
    ref = figure.ref
    cell = _cell(sheets, ref)
    others = _cells(book, [n for fault in group for n in fault.suspects], relations, ref)
    doubted = {n for r in relations for n in r.figures if solver.figures[n].weak and n not in proved}
    open_question = all(doubted & set(r.figures) for r in relations)  # nothing to hold against the author
    return Flag(
        "reading" if open_question or _misread(figure, believed, cell) else relation.kind,
        _severity(relations, figure),
        message,
        ref.table_id if ref else "",
        ref.row if ref else None,
        ref.col if ref else None,
        figure.page,
        cell.box if cell else None,
        whole_text(figure, cell),
        proposal(book, solver, group, cell),
        figure.context or (sheets[ref.table_id].label(ref.row) if ref else ""),
        f"{relation.kind}/{relation.source}",
        others,
        flag_terms(book, relation),
    )


def _misread(figure: Figure, believed: Decimal, cell: Cell | None) -> bool:
    """Whether a fault is more likely the reader's than the author's: its figure was doubted, or gave no
    number, or is one common slip away from what is believed where the reader was less than sure."""
    if figure.sure:  # its digits are not in doubt, its column may be
        return cell is not None and cell.status == "doubtful" and not _in_place(figure, believed)
    if figure.weak or figure.blank or believed == -figure.amount:  # scanners lose a minus, authors do not
        return True
    if left_of(figure.printed, believed, figure.step):
        return True
    slip = change_cost(figure.printed, figure.amount, believed, figure.step)
    return not figure.trusted and slip <= COMMON


def flag_terms(book: Book, relation: Relation) -> tuple[FlagTerm, ...]:
    """The relation as its flag carries it: parts, divisors, constant, target, adding up to nothing."""
    parts = [_term(book, t, relation.scale) for t in relation.parts]
    under = [replace(_term(book, t, ONE), divides=True) for t in relation.whole]
    constant = (
        [FlagTerm(ONE.copy_sign(relation.constant), amount=abs(relation.constant))]
        if relation.constant
        else []
    )
    return (*parts, *under, *constant, _term(book, Term(relation.target, -ONE), ONE))


def _term(book: Book, term: Term, scale: Decimal) -> FlagTerm:
    figure = book.figures[term.figure]
    amount = figure.amount if figure.in_text or figure.ref is None else None
    return FlagTerm(term.factor * scale, figure.ref, amount)


def _in_place(figure: Figure, believed: Decimal) -> bool:
    """Whether a doubted figure of sure print stands in its own place: its digits are not in doubt, only
    its column is, and a figure of another column would be far off."""
    return figure.sure and abs(figure.amount - believed) <= _FAR * max(abs(figure.amount), abs(believed))


def _not_target(
    book: Book, sheets: dict[str, Sheet], relation: Relation, culprit: int, believed: Decimal
) -> str:
    """A sentence for a culprit that is a part: what it says, and what would make the whole close."""
    figure, target = book.figures[culprit], book.figures[relation.target]
    found = figure.printed or "trống" if figure.blank else amount_of(figure, figure.amount, book.mark)
    wanted = amount_of(figure, believed, book.mark)
    goal = amount_of(target, target.amount, book.mark)
    return (
        f"{name_of(book, sheets, figure)} ghi {found}; để khớp với “{name_of(book, sheets, target)}” ({goal})"
        f" phải là {wanted}; lệch {amount_of(figure, abs(figure.amount - believed), book.mark)}."
    )


def _cell(sheets: dict[str, Sheet], ref: CellRef | None) -> Cell | None:
    return sheets[ref.table_id].table.rows[ref.row][ref.col] if ref else None


def _cells(
    book: Book, suspects: Sequence[int], relations: Sequence[Relation], ref: CellRef | None
) -> tuple[CellRef, ...]:
    """The other cells of the failing relations, the likelier to be wrong before the others."""
    members = dict.fromkeys(n for r in relations for n in r.figures)
    found = (book.figures[n].ref for n in (*(n for n in suspects if n in members), *members))
    return tuple(dict.fromkeys(c for c in found if c is not None and c != ref))


def _severity(relations: Sequence[Relation], figure: Figure) -> Severity:
    """An error where a total or a declared formula is wrong or several relations fail; else a warning."""
    if len(relations) >= 2 or any(r.source in ("total", "formula") for r in relations):
        return "error"
    return "warning"
