"""The figures of a section's rows in their columns, with doubts, by the way that suits the dump."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from extract.dump.relations import Relation, learn_relations
from extract.dump.stream.columns import ColumnModel, place_rows
from extract.dump.stream.rows import StreamRow, is_total
from extract.dump.stream.solve import Reading, amount_of, as_digits, obeying, solve_row
from extract.dump.stream.totals import ways_to_add_up
from extract.dump.tokens import CODE, Token
from model.page import Reading as OtherReading

# A placement this sure is not called doubtful; rows of the dumps at hand placed below it are wrong one
# time in four, above it none were.
_SURE = 0.85
# A dump is noisy where so many of its rows have smudges, drawn rules or figures too many.
_NOISY_SHARE = 0.15
_WIDEST_NOISY = 24  # columns: the search over more of them takes a second a row
_USUALLY_FILLED = 0.8
_EXTRA_STROKE = re.compile(r"^(\d[\d.,]*?)([01lI|!])$")
_RIVALS = 40
_CLOSE = 1.5  # nats
_JOINED_COST = 0.7
_CUT_COST = 3.0
_OFFSETS = 3


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row's texts by figure column, the columns whose text or place is doubtful, and other readings.

    `proved` says that the columns add up with the row's figures in these; `untold` that the row was guessed
    and its sums hold wherever its empty cells are, so that they prove its figures and not their columns.
    """

    cells: tuple[str, ...]
    doubtful: frozenset[int] = frozenset()
    others: tuple[tuple[int, tuple[OtherReading, ...]], ...] = ()
    guessed: bool = False
    proved: bool = False
    untold: bool = False


def is_noisy(rows: Sequence[StreamRow]) -> bool:
    """Whether the rows come from OCR of a ruled table: smudges or rules among their figures."""
    with_figures = [row for row in rows if row.figures]
    noisy = sum(any(_is_smudge(t) for line in row.lines for t in line.zone) for row in with_figures)
    return noisy > _NOISY_SHARE * len(with_figures)


def _is_smudge(token: Token) -> bool:
    """Whether a token among figures is a smudge or a drawn rule, not the code of a good."""
    return token.kind in ("loose", "rule") or (token.kind == "word" and not CODE.match(token.text))


def place_section(
    rows: Sequence[StreamRow],
    width: int,
    numbering: Sequence[Token] = (),
    known: tuple[Relation, ...] = (),
) -> tuple[list[PlacedRow], tuple[Relation, ...]]:
    """A placed row for each row, and the sums that judged them.

    `numbering` is the row of column numbers, whose formulas (`5=6+7`) tell sums; `known` are the sums of a
    table with the same columns.
    """
    if width <= _WIDEST_NOISY and is_noisy(rows):
        return _place_noisy(rows, width, numbering, known)
    if summed := _by_totals(rows, width):
        return summed, known
    placed = []
    full = [[amount_of(t.text) for t in row.figures] for row in rows if len(row.figures) == width]
    relations = [
        r for r in (*known, *learn_relations(full, _formulas(numbering, full))) if r.is_within(width)
    ]
    obeys = obeying(width, relations)
    for row, placement in zip(rows, place_rows([row.figures for row in rows], width, obeys), strict=True):
        cells = [""] * width
        columns = placement.columns if placement else tuple(range(len(row.figures)))
        for token, col in zip(row.figures[:width], columns[:width], strict=False):
            cells[col] = token.text
        guessed = placement is None or placement.sureness < _SURE
        possible = placement.possible if placement and placement.possible else frozenset(columns)
        doubts = possible if guessed and row.figures else frozenset()
        amounts = [amount_of(text) if text else Decimal(0) for text in cells]
        untold = bool(doubts) and any(r.holds(amounts) and r.tells(amounts) for r in relations)
        placed.append(PlacedRow(tuple(cells), doubts, (), bool(doubts), untold=untold))
    return placed, known


def _by_totals(rows: Sequence[StreamRow], width: int) -> list[PlacedRow] | None:
    """The rows placed by the one total row that their columns add up to; None where nothing is short or
    the total row does not tell."""
    totals = [i for i, row in enumerate(rows) if len(row.figures) == width and any(map(is_total, row.lines))]
    if len(totals) != 1 or all(len(row.figures) in (0, width) for row in rows):
        return None
    ways = ways_to_add_up([[t.text for t in row.figures] for row in rows], totals[0], width)
    if not ways:
        return None
    model = ColumnModel(width)
    for i, row in enumerate(rows):
        if len({way[i] for way in ways}) == 1:
            model.learn(row.figures, ways[0][i], 1.0)
    placed = []
    for i, row in enumerate(rows):
        offers = list(dict.fromkeys(way[i] for way in ways))
        placed.append(_likeliest(row.figures, offers, width, model))
    return placed


def _likeliest(
    figures: Sequence[Token], offers: Sequence[Sequence[int]], width: int, model: ColumnModel
) -> PlacedRow:
    """A row in the columns that fit its figures best, of those with which the table adds up; doubtful where
    the others hold another figure."""
    fits = [fsum(model.fits(t, c) for t, c in zip(figures, o, strict=True)) for o in offers]
    readings = [[""] * width for _ in offers]
    for reading, columns in zip(readings, offers, strict=True):
        for token, col in zip(figures, columns, strict=True):
            reading[col] = token.text
    best = readings[max(range(len(offers)), key=fits.__getitem__)]
    doubtful = frozenset(c for other in readings for c in range(width) if other[c] != best[c])
    return PlacedRow(tuple(best), doubtful, (), bool(doubtful), proved=True)


def _place_noisy(
    rows: Sequence[StreamRow], width: int, numbering: Sequence[Token], known: tuple[Relation, ...]
) -> tuple[list[PlacedRow], tuple[Relation, ...]]:
    """Each row by a search that the sums of sound rows judge; what they do not confirm is doubtful."""
    sound = [row.figures for row in rows if _is_sound(row, width)]
    model = ColumnModel(width)
    for run in sound:
        model.learn(run, range(width), 1.0)
    amounts = [[amount_of(t.text) for t in run] for run in sound]
    learnt = learn_relations(amounts, _formulas(numbering, amounts))
    relations = tuple(dict.fromkeys((*known, *learnt)))
    placed = []
    for row in rows:
        zones = [line.zone for line in row.lines if line.run]
        readings = solve_row(zones, width, model, relations)
        if not readings:
            texts = [t.text for t in row.figures][:width]
            placed.append(
                PlacedRow(tuple(texts + [""] * (width - len(texts))), frozenset(range(width)), (), True)
            )
            continue
        placed.append(_judge(readings, relations, model))
    return placed, relations


def _is_sound(row: StreamRow, width: int) -> bool:
    """Whether a row's figures stand on one line, as many as there are columns."""
    return len(row.figures) == width and sum(bool(line.run) for line in row.lines) == 1


def _judge(readings: Sequence[Reading], relations: Sequence[Relation], model: ColumnModel) -> PlacedRow:
    """The best reading with its doubts: columns that another likely reading fills otherwise, figures in a
    broken sum that no kept sum confirms, or in one that cannot be told for another's sake, smudges taken for
    figures, nothing where the others have figures.
    """
    best = readings[0]
    amounts = [amount_of(text) for text in best.cells]
    verdicts = [(relation, relation.holds(amounts)) for relation in relations]
    confirmed = {c for r, v in verdicts if v for c in (r.total, *r.parts)}
    broken = {c for r, v in verdicts if v is False for c in (r.total, *r.parts)}
    doubtful = broken - confirmed
    doubtful |= {c for c, text in enumerate(best.cells) if text and not _plain(text)}
    untold = {c for r, v in verdicts if v is None for c in (r.total, *r.parts)}
    doubtful |= {c for c in untold - confirmed if best.cells[c]}
    if not best.straight:
        close = [r for r in readings[1:_RIVALS] if r.cost - best.cost < _CLOSE]
        doubtful |= {
            c for r in close for c in range(len(best.cells)) if r.cells[c] != best.cells[c]
        } - confirmed
        doubtful |= {c for c, text in enumerate(best.cells) if text and c not in confirmed}
    doubtful |= {
        c
        for c, text in enumerate(best.cells)
        if not any(x.isdigit() for x in text) and model.together[c, c] > _USUALLY_FILLED * model.rows
    } - confirmed
    others = tuple((c, found) for c in range(len(best.cells)) if (found := _others(best.cells[c])))
    return PlacedRow(best.cells, frozenset(doubtful), others, not best.straight and bool(doubtful))


def _plain(text: str) -> bool:
    return bool(re.fullmatch(r"[+\-−–]?(?:0|[1-9][\d.,]*|0[.,]\d+)\s?%?|[-–—_]+|[xX]", text))


def _others(text: str) -> tuple[OtherReading, ...]:
    """Readings of a smudge as digits (`s2` is 52), and of a figure without a stroke of the frame that was
    taken for a digit (`740` beside a rule is `74`)."""
    found = []
    plain = as_digits(text)
    if not _plain(text) and amount_of(text) is not None:
        found.append(
            OtherReading(plain if " " not in plain else plain.replace(" ", ""), _JOINED_COST, "text")
        )
    match = _EXTRA_STROKE.match(plain)
    if match and match[1].strip(".,"):
        found.append(OtherReading(match[1].rstrip(".,"), _CUT_COST, "text"))
    return tuple(found)


def _formulas(
    numbering: Sequence[Token], rows: Sequence[Sequence[Decimal | None]]
) -> dict[int, tuple[int, ...]]:
    """The sums that a row of column numbers states, as figure columns: {total: parts}.

    Row number and label may be numbered too, so the first figure column is tried as the first, second and
    third number; the rows decide.
    """
    best: tuple[int, dict[int, tuple[int, ...]]] = (0, {})
    for offset in range(_OFFSETS):
        found = _formulas_at(numbering, offset)
        relations = [Relation(total, parts) for total, parts in found.items()]
        right = sum(
            (1 if r.holds(row) else -1)
            for r in relations
            for row in rows
            if r.is_within(len(row)) and r.tells(row)
        )
        if right > best[0]:
            best = (right, found)
    return best[1]


def _formulas_at(numbering: Sequence[Token], offset: int) -> dict[int, tuple[int, ...]]:
    """The formulas where `offset` numbered columns come before the first figure column."""
    cells = [t.text for t in numbering if t.kind != "rule"]
    numbers: dict[int, int] = {}
    for i, cell in enumerate(cells):
        if match := re.match(r"\(?(\d{1,2})\)?", cell):
            numbers.setdefault(int(match[1]), i - offset)
    found: dict[int, tuple[int, ...]] = {}
    for i, cell in enumerate(cells):
        match = re.fullmatch(r"\(?\d{1,2}\)?\s*=\s*((?:\(?\d{1,2}\)?\+)+\(?\d{1,2}\)?)", cell)
        if match:
            parts = [numbers.get(int(n), -1) for n in re.findall(r"\d+", match[1])]
            if all(p >= 0 for p in parts) and i - offset >= 0:
                found[i - offset] = tuple(parts)
    return found
