"""A document as the checks see it: every figure numbered, in tables, in cells of words, in prose.

`Book` is built once per document. Families of relations read it and name figures by index; nothing in it
changes while relations are found, tried and repaired (amounts that are tried live in a list beside it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checks.cell_figures import Habit, figure_of, figures_of, habit_of, is_weak, readings_of
from checks.relation import ONE, ZERO, Figure, Relation
from checks.said import Numbering, Said, SaidClaim, SaidSum, note_sums, prose_sums, said_claims, said_of
from checks.scale import scaled
from checks.view import Sheet, TextFigure
from model.document import Document
from model.flag import CellRef
from model.table import Cell, Table
from model.value import DecimalMark
from normalize.numbers import is_none_mark, parse_number
from normalize.ordinals import is_ordinal
from normalize.sums import half_unit, last_unit
from normalize.unicode import fold, has_digit

_NUMBER = re.compile(r"(?<![\w/.,])\d[\d.,]*(?:\s*/\s*\d[\d.,]*)?\s*%?")
_FRACTION = re.compile(r"\d[.,](\d{1,2})(?!\d)")
_BARE = re.compile(r"[-+−]?\d[\d.,]*")  # a print of digits and marks only: `+0028`, which is no number
_MOST_DIGITS = 12  # sums of some ten thousand such figures are machine words
_NO_ANCHOR = (-1, -1)
_WORDY = 3  # letters of a cell of words


@dataclass(frozen=True)
class Book:
    """All figures of a document: those of its tables, of its prose, of the sums and claims of its texts."""

    document: Document
    figures: tuple[Figure, ...]
    sheets: tuple[Sheet, ...]
    prose: tuple[Said, ...] = ()
    sums: tuple[SaidSum, ...] = ()
    claims: tuple[SaidClaim, ...] = ()
    mark: DecimalMark = ","

    @cached_property
    def amounts(self) -> tuple[Decimal, ...]:
        return tuple([f.amount for f in self.figures])

    @cached_property
    def floats(self) -> NDArray[np.float64]:
        """The amounts as binary fractions, to try many sums at once."""
        return np.array(list(map(float, self._texts)), dtype=np.float64)  # in a third of a Decimal's time

    @cached_property
    def _texts(self) -> list[str]:
        """The amounts as texts."""
        return list(map(str, self.amounts))

    @cached_property
    def halves(self) -> NDArray[np.float64]:
        """The most that each figure's print may be off by rounding, as binary fractions."""
        halves = [f.half for f in self.figures]
        floats = {half: float(half) for half in set(halves)}
        return np.array([floats[half] for half in halves], dtype=np.float64)

    @cached_property
    def countable(self) -> NDArray[np.bool_]:
        """Which figures are whole counts: no share, and printed to the last unit."""
        return np.array([not f.percent and not f.half for f in self.figures], dtype=np.bool_)

    @cached_property
    def plain(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The amounts as machine words, and of which figures they say all there is: surely read, whole, with
        no other reading."""
        plain = [
            f.sure
            and not (f.half or f.blank or f.weak or f.mended or f.rivals)
            and f.otherwise is None
            and (f.step is ONE or f.step == ONE)
            and text.isdigit()  # 7.0 is 7, and not the same
            and len(text) <= _MOST_DIGITS
            for f, text in zip(self.figures, self._texts, strict=True)
        ]
        told = np.array(plain, dtype=np.bool_)
        return np.where(told, self.floats, 0.0).astype(np.int64), told

    @cached_property
    def quotients(self) -> dict[str, tuple[tuple[int, list[Relation]], ...]]:
        """By table, the columns that were found to be quotients with their equations: three families ask."""
        return {}

    @cached_property
    def unread(self) -> frozenset[int]:
        """The figures that stand for ink which gave no number."""
        return frozenset(n for n, f in enumerate(self.figures) if f.blank and f.printed.strip())


def open_book(document: Document) -> Book:
    """Number every figure of a document: cells, numbers inside cells of words, statements of the prose,
    and what sentences and notes state of their own figures."""
    numbering = Numbering()
    mark = document.decimal_mark
    sheets = tuple(_sheet(table, mark, numbering) for table in document.tables)
    prose = tuple(said_of(s, mark, numbering) for s in document.statements if s.interval is None)
    sums = [*note_sums(sheets, mark, numbering), *prose_sums(prose, mark, numbering)]
    claims = said_claims(prose, document.lines, sheets, mark, numbering)
    return Book(document, tuple(numbering.figures), sheets, prose, tuple(sums), tuple(claims), mark)


def _number_like(text: str) -> bool:
    """Whether a text that is no number may be one misread: it has a digit, or hardly anything in it."""
    return any(ch.isdigit() for ch in text) or len(text.strip()) <= _WORDY


def _sheet(table: Table, mark: DecimalMark, numbering: Numbering) -> Sheet:
    habits = [habit_of(table, c) for c in range(table.n_cols)]
    stored: list[dict[tuple[object, ...], Figure]] = [{} for _ in habits]
    of: dict[tuple[int, int], int] = {}
    texts: dict[tuple[int, int], tuple[TextFigure, ...]] = {}
    at: list[tuple[int | None, ...]] = [(None,) * len(row) for row in table.rows[: table.header_rows]]
    plain = _plain_figures(table, habits)
    for r, row in enumerate(table.body, start=table.header_rows):
        found: list[int | None] = []
        while (c := len(found)) < len(row):
            if c in plain:
                found += numbering.add_all(plain[c][r - table.header_rows])
                continue
            cell, index = row[c], None
            if not cell.is_header and cell.anchor in ((r, c), _NO_ANCHOR):
                if cell.value is not None:
                    index = numbering.add(figure_of(table, cell, cell.value, habits[c], stored[c]))
                    if cell.value.of is not None:
                        of[r, c] = numbering.add(_second(table, cell, cell.value.of))
                elif _worth_reading(table, cell):
                    texts[r, c] = tuple(_text_figures(table, cell, mark, numbering))
            found.append(index)
        at.append(tuple(found))
    sheet = Sheet(table, tuple(at), of, {k: v for k, v in texts.items() if v})
    others = (cell for c in table.other_columns for cell in table.column_values(c))
    if all(c.sure and (c.value is not None or not _unread(c)) for c in others):
        return sheet
    return replace(sheet, blanks=_blanks(sheet, habits, numbering))


def _plain_figures(table: Table, habits: Sequence[Habit]) -> dict[int, list[tuple[Figure, ...]]]:
    """The figures of neighbouring plain columns (`Table.plain_columns`) row by row below the header, by the
    first of these columns."""
    runs: dict[int, list[list[Figure]]] = {}
    first = -1
    for c in sorted(table.plain_columns):
        if c - 1 not in table.plain_columns:
            first = c
        runs.setdefault(first, []).append(figures_of(table, c, habits[c]))
    return {first: list(zip(*columns, strict=True)) for first, columns in runs.items()}


def _blanks(sheet: Sheet, habits: Sequence[Habit], numbering: Numbering) -> dict[tuple[int, int], int]:
    """Stand-ins for the cells of ink without a number in columns and rows of figures."""
    out: dict[tuple[int, int], int] = {}
    for row in sheet.body:
        if sum(sheet.at[row][c] is not None for c in sheet.numeric) < 2:
            continue
        for col in sheet.numeric:
            if sheet.at[row][col] is not None:
                continue
            cell = sheet.cell(row, col)
            if not _unread(cell) or (row, col) in sheet.texts:
                continue
            if cell.interval is not None or cell.date:  # read, and no one number
                continue
            if cell.anchor not in ((-1, -1), (row, col)) or sheet.column(col).role in ("rank", "ratio"):
                continue
            shown = _FRACTION.search(cell.text)
            decimals = len(shown[1]) if shown else habits[col].places
            if shown and cell.text[shown.end() :].strip():  # ink that gave no digit
                decimals = max(decimals, habits[col].places)
            out[row, col] = numbering.add(
                Figure(
                    ZERO,
                    half_unit(decimals),
                    last_unit(decimals),
                    cell.text,
                    CellRef(sheet.table.table_id, row, col),
                    sure=cell.sure,
                    weak=not cell.sure and (bool(cell.text.strip()) or cell.status == "doubtful"),
                    confidence=cell.confidence,
                    rivals=readings_of(cell, "," if decimals else "."),
                    page=cell.page,
                    percent=sheet.percentish(col),
                    blank=True,
                    signed=habits[col].signed,
                )
            )
    return out


def _unread(cell: Cell) -> bool:
    """Whether a cell without a number may be one misread, or one that its author spoilt."""
    text = cell.text.strip()
    if cell.sure:
        return _BARE.fullmatch(text) is not None
    return not text or (not is_none_mark(cell.text) and _number_like(cell.text))


def _worth_reading(table: Table, cell: Cell) -> bool:
    if not has_digit(cell.text) or is_ordinal(cell.text.strip()):
        return False
    if sum(ch.isalpha() for ch in cell.text) < _WORDY:  # a number that could not be read, not words
        return False
    role = table.columns[cell.col].role if cell.col < len(table.columns) else "label"
    return role not in ("ordinal", "date", "place")


def _second(table: Table, cell: Cell, amount: Decimal) -> Figure:
    ref = CellRef(table.table_id, cell.row, cell.col)
    return Figure(
        amount, ZERO, ONE, cell.text, ref, in_text=True, sure=cell.sure, weak=is_weak(cell), page=cell.page
    )


def _text_figures(table: Table, cell: Cell, mark: DecimalMark, numbering: Numbering) -> list[TextFigure]:
    """The numbers of a cell of words, each with up to four folded words on either side."""
    out: list[TextFigure] = []
    ref = CellRef(table.table_id, cell.row, cell.col)
    for match in _NUMBER.finditer(cell.text):
        value = parse_number(match.group().strip().rstrip(".,"), mark)
        if value is None:
            continue
        half, step = half_unit(value.decimals, value.percent_sign), last_unit(value.decimals)
        base = Figure(
            abs(value.amount),
            half,
            step,
            match.group().strip(),
            ref,
            in_text=True,
            sure=cell.sure,
            weak=is_weak(cell),
            confidence=cell.confidence,
            page=cell.page,
            context=cell.text,
            percent=value.percent_sign,
            otherwise=scaled(match.group(), value, sign=False),
        )
        index = numbering.add(base)
        second = None
        if value.of is not None:
            second = numbering.add(_second(table, cell, value.of))
        before = " ".join(fold(cell.text[: match.start()]).split()[-5:])
        after = " ".join(fold(cell.text[match.end() :]).split()[:4])
        out.append(TextFigure(index, before, after, second))
    return out
