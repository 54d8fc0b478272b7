"""What running text and notes say in figures, each figure numbered: statements, sums, and other equations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Literal

from checks.cell_figures import is_weak
from checks.relation import ONE, ZERO, Figure
from checks.scale import scaled
from checks.view import Sheet
from model.document import Statement
from model.flag import CellRef
from model.page import TextLine
from model.table import Cell
from model.value import DecimalMark, Value
from normalize.prose import changes, means, proportions, remainders, spelled
from normalize.prose.claims import ClaimKind, clauses_of
from normalize.prose.figures import Figure as Printed
from normalize.prose.printed import scaled_print
from normalize.prose.sentences import sentences
from normalize.prose.sums import find_sums
from normalize.sums import half_unit, last_unit

_PERCENT = frozenset(("percent", "percent_point"))
_BRACKETED = re.compile(r"\d\s*[^\W\d]*\s*\([^()\d]{2,}\)")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the prose with its figures: the value, what it is out of, its change."""

    statement: Statement
    value: int
    of: int | None = None
    change: int | None = None


@dataclass(frozen=True, slots=True)
class SaidSum:
    """A sum that a text states itself, its figures by index; the rest as in `normalize.prose.sums`."""

    total: int
    parts: tuple[int, ...]
    sure: bool
    whole: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """An equation that a sentence or a note states of its own figures, which it names by index; as
    `normalize.prose.claims.Claim`. Of words that spell a number (`spelled`) the one term is that number.
    `text` is the sentence."""

    kind: ClaimKind | Literal["spelled"]
    target: int
    terms: tuple[tuple[int, int], ...]
    wholes: tuple[int, ...] = ()
    named: int | None = None
    sure: bool = True
    text: str = ""
    phrase: tuple[str, ...] = ()


@dataclass
class Numbering:
    """Hands out indices while a book is built."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> int:
        self.figures.append(figure)
        return len(self.figures) - 1

    def add_all(self, figures: Sequence[Figure]) -> range:
        """The indices of several figures."""
        first = len(self.figures)
        self.figures += figures
        return range(first, first + len(figures))


def _loose(value: Value, printed: str, percent: bool = False) -> Figure:
    """A figure of running text."""
    half = half_unit(value.decimals, percent)
    other = scaled(printed, value)
    return Figure(
        value.amount,
        half,
        last_unit(value.decimals),
        printed,
        in_text=True,
        percent=percent,
        otherwise=other,
    )


def _shown(value: Value, mark: DecimalMark) -> str:
    return value.plain().replace(".", mark)


def said_of(s: Statement, mark: DecimalMark, numbering: Numbering) -> Said:
    def add(value: Value | None, percent: bool, printed: str = "") -> int | None:
        if value is None:
            return None
        figure = _loose(value, printed or _shown(value, mark), percent)
        return numbering.add(replace(figure, page=s.page, line=s.line, name=s.subject, context=s.context))

    fraction = s.of or (Value(s.value.of) if s.value.of is not None else None)
    shown = _shown(s.value, mark) + (f"/{_shown(fraction, mark)}" if fraction else "")
    value = add(s.value, s.unit == "percent", shown)
    assert value is not None
    text, power = scaled_print(s.context, s.value, mark)
    numbering.figures[value] = replace(numbering.figures[value], shown=text, power=power)
    return Said(s, value, add(fraction, False), add(s.change, s.change_unit in ("percent", "percent_point")))


def prose_sums(prose: Sequence[Said], mark: DecimalMark, numbering: Numbering) -> list[SaidSum]:
    """The sums of every sentence; a total that is a statement's value keeps that statement's figure."""
    sentences: dict[str, list[Said]] = {}
    for said in prose:
        sentences.setdefault(said.statement.context, []).append(said)
    out: list[SaidSum] = []
    for context, members in sentences.items():
        at = {m.statement.value.amount: m.value for m in reversed(members)}
        first = members[0].statement
        base = Figure(ZERO, ZERO, ONE, "", page=first.page, line=first.line, context=context)
        for stated in find_sums(context, mark):
            figures: list[int] = []
            for value in (stated.total, *stated.parts):
                known = at.get(value.amount)
                if known is None or known in figures:  # two parts may be as many
                    known = numbering.add(_part(value, base, mark, stated.text))
                figures.append(known)
            out.append(SaidSum(figures[0], tuple(figures[1:]), stated.sure, stated.whole, stated.closed))
    return out


def _part(value: Value, base: Figure, mark: DecimalMark, name: str, percent: bool = False) -> Figure:
    figure = _loose(value, _shown(value, mark), percent)
    return replace(
        base,
        amount=figure.amount,
        half=figure.half,
        step=figure.step,
        printed=figure.printed,
        name=name,
        in_text=True,
        percent=percent,
        otherwise=figure.otherwise,
    )


def _of_note(sheet: Sheet, cell: Cell) -> Figure:
    """A figure of a cell of words, all but its amount."""
    ref = CellRef(sheet.table.table_id, cell.row, cell.col)
    return Figure(
        ZERO, ZERO, ONE, "", ref, sure=cell.sure, weak=is_weak(cell), page=cell.page, context=cell.text
    )


def note_sums(sheets: Sequence[Sheet], mark: DecimalMark, numbering: Numbering) -> list[SaidSum]:
    """The sums inside cells of words, each number a figure of its own."""
    out: list[SaidSum] = []
    for sheet in sheets:
        for row, col in sheet.texts:
            cell = sheet.cell(row, col)
            for stated in find_sums(cell.text, mark):
                base = _of_note(sheet, cell)
                values = (stated.total, *stated.parts)
                total, *parts = [numbering.add(_part(v, base, mark, stated.text)) for v in values]
                out.append(SaidSum(total, tuple(parts), stated.sure, stated.whole, stated.closed))
    return out


def said_claims(
    prose: Sequence[Said],
    lines: Sequence[TextLine],
    sheets: Sequence[Sheet],
    mark: DecimalMark,
    numbering: Numbering,
) -> list[SaidClaim]:
    """The claims of every sentence and of every note in a cell; what is a statement keeps its figures."""
    out: list[SaidClaim] = []
    members: dict[str, list[Said]] = {}
    for said in prose:
        members.setdefault(said.statement.context, []).append(said)
    places = {
        context: (found[0].statement.page, found[0].statement.line) for context, found in members.items()
    }
    for text, place in _bracketed(lines):
        places.setdefault(text, place)
    for context, (page, line) in places.items():
        base = partial(Figure, ZERO, ZERO, ONE, "", page=page, line=line, context=context)
        out += _claims(context, mark, _Numbered(members.get(context, ()), base, mark, numbering))
    for sheet in sheets:
        for row, col in sheet.texts:
            cell = sheet.cell(row, col)
            out += _claims(cell.text, mark, _Numbered((), partial(_of_note, sheet, cell), mark, numbering))
    return out


def _bracketed(lines: Sequence[TextLine]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The sentences with words in brackets behind a figure, which may be no statements, and their places."""
    if any(_BRACKETED.search(line.text) for line in lines):
        for sentence in sentences([(line.text, line.page, line.number) for line in lines]):
            if _BRACKETED.search(sentence.text):
                yield sentence.text, sentence.lines[0][1:]


class _Numbered:
    """Indices of the figures of one text: those of its statements, others as they are asked for. `base` makes
    such a figure, all but its amount."""

    def __init__(
        self, members: Sequence[Said], base: Callable[[], Figure], mark: DecimalMark, numbering: Numbering
    ) -> None:
        self._members, self._base, self._mark, self._numbering = members, base, mark, numbering
        self._known: dict[tuple[int, int], int] = {}

    def index(self, printed: Printed) -> int:
        place = printed.start, printed.end
        if place not in self._known:
            self._known[place] = self._find(printed)
        return self._known[place]

    def _find(self, printed: Printed) -> int:
        amount = printed.value.amount
        for said in self._members:
            s = said.statement
            if printed.role == "change" and said.change is not None and s.change is not None:
                if s.change.amount == amount:
                    return said.change
            elif (s.unit in _PERCENT) == (printed.unit in _PERCENT) and _same(s.value, printed.value):
                return said.value
        return self.add(printed.value, printed.unit in _PERCENT, printed.printed)

    def add(self, value: Value, percent: bool, printed: str) -> int:
        made = self._base()
        base = replace(made, name=made.name or made.context)
        return self._numbering.add(
            replace(_part(value, base, self._mark, base.name, percent), printed=printed)
        )


def _same(one: Value, other: Value) -> bool:
    return one.amount == other.amount and one.decimals == other.decimals


def _claims(text: str, mark: DecimalMark, numbered: _Numbered) -> Iterator[SaidClaim]:
    clauses = clauses_of(text, mark)
    if clauses is not None:
        for claim in (
            *changes.find(clauses),
            *remainders.find(clauses),
            *proportions.find(clauses),
            *means.find(clauses),
        ):
            target = numbered.index(claim.target)
            terms = tuple((numbered.index(f), sign) for f, sign in claim.terms)
            wholes = tuple(numbered.index(f) for f in claim.wholes)
            named = numbered.index(claim.named) if claim.named is not None else None
            if len({target, *(n for n, _ in terms)}) == 1 + len(terms):
                yield SaidClaim(claim.kind, target, terms, wholes, named, claim.sure, text, claim.phrase)
    for said in spelled.find(text, mark):
        number = numbered.add(Value(Decimal(said.number)), False, said.words)
        yield SaidClaim("spelled", numbered.index(said.figure), ((number, 1),), text=text)
